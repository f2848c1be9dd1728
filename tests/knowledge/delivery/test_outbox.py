"""The outbox: claims, leases, places in line, and changes of mind, on both databases."""

import asyncio
from dataclasses import replace

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import DBAPIError

from knowledge.delivery import changes, outbox
from knowledge.delivery import claims as outbox_claims
from knowledge.delivery.messenger import Message
from knowledge.delivery.models import (
    Action,
    Delivery,
    Result,
    Status,
    deliveries,
    messages,
    status_is,
)
from knowledge.storage.database import Database
from tests.support.deliveries import (
    enqueue,
    ids,
    make_due,
    people,
    rows,
    statuses,
    to_channel,
    to_person,
)

CORRECTED = Message(text="Corrected")


async def claim(database: Database, lease: str = "a/1", limit: int = 10) -> list[Delivery]:
    async with database.write() as tx:
        return await outbox_claims.claim(tx, database, lease, limit)


async def settle(database: Database, *results: Result) -> None:
    """As a sender does: what somebody holds is written down later."""
    left = results
    while left:
        async with database.write() as tx:
            held = await outbox_claims.settle(tx, database, left)
        left = tuple(result for result in left if result.delivery.id in held)


async def recover(database: Database, *, everyone: bool = False) -> None:
    async with database.write() as tx:
        await outbox_claims.recover(tx, everyone=everyone)


def sent(delivery: Delivery, activity_id: str = "activity-1") -> Result:
    return Result(delivery, Status.SENT, activity_id=activity_id, http_status=201)


class ChangedMyMind(Exception):
    pass


async def enqueue_and_fail(database: Database) -> None:
    async with database.write() as tx:
        await outbox.enqueue(tx, database, group_key="g", message=CORRECTED, targets=people(2))
        raise ChangedMyMind


async def test_what_is_rolled_back_leaves_no_delivery(database: Database) -> None:
    with pytest.raises(ChangedMyMind):
        await enqueue_and_fail(database)
    assert await rows(database) == []


async def test_a_target_is_written_once_per_group(database: Database) -> None:
    await enqueue(database, to_person(1), to_person(1), to_channel(1))
    await enqueue(database, to_person(1))
    await enqueue(database, to_person(1), group="another")
    assert [row["dedupe_key"] for row in await rows(database)] == [
        "group:person:1",
        "group:channel:1",
        "another:person:1",
    ]


async def test_a_notice_is_written_once(database: Database) -> None:
    class Anna:
        id, tenant_id, teams_id, name = 7, "tenant-1", "29:anna", "Anna"
        municipality, conversation_id, service_url = "1480", "chat-7", "https://x"

    for _ in range(2):
        async with database.write() as tx:
            await outbox.enqueue_notice(tx, database, Anna(), CORRECTED, "promoted:12")
    (row,) = await rows(database)
    assert (row["target"], row["is_person"], row["conversation_id"]) == ("person:7", True, "chat-7")
    async with database.read() as tx:
        assert len((await tx.execute(select(messages))).all()) == 1


async def test_a_claim_brings_the_message_and_counts_the_attempt(database: Database) -> None:
    await enqueue(database, to_person(1))
    (delivery,) = await claim(database)
    assert delivery.message.summary == "Ny lägesbild"
    assert (delivery.action, delivery.attempts, delivery.lease) == (Action.POST, 1, "a/1")


async def test_what_is_claimed_is_not_claimed_again(database: Database) -> None:
    await enqueue(database, *people(3, tenants=3))
    assert len(await claim(database, "a/1", limit=2)) == 2
    assert len(await claim(database, "b/1")) == 1
    assert await claim(database, "c/1") == []


async def without_a_claim(database: Database) -> list[int]:
    """The control: look, then take."""
    async with database.read() as tx:
        query = select(deliveries.c.id).where(status_is(Status.PENDING))
        query = query.order_by(deliveries.c.id).limit(10)  # or two would wait for each other
        found = list((await tx.execute(query)).scalars())
    async with database.write() as tx:
        await tx.execute(
            update(deliveries).where(deliveries.c.id.in_(found)).values(status="sending")
        )
    return found


@pytest.mark.parametrize("claims", [True, False], ids=["claiming", "control without a claim"])
async def test_four_workers_never_take_the_same_delivery(
    database: Database, database_url: str, claims: bool
) -> None:
    await enqueue(database, *people(200, tenants=200))
    workers = [Database(database_url) for _ in range(4)]

    async def work(worker: Database, name: int) -> list[int]:
        taken: list[int] = []
        for number in range(100):
            more = (
                ids(await claim(worker, f"{name}/{number}"))
                if claims
                else await without_a_claim(worker)
            )
            if not more:
                return taken
            taken += more
        return taken

    taken = await asyncio.gather(*(work(worker, name) for name, worker in enumerate(workers)))
    for worker in workers:
        await worker.close()
    everything = [id_ for part in taken for id_ in part]
    assert set(everything) == {row["id"] for row in await rows(database)}
    assert (len(everything) == 200) == claims


async def test_a_dead_senders_post_is_uncertain_and_its_update_is_done_again(
    database: Database,
) -> None:
    await enqueue(database, *people(2, tenants=2))
    (was_sent,) = await claim(database, limit=1)
    await settle(database, sent(was_sent))
    await correct(database)
    await claim(database, "a/2")
    await recover(database)
    assert await statuses(database) == ["sent", "sending", "sending"]  # the leases still run
    await make_due(database)
    await recover(database)
    assert await statuses(database) == ["sent", "uncertain", "pending"]


async def test_a_dead_senders_update_of_what_was_taken_back_is_not_done_again(
    database: Database,
) -> None:
    await enqueue(database, to_person(1))
    await settle(database, sent(*await claim(database)))
    await correct(database)
    await claim(database, "a/2")
    async with database.write() as tx:
        await changes.take_back(tx, database, "group")
    await recover(database, everyone=True)
    assert await statuses(database, action=Action.UPDATE) == ["cancelled"]
    assert await statuses(database, action=Action.DELETE) == ["pending"]


async def test_the_only_sender_frees_leases_at_once(database: Database) -> None:
    await enqueue(database, to_person(1))
    await claim(database)
    await recover(database, everyone=True)
    assert await statuses(database) == ["uncertain"]


async def test_an_update_that_kills_its_sender_is_given_up(database: Database) -> None:
    await enqueue(database, to_person(1))
    await settle(database, sent(*await claim(database)))
    await correct(database)
    async with database.write() as tx:
        await tx.execute(update(deliveries).values(attempts=9))
    await claim(database, "a/2")
    await recover(database, everyone=True)
    (row,) = await rows(database, action=Action.UPDATE)
    assert (row["status"], row["reason"]) == ("failed", "gave_up")


async def test_who_lost_the_lease_settles_nothing(database: Database) -> None:
    await enqueue(database, to_person(1))
    await settle(database, sent(*await claim(database)))
    await correct(database)
    (paused,) = await claim(database, "a/2")
    await make_due(database)
    await recover(database)
    (now_holding,) = await claim(database, "b/1")
    await settle(database, Result(paused, Status.FAILED, "from a"))
    await settle(database, Result(now_holding, Status.SENT, "from b"))
    (row,) = await rows(database, action=Action.UPDATE)
    assert (row["status"], row["reason"], row["attempts"]) == ("sent", "from b", 2)


async def test_a_renewed_lease_does_not_run_out(database: Database) -> None:
    await enqueue(database, to_person(1))
    (delivery,) = await claim(database)
    await make_due(database)
    async with database.write() as tx:
        assert await outbox_claims.renew(tx, {"a/1"}) == {delivery.id}
    await recover(database)
    assert await statuses(database) == ["sending"]


async def test_a_retry_waits_and_an_attempt_not_made_is_not_counted(database: Database) -> None:
    await enqueue(database, *people(2, tenants=2))
    failed, unmade = await claim(database)
    await settle(
        database,
        Result(failed, Status.PENDING, retry_in=60.0),
        Result(unmade, Status.PENDING, counted=False),
    )
    assert [row["attempts"] for row in await rows(database)] == [1, 0]
    assert ids(await claim(database, "a/2")) == [unmade.id]


async def test_cancelling_stops_what_has_not_left(database: Database) -> None:
    await enqueue(database, *people(3, tenants=3))
    await claim(database, limit=1)
    async with database.write() as tx:
        assert await outbox.cancel(tx, "group") == 2
    assert await statuses(database) == ["sending", "cancelled", "cancelled"]


async def test_what_was_cancelled_on_its_way_is_not_tried_again(database: Database) -> None:
    await enqueue(database, *people(2, tenants=2))
    claimed = await claim(database)
    async with database.write() as tx:
        await outbox.cancel(tx, "group")
    await settle(database, sent(claimed[0]), Result(claimed[1], Status.PENDING))
    assert await statuses(database) == ["sent", "cancelled"]


async def correct(database: Database, message: Message = CORRECTED) -> int:
    async with database.write() as tx:
        return await changes.correct(tx, database, "group", message)


async def test_a_correction_reaches_what_was_sent_is_on_its_way_and_waits(
    database: Database,
) -> None:
    await enqueue(database, *people(3, tenants=3))
    was_sent, on_its_way = await claim(database, limit=2)
    await settle(database, sent(was_sent, "activity-1"))
    await correct(database)
    await settle(database, sent(on_its_way, "activity-2"))

    updates = await rows(database, action=Action.UPDATE)
    assert [row["activity_id"] for row in updates] == ["activity-1", "activity-2"]
    now = await claim(database, "a/2")
    assert {delivery.message.text for delivery in now} == {"Corrected"}
    assert [d.action for d in now] == [Action.POST, Action.UPDATE, Action.UPDATE]


async def test_only_the_newest_correction_is_sent(database: Database) -> None:
    await enqueue(database, to_person(1))
    (post,) = await claim(database)
    await settle(database, sent(post))
    await correct(database)
    (first,) = await claim(database, "a/2")
    await correct(database, Message(text="Second"))
    await correct(database, Message(text="Third"))
    await settle(database, sent(first))
    (last,) = await claim(database, "a/3")
    assert (last.message.text, last.activity_id) == ("Third", "activity-1")
    await settle(database, sent(last))
    assert await statuses(database, action=Action.UPDATE) == ["sent", "sent"]


async def test_taking_back_deletes_what_was_sent_and_what_arrives_late(
    database: Database,
) -> None:
    await enqueue(database, *people(3, tenants=3))
    was_sent, on_its_way = await claim(database, limit=2)
    await settle(database, sent(was_sent, "activity-1"))
    for _ in range(2):
        async with database.write() as tx:
            await changes.take_back(tx, database, "group")
    await settle(database, sent(on_its_way, "activity-2"))

    assert await statuses(database, action=Action.POST) == ["sent", "sent", "cancelled"]
    deletes = await claim(database, "a/2")
    assert [(d.action, d.activity_id) for d in deletes] == [
        (Action.DELETE, "activity-1"),
        (Action.DELETE, "activity-2"),
    ]


async def test_what_is_uncertain_is_sent_again_once(database: Database) -> None:
    await enqueue(database, *people(2, tenants=2))
    claimed = await claim(database)
    await settle(database, sent(claimed[0]), Result(claimed[1], Status.UNCERTAIN, "http_500"))
    async with database.write() as tx:
        message_id, which = claimed[0].message_id, status_is(Status.UNCERTAIN)
        assert await changes.send_again(tx, database, which, message_id) == 1
        assert await changes.send_again(tx, database, which, message_id) == 0
    assert await statuses(database) == ["sent", "uncertain", "pending"]
    (again,) = await claim(database, "a/2")
    assert replace(again, id=0, lease="", attempts=0, wait=0) == replace(
        claimed[1], id=0, lease="", attempts=0, wait=0
    )


async def test_results_and_a_correction_at_the_same_moment_do_not_block_each_other(
    database: Database, database_url: str
) -> None:
    """Both lock the same rows: in the same order, or PostgreSQL has to shoot one of them."""
    await enqueue(database, *people(100, tenants=100))
    other = Database(database_url)

    async def send() -> None:
        for number in range(20):
            claimed = await claim(other, f"a/{number}")
            await settle(other, *(sent(d, f"activity-{d.id}") for d in reversed(claimed)))

    async def rewrite() -> None:
        for number in range(20):
            await correct(database, Message(text=f"Correction {number}"))

    await asyncio.gather(send(), rewrite())
    await send()
    await send()
    for row in await rows(database, action=Action.POST):
        assert row["status"] == "sent"
    async with database.read() as tx:
        last = max((await tx.execute(select(messages.c.id))).scalars())
    await other.close()
    newest = {row["target"]: row["message_id"] for row in await rows(database)}
    assert set(newest.values()) == {last}


@pytest.mark.postgres
async def test_who_falls_silent_in_a_transaction_loses_its_locks(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("knowledge.storage.database.POSTGRES_FROZEN_MS", 300)
    frozen, other = Database(postgres_url), Database(postgres_url)
    await enqueue(other, to_person(1))
    with pytest.raises(DBAPIError):
        await claim_and_freeze(frozen, other)
    assert len(await claim(other, "b/2")) == 1
    await frozen.close()
    await other.close()


async def claim_and_freeze(frozen: Database, other: Database) -> None:
    async with frozen.write() as tx:
        await outbox_claims.claim(tx, frozen, "a/1", 10)
        assert await claim(other, "b/1") == []
        await asyncio.sleep(0.6)
