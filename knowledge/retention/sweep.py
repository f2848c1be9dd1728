"""Taking a person out of free text, wherever somebody wrote or was told their name.

Whoever has the same name, in whatever organisation, keeps it in what is their own: their chats,
what they were told, what they wrote. There nobody else was meant, and only the ids of who is erased
are looked for. But a coordinator is told of others.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, or_, select, update

from knowledge.delivery.models import deliveries
from knowledge.directory.models import GONE, people, roles
from knowledge.retention.register import Entry, register
from knowledge.retention.rows import keys_of
from knowledge.retention.subject import Subject, list_subjects, rows_of
from knowledge.storage.database import Database, Reading

INSTEAD = "…"
"""What stands where somebody was named."""

_AT_ONCE = 100
"""Namesakes in one statement: SQLite takes no more than a thousand conditions."""


@dataclass(frozen=True)
class Traces:
    """What leads to a person in free text: `words` find the rows, `pattern` what stands there.

    `ids` are the part of the pattern that nobody else has, and `name` is the other: None where
    there is none that would be recognised.
    """

    words: tuple[str, ...]
    pattern: re.Pattern[str]
    ids: re.Pattern[str]
    name: re.Pattern[str] | None


def traces_of(whose: Subject) -> Traces | None:
    """None where nothing would be recognised: a name of one word may be any word.

    Cards write names with signs of their own between their parts; "Bo Ek" is not in "Bo Eklund".
    """
    parts = re.findall(r"\w+", whose.name)
    ids, words = [re.escape(one) for one in whose.ids], [*whose.ids]
    names = [r"[\W_]{1,6}".join(map(re.escape, parts))] if len(parts) > 1 else []
    if names:
        longest = max(parts, key=len)
        # SQLite knows no Ö as the capital of ö.
        words += {longest, longest.lower(), longest.upper(), longest.title()}
    if not words:
        return None
    name = _whole(names) if names else None
    return Traces(tuple(words), _whole([*ids, *names]), _whole(ids), name)


def _whole(ways: Sequence[str]) -> re.Pattern[str]:
    """Any of them as a word of its own; without any, nothing."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(ways) or '(?!)'})(?!\w)", re.IGNORECASE)


async def sweep(database: Database, whose: Subject) -> int:
    """Look through every free text of every table. Returns how many rows were changed.

    Rows are found outside any transaction, and read again and changed one by one.
    """
    traces = traces_of(whose)
    if traces is None:
        return 0
    async with database.read() as looking:
        namesakes = await _list_namesakes(looking, whose, traces)
    texts = _texts()
    return sum([await _sweep_column(database, *where, traces, namesakes) for where in texts])


def _texts() -> Iterator[tuple[Entry, str]]:
    for entry in register().values():
        for column in sorted(entry.text):
            yield entry, column


async def _list_namesakes(tx: Reading, whose: Subject, traces: Traces) -> list[Subject]:
    """All others who are called the same, and are not told of others."""
    if traces.name is None:
        return []
    row = people.c
    alike = or_(*(row.name.icontains(one, autoescape=True) for one in traces.words))
    acts = (roles.c.tenant_id == row.tenant_id) & (roles.c.object_id == row.object_id)
    is_told = select(roles.c.county).where(acts).exists()
    found = await list_subjects(tx, row.id != whose.id, row.tenant_id != GONE, alike, ~is_told)
    return [one for one in found if traces.name.fullmatch(one.name.strip())]


async def _sweep_column(
    database: Database, entry: Entry, column: str, traces: Traces, namesakes: Sequence[Subject]
) -> int:
    table, changed = entry.table, 0
    text, key = table.c[column], [*table.primary_key]
    found = or_(*(text.icontains(one, autoescape=True) for one in traces.words))
    async with database.read() as looking:
        rows = [tuple(row) for row in await looking.execute(select(*key, text).where(found))]
        theirs = await _list_theirs(looking, entry, found, namesakes if rows else ())
    for *values, seen in rows:
        pattern = traces.ids if tuple(values) in theirs else traces.pattern
        if not pattern.search(seen):
            continue
        its = keys_of(table) == values[0]
        async with database.write() as tx:
            said = (await tx.execute(select(text).where(its).with_for_update())).scalar()
            without = pattern.sub(INSTEAD, said or "")
            if without != (said or ""):
                await tx.execute(update(table).where(its).values({column: without}))
                changed += 1
    return changed


async def _list_theirs(
    tx: Reading, entry: Entry, found: ColumnElement[bool], namesakes: Sequence[Subject]
) -> set[tuple[Any, ...]]:
    """The keys of those rows that are a namesake's own."""
    theirs: set[tuple[Any, ...]] = set()
    for first in range(0, len(namesakes), _AT_ONCE):
        some = namesakes[first : first + _AT_ONCE]
        own = or_(*(_own(entry, one) for one in some))
        rows = await tx.execute(select(*entry.table.primary_key).where(found, own))
        theirs |= {tuple(row) for row in rows}
    return theirs


def _own(entry: Entry, whose: Subject) -> ColumnElement[bool]:
    """The person's rows; of messages those that they were sent."""
    if entry.name != "messages":
        return rows_of(entry, whose)
    told = select(deliveries.c.message_id).where(rows_of(register()["deliveries"], whose))
    return entry.table.c.id.in_(told)
