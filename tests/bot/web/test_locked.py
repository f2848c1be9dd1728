"""PostgreSQL: what somebody holds locked keeps only those waiting who want it, and not for long."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import asyncpg
import pytest
from sqlalchemy import text

from knowledge.storage.database import READERS, WRITERS
from tests.support.builders import create_training
from tests.support.town import Person, Town, town

pytestmark = pytest.mark.postgres

TOO_MUCH = "Just nu är det för mycket på en gång"
HELD = "SELECT 1 FROM trainings WHERE title = 'Den hållna' FOR UPDATE"
IN_TIME = 8.0
"""The promise is two seconds; the machine may be busy. Before, it took ten and more."""


@asynccontextmanager
async def held(url: str, *statements: str) -> AsyncIterator[None]:
    """Another session holds what these statements lock."""
    other = await asyncpg.connect(url)
    try:
        async with other.transaction():
            for statement in statements:
                await other.execute(statement)
            yield
    finally:
        await other.close()


async def crowd_in_front_of(tryggve: Town, training: str, count: int = 40) -> list[Person]:
    everybody = [tryggve.person(f"Person {number}") for number in range(count)]
    await asyncio.gather(*(person.says("utbildningar") for person in everybody))
    for person in everybody:
        person.hears(training)
    return everybody


async def scrape(tryggve: Town) -> int:
    async with tryggve.http.get(f"{tryggve.url}/metrics") as response:
        return response.status


@pytest.mark.parametrize("which", ["write", "read"])
async def test_with_every_connection_taken_people_are_told_in_time(
    postgres_url: str, which: str
) -> None:
    async with town(postgres_url) as tryggve:
        await create_training(tryggve)
        (anna,) = await crowd_in_front_of(tryggve, "Lägesbild i praktiken", 1)
        database = tryggve.tryggve.database
        async with AsyncExitStack() as taken, asyncio.timeout(IN_TIME):
            for _ in range(WRITERS if which == "write" else READERS):
                tx = database.write() if which == "write" else database.read()
                await (await taken.enter_async_context(tx)).execute(text("SELECT 1"))
            await anna.taps("Anmäl mig till 1")
            anna.hears(TOO_MUCH)
        await anna.says("utbildningar")
        await anna.taps("Anmäl mig till 1")
        anna.hears("Du är anmäld")


async def test_a_training_that_is_held_keeps_nobody_from_anything_else(postgres_url: str) -> None:
    async with town(postgres_url) as tryggve:
        await create_training(tryggve, title="Den hållna")
        await create_training(tryggve, title="Den fria")
        everybody = await crowd_in_front_of(tryggve, "Den hållna")
        tapping, others = everybody[:30], everybody[30:]
        async with held(postgres_url, HELD):
            taps = [asyncio.create_task(person.taps("Anmäl mig till 1")) for person in tapping]
            async with asyncio.timeout(IN_TIME):
                await asyncio.gather(*(person.taps("Anmäl mig till 2") for person in others))
                await asyncio.gather(*taps)
            assert await scrape(tryggve) == 200

        for person in others:
            person.hears("Du är anmäld", "Den fria")
        for person in tapping:
            person.hears(TOO_MUCH)
        await tapping[0].says("utbildningar")
        await tapping[0].taps("Anmäl mig till 1")
        tapping[0].hears("Du är anmäld", "Den hållna")


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT 1 FROM people WHERE name = 'Person 0' FOR UPDATE",
        "SELECT 1 FROM conversations WHERE key LIKE '%29:person-1' FOR UPDATE",
        "LOCK TABLE trainings IN ACCESS EXCLUSIVE MODE",
        "LOCK TABLE signups IN ACCESS EXCLUSIVE MODE",
        "LOCK TABLE deliveries IN ACCESS EXCLUSIVE MODE",
        "LOCK TABLE tallies IN ACCESS EXCLUSIVE MODE",
        "LOCK TABLE alarms IN ACCESS EXCLUSIVE MODE",
    ],
)
async def test_whoever_needs_what_is_held_is_told_in_time(
    postgres_url: str, statement: str
) -> None:
    async with town(postgres_url) as tryggve:
        await create_training(tryggve)
        first, second = await crowd_in_front_of(tryggve, "Lägesbild i praktiken", 2)
        async with held(postgres_url, statement), asyncio.timeout(IN_TIME):
            await asyncio.gather(first.says("utbildningar"), second.says("vad är en lägesbild?"))
            second.hears("Källa")
            assert first.heard
            assert await scrape(tryggve) == 200
        await first.says("utbildningar")
        first.hears("Lägesbild i praktiken")
