"""Rows about what people follow and how they want announcements."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import delete, select, update

from knowledge.directory.models import Person, Position, people
from knowledge.recipients.models import Choices, follows
from knowledge.storage.database import Database, Reading, Writing


async def read_choices(tx: Reading | Writing, person_id: int) -> Choices:
    followed = select(follows.c.theme).where(follows.c.person_id == person_id)
    themes = tuple((await tx.execute(followed.order_by(follows.c.theme))).scalars())
    query = select(people.c.position, people.c.muted, people.c.weekly)
    position, muted, weekly = (await tx.execute(query.where(people.c.id == person_id))).one()
    return Choices(Position(position) if position else None, muted, weekly, themes)


async def add_themes(
    tx: Writing, database: Database, person: Person, themes: Collection[str]
) -> None:
    rows = [
        {"tenant_id": person.tenant_id, "person_id": person.id, "theme": theme}
        for theme in sorted(themes)
    ]
    if rows:
        await tx.execute(database.insert(follows).on_conflict_do_nothing(), rows)


async def remove_themes(tx: Writing, person_id: int, themes: Collection[str]) -> None:
    await tx.execute(
        delete(follows).where(follows.c.person_id == person_id, follows.c.theme.in_(themes))
    )


async def set_choices(tx: Writing, person_id: int, **columns: Any) -> None:
    """Write columns of the person's row."""
    await tx.execute(update(people).where(people.c.id == person_id).values(**columns))
