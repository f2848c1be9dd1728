"""Seats: never more people than seats, whoever taps at once."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.exc import DBAPIError

from knowledge.delivery.models import deliveries
from knowledge.directory.models import Met, Person
from knowledge.directory.service import DirectoryService
from knowledge.errors import DatabaseBusy
from knowledge.premises import Premises
from knowledge.storage.database import Database
from knowledge.trainings import repository
from knowledge.trainings.models import Signup, SignupStatus, Training, TrainingStatus, signups
from knowledge.trainings.refusals import NotSignedUp, SignupClosed, TrainingNotFound
from knowledge.trainings.service import TrainingService
from tests.support.wordings import PlainTrainings

TRAINING = Training(
    id=0,
    title="Lägesbild i praktiken",
    county="07",
    themes=("lagesbild",),
    place="Växjö",
    starts_at=datetime.now(UTC) + timedelta(days=30),
    ends_at=datetime.now(UTC) + timedelta(days=30, hours=3),
    seats=10,
    taken=0,
    summary="",
    status=TrainingStatus.OPEN,
    sequence=0,
)


async def told(database: Database) -> list[str]:
    """Whom the outbox has something for."""
    async with database.read() as tx:
        return [*(await tx.execute(select(deliveries.c.target))).scalars()]


async def people(database: Database, count: int) -> list[Person]:
    directory = DirectoryService(database)
    return [
        await directory.meet(Met(tenant_id="t", object_id=f"p{n}", teams_id=f"29:{n}"))
        for n in range(count)
    ]


async def confirmed(database: Database, training_id: int) -> int:
    """How many people have a place, counted by rows."""
    query = select(func.count()).where(
        signups.c.training_id == training_id, signups.c.status == "confirmed"
    )
    async with database.read() as tx:
        return (await tx.execute(query)).scalar_one()


async def test_two_hundred_people_and_ten_seats(
    database: Database, trainings: TrainingService
) -> None:
    training = await trainings.add(TRAINING)
    crowd = await people(database, 200)
    results = await asyncio.gather(*(trainings.sign_up(person, training) for person in crowd))

    waiting = [signup for signup in results if signup.status is SignupStatus.WAITING]
    assert await confirmed(database, training) == 10
    assert sorted(signup.place_in_line for signup in waiting) == list(range(1, 191))


async def test_the_harness_finds_overselling_when_nothing_is_locked(
    database: Database, trainings: TrainingService
) -> None:
    """The control: looking in one transaction and writing in another must oversell."""
    training = await trainings.add(TRAINING)
    crowd = await people(database, 40)

    async def look_then_write(person: Person) -> None:
        if await confirmed(database, training) >= TRAINING.seats:
            return
        await asyncio.sleep(0.01)
        async with database.write() as tx:
            row = insert(signups).values(
                training_id=training,
                person_id=person.id,
                status="confirmed",
                calendar_token=f"token-{person.id}",
                calendar_uid=f"uid-{person.id}",
                created_at=datetime.now(UTC),
            )
            await tx.execute(row)

    await asyncio.gather(*(look_then_write(person) for person in crowd))

    assert await confirmed(database, training) > TRAINING.seats


async def two_processes(url: str, *, seats: int, crowd: int) -> list[Signup]:
    """Two processes' services, and people who tap at once, half of them in each."""
    first, second = Database(url), Database(url)
    here, there = (TrainingService(Premises(one), PlainTrainings()) for one in (first, second))
    training = await here.add(replace(TRAINING, seats=seats))
    everybody = await people(first, crowd)
    taps = [
        service.sign_up(person, training)
        for pair in zip(everybody[::2], everybody[1::2], strict=True)
        for service, person in zip((here, there), pair, strict=True)
    ]
    try:
        return await asyncio.gather(*taps)
    finally:
        await first.close()
        await second.close()


def is_right(served: list[Signup], seats: int) -> bool:
    """So many have a seat, and the others each their own place in one line."""
    line = sorted(one.place_in_line for one in served if one.status is SignupStatus.WAITING)
    return line == list(range(1, len(served) - seats + 1))


async def test_two_processes_serve_one_line(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("knowledge.trainings.desk.MOST_AT_ONCE", 7)
    assert is_right(await two_processes(database_url, seats=10, crowd=120), 10)


@pytest.mark.postgres
async def test_two_processes_without_a_lock_serve_two_lines(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: without the lock places are given twice, or the database refuses."""
    monkeypatch.setattr("knowledge.trainings.desk.MOST_AT_ONCE", 7)
    monkeypatch.setattr(repository, "find_training_for_update", repository.find_training)
    for _ in range(20):  # luck may put everybody right once
        try:
            served = await two_processes(postgres_url, seats=10, crowd=120)
        except (DBAPIError, DatabaseBusy):
            return
        if not is_right(served, 10):
            return
    pytest.fail("the lock makes no difference")


async def test_who_comes_while_others_are_served_is_served_with_the_next(
    database: Database, trainings: TrainingService
) -> None:
    training = await trainings.add(replace(TRAINING, seats=2))
    anna, berit, cecilia = await people(database, 3)
    first = asyncio.create_task(trainings.sign_up(anna, training))
    await asyncio.sleep(0)
    rest = await asyncio.gather(
        trainings.sign_up(berit, training),
        trainings.sign_up(cecilia, training),
        trainings.sign_up(berit, training),
        return_exceptions=True,
    )

    assert (await first).status is SignupStatus.CONFIRMED
    assert [(one.status, one.place_in_line, one.already) for one in rest] == [  # type: ignore[union-attr]
        (SignupStatus.CONFIRMED, 0, False),
        (SignupStatus.WAITING, 1, False),
        (SignupStatus.CONFIRMED, 0, True),
    ]


async def test_what_cannot_be_done_for_one_training_is_said_to_all_who_tapped_it(
    database: Database, trainings: TrainingService
) -> None:
    training = await trainings.add(TRAINING)
    crowd = await people(database, 5)
    wrong = [trainings.sign_up(person, training + 1) for person in crowd]
    right = [trainings.sign_up(person, training) for person in crowd]
    found = await asyncio.gather(*wrong, *right, return_exceptions=True)

    assert [type(one) for one in found] == [TrainingNotFound] * 5 + [Signup] * 5


async def leave(database: Database, *gone: Person) -> None:
    """They remove the app from their own chats."""
    directory = DirectoryService(database)
    for person in gone:
        await directory.remember_chat(person.id, f"a:{person.id}")
        await directory.mark_installed(person.tenant_id, f"a:{person.id}", False)


async def test_a_freed_seat_passes_over_who_is_gone_and_keeps_their_place(
    database: Database, trainings: TrainingService
) -> None:
    training = await trainings.add(replace(TRAINING, seats=1))
    anna, berit, cecilia = await people(database, 3)
    for person in (anna, berit, cecilia):
        await trainings.sign_up(person, training)
    await leave(database, berit)
    await trainings.withdraw(anna, training)

    assert await told(database) == [f"person:{cecilia.id}"]
    [signup] = await trainings.mine(berit)
    assert (signup.status, signup.place_in_line) == (SignupStatus.WAITING, 1)


@pytest.mark.parametrize("how", ["blocked", "forgotten"])
async def test_who_has_shut_the_bot_out_is_gone_too(
    database: Database, trainings: TrainingService, how: str
) -> None:
    training = await trainings.add(replace(TRAINING, seats=1))
    anna, berit, cecilia = await people(database, 3)
    for person in (anna, berit, cecilia):
        await trainings.sign_up(person, training)
    directory = DirectoryService(database)
    await directory.remember_chat(berit.id, "a:berit")
    away = directory.mark_blocked if how == "blocked" else directory.forget_chat
    await away(berit.tenant_id, "a:berit")
    await trainings.withdraw(anna, training)

    assert await told(database) == [f"person:{cecilia.id}"]


async def test_when_all_in_line_are_gone_the_seat_is_free_and_theirs_when_they_come_back(
    database: Database, trainings: TrainingService
) -> None:
    training = await trainings.add(replace(TRAINING, seats=2))
    anna, berit, cecilia, doris = await people(database, 4)
    for person in (anna, berit, cecilia):
        await trainings.sign_up(person, training)
    await leave(database, cecilia)
    for person in (anna, berit):
        await trainings.withdraw(person, training)
    assert (await trainings.get(training)).taken == 0
    assert (await trainings.sign_up(doris, training)).status is SignupStatus.CONFIRMED

    await DirectoryService(database).remember_chat(cecilia.id, f"a:{cecilia.id}")
    back = await trainings.sign_up(cecilia, training)
    assert (back.status, back.already) == (SignupStatus.CONFIRMED, True)
    assert (await trainings.get(training)).taken == await confirmed(database, training) == 2


async def test_ten_taps_by_one_person_are_one_sign_up(
    database: Database, trainings: TrainingService
) -> None:
    training = await trainings.add(TRAINING)
    [anna] = await people(database, 1)
    results = await asyncio.gather(*(trainings.sign_up(anna, training) for _ in range(10)))

    assert [signup.already for signup in results].count(False) == 1
    assert await confirmed(database, training) == 1


async def test_a_freed_seat_goes_to_the_first_in_line_in_the_same_act(
    database: Database, trainings: TrainingService
) -> None:
    training = await trainings.add(replace(TRAINING, seats=1))
    anna, berit, cecilia = await people(database, 3)
    for person in (anna, berit, cecilia):
        await trainings.sign_up(person, training)
    await trainings.withdraw(anna, training)

    assert await told(database) == [f"person:{berit.id}"]
    [signup] = await trainings.mine(berit)
    assert signup.status is SignupStatus.CONFIRMED
    assert (await trainings.get(training)).taken == 1
    with pytest.raises(NotSignedUp):
        await trainings.withdraw(anna, training)


async def test_leaving_and_coming_back_puts_you_last(
    database: Database, trainings: TrainingService
) -> None:
    training = await trainings.add(replace(TRAINING, seats=1))
    anna, berit, cecilia = await people(database, 3)
    for person in (anna, berit, cecilia):
        await trainings.sign_up(person, training)
    await trainings.withdraw(berit, training)
    again = await trainings.sign_up(berit, training)

    assert again.place_in_line == 2


async def test_signing_up_and_withdrawing_at_once_keep_the_seats_right(
    database: Database, trainings: TrainingService
) -> None:
    training = await trainings.add(replace(TRAINING, seats=5))
    crowd = await people(database, 30)
    await asyncio.gather(*(trainings.sign_up(person, training) for person in crowd[:15]))

    def acts() -> list[Callable[[], Awaitable[object]]]:
        leaving = [lambda p=p: trainings.withdraw(p, training) for p in crowd[:10]]
        coming = [lambda p=p: trainings.sign_up(p, training) for p in crowd[15:]]
        return [act for pair in zip(leaving, coming, strict=False) for act in pair]

    await asyncio.gather(*(act() for act in acts()))

    assert await confirmed(database, training) == 5
    assert (await trainings.get(training)).taken == 5


@pytest.mark.parametrize(
    "changed",
    [
        {"status": TrainingStatus.CANCELLED},
        {"status": TrainingStatus.CLOSED},
        {"starts_at": datetime.now(UTC) - timedelta(hours=1)},
    ],
)
async def test_what_is_over_or_closed_takes_nobody(
    database: Database, trainings: TrainingService, changed: dict[str, object]
) -> None:
    training = await trainings.add(replace(TRAINING, **changed))
    [anna] = await people(database, 1)
    with pytest.raises(SignupClosed):
        await trainings.sign_up(anna, training)
