"""An old list, and what was on it is over by now, or closed: it is said so, with what is open."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from tests.support.builders import create_training
from tests.support.town import Person, Town, town

LAW, TALK, WALK = "Lagen på en förmiddag", "Medling i praktiken", "Trygg vandring"
CLOCK = {"now": datetime(2027, 1, 8, 12, tzinfo=UTC)}


@pytest.fixture
async def january(sqlite_url: str) -> AsyncIterator[Town]:
    """Three trainings; one may sign up for the second until the day before."""
    CLOCK["now"] = datetime(2027, 1, 8, 12, tzinfo=UTC)
    async with town(sqlite_url, now=lambda: CLOCK["now"]) as running:
        for title, day, last in (
            (LAW, datetime(2027, 1, 12, 8, tzinfo=UTC), None),
            (TALK, datetime(2027, 1, 20, 8, tzinfo=UTC), datetime(2027, 1, 11, 23, tzinfo=UTC)),
            (WALK, datetime(2027, 2, 3, 8, tzinfo=UTC), None),
        ):
            await create_training(
                running, title=title, starts_at=day, sign_up_until=last, taken=1, seats=2
            )
        yield running


@pytest.fixture
async def anna(january: Town) -> Person:
    """Anna, who saw all three, and comes back when the first is over."""
    anna = january.person("Anna Alm")
    await anna.says("utbildningar")
    anna.hears(LAW, TALK, WALK)
    CLOCK["now"] = datetime(2027, 1, 13, 12, tzinfo=UTC)
    return anna


OVER = f"{LAW} har redan varit, så det går inte längre att anmäla sig."
CLOSED = f"Sista dagen att anmäla sig till {TALK} var 11 januari 2027."


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("1", OVER),
        ("anmäl mig till 1", OVER),
        ("anmäl mig till den första", OVER),
        ("jag vill gå 1", OVER),
        (f"anmäl mig till {LAW}", OVER),
        ("2", CLOSED),
        ("anmäl mig till 2", CLOSED),
        ("ställ mig i kö till 2", CLOSED),
    ],
)
async def test_what_is_over_or_closed_is_said_with_what_is_open(
    anna: Person, said: str, told: str
) -> None:
    await anna.says(said)
    anna.hears(told, "1 – Trygg vandring")
    anna.does_not_hear("Ska jag anmäla dig")
    await anna.says("1")
    anna.hears("Du är anmäld", WALK)


async def test_of_several_the_open_ones_are_still_meant(anna: Person) -> None:
    await anna.says("anmäl mig till 1 och 3")
    anna.hears(OVER, f"Ska jag anmäla dig till {WALK}")
    await anna.says("ja")
    anna.hears("Du är anmäld", WALK)


async def test_no_list_shows_what_has_begun(anna: Person) -> None:
    await anna.says("5")
    anna.does_not_hear(LAW)
    await anna.says("visa alla")
    anna.hears(WALK)
    anna.does_not_hear(LAW)


async def test_when_all_of_it_is_over_the_list_is_made_anew(january: Town, anna: Person) -> None:
    day = datetime(2027, 3, 3, 8, tzinfo=UTC)
    await create_training(january, title="Grannsamverkan", starts_at=day)
    CLOCK["now"] = datetime(2027, 2, 4, 12, tzinfo=UTC)
    await anna.says("visa alla")
    anna.hears("Grannsamverkan")
    anna.does_not_hear(WALK)


async def test_who_has_a_seat_hears_so(january: Town) -> None:
    anna = january.person("Anna Alm")
    await anna.says("utbildningar")
    await anna.says("anmäl mig till 2")
    anna.hears("Du är anmäld")
    CLOCK["now"] = datetime(2027, 1, 13, 12, tzinfo=UTC)
    await anna.says("anmäl mig till 2")
    anna.hears("Du är redan anmäld")


async def test_who_holds_it_is_not_invited_to_stand_in_line(january: Town) -> None:
    kerstin = await january.coordinator("Kerstin Karlsson", "07")
    bo = january.person("Bo Berg")
    await bo.says("utbildningar")
    await bo.says("anmäl mig till 1")
    await kerstin.says("utbildningar jag håller")
    await kerstin.taps("Visa 1")
    change = kerstin.button("Ändra")
    CLOCK["now"] = datetime(2027, 1, 13, 12, tzinfo=UTC)
    await kerstin.says("utbildningar jag håller")
    await kerstin.says(LAW)
    kerstin.hears("Har varit.")
    kerstin.does_not_hear("ställa dig i kö")
    await kerstin.taps_action(change)
    kerstin.hears("redan slut")
    kerstin.does_not_hear("igång")
