"""Asking somebody to take part. Nobody is signed up without a yes of their own."""

from dataclasses import replace

from knowledge.audit.models import Kind
from knowledge.directory.models import Person
from knowledge.directory.repository import list_counties_of
from knowledge.premises import Premises
from knowledge.storage.database import Reading, Writing
from knowledge.trainings import noting, seating
from knowledge.trainings import repository as trainings
from knowledge.trainings.asking.refusals import AnswersNeeded
from knowledge.trainings.asking.repository import find_unasked
from knowledge.trainings.history import Act
from knowledge.trainings.models import Signup, Training
from knowledge.trainings.participants import access, repository
from knowledge.trainings.participants.models import LONGEST_NOTE, Invitation, InvitationStatus
from knowledge.trainings.participants.refusals import (
    AlreadyAsked,
    AlreadyThere,
    HasDeclined,
    InvitationGone,
    NoSuchPerson,
    OutOfReach,
    TooLate,
)
from knowledge.trainings.participants.telling import (
    Telling,
    called,
    is_changeable,
    not_begun,
    words_of,
)
from knowledge.trainings.participants.wording import Wording
from knowledge.trainings.planning.access import counties_of
from knowledge.trainings.promotion import Promotion
from knowledge.trainings.wording import Wording as TrainingWording


class InvitationService:
    """A coordinator asks, and the person answers; each method is one transaction.

    What is the coordinator's raises NotACoordinator, NotFound, NotHeldBy and TooLate.
    """

    def __init__(self, premises: Premises, wording: Wording, of_trainings: TrainingWording) -> None:
        self.database = premises.database
        self.now = premises.now
        self._wording = wording
        self._wake = premises.wake
        self._telling = Telling(premises)
        self._promotion = Promotion(premises, of_trainings)

    async def find(
        self, person: Person, training_id: int, name: str
    ) -> tuple[Training, list[Person]]:
        """People in the coordinator's municipalities whose names have all of these words."""
        words = words_of(name)
        async with self.database.read() as tx:
            training = not_begun(await access.get(tx, person, training_id), self.now())
            counties = await counties_of(tx, person)
            found = await repository.list_working_in(tx, counties, words) if words else []
        return training, called(name, found)

    async def look(
        self, person: Person, training_id: int, other_id: int
    ) -> tuple[Training, Person]:
        """Somebody who may be asked. Raises NoSuchPerson, OutOfReach, AlreadyThere, AlreadyAsked
        and HasDeclined."""
        async with self.database.read() as tx:
            training = not_begun(await access.get(tx, person, training_id), self.now())
            return training, await self._askable(tx, person, training, other_id)

    async def invite(
        self, person: Person, training_id: int, other_id: int, note: str
    ) -> Invitation:
        """Ask somebody in the coordinator's municipalities. Raises the same as `look`."""
        now, note = self.now(), note[:LONGEST_NOTE]
        async with self.database.write() as tx:
            training = await access.get(tx, person, training_id, for_update=True)
            other = await self._askable(tx, person, not_begun(training, now), other_id)
            asked = (training.id, other.id, person.id, note, now)
            id_ = await repository.add_invitation(tx, *asked)
            noted = (Kind.PARTICIPANT_INVITE, person, training)
            await noting.note(tx, *noted, whom=other)
            new = Invitation(id_, training, other, person, note, InvitationStatus.ASKED)
            await self._telling.tell(tx, other, self._wording.invited(new), f"invited:{id_}")
        self._wake()
        return new

    async def list_open(self, person: Person) -> list[Invitation]:
        """What waits for the person's own answer, and can still be said yes to."""
        async with self.database.read() as tx:
            found = []
            for id_, training_id in await repository.list_asked(tx, person.id):
                training = await trainings.find_training(tx, training_id)
                if training is None or not is_changeable(training, self.now()):
                    continue
                if await trainings.find_signup(tx, training, person.id):
                    continue
                invitation = await repository.find_invitation(tx, training, id_)
                found += [invitation] if invitation else []
        return found

    async def accept(self, person: Person, invitation_id: int) -> Signup:
        """The invited person says yes, and gets a seat or the last place in line.

        Also when the time to sign up is over, for as long as who asked may decide that. Raises
        InvitationGone and TooLate.
        """
        act = Act(person.id, self.now())
        async with self.database.write() as tx:
            invitation = await self._lock(tx, person, invitation_id)
            training = not_begun(invitation.training, act.at)
            known = await trainings.find_signup(tx, training, person.id)
            if known is None and not await self._counts(tx, invitation):
                raise TooLate(training)
            if invitation.status is InvitationStatus.ASKED:
                settled = (invitation.id, InvitationStatus.ACCEPTED, act.at)
                await repository.settle(tx, *settled)
            elif known is None:
                raise InvitationGone
            if known:
                return replace(known, already=True)
            if await find_unasked(tx, training, [person.id]):
                raise AnswersNeeded(training)  # and nothing of this is written
            those = [person.id]
            training, _ = await seating.welcome(tx, self._promotion, training, those, act.at)
            signup = await trainings.find_signup(tx, training, person.id)
            if signup is None:
                note = f"invitation:{invitation.id}"
                given = await seating.give(tx, self.database, training, those, act.at, note)
                signup = given[person.id]
            message = self._wording.answered(invitation, signup)
            await self._telling.tell(tx, invitation.by, message, f"accepted:{invitation.id}")
        self._wake()
        return signup

    async def decline(self, person: Person, invitation_id: int) -> Invitation:
        """The invited person says no, and a coordinator who asked is told. Raises
        InvitationGone."""
        async with self.database.write() as tx:
            invitation = await self._lock(tx, person, invitation_id)
            if invitation.status is InvitationStatus.ACCEPTED:
                raise InvitationGone
            if invitation.status is InvitationStatus.ASKED:
                declined = InvitationStatus.DECLINED
                await repository.settle(tx, invitation.id, declined, self.now())
                if not invitation.by_colleague:
                    message = self._wording.answered(invitation, None)
                    key = f"declined:{invitation.id}"
                    await self._telling.tell(tx, invitation.by, message, key)
        self._wake()
        return invitation

    async def _lock(self, tx: Writing, person: Person, invitation_id: int) -> Invitation:
        """The person's own invitation, while its training is locked."""
        training_id = await repository.find_training_of(tx, invitation_id, person.id)
        training = None
        if training_id is not None:
            training = await trainings.find_training_for_update(tx, training_id)
        if training is None:
            raise InvitationGone
        found = await repository.find_invitation(tx, training, invitation_id)
        if found is None:
            raise InvitationGone
        return found

    async def _counts(self, tx: Writing, invitation: Invitation) -> bool:
        """Whether a yes is enough: anybody may sign up, or who asked still holds the training."""
        training, by = invitation.training, invitation.by
        if training.takes_signups(self.now()):
            return True
        if invitation.by_colleague:
            return False
        counties = await list_counties_of(tx, by.tenant_id, by.object_id)
        return bool({*training.owned_by} & {*counties})

    async def _askable(
        self, tx: Reading | Writing, person: Person, training: Training, other_id: int
    ) -> Person:
        counties = await counties_of(tx, person)
        known = await repository.find_known(tx, counties, other_id)
        if known is None:
            raise NoSuchPerson
        other, is_here = known
        if not is_here:
            raise OutOfReach(other.name)
        if await trainings.find_signup(tx, training, other.id):
            raise AlreadyThere(other.name)
        status = await repository.latest_status(tx, training.id, other.id)
        if status is InvitationStatus.ASKED:
            raise AlreadyAsked(other.name)
        if status is InvitationStatus.DECLINED:
            raise HasDeclined(other.name)
        return other
