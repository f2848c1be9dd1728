"""Rows about enquiries, and about which announcements somebody has been shown."""

from datetime import datetime

from sqlalchemy import RowMapping, Select, func, select, update

from knowledge.announcements.models import OUT, announcements, gathered
from knowledge.channels.models import channels
from knowledge.delivery.reached import list_reached
from knowledge.directory.models import Person, people
from knowledge.directory.repository import person_from
from knowledge.enquiries.models import Enquiry, Subject, enquiries
from knowledge.storage.database import Database, Reading, Writing

NEWEST = 50
"""So many announcements back is looked for the one that somebody was shown last."""


async def find_subject(
    tx: Reading | Writing, person: Person, announcement_id: int | None
) -> Subject | None:
    """The announcement if it has come to the person or to a team of theirs.

    Without an id the newest of those. What was taken back cannot be asked about.
    """
    query = select(announcements).where(announcements.c.status.in_(OUT))
    if announcement_id is not None:
        query = query.where(announcements.c.id == announcement_id)
    query = query.order_by(announcements.c.id.desc()).limit(NEWEST)
    found = (await tx.execute(query)).mappings().all()
    shown = await _list_shown(tx, person, [row["id"] for row in found])
    return next(
        (Subject(row["id"], row["heading"], row["county"]) for row in found if row["id"] in shown),
        None,
    )


async def count_about(tx: Reading | Writing, announcement_id: int) -> tuple[int, int]:
    """How many questions about it wait for an answer, and how many have one."""
    waits = enquiries.c.answer == ""
    query = select(func.count().filter(waits), func.count().filter(~waits))
    row = (await tx.execute(query.where(enquiries.c.announcement_id == announcement_id))).one()
    return int(row[0]), int(row[1])


async def add(
    tx: Writing,
    database: Database,
    *,
    asker: Person,
    subject: Subject,
    responder_id: int,
    question: str,
    act: str,
    now: datetime,
) -> bool:
    """Keep a question once per act. False when it was there."""
    row = database.insert(enquiries).values(
        tenant_id=asker.tenant_id,
        asker_id=asker.id,
        announcement_id=subject.announcement_id,
        county=subject.county,
        responder_id=responder_id,
        question=question,
        act=act,
        asked_at=now,
    )
    row = row.on_conflict_do_nothing(index_elements=["act"])
    added = await tx.execute(row.returning(enquiries.c.id))
    return added.first() is not None


async def hold_person(tx: Writing, person_id: int) -> None:
    """Let this person's acts wait for each other until the transaction ends."""
    await tx.execute(select(people.c.id).where(people.c.id == person_id).with_for_update())


async def count_open(tx: Writing, asker_id: int, responder_id: int) -> int:
    """How many questions of the one wait for an answer of the other."""
    query = select(func.count()).select_from(enquiries)
    query = query.where(
        enquiries.c.asker_id == asker_id,
        enquiries.c.responder_id == responder_id,
        enquiries.c.answered_at.is_(None),
    )
    return int((await tx.execute(query)).scalar_one())


async def find_by_act(tx: Writing, act: str) -> Enquiry | None:
    return await _one(tx, _ENQUIRY.where(enquiries.c.act == act))


async def find_for_update(tx: Writing, enquiry_id: int) -> Enquiry | None:
    """The enquiry, held so that two answers come one after the other."""
    query = _ENQUIRY.where(enquiries.c.id == enquiry_id)
    return await _one(tx, query.with_for_update(of=enquiries))


async def list_open(tx: Reading, responder_id: int, limit: int) -> list[Enquiry]:
    """The questions to this person that wait for an answer, the latest first."""
    query = _OPEN.where(enquiries.c.responder_id == responder_id)
    query = query.order_by(enquiries.c.id.desc()).limit(limit)
    return [_enquiry(row) for row in (await tx.execute(query)).mappings()]


async def list_open_for_update(tx: Writing) -> list[Enquiry]:
    """The questions that wait for an answer; what somebody else holds is for the next time."""
    query = _OPEN.order_by(enquiries.c.id).with_for_update(of=enquiries, skip_locked=True)
    return [_enquiry(row) for row in (await tx.execute(query)).mappings()]


async def set_responder(tx: Writing, enquiry_id: int, responder_id: int) -> None:
    row = update(enquiries).where(enquiries.c.id == enquiry_id)
    await tx.execute(row.values(responder_id=responder_id))


async def set_answer(tx: Writing, enquiry_id: int, answer: str, now: datetime) -> None:
    row = update(enquiries).where(enquiries.c.id == enquiry_id)
    await tx.execute(row.values(answer=answer, answered_at=now))


async def find_author(tx: Writing, announcement_id: int) -> Person | None:
    """Whoever wrote the announcement."""
    same = (announcements.c.author_tenant_id == people.c.tenant_id) & (
        announcements.c.author_object_id == people.c.object_id
    )
    query = select(people).join(announcements, same).where(announcements.c.id == announcement_id)
    row = (await tx.execute(query)).mappings().one_or_none()
    return None if row is None else person_from(row)


async def find_person(tx: Writing, person_id: int) -> Person:
    query = select(people).where(people.c.id == person_id)
    return person_from((await tx.execute(query)).mappings().one())


async def _list_shown(tx: Reading | Writing, person: Person, ids: list[int]) -> set[int]:
    """Which of these announcements the person has been shown: in the own chat, in a team of
    the person's organisation, or in a weekly message."""
    teams = select(channels.c.id).where(channels.c.tenant_id == person.tenant_id)
    targets = [f"channel:{id_}" for id_ in (await tx.execute(teams)).scalars()]
    groups = {f"announcement:{id_}": id_ for id_ in ids}
    reached = await list_reached(tx, list(groups), [f"person:{person.id}", *targets])
    weekly = select(gathered.c.announcement_id).where(
        gathered.c.person_id == person.id,
        gathered.c.tenant_id == person.tenant_id,
        gathered.c.announcement_id.in_(ids),
        gathered.c.told_at.is_not(None),
    )
    return {groups[group] for group in reached} | set((await tx.execute(weekly)).scalars())


_ENQUIRY: Select[tuple[object, ...]] = (
    select(
        enquiries,
        announcements.c.heading,
        people.c.name.label("asker_name"),
        people.c.municipality,
    )
    .join(announcements, announcements.c.id == enquiries.c.announcement_id)
    .join(people, people.c.id == enquiries.c.asker_id)
)
_OPEN = _ENQUIRY.where(enquiries.c.answered_at.is_(None))


async def _one(tx: Reading | Writing, query: Select[tuple[object, ...]]) -> Enquiry | None:
    row = (await tx.execute(query)).mappings().one_or_none()
    return None if row is None else _enquiry(row)


def _enquiry(row: RowMapping) -> Enquiry:
    return Enquiry(
        id=row["id"],
        subject=Subject(row["announcement_id"], row["heading"], row["county"]),
        asker_id=row["asker_id"],
        asker_name=row["asker_name"],
        municipality=row["municipality"],
        responder_id=row["responder_id"],
        question=row["question"],
        answer=row["answer"],
    )
