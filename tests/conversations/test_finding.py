"""Finding a training: what it is about, whom it is for, what it costs; narrowed and loosened."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from knowledge.trainings.models import Training, TrainingStatus
from tests.support.town import TENANT, Person, Town, town

NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)


def a_training(title: str, county: str, place: str, days: int, **more: Any) -> Training:
    starts_at = NOW + timedelta(days=days)
    everyday: dict[str, Any] = {"themes": (), "summary": "", "seats": 20, "taken": 0}
    return Training(
        id=0,
        title=title,
        county=county,
        place=place,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=3),
        status=TrainingStatus.OPEN,
        sequence=0,
        **{**everyday, **more},
    )


EST = a_training("EST i praktiken", "07", "Växjö, Stadshuset", 8, price=0, themes=("platser",))
EST_SOUTH = a_training("EST från början", "12", "Malmö, Hamngatan 2", 30, price=900)
DRUGS = a_training("Öppna drogscener", "01", "Digitalt i Teams", 60, price=0)
CARS = a_training("A-traktorer och buskörning", "20", "Falun, Kupolen", 110)
SCHOOL = a_training(
    "Trygghet i skolan", "07", "Länk kommer", 15, online=True, for_whom="Rektorer", themes=("unga",)
)
NEW = a_training("Välkommen", "12", "Digitalt", 40, price=0, for_whom="Den som är ny i sin roll")
LEAD = a_training(
    "Att styra arbetet", "07", "Digitalt", 20, price=0, for_whom="Chefer och politiker"
)
EVERY = (EST, EST_SOUTH, DRUGS, CARS, SCHOOL, NEW, LEAD)


@pytest.fixture
async def kronoberg(database_url: str) -> AsyncIterator[Town]:
    """Seven trainings, and everybody works in Växjö."""
    async with town(database_url, now=lambda: NOW, tenants={TENANT: "0780"}) as running:
        for one in EVERY:
            await running.tryggve.trainings.add(one)
        yield running


@pytest.mark.parametrize(
    ("said", "found", "heading"),
    [
        ("nåt gratis på distans i december för chefer?", {LEAD}, "för chefer på distans utan avgi"),
        ("finns det nån kurs om EST i Skåne", {EST_SOUTH}, "om EST i Skåne län"),
        ("kurser för nyanställda", {NEW}, "för den som är ny på jobbet"),
        ("jag är ny i rollen, vad finns det för utbildningar", {NEW}, "för den som är ny"),
        ("har ni någon digital träff för rektorer?", {SCHOOL}, "för skolans personal på distans"),
        ("utbildningar om öppna drogscener", {DRUGS}, "om öppna drogscener"),
        ("kurser om epatraktorer", {CARS}, "om motorburen ungdom"),
        ("utbildning om trygghet i skolan", {SCHOOL}, "om trygghet i skolan"),
        ("fysiska träffar i mars", {CARS}, "på plats i mars 2027"),
        ("kostnadsfria kurser", {EST, DRUGS, NEW, LEAD}, "utan avgift"),
        ("kurser som inte kostar något i Skåne", {NEW}, "i Skåne län utan avgift"),
        ("politikerutbildning", {LEAD}, "för politiker"),
    ],
)
@pytest.mark.both_databases
async def test_a_wish_finds_what_fits_and_nothing_else(
    kronoberg: Town, said: str, found: set[Training], heading: str
) -> None:
    anna = kronoberg.person("Anna Alm")
    await anna.says(said)
    anna.hears(heading, *(f"– {one.title}" for one in found))
    for other in {*EVERY} - found:
        anna.does_not_hear(f"– {other.title}")


async def test_what_is_said_away_is_not_taken_for_wanted(kronoberg: Town) -> None:
    anna = kronoberg.person("Anna Alm")
    await anna.says("utbildningar, men inte för chefer")
    anna.does_not_hear("Utbildningar för chefer")


async def test_a_town_comes_first_in_its_county_and_it_is_said(kronoberg: Town) -> None:
    anna = kronoberg.person("Anna Alm")
    await anna.says("utbildningar i Malmö")
    anna.hears("Utbildningar i Skåne län", "De i Malmö står först.", "1 – EST från början")
    await anna.says("utbildningar i Lund")
    anna.hears("Utbildningar i Skåne län", "Ingen är i Lund, så jag visar hela länet.")


async def test_the_own_county_comes_first(kronoberg: Town) -> None:
    anna = kronoberg.person("Anna Alm")
    await anna.says("byt kommun till Malmö")
    await anna.says("utbildningar")
    anna.hears("De i ditt län står först.", "1 – EST från början", "2 – Välkommen", "1–5 av 7")
    await anna.says("nästa utbildning")
    anna.hears("1 – EST i praktiken")
    anna.does_not_hear("De i ditt län står först.")


@pytest.mark.both_databases
async def test_the_form_narrows_and_takes_away(kronoberg: Town) -> None:
    anna = kronoberg.person("Anna Alm")
    await anna.says("utbildningar")
    await anna.taps("Visa", list_counties="12", list_no_cost="true")
    anna.hears("Utbildningar i Skåne län utan avgift", "1 – Välkommen")
    anna.does_not_hear("– EST")
    await anna.taps("Visa", list_no_cost="false")
    anna.hears("Utbildningar i Skåne län", "EST från början")
    await anna.taps("Visa", list_counties="", list_themes="est", list_until="2026-12-04")
    anna.hears("Utbildningar om EST till och med 4 december 2026", "1 – EST i praktiken")
    await anna.taps("Alla utbildningar")
    anna.hears("Kommande utbildningar", "1–5 av 7")
    await anna.taps("Visa fler")
    anna.hears("6–7 av 7")


async def test_a_field_that_is_not_understood_narrows_nothing(kronoberg: Town) -> None:
    anna = kronoberg.person("Anna Alm")
    await anna.says("utbildningar")
    await anna.taps("Visa", list_groups="astronauter")
    anna.hears("Jag förstår inte målgruppen ”astronauter”")


@pytest.mark.both_databases
async def test_nothing_found_says_which_filter_to_loosen(kronoberg: Town) -> None:
    anna = kronoberg.person("Anna Alm")
    await anna.says("kurser om EST på distans utan avgift")
    anna.hears(
        "Det finns inga utbildningar om EST på distans utan avgift.",
        "Ta bort ”om EST”: 3 utbildningar på distans utan avgift",
        "Ta bort ”på distans”: 1 utbildning om EST utan avgift",
        "Alla utbildningar: 7",
    )
    await anna.taps("Ta bort ”på distans”: 1 utbildning om EST utan avgift")
    anna.hears("Utbildningar om EST utan avgift", "1 – EST i praktiken")


@pytest.mark.parametrize("said", ["bara gratis", "bara de utan avgift", "bara för politiker"])
async def test_a_list_on_the_screen_is_narrowed(kronoberg: Town, said: str) -> None:
    anna = kronoberg.person("Anna Alm")
    await anna.says("utbildningar på distans")
    await anna.says(said)
    anna.hears("på distans", "Att styra arbetet")
    anna.does_not_hear("– Trygghet i skolan")


@pytest.mark.parametrize("said", ["ta bort filtret", "utan filter", "alla utbildningar"])
async def test_filters_are_taken_away_in_words(kronoberg: Town, said: str) -> None:
    anna: Person = kronoberg.person("Anna Alm")
    await anna.says("utbildningar om EST")
    await anna.says(said)
    anna.hears("Kommande utbildningar", "Att styra arbetet", "A-traktorer")
