"""What acts is not done when its words are asked or quoted."""

import pytest

from tests.conversations.test_schedule import TIME, office
from tests.support.builders import create_training
from tests.support.town import Person, Town

pytestmark = pytest.mark.both_databases


@pytest.mark.parametrize("said", ["skicka nu?", "”skicka nu”", "> skicka nu", "~~skicka nu~~"])
async def test_nothing_scheduled_is_sent_by_it(database_url: str, said: str) -> None:
    async with office(database_url) as here:
        await here.writes(**TIME)
        await here.kerstin.taps("Schemalägg")
        await here.kerstin.says(said)

        assert here.posts == []
        await here.kerstin.says("mina utskick")
        here.kerstin.hears("Skickas")


@pytest.mark.parametrize("said", ["skicka?", "ja?", "”skicka”", "sänd?", "ja", "ja ta bort"])
async def test_nothing_previewed_is_sent_by_it(database_url: str, said: str) -> None:
    async with office(database_url) as here:
        await here.writes()
        await here.kerstin.says(said)
        here.kerstin.hears("inte skickat än")

        assert here.posts == []


@pytest.mark.parametrize("said", ["ja?", "skicka", "”ja”", "ja avanmäl mig"])
async def test_a_yes_to_something_else_deletes_no_draft(database_url: str, said: str) -> None:
    async with office(database_url) as here:
        await here.writes()
        await here.kerstin.says("ta bort utkastet")
        await here.kerstin.says(said)
        await here.kerstin.says("mina utskick")

        here.kerstin.hears("Ny handbok om lägesbilder")


@pytest.mark.parametrize(
    "said",
    ["anmäl mig till 1 nej", "anmäl mig till 1 imorgon", "anmäl mig till 1 om det finns plats",
     "anmäl mig till -1", "anmäl mig till en", "anmäl brott", "anmäl skola", "boka skola",
     "”anmäl mig till 1”", "anmäl mig till 99", "anmäl mig till " + "1" * 5000],
)  # fmt: skip
async def test_nobody_is_signed_up_by_it(tryggve: Town, anna: Person, said: str) -> None:
    await create_training(tryggve, title="Skola och socialtjänst tillsammans mot brott")
    await anna.says("utbildningar")
    await anna.says(said)
    anna.does_not_hear("Något gick fel")
    await anna.says("mina utbildningar")

    anna.hears("Du är inte anmäld")


@pytest.mark.parametrize("said", ["1 nej", "nej 1", "1 imorgon", "nä nej nej 1"])
async def test_nobody_is_signed_up_by_half_an_answer(
    tryggve: Town, anna: Person, said: str
) -> None:
    await create_training(tryggve, title="Lägesbild i praktiken")
    await anna.says("anmäl mig")
    await anna.says(said)
    await anna.says("mina utbildningar")

    anna.hears("Du är inte anmäld")


@pytest.mark.parametrize("said", ["jag arbetar i Lund inte", "byt till Lund nej"])
async def test_no_municipality_is_saved_by_it(anna: Person, said: str) -> None:
    await anna.says(said)
    anna.does_not_hear("Jag har noterat")


@pytest.mark.parametrize("said", ["skicka iväg det på måndag", "skicka ut det kl 15"])
async def test_now_is_not_offered_where_another_time_is_said(database_url: str, said: str) -> None:
    async with office(database_url) as here:
        await here.writes(**TIME)
        await here.kerstin.taps("Schemalägg")
        await here.kerstin.says(said)

        here.kerstin.hears("Skriv när det ska gå")
