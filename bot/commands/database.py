"""Commands on this installation's database; what is wrong with it is said in one line."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from bot.settings import read_storage_settings
from bot.terminal import Refusal
from knowledge.errors import DatabaseBusy
from knowledge.storage.database import Database
from knowledge.storage.schema import SchemaTooNew, is_current

T = TypeVar("T")


def with_database(work: Callable[[Database], Awaitable[T]]) -> T:
    """Run `work` on the database and close it."""

    async def run() -> T:
        database = Database(read_storage_settings().database_url)
        with told_kindly(database.without_password):
            try:
                return await work(database)
            finally:
                await database.close()

    return asyncio.run(run())


def demand_current_schema() -> None:
    """Refuse to work on a database that is not at the newest schema."""
    if not with_database(is_current):
        raise Refusal("commands.not_migrated")


@contextmanager
def told_kindly(url: str) -> Iterator[None]:
    """What is wrong with the database at `url` ends the command with one line in Swedish."""
    try:
        yield
    except SchemaTooNew:
        raise Refusal("commands.schema_too_new") from None
    except (OSError, DatabaseBusy):
        raise Refusal("commands.no_database", url=url) from None
