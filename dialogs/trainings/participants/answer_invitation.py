"""The invited person's yes or no."""

from typing import ClassVar

from dialogs.conversation import inputs
from dialogs.conversation.dialog import Answer, Dialog, Heard, hears, tapped
from dialogs.conversation.swedish import plain
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text
from dialogs.conversation.wishes import SIGNED_UP
from dialogs.trainings.lists import SHOWN
from dialogs.trainings.participants import notice_cards
from dialogs.trainings.wording import TrainingWording
from dialogs.understanding.effect import Effect
from knowledge.directory.places import Places
from knowledge.trainings.participants.invitations import InvitationService
from knowledge.trainings.participants.refusals import InvitationGone, TooLate


class AnswerInvitation(Dialog):
    """Nobody takes part without having tapped yes."""

    name: ClassVar[str] = "answer_invitation"

    def __init__(
        self, invitations: InvitationService, wording: TrainingWording, places: Places
    ) -> None:
        self.invitations = invitations
        self.wording = wording
        self.places = places

    @hears("invitations", effect=Effect.NONE, personal=True)
    async def show(self, heard: Heard) -> Answer:
        """What waits for an answer, one at a time."""
        waiting = await self.invitations.list_open(heard.person)
        if not waiting:
            return Answer(Reply(text("trainings_participants.told.none_open")))
        reply = notice_cards.invited(waiting[0], self.places)
        return Answer(reply, then="answer", values={"invitation": waiting[0].id})

    async def answer(self, heard: Heard) -> Answer | None:
        """Hears ja or nej."""
        said = inputs.agreed(heard.text, "trainings_participants.told.yes")
        if said is None:
            return None
        id_ = int(heard.values["invitation"])
        return await (self._accept(heard, id_) if said else self._decline(heard, id_))

    async def again(self, heard: Heard) -> Answer | None:
        reply = Reply(text("trainings_participants.told.invited_again"))
        return Answer(reply, then="answer", values=heard.values)

    @tapped("invitation_yes", effect=Effect.MINE, personal=True)
    async def yes(self, heard: Heard) -> Answer | None:
        id_ = heard.number("invitation")
        return await self._accept(heard, id_) if id_ else None

    @tapped("invitation_no", effect=Effect.MINE, personal=True)
    async def no(self, heard: Heard) -> Answer | None:
        id_ = heard.number("invitation")
        return await self._decline(heard, id_) if id_ else None

    async def _accept(self, heard: Heard, id_: int) -> Answer:
        try:
            signup = await self.invitations.accept(heard.person, id_)
        except InvitationGone:
            return _settled("gone")
        except TooLate as refusal:
            return _settled("closed", title=plain(refusal.training.title))
        done = [signup.training.id]
        reply = self.wording.signed_up(signup)
        return Answer(reply, values={SIGNED_UP: done}, about={SHOWN: done})

    async def _decline(self, heard: Heard, id_: int) -> Answer:
        try:
            invitation = await self.invitations.decline(heard.person, id_)
        except InvitationGone:
            return _settled("gone")
        title, name = plain(invitation.training.title), plain(invitation.by.name)
        key = "declined_colleague" if invitation.by_colleague else "declined"
        return _settled(key, title=title, name=name)


def _settled(key: str, **told: str) -> Answer:
    return Answer(notice_cards.settled(text(f"trainings_participants.told.{key}", **told)))
