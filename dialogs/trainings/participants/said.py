"""Somebody and a training, said at once: "ta bort Anna Alm från Trygga torg"."""

import re
from dataclasses import dataclass
from functools import cache

from dialogs.conversation import inputs
from dialogs.conversation.texts import texts
from dialogs.trainings.participants.changes import ADD, REMOVE
from knowledge.directory.places import fold

_WORDS = r"[^\W\d_][\w.\-]*"
_NAME = rf"{_WORDS}(?: {_WORDS}){{0,4}}"


@dataclass(frozen=True)
class Change:
    """`act` is what is to become of somebody; `training` tells of which training, "" for none."""

    act: str
    name: str
    training: str = ""


def changes_of(typed: str) -> list[Change]:
    """All that it may mean: each of its small words may be the one before the training. Nothing
    that is asked, or not to be, is among them."""
    said = " ".join(typed.split()).strip(" .!")
    if not inputs.is_plain(said) or inputs.is_hedged(_without_why(said)):
        return []
    for act in (ADD, REMOVE):
        begun = _beginning(act).match(said)
        if begun:
            return [Change(act, *parts) for parts in _apart(_without_why(said[begun.end() :]), act)]
    return []


def without_why(name: str) -> str:
    """The name without why: "bo, han slutat"."""
    return _without_why(name).strip(" ,")


def _apart(said: str, act: str) -> list[tuple[str, str]]:
    before = "|".join(map(re.escape, texts(f"trainings_participants.before_training_{act}")))
    small = re.finditer(rf" (?:{before}) ", said, re.IGNORECASE)
    parts = [(said[: one.start()].strip(), said[one.end() :].strip()) for one in small]
    return [(name, training) for name, training in parts if re.fullmatch(_NAME, name)]


def _without_why(said: str) -> str:
    return _why().split(said, maxsplit=1)[0]


@cache
def _why() -> re.Pattern[str]:
    """After a comma, what tells why: "han har slutat"."""
    begins = "|".join(map(re.escape, texts("trainings_participants.says_why")))
    return re.compile(rf"\s*,\s*(?:{begins})\b", re.IGNORECASE)


@cache
def _beginning(act: str) -> re.Pattern[str]:
    says = sorted(texts(f"trainings_participants.says_{act}"), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, says))}) ", re.IGNORECASE)


def says_write(typed: str) -> str:
    """Which group is to be written to, "" for none."""
    said = fold(typed, strip=False)
    for group in ("seated", "waiting"):
        if said in {fold(one, strip=False) for one in _writes(group)}:
            return group
    return ""


def _writes(group: str) -> tuple[str, ...]:
    return texts(f"trainings_participants.says_write_{group}")
