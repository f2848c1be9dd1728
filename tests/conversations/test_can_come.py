"""Who says that they can come keeps the seat: the words are one short of the opposite."""

import pytest

from tests.conversations.test_plan_training import kerstin, november, publishes
from tests.support.town import Person, Town

__all__ = ["kerstin", "november"]


@pytest.fixture
async def anna(november: Town, kerstin: Person) -> Person:
    """Somebody with a seat."""
    await publishes(kerstin)
    anna = november.person("Anna Alm")
    await anna.says("utbildningar")
    await anna.says("anmäl mig till 1")
    return anna


@pytest.mark.parametrize(
    "words",
    [
        "jag kan komma",
        "Jag kan komma!",
        "ja jag kan komma",
        "kan komma den 10 december",
        "vi kan komma",
    ],
)
async def test_a_yes_after_it_takes_no_seat(anna: Person, words: str) -> None:
    await anna.says(words)
    anna.does_not_hear("Vill du avanmäla dig")
    await anna.says("ja")
    await anna.says("mina utbildningar")
    anna.hears("Du har en plats.")


@pytest.mark.parametrize("words", ["jag kan inte komma", "jag kan tyvärr inte komma"])
async def test_who_cannot_is_still_asked(anna: Person, words: str) -> None:
    await anna.says(words)
    anna.hears("Vill du avanmäla dig från Trygga torg på riktigt?")
