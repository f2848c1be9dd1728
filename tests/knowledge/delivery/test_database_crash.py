"""PostgreSQL dies and comes back in the middle of a send and of sign-ups."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from knowledge.directory.models import Met, Person
from knowledge.directory.service import DirectoryService
from knowledge.premises import Premises
from knowledge.storage.database import Database
from knowledge.storage.schema import migrate
from knowledge.trainings.models import Training, TrainingStatus, signups
from knowledge.trainings.service import TrainingService
from tests.support.connector import FakeConnector
from tests.support.deliveries import enqueue, until_settled
from tests.support.postgres import PostgresServer, find_binaries, start_postgres
from tests.support.senders import accepted, check, recipients, sender_process
from tests.support.wordings import PlainTrainings

pytestmark = pytest.mark.postgres

EVERYBODY = 1_000
TRAINING = Training(
    id=0, title="Lägesbild i praktiken", county="07", themes=(), place="Växjö",
    starts_at=datetime.now(UTC) + timedelta(days=30),
    ends_at=datetime.now(UTC) + timedelta(days=30, hours=3),
    seats=10_000, taken=0, summary="", status=TrainingStatus.OPEN, sequence=0,
)  # fmt: skip


@pytest.fixture
def mortal() -> Iterator[PostgresServer]:
    """A server of the test's own, to be killed."""
    binaries = find_binaries()
    assert binaries is not None
    server = start_postgres(binaries)
    yield server
    server.stop()


async def sign_up_until(
    stop: asyncio.Event, trainings: TrainingService, training: int, crowd: list[Person]
) -> tuple[set[int], int]:
    """People sign up one after the other. Returns who was told "Klart!", and how many were not."""
    told, failures = set(), 0
    for person in crowd:
        if stop.is_set():
            break
        try:
            await trainings.sign_up(person, training)
            told.add(person.id)
        except Exception:
            failures += 1
            await asyncio.sleep(0.05)
        await asyncio.sleep(0.01)
    return told, failures


async def test_a_database_that_dies_in_the_middle_loses_no_delivery_and_no_sign_up(
    mortal: PostgresServer,
) -> None:
    url = mortal.url("postgres")
    database = Database(url)
    await migrate(database)
    directory, stop = DirectoryService(database), asyncio.Event()
    trainings = TrainingService(Premises(database), PlainTrainings())
    training = await trainings.add(TRAINING)
    crowd = [
        await directory.meet(Met(tenant_id="t", object_id=f"p{n}", teams_id=f"29:{n}"))
        for n in range(300)
    ]
    async with FakeConnector() as teams, sender_process(url):
        teams.answers(delay=0.02, times=1_000_000)
        await enqueue(database, *recipients(teams, EVERYBODY, tenants=2))
        taps = asyncio.create_task(sign_up_until(stop, trainings, training, crowd))
        await accepted(teams, 200)
        await asyncio.to_thread(mortal.crash)
        await asyncio.sleep(1.0)
        await asyncio.to_thread(mortal.start_again)
        await until_settled(database, seconds=30)
        stop.set()
        told, failures = await taps
        found = await check(database, teams, everybody=EVERYBODY)
    async with database.read() as tx:
        signed_up = set((await tx.execute(select(signups.c.person_id))).scalars())
    await database.close()
    assert found["uncertain"] <= 100
    assert failures > 0
    assert told <= signed_up
