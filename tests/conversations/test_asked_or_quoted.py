"""What acts is not done when its words are asked or quoted."""

import pytest

from tests.conversations.test_schedule import TIME, office

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
