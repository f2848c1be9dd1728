"""What narrows an act, or takes it back in the same breath, never falls away."""

import pytest

from tests.conversations.test_approvals import asked
from tests.conversations.test_schedule import TIME, office
from tests.support.builders import create_training
from tests.support.town import Person, Town

TITLES = ("Lägesbild i praktiken", "Mot brott i skolan", "Samverkan från grunden")


@pytest.mark.both_databases
@pytest.mark.parametrize(
    "said",
    ["sänd nu till Ljungby", "skicka det nu till alla utom Tingsryd", "skicka nu, sade Berit",
     "Berit skriver: skicka nu", "berit: skicka nu", "skicka ut det klockan 26", "skicka nu 🤣",
     "skicka det efter påsk", "skicka ut det till lucia", "skicka nu, jag skojar", "skicka nu ;)"],
)  # fmt: skip
async def test_nothing_is_sent_to_all_or_at_once_by_it(database_url: str, said: str) -> None:
    async with office(database_url) as here:
        await here.writes(**TIME)
        await here.kerstin.taps("Schemalägg")
        await here.kerstin.says(said)
        await here.kerstin.says("ja")
        assert here.posts == []

        await here.kerstin.says("mina utskick")
        here.kerstin.hears("Skickas tisdag 1 december")


@pytest.mark.parametrize(
    ("said", "hears"),
    [
        ("dra tillbaka det i Ljungby", "Jag kan dra tillbaka utskicket, men bara för alla"),
        ("ta bort det hos politikerna", "Jag kan dra tillbaka utskicket, men bara för alla"),
        (
            "skicka igen till Berit",
            "bara för alla det gäller. Vill du det skriver du ”skicka igen”",
        ),
        ("skicka igen på onsdag", "men bara genast. Vill du det skriver du ”skicka igen”"),
        ("påminn styrgruppen om träffen", "Jag kan påminna dem som inte har kvitterat, men bara"),
    ],
)
async def test_nothing_is_done_for_all_that_was_for_some(
    sqlite_url: str, said: str, hears: str
) -> None:
    async with office(sqlite_url) as here:
        await here.writes(acknowledge="true")
        await here.kerstin.says("skicka")
        await here.tryggve.until(lambda: len(here.posts) == 1)
        before = len(here.tryggve.teams.posts)
        await here.kerstin.says(said)
        here.kerstin.hears("Jag har inte gjort något.", hears)
        await here.kerstin.says("ja")
        here.kerstin.hears("Jag har inte frågat något just nu")

        places = [one["conversation"] for one in here.tryggve.teams.posts[before:]]
        assert here.channel not in places


@pytest.mark.parametrize(
    "said",
    ["anmäl mig till alla utom trean", "anmäl mig till allt förutom skolan", "tvåan, nej tack",
     "anmäl mig till tre av dem", "skriv upp mig på två kurser", "lägesbild? nej tyvärr",
     "Sven: anmäl mig till 1", "anmäl mig till 1 😂", "anmäl mig till ettan hahaha"],
)  # fmt: skip
async def test_no_seat_is_taken_by_it(tryggve: Town, anna: Person, said: str) -> None:
    for title in TITLES:
        await create_training(tryggve, title=title)
    await anna.says("utbildningar")
    await anna.says(said)
    await anna.says("ja")
    await anna.says("mina utbildningar")

    anna.hears("Du är inte anmäld")


async def test_from_one_number_to_another_means_those_between_too(
    tryggve: Town, anna: Person
) -> None:
    for title in TITLES:
        await create_training(tryggve, title=title)
    await anna.says("utbildningar")
    await anna.says("anmäl mig till 1–3")

    anna.hears("Ska jag anmäla dig till", *TITLES)


@pytest.mark.parametrize(
    "said",
    ["avanmäl min kollega", "avanmäl mig från samverkan", "avboka träffen med styrgruppen i Lund",
     "jag kan inte komma till rådet", "jag har fått förhinder, fast det löste sig",
     "jag kan inte komma... jodå det kan jag", "Sven: avanmäl mig", "avanmäl mig hahaha"],
)  # fmt: skip
async def test_no_seat_is_given_up_by_it(tryggve: Town, anna: Person, said: str) -> None:
    for title in TITLES:
        await create_training(tryggve, title=title)
    await anna.says("utbildningar")
    await anna.says("anmäl mig till 1")
    await anna.says("mina utbildningar")
    await anna.says(said)
    await anna.says("ja")
    await anna.says("mina utbildningar")

    anna.hears(TITLES[0])
    anna.does_not_hear("Du är inte anmäld")


async def test_a_no_and_then_a_yes_approves_nothing(sqlite_url: str) -> None:
    async with asked(sqlite_url) as (_, kerstin, karin, _channel):
        await karin.says("säg nej")
        karin.hears("Kerstin Karlsson vill skicka")
        await karin.says("ja")
        karin.hears("Skriv ”godkänn” om utskicket kan skickas")
        await kerstin.says("mina utskick")
        kerstin.hears("Väntar på godkännande")
        await karin.says("godkänn")

        karin.hears("Du har godkänt utskicket")
