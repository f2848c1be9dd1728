"""What all ways out of the house have in common: approved when large, in its time, and once.

Every caller holds the announcement's row and has looked at its status, so that of two taps, or of
two processes, one acts and the other is told.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from knowledge.announcements import progress, reach, repository
from knowledge.announcements.about import read_about
from knowledge.announcements.eyes import Act, needs_colleague
from knowledge.announcements.models import Announcement, AnnouncementStatus
from knowledge.announcements.refusals import ChangedSince, NotFound
from knowledge.announcements.wording import Decision, Wording
from knowledge.delivery import outbox
from knowledge.delivery.messenger import Message
from knowledge.delivery.models import Target
from knowledge.directory import repository as directory
from knowledge.directory.models import Person
from knowledge.directory.places import Places
from knowledge.storage.database import Database, Reading, Writing
from knowledge.times import QuietUntil, never_quiet

APPROVAL_FROM = 500


@dataclass(frozen=True)
class Recipients:
    """Whom it reaches: those it is sent to, and how many are told in the weekly message."""

    targets: Sequence[Target]
    weekly: int

    def __len__(self) -> int:
        return len(self.targets) + self.weekly


@dataclass(frozen=True)
class Post:
    """What recipients get, and the version of the announcement that it was made from."""

    message: Message
    version: int


class Release:
    """Lets announcements go. From `approval_from` recipients a second coordinator must approve.

    People get them when `quiet_until` is over; channels at once.
    """

    def __init__(
        self,
        database: Database,
        places: Places,
        wording: Wording,
        *,
        approval_from: int = APPROVAL_FROM,
        quiet_until: QuietUntil = never_quiet,
    ) -> None:
        self.database = database
        self.places = places
        self.wording = wording
        self.approval_from = approval_from
        self._quiet_until = quiet_until

    async def compose(self, announcement_id: int) -> Post:
        """The post as things stand, made before anybody holds the row. Raises NotFound."""
        async with self.database.read() as tx:
            known = await repository.find(tx, announcement_id)
            if known is None:
                raise NotFound(announcement_id)
            about = await read_about(tx, known.draft)
        message = self.wording.post(known.draft, about, announcement_id=known.id)
        return Post(message, known.version)

    async def find_recipients(self, tx: Writing, known: Announcement) -> Recipients:
        """Whom it reaches at this moment."""
        about = (tx, known.draft.audience, self.places)
        return Recipients(await reach.list_targets(*about), await reach.count_weekly(*about))

    async def let_go(
        self,
        tx: Writing,
        known: Announcement,
        recipients: Recipients,
        post: Post,
        now: datetime,
        act: Act = Act.SEND,
    ) -> Announcement:
        """Ask a colleague first when it is large, then wait for its time, then send.

        Raises ChangedSince when the post was made from another version.
        """
        if post.version != known.version:
            raise ChangedSince(known)
        is_large = len(recipients) >= self.approval_from
        if needs_colleague(act, is_large=is_large) and not known.is_approved:
            return await self._ask(tx, known)
        if known.draft.send_at and known.draft.send_at > now:
            return await _save(tx, replace(known, status=AnnouncementStatus.SCHEDULED))
        await reach.gather(tx, known.id, known.draft.audience, self.places)
        message_id = await outbox.enqueue(
            tx,
            self.database,
            group_key=known.group_key,
            message=post.message,
            targets=recipients.targets,
            not_before=lambda target: self._quiet_until(now) if target.is_person else None,
        )
        sent = AnnouncementStatus.SENT
        await progress.watch(tx, self.database, known.id)
        return await _save(tx, replace(known, status=sent, sent_at=now, message_id=message_id))

    async def _ask(self, tx: Writing, known: Announcement) -> Announcement:
        """Put the question to the others who may act for its county."""
        waiting = await _save(tx, replace(known, status=AnnouncementStatus.WAITING_APPROVAL))
        measured = await reach.measure(tx, known.draft.audience, self.places)
        about = await read_about(tx, known.draft)
        message = self.wording.ask_approval(waiting, measured, about)
        for colleague in await list_approvers(tx, known):
            key = f"approval:{known.id}:{known.version}:{colleague.id}"
            await outbox.enqueue_notice(tx, self.database, colleague, message, key)
        return waiting

    async def make_draft(self, tx: Writing, known: Announcement) -> Announcement:
        """A new version, so that the colleagues' old cards decide nothing."""
        draft = replace(known, status=AnnouncementStatus.DRAFT, version=known.version + 1)
        return await _save(tx, replace(draft, approver_tenant_id="", approver_object_id=""))

    async def tell_author(
        self, tx: Writing, known: Announcement, decision: Decision, by: str = "", reason: str = ""
    ) -> None:
        """In the author's own chat, once for each version and decision."""
        identity = (known.author_tenant_id, known.author_object_id)
        author = await directory.find_reachable(tx, *identity)
        if author:
            message = self.wording.tell_author(known, decision, by, reason)
            key = f"news:{known.id}:{known.version}:{decision}"
            await outbox.enqueue_notice(tx, self.database, author, message, key)


async def list_approvers(tx: Reading | Writing, known: Announcement) -> list[Person]:
    """Who may act for its county and is not the one who wants it sent."""
    found = await directory.list_coordinators_of(tx, known.county)
    return [one for one in found if not known.is_asked_by(one.tenant_id, one.object_id)]


async def _save(tx: Writing, announcement: Announcement) -> Announcement:
    await repository.save(tx, announcement)
    return announcement
