"""Erasing a person: everything at once, but for what an authority must keep or others wait for.

What a person is still signed up for stays with the person's name until it is over; then the rest
goes by itself (`due.erase_due`). What a person has sent stays as the county's act, with the name of
who sent it, until its time is over. All that remains of the person is a number, where others' rows
point at it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy import (
    ColumnElement,
    and_,
    delete,
    func,
    select,
    update,
)

from knowledge.announcements.models import LEFT, AnnouncementStatus, announcements
from knowledge.announcements.proposals import ProposalStatus, proposals
from knowledge.audit import repository as log
from knowledge.audit.models import Account, Operator
from knowledge.audit.models import Kind as Act
from knowledge.delivery.models import Status, deliveries
from knowledge.directory.models import GONE, people, roles
from knowledge.errors import KnowledgeError
from knowledge.retention import erased, holds, protocol
from knowledge.retention.models import erasures
from knowledge.retention.periods import Kind
from knowledge.retention.register import Entry, Erase, register
from knowledge.retention.rows import NOBODY, delete_messages, delete_rows, messages_of, references
from knowledge.retention.subject import Subject, find_subject, rows_of
from knowledge.retention.sweep import sweep
from knowledge.storage.conversations import conversations
from knowledge.storage.database import Database, Reading, Writing, metadata
from knowledge.timers.timers import timers
from knowledge.trainings.models import SignupStatus, signups, trainings


class StillAtWork(KnowledgeError):
    """The person has announcements or changes that wait to be sent or decided."""


@dataclass(frozen=True)
class Remains:
    """What stays when a person is erased: trainings to come, how many announcements sent, and how
    many acts in the log."""

    trainings: list[str] = field(default_factory=list)
    announcements: int = 0
    acts: int = 0
    counties: tuple[str, ...] = ()


class ErasureService:
    """Says what would stay, and erases."""

    def __init__(
        self, database: Database, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self.database = database
        self.now = now

    async def look_ahead(self, tenant_id: str, object_id: str) -> Remains:
        """What would stay. Raises Held and StillAtWork."""
        async with self.database.read() as tx:
            whose = await find_subject(tx, tenant_id, object_id)
            await _demand_free(tx, whose)
            return await _remains(tx, whose, self.now())

    async def erase(
        self,
        tenant_id: str,
        object_id: str,
        *,
        in_turn: bool = False,
        by: Operator | None = None,
    ) -> Remains:
        """Erase the person. Raises Held and StillAtWork.

        `in_turn`: the person's own turn goes on, and forgets its conversation when it closes.
        """
        async with self.database.write() as tx:
            whose = await find_subject(tx, tenant_id, object_id, for_update=True)
            await _demand_free(tx, whose)
            remains = await _remains(tx, whose, self.now())
            await log.note(tx, Act.PERSON_ERASE, by, whom=Account(tenant_id, object_id))
            await erase_rows(tx, self.database, whose, self.now(), in_turn=in_turn)
            await erased.note(tx, self.database, tenant_id, object_id, self.now())
        if not remains.trainings:
            await finish(self.database, whose, self.now())
        return remains


async def erase_rows(
    tx: Writing, database: Database, whose: Subject, now: datetime, *, in_turn: bool = False
) -> None:
    """Table by table, what points at others' rows first. Who it was is the last that goes: until
    the texts have been looked through (`finish`), the name must be there to look for."""
    entries = register()
    await _unsend(tx, database, whose)
    for table in reversed(metadata.sorted_tables):
        entry = entries.get(table.name)
        if entry is None or entry.erase in (Erase.SPECIAL, Erase.NOTHING, Erase.KEPT):
            continue
        if entry.erase is Erase.BLANK:
            await _blank(tx, entry, whose)
        else:
            theirs = rows_of(entry, whose, with_others=False)
            stays = ~is_live(now) if table is signups else None
            await delete_rows(tx, database, table, theirs if stays is None else theirs & stays)
    await log.forget(tx, whose.tenant_id, whose.object_id)
    own = f"{whose.tenant_id}|{whose.conversation_id}" if in_turn else ""
    chats = delete(conversations).where(conversations.c.key != own)
    await tx.execute(chats.where(rows_of(entries["conversations"], whose)))
    if whose.id:
        if not await _is_signed_up(tx, whose):
            await tx.execute(delete(timers).where(rows_of(entries["timers"], whose)))
        waiting = {**_newcomer(), "muted": True}
        await tx.execute(update(people).where(people.c.id == whose.id).values(waiting))
        later = database.insert(erasures).values(person_id=whose.id, asked_at=now)
        await tx.execute(later.on_conflict_do_nothing())


async def finish(
    database: Database, whose: Subject, now: datetime, decision: str | None = None
) -> bool:
    """Take the name out of every text, and then away. What is interrupted here is done by the next
    purge, as for who has waited for a last training.

    With a `decision` it is a purge, and is written down: by one process, if several do it.
    """
    await sweep(database, whose)
    if not whose.id:
        return False
    async with database.write() as tx:
        row = select(people.c.id).where(people.c.id == whose.id, people.c.tenant_id != GONE)
        if (await tx.execute(row.with_for_update())).first() is None:  # another process was first
            return False
        if await is_back(tx, whose):
            await tx.execute(delete(erasures).where(erasures.c.person_id == whose.id))
            return False
        if await _is_signed_up(tx, whose):
            return False
        await _remove(tx, whose, now)
        if decision is not None:
            await protocol.note(tx, now, Kind.PEOPLE, 1, decision)
        return True


async def is_back(tx: Writing, whose: Subject) -> bool:
    """Whether somebody who was erased has written again since."""
    asked = select(people.c.id).join(erasures, erasures.c.person_id == people.c.id)
    again = asked.where(people.c.id == whose.id, people.c.seen_at.is_not(None))
    return (await tx.execute(again)).first() is not None


async def _is_signed_up(tx: Writing, whose: Subject) -> bool:
    theirs = select(signups.c.id).where(signups.c.person_id == whose.id)
    return (await tx.execute(theirs.limit(1))).first() is not None


async def _unsend(tx: Writing, database: Database, whose: Subject) -> None:
    """What was sent to the person is only counted, and what waits is not sent."""
    theirs = rows_of(register()["deliveries"], whose)
    said = await messages_of(tx, theirs)
    group, row = deliveries.c.group_key, deliveries.c
    mine = and_(theirs, group.not_like("announcement:%"), row.status != Status.SENDING)
    await delete_rows(tx, database, deliveries, mine)
    waiting = update(deliveries).where(theirs, row.status == Status.PENDING)
    await tx.execute(waiting.values(status=Status.CANCELLED.value))
    await tx.execute(update(deliveries).where(theirs).values({**NOBODY, "unwanted": True}))
    await delete_messages(tx, said)
    draft = announcements.c.status == AnnouncementStatus.DRAFT
    mine = draft & _is_author(whose)
    words = dict.fromkeys(("heading", "text", "link", "link_title", "picture", "picture_alt"), "")
    gone = {**words, "author_name": "", "deleted_at": func.current_timestamp()}
    await tx.execute(update(announcements).where(mine).values(gone))


async def _blank(tx: Writing, entry: Entry, whose: Subject) -> None:
    for prefix in entry.accounts:
        tenant, object_ = (entry.table.c[f"{prefix}{part}"] for part in ("tenant_id", "object_id"))
        theirs = (tenant == whose.tenant_id) & (object_ == whose.object_id)
        row = update(entry.table).where(theirs)
        await tx.execute(row.values({tenant.name: "", object_.name: ""}))
    for name in (*entry.person, *entry.others) if whose.id else ():
        column = entry.table.c[name]
        await tx.execute(update(entry.table).where(column == whose.id).values({name: None}))


async def _remove(tx: Writing, whose: Subject, now: datetime) -> None:
    """Nothing stays, or a number where others' rows point at it: a question that was answered."""
    me = people.c.id == whose.id
    await tx.execute(delete(erasures).where(erasures.c.person_id == whose.id))
    gone = await tx.execute(delete(people).where(me, *is_unneeded()))
    if not gone.rowcount:
        nobody = dict.fromkeys(("teams_id", "name", "conversation_id", "service_url"), "")
        left = {"changed_at": now, "installed": False, "muted": True, "municipality": ""}
        number = {"object_id": f"{GONE}{whose.id}", "tenant_id": GONE}
        row = update(people).where(me)
        await tx.execute(row.values({**_newcomer(), **nobody, **left, **number}))


def _newcomer() -> dict[str, object]:
    chosen = {"position": "", "position_asked": False, "muted": False, "weekly": False}
    return {**chosen, "weekly_told_at": None, "seen_at": None}


def is_unneeded() -> list[ColumnElement[bool]]:
    """A number that nothing points at, and not the latest one: SQLite would give that to the next
    person, whom old links, cards and what is on its way would then be taken to mean."""
    later = people.alias("later")
    newer = select(later.c.id).where(later.c.id > people.c.id).exists()
    points = [select(one).where(one == people.c.id).exists() for one in references(people)]
    return [newer, *(~one for one in points)]


async def _demand_free(tx: Reading | Writing, whose: Subject) -> None:
    held = [(one.tenant_id, one.object_id) for one in await holds.list_holds(tx)]
    if (whose.tenant_id, whose.object_id) in held:
        raise holds.Held
    if await is_at_work(tx, whose):
        raise StillAtWork


async def is_at_work(tx: Reading | Writing, whose: Subject) -> bool:
    waits = (AnnouncementStatus.WAITING_APPROVAL, AnnouncementStatus.SCHEDULED)
    waiting = announcements.c.status.in_([one.value for one in waits]) & _is_author(whose)
    asks = (
        (proposals.c.status == ProposalStatus.WAITING.value)
        & (proposals.c.asker_tenant_id == whose.tenant_id)
        & (proposals.c.asker_object_id == whose.object_id)
    )
    queries = (select(announcements.c.id).where(waiting), select(proposals.c.id).where(asks))
    return any([(await tx.execute(query.limit(1))).first() for query in queries])


async def _remains(tx: Reading | Writing, whose: Subject, now: datetime) -> Remains:
    coming = (
        select(trainings.c.title)
        .join(signups, signups.c.training_id == trainings.c.id)
        .where(signups.c.person_id == whose.id, is_live(now))
        .order_by(trainings.c.starts_at)
    )
    left = announcements.c.status.in_([status.value for status in LEFT])
    sent = select(func.count()).select_from(announcements).where(left, _is_author(whose))
    acts = (roles.c.tenant_id == whose.tenant_id) & (roles.c.object_id == whose.object_id)
    counties = select(roles.c.county).where(acts).order_by(roles.c.county)
    return Remains(
        trainings=[*(await tx.execute(coming)).scalars()],
        announcements=int((await tx.execute(sent)).scalar_one()),
        counties=tuple((await tx.execute(counties)).scalars()),
        acts=await log.count_acts(tx, whose.tenant_id, whose.object_id),
    )


def _is_author(whose: Subject) -> ColumnElement[bool]:
    row = announcements.c
    return (row.author_tenant_id == whose.tenant_id) & (row.author_object_id == whose.object_id)


def is_live(now: datetime) -> ColumnElement[bool]:
    """A sign-up that others count on: it is neither given up nor over."""
    ahead = select(trainings.c.id).where(trainings.c.ends_at >= now)
    return (signups.c.status != SignupStatus.WITHDRAWN.value) & signups.c.training_id.in_(ahead)
