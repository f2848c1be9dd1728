"""What is said of the list on the screen: "Anna Berg är här", "borta: Bo Ek", "resten är borta"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dialogs.conversation import inputs, swedish
from dialogs.conversation.dialog import Answer
from dialogs.conversation.texts import text, texts
from dialogs.trainings.attendance.views import AttendanceViews
from knowledge.directory.models import Person
from knowledge.directory.places import fold
from knowledge.errors import KnowledgeError
from knowledge.trainings.attendance.models import Mark

MOST_NAMES = 20
MOST_WORDS = 5
"""More words are no name."""

_APART = re.compile(r"\s*(?:,|;|\n|\boch\b|&)\s*")


@dataclass(frozen=True)
class Said:
    """Whom a message marks as what."""

    mark: Mark
    names: tuple[str, ...]


def said_of(typed: str) -> Said | None:
    """ "Anna Berg och Bo Ek är här"; None for what marks nobody, or only asks."""
    if not inputs.is_plain(typed):
        return None
    for mark in Mark:
        rest = without_words(typed, mark.value)
        if rest is not None:
            names = tuple(one for one in _APART.split(rest.strip(" .!:")) if one)
            is_names = names and all(_may_be_name(one) for one in names)
            return Said(mark, names[:MOST_NAMES]) if is_names else None
    return None


def _may_be_name(said: str) -> bool:
    """Few words, and none that takes something back: "kanske", "inte"."""
    return len(said.split()) <= MOST_WORDS and not inputs.is_hedged(said)


def walked_in(typed: str) -> str:
    """Who came without a seat: "Dan Dahl kom utan plats"; "" for what tells of nobody."""
    rest = without_words(typed, "walk_in") if inputs.is_plain(typed) else None
    name = (rest or "").strip(" .!:")
    return name if name and _may_be_name(name) else ""


def without_words(typed: str, kind: str) -> str | None:
    """What is left without the words that say so: "här: …", "… är här"."""
    words = typed.split()
    said = [fold(word, strip=False) for word in words]
    for one in texts(f"trainings_attendance.before_{kind}"):
        begins = fold(one, strip=False).split()
        if said[: len(begins)] == begins and len(said) > len(begins):
            return " ".join(words[len(begins) :])
    for one in texts(f"trainings_attendance.after_{kind}"):
        ends = fold(one, strip=False).split()
        if said[-len(ends) :] == ends and len(said) > len(ends):
            return " ".join(words[: -len(ends)])
    return None


class Ticks:
    """Marks people who are named. A name that two have is asked about in the list."""

    def __init__(self, views: AttendanceViews) -> None:
        self.views = views
        self.attendance = views.attendance

    async def by_name(self, person: Person, training_id: int, meeting: int, said: Said) -> Answer:
        """Mark each of these; what could not be done is told in the list that is shown."""
        found: dict[int, str] = {}
        unsure: list[str] = []
        try:
            for name in said.names:
                rows = await self.attendance.page(person, training_id, meeting, name)
                if len(rows) == 1:
                    found[rows[0].person_id] = rows[0].name
                else:
                    unsure.append(name)
                    last = len(rows)
            await self.attendance.mark(person, training_id, meeting, [*found], said.mark)
        except KnowledgeError as refusal:
            return self.views.refused(refusal)
        notes = [_done(said.mark, [*found.values()])] if found else []
        notes += [_unsure(unsure, last)] if unsure else []
        search = unsure[0] if len(unsure) == 1 and last > 1 else ""
        shown = (person, training_id, meeting, search)
        return await self.views.show(*shown, note=" ".join(notes))

    async def rest(self, person: Person, training_id: int, meeting: int, mark: Mark) -> Answer:
        """Everybody who has no mark yet."""
        try:
            _, count = await self.attendance.mark_rest(person, training_id, meeting, mark)
        except KnowledgeError as refusal:
            return self.views.refused(refusal)
        note = text(f"trainings_attendance.rest_{mark.value}", count=count)
        if not count:
            note = text("trainings_attendance.rest_nobody")
        return await self.views.show(person, training_id, meeting, note=note)


def _done(mark: Mark, names: Sequence[str]) -> str:
    plain = [swedish.plain(one) for one in names]
    return text(f"trainings_attendance.marked_{mark.value}", names=swedish.joined(plain))


def _unsure(names: Sequence[str], last: int) -> str:
    plain = swedish.joined([swedish.plain(one, 60) for one in names])
    key = "several" if len(names) == 1 and last > 1 else "nobody_called"
    return text(f"trainings_attendance.{key}", name=plain)
