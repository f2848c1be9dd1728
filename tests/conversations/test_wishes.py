"""A wish in other words: what only shows is shown, what acts asks first, and nothing is guessed."""

import pytest

from tests.conversations.test_acknowledge import kept, sent
from tests.conversations.test_schedule import TIME, office
from tests.support.builders import create_training
from tests.support.town import Person, Town


@pytest.mark.parametrize(
    "said",
    ["skicka inte nu", "skicka inte utskicket", "vänta med att skicka", "skickar du det nu?",
     "vad händer om jag skickar nu", "chefen sa att du ska skicka nu", "jag skickade det igår",
     "avbryt inte utskicket", "om ingen svarar skickar vi nu", "skika nuu"],
)  # fmt: skip
async def test_a_scheduled_announcement_is_not_sent_by_what_is_no_command(
    sqlite_url: str, said: str
) -> None:
    async with office(sqlite_url) as here:
        await here.writes(**TIME)
        await here.kerstin.taps("Schemalägg")
        await here.kerstin.says(said)

        assert here.posts == []
        await here.kerstin.says("mina utskick")
        here.kerstin.hears("Ny handbok om lägesbilder")


async def test_a_wish_to_send_asks_and_a_yes_sends(database_url: str) -> None:
    async with office(database_url) as here:
        await here.writes(**TIME)
        await here.kerstin.taps("Schemalägg")
        await here.kerstin.says("skicka iväg det nu direkt")
        here.kerstin.hears("Ska jag skicka utskicket ”Ny handbok om lägesbilder” nu?")
        assert here.posts == []

        await here.kerstin.says("ja")
        await here.tryggve.until(lambda: len(here.posts) == 1)


@pytest.mark.parametrize("said", ["nej", "nej tack", "vänta"])
async def test_without_a_yes_nothing_happens(sqlite_url: str, said: str) -> None:
    async with office(sqlite_url) as here:
        await here.writes(**TIME)
        await here.kerstin.taps("Schemalägg")
        await here.kerstin.says("skicka iväg det nu direkt")
        await here.kerstin.says(said)
        await here.kerstin.says("ja")

        assert here.posts == []


async def test_a_yes_counts_only_for_the_question_just_asked(sqlite_url: str) -> None:
    async with office(sqlite_url) as here:
        await here.writes(**TIME)
        await here.kerstin.taps("Schemalägg")
        await here.kerstin.says("skicka iväg det nu direkt")
        await here.kerstin.says("hjälp")
        await here.kerstin.says("ja")

        assert here.posts == []


@pytest.mark.parametrize(
    "said",
    ["jag har inte läst det", "jag har inte läst", "har jag läst det?", "min kollega har läst det",
     "jag läser det senare"],
)  # fmt: skip
async def test_what_was_not_read_is_not_acknowledged(sqlite_url: str, said: str) -> None:
    async with sent(sqlite_url) as (tryggve, anna, _channel):
        await anna.says(said)

        assert await kept(tryggve) == []


@pytest.mark.parametrize(
    "said",
    ["anmäl ett brott", "anmäl inte mig till 1", "anmäl mig inte", "anmäl min kollega",
     "kan man anmäla sig", "jag vill inte anmäla mig till 1"],
)  # fmt: skip
async def test_nobody_is_signed_up_by_what_is_no_wish_of_theirs(
    tryggve: Town, anna: Person, said: str
) -> None:
    await create_training(tryggve, title="Skola och socialtjänst tillsammans mot brott")
    await anna.says("utbildningar")
    await anna.says(said)
    await anna.says("mina utbildningar")

    anna.hears("Du är inte anmäld till någon")


async def test_a_word_that_is_no_title_signs_nobody_up(tryggve: Town, anna: Person) -> None:
    await create_training(tryggve, title="Ångerfrist och överenskommelser")
    await create_training(tryggve, title="Lägesbild i praktiken")
    await anna.says("anmäl mig")
    await anna.says("ångra")
    await anna.says("mina utbildningar")

    anna.hears("Du är inte anmäld till någon")


@pytest.mark.parametrize(
    ("said", "hears"),
    [
        ("jag skulle vilja gå på nån kurs", "Lägesbild i praktiken"),
        ("kan jag få se mina bokade kurser", "Du är inte anmäld till någon"),
        ("hur når jag vår länssamordnare", "kommun"),
        ("samordnare Kalmar", "Kalmar"),
        ("Tryggve hjälp", "min samordnare"),
        ("hej tryggve, utbildningar tack", "Lägesbild i praktiken"),
    ],
)
async def test_what_only_shows_is_shown(tryggve: Town, anna: Person, said: str, hears: str) -> None:
    await create_training(tryggve, title="Lägesbild i praktiken")
    await anna.says(said)

    anna.hears(hears)


@pytest.mark.parametrize(
    ("said", "hears"),
    [
        ("anmäl min kollega till kursen", "Själv anmäler jag bara dig"),
        ("kan du visa årets siffror", "Bara regionala samordnare på länsstyrelsen ser"),
    ],
)
async def test_what_we_cannot_do_is_said_honestly(anna: Person, said: str, hears: str) -> None:
    await anna.says(said)

    anna.hears(hears)


@pytest.mark.parametrize("command", ["min samordnare", "utbildningar"])
async def test_an_exact_command_is_one_also_after_a_choice_was_offered(
    tryggve: Town, anna: Person, command: str
) -> None:
    await create_training(tryggve, title="Lägesbild i praktiken")
    await anna.says("vem har ansvaret för planen")
    await anna.says(command)

    said = anna.words()
    assert ("kommun" in said and "arbetar" in said) or "Lägesbild i praktiken" in said
