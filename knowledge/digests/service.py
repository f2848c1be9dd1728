"""Sends the weekly messages, each once, from however many processes."""

from contextlib import suppress
from datetime import UTC, datetime, time, timedelta

from knowledge.answers.library import CurrentLibrary
from knowledge.answers.models import Article
from knowledge.delivery import outbox
from knowledge.delivery.messenger import Message
from knowledge.digests import repository
from knowledge.digests.models import Digest
from knowledge.digests.repository import Due
from knowledge.digests.wording import Wording
from knowledge.directory.models import Person
from knowledge.errors import DatabaseBusy, KnowledgeError
from knowledge.premises import Premises
from knowledge.storage.database import Writing
from knowledge.times import SWEDEN
from knowledge.trainings.repository import list_added

SENT_AT = time(8)
"""On Mondays, by the clock in Sweden."""

WEEK = timedelta(days=7)


class NotGathered(KnowledgeError):
    """No such announcement was kept for this person."""


class DigestService:
    """Weekly messages. What is late reaches nobody before `quiet_until` is over."""

    def __init__(self, premises: Premises, library: CurrentLibrary, wording: Wording) -> None:
        self.database = premises.database
        self.library = library
        self._wording = wording
        self._wake = premises.wake
        self._quiet_until = premises.quiet_until

    async def send_due(self, now: datetime) -> int:
        """Queue what this week still has to tell; returns how many messages.

        Any number of processes may call it at any time. Who has nothing to be told gets nothing
        until the next Monday.
        """
        monday = _latest_monday(now)
        async with self.database.read() as tx:
            due = await repository.list_due(tx, monday)
        sent = 0
        for one in due:
            with suppress(DatabaseBusy):  # the next time makes up for it; others go on
                async with self.database.write() as tx:
                    sent += await self._send(tx, one, monday, now)
        if sent:
            self._wake()
        return sent

    async def list_latest(self, person: Person) -> list[int]:
        """The announcements in the person's latest weekly message, in its order."""
        async with self.database.read() as tx:
            return await repository.list_latest(tx, person)

    async def read(self, person: Person, announcement_id: int) -> Message:
        """The whole of an announcement that a weekly message told of. Raises NotGathered."""
        async with self.database.read() as tx:
            post = await repository.find_post(tx, person, announcement_id)
        if post is None:
            raise NotGathered
        return post

    async def _send(self, tx: Writing, due: Due, monday: datetime, now: datetime) -> bool:
        person = due.person
        if not await repository.take_week(tx, person.id, monday, now):
            return False
        since = due.told_at or now - WEEK
        digest = Digest(
            announcements=await repository.take_gathered(tx, person.id, now),
            trainings=tuple(await list_added(tx, person.municipality[:2], since, now)),
            articles=self._checked_between(since, now),
        )
        if digest.is_empty:
            return False
        key = f"digest:{monday.date()}:{person.id}"
        message, wait = self._wording.digest(digest), self._quiet_until(now)
        await outbox.enqueue_notice(tx, self.database, person, message, key, wait)
        return True

    def _checked_between(self, since: datetime, now: datetime) -> tuple[Article, ...]:
        """Answers checked on the days from `since` up to yesterday, so that each day is told once,
        the latest first."""
        first, today = (moment.astimezone(SWEDEN).date() for moment in (since, now))
        found = [one for one in self.library.base.articles if first <= one.checked < today]
        return tuple(sorted(found, key=lambda one: one.checked, reverse=True))


def _latest_monday(now: datetime) -> datetime:
    """The latest Monday morning that has come."""
    local = now.astimezone(SWEDEN)
    day = local.date() - timedelta(days=local.weekday())
    monday = datetime.combine(day, SENT_AT, tzinfo=SWEDEN)
    if monday > local:
        monday = datetime.combine(day - WEEK, SENT_AT, tzinfo=SWEDEN)
    return monday.astimezone(UTC)
