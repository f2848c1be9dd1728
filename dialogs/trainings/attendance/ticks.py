"""What is said of the list on the screen: "Anna Berg är här", "borta: Bo Ek", "resten är borta"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dialogs.conversation import inputs, paging, swedish
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

_OPPOSITE = {Mark.PRESENT: Mark.ABSENT, Mark.ABSENT: Mark.PRESENT}

_APART = re.compile(r"\s*(?:,|;|\n|\boch\b|&)\s*")


@dataclass(frozen=True)
class Said:
    """Whom a message marks as what."""

    mark: Mark
    names: tuple[str, ...]
    rest: Mark | None = None
    """What everybody else is marked as."""


def marks_in(typed: str) -> Said | None:
    """Those who are named, the rest, or both; None for what marks nobody."""
    if not inputs.is_plain(typed):
        return None
    for mark in _OPPOSITE:
        if paging.is_said(typed, f"trainings_attendance.words_rest_{mark.value}"):
            return Said(mark, (), mark)
    return _all_but(typed) or said_of(typed)


def _all_but(typed: str) -> Said | None:
    """ "Alla är här utom Bo", "alla utom Bo och Cia kom"."""
    words = typed.strip(" .!").split()
    excepting = {fold(one, strip=False) for one in texts("trainings_attendance.says_but")}
    at = [n for n, word in enumerate(words) if fold(word.strip(","), strip=False) in excepting]
    if len(at) != 1:
        return None
    before, after = " ".join(words[: at[0]]).strip(" ,"), " ".join(words[at[0] + 1 :])
    for mark, other in _OPPOSITE.items():
        names = after
        if paging.is_said(before, "trainings_attendance.says_everybody"):
            names = without_words(after, mark.value) or ""
        elif not paging.is_said(before, f"trainings_attendance.words_rest_{mark.value}"):
            continue
        if found := _names(names):
            return Said(other, found, mark)
    return None


def sounds_of_marks(typed: str) -> bool:
    """Whether it may be about who is here, though we cannot tell who."""
    said = {*fold(typed, strip=False).split()}
    words = {fold(one, strip=False) for one in texts("trainings_attendance.says_attendance")}
    return inputs.is_plain(typed) and not said.isdisjoint(words)


def said_of(typed: str) -> Said | None:
    """ "Anna Berg och Bo Ek är här"; None for what marks nobody, or only asks."""
    if not inputs.is_plain(typed):
        return None
    for mark in Mark:
        rest = without_words(typed, mark.value)
        if rest is not None:
            names = _names(rest)
            return Said(mark, names) if names else None
    return None


def _names(said: str) -> tuple[str, ...]:
    """None at all where one of them is no name."""
    names = tuple(one for one in _APART.split(said.strip(" .!:")) if one)
    return names[:MOST_NAMES] if all(_may_be_name(one) for one in names) else ()


def _may_be_name(said: str) -> bool:
    """Few words, and none that takes something back: "kanske", "inte"."""
    nobody = {fold(one, strip=False) for one in texts("trainings_attendance.says_nobody")}
    words = fold(said, strip=False).split()
    if len(words) > MOST_WORDS or not nobody.isdisjoint(words):
        return False
    return not (inputs.is_hedged(said) or inputs.excepts(said))


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
            if unsure and said.rest:
                found = {}  # nobody else is marked before it is known who is left out
            if found:
                await self.attendance.mark(person, training_id, meeting, [*found], said.mark)
            rest = said.rest if not unsure else None
            told = await self._rest(person, training_id, meeting, rest) if rest else ""
        except KnowledgeError as refusal:
            return self.views.refused(refusal)
        notes = [_done(said.mark, [*found.values()])] if found else []
        notes += [_unsure(unsure, last)] if unsure else []
        notes += [told] if told else []
        search = unsure[0] if len(unsure) == 1 and last > 1 else ""
        shown = (person, training_id, meeting, search)
        return await self.views.show(*shown, note=" ".join(notes))

    async def rest(self, person: Person, training_id: int, meeting: int, mark: Mark) -> Answer:
        """Everybody who has no mark yet."""
        return await self.by_name(person, training_id, meeting, Said(mark, (), mark))

    async def _rest(self, person: Person, training_id: int, meeting: int, mark: Mark) -> str:
        _, count = await self.attendance.mark_rest(person, training_id, meeting, mark)
        if not count:
            return text("trainings_attendance.rest_nobody")
        return text(f"trainings_attendance.rest_{mark.value}", count=count)


def _done(mark: Mark, names: Sequence[str]) -> str:
    plain = [swedish.plain(one) for one in names]
    return text(f"trainings_attendance.marked_{mark.value}", names=swedish.joined(plain))


def _unsure(names: Sequence[str], last: int) -> str:
    plain = swedish.joined([swedish.plain(one, 60) for one in names])
    key = "several" if len(names) == 1 and last > 1 else "nobody_called"
    return text(f"trainings_attendance.{key}", name=plain)
