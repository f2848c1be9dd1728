"""Somebody came without a seat: noted by who holds the training, told, and able to say no."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from knowledge.trainings.attendance.models import attendance
from knowledge.trainings.models import signups, trainings
from tests.conversations.test_check_in import takes_part
from tests.conversations.test_plan_training import CLOCK, kerstin, november, publishes
from tests.support.town import Person, Town

__all__ = ["kerstin", "november"]

STARTS = datetime(2026, 12, 10, 8, tzinfo=UTC)
NEXT_MORNING = datetime(2026, 12, 11, 7, 5, tzinfo=UTC)


@pytest.fixture
async def dan(november: Town, kerstin: Person) -> Person:
    """Both seats are taken, Cia waits, and Dan has never signed up. It begins."""
    await publishes(kerstin, seats="2")
    await takes_part(november, "Anna Alm", "Bo Berg", "Cia Ceder")
    for name in ("Cia Ceder", "Dan Dahl", "Dan Dahlberg", "Dan Ek"):
        person = november.person(name)
        await person.installs()
        await person.says("byt kommun till Växjö")
    CLOCK["now"] = STARTS
    await kerstin.says("incheckning")
    await kerstin.says("Anna Alm är här")
    return november.person("Dan Dahl")


async def notes(kerstin: Person, name: str = "Dan Dahl") -> None:
    await kerstin.says("incheckning")
    await kerstin.says(f"{name} kom utan plats")
    await kerstin.says("ja")


async def rows(town: Town) -> tuple[int, int, list[tuple[str, bool]]]:
    """Seats taken, sign-ups, and the marks."""
    async with town.tryggve.database.read() as tx:
        taken = (await tx.execute(select(trainings.c.taken))).scalar_one()
        count = len((await tx.execute(select(signups.c.id))).all())
        marks = await tx.execute(select(attendance.c.mark, attendance.c.walk_in))
        return taken, count, sorted((mark, bool(walk_in)) for mark, walk_in in marks)


@pytest.mark.both_databases
async def test_who_came_without_a_seat_is_asked_about_noted_and_told(
    november: Town, kerstin: Person, dan: Person
) -> None:
    await kerstin.says("Dan Dahl är här")
    kerstin.hears("Jag hittar ingen med en plats", "Skriv ”Dan Dahl kom utan plats”")
    await kerstin.says("Dan Dahl kom utan plats")
    kerstin.hears("Ska jag notera att Dan Dahl, Växjö, var på Trygga torg på riktigt utan plats?")
    assert (await rows(november))[2] == [("present", False)]
    await kerstin.says("ja")
    kerstin.hears(
        "Dan Dahl är noterad som här, utan plats",
        "2 är här, 0 är borta och 1 har inte prickats. 1 av dem kom utan plats.",
        "Dan Dahl, Växjö (utan plats)",
    )
    await dan.is_told("Du är noterad som närvarande på Trygga torg på riktigt")
    dan.hears("Kerstin Karlsson har noterat att du kom utan att ha en plats.")
    assert await rows(november) == (2, 3, [("present", False), ("present", True)])


@pytest.mark.both_databases
async def test_it_counts_as_for_others(november: Town, kerstin: Person, dan: Person) -> None:
    await notes(kerstin)
    CLOCK["now"] = NEXT_MORNING
    await november.tryggve.background.do("evaluations")
    await dan.is_told("Vad tyckte du om Trygga torg på riktigt?")
    await dan.says("mitt intyg")
    dan.hears("Intyg: Trygga torg på riktigt", "kontrollera det med koden")
    await kerstin.says("hur många kom?")
    kerstin.hears("1 av 2 kom. Dessutom kom 1 utan plats. 1 har inte prickats")
    figures = await november.tryggve.training_parts.figures.of(None, 2026, "07")
    assert figures.total.trainings == 1


async def test_only_who_was_noted_comes_where_nobody_else_was_ticked(
    november: Town, kerstin: Person, dan: Person
) -> None:
    """That one came without a seat does not tell that the others did not come."""
    await kerstin.says("ångra Anna Alm")
    await notes(kerstin)
    CLOCK["now"] = NEXT_MORNING
    await november.tryggve.background.do("evaluations")
    for name in ("Anna Alm", "Bo Berg", "Dan Dahl"):
        await november.person(name).is_told("Vad tyckte du om")


@pytest.mark.both_databases
@pytest.mark.parametrize("way", ["typed", "tapped"])
async def test_jag_var_inte_där(november: Town, kerstin: Person, dan: Person, way: str) -> None:
    await notes(kerstin)
    await dan.is_told("Du är noterad som närvarande")
    if way == "tapped":
        await dan.taps("Jag var inte där")
    else:
        await dan.says("jag var inte där")
        dan.hears("Var du inte på Trygga torg på riktigt?", "torsdag 10 december 2026")
        await dan.says("ja")
    dan.hears("Jag har tagit bort att du var på Trygga torg på riktigt.")
    CLOCK["now"] = NEXT_MORNING
    await dan.says("mitt intyg")
    dan.hears("Du har inte gått någon utbildning")
    await kerstin.says("incheckning")
    kerstin.does_not_hear("Dan Dahl")
    await kerstin.says("Dan Dahl kom utan plats")
    kerstin.hears("Dan Dahl har själv sagt sig inte ha varit där")


async def test_who_has_a_seat_can_say_so_too(november: Town, kerstin: Person, dan: Person) -> None:
    anna = november.person("Anna Alm")
    await anna.says("jag var inte där")
    await anna.says("nej")
    anna.hears("Då ändrar jag inget.")
    await anna.says("jag var inte där")
    await anna.says("ja")
    await kerstin.says("incheckning")
    kerstin.hears("Anna Alm, Okänd kommun (borta)")
    await dan.says("jag var inte där")
    dan.hears("Ingen har noterat att du var på någon utbildning")


@pytest.mark.parametrize(
    "said",
    [
        "ta bort min närvaro",
        "kan du ta bort min närvaro? jag var aldrig där",
    ],
)
async def test_in_other_words_it_is_asked_first(kerstin: Person, dan: Person, said: str) -> None:
    await notes(kerstin)
    await dan.is_told("Du är noterad som närvarande")
    await dan.says(said)
    dan.hears("Var du inte på Trygga torg på riktigt?")
    await dan.says("ja")
    dan.hears("Jag har tagit bort att du var på")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Dan kom utan plats", "3 i länet heter ”Dan”"),
        ("lägg till Nils Nilsson", "Jag känner ingen i länet som heter ”Nils Nilsson”"),
        ("Cia Ceder kom ändå", "Ska jag notera att Cia Ceder, Växjö"),
        ("utan plats: Dan Ek", "Ska jag notera att Dan Ek, Växjö"),
        ("kom Dan Dahl utan plats?", "Incheckning"),
    ],
)
async def test_whom_a_name_means(
    november: Town, kerstin: Person, dan: Person, said: str, told: str
) -> None:
    await kerstin.says("incheckning")
    await kerstin.says(said)
    if told != "Incheckning":
        kerstin.hears(told)
    assert (await rows(november))[2] == [("present", False)]


async def test_one_of_several_is_chosen_by_number_and_no_is_no(
    november: Town, kerstin: Person, dan: Person
) -> None:
    await kerstin.says("incheckning")
    await kerstin.says("Dan kom utan plats")
    kerstin.hears("1 – Dan Dahl, Växjö", "2 – Dan Dahlberg, Växjö", "3 – Dan Ek, Växjö")
    await kerstin.says("3")
    kerstin.hears("Ska jag notera att Dan Ek, Växjö")
    await kerstin.says("nej")
    kerstin.hears("Jag har inte noterat någon.")
    assert (await rows(november))[2] == [("present", False)]


@pytest.mark.parametrize(
    "moment", [STARTS - timedelta(minutes=1), STARTS + timedelta(days=1, hours=4)]
)
async def test_only_from_the_start_until_a_day_after(
    november: Town, kerstin: Person, dan: Person, moment: datetime
) -> None:
    CLOCK["now"] = moment
    await kerstin.says("incheckning")
    await kerstin.says("Dan Dahl kom utan plats")
    kerstin.hears("kan noteras från att träffen börjar till ett dygn efter att den är slut.")


@pytest.mark.both_databases
async def test_the_database_keeps_the_promises(
    november: Town, kerstin: Person, dan: Person
) -> None:
    """Who did not come has not come without a seat; and no seat is taken beyond what there is."""
    await notes(kerstin)
    changed = update(attendance).where(attendance.c.walk_in)
    with pytest.raises(IntegrityError):
        async with november.tryggve.database.write() as tx:
            await tx.execute(changed.values(mark="absent"))
    with pytest.raises(IntegrityError):
        async with november.tryggve.database.write() as tx:
            await tx.execute(update(trainings).values(taken=trainings.c.seats + 1))
    await kerstin.says("Dan Dahl är borta")
    kerstin.does_not_hear("Dan Dahl, Växjö")
    assert (await rows(november))[0] == 2
