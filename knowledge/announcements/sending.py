"""From draft to sent: confirmed by number, at once or in its time, and once."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

import structlog

from knowledge.announcements import access, noting, repository
from knowledge.announcements.about import read_about
from knowledge.announcements.colleagues import NO_WORDS, Colleagues, Task
from knowledge.announcements.eyes import Act
from knowledge.announcements.models import Announcement, AnnouncementStatus
from knowledge.announcements.refusals import (
    AlreadySent,
    ChangedSince,
    DraftIncomplete,
    MomentPassed,
    NobodyToReach,
    NotConfirmed,
)
from knowledge.announcements.release import Post, Recipients, Release
from knowledge.announcements.wording import Decision
from knowledge.announcements.words import Words
from knowledge.audit.models import Kind
from knowledge.delivery import outbox
from knowledge.directory.models import Person
from knowledge.storage.database import Writing

CONFIRM_FROM = 100

EVERY = 5.0
"""How often, in seconds, is looked for what is scheduled."""

log = structlog.get_logger()


class SendingService:
    """Sends announcements. `wake` tells the sender that there is work.

    From `confirm_from` recipients on their number must be given.
    """

    def __init__(
        self,
        release: Release,
        colleagues: Colleagues,
        wake: Callable[[], None],
        *,
        confirm_from: int = CONFIRM_FROM,
    ) -> None:
        self.database = release.database
        self._colleagues = colleagues
        self._confirm_from = confirm_from
        self._release = release
        self._wake = wake
        colleagues.will_do(Act.SEND_NOW, self._at_once)

    def wants_number(self, recipients: int) -> bool:
        """Whether so many must be confirmed by writing the number."""
        return recipients >= self._confirm_from

    def wants_approval(self, recipients: int) -> bool:
        """Whether so many need a second coordinator."""
        return recipients >= self._release.approval_from

    async def send(
        self,
        person: Person,
        announcement_id: int,
        *,
        now: datetime,
        confirmed: int = 0,
        version: int | None = None,
    ) -> Announcement:
        """Send it to everybody it reaches, or let it wait: for a colleague, for its time.

        `confirmed` is the number of recipients as the person wrote it, `version` the one that the
        person has seen (None where that is not known). Raises AlreadySent with the announcement
        for every tap but the first, and ChangedSince, NotConfirmed, MomentPassed, NobodyToReach,
        OutsideCounty, DraftIncomplete, NotACoordinator, NotFound.
        """
        post = await self._release.compose(announcement_id)
        noted = access.refusal_noted(self.database, person)
        async with noted, self.database.write() as tx:
            draft = await access.get_for_update(tx, person, announcement_id)
            if draft.status is not AnnouncementStatus.DRAFT:
                raise AlreadySent(draft)
            draft = replace(
                draft, asker_tenant_id=person.tenant_id, asker_object_id=person.object_id
            )
            if version not in (None, draft.version):
                raise ChangedSince(draft)
            await self._must_reach(tx, person, draft)
            recipients = await self._release.find_recipients(tx, draft)
            if not recipients:
                raise NobodyToReach
            if self.wants_number(len(recipients)) and confirmed != len(recipients):
                raise NotConfirmed(len(recipients))
            if draft.draft.send_at and draft.draft.send_at <= now:
                raise MomentPassed(draft)
            done = await self._release.let_go(tx, draft, recipients, post, now)
            await noting.note_sending(tx, person, done, len(recipients))
        self._wake()
        return done

    async def send_now(
        self, person: Person, announcement_id: int, *, now: datetime
    ) -> Announcement:
        """Send at once what waits for its time; or ask a colleague, and let it wait on.

        Raises AlreadySent when it does not wait (any more), ChangedSince, NobodyToReach,
        AnotherChangeWaits, OutsideCounty, DraftIncomplete, NotACoordinator, NotFound.
        """
        task = await self._at_once(announcement_id, NO_WORDS, now)
        noted = access.refusal_noted(self.database, person)
        async with noted, self.database.write() as tx:
            known = await access.get_for_update(tx, person, announcement_id)
            if known.status is not AnnouncementStatus.SCHEDULED:
                raise AlreadySent(known)
            await self._must_reach(tx, person, known)
            readers = len(await self._release.find_recipients(tx, known))
            await self._colleagues.do_or_ask(tx, person, known, Act.SEND_NOW, task, readers=readers)
            done = await repository.find(tx, announcement_id)
        self._wake()
        return done or known

    async def take_back(self, person: Person, announcement_id: int) -> Announcement:
        """Make a draft again of what waits; a draft stays as it is.

        Raises AlreadySent, NotACoordinator, NotFound.
        """
        async with self.database.write() as tx:
            known = await access.get_for_update(tx, person, announcement_id)
            if known.has_left:
                raise AlreadySent(known)
            if known.status is AnnouncementStatus.DRAFT:
                return known
            kind = noting.kind_of(Act.TAKE_BACK)
            await noting.note(tx, kind, person, known)
            return await self._release.make_draft(tx, known)

    async def send_test(self, person: Person, announcement_id: int, key: str) -> None:
        """Send it to this person alone, marked as a test and counted nowhere; once per `key`.

        Raises NotFound.
        """
        async with self.database.read() as tx:
            known = await access.get(tx, person, announcement_id)
            about = await read_about(tx, known.draft)
        message = self._release.wording.test(known.draft, about)
        async with self.database.write() as tx:
            await outbox.enqueue_notice(tx, self.database, person, message, f"test:{key}")
        self._wake()

    async def send_due(self, now: datetime) -> list[Announcement]:
        """Send what is scheduled for `now` or earlier, to those it reaches at this moment.

        Returns what this call has sent; any number of processes may call it at once. What cannot
        go becomes a draft again, and its author is told.
        """
        async with self.database.read() as tx:
            due = await repository.list_due(tx, now)
        sent = []
        for id_ in due:
            try:
                done = await self._send_one_due(id_, now)
            except Exception as error:  # the others must not wait for this one
                log.error("scheduled_not_sent", announcement=id_, exc_info=error)
                continue
            if done:
                sent.append(done)
        if due:
            self._wake()
        return sent

    async def _send_one_due(self, announcement_id: int, now: datetime) -> Announcement | None:
        post = await self._release.compose(announcement_id)
        async with self.database.write() as tx:
            known = await repository.find(tx, announcement_id, for_update=True)
            if known is None or not _is_due(known, now):
                return None  # another process was first, or it was changed
            recipients = await self._release.find_recipients(tx, known)
            if not recipients:
                return await self._give_up(tx, known, Decision.NOBODY)
            if not await access.author_may_still(tx, known, self._release.places):
                return await self._give_up(tx, known, Decision.NO_ROLE)
            done = await self._release.let_go(tx, known, recipients, post, now, Act.LEAVE)
            if done.has_left:
                kind = noting.kind_of(Act.LEAVE)
                await noting.note(tx, kind, None, done, len(recipients))
                await self._release.tell_author(tx, done, Decision.SENT)
                return done
            await noting.note(tx, Kind.ANNOUNCEMENT_ASK, None, done)
            await self._release.tell_author(tx, done, Decision.WAITING)
            return None

    async def _at_once(self, announcement_id: int, _words: Words, now: datetime) -> Task:
        post = await self._release.compose(announcement_id)
        return _AtOnce(self._release, post, now)

    async def _must_reach(self, tx: Writing, person: Person, known: Announcement) -> None:
        if faults := known.draft.faults:  # kept before the rules were as they are
            raise DraftIncomplete(faults)
        await access.must_reach(tx, person, known.draft.audience, self._release.places)

    async def _give_up(
        self, tx: Writing, known: Announcement, why: Decision
    ) -> Announcement | None:
        draft = await self._release.make_draft(tx, known)
        await noting.note(tx, noting.kind_of(Act.TAKE_BACK), None, draft)
        await self._release.tell_author(tx, draft, why)
        return None


@dataclass(frozen=True)
class _AtOnce:
    """What waits for its time leaves now."""

    release: Release
    post: Post
    now: datetime

    async def has_work(self, tx: Writing, known: Announcement) -> bool:
        """Raises NobodyToReach."""
        await self._recipients(tx, known)
        return True

    async def carry_out(self, tx: Writing, known: Announcement) -> Announcement:
        recipients = await self._recipients(tx, known)
        at_once = replace(known, draft=replace(known.draft, send_at=None))
        return await self.release.let_go(tx, at_once, recipients, self.post, self.now, Act.SEND_NOW)

    async def _recipients(self, tx: Writing, known: Announcement) -> Recipients:
        found = await self.release.find_recipients(tx, known)
        if not found:
            raise NobodyToReach
        return found


def _is_due(known: Announcement, now: datetime) -> bool:
    send_at = known.draft.send_at
    return known.status is AnnouncementStatus.SCHEDULED and send_at is not None and send_at <= now
