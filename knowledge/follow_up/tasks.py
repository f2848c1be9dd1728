"""What makes readers of an announcement get something more: made ready, and carried out once.

Whoever carries it out holds the announcement's row.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement

from knowledge.announcements import progress
from knowledge.announcements import repository as announcements
from knowledge.announcements.about import read_about
from knowledge.announcements.colleagues import Colleagues, Task
from knowledge.announcements.eyes import Act
from knowledge.announcements.models import OUT, Announcement, AnnouncementStatus, Draft
from knowledge.announcements.refusals import AlreadyReminded, NotFound, Withdrawn
from knowledge.announcements.service import checked
from knowledge.announcements.words import Words
from knowledge.delivery import changes, outbox
from knowledge.delivery.messenger import Message
from knowledge.directory.models import Person
from knowledge.follow_up import acknowledgements as acks
from knowledge.follow_up import repository, rows
from knowledge.follow_up.wording import Wording
from knowledge.storage.database import Database, Writing
from knowledge.times import QuietUntil

SENT, WITHDRAWN = AnnouncementStatus.SENT, AnnouncementStatus.WITHDRAWN

Which = Callable[[Announcement], ColumnElement[bool]]


class Tasks:
    """Makes them ready, for whoever may do them alone and for the colleague who says yes."""

    def __init__(
        self,
        database: Database,
        wording: Wording,
        colleagues: Colleagues,
        quiet_until: QuietUntil,
    ) -> None:
        self.database = database
        self._wording = wording
        self._quiet_until = quiet_until
        for act in (Act.CORRECT, *_AGAIN, Act.REMIND):
            colleagues.will_do(act, self._maker(act))

    async def make_ready(self, act: Act, id_: int, words: Words, now: datetime) -> Task:
        """A task about the announcement with this id. Raises DraftIncomplete, NotFound."""
        if act is Act.CORRECT:
            return await self._correction(id_, words, now)
        rests = self._quiet_until(now)
        if act is Act.REMIND:
            return _Reminder(self.database, self._wording, rests)
        which, allowed = _AGAIN[act]
        return _Again(self.database, which, allowed, rests)

    def _maker(self, act: Act) -> Callable[[int, Words, datetime], Awaitable[Task]]:
        async def make(id_: int, words: Words, now: datetime) -> Task:
            return await self.make_ready(act, id_, words, now)

        return make

    async def _correction(self, id_: int, words: Words, now: datetime) -> Task:
        async with self.database.read() as tx:
            seen = await announcements.find(tx, id_)
            if seen is None:
                raise NotFound(id_)
            about = await read_about(tx, seen.draft)
        reworded = checked(replace(seen.draft, words=words))
        # But for its words, a draft that has left never changes: this stays what is to be said.
        post = self._wording.post(reworded, about, announcement_id=id_, corrected_at=now)
        return _Correction(self.database, reworded, post, now)


@dataclass(frozen=True)
class _Correction:
    """Other words everywhere, in what has arrived and in what waits to leave."""

    database: Database
    reworded: Draft
    post: Message
    at: datetime

    async def has_work(self, tx: Writing, known: Announcement) -> bool:
        """The same words once more change nothing. Raises Withdrawn."""
        if known.status is WITHDRAWN:
            raise Withdrawn(known)
        return self.reworded != known.draft

    async def carry_out(self, tx: Writing, known: Announcement) -> Announcement:
        if not await self.has_work(tx, known):
            return known
        message_id = await changes.correct(tx, self.database, known.group_key, self.post)
        if await outbox.is_known(tx, reminder_of(known)):
            await changes.correct(tx, self.database, reminder_of(known), self.post)
        corrected = replace(
            known,
            draft=self.reworded,
            version=known.version + 1,
            message_id=message_id,
            corrected_at=self.at,
        )
        await announcements.save(tx, corrected)
        await progress.watch(tx, self.database, known.id)
        return corrected


@dataclass(frozen=True)
class _Again:
    """What did not come through, once more: posts, or changes of them."""

    database: Database
    which: Which
    allowed: tuple[AnnouncementStatus, ...]
    rests: datetime | None

    async def has_work(self, tx: Writing, known: Announcement) -> bool:
        allowed = known.status in self.allowed
        return allowed and await repository.count(tx, self.which(known)) > 0

    async def carry_out(self, tx: Writing, known: Announcement) -> int:
        if known.status not in self.allowed:
            return 0
        number = await changes.send_again(
            tx, self.database, self.which(known), known.message_id, self.rests
        )
        if number:
            await rows.refresh_addresses(tx, known)
            await progress.watch(tx, self.database, known.id)
        return number


@dataclass(frozen=True)
class _Reminder:
    """The one reminder to those who were asked to acknowledge and have not."""

    database: Database
    wording: Wording
    rests: datetime | None

    async def has_work(self, tx: Writing, known: Announcement) -> bool:
        """Raises AlreadyReminded, Withdrawn."""
        return bool(await self._late(tx, known)) and known.message_id is not None

    async def carry_out(self, tx: Writing, known: Announcement) -> int:
        late = await self._late(tx, known)
        if late and known.message_id:
            # Taken under the lock: a correction is in it, or comes after it.
            post = await outbox.get_message(tx, known.message_id)
            await outbox.enqueue(
                tx,
                self.database,
                group_key=reminder_of(known),
                message=self.wording.reminder(known, post),
                targets=[outbox.to_person(one) for one in late],
                not_before=lambda _target: self.rests,
            )
        return len(late)

    async def _late(self, tx: Writing, known: Announcement) -> list[Person]:
        if known.status is WITHDRAWN:
            raise Withdrawn(known)
        if await outbox.is_known(tx, reminder_of(known)):
            raise AlreadyReminded(known)
        return await acks.list_to_remind(tx, known) if known.draft.acknowledge else []


_AGAIN: dict[Act, tuple[Which, tuple[AnnouncementStatus, ...]]] = {
    Act.RESEND_FAILED: (rows.failed, (SENT,)),
    Act.RESEND_UNCERTAIN: (rows.uncertain, (SENT,)),
    Act.RETRY_CORRECTION: (rows.unchanged, (*OUT, WITHDRAWN)),
}


def reminder_of(announcement: Announcement) -> str:
    """What its reminders have in common in the outbox."""
    return f"reminder:{announcement.group_key}"
