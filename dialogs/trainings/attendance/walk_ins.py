"""Somebody came without a seat: "Dan Dahl kom utan plats". And who was noted so can say no."""

from collections.abc import Sequence
from typing import ClassVar

from dialogs.conversation import inputs, swedish
from dialogs.conversation.dialog import Answer, Dialog, Heard, hears, tapped
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text, texts
from dialogs.trainings.attendance import cards
from dialogs.trainings.attendance.views import AttendanceViews
from dialogs.trainings.participants.cards import municipality
from dialogs.understanding.effect import Effect
from knowledge.directory.models import Person
from knowledge.errors import KnowledgeError
from knowledge.trainings.attendance.refusals import HasDenied, HasSeat, NoWalkInsNow
from knowledge.trainings.attendance.walk_ins import WalkInService
from knowledge.trainings.models import Training
from knowledge.trainings.participants.refusals import NoSuchPerson

FEW = 5


class NoteWalkIn(Dialog):
    """Nobody is noted before a yes, and nobody against their own word."""

    name: ClassVar[str] = "note_walk_in"

    def __init__(self, views: AttendanceViews, walk_ins: WalkInService) -> None:
        self.views = views
        self.walk_ins = walk_ins

    async def begin(self, person: Person, id_: int, meeting: int, name: str) -> Answer:
        """Among the people of the coordinator's municipalities: is it this one, or which?"""
        try:
            _, found = await self.walk_ins.find(person, id_, meeting, name)
        except KnowledgeError as refusal:
            return self._refused(refusal)
        if len(found) == 1:
            return await self._ask(person, id_, meeting, found[0].id)
        called = swedish.plain(name, cards.LONGEST_NAME)
        if not found or len(found) > FEW:
            key = "walk_in_many" if found else "walk_in_nobody"
            said = text(f"trainings_attendance.{key}", name=called)
            return await self.views.show(person, id_, meeting, note=said)
        rows = [f"{number} – {self._told(one)}" for number, one in enumerate(found, start=1)]
        said = text("trainings_attendance.walk_in_which", count=len(found), name=called)
        values = {"training": id_, "meeting": meeting, "people": [one.id for one in found]}
        reply = Reply("\n\n".join([said, *rows]))
        return Answer(reply, then="which_one", values=values, by=self.name)

    async def which_one(self, heard: Heard) -> Answer | None:
        """Hears the number of one of those who are called so."""
        heard.must_be_private()
        if inputs.is_none_of_these(heard.text) or inputs.agreed(heard.text) is False:
            return await self._left(heard)
        people, number = heard.values["people"], inputs.number(heard.text) or 0
        if not 0 < number <= len(people):
            return None
        id_, meeting = int(heard.values["training"]), int(heard.values["meeting"])
        return await self._ask(heard.person, id_, meeting, int(people[number - 1]))

    async def confirm(self, heard: Heard) -> Answer | None:
        """Hears ja or nej."""
        heard.must_be_private()
        said = inputs.agreed(heard.text)
        if said is None:
            return None
        if not said:
            return await self._left(heard)
        id_, meeting = int(heard.values["training"]), int(heard.values["meeting"])
        try:
            asked = (heard.person, id_, meeting, int(heard.values["person"]))
            _, other = await self.walk_ins.note(*asked)
        except KnowledgeError as refusal:
            return self._refused(refusal)
        note = text("trainings_attendance.walk_in_done", name=_name(other))
        return await self.views.show(heard.person, id_, meeting, note=note)

    async def again(self, heard: Heard) -> Answer | None:
        if "person" in heard.values:
            return Answer(Reply(text("trainings_attendance.again")), "confirm", heard.values)
        return None

    @hears("was_not_there", effect=Effect.MINE, personal=True)
    async def was_not_there(self, heard: Heard) -> Answer:
        """Which one, and is it so? It takes the certificate away."""
        marked = await self.walk_ins.list_present(heard.person)
        if not marked:
            return Answer(Reply(text("trainings_attendance.denied_nothing")))
        if len(marked) == 1:
            return _ask_denial(*marked[0])
        return _which_denial(marked)

    async def which_denial(self, heard: Heard) -> Answer | None:
        """Hears which of the meetings it is."""
        marked = [*heard.values["marked"]]
        number = inputs.number(heard.text) or 0
        if not 0 < number <= len(marked):
            return None
        return await self._deny(heard.person, *map(int, marked[number - 1]))

    async def confirm_denial(self, heard: Heard) -> Answer | None:
        """Hears ja or nej."""
        said = inputs.agreed(heard.text)
        if said is None:
            return None
        if not said:
            return Answer(Reply(text("trainings_attendance.denied_not")))
        id_, meeting = heard.values["marked"][0]
        return await self._deny(heard.person, int(id_), int(meeting))

    @tapped("was_not_there", effect=Effect.MINE, personal=True)
    async def tapped_was_not_there(self, heard: Heard) -> Answer | None:
        id_, meeting = heard.number("training"), heard.number("meeting")
        return await self._deny(heard.person, id_, meeting - 1) if id_ and meeting else None

    async def _ask(self, person: Person, id_: int, meeting: int, other: int) -> Answer:
        try:
            training, found = await self.walk_ins.look(person, id_, meeting, other)
        except KnowledgeError as refusal:
            return self._refused(refusal)
        title = swedish.plain(training.title)
        said = text("trainings_attendance.walk_in_ask", who=self._told(found), title=title)
        values = {"training": id_, "meeting": meeting, "person": other}
        reply = Reply(said, suggestions=texts("conversation.wish.yes_no"))
        return Answer(reply, then="confirm", values=values, by=self.name)

    async def _deny(self, person: Person, id_: int, meeting: int) -> Answer:
        training = await self.walk_ins.deny(person, id_, meeting)
        if training is None:
            return Answer(cards.settled(text("trainings_attendance.denied_nothing")))
        title = swedish.plain(training.title)
        return Answer(cards.settled(text("trainings_attendance.denied", title=title)))

    async def _left(self, heard: Heard) -> Answer:
        id_, meeting = int(heard.values["training"]), int(heard.values["meeting"])
        note = text("trainings_attendance.walk_in_left")
        return await self.views.show(heard.person, id_, meeting, note=note)

    def _refused(self, refusal: KnowledgeError) -> Answer:
        if isinstance(refusal, NoWalkInsNow):
            title = swedish.plain(refusal.training.title)
            return Answer(Reply(text("trainings_attendance.walk_in_not_now", title=title)))
        if isinstance(refusal, HasSeat | HasDenied):
            key = "walk_in_seat" if isinstance(refusal, HasSeat) else "walk_in_denied"
            name = swedish.plain(refusal.name, cards.LONGEST_NAME)
            return Answer(Reply(text(f"trainings_attendance.{key}", name=name)))
        if isinstance(refusal, NoSuchPerson):
            return Answer(Reply(text("trainings_attendance.walk_in_gone")))
        return self.views.refused(refusal)

    def _told(self, person: Person) -> str:
        where = municipality(person.municipality, self.views.participants.places)
        return f"{_name(person)}, {where}"


def _name(person: Person) -> str:
    return swedish.plain(person.name, cards.LONGEST_NAME)


def _ask_denial(training: Training, meeting: int) -> Answer:
    said = text("trainings_attendance.deny_ask", title=swedish.plain(training.title))
    said = f"{said} {cards.meeting_line(training, meeting)}."
    said = f"{said} {text('trainings_attendance.deny_note')}"
    reply = Reply(said, suggestions=texts("conversation.wish.yes_no"))
    return Answer(reply, then="confirm_denial", values={"marked": [[training.id, meeting]]})


def _which_denial(marked: Sequence[tuple[Training, int]]) -> Answer:
    some = marked[:FEW]
    rows = [
        f"{number} – {swedish.plain(one.title)}, {cards.meeting_line(one, meeting)}"
        for number, (one, meeting) in enumerate(some, start=1)
    ]
    said = text("trainings_attendance.deny_which", number=1)
    values = {"marked": [[one.id, meeting] for one, meeting in some]}
    return Answer(Reply("\n\n".join([said, *rows])), then="which_denial", values=values)
