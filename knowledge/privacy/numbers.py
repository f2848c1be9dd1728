"""Personal numbers, phone numbers and e-mail addresses in what people write.

Finding one too many only costs a number; missing one costs a person. But a time, a date and an
authority's own numbers belong to nobody.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from knowledge.privacy.personal_numbers import personal_numbers
from knowledge.privacy.words import words

_EMAIL = re.compile(r"[^\s@<>()\[\],;:]+@[^\s@<>()\[\],;]+\.[^\W\d_]{2,}")
_GAP = r"[ \t()/.\-–]{0,3}"
_ABROAD = rf"(?:\+|(?<!\d)00)[1-9](?:{_GAP}\d){{7,14}}"
# A date ("2023-07-01 2024") or the tail of a number is no area code.
_AREA = rf"(?<!\d)(?<!\d[-./:])0[1-9](?:{_GAP}\d){{6,9}}"
_PHONE = re.compile(rf"(?:{_ABROAD}|{_AREA})(?!\d)")
# As nearly nothing that is written has: ten figures with little between them.
_MAYBE_NUMBER = re.compile(r"(?:\d\D{0,5}){9}\d")
_GROUPED = re.compile(r"\d{6}[-+–]\d{4}")
# Freephone and shared cost: an office's, never a person's.
_SERVICE = re.compile(r"020\b|0771")

_HOUR = r"(?:[01]?\d|2[0-4])"
_CLOCK = rf"(?<!\d){_HOUR}[.:][0-5]\d(?!\d)"
_ALONE = rf"{_CLOCK}(?![ ./-]*\d\d)|(?<=kl\s){_CLOCK}|(?<=kl\.\s){_CLOCK}"
_QUARTERS = r"(?<!\d)(?:[01]\d|2[0-4])(?:00|15|30|45)(?!\d)"
_DAY = r"(?<!\d)(?:[0-3]?\d[./-][01]?\d[./-](?:19|20)?\d\d|(?:19|20)\d\d[./-]?[01]\d[./-]?[0-3]\d)"
_TIMES = re.compile(
    rf"{_DAY}(?!\d|[-+]\d{{4}}(?!\d))|{_CLOCK}\s*(?:[-–—]|till|och)\s*{_CLOCK}|{_ALONE}"
    rf"|{_QUARTERS}\s*(?:[-–—]|till)\s*{_QUARTERS}|(?<=kl\s){_QUARTERS}|(?<=kl\.\s){_QUARTERS}"
)


@dataclass(frozen=True, slots=True)
class Span:
    """A place in a text that holds something personal of this kind."""

    start: int
    end: int
    kind: str


def find(typed: str) -> list[Span]:
    """Personal numbers, phone numbers and e-mail addresses, in order, none overlapping."""
    plain = one_script(typed)
    found = [Span(*place, "personal_number") for place in personal_numbers(plain)]
    found += [
        Span(*hit.span(), "email")
        for hit in _EMAIL.finditer(plain)
        if hit[0].casefold().rstrip(".?!") not in words()["public"]["emails"]
    ]
    found += _phones(plain)
    return _apart(found)


def personal(typed: str) -> list[Span]:
    """The personal numbers alone."""
    if not _MAYBE_NUMBER.search(typed):
        return []
    return [span for span in find(typed) if span.kind == "personal_number"]


def replaced(text: str, spans: list[Span], shown: dict[str, str]) -> str:
    """The text with the word for its kind in place of each."""
    for span in reversed(spans):
        text = text[: span.start] + shown.get(span.kind, " ") + text[span.end :]
    return text


def one_script(text: str) -> str:
    """The same characters at the same places, with digits and signs in their plain form."""
    return text if text.isascii() else "".join(map(_plain, text))


def without_times(plain: str) -> str:
    """The same length, with times, dates and authorities' numbers blotted out."""
    return _offices().sub(_blot, _TIMES.sub(_blot, plain))


def _phones(plain: str) -> list[Span]:
    if not _PHONE.search(plain):
        return []
    return [
        Span(*hit.span(), "phone")
        for hit in _PHONE.finditer(without_times(plain))
        # Grouped like a personal number but failing its check: somebody's order number.
        if not (_GROUPED.fullmatch(hit[0]) or _SERVICE.match(hit[0]))
    ]


def _blot(hit: re.Match[str]) -> str:
    return "x" * len(hit[0])


@cache
def _offices() -> re.Pattern[str]:
    """A number that comes after what it is called: "dnr KS 2023/00123-4"."""
    labels = "|".join(map(re.escape, words()["offices"]["numbers"]))
    return re.compile(
        rf"\b(?:{labels})[\s.:]*(?:[a-zåäö]{{1,4}}[\s.:]*)?[\d][\d\s/:.–-]*", re.IGNORECASE
    )


def _apart(found: list[Span]) -> list[Span]:
    """In order; of two that overlap, the one that begins first, and of those the longer."""
    apart: list[Span] = []
    for span in sorted(found, key=lambda one: (one.start, -one.end)):
        if not apart or span.start >= apart[-1].end:
            apart.append(span)
    return apart


def _plain(char: str) -> str:
    if char.isascii():
        return char
    digit = unicodedata.decimal(char, None)
    if digit is not None:
        return str(digit)
    normal = unicodedata.normalize("NFKC", char)
    return normal if len(normal) == 1 else char
