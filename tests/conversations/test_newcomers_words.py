"""What newcomers and the worn out write: nothing is asked against what they wish."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from tests.support.builders import create_training
from tests.support.timers import timer_rows
from tests.support.town import Person, Town, town

SQUARE, SCHOOL = "Trygga torg", "Lugna skolor"


@pytest.fixture
async def kronoberg(sqlite_url: str) -> AsyncIterator[Town]:
    async with town(sqlite_url, now=lambda: datetime(2026, 11, 21, 12, tzinfo=UTC)) as running:
        for title, day in ((SQUARE, 3), (SCHOOL, 10)):
            at = datetime(2026, 12, day, 8, tzinfo=UTC)
            await create_training(running, title=title, county="07", starts_at=at)
        yield running


@pytest.fixture
async def anna(kronoberg: Town) -> Person:
    """Anna, who has a seat on one of the two trainings."""
    anna = kronoberg.person("Anna Alm")
    await anna.says("utbildningar")
    await anna.says("anmäl mig till 1")
    anna.hears("Du är anmäld")
    return anna


@pytest.mark.parametrize(
    "said",
    ["jag vill ha fler utskick", "kan du skicka fler nyhetsbrev till mig",
     "jag får för få utskick", "jag vill få mer meddelanden"],
)  # fmt: skip
async def test_who_asks_for_more_is_not_asked_whether_to_have_none(anna: Person, said: str) -> None:
    await anna.says(said)
    anna.does_not_hear("Ska jag")
    anna.does_not_hear("sluta skicka")
    anna.hears("ämnen")


@pytest.mark.parametrize("said", ["jag vill inte ha fler utskick", "jag vill slippa fler utskick"])
async def test_who_wants_no_more_is_still_asked(anna: Person, said: str) -> None:
    await anna.says(said)
    anna.hears("Ska jag sluta skicka utskick till dig?")


@pytest.mark.parametrize(
    "said",
    ["jag har blivit sjuk o kan inte vara med på kursen", "nej tack jag kan inte",
     "jag hinner inte på fredag", "orkar tyvärr inte gå på utbildningen"],
)  # fmt: skip
async def test_who_cannot_come_is_asked_whether_to_leave(anna: Person, said: str) -> None:
    await anna.says(said)
    anna.hears("Vill du avanmäla dig från Trygga torg?")
    await anna.says("ja")
    anna.hears("Du är avanmäld")


@pytest.mark.parametrize("said", ["jag kan inte logga in", "jag hinner inte läsa allt"])
async def test_other_things_that_cannot_be_done_are_no_leaving(anna: Person, said: str) -> None:
    await anna.says(said)
    anna.does_not_hear("Vill du avanmäla")


@pytest.mark.parametrize(
    "said",
    ["kan ja va med på lugna skolor?", "får jag vara med på Lugna skolor?",
     "kan jag vara me på lugna skolor"],
)  # fmt: skip
async def test_who_asks_to_take_part_is_asked_whether_to_sign_up(anna: Person, said: str) -> None:
    await anna.says("utbildningar")
    await anna.says(said)
    anna.hears("Ska jag anmäla dig till", SCHOOL)


@pytest.mark.parametrize(
    "said",
    ["vad vet du om mig egentligen", "vad händer om jag skriver radera mig",
     "kan ni radera mig sen", "vem kan se att jag är anmäld", "ser min chef att jag är anmäld?"],
)  # fmt: skip
async def test_who_wonders_what_is_kept_is_shown_it(anna: Person, said: str) -> None:
    await anna.says(said)
    anna.hears("Det här sparar jag om dig")


@pytest.mark.parametrize(
    "said",
    ["vilka uppgifter har du om bo?", "visa uppgifterna om Bo Berg",
     "vad har ni sparat om min chef"],
)  # fmt: skip
async def test_ones_own_data_is_not_shown_as_somebody_elses(anna: Person, said: str) -> None:
    await anna.says(said)
    anna.does_not_hear("Det här sparar jag")
    anna.hears("bara dina egna uppgifter")
    await anna.says("mina uppgifter")
    anna.hears("Det här sparar jag om dig")


@pytest.mark.parametrize(
    "said",
    [
        "avanmäl mig från ubåtskursen",
        "avboka min plats på ubåtskursen",
        "avanmäl mig från Havsbotten",
    ],
)
async def test_no_other_seat_is_left_than_the_one_that_was_named(anna: Person, said: str) -> None:
    await anna.says(said)
    anna.does_not_hear("Vill du avanmäla")
    anna.hears("Du är inte anmäld till någon utbildning som passar in på", SQUARE)


@pytest.mark.parametrize("said", ["anmäl mig till ubåtskursen", "boka plats på ubåtskursen"])
async def test_no_other_training_is_asked_about_than_was_named(
    kronoberg: Town, anna: Person, said: str
) -> None:
    for one in (anna, kronoberg.person("Bo Berg")):
        await one.says(said)
        one.does_not_hear("Vill du anmäla")
        one.hears("Jag hittar ingen utbildning som passar in på ”ubåtskursen”", SCHOOL)


@pytest.mark.parametrize("said", ["avanmäl mig från trygghetskursen", "avboka kursen, jag är sjuk"])
async def test_what_may_be_the_seat_is_still_asked_about(anna: Person, said: str) -> None:
    await anna.says(said)
    anna.hears("Vill du avanmäla dig från Trygga torg?")


@pytest.mark.parametrize(
    "said",
    ["ställ in utbildningen om färre än 5 anmäler sig", "ställ in kursen om det blir snöstorm",
     "ställ in Trygga torg ifall ingen kommer"],
)  # fmt: skip
async def test_nothing_is_called_off_on_a_condition(kronoberg: Town, said: str) -> None:
    kerstin = await kronoberg.coordinator("Kerstin Karlsson", "07")
    await kerstin.says(said)
    kerstin.hears("Jag kan inte bevaka villkor, så jag har inte ställt in något.")


async def test_what_a_training_is_about_is_no_condition(kronoberg: Town) -> None:
    kerstin = await kronoberg.coordinator("Kerstin Karlsson", "07")
    await kerstin.says("ställ in utbildningen om våld i nära relationer")
    kerstin.does_not_hear("villkor")


@pytest.mark.parametrize(
    "said", ["hur gick det, vad tyckte dom", "vad tyckte folk om kursen", "skicka utvärdering"]
)
async def test_what_they_thought_is_the_evaluation(kronoberg: Town, said: str) -> None:
    kerstin = await kronoberg.coordinator("Kerstin Karlsson", "07")
    await kerstin.says(said)
    kerstin.hears("utvärdering")
    kerstin.does_not_hear("Varför kom lagen")


async def test_how_many_were_trained_are_the_yearly_figures(kronoberg: Town) -> None:
    kerstin = await kronoberg.coordinator("Kerstin Karlsson", "07")
    await kerstin.says("hur många har gått utbildningar i år")
    kerstin.hears("Utbildningar 2026, Kronobergs län")


@pytest.mark.parametrize("said", ["den var bra", "kursen var jättebra"])
async def test_praise_is_no_question(anna: Person, said: str) -> None:
    await anna.says(said)
    anna.does_not_hear("Menade du")
    anna.does_not_hear("?")


async def test_no_reminder_comes_into_a_story_of_an_earlier_day(
    kronoberg: Town, anna: Person
) -> None:
    """It is told on 21 November: the one for 3 December comes on the 26th, whatever day it is."""
    while await kronoberg.tryggve.clockwork.ring():
        pass

    assert not [one for one in anna.inbox() if "Snart är det dags" in str(one)]
    rows = (await timer_rows(kronoberg.tryggve.database)).values()
    assert [one["kind"] for one in rows].count("training_reminder") == 2
