"""How it goes when hundreds want a seat at once, and in a training with thousands of people."""

import asyncio
import secrets
import time
import uuid
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from statistics import median, quantiles

from sqlalchemy import insert, select, update

from knowledge.directory.models import Person, people
from knowledge.directory.repository import person_from
from knowledge.directory.service import DirectoryService
from knowledge.premises import Premises
from knowledge.storage.database import Database
from knowledge.trainings import repository
from knowledge.trainings.models import Training, TrainingStatus, signups, trainings
from knowledge.trainings.service import TrainingService
from tests.bench.names import TENANT
from tests.bench.processes import Bot, BotFailed
from tests.bench.table import Figure, alone
from tests.bench.teams import Teams, object_id
from tests.support.wordings import PlainTrainings

TAPS, SEATS, ROUNDS = 200, 10, 3
TAP_SECONDS = 1.0
RATE_AT_LEAST = 1.5
MANY, OF_THEM_SEATED = 5_000, 4_900
SHOWN_MS = 150.0
SHOWN_TIMES = 7

STARTS = datetime.now(UTC) + timedelta(days=30)
ENDS = STARTS + timedelta(hours=3)
TRAINING = Training(
    id=0,
    title="Lägesbild i praktiken",
    county="07",
    themes=("lagesbild",),
    place="Växjö",
    starts_at=STARTS,
    ends_at=ENDS,
    seats=SEATS,
    taken=0,
    summary="Du lär dig att ta fram en lägesbild.",
    status=TrainingStatus.OPEN,
    sequence=0,
)


async def crowd(name: str, url: str, bot: Bot, teams: Teams) -> Figure:
    """p95 of a tap on "Anmäl mig" when everybody taps at once."""
    database = Database(url)
    service = TrainingService(Premises(database), PlainTrainings())
    await _known(database, TAPS)
    slowest = list[float]()
    for days in range(ROUNDS):  # at the same time it would be asked first whether both are meant
        starts, ends = (at + timedelta(days=days) for at in (TRAINING.starts_at, TRAINING.ends_at))
        training = await service.add(replace(TRAINING, starts_at=starts, ends_at=ends))
        taps = [teams.tap(bot, n, "sign_up", training=training) for n in range(TAPS)]
        took = await asyncio.gather(*taps)
        slowest.append(quantiles(took, n=20)[-1])
        assert (await service.get(training)).taken == SEATS
    await database.close()
    return alone(f"p95 of a sign-up, {TAPS} taps at once, {name}", "s", slowest, TAP_SECONDS)


async def rate(name: str, url: str) -> Figure:
    """Sign-ups a second, against a transaction of its own for each tap, in turns."""
    database = Database(url)
    service = TrainingService(Premises(database), PlainTrainings())
    known = await _known(database, TAPS)
    plain, ours = list[float](), list[float]()
    for _ in range(ROUNDS):
        for found, sign_up in ((plain, _one_by_one(database)), (ours, service.sign_up)):
            training = await service.add(TRAINING)
            found.append(await _per_second(sign_up, known, training))
            assert (await service.get(training)).taken == SEATS
    await database.close()
    ratio = median(ours) / median(plain)
    return Figure(
        f"sign-ups, {TAPS} at once, against FOR UPDATE for each, {name}",
        stock=f"{median(plain):.0f} /s",
        tryggve=f"{median(ours):.0f} /s",
        ratio=f"{ratio:.2f}",
        target=f"≥ {RATE_AT_LEAST:g}",
        met=ratio >= RATE_AT_LEAST,
    )


async def many(name: str, url: str, bot: Bot, teams: Teams) -> list[Figure]:
    """A turn about a training with thousands of people: for who holds it, for the last in line."""
    database = Database(url)
    known = await _known(database, MANY)
    soon = {"starts_at": STARTS - timedelta(days=28), "ends_at": ENDS - timedelta(days=28)}
    full = replace(TRAINING, seats=OF_THEM_SEATED, title="Regional konferens", **soon)
    training = await TrainingService(Premises(database), PlainTrainings()).add(full)
    await _fill(database, training, known)
    await DirectoryService(database).grant(TENANT, object_id(0), "07")
    await database.close()
    waiting = {"training": training, "group": "waiting"}
    shown: dict[str, tuple[int, str, dict[str, object], str]] = {
        "participants": (0, "participants", waiting, f"Person {OF_THEM_SEATED}"),
        "the card": (0, "training_show", {"id": training}, "100 personer"),
        "the list": (MANY - 1, "trainings", {}, "Kommande utbildningar"),
        "one's own place": (MANY - 1, "my_trainings", {}, "plats 100 i"),
    }
    figures = []
    for what, (person, verb, data, words) in shown.items():
        took = list[float]()
        for _ in range(SHOWN_TIMES):
            took.append(await teams.tap(bot, person, verb, **data) * 1000)
            if words not in teams.answer:  # a refusal would be fast
                raise BotFailed(f"{what}: “{words}” was not in “{teams.answer[:300]}”")
        label = f"{what}, a training of {MANY:,}, {name}"
        figures.append(alone(label, "ms", took, SHOWN_MS))
    return figures


SignUp = Callable[[Person, int], Awaitable[object]]


async def _per_second(sign_up: SignUp, known: Sequence[Person], training: int) -> float:
    began = time.perf_counter()
    await asyncio.gather(*(sign_up(person, training) for person in known))
    return len(known) / (time.perf_counter() - began)


def _one_by_one(database: Database) -> SignUp:
    """What one would write first: lock the training, look, count, insert."""

    async def sign_up(person: Person, training_id: int) -> None:
        async with database.write() as tx:
            training = await repository.find_training_for_update(tx, training_id)
            assert training is not None
            if await repository.find_signup(tx, training, person.id):
                return
            has_seat = training.seats_left > 0
            row = _row(training_id, person.id, "confirmed" if has_seat else "waiting")
            await tx.execute(insert(signups).values(**row))
            its = update(trainings).where(trainings.c.id == training_id)
            await tx.execute(its.values(taken=training.taken + has_seat))
            await repository.find_signup(tx, training, person.id)  # the place that is told

    return sign_up


async def _known(database: Database, count: int) -> list[Person]:
    """People who have talked with Tryggve before."""
    async with database.write() as tx:
        rows = [
            {
                "tenant_id": TENANT,
                "object_id": object_id(n),
                "teams_id": f"29:{n}",
                "name": f"Person {n}",
                "municipality": "0780",
                "conversation_id": f"a:{n}",
                "installed": True,
            }
            for n in range(count)
        ]
        there = {*(await tx.execute(select(people.c.object_id))).scalars()}
        if new := [row for row in rows if row["object_id"] not in there]:
            await tx.execute(insert(people), new)
        found = await tx.execute(select(people).order_by(people.c.object_id).limit(count))
        return [person_from(row) for row in found.mappings()]


async def _fill(database: Database, training: int, known: Sequence[Person]) -> None:
    """Everybody has signed up, in order."""
    standing = ["confirmed"] * OF_THEM_SEATED + ["waiting"] * (MANY - OF_THEM_SEATED)
    rows = [_row(training, one.id, status) for one, status in zip(known, standing, strict=True)]
    async with database.write() as tx:
        await tx.execute(insert(signups), rows)
        its = update(trainings).where(trainings.c.id == training)
        await tx.execute(its.values(taken=OF_THEM_SEATED))


def _row(training: int, person: int, status: str) -> dict[str, object]:
    return {
        "training_id": training,
        "person_id": person,
        "status": status,
        "calendar_token": secrets.token_urlsafe(18),
        "calendar_uid": str(uuid.uuid4()),
        "created_at": datetime.now(UTC),
    }
