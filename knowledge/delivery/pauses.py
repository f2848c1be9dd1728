"""Holding the sender back: everything, or the posts of one group. Every process obeys at its
next claim, which is at most a second away.
"""

from sqlalchemy import Column, ColumnElement, Float, Table, Text, delete, exists, or_, select

from knowledge.storage.database import Database, Reading, Writing, clock, metadata

EVERYTHING = "*"
"""Stands for all groups."""

controls = Table(
    "controls",
    metadata,
    Column("group_key", Text, primary_key=True),  # a group, or EVERYTHING: paused while it is here
    Column("paused_at", Float, nullable=False, default=clock()),
)


def not_paused(group_key: ColumnElement[str], is_post: ColumnElement[bool]) -> ColumnElement[bool]:
    """The claim's condition on a delivery.

    Where one group is paused, what has arrived is still corrected and taken back.
    """
    everything = exists().where(controls.c.group_key == EVERYTHING)
    return ~everything & or_(~is_post, ~is_held(group_key))


def is_held(group_key: ColumnElement[str]) -> ColumnElement[bool]:
    """Whether this very group is paused."""
    return group_key.in_(select(controls.c.group_key))


async def pause(tx: Writing, database: Database, group_key: str = EVERYTHING) -> bool:
    """Let nothing more leave, or no more posts of the group. False when it was paused already."""
    row = database.insert(controls).values(group_key=group_key)
    return bool((await tx.execute(row.on_conflict_do_nothing())).rowcount)


async def resume(tx: Writing, group_key: str = EVERYTHING) -> bool:
    """Go on. False when it was not paused.

    Going on with everything leaves groups that were paused by themselves as they are.
    """
    row = delete(controls).where(controls.c.group_key == group_key)
    return bool((await tx.execute(row)).rowcount)


async def list_paused(tx: Reading | Writing) -> list[str]:
    """The groups that are held back; EVERYTHING among them when all are."""
    query = select(controls.c.group_key).order_by(controls.c.group_key)
    return list((await tx.execute(query)).scalars())
