"""Telling everybody who takes part, once, in the transaction that changes the training."""

import asyncio
from collections.abc import Callable
from datetime import datetime

from knowledge.delivery import outbox
from knowledge.delivery.messenger import Message
from knowledge.delivery.outbox import Notice
from knowledge.premises import Premises
from knowledge.storage.database import Writing
from knowledge.trainings import holding, promotion, reminders
from knowledge.trainings.models import Signup, SignupStatus, Training
from knowledge.trainings.planning.models import Participant
from knowledge.trainings.planning.repository import list_taking_part
from knowledge.trainings.wording import Wording

_AT_ONCE = 50


class Notices:
    """What is on its way about how it was before is stopped: it is not true any more."""

    def __init__(self, premises: Premises, wording: Wording) -> None:
        self.database = premises.database
        self._wording = wording
        self._quiet_until = premises.quiet_until

    async def tell_moved(
        self, tx: Writing, before: Training, after: Training, now: datetime
    ) -> int:
        """The new time and place, with the calendar file again. Returns how many are told."""
        told = await self._tell(
            tx, before, after, now, lambda signup: self._wording.moved(signup, before)
        )
        seated = [one.person.id for one in told if one.signup.status is SignupStatus.CONFIRMED]
        await reminders.move_reminders(tx, self.database, after, seated, now)
        return len(told)

    async def tell_cancelled(
        self, tx: Writing, before: Training, after: Training, now: datetime
    ) -> int:
        """That it was called off, and why. Returns how many are told."""
        told = await self._tell(tx, before, after, now, self._wording.cancelled)
        await reminders.cancel_all(tx, after.id)
        return len(told)

    async def _tell(
        self,
        tx: Writing,
        before: Training,
        after: Training,
        now: datetime,
        message: Callable[[Signup], Message],
    ) -> list[Participant]:
        those = await list_taking_part(tx, after)
        await outbox.cancel_all(tx, [_group(one.signup, before) for one in those])
        await outbox.cancel_all(tx, [promotion.notice_of(one.signup) for one in those])
        offered = [one.signup for one in those if one.signup.is_offered]
        await outbox.cancel_all(tx, [holding.offer_of(one) for one in offered])
        reminded = [reminders.notices_of(before, one.person.id) for one in those]
        await outbox.cancel_all(tx, [one for notices in reminded for one in notices])
        notices = list[Notice]()
        for one in those:
            group = _group(one.signup, after)
            notices.append(Notice(group, one.person, message(one.signup)))
            if not len(notices) % _AT_ONCE:
                await asyncio.sleep(0)  # others are answered meanwhile
        await outbox.enqueue_each(tx, self.database, notices, self._quiet_until(now))
        return those


def _group(signup: Signup, training: Training) -> str:
    """What is told of the training as it is in calendars with this number."""
    return f"notice:training:{signup.id}:{training.sequence}"
