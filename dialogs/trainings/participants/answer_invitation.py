"""The invited person's yes or no."""

from typing import ClassVar

from dialogs.conversation.dialog import Answer, Dialog, Heard, tapped
from dialogs.conversation.swedish import plain
from dialogs.conversation.texts import text
from dialogs.conversation.wishes import SIGNED_UP
from dialogs.trainings.lists import SHOWN
from dialogs.trainings.participants import notice_cards
from dialogs.trainings.wording import TrainingWording
from dialogs.understanding.effect import Effect
from knowledge.trainings.participants.invitations import InvitationService
from knowledge.trainings.participants.refusals import InvitationGone, TooLate


class AnswerInvitation(Dialog):
    """Nobody takes part without having tapped yes."""

    name: ClassVar[str] = "answer_invitation"

    def __init__(self, invitations: InvitationService, wording: TrainingWording) -> None:
        self.invitations = invitations
        self.wording = wording

    @tapped("invitation_yes", effect=Effect.MINE, personal=True)
    async def yes(self, heard: Heard) -> Answer | None:
        id_ = heard.number("invitation")
        if not id_:
            return None
        try:
            signup = await self.invitations.accept(heard.person, id_)
        except InvitationGone:
            return _settled("gone")
        except TooLate as refusal:
            return _settled("closed", title=plain(refusal.training.title))
        done = [signup.training.id]
        reply = self.wording.signed_up(signup)
        return Answer(reply, values={SIGNED_UP: done}, about={SHOWN: done})

    @tapped("invitation_no", effect=Effect.MINE, personal=True)
    async def no(self, heard: Heard) -> Answer | None:
        id_ = heard.number("invitation")
        if not id_:
            return None
        try:
            invitation = await self.invitations.decline(heard.person, id_)
        except InvitationGone:
            return _settled("gone")
        title, name = plain(invitation.training.title), plain(invitation.by.name)
        return _settled("declined", title=title, name=name)


def _settled(key: str, **told: str) -> Answer:
    return Answer(notice_cards.settled(text(f"trainings_participants.told.{key}", **told)))
