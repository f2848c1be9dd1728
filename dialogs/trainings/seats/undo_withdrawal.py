"""Undoing a withdrawal, as long as the seat is kept."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from dialogs.conversation.card_parts import with_first_line
from dialogs.conversation.dialog import Answer, Dialog, Heard, hears, tapped
from dialogs.conversation.paging import is_said
from dialogs.conversation.swedish import plain
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text
from dialogs.conversation.wishes import SIGNED_UP
from dialogs.trainings import cards
from dialogs.trainings.lists import SHOWN, UNDO, WITHDRAWN
from dialogs.trainings.wording import TrainingWording
from dialogs.understanding.effect import Effect
from knowledge.trainings.models import Signup
from knowledge.trainings.refusals import TooLateToUndo, TrainingNotFound
from knowledge.trainings.service import TrainingService


class UndoWithdrawal(Dialog):
    """The same seat, or the same place in line."""

    name: ClassVar[str] = UNDO

    def __init__(self, trainings: TrainingService, wording: TrainingWording) -> None:
        self.trainings = trainings
        self.wording = wording

    @hears("undo_withdrawal", effect=Effect.MINE, personal=True)
    async def undo(self, heard: Heard) -> Answer:
        """What was just left; else the last that was."""
        ids = _left(heard.values)
        latest = None if ids else await self.trainings.latest_withdrawal(heard.person)
        ids = [latest] if latest else ids
        if not ids:
            return Answer(Reply(text("trainings_seats.nothing_to_undo")))
        return await self._undo(heard, ids)

    @tapped("undo_withdrawal", effect=Effect.MINE, personal=True)
    async def tapped_undo(self, heard: Heard) -> Answer | None:
        written = heard.word("trainings").split(",")
        ids = [int(one) for one in written if one.isascii() and one.isdigit() and len(one) < 10]
        return await self._undo(heard, ids) if ids else None

    def claims(self, heard: Heard) -> bool:
        """ "Ångra" leaves what is under way, and here takes the withdrawal back."""
        return is_said(heard.text, "trainings_seats.says_undo")

    async def after(self, heard: Heard) -> Answer | None:
        """Hears "ångra", and nothing else."""
        return await self.undo(heard) if self.claims(heard) else None

    async def _undo(self, heard: Heard, ids: Sequence[int]) -> Answer:
        signups, refused = list[Signup](), list[str]()
        for id_ in dict.fromkeys(ids):
            try:
                signups.append(await self.trainings.undo_withdrawal(heard.person, id_))
            except TrainingNotFound:
                refused.append(text("trainings.not_found"))
            except TooLateToUndo as refusal:
                title = plain(refusal.training.title)
                refused.append(text("trainings_seats.too_late_to_undo", title=title))
        notes = "\n\n".join(dict.fromkeys(refused))
        if not signups:
            return Answer(cards.settled(notes))
        reply, done = self.wording.signed_up(*signups), [one.training.id for one in signups]
        reply = with_first_line(reply, notes) if notes else reply
        return Answer(reply, values={SIGNED_UP: done}, about={SHOWN: done})


def _left(values: Mapping[str, Any]) -> list[int]:
    return [int(id_) for id_ in values.get(WITHDRAWN, ())]
