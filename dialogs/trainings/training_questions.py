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

KINDS = ("about", "starts", "place", "lasts", "seats", "cost", "who", "whom", "other")
"""What can be asked, in the order in which it is told."""

MOST_WORDS = 10


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


def asks_if_done(typed: str) -> bool:
    """Whether it is asked if what was just done is done: "är det borta nu?"."""
    return _is_like("done", fold(typed, strip=False))


def _is_like(kind: str, said: str) -> bool:
    lines = (_folded(line) for line in _data()[kind]["like"].splitlines() if line)
    return any(re.fullmatch(line, said) for line in lines)


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
