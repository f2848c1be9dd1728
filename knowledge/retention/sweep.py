"""Taking a person out of free text, wherever somebody wrote or was told their name."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Table, or_, select, update

from knowledge.retention.register import register
from knowledge.retention.rows import keys_of
from knowledge.retention.subject import Subject
from knowledge.storage.database import Database

INSTEAD = "…"
"""What stands where somebody was named."""


@dataclass(frozen=True)
class Traces:
    """What leads to a person in free text: `words` find the rows, `pattern` what stands there."""

    words: tuple[str, ...]
    pattern: re.Pattern[str]


def traces_of(whose: Subject) -> Traces | None:
    """None where nothing would be recognised: a name of one word may be any word.

    Cards write names with signs of their own between their parts; "Bo Ek" is not in "Bo Eklund".
    """
    parts = re.findall(r"\w+", whose.name)
    ways = [re.escape(one) for one in whose.ids]
    words = list(whose.ids)
    if len(parts) > 1:
        ways.append(r"[\W_]{1,6}".join(map(re.escape, parts)))
        longest = max(parts, key=len)
        # SQLite knows no Ö as the capital of ö.
        words += {longest, longest.lower(), longest.upper(), longest.title()}
    if not ways:
        return None
    return Traces(tuple(words), re.compile(rf"(?<!\w)(?:{'|'.join(ways)})(?!\w)", re.IGNORECASE))


async def sweep(database: Database, whose: Subject) -> int:
    """Look through every free text of every table. Returns how many rows were changed.

    Rows are found outside any transaction, and read again and changed one by one.
    """
    traces = traces_of(whose)
    if traces is None:
        return 0
    return sum([await _sweep_column(database, *where, traces) for where in _texts()])


def _texts() -> Iterator[tuple[Table, str]]:
    for entry in register().values():
        for column in sorted(entry.text):
            yield entry.table, column


async def _sweep_column(database: Database, table: Table, column: str, traces: Traces) -> int:
    text, key, changed = table.c[column], [*table.primary_key], 0
    found = or_(*(text.icontains(one, autoescape=True) for one in traces.words))
    async with database.read() as looking:
        rows = [tuple(row) for row in await looking.execute(select(*key, text).where(found))]
    for *values, seen in rows:
        if not traces.pattern.search(seen):
            continue
        its = keys_of(table) == values[0]
        async with database.write() as tx:
            said = (await tx.execute(select(text).where(its).with_for_update())).scalar()
            without = traces.pattern.sub(INSTEAD, said or "")
            if without != (said or ""):
                await tx.execute(update(table).where(its).values({column: without}))
                changed += 1
    return changed
