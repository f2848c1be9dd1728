"""The invited person's yes or no."""

from typing import ClassVar

from dialogs.conversation import inputs
from dialogs.conversation.dialog import Answer, Dialog, Heard, hears, tapped
from dialogs.conversation.swedish import plain
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text
from dialogs.trainings.asking.cards import ask_despite
from dialogs.trainings.asking.sign_ups import SignUps
from dialogs.trainings.participants import notice_cards
from dialogs.understanding.effect import Effect
from knowledge.directory.places import Places
from knowledge.trainings.asking.refusals import AnswersNeeded
from knowledge.trainings.participants.invitations import InvitationService
from knowledge.trainings.participants.refusals import InvitationGone, TooLate


class AnswerInvitation(Dialog):
    """Nobody takes part without having tapped yes."""

    name: ClassVar[str] = "answer_invitation"

    def __init__(self, invitations: InvitationService, sign_ups: SignUps, places: Places) -> None:
        self.invitations = invitations
        self.sign_ups = sign_ups
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
        yes = ("trainings_participants.told.yes", "trainings_asking.yes_despite")
        said, despite = inputs.agreed(heard.text, *yes), bool(heard.values.get("despite"))
        if said is None:
            return None
        id_ = int(heard.values["invitation"])
        if said:
            return await self._accept(heard, id_, despite=despite)
        if despite:  # no to both at the same time: the invitation waits
            return Answer(Reply(text("conversation.wish.left_alone")))
        return await self._decline(heard, id_)

    async def again(self, heard: Heard) -> Answer | None:
        reply = Reply(text("trainings_participants.told.invited_again"))
        return Answer(reply, then="answer", values=heard.values)

    @tapped("invitation_yes", effect=Effect.MINE, personal=True)
    async def yes(self, heard: Heard) -> Answer | None:
        id_ = heard.number("invitation")
        despite = heard.turn.data.get("despite") is True
        return await self._accept(heard, id_, despite=despite) if id_ else None

    @tapped("invitation_no", effect=Effect.MINE, personal=True)
    async def no(self, heard: Heard) -> Answer | None:
        id_ = heard.number("invitation")
        return await self._decline(heard, id_) if id_ else None

    async def _accept(self, heard: Heard, id_: int, *, despite: bool) -> Answer:
        """Done; or first what is at the same time, and what the organiser asks."""
        about = {"invitation": id_}
        asked = None if despite else await self._ask_despite(heard, id_)
        if asked:
            return asked
        try:
            signup = await self.invitations.accept(heard.person, id_)
        except AnswersNeeded as refusal:
            return await self.sign_ups.form(heard, refusal.training, about)
        except InvitationGone:
            return _settled("gone")
        except TooLate as refusal:
            return _settled("closed", title=plain(refusal.training.title))
        return self.sign_ups.told(signup)

    async def _ask_despite(self, heard: Heard, id_: int) -> Answer | None:
        waiting = await self.invitations.list_open(heard.person)
        training = next((one.training for one in waiting if one.id == id_), None)
        if training is None or training.questions:  # its form tells what is at the same time
            return None
        known = await self.sign_ups.trainings.beforehand(heard.person, [training.id])
        clashes = known.clashes.get(training.id)
        if not clashes:
            return None
        about = {"invitation": id_}
        reply = ask_despite(training, clashes, "invitation_yes", **about)
        return Answer(reply, then="answer", values={**about, "despite": True})

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
