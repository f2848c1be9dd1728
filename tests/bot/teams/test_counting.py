"""Counting what the sender's messages meet: nothing twice, nothing lost while the process lives."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.teams.counting import CountingMessenger
from knowledge.alarms.service import AlarmService
from knowledge.delivery import tallies
from knowledge.delivery.messenger import Address, Message, Outcome, Sent
from knowledge.delivery.tallies import Counts
from knowledge.storage.database import Database, Writing
from tests.support.fakes import FakeMessenger

TO = Address("tenant", "https://smba.trafficmanager.net/emea/", "chat")
REFUSED = Sent(Outcome.RETRY, status=401, reason="unauthorized")


@pytest.fixture
def teams() -> FakeMessenger:
    return FakeMessenger()


@pytest.fixture
def counts(database: Database) -> Counts:
    return Counts(database)


@pytest.fixture
def counting(database: Database, counts: Counts, teams: FakeMessenger) -> CountingMessenger:
    return CountingMessenger(teams, counts, AlarmService(database))


async def counted(database: Database) -> dict[str, int]:
    async with database.read() as tx:
        return await tallies.totals(tx)


async def test_what_was_sent_and_throttled_is_counted_once(
    database: Database, counts: Counts, counting: CountingMessenger, teams: FakeMessenger
) -> None:
    teams.will_answer("chat", Sent(Outcome.RETRY, status=429))
    for _ in range(4):
        await counting.post(TO, Message("Hej!"))
    await counting.update(TO, "1", Message("Hej igen!"))
    await counting.delete(TO, "1")
    await counts.write_down()
    await counts.write_down()

    assert await counted(database) == {"sent": 5, "throttled": 1}


async def test_two_processes_count_together(
    database: Database, counts: Counts, counting: CountingMessenger, teams: FakeMessenger
) -> None:
    others = Counts(database)
    other = CountingMessenger(teams, others, AlarmService(database))
    for one, written in ((counting, counts), (other, others), (counting, counts)):
        await one.post(TO, Message("Hej!"))
        await written.write_down()

    assert await counted(database) == {"sent": 3}


async def test_what_two_write_down_at_the_same_time_is_counted_once(
    database: Database, counts: Counts
) -> None:
    counts.count("sent")
    await asyncio.gather(*(counts.write_down() for _ in range(5)))

    assert await counted(database) == {"sent": 1}


async def test_a_database_that_is_away_costs_no_count(
    database_url: str, teams: FakeMessenger
) -> None:
    class Shaky(Database):
        away = True

        @asynccontextmanager
        async def write(self) -> AsyncIterator[Writing]:
            if self.away:
                raise ConnectionResetError
            async with super().write() as tx:
                yield tx

    database = Shaky(database_url)
    counts = Counts(database)
    counting = CountingMessenger(teams, counts, AlarmService(database))
    await counting.post(TO, Message("Hej!"))
    await counts.write_down()
    await counting.write_down()
    database.away = False
    await counts.write_down()

    assert await counted(database) == {"sent": 1}
    await database.close()


async def test_a_refusal_stands_until_teams_accepts_us_again(
    database: Database, counting: CountingMessenger, teams: FakeMessenger
) -> None:
    alarms = AlarmService(database)
    teams.will_answer("chat", REFUSED, Sent(Outcome.RETRY, reason="unreachable"))
    await counting.post(TO, Message("Hej!"))
    await counting.write_down()
    since = await alarms.refused_since()
    assert since is not None

    await counting.post(TO, Message("Hej!"))  # the network is away: that says nothing
    await counting.write_down()
    assert await alarms.refused_since() == since

    await counting.post(TO, Message("Hej!"))
    await counting.write_down()
    assert await alarms.refused_since() is None


async def test_who_is_accepted_speaks_for_a_process_that_died_refused(
    database: Database, counting: CountingMessenger, teams: FakeMessenger
) -> None:
    alarms = AlarmService(database)
    await counting.post(TO, Message("Hej!"))
    await counting.write_down()
    await alarms.credentials_refused()  # by the other one, with its last breath
    await counting.post(TO, Message("Hej!"))
    await counting.write_down()

    assert await alarms.refused_since() is None
