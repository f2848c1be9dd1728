"""A seat that is kept for one person for a while: for who may undo a withdrawal, and for who has
been offered it.

It counts as taken, so that nobody else gets it, and a timer gives it to the next. The training is
locked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select, update

from knowledge.delivery import outbox
from knowledge.storage.database import Database, Writing
from knowledge.timers import timers
from knowledge.trainings.models import Signup, SignupStatus, signups

KIND = "held_seat"

UNDO = timedelta(minutes=10)
"""So long after a withdrawal it can be undone."""


@dataclass(frozen=True)
class Held:
    """A sign-up that a seat is kept for."""

    signup_id: int
    person_id: int
    status: SignupStatus
    sequence: int
    until: datetime

    @property
    def offer(self) -> str:
        """The group in the outbox of the offer, if that is why."""
        return _offer(self.signup_id, self.sequence, self.until)


def offer_of(signup: Signup) -> str:
    """The group in the outbox of the seat that the person in line is offered now."""
    return _offer(signup.id, signup.calendar_sequence, signup.held_until)


async def hold(
    tx: Writing, database: Database, training_id: int, signup_ids: Sequence[int], until: datetime
) -> None:
    """Keep a seat for each of these sign-ups; they must be counted as taken."""
    its = signups.c.id.in_(signup_ids)
    await tx.execute(update(signups).where(its).values(held_until=until))
    payloads = {_key(id_): {"training": training_id, "signup": id_} for id_ in signup_ids}
    await timers.set_all(tx, database, kind=KIND, due=until, payloads=payloads)


async def let_go(tx: Writing, held: Held) -> None:
    """It is decided: no timer rings, no offer leaves. The seat is still counted as taken."""
    await timers.cancel(tx, _key(held.signup_id))
    await run_out(tx, held, passed_at=None)


async def run_out(tx: Writing, held: Held, *, passed_at: datetime | None) -> None:
    """The time is out. `passed_at` marks who let an offer go by; the place in line is kept."""
    await outbox.cancel(tx, held.offer)
    its = signups.c.id == held.signup_id
    await tx.execute(update(signups).where(its).values(held_until=None, passed_at=passed_at))


async def come_back(tx: Writing, training_id: int, person_ids: Sequence[int]) -> None:
    """These people are here: who of them stands in line is passed over no longer."""
    its = (signups.c.training_id == training_id) & signups.c.person_id.in_(person_ids)
    marked = signups.c.passed_at.is_not(None)
    await tx.execute(update(signups).where(its, marked).values(passed_at=None))


async def list_held_for(tx: Writing, training_id: int, person_ids: Sequence[int]) -> list[Held]:
    """The seats at a training that are kept for these people."""
    its = signups.c.training_id == training_id
    return await _list(tx, its & signups.c.person_id.in_(person_ids))


async def find_held(tx: Writing, signup_id: int) -> Held | None:
    """The seat that is kept for this sign-up, if any."""
    return next(iter(await _list(tx, signups.c.id == signup_id)), None)


async def _list(tx: Writing, those: ColumnElement[bool]) -> list[Held]:
    row = signups.c
    columns = row.id, row.person_id, row.status, row.calendar_sequence, row.held_until
    found = await tx.execute(select(*columns).where(those, row.held_until.is_not(None)))
    return [
        Held(id_, person_id, SignupStatus(status), sequence, until)
        for id_, person_id, status, sequence, until in found
    ]


def _offer(signup_id: int, sequence: int, until: datetime | None) -> str:
    return f"notice:offer:{signup_id}:{sequence}:{until.isoformat() if until else ''}"


def _key(signup_id: int) -> str:
    return f"held:{signup_id}"
