"""Adding and removing somebody, step by step: the name, which of several, a question, the act."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from dialogs.conversation import swedish
from dialogs.conversation.dialog import Answer
from dialogs.conversation.paging import FEW
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text
from dialogs.trainings.participants import cards, change_cards
from dialogs.trainings.participants.views import CHANGE, ParticipantViews
from dialogs.trainings.planning.views import SHOWN as HELD
from knowledge.directory.models import Person
from knowledge.errors import KnowledgeError
from knowledge.trainings.models import Training
from knowledge.trainings.participants.invitations import InvitationService
from knowledge.trainings.participants.refusals import (
    AlreadyAsked,
    AlreadyThere,
    HasDeclined,
    NoSuchPerson,
    NotAskable,
    OutOfReach,
)

ADD, REMOVE = "add", "remove"

_WHY: dict[type[NotAskable], str] = {
    AlreadyThere: "already_there",
    AlreadyAsked: "already_asked",
    HasDeclined: "has_declined",
    OutOfReach: "out_of_reach",
}


class ParticipantChanges:
    """Nothing happens before the question with the person's name has been answered with yes."""

    def __init__(self, views: ParticipantViews, invitations: InvitationService) -> None:
        self.views = views
        self.participants = views.participants
        self.invitations = invitations
        self.places = views.places

    async def begin(self, person: Person, training_id: int, act: str, name: str) -> Answer:
        """Who is it? With a name: is it this one, or which of these?"""
        try:
            of = self.invitations if act == ADD else self.participants
            training, found = await of.find(person, training_id, name)
        except KnowledgeError as refusal:
            return self.views.refused(refusal)
        if not name:
            return self._name(training, act)
        if not found:
            told = text(f"trainings_participants.change.nobody_{act}", name=swedish.plain(name, 60))
            return self._name(training, act, typed=name, fault=told)
        if len(found) == 1:
            return await self.ask(person, training_id, act, found[0].id)
        if len(found) > FEW:
            told = text("trainings_participants.change.which_many", count=FEW)
            return self._name(training, act, typed=name, fault=told)
        return self._which(training, act, found)

    async def ask(
        self, person: Person, training_id: int, act: str, other_id: int, note: str = ""
    ) -> Answer:
        """The question; with a word to the person, where it has been typed."""
        try:
            of = self.invitations if act == ADD else self.participants
            training, other = await of.look(person, training_id, other_id)
        except KnowledgeError as refusal:
            return self._refused(refusal)
        reply = change_cards.confirm(training, act, other, self.places, note)
        values = {"training": training_id, "act": act, "person": other_id, "note": note}
        return self._waits(reply, "confirm", values)

    async def do(
        self, person: Person, training_id: int, act: str, other_id: int, note: str
    ) -> Answer:
        """It was answered with yes."""
        try:
            if act == ADD:
                asked = await self.invitations.invite(person, training_id, other_id, note)
                training, name = asked.training, asked.person.name
                done = "asked"
            else:
                training, other = await self.participants.look(person, training_id, other_id)
                await self.participants.remove(person, training_id, other_id, note)
                done, name = "removed", other.name
        except KnowledgeError as refusal:
            return self._refused(refusal)
        said = text(
            f"trainings_participants.change.{done}",
            name=cards.name(name),
            title=swedish.plain(training.title),
        )
        return Answer(cards.settled(said, training), about={HELD: training_id}, by=CHANGE)

    async def leave(self, person: Person, training_id: int) -> Answer:
        """It was answered with no."""
        try:
            overview = await self.participants.overview(person, training_id)
        except KnowledgeError as refusal:
            return self.views.refused(refusal)
        said = text("trainings_participants.change.unchanged")
        about = {HELD: training_id}
        return Answer(cards.settled(said, overview.training), about=about, by=CHANGE)

    def _name(self, training: Training, act: str, *, typed: str = "", fault: str = "") -> Answer:
        reply = change_cards.ask_name(training, act, typed=typed, fault=fault)
        return self._waits(reply, "give_name", {"training": training.id, "act": act})

    def _which(self, training: Training, act: str, found: Sequence[Person]) -> Answer:
        reply = change_cards.which_person(training, act, found, self.places)
        people = [one.id for one in found]
        return self._waits(
            reply, "which_person", {"training": training.id, "act": act, "people": people}
        )

    def _waits(self, reply: Reply, then: str, values: dict[str, Any]) -> Answer:
        about = {HELD: values["training"]}
        return Answer(reply, then=then, values=values, about=about, by=CHANGE)

    def _refused(self, refusal: KnowledgeError) -> Answer:
        """Why it is not this person."""
        if isinstance(refusal, NoSuchPerson):
            said = text("trainings_participants.change.no_such_person")
            return Answer(Reply(said), by=CHANGE)
        if not isinstance(refusal, NotAskable):
            return replace(self.views.refused(refusal), by=CHANGE)
        key, name = _WHY[type(refusal)], cards.name(refusal.name)
        return Answer(Reply(text(f"trainings_participants.change.{key}", name=name)), by=CHANGE)
