"""The embedded SQLite, on the short way that a turn takes."""

from sqlalchemy import Executable, text

from knowledge.storage import conversations
from knowledge.storage.database import Database
from knowledge.storage.embedded import FLEETING

FULL = 2


async def waits_for_the_disk(database: Database, like: Executable | None = None) -> bool:
    """Whether a commit is on the disk before anybody goes on, for a statement like this one."""
    pragma = text("PRAGMA synchronous")
    if like is not None:
        pragma = pragma.execution_options(**like.get_execution_options())
    rows = await database.single(pragma)
    return rows[0]["synchronous"] == FULL


async def test_only_a_lease_does_not_wait_for_the_disk(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    assert not await waits_for_the_disk(database, conversations._take(database))
    assert await waits_for_the_disk(database, conversations._save(database))
    assert await waits_for_the_disk(database)
    await database.close()


async def test_what_is_fleeting_is_there_for_everybody(sqlite_url: str) -> None:
    database, other = Database(sqlite_url), Database(sqlite_url)
    fleeting = text("INSERT INTO demo_fleeting VALUES (7)").execution_options(**{FLEETING: True})
    await database.single(text("CREATE TABLE demo_fleeting (number int)"))
    await database.single(fleeting)
    rows = await other.single(text("SELECT number FROM demo_fleeting"))
    assert [row["number"] for row in rows] == [7]
    await database.close()
    await other.close()
