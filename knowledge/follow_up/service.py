"""What a coordinator does with an announcement that has been sent."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime

from knowledge.announcements import access, noting, progress, proposals
from knowledge.announcements import repository as announcements
from knowledge.announcements.colleagues import NO_WORDS, Colleagues, list_others
from knowledge.announcements.eyes import Act
from knowledge.announcements.models import OUT, Announcement, AnnouncementStatus
from knowledge.announcements.proposals import Proposal
from knowledge.announcements.refusals import NotSent
from knowledge.announcements.words import Words
from knowledge.audit.models import Kind
from knowledge.delivery import changes, outbox, pauses
from knowledge.directory.models import Person
from knowledge.directory.service import DirectoryService
from knowledge.follow_up import acknowledgements as acks
from knowledge.follow_up import repository
from knowledge.follow_up.models import (
    MOST_NAMED,
    Acknowledgements,
    Effects,
    Figures,
    Followed,
    Group,
    Page,
    Recipient,
    Report,
)
from knowledge.follow_up.pause import hold, release
from knowledge.follow_up.tasks import Tasks, reminder_of
from knowledge.follow_up.wording import Wording
from knowledge.storage.database import Database, Writing
from knowledge.times import QuietUntil, never_quiet

SENT, WITHDRAWN = AnnouncementStatus.SENT, AnnouncementStatus.WITHDRAWN
PAUSED, CANCELLED = AnnouncementStatus.PAUSED, AnnouncementStatus.CANCELLED
EVERY = (*OUT, WITHDRAWN)

LedTo = Callable[[Announcement], Awaitable[Effects]]
"""What people have done since they got it."""

PictureLink = Callable[[Figures], Awaitable[str]]
"""Where a picture of these figures can be fetched."""


class FollowUpService:
    """Following up what was sent. `wake` tells the sender that there is work.

    Reminders, and what is sent again to people, come when `quiet_until` is over.

    Everything is kept in the outbox before a method returns, and goes on by itself after a
    restart. Who is no coordinator of an announcement's county gets NotFound; its author
    NotACoordinator. A draft raises NotSent.
    """

    def __init__(
        self,
        database: Database,
        directory: DirectoryService,
        wording: Wording,
        colleagues: Colleagues,
        wake: Callable[[], None],
        *,
        led_to: LedTo,
        picture_link: PictureLink,
        quiet_until: QuietUntil = never_quiet,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.database = database
        self.places = directory.places
        self._colleagues = colleagues
        self._tasks = Tasks(database, wording, colleagues, quiet_until)
        self._wake = wake
        self._led_to = led_to
        self._picture_link = picture_link
        self._now = now

    async def report(self, person: Person, announcement_id: int) -> Report:
        """What has become of it so far. Raises NotFound."""
        async with self.database.read() as tx:
            announcement = await access.get(tx, person, announcement_id)
            return await repository.read_report(tx, announcement, self.places)

    async def follow(self, person: Person, announcement_id: int) -> Followed:
        """The same beside all that is told of it. Raises NotFound."""
        async with self.database.read() as tx:
            known = await access.get(tx, person, announcement_id)
            report = await repository.read_report(tx, known, self.places)
            waiting = await proposals.find_waiting(tx, known)
            asked = len(await list_others(tx, known, waiting)) if waiting else 0
        effects = await self._led_to(known)
        shows_picture = report.finished and report.figures
        picture = await self._picture_link(report.drawn) if shows_picture else ""
        return Followed(known, report, effects, picture, waiting, asked)

    async def recipients(
        self, person: Person, announcement_id: int, group: Group, page: int = 1
    ) -> Page:
        """Some of the recipients in this state, by municipality. Raises NotFound."""
        async with self.database.read() as tx:
            announcement = await access.get(tx, person, announcement_id)
            return await repository.list_page(tx, announcement, group, page, self.places)

    async def every_recipient(self, person: Person, announcement_id: int) -> tuple[Recipient, ...]:
        """All of the recipients, by municipality, to take out of here. Raises NotFound."""
        async with self.database.read() as tx:
            announcement = await access.get(tx, person, announcement_id)
            found = await repository.list_all(tx, announcement, self.places)
        async with self.database.write() as tx:
            noted = (Kind.ANNOUNCEMENT_DOWNLOAD, person, announcement, len(found))
            await noting.note(tx, *noted)
        return found

    async def acknowledgements(
        self, person: Person, announcement_id: int, page: int = 1
    ) -> Acknowledgements:
        """Who has acknowledged and who has not. Raises NotFound."""
        async with self.database.read() as tx:
            announcement = await access.get(tx, person, announcement_id)
            places = await acks.count_by_municipality(tx, announcement, self.places)
            everybody = await acks.count_all(tx, announcement)
            return Acknowledgements(
                by_municipality=places,
                others=everybody - sum(one.acknowledged for one in places),
                missing=await repository.list_missing(tx, announcement, page, self.places),
                reminded=await outbox.is_known(tx, reminder_of(announcement)),
                names=tuple(await acks.list_names(tx, announcement, MOST_NAMED)),
            )

    async def pause(self, person: Person, announcement_id: int) -> Announcement:
        """Let no more of it leave for now. Changes nothing when all of it has left."""
        async with self.database.write() as tx:
            known = await _get_sent(tx, person, announcement_id)
            return await hold(tx, self.database, known, person)

    async def resume(self, person: Person, announcement_id: int) -> Announcement:
        """Let the rest of what was paused leave."""
        async with self.database.write() as tx:
            known = await _get_sent(tx, person, announcement_id)
            going_on = await release(tx, self.database, known, person)
        self._wake()
        return going_on

    async def stop(self, person: Person, announcement_id: int) -> Announcement:
        """Let no more of it leave, ever. What has arrived stays where it is.

        Changes nothing when all of it has left.
        """
        async with self.database.write() as tx:
            known = await _get_sent(tx, person, announcement_id)
            may_leave = known.status in (SENT, PAUSED)
            if may_leave and await changes.stop(tx, known.group_key):
                await pauses.resume(tx, known.group_key)
                known = replace(known, status=CANCELLED)
                await announcements.save(tx, known)
                kind = noting.kind_of(Act.STOP)
                await noting.note(tx, kind, person, known)
                await progress.watch(tx, self.database, known.id)
            return known

    async def correct(
        self, person: Person, announcement_id: int, words: Words
    ) -> Announcement | int | Proposal:
        """Replace its words and its picture for everybody, also where it has arrived.

        Who gets it cannot be changed. The same words once more change nothing. Of a large one it
        waits for a colleague. Raises DraftIncomplete, Withdrawn, AnotherChangeWaits.
        """
        return await self._do(person, announcement_id, Act.CORRECT, words)

    async def withdraw(self, person: Person, announcement_id: int) -> Announcement:
        """Stop what has not left and delete what has. A second time changes nothing."""
        async with self.database.write() as tx:
            known = await _get_sent(tx, person, announcement_id)
            if known.status is WITHDRAWN:
                return known
            await changes.take_back(tx, self.database, known.group_key)
            await pauses.resume(tx, known.group_key)
            await changes.take_back(tx, self.database, reminder_of(known))
            await noting.note(tx, noting.kind_of(Act.WITHDRAW), person, known)
            withdrawn = replace(known, status=WITHDRAWN, message_id=None)
            await announcements.save(tx, withdrawn)
            await progress.watch(tx, self.database, known.id)
        self._wake()
        return withdrawn

    async def resend_failed(
        self, person: Person, announcement_id: int
    ) -> Announcement | int | Proposal:
        """Send again to those Teams said no for, and to those who were gone and have come back.

        Returns how many; a second tap finds none. Nothing is sent of what is paused, stopped or
        withdrawn. Of a large one it waits for a colleague, as what follows does, too. Raises
        AnotherChangeWaits.
        """
        return await self._do(person, announcement_id, Act.RESEND_FAILED)

    async def resend_uncertain(
        self, person: Person, announcement_id: int
    ) -> Announcement | int | Proposal:
        """Send again to those who may not have got it, and may thus get it twice."""
        return await self._do(person, announcement_id, Act.RESEND_UNCERTAIN)

    async def retry_changes(
        self, person: Person, announcement_id: int
    ) -> Announcement | int | Proposal:
        """Try again to correct, or to delete, where it did not go through. Returns how many.

        To delete waits for nobody.
        """
        return await self._do(person, announcement_id, Act.RETRY_CORRECTION)

    async def remind(self, person: Person, announcement_id: int) -> Announcement | int | Proposal:
        """Remind, once, the people who were asked to acknowledge and have not.

        Returns how many. Raises AlreadyReminded, Withdrawn, AnotherChangeWaits.
        """
        return await self._do(person, announcement_id, Act.REMIND)

    async def _do(
        self, person: Person, announcement_id: int, act: Act, words: Words = NO_WORDS
    ) -> Announcement | int | Proposal:
        async with self.database.read() as tx:
            seen = await access.get_to_change(tx, person, announcement_id)
            if seen.status not in EVERY:
                raise NotSent(seen)
        task = await self._tasks.make_ready(act, announcement_id, words, self._now())
        async with self.database.write() as tx:
            known = await _get_sent(tx, person, announcement_id)
            if act is Act.RETRY_CORRECTION and known.status is WITHDRAWN:
                act = Act.RETRY_WITHDRAWAL
            readers = await repository.count_readers(tx, known)
            done = await self._colleagues.do_or_ask(
                tx, person, known, act, task, readers=readers, words=words
            )
        self._wake()
        return done


async def _get_sent(tx: Writing, person: Person, announcement_id: int) -> Announcement:
    """The announcement, held until the transaction ends. Raises NotSent while it is none."""
    known = await access.get_for_update(tx, person, announcement_id)
    if known.status not in EVERY:
        raise NotSent(known)
    return known
