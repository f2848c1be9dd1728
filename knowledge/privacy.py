"""What must not stay of what people write: who they are, and who they write about.

Personal numbers, phone numbers and e-mail addresses are taken out before a text is searched for,
stored or logged. Finding one too many only costs a number; missing one costs a person.
"""

import re
import tomllib
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from knowledge.directory.places import load_places
from knowledge.personal_numbers import personal_numbers

NEAR = 12
"""So many words may stand between somebody and what is said about them."""

LONGEST_NAME = 3
"""So many words are in a name that somebody is quoted under."""

_EMAIL = re.compile(r"[^\s@<>()\[\],;:]+@[^\s@<>()\[\],;]+\.[^\W\d_]{2,}")
_GAP = r"[ \t()/.\-–]{0,3}"
_ABROAD = rf"(?:\+|(?<!\d)00)[1-9](?:{_GAP}\d){{7,14}}"
# A date ("2023-07-01 2024") or the tail of a number is no area code.
_AREA = rf"(?<!\d)(?<!\d[-./:])0[1-9](?:{_GAP}\d){{6,9}}"
_PHONE = re.compile(rf"(?:{_ABROAD}|{_AREA})(?!\d)")
# As nearly nothing that is written has: ten figures with little between them.
_MAYBE_NUMBER = re.compile(r"(?:\d\D{0,5}){9}\d")
_GROUPED = re.compile(r"\d{6}[-+–]\d{4}")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Span:
    """A place in a text that holds something personal of this kind."""

    start: int
    end: int
    kind: str


def find(typed: str) -> list[Span]:
    """Personal numbers, phone numbers and e-mail addresses, in order, none overlapping."""
    plain = _one_script(typed)
    found = [Span(*place, "personal_number") for place in personal_numbers(plain)]
    found += [
        Span(*hit.span(), "email")
        for hit in _EMAIL.finditer(plain)
        if hit[0].casefold().rstrip(".?!") not in _words()["public"]["emails"]
    ]
    found += [
        Span(*hit.span(), "phone")
        for hit in _PHONE.finditer(plain)
        # Grouped like a personal number but failing its check: somebody's order number.
        if not _GROUPED.fullmatch(hit[0])
    ]
    return _apart(found)


def mask(typed: str) -> str:
    """The text with a word for its kind in place of everything personal."""
    return _replaced(typed, find(typed), _words()["shown"])


def has_personal_number(*typed: str) -> bool:
    """Whether a personal number stands in one of these."""
    return any(_numbers(one) for one in typed)


def mask_personal_numbers(typed: str) -> str:
    """The same for personal numbers alone: a correction may well be somebody's phone number."""
    return _replaced(typed, _numbers(typed), _words()["shown"])


def bare(typed: str) -> str:
    """The text without anything personal, for searching: the words of `mask` would be found."""
    return " ".join(_replaced(typed, find(typed), {}).split()) if find(typed) else typed


def kept(typed: str) -> str:
    """The text as it may be stored: masked, and without people's names as far as they are seen."""
    masked = mask(typed)
    names = [Span(hit.start(), hit.end(), "name") for hit in _names(masked)]
    return _replaced(masked, names, _words()["shown"])


def describes_somebody(typed: str) -> bool:
    """Whether it seems to tell who is suspected of something, or has been harmed."""
    numbered = [span.start for span in _numbers(typed)]
    numbered += [hit.start() for hit in re.finditer(re.escape(_shown_number()), typed)]
    someone = [*numbered, *(hit.start() for hit in _names(typed))]
    if not someone:
        return False
    stems = tuple(_words()["case"]["stems"])
    words = list(_WORD.finditer(typed))
    starts = [hit.start() for hit in words]
    places = {bisect_left(starts, start) for start in someone}
    told = [at for at, hit in enumerate(words) if hit[0].casefold().startswith(stems)]
    return any(abs(one - place) <= NEAR for one in told for place in places)


def speaker_in(typed: str) -> bool:
    """Whether it begins with somebody's name and a colon: "Karin: ta bort det"."""
    head, colon, _ = typed.partition(":")
    words = [word.casefold() for word in head.split()]
    return bool(colon and words and len(words) <= LONGEST_NAME) and words[0] in first_names()


def _numbers(typed: str) -> list[Span]:
    if not _MAYBE_NUMBER.search(typed):
        return []
    return [span for span in find(typed) if span.kind == "personal_number"]


def _shown_number() -> str:
    shown: str = _words()["shown"]["personal_number"]
    return shown


def _names(text: str) -> Iterator[re.Match[str]]:
    """Every word that belongs to somebody's name: a first name and what follows it in capitals,
    or two words in capitals that are nothing else we know."""
    words = list(_WORD.finditer(text))
    first, before = first_names(), False
    for place, hit in enumerate(words):
        following = words[place + 1] if place + 1 < len(words) else None
        after = following if following and text[hit.end() : following.start()] == " " else None
        follows = before and (_capital(hit) or hit[0].casefold().endswith("sson"))
        if follows or hit[0].casefold() in first or (after and _capital(hit) and _capital(after)):
            before = after is not None
            yield hit
        else:
            before = False


def _capital(hit: re.Match[str]) -> bool:
    """A word with one capital, that is neither a place nor an ordinary word."""
    word = hit[0]
    named = len(word) > 1 and word[0].isupper() and not word.isupper()
    return named and word.casefold() not in _no_names()


def _apart(found: list[Span]) -> list[Span]:
    """In order; of two that overlap, the one that begins first, and of those the longer."""
    apart: list[Span] = []
    for span in sorted(found, key=lambda one: (one.start, -one.end)):
        if not apart or span.start >= apart[-1].end:
            apart.append(span)
    return apart


def _replaced(text: str, spans: list[Span], shown: dict[str, str]) -> str:
    for span in reversed(spans):
        text = text[: span.start] + shown.get(span.kind, " ") + text[span.end :]
    return text


def _one_script(text: str) -> str:
    """The same characters at the same places, with digits and signs in their plain form."""
    return "".join(map(_plain, text))


def _plain(char: str) -> str:
    if char.isascii():
        return char
    digit = unicodedata.decimal(char, None)
    if digit is not None:
        return str(digit)
    normal = unicodedata.normalize("NFKC", char)
    return normal if len(normal) == 1 else char


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads((files("knowledge") / "privacy.toml").read_text("utf-8"))


@cache
def first_names() -> frozenset[str]:
    """Common first names in small letters, without those that are ordinary words."""
    return frozenset(_words()["names"]["first"])


@cache
def _no_names() -> frozenset[str]:
    places = load_places()
    named = [one.name for one in places.counties.values()]
    named += [one.name for one in places.municipalities.values()]
    known = [part for name in named for part in _WORD.findall(name.casefold())]
    known += _words()["names"]["never"]
    return frozenset(form for word in known for form in (word, f"{word}s"))
