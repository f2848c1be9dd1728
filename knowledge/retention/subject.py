"""Somebody whose data is looked for, and which rows of a table are theirs."""

import hashlib
from dataclasses import dataclass

from sqlalchemy import ColumnElement, false, or_, select

from knowledge.delivery.conversation_pace import conversation_paces
from knowledge.delivery.models import deliveries
from knowledge.directory.models import people, roles
from knowledge.reports.models import report_days
from knowledge.retention.models import erased_accounts
from knowledge.retention.register import Entry
from knowledge.storage.conversations import conversations
from knowledge.storage.database import Reading, Writing
from knowledge.timers.timers import timers


@dataclass(frozen=True)
class Subject:
    """What a person is known by. `id` is 0 for somebody who has a role and was never met."""

    tenant_id: str
    object_id: str
    id: int = 0
    teams_id: str = ""
    conversation_id: str = ""
    name: str = ""

    @property
    def target(self) -> str:
        """What the outbox calls the person's own chat."""
        return f"person:{self.id}"

    @property
    def account(self) -> str:
        """What is remembered of somebody who has been erased: it tells who it was only to those
        who have the ids."""
        return account_of(self.tenant_id, self.object_id)

    @property
    def ids(self) -> tuple[str, ...]:
        """Words that are the person's wherever they stand."""
        known = (self.object_id, self.teams_id, self.conversation_id)
        return tuple(one for one in known if len(one) > 4)


def account_of(tenant_id: str, object_id: str) -> str:
    return hashlib.sha256(f"{tenant_id}|{object_id}".encode()).hexdigest()


async def find_subject(
    tx: Reading | Writing, tenant_id: str, object_id: str, *, for_update: bool = False
) -> Subject:
    """The person as known, or what was asked for.

    `for_update`: before anything else, so that of two who erase the same person, one waits.
    """
    names = ("tenant_id", "object_id", "id", "teams_id", "conversation_id", "name")
    query = select(*(people.c[name] for name in names)).where(
        people.c.tenant_id == tenant_id, people.c.object_id == object_id
    )
    query = query.with_for_update() if for_update else query
    row = (await tx.execute(query)).one_or_none()
    return Subject(*row) if row else Subject(tenant_id, object_id)


async def list_subjects(
    tx: Reading | Writing, *those: ColumnElement[bool], for_update: bool = False
) -> list[Subject]:
    """The people that these conditions fit; those whom nobody else holds, where they are held."""
    names = ("tenant_id", "object_id", "id", "teams_id", "conversation_id", "name")
    query = select(*(people.c[name] for name in names)).where(*those).order_by(people.c.id)
    query = query.with_for_update(skip_locked=True) if for_update else query
    return [Subject(*row) for row in await tx.execute(query)]


async def list_accounts(tx: Reading | Writing, tenant_id: str) -> list[str]:
    """The object ids of all who are known in an organisation: whoever was met, or has a role."""
    met = select(people.c.object_id).where(people.c.tenant_id == tenant_id)
    trusted = select(roles.c.object_id).where(roles.c.tenant_id == tenant_id)
    return sorted((await tx.execute(met.union(trusted))).scalars())


def rows_of(entry: Entry, whose: Subject, *, with_others: bool = True) -> ColumnElement[bool]:
    """Which of the table's rows are the person's; also those that they had another part in."""
    table, found = entry.table, []
    columns = (*entry.person, *(entry.others if with_others else ()))
    found += [table.c[column] == whose.id for column in columns if whose.id]
    for prefix in entry.accounts:
        tenant, object_ = table.c[f"{prefix}tenant_id"], table.c[f"{prefix}object_id"]
        found.append((tenant == whose.tenant_id) & (object_ == whose.object_id))
    if entry.name in _SPECIAL and whose.id:
        found.append(_SPECIAL[entry.name](whose))
    return or_(*found) if found else false()


def _conversations(whose: Subject) -> ColumnElement[bool]:
    """The person's own chat, and what they have begun in channels."""
    key = conversations.c.key
    shared: ColumnElement[bool] = false()
    for speaker in filter(None, (whose.object_id, whose.teams_id)):
        ours = key.startswith(f"{whose.tenant_id}|", autoescape=True)
        shared |= ours & key.endswith(f"|{speaker}", autoescape=True)
    own = f"{whose.tenant_id}|{whose.conversation_id}"
    return shared | (key == own) if whose.conversation_id else shared


def _deliveries(whose: Subject) -> ColumnElement[bool]:
    row = deliveries.c
    own = (row.tenant_id == whose.tenant_id) & (row.conversation_id == whose.conversation_id)
    to_them = row.is_person & (row.target == whose.target)
    return to_them | own if whose.conversation_id else to_them


def _paces(whose: Subject) -> ColumnElement[bool]:
    row = conversation_paces.c
    lines = [one for one in (whose.conversation_id, whose.teams_id) if one]
    return (row.tenant_id == whose.tenant_id) & row.conversation.in_(lines)


def _report_days(whose: Subject) -> ColumnElement[bool]:
    return report_days.c.reporter == whose.target


def _timers(whose: Subject) -> ColumnElement[bool]:
    """What is to happen for the person: a payload names them by their number."""
    payload = timers.c.payload
    return or_(*(payload.contains(f'"person": {whose.id}{end}') for end in (",", "}")))


def _erased(whose: Subject) -> ColumnElement[bool]:
    """Whoever has come back since may see that they were erased."""
    return erased_accounts.c.account == whose.account


_SPECIAL = {
    "conversations": _conversations,
    "deliveries": _deliveries,
    "conversation_paces": _paces,
    "report_days": _report_days,
    "timers": _timers,
    "erased_accounts": _erased,
}
