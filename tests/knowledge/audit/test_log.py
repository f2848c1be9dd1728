"""What is in the log stays as it is; who is in it can be let go, and nothing else can."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, insert, text, update
from sqlalchemy.exc import DBAPIError

from knowledge.audit import repository as log
from knowledge.audit.models import Account, Kind, Operator, audit, audit_people
from knowledge.logbook.repository import Wanted
from knowledge.logbook.service import LogbookService, NoCounty
from knowledge.retention.periods import Periods
from knowledge.retention.purge import RetentionService
from knowledge.storage.database import Database
from tests.support.office import Office

ROOT = Operator("root")
KERSTIN = Account("tenant-lst", "object-kerstin")


async def note(
    database: Database, kind: Kind, county: str, by: Account | Operator = KERSTIN
) -> None:
    async with database.write() as tx:
        await log.note(tx, kind, by, "training:7", counties=[county], whom=KERSTIN, count=3)


@pytest.mark.parametrize(
    "statement",
    [
        update(audit).values(kind="role_grant"),
        update(audit).where(audit.c.id == 1).values(by_number=None),
        delete(audit),
        delete(audit).where(audit.c.id == 1),
    ],
    ids=str,
)
async def test_the_database_refuses_to_change_the_log(
    database: Database, statement: object
) -> None:
    await note(database, Kind.TRAINING_CHANGE, "07")

    with pytest.raises(DBAPIError, match="append-only"):
        async with database.write() as tx:
            await tx.execute(statement)  # type: ignore[call-overload]

    (entry,) = await LogbookService(database).list_all(Wanted(), 0, 10)
    assert (entry.kind, entry.by) == ("training_change", KERSTIN)


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT OR REPLACE INTO audit (id, at, kind, subject, counties, facts) "
        "VALUES (1, '2020-01-01', 'role_grant', '', '', '{}')",
        "INSERT OR REPLACE INTO audit_people (id, tenant_id, object_id) VALUES (1, 't', 'other')",
        "UPDATE audit_people SET object_id = 'other'",
    ],
)
async def test_nobody_takes_the_place_of_who_is_in_the_log(
    database: Database, statement: str
) -> None:
    await note(database, Kind.TRAINING_CHANGE, "07")

    refusal = "append-only" if database.is_sqlite else "append-only|syntax error"
    with pytest.raises(DBAPIError, match=refusal):
        async with database.write() as tx:
            await tx.execute(text(statement))

    (entry,) = await LogbookService(database).list_all(Wanted(), 0, 10)
    assert (entry.kind, entry.by) == ("training_change", KERSTIN)


@pytest.mark.postgres
async def test_postgresql_does_not_empty_it_at_once_either(postgres_url: str) -> None:
    database = Database(postgres_url)
    await note(database, Kind.TRAINING_CHANGE, "07")

    with pytest.raises(DBAPIError, match="append-only"):
        async with database.write() as tx:
            await tx.execute(text("TRUNCATE audit"))
    await database.close()


async def test_an_act_that_fails_is_not_in_the_log(database: Database) -> None:
    async def fails() -> None:
        async with database.write() as tx:
            await log.note(tx, Kind.TRAINING_CHANGE, KERSTIN)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fails()

    assert await LogbookService(database).list_all(Wanted(), 0, 10) == []


async def test_somebody_who_is_erased_leaves_the_act(database: Database) -> None:
    await note(database, Kind.TRAINING_CLOSE, "07", ROOT)

    async with database.write() as tx:
        await log.forget(tx, KERSTIN.tenant_id, KERSTIN.object_id)

    (closed,) = await LogbookService(database).list_all(Wanted(), 0, 10)
    assert (closed.by, closed.whom) == (Account("", "root"), None)
    assert closed.has_whom


async def test_nobody_takes_their_own_acts_out_of_the_log(database: Database) -> None:
    await note(database, Kind.TRAINING_CHANGE, "07")

    async with database.write() as tx:
        await log.forget(tx, KERSTIN.tenant_id, KERSTIN.object_id)
        assert await log.count_acts(tx, KERSTIN.tenant_id, KERSTIN.object_id) == 1

    (changed,) = await LogbookService(database).list_all(Wanted(), 0, 10)
    assert changed.by == KERSTIN


async def test_the_number_of_who_was_erased_is_nobody_elses(database: Database) -> None:
    await note(database, Kind.TRAINING_CLOSE, "07", ROOT)
    async with database.write() as tx:
        await log.forget(tx, KERSTIN.tenant_id, KERSTIN.object_id)
        await log.note(tx, Kind.TRAINING_CHANGE, Account("t", "somebody new"))

    closed = (await LogbookService(database).list_all(Wanted(), 0, 10))[-1]
    assert closed.whom is None


async def test_after_its_time_an_act_leads_to_nobody(database: Database) -> None:
    long_ago = datetime.now(UTC) - timedelta(days=900)
    async with database.write() as tx:
        row = insert(audit_people).values(tenant_id="t", object_id="long-gone")
        number = (await tx.execute(row.returning(audit_people.c.id))).scalar_one()
        old = {"kind": "role_grant", "subject": "", "counties": ",07,", "facts": "{}"}
        await tx.execute(insert(audit).values(at=long_ago, by_number=number, **old))
    await note(database, Kind.TRAINING_CHANGE, "07")

    await RetentionService(database, Periods({})).purge()

    changed, granted = await LogbookService(database).list_all(Wanted(), 0, 10)
    assert changed.by == KERSTIN
    assert granted.by is None
    assert not granted.by_itself


async def test_coordinators_read_their_own_counties_at_this_moment(database: Database) -> None:
    office = Office(database)
    kerstin = await office.employs("kerstin", coordinates="14")
    nils = await office.employs("nils", coordinates="00")
    await note(database, Kind.TRAINING_CHANGE, "14")
    await note(database, Kind.TRAINING_CLOSE, "12")
    logbook = LogbookService(database)

    own, count = await logbook.list_of_counties(kerstin, 0, 10)
    assert [one.kind for one in own] == ["training_change", "role_grant"]
    assert count == 2
    every, _ = await logbook.list_of_counties(nils, 0, 10)
    assert [one.kind for one in every][:2] == ["training_close", "training_change"]
    assert [one.kind for one in (await logbook.list_of_counties(kerstin, 0, 10, "role"))[0]] == [
        "role_grant"
    ]

    await office.directory.revoke(kerstin.tenant_id, kerstin.object_id, "14")
    with pytest.raises(NoCounty):
        await logbook.list_of_counties(kerstin, 0, 10)


async def test_since_a_day_and_of_one_kind(database: Database) -> None:
    await note(database, Kind.TRAINING_CHANGE, "07")
    await note(database, Kind.ROLE_GRANT, "07")
    logbook = LogbookService(database)

    tomorrow = datetime.now(UTC) + timedelta(days=1)
    assert await logbook.list_all(Wanted(since=tomorrow), 0, 10) == []
    (changed,) = await logbook.list_all(Wanted(kind="training"), 0, 10)
    assert changed.number == 7
    (again,) = await logbook.list_all(Wanted(kind="training_change"), 0, 10)
    assert again == changed
    assert await logbook.list_all(Wanted(kind="train"), 0, 10) == []
    assert await logbook.list_all(Wanted(counties=[]), 0, 10) == []
