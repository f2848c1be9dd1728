"""A week and a day before a training each participant is reminded, if the facts are the same."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from knowledge.trainings import holding
from knowledge.trainings.models import trainings
from knowledge.trainings.planning.models import Plan
from knowledge.trainings.reminders import KIND
from tests.support.builders import create_training
from tests.support.deliveries import rows
from tests.support.timers import the_time_has_come, timer_rows
from tests.support.town import Person, Town, town

pytestmark = pytest.mark.both_databases


async def signs_up(person: Person) -> None:
    await person.says("utbildningar")
    await person.taps("Anmäl mig till 1")
    person.hears("Du är anmäld")


async def the_day_before(tryggve: Town) -> None:
    """The reminder of a week before has come too."""
    await the_time_has_come(tryggve.tryggve, KIND)


async def change(tryggve: Town, training: int, **values: object) -> None:
    async with tryggve.tryggve.database.write() as tx:
        await tx.execute(update(trainings).where(trainings.c.id == training).values(**values))


def reminders(person: Person) -> int:
    return len(told_soon(person))


def told_soon(person: Person) -> list[object]:
    return [one for one in person.inbox() if "Snart är det dags" in str(one)]


async def test_a_participant_is_reminded_twice_at_most(tryggve: Town, anna: Person) -> None:
    await create_training(tryggve, title="Lägesbild i praktiken")
    await signs_up(anna)
    await the_day_before(tryggve)

    await anna.is_told("Snart är det dags")
    anna.hears("Lägesbild i praktiken", "Plats: Växjö")
    await anna.taps("Jag kan inte komma")
    anna.hears("Du är avanmäld från Lägesbild i praktiken", "ångra")
    await anna.says("ångra")
    anna.hears("Du är anmäld", "Lägesbild i praktiken")
    await the_day_before(tryggve)
    assert len(await reminders_in_the_outbox(tryggve)) == 2


async def test_reminders_come_a_week_and_24_hours_before(tryggve: Town, anna: Person) -> None:
    starts_at = datetime.now(UTC) + timedelta(days=10)
    training = await create_training(tryggve, starts_at=starts_at)
    await signs_up(anna)

    known = await timer_rows(tryggve.tryggve.database)
    due = {key: row["due"] for key, row in known.items() if row["kind"] == KIND}
    assert all(key.startswith(f"reminder:{training}:") for key in due)
    assert sorted(due.values()) == [
        pytest.approx((starts_at - before).timestamp())
        for before in (timedelta(days=7), timedelta(hours=24))
    ]


async def test_who_signs_up_a_week_before_is_reminded_once(tryggve: Town, anna: Person) -> None:
    await create_training(tryggve, starts_at=datetime.now(UTC) + timedelta(days=7, hours=5))
    await signs_up(anna)
    await the_day_before(tryggve)

    await anna.is_told("Snart är det dags")
    assert reminders(anna) == 1


async def test_who_wants_no_reminders_gets_none_until_they_are_on_again(
    tryggve: Town, anna: Person
) -> None:
    await create_training(tryggve)
    await signs_up(anna)
    await anna.says("stäng av påminnelser")
    anna.hears("Jag påminner dig inte")
    await the_day_before(tryggve)

    later = datetime.now(UTC) + timedelta(days=40)  # not at the same time as the other
    await create_training(tryggve, title="Medborgarlöften", starts_at=later)
    await anna.says("anmäl mig till medborgarlöften")
    await anna.says("stäng av påminnelser")
    await anna.taps("Sätt på påminnelser")
    anna.hears("Jag påminner dig en vecka och en dag före")
    await the_day_before(tryggve)
    await anna.is_told("Snart är det dags")
    assert {"Medborgarlöften" in str(one) for one in told_soon(anna)} == {True}


async def test_what_is_moved_is_reminded_of_anew_and_never_thrice_for_the_same_time(
    tryggve: Town, anna: Person
) -> None:
    kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
    await kerstin.says("hej")
    training = await create_training(tryggve)
    await signs_up(anna)
    await the_day_before(tryggve)
    await tryggve.until(lambda: reminders(anna) == 2)
    speaker = await tryggve.tryggve.directory.find_person(kerstin.tenant, kerstin.object_id)
    assert speaker is not None
    planning = tryggve.tryggve.training_parts.planning
    first = (await planning.get(speaker, training)).training
    later = replace(
        Plan.of(first),
        starts_at=first.starts_at + timedelta(days=1),
        ends_at=first.ends_at + timedelta(days=1),
    )
    await planning.change(speaker, training, first.version, later)
    await the_day_before(tryggve)
    await tryggve.until(lambda: reminders(anna) == 4)
    await planning.change(speaker, training, first.version + 1, Plan.of(first))
    await the_day_before(tryggve)
    assert len(await reminders_in_the_outbox(tryggve)) == 4


async def test_who_signs_up_on_the_last_day_needs_no_reminder(tryggve: Town, anna: Person) -> None:
    await create_training(tryggve, starts_at=datetime.now(UTC) + timedelta(hours=23))
    await signs_up(anna)

    assert KIND not in {
        row["kind"] for row in (await timer_rows(tryggve.tryggve.database)).values()
    }


@pytest.mark.parametrize(
    "changed",
    [{"status": "cancelled"}, {"starts_at": datetime.now(UTC) + timedelta(days=90)}],
    ids=["cancelled", "moved"],
)
async def test_nobody_is_reminded_of_what_was_cancelled_or_moved(
    tryggve: Town, anna: Person, changed: dict[str, object]
) -> None:
    training = await create_training(tryggve)
    await signs_up(anna)
    await change(tryggve, training, **changed)
    await the_day_before(tryggve)

    berit = tryggve.person("Berit Berg")  # the control: a reminder does come in this town
    await create_training(tryggve, title="Medborgarlöften")
    await berit.says("anmäl mig till medborgarlöften")
    await the_day_before(tryggve)
    await berit.is_told("Snart är det dags")
    assert reminders(anna) == 0


async def test_the_reminder_follows_the_seat(tryggve: Town, anna: Person) -> None:
    await create_training(tryggve, seats=1)
    berit = tryggve.person("Berit Berg")
    await signs_up(anna)
    await berit.says("utbildningar")
    await berit.taps("Ställ mig i kö till 1")
    await anna.says("avanmäl mig")
    await anna.taps("Ja, avanmäl mig")
    await the_time_has_come(tryggve.tryggve, holding.KIND)
    await the_day_before(tryggve)

    await berit.is_told("Snart är det dags")
    await tryggve.until(lambda: reminders(berit) == 2)
    assert reminders(anna) == 0


async def test_nobody_is_reminded_at_night(database_url: str) -> None:
    night = datetime(2040, 11, 26, 21, tzinfo=UTC)  # not yet, on the database's clock
    async with town(database_url, now=lambda: night, quiet_hours="20:00-07:00") as tryggve:
        anna = tryggve.person("Anna Alm")
        await create_training(tryggve, starts_at=night + timedelta(days=30))
        await signs_up(anna)
        await the_day_before(tryggve)

        morning = datetime(2040, 11, 27, 6, tzinfo=UTC).timestamp()
        waiting = await reminders_in_the_outbox(tryggve)
        assert [row["due"] for row in waiting] == [morning, morning]


async def reminders_in_the_outbox(tryggve: Town) -> list[dict[str, object]]:
    return [row for row in await rows(tryggve.tryggve.database) if "reminder:" in row["group_key"]]
