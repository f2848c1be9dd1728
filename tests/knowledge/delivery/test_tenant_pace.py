"""Places in line: a steady rate per tenant and per conversation, on both databases."""

from collections import Counter

import pytest
from sqlalchemy import select, update

from knowledge.delivery import claims, conversation_pace, tenant_pace
from knowledge.delivery.models import Delivery, Result, Status
from knowledge.storage.database import Database
from tests.support.deliveries import enqueue, people, rows, to_channel, to_person


async def claim(database: Database, lease: str = "a/1", limit: int = 10) -> list[Delivery]:
    async with database.write() as tx:
        return await claims.claim(tx, database, lease, limit)


async def settle(database: Database, *results: Result) -> None:
    async with database.write() as tx:
        await claims.settle(tx, database, results)


async def no_line(database: Database) -> None:
    """Nobody stands in any tenant's line any more."""
    async with database.write() as tx:
        await tx.execute(update(tenant_pace.paces).values(next_at=0.0))


async def test_places_in_a_tenants_line_are_45_a_second_for_all_workers(
    database: Database,
) -> None:
    await enqueue(database, *people(12))
    first = await claim(database, "a/1", limit=2)
    second = await claim(database, "b/1")
    assert [round(d.wait, 3) for d in first] == [0.0, 0.022]
    # The second worker stands behind the first: about 44 ms, less the time between the claims.
    assert 0.0 <= second[0].wait <= 2 / tenant_pace.RATE
    assert second[-1].wait - second[0].wait == pytest.approx((len(second) - 1) / tenant_pace.RATE)


async def test_nobody_claims_far_ahead_of_a_tenants_line(database: Database) -> None:
    await enqueue(database, *people(40))
    taken = [delivery for lease in "abcd" for delivery in await claim(database, f"{lease}/1", 100)]
    assert len(taken) <= tenant_pace.MOST_PLACES + 3
    assert max(delivery.wait for delivery in taken) < 0.3


async def test_a_chat_that_is_still_to_be_opened_takes_two_places(database: Database) -> None:
    await enqueue(database, *(to_person(number, chat=False) for number in range(3)))
    first, second, third = await claim(database)
    assert second.wait - first.wait == pytest.approx(2 / tenant_pace.RATE)
    assert third.wait - second.wait == pytest.approx(2 / tenant_pace.RATE)


async def test_a_conversation_gets_six_at_once_and_then_one_every_two_seconds(
    database: Database,
) -> None:
    for number in range(9):
        await enqueue(database, to_channel(1), to_person(number), group=f"group {number}")
    taken: list[Delivery] = []
    for number in range(30):
        taken += await claim(database, f"a/{number}", limit=100)
        await no_line(database)
    assert Counter(delivery.is_person for delivery in taken) == {True: 9, False: 6}
    waiting = [row for row in await rows(database) if row["status"] == "pending"]
    assert {row["target"] for row in waiting} == {"channel:1"}
    assert {row["attempts"] for row in waiting} == {0}
    first, *_, last = sorted(row["due"] - row["created_at"] for row in waiting)
    assert 1.5 < first < last < 7.5


async def test_a_conversation_that_teams_throttles_waits_alone(database: Database) -> None:
    await enqueue(database, to_channel(1), to_person(1))
    async with database.write() as tx:
        await conversation_pace.hold(tx, database, {("tenant-1", "channel-1"): 30.0})
    assert [delivery.target for delivery in await claim(database)] == ["person:1"]
    (waiting,) = [row for row in await rows(database) if row["status"] == "pending"]
    assert 29.0 < waiting["due"] - waiting["created_at"] < 31.0


async def test_a_throttling_answer_in_a_busy_conversation_holds_only_that(
    database: Database,
) -> None:
    for number in range(5):
        await enqueue(database, to_channel(1), group=f"group {number}")
    calm = (await claim(database, "a/1", limit=4))[0]
    await no_line(database)
    (busy,) = await claim(database, "a/2")
    assert (calm.busy, busy.busy) == (False, True)
    await enqueue(database, to_person(1))
    await settle(database, Result(busy, Status.PENDING, retry_in=30.0, hold=30.0))
    await no_line(database)
    (other,) = await claim(database, "a/3")
    await settle(database, Result(other, Status.PENDING, hold=30.0))
    assert await claim(database, "a/4") == []


async def test_lines_of_conversations_that_have_ended_are_forgotten(database: Database) -> None:
    await enqueue(database, *people(2, tenants=2))
    await claim(database)
    async with database.write() as tx:
        await conversation_pace.hold(tx, database, {("tenant-1", "chat-0"): 30.0})
        await tx.execute(
            update(conversation_pace.conversation_paces)
            .where(conversation_pace.conversation_paces.c.conversation == "chat-1")
            .values(next_at=0.0)
        )
        await conversation_pace.forget_idle(tx)
        left = await tx.execute(select(conversation_pace.conversation_paces.c.conversation))
        assert list(left.scalars()) == ["chat-0"]


async def test_a_tenant_that_must_wait_lets_the_others_pass(database: Database) -> None:
    await enqueue(database, *(to_person(n, tenant="busy") for n in range(20)))
    await enqueue(database, to_person(99, tenant="calm"))
    async with database.write() as tx:
        await tenant_pace.hold(tx, database, {"busy": 30.0})
        await tenant_pace.hold(tx, database, {"busy": 1.0})  # the longer wait stays
    assert [delivery.target for delivery in await claim(database)] == ["person:99"]
