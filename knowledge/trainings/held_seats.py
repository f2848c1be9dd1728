"""What becomes of a seat that was kept for somebody, when the time is out."""

from collections.abc import Callable
from datetime import datetime

from knowledge.storage.database import Writing
from knowledge.timers.timers import Timer
from knowledge.trainings import history, holding, repository
from knowledge.trainings.history import Act
from knowledge.trainings.models import SignupStatus
from knowledge.trainings.promotion import EXPIRED, Promotion


class HeldSeats:
    """Carries out the timers: whoever is next gets the seat, or is asked."""

    def __init__(self, promotion: Promotion, now: Callable[[], datetime]) -> None:
        self.now = now
        self._promotion = promotion

    async def pass_on(self, tx: Writing, timer: Timer) -> None:
        """A timer's handler."""
        training = await repository.find_training_for_update(tx, timer.payload["training"])
        held = await holding.find_held(tx, timer.payload["signup"])
        if training is None or held is None:
            return
        act, waits = Act(None, self.now()), SignupStatus.WAITING
        is_offer = held.status is waits
        await holding.run_out(tx, held, passed_at=act.at if is_offer else None)
        if is_offer:
            its = [held.signup_id]
            await history.note_signups(tx, act, training.id, its, waits, waits, EXPIRED)
        await self._promotion.pass_seat_on(tx, training, act)
