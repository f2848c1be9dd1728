"""Rows about templates."""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import RowMapping, delete, func, select

from knowledge.announcements.models import Announcement
from knowledge.announcements.words import Words
from knowledge.storage.database import Database, Reading, Writing
from knowledge.templates.models import Template, templates


async def save_template(tx: Writing, database: Database, known: Announcement) -> None:
    """Make a template of the announcement, in place of one with the same heading."""
    says = {**known.draft.words.to_row(), "acknowledge": known.draft.acknowledge}
    row = database.insert(templates).values(county=known.county, saved_at=datetime.now(UTC), **says)
    changed = {name: row.excluded[name] for name in (*says, "saved_at")}
    await tx.execute(row.on_conflict_do_update(index_elements=["county", "heading"], set_=changed))


async def count_others(tx: Writing, known: Announcement) -> int:
    """How many templates the county has beside the one with this heading."""
    others = (templates.c.county == known.county) & (templates.c.heading != known.heading)
    return int((await tx.execute(select(func.count()).where(others))).scalar_one())


async def list_templates(tx: Reading | Writing, counties: Sequence[str]) -> list[Template]:
    """Those of the counties, the latest first; a county has MOST at the most."""
    query = select(templates).where(templates.c.county.in_(counties))
    rows = await tx.execute(query.order_by(templates.c.saved_at.desc(), templates.c.id))
    return [_template(row) for row in rows.mappings()]


async def find_template(
    tx: Reading | Writing, template_id: int, counties: Sequence[str]
) -> Template | None:
    query = select(templates).where(templates.c.id == template_id, templates.c.county.in_(counties))
    row = (await tx.execute(query)).mappings().one_or_none()
    return None if row is None else _template(row)


async def delete_template(tx: Writing, template_id: int) -> None:
    await tx.execute(delete(templates).where(templates.c.id == template_id))


def _template(row: RowMapping) -> Template:
    return Template(row["id"], row["county"], Words.from_row(row), row["acknowledge"])
