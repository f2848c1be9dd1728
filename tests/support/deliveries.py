"""Looking at the outbox from outside, and hurrying it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import Text, cast, literal, or_, select, text, update

from knowledge.delivery import outbox
from knowledge.delivery.messenger import Address, Message
from knowledge.delivery.models import Action, Delivery, Status, Target, deliveries, status_is
from knowledge.delivery.pauses import not_paused
from knowledge.delivery.sender import Sender
from knowledge.storage.database import Database

MESSAGE = Message(card={"type": "AdaptiveCard", "version": "1.5"}, summary="Ny lägesbild")
SERVICE = "https://smba.trafficmanager.net/emea/"


def to_person(number: int, *, tenant: str = "tenant-1", chat: bool = True) -> Target:
    conversation = f"chat-{number}" if chat else ""
    address = Address(tenant, SERVICE, conversation, f"29:{number}")
    return Target(f"person:{number}", f"Person {number}", address, True, "1480")


def to_channel(number: int, *, tenant: str = "tenant-1") -> Target:
    address = Address(tenant, SERVICE, f"channel-{number}")
    return Target(f"channel:{number}", f"Channel {number}", address, False, "1480")


def people(how_many: int, *, tenants: int = 1) -> list[Target]:
    return [to_person(n, tenant=f"tenant-{n % tenants + 1}") for n in range(how_many)]


async def enqueue(database: Database, *targets: Target, group: str = "group") -> None:
    async with database.write() as tx:
        await outbox.enqueue(tx, database, group_key=group, message=MESSAGE, targets=targets)


async def rows(database: Database, *, action: Action | None = None) -> list[dict[str, Any]]:
    """Every delivery, in the order they were written."""
    query = select(deliveries).order_by(deliveries.c.id)
    if action:
        query = query.where(deliveries.c.action == action)
    async with database.read() as tx:
        return [dict(row) for row in (await tx.execute(query)).mappings()]


async def statuses(database: Database, *, action: Action | None = None) -> list[str]:
    return [row["status"] for row in await rows(database, action=action)]


async def make_due(database: Database) -> None:
    """What waits for its time has waited long enough; leases have run out."""
    async with database.write() as tx:
        await tx.execute(update(deliveries).values(due=0.0))


async def until(condition: Callable[[], bool], seconds: float = 5.0) -> None:
    """Wait for something that only shows from outside."""
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110 - what is watched knows of no event
            await asyncio.sleep(0.005)


async def until_none_is(
    database: Database, *unwanted: Status, seconds: float = 5.0, look_every: float = 0.02
) -> None:
    """Wait until no delivery has one of these statuses; what a pause holds back does not count."""
    is_post = deliveries.c.action == Action.POST
    may_move = status_is(Status.SENDING) | not_paused(deliveries.c.group_key, is_post)
    some = select(deliveries.c.id).where(or_(*map(status_is, unwanted)), may_move).limit(1)
    async with asyncio.timeout(seconds), database.read() as tx:
        while (await tx.execute(some)).first():  # noqa: ASYNC110 - as above
            await asyncio.sleep(look_every)


async def until_settled(database: Database, seconds: float = 5.0, look_every: float = 0.02) -> None:
    """Wait until every delivery has come to its end, or is held back by a pause."""
    await until_none_is(
        database, Status.PENDING, Status.SENDING, seconds=seconds, look_every=look_every
    )


async def falls_silent(count: Callable[[], int], *, within: float = 2.0, quiet: float = 1.5) -> int:
    """Wait until nothing leaves any more, which may take `within` seconds. Returns how many left.

    A sender looks once a second by itself: one that has missed the word is heard in `quiet`.
    """
    clock = asyncio.get_running_loop().time
    began = latest = clock()
    left = count()
    while clock() - latest < quiet:
        await asyncio.sleep(0.01)
        if count() != left:
            left, latest = count(), clock()
            assert latest - began <= within, f"{left} have left, after {latest - began:.1f} s"
    return left


def ids(claimed: list[Delivery]) -> list[int]:
    return [delivery.id for delivery in claimed]


async def arrive(database: Database) -> None:
    """Everything that waits has been sent, and Teams gave each an id."""
    arrived = update(deliveries).values(
        status=Status.SENT, activity_id=literal("activity-").concat(cast(deliveries.c.id, Text))
    )
    async with database.write() as tx:
        await tx.execute(arrived)


async def a_minute_passes(database: Database) -> None:
    """Long enough for PostgreSQL to count its rows. Until then it guesses, and is three times as
    slow with ten thousand new ones."""
    async with database.read() as tx:
        await tx.execute(text("ANALYZE"))


@asynccontextmanager
async def running(sender: Sender) -> AsyncIterator[Sender]:
    """A sender at work; stopped gracefully at the end."""
    stop = asyncio.Event()
    task = asyncio.create_task(sender.run(stop))
    yield sender
    stop.set()
    await task
