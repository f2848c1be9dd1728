"""A coordinator who holds several trainings says which one is meant, and that one is."""

import pytest

from tests.conversations.test_plan_training import kerstin, november, publishes
from tests.support.town import Person, Town

__all__ = ["kerstin", "november"]

TORG, SKOLOR = "Trygga torg", "Lugna skolor"


@pytest.fixture
async def two(kerstin: Person) -> Person:
    """Kerstin, who has just published the second of two; that one is on her screen."""
    await publishes(kerstin, title=TORG)
    await publishes(kerstin, title=SKOLOR, date="2027-02-12", place="Alvesta")
    return kerstin


@pytest.mark.parametrize(
    "words",
    [
        "ställ in Trygga torg",
        "vi måste ställa in trygga torg",
        "ställ in utbildningen den 10 december",
        "ställ in kursen i Växjö",
        "ställ in den i december",
    ],
)
async def test_the_one_that_is_named_is_called_off_not_the_one_on_the_screen(
    two: Person, words: str
) -> None:
    await two.says(words)
    two.hears(f"Vill du ställa in {TORG}?")


@pytest.mark.parametrize(
    ("words", "asked", "done"),
    [
        ("stäng anmälan till Trygga torg", f"Ska jag stänga anmälan till {TORG}?", "är stängd"),
        ("stäng anmälan till den i Växjö", f"Ska jag stänga anmälan till {TORG}?", "är stängd"),
        ("stäng anmälan till Lugna skolor", f"Ska jag stänga anmälan till {SKOLOR}?", "är stängd"),
    ],
)
async def test_what_is_closed_is_the_one_that_was_named(
    two: Person, words: str, asked: str, done: str
) -> None:
    await two.says(words)
    two.hears(asked)
    two.does_not_hear("en utbildning")
    await two.says("ja")
    two.hears(TORG if TORG in asked else SKOLOR, f"Anmälan {done}")
    two.does_not_hear(SKOLOR if TORG in asked else TORG)


async def test_the_one_that_is_named_is_copied(two: Person) -> None:
    await two.says("kopiera Trygga torg")
    two.hears("Det här är en kopia", "Växjö, Länsstyrelsen")
    two.does_not_hear("Alvesta")


@pytest.mark.parametrize("words", ["ställ in mötet med rådet", "kopiera lägesbilden"])
async def test_what_is_no_training_is_not_called_off(two: Person, words: str) -> None:
    await two.says(words)
    two.does_not_hear("Vill du ställa in")
    two.does_not_hear("Det här är en kopia")


async def test_a_no_closes_nothing_and_what_is_closed_is_opened_by_its_name(two: Person) -> None:
    await two.says("stäng anmälan till Trygga torg")
    await two.says("nej")
    two.hears(TORG, "Öppen för anmälan")
    await two.says("stäng anmälan")
    two.hears(TORG, "Anmälan är stängd")
    await two.says("utbildningar jag håller")
    await two.says("visa 2")
    await two.says("öppna anmälan till Trygga torg")
    two.hears(f"Ska jag öppna anmälan till {TORG} igen?")
    await two.says("ja")
    two.hears(TORG, "Anmälan är öppen igen")


async def test_what_fits_none_is_asked_about(two: Person) -> None:
    for words in ("ställ in utbildningen i Lund", "ställ in kursen den 3 mars"):
        await two.says(words)
        two.hears("Vilken utbildning menar du?", f"1 – {TORG}", f"2 – {SKOLOR}")
    await two.says("2")
    two.hears(f"Vill du ställa in {SKOLOR}?")


async def test_a_new_time_is_no_name(two: Person) -> None:
    await two.says("ändra tiden till den 10 december")
    two.hears("Ändra utbildningen", "Alvesta")
    await two.says("avbryt")
    await two.says("ändra tiden på trygga torg")
    two.hears("Ändra utbildningen", "Växjö, Länsstyrelsen")


async def test_without_a_name_the_one_on_the_screen_is_meant(november: Town, two: Person) -> None:
    await two.says("ställ in utbildningen")
    two.hears(f"Vill du ställa in {SKOLOR}?")
    await two.says("nej")
    await two.says("stäng anmälan nu")
    two.hears(SKOLOR, "Anmälan är stängd")
