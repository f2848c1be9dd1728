"""Who has been erased is remembered as a checksum, so that an old copy brings nobody back."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, inspect, select

from knowledge.directory.models import people, roles
from knowledge.retention.models import erased_accounts
from knowledge.retention.subject import account_of
from knowledge.storage.database import Database, Writing
from knowledge.storage.schema import current_revision


async def note(
    tx: Writing, database: Database, tenant_id: str, object_id: str, now: datetime
) -> None:
    """Remember that somebody has been erased now."""
    await _note(tx, database, account_of(tenant_id, object_id), now)


async def list_erased(database: Database) -> Mapping[str, datetime] | None:
    """When which accounts were erased last; None where there is no database to know it."""
    if database.file and not database.file.path.exists():  # to open it would make an empty one
        return None
    if await current_revision(database) is None:
        return None
    async with database.read() as tx:
        if not await tx.run_sync(_is_there):  # an older release remembered nobody
            return {}
        rows = await tx.execute(select(erased_accounts.c.account, erased_accounts.c.at))
        return {account: at for account, at in rows}


async def list_back(database: Database, since: Mapping[str, datetime]) -> list[tuple[str, str]]:
    """The tenant's and the person's id of those who are here though they have been erased.

    `since` are those that the copy which was put back knows nothing of.
    """
    met = select(people.c.tenant_id, people.c.object_id)
    trusted = select(roles.c.tenant_id, roles.c.object_id)
    async with database.read() as tx:
        accounts = (await tx.execute(met.union(trusted))).all()
    return sorted((tenant, user) for tenant, user in accounts if account_of(tenant, user) in since)


async def carry_over(database: Database, since: Mapping[str, datetime]) -> None:
    """Copies that are made from now on know of them, too."""
    async with database.write() as tx:
        for account, at in since.items():
            await _note(tx, database, account, at)


async def _note(tx: Writing, database: Database, account: str, at: datetime) -> None:
    row = database.insert(erased_accounts).values(account=account, at=at)
    again = row.on_conflict_do_update(index_elements=["account"], set_={"at": row.excluded.at})
    await tx.execute(again)


def _is_there(connection: Connection) -> bool:
    return inspect(connection).has_table(erased_accounts.name)
