"""Whom an announcement is to reach, said in the wish to write it or of the draft: some are
excepted, and what was not surely understood is told."""

import pytest

from tests.conversations.test_schedule import office

ALL_BUT_MARKARYD = "Alvesta, Lessebo, Ljungby, Tingsryd, Uppvidinge, Växjö och Älmhult."
LINES = "Rubrik: Möte i rådet\nText: Vi ses i rådhuset."


@pytest.mark.parametrize(
    ("said", "to"),
    [
        ("jag vill skicka ut info till alla kommuner i länet utom Markaryd", ALL_BUT_MARKARYD),
        ("jag vill göra ett utskick till hela länet men inte Markaryd", ALL_BUT_MARKARYD),
        ("jag vill skicka ett utskick om mötet i Växjö till Ljungby och Alvesta",
         "Ljungby och Alvesta."),
        ("skriv ett utskick till Växjö, inte Alvesta", "Växjö."),
    ],
)  # fmt: skip
async def test_a_new_one_is_to_those_who_are_named(sqlite_url: str, said: str, to: str) -> None:
    async with office(sqlite_url) as here:
        await here.kerstin.says(said)
        here.kerstin.hears("Nytt utskick", f"Mottagare: {to}")
        await here.kerstin.says(LINES)
        here.kerstin.hears("Så här ser utskicket ut")
        await here.kerstin.says("vem får det?")

        here.kerstin.hears(to.removesuffix("."))
        here.kerstin.does_not_hear("Kronobergs län,")


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("skriv ett utskick till Växjö och Kalmar", "Växjö och Kalmar"),
        ("jag vill göra ett utskick till alla utom cheferna", "alla utom cheferna"),
        ("jag vill skicka ett utskick till rektorerna i Växjö", "rektorerna i Växjö"),
    ],
)
async def test_whom_it_is_not_sure_of_is_told(sqlite_url: str, said: str, left: str) -> None:
    async with office(sqlite_url) as here:
        await here.kerstin.says(said)

        here.kerstin.hears("Nytt utskick", f"Jag är inte säker på vilka du menar med ”{left}”")


@pytest.mark.parametrize(
    "said", ["nytt utskick", "jag vill skicka ut info till alla kommuner i länet"]
)
async def test_of_everybody_nothing_is_said(sqlite_url: str, said: str) -> None:
    async with office(sqlite_url) as here:
        await here.kerstin.says(said)

        here.kerstin.hears("Nytt utskick")
        here.kerstin.does_not_hear("Mottagare:")
        here.kerstin.does_not_hear("inte säker")


@pytest.mark.parametrize(
    ("said", "to"),
    [
        ("bara växjö, inte alvesta", "Växjö."),
        ("bara till Växjö och Ljungby men inte Ljungby", "Växjö."),
        ("skicka det till alla kommuner utom Markaryd", ALL_BUT_MARKARYD),
        ("till alla förutom Markaryd", ALL_BUT_MARKARYD),
        ("alla kommuner i länet men inte Markaryd", ALL_BUT_MARKARYD),
    ],
)
async def test_a_draft_is_to_these_without_those(sqlite_url: str, said: str, to: str) -> None:
    async with office(sqlite_url) as here:
        await here.writes()
        await here.kerstin.says(said)

        here.kerstin.hears("Ändrat: mottagarna.", f"Mottagare: {to}")
        assert here.posts == []


@pytest.mark.parametrize("said", ["alla utom cheferna", "bara växjö, inte cheferna där"])
async def test_exceptions_that_are_not_surely_understood_change_nothing(
    sqlite_url: str, said: str
) -> None:
    async with office(sqlite_url) as here:
        await here.writes()
        await here.kerstin.says(said)
        await here.kerstin.says("vem får det?")

        here.kerstin.hears("Utskicket är till Kronobergs län")
