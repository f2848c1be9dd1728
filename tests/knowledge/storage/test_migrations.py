"""What was there before a migration is there after it, and is right."""

import asyncio
import os
import sys
from datetime import timedelta
from pathlib import Path

import asyncpg
import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, select, text

import bot.app  # noqa: F401 - imports every table
from knowledge.premises import Premises
from knowledge.storage import schema
from knowledge.storage.database import POSTGRES_LOCK_MS, Database
from knowledge.storage.schema import is_current, migrate
from knowledge.storage.sqlite_file import BUSY_MS
from knowledge.trainings.models import signups
from knowledge.trainings.service import TrainingService
from tests.knowledge.trainings.test_service import TRAINING, people
from tests.support.postgres import PostgresServer
from tests.support.wordings import PlainTrainings


async def back_to(database: Database, revision: str) -> None:
    def downgrade(connection: Connection) -> None:
        config = Config()
        config.set_main_option("script_location", str(schema.FOLDER))
        config.attributes["connection"] = connection
        command.downgrade(config, revision)

    async with database.write() as tx:
        await tx.run_sync(downgrade)


async def test_sign_ups_from_before_have_one_entry_for_each_person(database: Database) -> None:
    trainings = TrainingService(Premises(database), PlainTrainings(), undo_for=timedelta(0))
    training = await trainings.add(TRAINING)
    anna, bo = await people(database, 2)
    await trainings.sign_up(anna, training)
    await trainings.withdraw(anna, training)
    await trainings.sign_up(bo, training)
    await trainings.sign_up(anna, training)
    await back_to(database, "0009")
    await migrate(database)

    entry = (signups.c.calendar_uid, signups.c.calendar_sequence)
    async with database.read() as tx:
        first, other, second = await tx.execute(select(*entry).order_by(signups.c.id))
    assert first.calendar_uid == second.calendar_uid != other.calendar_uid
    assert {len(one.calendar_uid) for one in (first, other)} == {36}
    assert first.calendar_sequence < second.calendar_sequence


async def migrates(url: str) -> tuple[int | None, str]:
    """`tryggve migrate` in a process of its own: its exit code, and what it complains of."""
    settings = {k: v for k, v in os.environ.items() if not k.startswith("TRYGGVE_")}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "migrate", stderr=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.DEVNULL, env=settings | {"TRYGGVE_DATABASE_URL": url},
    )  # fmt: skip
    _, complaint = await process.communicate()
    return process.returncode, complaint.decode()


async def all_migrate(url: str) -> None:
    done = await asyncio.gather(*(migrates(url) for _ in range(4)))
    database = Database(url)
    current = await is_current(database)
    await database.close()

    assert done == [(0, "")] * 4
    assert current


@pytest.mark.postgres
async def test_four_that_migrate_postgresql_at_once_wait_for_one(
    postgres_url: str, postgres: PostgresServer
) -> None:
    name = postgres_url.rpartition("/")[2] + "_anew"
    admin = await asyncpg.connect(postgres.url("postgres"))
    await admin.execute(f'CREATE DATABASE "{name}"')
    await all_migrate(postgres.url(name))
    await admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
    await admin.close()


async def test_four_that_migrate_sqlite_at_once_wait_for_one(tmp_path: Path) -> None:
    await all_migrate(f"sqlite:///{tmp_path}/anew/tryggve.db")


async def test_one_that_migrates_waits_longer_than_a_person_would(database: Database) -> None:
    """Somebody else is in the middle of it, for longer than others wait for a lock."""
    waits = BUSY_MS if database.is_sqlite else POSTGRES_LOCK_MS
    await back_to(database, "0021")
    other = Database(database.url)
    async with other.write() as tx:
        if not other.is_sqlite:
            await tx.execute(text(f"SELECT pg_advisory_xact_lock({schema.ONE_AT_A_TIME})"))
        waiting = asyncio.create_task(migrate(database))
        await asyncio.sleep(waits / 1000 + 0.5)
        assert not waiting.done()
    await waiting
    await other.close()
    assert await is_current(database)
