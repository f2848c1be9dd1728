"""The database: is it there, ours, current, and does it take what is saved?"""

from collections.abc import AsyncIterator

from bot.commands.database import refusal_of
from bot.commands.doctor import kept
from bot.commands.doctor.findings import Finding, fault, fine, note, refused
from bot.settings import Settings
from bot.terminal import Refusal
from knowledge.alarms.service import AlarmService
from knowledge.alarms.writing import WriteCheck
from knowledge.storage.address import BadAddress
from knowledge.storage.database import Database
from knowledge.storage.schema import is_current
from knowledge.storage.standing import look_over

MEGABYTE = 1_000_000
LITTLE, VERY_LITTLE = 1_000 * MEGABYTE, 100 * MEGABYTE
"""Free bytes on the disk of the SQLite file, below which is warned."""

MOST_SECONDS = 30.0
"""How far the database's clock may be from this process's: times are read off both."""


async def findings(settings: Settings) -> list[Finding]:
    """What is found of the database, and in it."""
    url = settings.database_url
    try:
        database = Database(url)
    except BadAddress as error:
        return [refused(_refusal(error, url))]
    file = database.file
    if file and not file.path.parent.is_dir():
        address = database.without_password
        return [refused(Refusal("database.unusable.no_folder", url=address))]
    if file and not file.path.exists():  # to open it would make an empty one
        return [fault("no_file", path=file.path)]
    try:
        return [one async for one in _found(database, settings)]
    except Exception as error:
        return [refused(_refusal(error, url))]
    finally:
        await database.close()


def _refusal(error: Exception, url: str) -> Refusal:
    refusal = refusal_of(error, url)
    if refusal is None:
        raise error
    return refusal


async def _found(database: Database, settings: Settings) -> AsyncIterator[Finding]:
    current = await is_current(database)
    yield fine("database", kind="SQLite" if database.is_sqlite else "PostgreSQL")
    async for one in _standing(database):
        yield one
    if not current:
        yield fault("schema_old")
        return
    yield fine("schema")
    yield await _writing(database)
    async for one in kept.findings(database, settings):
        yield one


async def _standing(database: Database) -> AsyncIterator[Finding]:
    standing = await look_over(database)
    if not standing.may_change_tables:
        yield fault("no_rights")
    if standing.free is not None:
        free = {"megabytes": standing.free // MEGABYTE}
        if standing.free < VERY_LITTLE:
            yield fault("disk_full", **free)
        else:
            yield note("disk_low", **free) if standing.free < LITTLE else fine("disk", **free)
    if abs(standing.clock_ahead) > MOST_SECONDS:
        yield fault("database_clock", seconds=round(abs(standing.clock_ahead)))


async def _writing(database: Database) -> Finding:
    """Whether something can be saved, tried by saving something."""
    check = WriteCheck(database, AlarmService(database))
    await check.look()
    if check.fault is None:
        return fine("writable")
    return refused(Refusal(f"doctor.unwritable.{check.fault.value}"))
