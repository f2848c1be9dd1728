"""What the database may and has: looked at from outside, for who runs it."""

import shutil
import time
from dataclasses import dataclass

from sqlalchemy import func, select

from knowledge.storage.database import Database, clock


@dataclass(frozen=True)
class Standing:
    """`free` are bytes on the disk, None where that is a server's; `clock_ahead` are seconds that
    the database's clock is before this process's."""

    may_change_tables: bool
    free: int | None
    clock_ahead: float


async def look_over(database: Database) -> Standing:
    """Ask the database, and the disk below it."""
    async with database.read() as tx:
        if database.file:  # on this machine, by this machine's clock
            free = shutil.disk_usage(database.file.path.parent).free
            return Standing(may_change_tables=True, free=free, clock_ahead=0.0)
        create = func.has_schema_privilege(func.current_schema(), "CREATE")
        row = (await tx.execute(select(clock().label("theirs"), create.label("may")))).one()
        return Standing(bool(row.may), None, float(row.theirs) - time.time())
