""" "Var är det?" right after something came by itself: it is about the training that it told of."""

from collections.abc import Awaitable, Callable

import pytest

from tests.conversations.test_check_in import takes_part
from tests.conversations.test_plan_training import kerstin, november, publishes
from tests.support.town import Person, Town

__all__ = ["kerstin", "november"]

Moves = Callable[[str, str], Awaitable[None]]


@pytest.fixture
async def anna(november: Town, kerstin: Person) -> Person:
    """She has a seat on two trainings of three, and has talked of something else since."""
    about = {"summary": "Vi går igenom tre torg.", "organizer": "Länsstyrelsen", "seats": "5"}
    await publishes(kerstin, **about)
    await publishes(kerstin, title="Lugna skolor", date="2026-12-17", place="Lund")
    await publishes(kerstin, title="Råd i rådet", date="2026-12-18", place="Kiruna")
    (found,) = await takes_part(november, "Anna Alm")
    await found.says("anmäl mig till Lugna skolor")
    await found.says("byt kommun till Växjö")
    await found.says("utbildningar")
    await found.says("hur ofta ska lägesbilden uppdateras?")
    return found


@pytest.fixture
def moves(kerstin: Person, anna: Person) -> Moves:
    """A training is held somewhere else, and Anna is told."""

    async def move(title: str, place: str) -> None:
        await kerstin.says("utbildningar jag håller")
        await kerstin.says(title)
        await kerstin.taps("Ändra")
        await kerstin.taps_action(kerstin.button("Förhandsgranska"), place=place)
        await kerstin.taps("Spara ändringen")
        await anna.is_told(place)

    return move


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("vad handlar den om?", "Vi går igenom tre torg."),
        ("var är det?", "Plats för Trygga torg på riktigt: Alvesta, Folkets hus."),
        ("när börjar den?", "Trygga torg på riktigt börjar torsdag 10 december"),
        ("vem håller i den?", "Länsstyrelsen håller i Trygga torg på riktigt."),
        ("och hur länge håller den på", "Trygga torg på riktigt håller på i 3 timmar"),
        ("kan jag ta med en kollega?", "Vem vill du föreslå till Trygga torg på riktigt?"),
        ("avanmäl mig", "Vill du avanmäla dig från Trygga torg på riktigt?"),
    ],
)
async def test_what_came_by_itself_is_meant(
    anna: Person, moves: Moves, asked: str, told: str
) -> None:
    await moves("Trygga torg på riktigt", "Alvesta, Folkets hus")
    await anna.says(asked)
    anna.hears(told)
    anna.does_not_hear("Lugna skolor")


async def test_thanks_in_between_change_nothing(anna: Person, moves: Moves) -> None:
    await moves("Lugna skolor", "Alvesta, Skolan")
    await anna.says("tack")
    await anna.says("hej")
    await anna.says("var är det?")
    anna.hears("Plats för Lugna skolor: Alvesta, Skolan.")
    await anna.says("vad kostar den?")
    anna.hears("Jag vet inte vad Lugna skolor kostar.")


async def test_what_was_shown_since_is_meant_instead(anna: Person, moves: Moves) -> None:
    await moves("Lugna skolor", "Alvesta, Skolan")
    await anna.says("utbildningar")
    await anna.says("när börjar 3?")
    anna.hears("Råd i rådet börjar")
    await anna.says("var är det?")
    anna.hears("Plats för Råd i rådet: Kiruna.")


@pytest.mark.both_databases
async def test_of_two_that_came_it_is_asked_which(anna: Person, moves: Moves) -> None:
    await moves("Lugna skolor", "Alvesta, Skolan")
    await moves("Trygga torg på riktigt", "Alvesta, Folkets hus")
    await anna.says("när börjar den?")
    anna.hears("Jag har skrivit till dig om 2 utbildningar:", "Trygga torg på riktigt", "Lugna")
    await anna.says("Lugna skolor")
    anna.hears("Lugna skolor börjar torsdag 17 december")
    await anna.says("vad handlar den om?")
    anna.hears("Lugna skolor")
    anna.does_not_hear("tre torg")


async def test_an_announcement_with_a_training_is_meant_too(
    november: Town, kerstin: Person
) -> None:
    await publishes(kerstin, title="Lugna skolor", summary="Om rasten.")
    bo = november.person("Bo Berg")
    await bo.installs()
    await bo.says("byt kommun till Växjö")
    await bo.says("hur ofta ska lägesbilden uppdateras?")
    await kerstin.says("nytt utskick")
    await kerstin.says(
        "Rubrik: Ny utbildning\nText: Vi ses i december.\nTill: hela länet\n"
        "Via: personer\nBifoga: Lugna skolor"
    )
    await kerstin.taps("Skicka")
    await bo.is_told("Vi ses i december.")
    await bo.says("vad handlar den om?")
    bo.hears("Om rasten.")
    await bo.says("anmäl mig")
    bo.hears("Lugna skolor")


async def test_in_a_channel_nothing_is_told_of_what_came_in_the_own_chat(
    november: Town, anna: Person, moves: Moves
) -> None:
    channel = await november.channel_is_added()
    await moves("Lugna skolor", "Alvesta, Skolan")
    await anna.says("var är det?", channel=channel)
    anna.does_not_hear("Skolan")
