"""What is changed while others sign up: never more people than seats, and everything noted."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from knowledge.directory.models import Person
from knowledge.directory.service import DirectoryService
from knowledge.premises import Premises
from knowledge.storage.database import Database
from knowledge.trainings import history
from knowledge.trainings.models import SignupStatus, TrainingStatus, signups
from knowledge.trainings.planning.models import Plan
from knowledge.trainings.planning.refusals import (
    ChangedMeanwhile,
    NotACoordinator,
    NotFound,
    NotHeldBy,
    NotNow,
    PlanFaulty,
    TooFewSeats,
)
from knowledge.trainings.planning.service import PlanningService
from knowledge.trainings.refusals import NotSignedUp, SignupClosed
from knowledge.trainings.service import TrainingService
from tests.knowledge.trainings.test_service import people, told
from tests.support.wordings import PlainTrainings

STARTS = datetime.now(UTC).replace(microsecond=0) + timedelta(days=30)
PLAN = Plan(
    title="Lägesbild i praktiken",
    place="Växjö",
    starts_at=STARTS,
    ends_at=STARTS + timedelta(hours=3),
    seats=5,
    owners=("07",),
)


@pytest.fixture
def planning(database: Database) -> PlanningService:
    return PlanningService(Premises(database, lambda: datetime.now(UTC)), PlainTrainings())


@pytest.fixture
async def kerstin(database: Database) -> Person:
    return await coordinator(database, "07")


async def coordinator(database: Database, county: str) -> Person:
    directory = DirectoryService(database)
    [person] = [(await people(database, 91))[-1]] if county == "07" else await people(database, 1)
    await directory.grant(person.tenant_id, person.object_id, county)
    found = await directory.find_person(person.tenant_id, person.object_id)
    assert found is not None
    return found


async def published(planning: PlanningService, person: Person, **changed: object) -> int:
    draft = await planning.save_draft(person, replace(PLAN, **changed))  # type: ignore[arg-type]
    return (await planning.publish(person, draft.id, draft.version)).training.id


async def rows(database: Database, training_id: int) -> list[tuple[int, str]]:
    query = select(signups.c.person_id, signups.c.status).order_by(signups.c.id)
    async with database.read() as tx:
        found = await tx.execute(query.where(signups.c.training_id == training_id))
        return [(person, status) for person, status in found]


async def test_seats_are_right_whatever_happens_at_once(
    database: Database,
    trainings: TrainingService,
    planning: PlanningService,
    kerstin: Person,
) -> None:
    training = await published(planning, kerstin)
    crowd = (await people(database, 60))[:60]

    async def changes(seats: int) -> None:
        known = (await planning.get(kerstin, training)).training
        plan = replace(Plan.of(known), seats=seats)
        with contextlib.suppress(ChangedMeanwhile, TooFewSeats):
            await planning.change(kerstin, training, known.version, plan)

    async def leaves(person: Person) -> None:
        with contextlib.suppress(NotSignedUp):
            await trainings.withdraw(person, training)

    acts: list[Callable[[], Awaitable[object]]] = [
        lambda p=p: trainings.sign_up(p, training)
        for p in crowd  # type: ignore[misc]
    ]
    for place, seats in enumerate((8, 3, 12, 10, 20)):
        acts.insert(place * 9 + 5, lambda s=seats: changes(s))  # type: ignore[misc]
    for place, person in enumerate(crowd[:10]):
        acts.insert(place * 5 + 7, lambda p=person: leaves(p))  # type: ignore[misc]
    await asyncio.gather(*(act() for act in acts))

    known = (await planning.get(kerstin, training)).training
    states = [status for _, status in await rows(database, training) if status != "withdrawn"]
    assert states.count("confirmed") == known.taken == min(known.seats, len(states))
    assert states == sorted(states)  # nobody was passed over: first the confirmed, then the waiting


async def test_every_change_of_a_training_is_noted(
    database: Database, planning: PlanningService, kerstin: Person
) -> None:
    training = await published(planning, kerstin)
    known = (await planning.get(kerstin, training)).training
    await planning.change(kerstin, training, known.version, replace(PLAN, seats=9, place="Lund"))
    await planning.close(kerstin, training)
    await planning.reopen(kerstin, training)
    await planning.cancel(kerstin, training, "Storm")

    noted = await planning.history(kerstin, training)
    assert [(one.was, one.became, one.note) for one in noted] == [
        ("", "draft", ""),
        ("draft", "open", ""),
        ("open", "open", "place,seats"),
        ("open", "closed", ""),
        ("closed", "open", ""),
        ("open", "cancelled", ""),
    ]
    assert {one.act.by for one in noted} == {kerstin.id}


async def test_who_is_promoted_by_more_seats_is_noted_and_told_once(
    database: Database,
    trainings: TrainingService,
    planning: PlanningService,
    kerstin: Person,
) -> None:
    training = await published(planning, kerstin, seats=1)
    anna, berit, cecilia = await people(database, 3)
    for person in (anna, berit, cecilia):
        await trainings.sign_up(person, training)
    known = (await planning.get(kerstin, training)).training
    done = await planning.change(kerstin, training, known.version, replace(Plan.of(known), seats=2))

    assert (done.told, done.promoted, done.training.taken) == (0, 1, 2)
    assert await told(database) == [f"person:{berit.id}"]
    async with database.read() as tx:
        noted = await history.list_of_signups(tx, training, berit.id)
    assert [(one.act.by, one.became) for one in noted] == [
        (berit.id, SignupStatus.WAITING),
        (kerstin.id, SignupStatus.CONFIRMED),
    ]


async def test_of_two_who_change_it_at_once_one_is_told_so(
    planning: PlanningService, kerstin: Person
) -> None:
    training = await published(planning, kerstin)
    known = (await planning.get(kerstin, training)).training
    both = await asyncio.gather(
        *(
            planning.change(kerstin, training, known.version, replace(PLAN, place=place))
            for place in ("Lund", "Kalmar")
        ),
        return_exceptions=True,
    )
    assert sum(isinstance(one, ChangedMeanwhile) for one in both) == 1


async def test_who_signs_up_while_it_is_called_off_is_told_or_refused(
    database: Database,
    trainings: TrainingService,
    planning: PlanningService,
    kerstin: Person,
) -> None:
    training = await published(planning, kerstin)
    crowd = (await people(database, 20))[:20]
    done = await asyncio.gather(
        *(trainings.sign_up(person, training) for person in crowd[:10]),
        planning.cancel(kerstin, training, "Storm"),
        *(trainings.sign_up(person, training) for person in crowd[10:]),
        return_exceptions=True,
    )
    joined = len(await rows(database, training))
    refused = sum(isinstance(one, SignupClosed) for one in done)
    assert joined + refused == 20
    assert len(await told(database)) == joined


async def test_power_is_looked_at_in_the_act(
    database: Database, planning: PlanningService, kerstin: Person
) -> None:
    training = await published(planning, kerstin)
    other = await coordinator(database, "12")
    draft = await planning.save_draft(kerstin, PLAN)
    acts = (
        lambda who: planning.close(who, training),
        lambda who: planning.cancel(who, training, "Storm"),
        lambda who: planning.change(who, training, 1, PLAN),
    )
    for act in acts:
        with pytest.raises(NotHeldBy):
            await act(other)
    with pytest.raises(NotFound):
        await planning.publish(other, draft.id, draft.version)
    with pytest.raises(NotACoordinator):
        await planning.save_draft(other, PLAN)
    await DirectoryService(database).revoke(kerstin.tenant_id, kerstin.object_id, "07")
    for act in acts:
        with pytest.raises(NotACoordinator):
            await act(kerstin)


async def test_a_draft_whose_day_has_come_is_not_published(
    database: Database, kerstin: Person
) -> None:
    clock = {"now": datetime.now(UTC)}
    planning = PlanningService(Premises(database, lambda: clock["now"]), PlainTrainings())
    draft = await planning.save_draft(kerstin, PLAN)
    clock["now"] = STARTS
    with pytest.raises(PlanFaulty, match="past"):
        await planning.publish(kerstin, draft.id, draft.version)


async def test_what_is_over_is_not_called_off_and_a_draft_not_closed(
    database: Database, kerstin: Person
) -> None:
    clock = {"now": datetime.now(UTC)}
    planning = PlanningService(Premises(database, lambda: clock["now"]), PlainTrainings())
    training = await published(planning, kerstin)
    draft = await planning.save_draft(kerstin, PLAN)
    with pytest.raises(NotNow):
        await planning.close(kerstin, draft.id)
    clock["now"] = PLAN.ends_at
    with pytest.raises(NotNow):
        await planning.cancel(kerstin, training, "Storm")
    assert (await planning.get(kerstin, training)).training.status is TrainingStatus.OPEN
