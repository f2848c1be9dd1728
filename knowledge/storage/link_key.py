"""The key that links are signed with: made once, kept in the database, the same everywhere.

So a link from one process opens in another and after a restart, without one more secret in the
settings.
"""

import secrets

from sqlalchemy import Column, Integer, Table, Text, select

from knowledge.storage.database import Database, metadata

link_keys = Table(
    "link_keys",
    metadata,
    Column("id", Integer, primary_key=True),  # 1: there is only one row
    Column("key", Text, nullable=False),
)


async def link_key(database: Database) -> str:
    """The installation's key, made by whoever asks first."""
    new = database.insert(link_keys).values(id=1, key=secrets.token_urlsafe(48))
    await database.single(new.on_conflict_do_nothing())
    (row,) = await database.single(select(link_keys.c.key))
    return str(row["key"])
