"""Reads short typed answers: yes and no, a number, a title, a theme."""

import re
import tomllib
from collections.abc import Collection, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

from rapidfuzz import fuzz

from dialogs.conversation.texts import catalogue, text
from knowledge.directory.places import fold

SAME_TITLE = 80.0
"""rapidfuzz ratio at which typed words count as a title."""

SHORTEST_TITLE = 4
MOST_IN_REFUSAL = 5

_DOUBTFUL = re.compile('[?"”“„«»~>🙄🤔😆😅😂🤣😉😜🤪🙃😏🤡😝]|:[(/]|;-?[)]')


@cache
def _words() -> dict[str, Any]:
    source = (files("dialogs") / "locales" / "sv" / "inputs.toml").read_text("utf-8")
    return tomllib.loads(source)


def is_plain(typed: str) -> bool:
    """Whether it is neither asked, quoted nor laughed at: "skicka?" and "”ja”" are not meant."""
    return not _DOUBTFUL.search(typed)


def yes_or_no(typed: str) -> bool | None:
    """True, False, or None when it is neither. What is asked or quoted is no yes."""
    said = fold(typed, strip=False)
    if (said in _folded("yes") or _is_put(said, "yes")) and is_plain(typed):
        return True
    return False if said in _folded("no") or _is_put(said, "no") else None


def _is_put(said: str, kind: str) -> bool:
    """Whether it is a yes or a no with nothing but small words beside it: "ja tack gärna"."""
    listed, heads = said.split(), _folded(f"{kind}_heads")
    words = {*listed}
    if len(words) < len(listed) or not words & heads or listed[-1] in _folded(f"{kind}_hangs"):
        return False
    return words <= heads | _folded(f"{kind}_beside")


def is_reply(typed: str) -> bool:
    """Whether it is nothing but a yes or a no, however it is put: "ja, det vill jag gärna"."""
    words = {*fold(typed, strip=False).split()}
    heads = _folded("reply_heads")
    put = bool(words & heads) and words <= heads | _folded("reply_beside")
    return put or yes_or_no(typed) is not None


def agreed(typed: str, *yes: str) -> bool | None:
    """The same of whether to do something: "inte än" and "jag vill inte det" are a no as well.

    `yes` are the keys of buttons whose titles are a yes: "ja, ta bort".
    """
    said = yes_or_no(typed)
    titles = [fold(text(key), strip=False) for key in yes]
    if fold(typed, strip=False) in titles and is_plain(typed):
        return True
    if said is None and is_short_refusal(typed):
        return False
    return said


def is_short_refusal(typed: str) -> bool:
    """A few words with a not in them, which ask for nothing."""
    words = fold(typed, strip=False).split()
    negated = not _folded("refusing").isdisjoint(words)
    asks = "?" in typed or not _folded("asking").isdisjoint(words[:1])
    return negated and not asks and len(words) <= MOST_IN_REFUSAL


def is_hedged(typed: str) -> bool:
    """Whether a no, a condition or a later stands beside what is otherwise exact."""
    said = f" {fold(typed, strip=False)} "
    hedged = any(f" {words} " in said for words in _folded("hedging"))
    below_nought = re.search(r"(?<!\w)-\d", typed)
    return bool(hedged or below_nought or not is_plain(typed))


def ends_in_no(typed: str) -> bool:
    """ "Jag arbetar i Lund inte", "ettan, nej tack": what was named is taken back again."""
    words = [word for word in fold(typed, strip=False).split() if word not in _folded("thanks")]
    return bool(words) and words[-1] in _folded("no") | _folded("refusing")


def names_some(typed: str) -> bool:
    """Whether it is for some only, or for part of it: "alla utom Lund", "hos cheferna", "till Eva".

    Somebody's name is known by its capital.
    """
    said = f" {fold(typed, strip=False)} "
    some = _folded("excepting") | _folded("some")
    return any(f" {words} " in said for words in some) or bool(_somebody().search(typed))


def excepts(typed: str) -> bool:
    """Whether something is left out: "alla utom den första"."""
    said = f" {fold(typed, strip=False)} "
    return any(f" {words} " in said for words in _folded("excepting"))


def is_wavering(typed: str) -> bool:
    """Whether it is a question, or begins as a second thought, and so is no reason for a no."""
    words = fold(typed, strip=False).split()
    return "?" in typed or not _folded("wavering").isdisjoint(words[:1])


def is_answer(typed: str) -> bool:
    """Whether it is what is said to a question: yes, a number, "godkänn", "Skicka: nu"."""
    if ":" in typed:
        return True
    said = fold(typed, strip=False)
    asked_for = {*_folded("yes"), *_folded("no"), *_folded("none_of_these")}
    plain = said in asked_for or said in _answers() or number(typed) is not None
    return plain or yes_or_no(typed) is not None


@cache
def _answers() -> frozenset[str]:
    """What dialogs wait for by name: every list called `words_…`."""
    lists = (
        entry for key, entry in catalogue().items() if key.rpartition(".")[2].startswith("words_")
    )
    return frozenset(fold(word, strip=False) for entry in lists for word in entry)


def is_none_of_these(typed: str) -> bool:
    return fold(typed, strip=False) in _folded("none_of_these")


def number(typed: str) -> int | None:
    """A number on its own, as "2", "nr 2", "2." or "tvåan"; "6 §" is a section."""
    if "§" in typed:
        return None
    said = fold(typed, strip=False)
    said = re.sub(r"^(nr|nummer|alternativ|val|den) ", "", said)
    if re.fullmatch(r"\d{1,4}", said):
        return int(said)
    return _ordinals().get(said)


@cache
def _ordinals() -> dict[str, int]:
    return {fold(word, strip=False): n for word, n in reversed(_words()["ordinals"].items())}


def all_of(typed: str, *, loosely: bool = False) -> int | None:
    """How many are meant by "båda" and "alla tre", and 0 by "alla"; None when it is neither.

    `loosely`: whatever stands before it.
    """
    words = fold(typed, strip=False).split()
    every = _folded("both") | _folded("all")
    at = next((at for at, word in enumerate(words) if word in every), None)
    if at is None or ({*words[:at]} - beside() and not loosely):
        return None
    left = [word for word in words[at + 1 :] if word not in beside() | _folded("of_them")]
    counted = [number(word) for word in left]
    least = 2 if words[at] in _folded("both") else 0
    if not counted:
        return least
    return counted[0] if len(counted) == 1 and counted[0] and least in (0, counted[0]) else None


def is_count(typed: str) -> bool:
    """Whether it says how many and not which: "två av dem", "2 kurser"."""
    words = [word for word in fold(typed, strip=False).split() if word != "av"]
    of_them = _folded("of_them")
    return any(number(one) is not None and other in of_them for one, other in pairwise(words))


def title_in(typed: str, titles: Sequence[str]) -> int | None:
    """The place of the title that `typed` is, or is whole words of; None for none, and for two."""
    said = fold(typed, strip=False)
    if len(said) < SHORTEST_TITLE:
        return None
    folded = [fold(title, strip=False) for title in titles]
    whole = [place for place, title in enumerate(folded) if title == said]
    part = [place for place, title in enumerate(folded) if f" {said} " in f" {title} "]
    found = whole or part
    return found[0] if len(found) == 1 else None


def title_near(typed: str, titles: Sequence[str]) -> int | None:
    """The place of the title that `typed` is nearest, for what only shows something."""
    said = fold(typed, strip=False)
    if len(said) < SHORTEST_TITLE:
        return None
    scores = [_likeness(said, fold(title, strip=False)) for title in titles]
    best = max(scores, default=0.0)
    return scores.index(best) if best >= SAME_TITLE else None


def _likeness(said: str, title: str) -> float:
    """Words shorter than the title may be a part of it; longer ones must be the title."""
    return fuzz.partial_ratio(said, title) if len(said) <= len(title) else fuzz.ratio(said, title)


@cache
def beside() -> frozenset[str]:
    """What may stand beside a number or a place when one of a list is picked: "jag tar den i …"."""
    return frozenset(fold(word, strip=False) for word in _words()["beside"].split())


def themes_in(typed: str) -> list[str]:
    """The topic slugs that words in `typed` stand for."""
    said = f" {fold(typed, strip=False)} "
    themes: dict[str, list[str]] = _words()["themes"]
    return [
        slug
        for slug, words in themes.items()
        if any(f" {fold(word, strip=False)} " in said for word in words)
    ]


def themes_called(typed: str, topics: Collection[str]) -> tuple[str, ...]:
    """The one of these slugs that the whole of `typed` is a word for; none when it is none."""
    said = fold(typed, strip=False)
    themes: dict[str, list[str]] = _words()["themes"]
    called = (
        slug for slug, words in themes.items() if said in [fold(w, strip=False) for w in words]
    )
    return tuple(slug for slug in called if slug in topics)[:1]


@cache
def _somebody() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(_words()['toward'])}) [A-ZÅÄÖ][a-zåäöé]")


@cache
def _folded(name: str) -> frozenset[str]:
    return frozenset(fold(word, strip=False) for word in _words()[name])
