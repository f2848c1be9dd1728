"""Whoever signs up gets what was said, and nothing else: a place, a time and a theme count."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from tests.support.builders import create_training
from tests.support.town import Person, town

LAW, TALK, SCREEN = "Lagen på en förmiddag", "Medling i praktiken", "Lägesbild från början"


@pytest.fixture
async def anna(sqlite_url: str) -> AsyncIterator[Person]:
    """Anna, who has just seen three trainings: in Växjö, in Malmö and on a screen."""
    async with town(sqlite_url, now=lambda: datetime(2026, 11, 21, 12, tzinfo=UTC)) as running:
        for title, place, county, theme, day in (
            (LAW, "Växjö, Länsstyrelsen", "07", "lag", datetime(2026, 12, 3, 8, tzinfo=UTC)),
            (TALK, "Malmö", "12", "medling", datetime(2027, 1, 14, 12, tzinfo=UTC)),
            (SCREEN, "Digitalt i Teams", "07", "lagesbild", datetime(2027, 2, 4, 12, tzinfo=UTC)),
        ):
            await create_training(
                running,
                title=title,
                place=place,
                county=county,
                themes=(theme,),
                starts_at=day,
                summary="",
            )
        anna = running.person("Anna Alm")
        await anna.says("utbildningar")
        anna.hears(LAW, TALK, SCREEN)
        yield anna


async def _has_no_place(anna: Person) -> None:
    await anna.says("mina utbildningar")
    anna.hears("Du är inte anmäld till någon utbildning.")


@pytest.mark.parametrize(
    ("said", "so_it_is", "not_so"),
    [
        ("anmäl mig till 1 i Lund", f"{LAW} är i Växjö", "inte i Lund"),
        ("anmäl mig till 1 i Skåne", f"{LAW} är i Växjö", "inte i Skåne"),
        ("anmäl mig till 3 i Växjö", f"{SCREEN} är på distans", "inte i Växjö"),
        ("anmäl mig till Medling i Växjö", f"{TALK} är i Malmö", "inte i Växjö"),
        ("anmäl mig till Medling i december", "torsdag 14 januari 2027", "inte i december"),
        ("anmäl mig till nr 1 i vår", "torsdag 3 december 2026", "inte i vår"),
        ("boka 1 nästa år", "torsdag 3 december 2026", "inte nästa år"),
        ("anmäl mig till 1 den 12 december", "torsdag 3 december", "inte den 12 december"),
        ("anmäl mig till ettan på fredag", "torsdag 3 december", "inte på fredag"),
        ("anmäl mig till 1 den 31 november", "torsdag 3 december", "inte den 31 november"),
        ("anmäl mig till 1 på distans", f"{LAW} är i Växjö", "inte på distans"),
        ("anmäl mig till 3 på plats", f"{SCREEN} är på distans", "inte på plats"),
        ("anmäl mig till den första i Malmö", f"{LAW} är i Växjö", "inte i Malmö"),
        ("anmäl mig till den första i januari", "torsdag 3 december", "inte i januari"),
        ("jag vill gå 1 i Lund i januari", LAW, "inte i Lund och i januari"),
        ("jag tar 2 i Växjö", f"{TALK} är i Malmö", "inte i Växjö"),
    ],
)
async def test_what_is_not_as_was_said_is_told_and_asked_about(
    anna: Person, said: str, so_it_is: str, not_so: str
) -> None:
    await anna.says(said)
    anna.hears(so_it_is, not_so, "Ska jag anmäla dig ändå?")
    anna.does_not_hear("Du är anmäld")

    await anna.says("nej")
    await _has_no_place(anna)


async def test_with_a_yes_it_is_done_anyway(anna: Person) -> None:
    await anna.says("anmäl mig till 1 i Lund")
    await anna.says("ja")

    anna.hears("Du är anmäld", LAW)


async def test_so_it_is_where_the_list_asked_which(anna: Person) -> None:
    await anna.says("anmäl mig")
    await anna.says("2 i Växjö")
    anna.hears("Ska jag anmäla dig ändå?")

    await _has_no_place(anna)


async def test_of_several_the_one_that_is_elsewhere_is_told(anna: Person) -> None:
    await anna.says("anmäl mig till 1 och 2 i Malmö")

    anna.hears(f"{LAW} är i Växjö", f"Ska jag anmäla dig till {LAW} och {TALK} ändå?")
    anna.does_not_hear(f"{TALK} är")


async def test_whose_county_is_not_known_is_told_so(anna: Person) -> None:
    await anna.says("anmäl mig till 1 i mitt län")

    anna.hears("Jag vet inte vilket län du arbetar i.", "Ska jag anmäla dig ändå?")
    await _has_no_place(anna)


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("anmäl mig till 1 i Växjö", LAW),
        ("anmäl mig till 1 i Kronoberg", LAW),
        ("anmäl mig till 1 den 3 december i Växjö", LAW),
        ("anmäl mig till 2 i januari", TALK),
        ("anmäl mig till 3 på distans", SCREEN),
        ("anmäl mig till Lagen på en förmiddag", LAW),
    ],
)
async def test_what_is_as_was_said_is_done(anna: Person, said: str, title: str) -> None:
    await anna.says(said)

    anna.hears("Du är anmäld", title)


@pytest.mark.parametrize(
    "said",
    ["anmäl mig från 2", "anmäl mig av 2", "boka av 2", "boka bort mig från 2", "kan du boka av 2"],
)
async def test_off_is_not_on(anna: Person, said: str) -> None:
    await anna.says(said)
    anna.does_not_hear("Du är anmäld")
    anna.does_not_hear("Ska jag anmäla")

    await _has_no_place(anna)


async def test_off_asks_whoever_has_the_place(anna: Person) -> None:
    await anna.says("anmäl mig till 2")
    await anna.says("anmäl mig från 2")
    anna.hears(f"Vill du avanmäla dig från {TALK}?")
    await anna.says("ja")

    await _has_no_place(anna)


@pytest.mark.parametrize("said", ["från 2", "av 2", "2 platser", "två stycken", "1 plats"])
async def test_so_it_is_when_it_was_asked_which(anna: Person, said: str) -> None:
    await anna.says("anmäl mig")
    await anna.says(said)

    await _has_no_place(anna)


async def test_another_time_is_no_second_place(anna: Person) -> None:
    await anna.says("boka om 2")
    anna.hears("Du är inte anmäld till någon utbildning.")
    await anna.says("utbildningar")
    await anna.says("anmäl mig till 1")
    await anna.says("boka om till 2")

    anna.hears(f"Ska jag avanmäla dig från {LAW} och anmäla dig till {TALK}")


@pytest.mark.parametrize(
    "said",
    ["boka 2 platser", "boka två platser på 2", "boka för 2", "anmäl oss till 2", "2 platser"],
)
async def test_how_many_is_not_which(anna: Person, said: str) -> None:
    await anna.says(said)
    anna.hears("Jag kan bara anmäla dig själv.")

    await _has_no_place(anna)


@pytest.mark.parametrize("said", ["boka två", "anmäl mig som 2", "anmäl mig och 2 till"])
async def test_what_may_be_how_many_is_asked_about(anna: Person, said: str) -> None:
    await anna.says(said)
    anna.hears(f"Ska jag anmäla dig till {TALK}")

    await _has_no_place(anna)


@pytest.mark.parametrize("said", ["boka 1 plats på 2", "boka en plats på 2", "boka plats 2"])
async def test_one_place_is_what_everybody_gets(anna: Person, said: str) -> None:
    await anna.says(said)

    anna.hears("Du är anmäld", TALK)
    anna.does_not_hear(LAW)


@pytest.mark.parametrize("said", ["kan jag få en plats där?", "skriv upp mig", "anmäl mig"])
async def test_the_list_on_the_screen_is_the_one_to_choose_from(anna: Person, said: str) -> None:
    await anna.says("utbildningar efter nyår")
    anna.does_not_hear(LAW)
    await anna.says(said)
    anna.hears(TALK, SCREEN)
    anna.does_not_hear(LAW)
    await anna.says("den andra")

    anna.hears("Du är anmäld", SCREEN)


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("anmäl mig till den som handlar om medling", TALK),
        ("skriv upp mig på lagen på en förmiddag", LAW),
        ("Anmäl mig till Lagen på en förmiddag tack så mycket", LAW),
    ],
)
async def test_a_title_among_other_words_is_asked_about(
    anna: Person, said: str, title: str
) -> None:
    await anna.says(said)

    anna.hears(f"Ska jag anmäla dig till {title}")


async def test_what_is_signed_up_for_is_asked_in_many_words(anna: Person) -> None:
    await anna.says("anmäl mig till 1")
    await anna.says("hur dags börjar den nu igen?")
    anna.hears(f"{LAW} börjar torsdag 3 december 2026")
    await anna.says("var är jag med nu då")
    anna.hears("Mina utbildningar", LAW)
    await anna.says("vad är jag uppsatt på?")

    anna.hears("Mina utbildningar", LAW)


async def test_two_things_are_asked_of_one_that_is_liked(anna: Person) -> None:
    await anna.says("den andra låter bra, vad handlar den om och kostar den något?")

    anna.hears(TALK, f"Jag vet inte vad {TALK} kostar.")
