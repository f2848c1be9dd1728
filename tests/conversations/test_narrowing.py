"""A list of trainings made shorter, and days that are over or in no calendar."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from tests.conversations.test_schedule import FORM, SHOWN, TIME, office
from tests.support.builders import create_training
from tests.support.town import Person, town

LAW, TALK, SCREEN = "Lagen på en förmiddag", "Medling i praktiken", "Lägesbild från början"
EVERY = {LAW, TALK, SCREEN}


@pytest.fixture
async def anna(sqlite_url: str) -> AsyncIterator[Person]:
    """Anna, who has just seen three trainings."""
    async with town(sqlite_url, now=lambda: datetime(2026, 11, 21, 12, tzinfo=UTC)) as running:
        for title, place, day in (
            (LAW, "Växjö", datetime(2026, 12, 24, 12, tzinfo=UTC)),
            (TALK, "Alvesta", datetime(2027, 1, 14, 12, tzinfo=UTC)),
            (SCREEN, "Digitalt i Teams", datetime(2027, 2, 4, 12, tzinfo=UTC)),
        ):
            await create_training(running, title=title, place=place, starts_at=day)
        anna = running.person("Anna Alm")
        await anna.says("utbildningar")
        anna.hears(*EVERY)
        yield anna


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("vilka av dem är på distans?", {SCREEN}),
        ("Och vilka är digitala?", {SCREEN}),
        ("är någon av dem i Alvesta?", {TALK}),
        ("vilka av kurserna är i Växjö", {LAW}),
        ("visa bara dem som är i januari", {TALK}),
        ("vilka av dem har lediga platser?", EVERY),
        ("utbildningar den 14.1", {TALK}),
    ],
)
async def test_a_list_is_narrowed_by_what_is_asked(anna: Person, said: str, left: set[str]) -> None:
    await anna.says(said)
    anna.hears(*left)
    for other in EVERY - left:
        anna.does_not_hear(other)


async def test_the_numbers_are_those_of_the_shorter_list(anna: Person) -> None:
    await anna.says("vilka av dem är på distans?")
    await anna.says("anmäl mig till 1")

    anna.hears("Du är anmäld", SCREEN)


@pytest.mark.parametrize("said", ["är någon av dem i Lund?", "vilka av dem är i mars?"])
async def test_an_empty_rest_is_said_to_be(anna: Person, said: str) -> None:
    await anna.says(said)

    anna.hears("Det finns inga utbildningar")


@pytest.mark.parametrize(
    ("said", "when"),
    [
        ("kurser i januari 1999", "i januari 1999"),
        ("utbildningar i mars 2026", "i mars 2026"),
        ("finns det någon kurs igår", "fredag 20 november 2026"),
    ],
)
async def test_a_time_that_is_over_is_said_to_be(anna: Person, said: str, when: str) -> None:
    await anna.says(said)

    anna.hears(f"Den tiden har redan varit: {when}.", "”utbildningar”")


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("kurser den 30 februari", "30 februari"),
        ("utbildningar 31 april 2027", "31 april 2027"),
        ("finns det någon utbildning den 31 november?", "31 november"),
        ("kurser 29 februari 2027", "29 februari 2027"),
    ],
)
async def test_a_day_that_no_calendar_has_is_named(anna: Person, said: str, day: str) -> None:
    await anna.says(said)

    anna.hears(f"{day}” finns inte.", "”utbildningar”")
    for title in EVERY:
        anna.does_not_hear(title)


@pytest.mark.parametrize("said", ["flytta det till 30 februari kl 9", "skicka det den 31 april"])
async def test_nothing_is_moved_to_a_day_that_no_calendar_has(sqlite_url: str, said: str) -> None:
    async with office(sqlite_url) as here:
        await here.writes(**TIME)
        await here.kerstin.taps("Schemalägg")
        await here.kerstin.says(said)
        here.kerstin.hears("” finns inte.", f"Utskicket går fortfarande {SHOWN}.")
        await here.kerstin.says("mina utskick")

        here.kerstin.hears(f"Skickas {SHOWN}")


async def test_a_form_names_the_day_that_does_not_exist(sqlite_url: str) -> None:
    async with office(sqlite_url) as here:
        await here.writes()
        await here.kerstin.says("Skicka: 31 april kl 9")

        here.kerstin.hears("Den dagen finns inte: ”31 april kl 9”.", FORM["heading"])


@pytest.mark.parametrize(
    ("said", "then"),
    [
        ("flytta det till 14.3", "söndag 14 mars 2027 kl. 08.30"),
        ("flytta det till den 24.12 kl 9", "torsdag 24 december 2026 kl. 09.00"),
        ("flytta det till 14.30", "tisdag 1 december 2026 kl. 14.30"),
    ],
)
async def test_a_day_with_a_full_stop_is_told_from_a_time(
    sqlite_url: str, said: str, then: str
) -> None:
    async with office(sqlite_url) as here:
        await here.writes(**TIME)
        await here.kerstin.taps("Schemalägg")
        await here.kerstin.says(said)

        here.kerstin.hears("Ska jag flytta utskicket", then)
