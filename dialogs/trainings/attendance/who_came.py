"""Who came, asked by who held the training: "hur många var där?", "vilka kom inte till 2?".

The words are in `locales/sv/understanding/training.toml`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from dialogs.conversation import swedish
from dialogs.conversation.texts import text
from dialogs.trainings.attendance.cards import LONGEST_NAME
from dialogs.trainings.participants.cards import name
from dialogs.trainings.training_questions import words_of_training
from knowledge.directory.places import fold
from knowledge.trainings.attendance.models import Attendee, Mark, Sheet

MOST_NAMES = 10


class Wanted(StrEnum):
    """What is asked for."""

    COUNT = "count"
    PRESENT = "present"
    ABSENT = "absent"


@dataclass(frozen=True)
class Asked:
    """`rest` is what tells of which training, "" when that is not said."""

    wanted: Wanted
    rest: str

    @property
    def names_training(self) -> bool:
        """Whether the rest is the name of some training, and of nothing else."""
        return bool(_training().fullmatch(fold(self.rest, strip=False)))


def asks_who_came(typed: str) -> Asked | None:
    """None for what is about anything else."""
    words = fold(typed, strip=False).split()
    said = " ".join(word for word in words if word not in _words("not"))
    hit = next((found for line in _lines() if (found := line.fullmatch(said))), None)
    if hit is None:
        return None
    rest = hit.groupdict().get("rest") or ""
    is_absent = len(said.split()) < len(words) or {*words} & _words("gone_words")
    some = Wanted.PRESENT if {*words} & _words("names") else Wanted.COUNT
    wanted = Wanted.ABSENT if is_absent else some
    if not rest or _pointing().fullmatch(rest):
        return Asked(wanted, "")
    typed_rest = " ".join(typed.split()[-len(rest.split()) :])
    typed_rest = re.sub(r"^i går\b", "igår", typed_rest.strip(" ?!."))
    return Asked(wanted, re.sub(_before(), "", typed_rest))


def in_words(wanted: Wanted, sheet: Sheet, rows: Sequence[Attendee], *, over: bool) -> str:
    """The answer, before the list; where nobody is marked, nobody knows."""
    so_far = ("came_so_far", "came_so_far_names")
    counted, named = ("came_over", "came_over_names") if over else so_far
    if not (sheet.seated or sheet.walk_ins):
        return _said("nobody")
    beside = _beside(wanted, sheet, rows)
    if sheet.unknown == sheet.seated:
        return " ".join([_said("came_unmarked", count=sheet.seated), *beside])
    seated = [one for one in rows if not one.walk_in]
    marked = {mark: [one for one in seated if one.mark is mark] for mark in Mark}
    if wanted is Wanted.ABSENT:
        gone, unknown = marked[Mark.ABSENT], marked[Mark.UNKNOWN]
        said = [_named("came_absent", gone, sheet) if gone else _said("came_absent_none")]
        return " ".join([*said, *([_named("came_unknown", unknown, sheet)] if unknown else [])])
    present = sheet.present - sheet.walk_ins
    said = [_said(counted, count=present, seated=sheet.seated), *beside]
    if wanted is Wanted.PRESENT and present:
        said = [_named(named, marked[Mark.PRESENT], sheet), *beside]
    return " ".join([*said, *([_said("came_left", count=sheet.unknown)] if sheet.unknown else [])])


def _beside(wanted: Wanted, sheet: Sheet, rows: Sequence[Attendee]) -> list[str]:
    """Those who came without a seat."""
    if not sheet.walk_ins:
        return []
    if wanted is Wanted.COUNT:
        return [_said("came_walk_ins", count=sheet.walk_ins)]
    return [_named("came_walk_ins_names", [one for one in rows if one.walk_in], sheet)]


def _said(key: str, **told: int | str) -> str:
    return text(f"trainings_attendance.{key}", **told)


def _named(key: str, rows: Sequence[Attendee], sheet: Sheet) -> str:
    """As many names as can be read at once, and how many more there are."""
    names = [swedish.plain(one.name, LONGEST_NAME) or name("") for one in rows[:MOST_NAMES]]
    if len(rows) > MOST_NAMES:
        names.append(_said("came_more", count=len(rows) - MOST_NAMES))
    return _said(key, names=swedish.joined(names), count=len(rows), seated=sheet.seated)


@cache
def _lines() -> tuple[re.Pattern[str], ...]:
    said = words_of_training("came")
    parts = {key: value for key, value in said.items() if key != "like"}
    for key, value in parts.items():  # one part may be of another
        parts[key] = value.replace("{gone}", parts["gone"])
    lines = [line for line in said["like"].splitlines() if line]
    for key, value in parts.items():
        lines = [line.replace(f"{{{key}}}", value) for line in lines]
    return tuple(re.compile(_bare(line)) for line in lines)


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(fold(words_of_training("came")[kind], strip=False).split())


@cache
def _before() -> re.Pattern[str]:
    """What stands before the name of a training."""
    return re.compile(words_of_training("came")["before"])


@cache
def _training() -> re.Pattern[str]:
    return re.compile(_bare(words_of_training("came")["training"]))


@cache
def _pointing() -> re.Pattern[str]:
    return re.compile(_bare(words_of_training("came")["pointing"]))


def _bare(line: str) -> str:
    return line.translate(str.maketrans("åäö", "aao"))
