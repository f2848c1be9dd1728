"""After a sign-up or a withdrawal: another training instead, and whether it is done."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from tests.support.builders import create_training
from tests.support.town import Person, Town, town

LAW, TALK, SCREEN = "Lagen på en förmiddag", "Medling i praktiken", "Lägesbild från början"


@pytest.fixture
async def november(sqlite_url: str) -> AsyncIterator[Town]:
    async with town(sqlite_url, now=lambda: datetime(2026, 11, 21, 12, tzinfo=UTC)) as running:
        yield running


async def _signs_up(november: Town, *, seats: int = 20) -> Person:
    """Anna, who has just been signed up for the first of two."""
    for title, month, room in ((LAW, 12, 20), (TALK, 1, seats)):
        day = datetime(2027 if month == 1 else 2026, month, 14, 12, tzinfo=UTC)
        await create_training(november, title=title, starts_at=day, seats=room)
    anna = november.person("Anna Alm")
    await anna.says("utbildningar")
    await anna.says("anmäl mig till 1")
    anna.hears("Du är anmäld", LAW)
    return anna


@pytest.mark.parametrize(
    "said",
    [
        "kan jag byta till den andra istället",
        "byt till 2",
        "Jag vill hellre gå Medling i praktiken i stället",
        "kan jag byta kurs till den i januari?",
    ],
)
async def test_another_instead_is_asked_about_and_done_with_a_yes(
    november: Town, said: str
) -> None:
    anna = await _signs_up(november)
    await anna.says(said)
    anna.hears(f"Ska jag avanmäla dig från {LAW} och anmäla dig till {TALK}")
    await anna.says("ja")
    anna.hears(f"Du är avanmäld från {LAW}.", "Du är anmäld", TALK)
    await anna.says("mina utbildningar")

    anna.hears(TALK)
    anna.does_not_hear(LAW)


async def test_whoever_must_wait_for_the_other_keeps_the_place(november: Town) -> None:
    anna = await _signs_up(november, seats=0)
    await anna.says("kan jag byta till den andra?")
    await anna.says("ja")
    anna.hears(f"Du har kvar platsen på {LAW}.", "Du står i kö", TALK)
    await anna.says("mina utbildningar")

    anna.hears(LAW, TALK)


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("kan jag byta till den andra istället", "nej"),
        ("jag vill inte byta till den andra", "ja"),
        ("Karin sa att jag ska byta till den andra", "ja"),
        ("jag vill byta till Ljungby kommun", "nej"),
    ],
)
async def test_what_is_not_wished_or_about_something_else_moves_nobody(
    november: Town, said: str, answer: str
) -> None:
    anna = await _signs_up(november)
    await anna.says(said)
    await anna.says(answer)
    await anna.says("mina utbildningar")

    anna.hears(LAW)
    anna.does_not_hear(TALK)


async def test_it_is_told_how_where_there_are_several_others(november: Town) -> None:
    day = datetime(2027, 2, 4, 12, tzinfo=UTC)
    await create_training(november, title=SCREEN, starts_at=day)
    anna = await _signs_up(november)
    await anna.says("kan man byta till någon annan?")
    anna.hears("Vilken vill du byta till?", "”byt till 2”", "Du har kvar platsen")
    await anna.says("byt till 3")

    anna.hears(f"Ska jag avanmäla dig från {LAW} och anmäla dig till {SCREEN}")


@pytest.mark.parametrize("said", ["är det borta nu?", "är jag avanmäld nu", "gick det igenom?"])
async def test_after_a_withdrawal_it_is_told_what_stands(november: Town, said: str) -> None:
    anna = await _signs_up(november)
    await anna.says("avanmäl mig")
    await anna.says("ja")
    await anna.says(said)

    anna.hears("Du är inte anmäld till någon utbildning.")


@pytest.mark.parametrize("said", ["är jag med nu?", "gick det igenom"])
async def test_after_a_sign_up_too(november: Town, said: str) -> None:
    anna = await _signs_up(november)
    await anna.says(said)

    anna.hears("Mina utbildningar", LAW)


@pytest.mark.parametrize(
    "said",
    [
        "jag har flyttat från Växjö till Ljungby",
        "jag har bytt jobb från Växjö till Ljungby",
    ],
)
async def test_who_has_moved_is_asked_about_the_new_town(november: Town, said: str) -> None:
    anna = await _signs_up(november)
    await anna.says("byt kommun till Växjö")
    await anna.says(said)
    anna.hears("Ljungby kommun?")
    await anna.says("ja")

    anna.hears("Jag har noterat att du arbetar i Ljungby.")
