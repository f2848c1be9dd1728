""" "Vad handlar den om?", "när börjar kursen i Lund?": about a training that was shown.

The words are in `locales/sv/understanding/training.toml`.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from dialogs.understanding.slots import Read
from dialogs.understanding.tokens import TOKENS
from knowledge.directory.places import fold

LAST_DAYS = ("sign_up_until", "withdraw_until")

KINDS = ("about", "starts", "place", "lasts", "seats", "cost", "who", "whom", *LAST_DAYS, "other")
"""What can be asked, in the order in which it is told."""

MOST_WORDS = 14


@dataclass(frozen=True)
class Asked:
    """What is asked, of KINDS.

    `points`: a word says that it is about a training. `points_loosely`: one that may as well mean
    something else. `names`: it is said which one, by its number, its place and the like.
    """

    kinds: tuple[str, ...]
    points: bool
    points_loosely: bool
    names: bool


def asked_of_training(told: Read) -> Asked | None:
    """None where a word is not of such a question: it is about something else."""
    words = fold(" ".join(told.parts), strip=False).split()
    said, names = {*words}, {*TOKENS.values()} & {*words}
    if not words or len(words) > MOST_WORDS or said - _known() - names:
        return None
    kinds = [kind for kind, lines in _asks().items() if any(line <= said for line in lines)]
    if not {*LAST_DAYS}.isdisjoint(kinds):  # "när är sista dag", "hur länge kan jag"
        kinds = [kind for kind in kinds if kind not in ("starts", "lasts")]
    if "lasts" in kinds and "starts" in kinds:
        kinds.remove("starts")  # "när slutar den"
    if not kinds and words[0] in _words("is") and TOKENS["place"] in names:
        return Asked(("place",), False, False, False)  # "är det i Växjö"
    if not kinds:
        return None
    if "seats" in kinds:
        names -= {TOKENS["theme"]}  # "platser" is one
    points, loosely = said & _words("points"), said & _words("points_loosely")
    which = bool(names or told.slots.which)
    return Asked(tuple(kinds), bool(points), bool(loosely), which)


def narrows(typed: str) -> bool:
    """Whether some of the list are asked for: "vilka av dem är på distans?"."""
    return bool(_narrowing().match(fold(typed, strip=False)))


def swaps(typed: str) -> bool:
    """Whether another place is wanted instead: "kan jag byta till den andra?"."""
    said = fold(typed, strip=False)
    return _is_like("swap", said) and not {*said.split()} & {*_data()["swap"]["against"].split()}


def signs_off(typed: str) -> str | None:
    """What is to be given up, where a particle turns a sign-up round: "boka av 2"; "" when that is
    not said, and None when it is none."""
    said = fold(typed, strip=False)
    hits = (line.fullmatch(said) for line in _lines("off"))
    return next((hit["rest"] or "" for hit in hits if hit), None)


def rebooks(typed: str) -> bool:
    """Whether a place is to be moved: "boka om 2"."""
    return _is_like("rebook", fold(typed, strip=False))


def wants_several_seats(typed: str) -> bool:
    """Whether the number is of places, and not of a row: "boka 2 platser"."""
    return _is_like("seats", fold(typed, strip=False))


def without_one_seat(typed: str) -> str:
    """The same without "1 plats", which is what everybody gets and no row."""
    return re.sub(_data()["seats"]["one"], " ", typed, flags=re.IGNORECASE).strip()


def speaks_of_oneself(typed: str) -> bool:
    return not {*fold(typed, strip=False).split()}.isdisjoint(_words("oneself"))


def may_be_amount(typed: str) -> bool:
    """Whether a number may tell how many as well as which: "boka två"."""
    return _is_like("amount", fold(typed, strip=False))


def asks_if_done(typed: str) -> bool:
    """Whether it is asked if what was just done is done: "är det borta nu?"."""
    return _is_like("done", fold(typed, strip=False))


def asks_of_own(typed: str) -> bool:
    """Whether it is asked what one is signed up for: "vad är jag uppsatt på?"."""
    return _is_like("own", fold(typed, strip=False))


def _is_like(kind: str, said: str) -> bool:
    return any(line.fullmatch(said) for line in _lines(kind))


@cache
def _lines(kind: str) -> tuple[re.Pattern[str], ...]:
    lines = _data()[kind]["like"].splitlines()
    return tuple(re.compile(_folded(line)) for line in lines if line)


@cache
def _narrowing() -> re.Pattern[str]:
    said = _data()["narrows"]
    lines = "|".join(_folded(line) for line in said["begins"].split("\n") if line)
    return re.compile(rf"{said['before']}(?:{lines})(?!\w)")


def _folded(line: str) -> str:
    return line.translate(str.maketrans("åäö", "aao"))


@cache
def _data() -> dict[str, Any]:
    folder = files("dialogs") / "locales" / "sv" / "understanding"
    return tomllib.loads((folder / "training.toml").read_text("utf-8"))


def words_of_training(kind: str) -> dict[str, str]:
    """The words of one kind, for who reads them."""
    found: dict[str, str] = _data()[kind]
    return found


@cache
def _asks() -> dict[str, tuple[frozenset[str], ...]]:
    asks = _data()["asks"]
    return {
        kind: tuple(frozenset(fold(line, strip=False).split()) for line in asks[kind].splitlines())
        for kind in KINDS
    }


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(fold(_data()[kind]["words"], strip=False).split())


@cache
def _known() -> frozenset[str]:
    lines = (line for kind in _asks().values() for line in kind)
    beside = (_words(kind) for kind in ("small", "points", "points_loosely"))
    return frozenset().union(*lines, *beside)
