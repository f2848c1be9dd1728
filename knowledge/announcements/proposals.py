"""What somebody wants done with a large announcement, until a colleague has said yes or no.

A proposal never changes: other words are another proposal, so that a button which names it
approves what its card shows and nothing else. Of one announcement one waits at a time.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text, insert, select, text, update

from knowledge.announcements import words as says
from knowledge.announcements.eyes import Act
from knowledge.announcements.models import OUT, Announcement, AnnouncementStatus, announcements
from knowledge.announcements.words import Words
from knowledge.directory.models import Person
from knowledge.storage.database import Moment, Reading, Writing, metadata


class ProposalStatus(StrEnum):
    WAITING = "waiting"
    APPROVED = "approved"
    DECLINED = "declined"
    TAKEN_BACK = "taken_back"  # or replaced by another one


@dataclass(frozen=True)
class Proposal:
    """An act that waits for a colleague. `version` is the announcement's that it was made from.

    `words` is what a correction would make it say; empty for everything else.
    """

    id: int
    announcement_id: int
    version: int
    act: Act
    words: Words
    asker_tenant_id: str
    asker_object_id: str
    asker_name: str
    status: ProposalStatus

    def is_by(self, tenant_id: str, object_id: str) -> bool:
        return (self.asker_tenant_id, self.asker_object_id) == (tenant_id, object_id)

    def fits(self, known: Announcement) -> bool:
        """Whether the announcement is still what it was about, and can still have it done."""
        can = known.version == self.version and known.status in POSSIBLE_IN[self.act]
        return can and self.status is ProposalStatus.WAITING


_SENT = (AnnouncementStatus.SENT,)
POSSIBLE_IN: dict[Act, Sequence[AnnouncementStatus]] = {
    Act.SEND_NOW: (AnnouncementStatus.SCHEDULED,),
    Act.CORRECT: OUT,
    Act.RESEND_FAILED: _SENT,
    Act.RESEND_UNCERTAIN: _SENT,
    Act.RETRY_CORRECTION: OUT,
    Act.REMIND: OUT,
}
"""The states of an announcement in which a proposal can be carried out."""

proposals = Table(
    "announcement_proposals",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("announcement_id", ForeignKey("announcements.id"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("act", Text, nullable=False),
    *says.columns(),
    Column("asker_tenant_id", Text, nullable=False),
    Column("asker_object_id", Text, nullable=False),
    Column("asker_name", Text, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("status", Text, nullable=False),
    Column("decider_tenant_id", Text, nullable=False, server_default=""),
    Column("decider_object_id", Text, nullable=False, server_default=""),
    Column("decided_at", Moment),
    Index("proposals_by_announcement", "announcement_id"),
    Index(
        "one_waiting_proposal",
        "announcement_id",
        unique=True,
        sqlite_where=text("status = 'waiting'"),
        postgresql_where=text("status = 'waiting'"),
    ),
    sqlite_autoincrement=True,  # an old card must not name a newer proposal
)

_WAITING = proposals.c.status == ProposalStatus.WAITING.value


async def add(
    tx: Writing, person: Person, known: Announcement, act: Act, words: Words, now: datetime
) -> Proposal:
    """Keep it. The announcement is held, and nothing else of it waits."""
    row = insert(proposals).values(
        announcement_id=known.id,
        version=known.version,
        act=act,
        asker_tenant_id=person.tenant_id,
        asker_object_id=person.object_id,
        asker_name=person.name,
        asked_at=now,
        status=ProposalStatus.WAITING,
        **words.to_row(),
    )
    return _proposal((await tx.execute(row.returning(proposals))).mappings().one())


async def find(tx: Reading | Writing, proposal_id: int) -> Proposal | None:
    if not 0 < proposal_id < 2**31:  # ids come from cards
        return None
    query = select(proposals).where(proposals.c.id == proposal_id)
    row = (await tx.execute(query)).mappings().one_or_none()
    return None if row is None else _proposal(row)


async def find_waiting(tx: Reading | Writing, known: Announcement) -> Proposal | None:
    """What waits of this announcement, if it can still be done."""
    query = select(proposals).where(proposals.c.announcement_id == known.id, _WAITING)
    row = (await tx.execute(query)).mappings().one_or_none()
    found = None if row is None else _proposal(row)
    return found if found and found.fits(known) else None


async def list_waiting(tx: Reading | Writing, counties: Sequence[str]) -> list[Proposal]:
    """What waits in these counties, the oldest first; some may be overtaken by now."""
    query = (
        select(proposals)
        .join(announcements, announcements.c.id == proposals.c.announcement_id)
        .where(_WAITING, announcements.c.county.in_(counties))
        .order_by(proposals.c.id)
    )
    return [_proposal(row) for row in (await tx.execute(query)).mappings()]


async def settle(
    tx: Writing, proposal: Proposal, status: ProposalStatus, person: Person, now: datetime
) -> None:
    """Write down what became of it, and who decided that."""
    row = update(proposals).where(proposals.c.id == proposal.id, _WAITING)
    decider = {"decider_tenant_id": person.tenant_id, "decider_object_id": person.object_id}
    await tx.execute(row.values(status=status, decided_at=now, **decider))


async def clear(tx: Writing, known: Announcement, person: Person, now: datetime) -> None:
    """Nothing of this announcement waits any more."""
    row = update(proposals).where(proposals.c.announcement_id == known.id, _WAITING)
    decider = {"decider_tenant_id": person.tenant_id, "decider_object_id": person.object_id}
    await tx.execute(row.values(status=ProposalStatus.TAKEN_BACK, decided_at=now, **decider))


def _proposal(row: Any) -> Proposal:
    return Proposal(
        id=row["id"],
        announcement_id=row["announcement_id"],
        version=row["version"],
        act=Act(row["act"]),
        words=Words.from_row(row),
        asker_tenant_id=row["asker_tenant_id"],
        asker_object_id=row["asker_object_id"],
        asker_name=row["asker_name"],
        status=ProposalStatus(row["status"]),
    )
