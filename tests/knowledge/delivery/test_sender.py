"""The sender: what it does with good, bad and no answers, on both databases."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from sqlalchemy import select

from knowledge.delivery import claims
from knowledge.delivery.bell import Bell
from knowledge.delivery.courier import Courier, InHand
from knowledge.delivery.messenger import Address, Outcome, Sent
from knowledge.delivery.models import Status, deliveries
from knowledge.delivery.sender import BATCH, Sender
from knowledge.storage.database import Database, Writing
from tests.support.deliveries import (
    enqueue,
    make_due,
    people,
    rows,
    running,
    statuses,
    to_channel,
    to_person,
    until,
    until_none_is,
    until_settled,
)
from tests.support.fakes import Call, FakeMessenger


@pytest.fixture
def messenger() -> FakeMessenger:
    return FakeMessenger()


async def run_until_settled(database: Database, messenger: FakeMessenger) -> None:
    async with running(Sender(database, messenger)):
        await until_settled(database)


def most_in_a_second(calls: list[Call]) -> int:
    times = sorted(call.at for call in calls)
    return max(sum(start <= at < start + 1.0 for at in times) for start in times)


async def test_everybody_gets_it_once_and_the_activity_ids_are_kept(
    database: Database, messenger: FakeMessenger
) -> None:
    await enqueue(database, *people(50, tenants=50), to_channel(1, tenant="tenant-51"))
    await run_until_settled(database, messenger)
    assert sorted(call.whom for call in messenger.calls) == sorted(
        row["conversation_id"] for row in await rows(database)
    )
    kept = {row["conversation_id"]: row["activity_id"] for row in await rows(database)}
    assert kept == {call.whom: call.activity_id for call in messenger.sent}
    assert set(await statuses(database)) == {"sent"}


async def test_waking_sends_at_once(database: Database, messenger: FakeMessenger) -> None:
    bell = Bell()
    async with running(Sender(database, messenger, bell=bell)):
        await asyncio.sleep(0.2)
        await enqueue(database, to_person(1))
        bell.ring()
        await until(lambda: len(messenger.sent) == 1, seconds=0.5)


async def test_without_being_woken_it_looks_once_a_second(
    database: Database, messenger: FakeMessenger
) -> None:
    async with running(Sender(database, messenger)):
        await asyncio.sleep(0.2)
        await enqueue(database, to_person(1))
        await until(lambda: len(messenger.sent) == 1, seconds=1.5)


async def test_two_senders_together_keep_a_tenants_rate(
    database: Database, database_url: str, messenger: FakeMessenger
) -> None:
    await enqueue(database, *people(70))
    other = Database(database_url)
    async with running(Sender(database, messenger)), running(Sender(other, messenger)):
        await until_settled(database)
    await other.close()
    assert len({call.whom for call in messenger.calls}) == len(messenger.calls) == 70
    assert most_in_a_second(messenger.calls) <= 50


async def test_a_throttled_tenant_waits_and_the_others_do_not(
    database: Database, messenger: FakeMessenger
) -> None:
    messenger.will_answer("chat-0", Sent(Outcome.RETRY, status=429, retry_after=1.0))
    await enqueue(database, to_person(0, tenant="busy"))
    bell = Bell()
    async with running(Sender(database, messenger, bell=bell)):
        await until(lambda: len(messenger.calls) == 1)
        await until_none_is(database, Status.SENDING)
        await enqueue(database, to_person(1, tenant="busy"), to_person(2, tenant="calm"), group="b")
        bell.ring()
        await until_settled(database)
    first, *later = messenger.calls
    waited = {call.whom: call.at - first.at for call in later}
    assert waited["chat-2"] < 0.8
    assert min(waited["chat-0"], waited["chat-1"]) >= 1.0


async def test_after_a_429_even_what_was_already_claimed_is_held_back(
    database: Database, messenger: FakeMessenger
) -> None:
    messenger.will_answer("chat-0", Sent(Outcome.RETRY, status=429, retry_after=0.6))
    await enqueue(database, *people(4))
    async with running(Sender(database, messenger)):
        await until_settled(database)
    first, *later = messenger.calls
    assert min(call.at for call in later) - first.at >= 0.6
    assert len(later) == 4
    assert sorted(row["attempts"] for row in await rows(database)) == [1, 1, 1, 2]


async def test_a_person_is_tried_three_times_and_a_channel_once_when_teams_is_unwell(
    database: Database, messenger: FakeMessenger
) -> None:
    unwell = Sent(Outcome.UNSURE, status=502, reason="http_502", retry_after=0.01)
    messenger.will_answer("chat-1", *[unwell] * 5)
    messenger.will_answer("channel-1", *[unwell] * 5)
    await enqueue(database, to_person(1), to_channel(1, tenant="tenant-2"))
    await run_until_settled(database, messenger)
    assert await statuses(database) == ["uncertain", "uncertain"]
    assert sorted(call.whom for call in messenger.calls) == ["channel-1", *["chat-1"] * 3]


async def test_a_message_that_arrived_on_the_second_try_counts_as_possibly_duplicated(
    database: Database, messenger: FakeMessenger
) -> None:
    messenger.will_answer("chat-1", Sent(Outcome.UNSURE, status=503, retry_after=0.01))
    await enqueue(database, to_person(1))
    await run_until_settled(database, messenger)
    (row,) = await rows(database)
    assert (row["status"], row["possibly_duplicated"], row["attempts"]) == ("sent", 1, 2)


async def test_what_is_uncertain_is_never_sent_again_by_itself(
    database: Database, messenger: FakeMessenger
) -> None:
    messenger.will_answer("chat-1", Sent(Outcome.UNCERTAIN, status=500, reason="http_500"))
    await enqueue(database, to_person(1))
    await run_until_settled(database, messenger)
    await make_due(database)
    async with running(Sender(database, messenger)):
        await asyncio.sleep(0.3)
    assert await statuses(database) == ["uncertain"]
    assert len(messenger.calls) == 1


async def test_a_messenger_that_raises_leaves_the_delivery_uncertain(database: Database) -> None:
    class Broken(FakeMessenger):
        async def post(self, to: object, message: object) -> Sent:
            raise RuntimeError("a bug")

    await enqueue(database, to_person(1))
    await run_until_settled(database, Broken())
    (row,) = await rows(database)
    assert (row["status"], row["reason"]) == ("uncertain", "messenger_raised")


async def test_the_directory_hears_of_opened_chats_and_closed_doors(
    database: Database, messenger: FakeMessenger
) -> None:
    heard: list[object] = []

    async def chat_opened(target: str, conversation_id: str) -> None:
        heard.append((target, conversation_id))
        raise RuntimeError("the directory is away")

    async def unreachable(target: str, address: Address, outcome: Outcome) -> None:
        heard.append((target, address.conversation_id, outcome))

    messenger.will_answer("channel-2", Outcome.NOT_INSTALLED)
    await enqueue(database, to_person(1, chat=False), to_channel(2, tenant="tenant-2"))
    sender = Sender(database, messenger, on_chat_opened=chat_opened, on_unreachable=unreachable)
    async with running(sender):
        await until_settled(database)
    assert ("person:1", "chat-of-29:1") in heard
    assert ("channel:2", "channel-2", Outcome.NOT_INSTALLED) in heard
    assert (await rows(database))[0]["conversation_id"] == "chat-of-29:1"
    assert await statuses(database) == ["sent", "not_installed"]


async def test_a_directory_that_takes_its_time_holds_up_nobody(
    database: Database, messenger: FakeMessenger
) -> None:
    release = asyncio.Event()

    async def chat_opened(target: str, conversation_id: str) -> None:
        await release.wait()

    await enqueue(database, *(to_person(number, chat=False) for number in range(20)))
    async with running(Sender(database, messenger, on_chat_opened=chat_opened)):
        await until_settled(database)
        release.set()
    assert len(messenger.sent) == 20


async def test_refused_credentials_stop_everything_and_lose_nothing(
    database: Database, messenger: FakeMessenger
) -> None:
    everybody = BATCH + 100
    for number in range(everybody):
        messenger.will_answer(f"chat-{number}", Sent(Outcome.RETRY, status=401))
    await enqueue(database, *people(everybody, tenants=everybody))
    async with running(Sender(database, messenger)):
        await until(lambda: len(messenger.calls) > 0)
        await asyncio.sleep(0.3)
    assert len(messenger.calls) <= BATCH
    assert {(row["status"], row["attempts"]) for row in await rows(database)} == {("pending", 0)}


async def test_stopping_finishes_what_has_left_and_gives_the_rest_back(
    database: Database,
) -> None:
    messenger = FakeMessenger(delay=0.3)
    await enqueue(database, *people(60, tenants=2))
    async with running(Sender(database, messenger)):
        await until(lambda: len(messenger.calls) >= 5)
    left = len(messenger.calls)
    assert left < 60
    assert sorted(await statuses(database)) == ["pending"] * (60 - left) + ["sent"] * left
    assert all(row["lease_owner"] is None for row in await rows(database))


async def test_a_tenant_that_hangs_does_not_stop_the_others(sqlite_url: str) -> None:
    class Hanging(FakeMessenger):
        async def post(self, to: Address, message: object) -> Sent:
            if to.tenant_id == "hangs":
                await asyncio.sleep(3.5)
            return await super().post(to, message)  # type: ignore[arg-type]

    messenger, database = Hanging(), Database(sqlite_url)
    await enqueue(database, *(to_person(n, tenant="hangs") for n in range(40)))
    await enqueue(database, *(to_person(100 + n, tenant=f"t{n}") for n in range(40)), group="b")
    async with running(Sender(database, messenger)):
        await until(lambda: len(messenger.sent) >= 40, seconds=3.4)
    assert {call.to.tenant_id for call in messenger.calls[:40]} == {f"t{n}" for n in range(40)}
    await database.close()


async def test_a_sender_paused_past_its_lease_does_not_send(
    database: Database, messenger: FakeMessenger
) -> None:
    await enqueue(database, to_person(1))
    async with database.write() as tx:
        (delivery,) = await claims.claim(tx, database, "a/1", 1)
    courier = Courier(messenger, asyncio.Event())
    result = await courier.carry(InHand(delivery, held_until=time.monotonic() - 0.1))
    assert (result.status, result.counted) == (Status.PENDING, False)
    assert messenger.calls == []


async def test_a_send_that_takes_longer_than_a_lease_is_nobody_elses(
    database: Database, database_url: str
) -> None:
    slow, other = FakeMessenger(delay=1.5), Database(database_url)
    await enqueue(database, to_person(1))
    async with running(Sender(database, slow, lease_seconds=0.6)):
        await until(lambda: len(slow.calls) == 1)
        async with running(Sender(other, FakeMessenger(), lease_seconds=0.6)):
            await until_settled(database)
    await other.close()
    assert await statuses(database) == ["sent"]


async def test_a_database_that_is_away_for_a_moment_loses_nothing(
    database_url: str, messenger: FakeMessenger
) -> None:
    class Shaky(Database):
        failures = 0

        @asynccontextmanager
        async def write(self) -> AsyncIterator[Writing]:
            if messenger.calls and self.failures < 2:
                self.failures += 1
                raise ConnectionResetError
            async with super().write() as tx:
                yield tx

    database = Shaky(database_url)
    await enqueue(database, *people(20, tenants=20))
    await run_until_settled(database, messenger)
    assert database.failures == 2
    assert set(await statuses(database)) == {"sent"}
    assert len(messenger.calls) == 20
    await database.close()


@pytest.mark.postgres
async def test_what_somebody_holds_keeps_no_other_outcome_waiting(
    postgres_url: str, messenger: FakeMessenger
) -> None:
    database, other = Database(postgres_url), Database(postgres_url)
    await enqueue(database, *people(20, tenants=20))
    messenger.hold()
    async with running(Sender(database, messenger)):
        await until(lambda: len(messenger.calls) == 20)
        async with other.write() as tx:
            await tx.execute(select(deliveries.c.id).limit(1).with_for_update())
            messenger.release()
            await until_all_but_one_are_settled(database)
        await until_settled(database)
    assert set(await statuses(database)) == {"sent"}
    await database.close()
    await other.close()


async def until_all_but_one_are_settled(database: Database) -> None:
    async with asyncio.timeout(5.0):
        while (await statuses(database)).count("sent") < 19:  # noqa: ASYNC110 - seen from outside
            await asyncio.sleep(0.02)
