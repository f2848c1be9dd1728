"""Posts about a training show how it is and how many seats are left, and go on doing so."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Self

from sqlalchemy import ColumnElement, Select, or_, select, update

from knowledge.announcements import repository
from knowledge.announcements.about import read_about
from knowledge.announcements.models import OUT, Announcement, announcements
from knowledge.announcements.wording import Wording
from knowledge.delivery import changes
from knowledge.delivery.models import messages, to_payload
from knowledge.errors import DatabaseBusy
from knowledge.storage.database import Database, Reading, Writing
from knowledge.trainings.models import Training
from knowledge.trainings.repository import list_told_of
from knowledge.trainings.service import MOST_OPEN

EVERY = 5.0
"""How often, in seconds, the seats of open trainings are compared with the posts."""

AT_MOST_EVERY = timedelta(seconds=60)
"""A training that fills up fast would else edit every channel with each sign-up."""


@dataclass(frozen=True)
class Shown:
    """What a post tells of a training: the seats left, and which version of all else."""

    seats_left: int
    version: int

    @classmethod
    def of(cls, training: Training) -> Self:
        return cls(training.seats - training.taken, training.version)

    def is_news_to(self, seats: int | None, version: int | None) -> bool:
        """Whether a post says something else. One from before versions were noted shows none."""
        return (self.seats_left, self.version) != (seats, version or 0)


class LiveSeats:
    """Edits the posts that are out when seats have been taken or given back, or the training has
    been changed or called off."""

    def __init__(self, database: Database, wake: Callable[[], None], wording: Wording) -> None:
        self.database = database
        self._wake = wake
        self._wording = wording

    async def refresh_open(self, now: datetime) -> None:
        """Bring the posts about every training that has not begun up to date."""
        async with self.database.read() as tx:
            found = await list_told_of(tx, now, MOST_OPEN)
        await self.refresh({one.id: Shown.of(one) for one in found}, now)

    async def refresh(self, trainings: Mapping[int, Shown], now: datetime) -> int:
        """Bring posts up to date; those of one announcement at most once a minute.

        Returns how many announcements were edited. Any number of processes may call it at once.
        """
        async with self.database.read() as tx:
            rows = (await tx.execute(_outdated(trainings, now))).mappings().all()
        edited = 0
        for row in rows:
            so = trainings[row["training_id"]]
            if so.is_news_to(row["seats_shown"], row["training_shown"]):
                with suppress(DatabaseBusy):  # the next look makes up for it; others go on
                    edited += await self._refresh_one(row["id"], so, now)
        if edited:
            self._wake()
        return edited

    async def _refresh_one(self, announcement_id: int, so: Shown, now: datetime) -> bool:
        async with self.database.read() as tx:
            seen = await repository.find(tx, announcement_id)
            if seen is None:
                return False
            about, shown = await read_about(tx, seen.draft), await _payload(tx, seen)
        message = self._wording.post(
            seen.draft, about, announcement_id=seen.id, corrected_at=seen.corrected_at
        )
        same = to_payload(message) == shown
        async with self.database.write() as tx:
            known = await _find_unchanged(tx, seen, now)
            if known is None:
                return False
            if not same:
                new = await changes.correct(tx, self.database, known.group_key, message)
                await repository.save(tx, replace(known, message_id=new))
            await _note(tx, known, so, None if same else now)
            return not same


async def _find_unchanged(tx: Writing, seen: Announcement, now: datetime) -> Announcement | None:
    """The announcement, held; None when its posts are others' by now, which the next look sees."""
    known = await repository.find(tx, seen.id, for_update=True)
    still = select(announcements.c.id).where(announcements.c.id == seen.id, _may_be_edited(now))
    if known is None or (await tx.execute(still)).first() is None:
        return None
    made_of = (seen.version, seen.message_id)
    return known if (known.version, known.message_id) == made_of else None


def _outdated(trainings: Iterable[int], now: datetime) -> Select[tuple[int, int, int, int]]:
    table = announcements.c
    query = select(table.id, table.training_id, table.seats_shown, table.training_shown)
    return query.where(table.training_id.in_([*trainings]), _may_be_edited(now))


def _may_be_edited(now: datetime) -> ColumnElement[bool]:
    shown_at = announcements.c.seats_shown_at
    put_back = shown_at > now  # the clock
    rested = or_(shown_at.is_(None), shown_at <= now - AT_MOST_EVERY, put_back)
    return announcements.c.status.in_(OUT) & rested


async def _payload(tx: Reading, known: Announcement) -> str:
    """What the posts say now."""
    query = select(messages.c.payload).where(messages.c.id == known.message_id)
    return str((await tx.execute(query)).scalar_one_or_none() or "")


async def _note(tx: Writing, known: Announcement, so: Shown, edited_at: datetime | None) -> None:
    shown = {"seats_shown": so.seats_left, "training_shown": so.version}
    row = update(announcements).where(announcements.c.id == known.id).values(**shown)
    await tx.execute(row.values(seats_shown_at=edited_at) if edited_at else row)
