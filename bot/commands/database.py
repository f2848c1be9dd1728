"""Commands on this installation's database; what is wrong with it is said in one line."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from bot.settings import read_storage_settings
from bot.terminal import Refusal
from knowledge.storage.address import BadAddress, read_address
from knowledge.storage.database import Database
from knowledge.storage.faults import why_unusable
from knowledge.storage.schema import SchemaTooNew, is_current

T = TypeVar("T")


def with_database(work: Callable[[Database], Awaitable[T]]) -> T:
    """Run `work` on the database and close it."""

    async def run(url: str) -> T:
        database = Database(url)
        try:
            return await work(database)
        finally:
            await database.close()

    url = read_storage_settings().database_url
    with told_kindly(url):
        return asyncio.run(run(url))


def demand_current_schema() -> None:
    """Refuse to work on a database that is not at the newest schema."""
    if not with_database(is_current):
        raise Refusal("database.not_migrated")


@contextmanager
def told_kindly(url: str) -> Iterator[None]:
    """What is wrong with the database at `url` ends the command with one line in Swedish."""
    try:
        yield
    except Refusal:
        raise
    except Exception as error:
        refusal = refusal_of(error, url)
        if refusal is None:
            raise
        raise refusal from None


def refusal_of(error: Exception, url: str) -> Refusal | None:
    """What the error says of the database at `url`; None when it is not about that."""
    if isinstance(error, BadAddress):
        return Refusal(f"database.address.{error.wrong.value}", detail=error.detail)
    if isinstance(error, SchemaTooNew):
        return Refusal("database.too_new")
    why = why_unusable(error)
    if why is None or _is_about_something_else(error, url):
        return None
    return Refusal(f"database.unusable.{why.value}", url=read_address(url).shown)


def _is_about_something_else(error: Exception, url: str) -> bool:
    """A file that is neither the database nor a folder above it."""
    named = getattr(error, "filename", None)
    if not isinstance(error, OSError) or not isinstance(named, str):
        return False
    address = read_address(url)
    path = str(Path(address.url.database or "").absolute())
    above = Path(path).is_relative_to(Path(named).absolute())
    return not address.is_sqlite or not (above or str(Path(named).absolute()).startswith(path))
