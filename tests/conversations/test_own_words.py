"""The four jobs of a newcomer who never learnt a command, and what must not follow from words.

Every conversation begins in the person's own words. Beside `test_wishes`, which has the moods.
"""

from datetime import UTC, datetime

import pytest

from tests.conversations.test_acknowledge import kept, sent
from tests.conversations.test_schedule import DUE, TIME, office
from tests.support.builders import create_training
from tests.support.town import Person, Town, unsure

MAY = datetime(2027, 5, 11, 8, tzinfo=UTC)
OCTOBER = datetime(2027, 10, 5, 8, tzinfo=UTC)


@pytest.mark.both_databases
async def test_somebody_new_asks_finds_and_signs_up(tryggve: Town, anna: Person) -> None:
    await create_training(tryggve, title="Lägesbild i praktiken")
    await anna.says("Hej! Måste vi verkligen göra en lägesbild?")
    anna.hears("4 §", "Källa:")
    await anna.says("vem kan jag ringa på länsstyrelsen?")
    anna.hears("Vilken kommun arbetar du i?")
    await anna.says("jag sitter i Alvesta")
    anna.hears("Jag har noterat att du arbetar i Alvesta", "Länsstyrelsen i Kronobergs län")

    await anna.says("jag skulle vilja gå på nån kurs")
    anna.hears("Lägesbild i praktiken")
    await anna.says("kan du anmäla mig till den första?")
    anna.hears("Ska jag anmäla dig")
    await anna.says("ja gärna")
    anna.hears("Du är anmäld", "Lägesbild i praktiken")
    await anna.says("kan jag få se mina bokade kurser?")
    anna.hears("Du har en plats")


@pytest.mark.both_databases
async def test_a_new_coordinator_announces(database_url: str) -> None:
    async with office(database_url) as here:
        await here.kerstin.says("jag vill skicka ut information till alla kommuner i länet")
        here.kerstin.hears("Förhandsgranska", "Hela Kronobergs län")
        await here.kerstin.says("Rubrik: Möte i rådet\nText: Vi ses i Växjö klockan tio.")
        here.kerstin.hears("Så här ser utskicket ut", "Når 1 kanal")
        assert here.posts == []
        await here.kerstin.says("skicka det")

        await here.tryggve.until(lambda: len(here.posts) == 1)


@pytest.mark.both_databases
@pytest.mark.parametrize("said", ["avbryt inte utskicket", "skicka inte än", "skickar du det nu?"])
async def test_what_is_scheduled_stays_so_whatever_is_said_of_it(
    database_url: str, said: str
) -> None:
    async with office(database_url) as here:
        await here.writes(**TIME)
        await here.kerstin.taps("Schemalägg")
        await here.kerstin.says(said)
        assert here.posts == []
        await here.comes(DUE)

        await here.tryggve.until(lambda: len(here.posts) == 1)


@pytest.mark.both_databases
async def test_only_what_has_been_read_is_acknowledged(database_url: str) -> None:
    async with sent(database_url) as (tryggve, anna, _channel):
        await anna.says("jag har inte läst det")
        assert await kept(tryggve) == []
        await anna.says("nu har jag inte läst det, jag läser det sen")
        assert await kept(tryggve) == []
        await anna.says("jag har läst det")

        assert await kept(tryggve) == [anna.object_id]


@pytest.mark.both_databases
@pytest.mark.parametrize("said", ["anmäl ett brott", "ångra", "ångra mig", "stop", "våra"])
async def test_nothing_is_chosen_by_what_names_nothing(
    tryggve: Town, anna: Person, said: str
) -> None:
    for number in range(7):  # more than the list shows
        await create_training(tryggve, title=f"Ångermanland mot brott {number}")
    await anna.says("anmäl mig")
    await anna.says(said)
    await anna.says("min samordnare")
    anna.hears("Vilken kommun arbetar du i?")
    await anna.says(said)
    anna.does_not_hear("Jag har noterat")
    await anna.says("mina utbildningar")

    anna.hears("Du är inte anmäld till någon")


@pytest.mark.parametrize(
    ("command", "hears"),
    [
        ("min samordnare", "Vilken kommun arbetar du i?"),
        ("utbildningar", "Lägesbild i praktiken"),
        ("hjälp", "Det här kan du göra"),
        ("mina ämnen", "Så får du utskick"),
    ],
)
async def test_a_command_after_a_choice_is_that_command(
    tryggve: Town, anna: Person, command: str, hears: str
) -> None:
    await create_training(tryggve, title="Lägesbild i praktiken")
    await anna.says(unsure())
    anna.hears("Menade du något av det här?")
    await anna.says(command)

    anna.hears(hears)


async def test_what_was_half_understood_is_offered_where_no_answer_is_found(anna: Person) -> None:
    await anna.says("rätt kommun för mig vore en annan")

    anna.hears("Menade du något av det här?", "Byta kommun")


async def test_a_month_in_a_wish_narrows_the_list(tryggve: Town, anna: Person) -> None:
    await create_training(tryggve, title="Kurs på våren", starts_at=MAY)
    await create_training(tryggve, title="Kurs på hösten", starts_at=OCTOBER)
    await anna.says("jag skulle vilja gå på nån kurs i maj")

    anna.hears("i maj", "Kurs på våren")
    anna.does_not_hear("Kurs på hösten")


@pytest.mark.parametrize("said", ["utbildningar i Halland eller Skåne", "Halland eller Skåne"])
async def test_none_of_two_counties_is_dropped(tryggve: Town, anna: Person, said: str) -> None:
    """Said below a list, the names pick from it."""
    for title, county in (("Den i Halland", "13"), ("Den i Skåne", "12"), ("Den i norr", "25")):
        await create_training(tryggve, title=title, county=county)
    await anna.says("utbildningar")
    await anna.says(said)

    anna.hears("Den i Halland", "Den i Skåne")
    anna.does_not_hear("Den i norr")


@pytest.mark.both_databases
async def test_the_coordinator_is_asked_for_in_own_words(anna: Person) -> None:
    await anna.says("hur når jag vår länssamordnare")
    anna.hears("Vilken kommun arbetar du i?")
    await anna.says("Växjö kommun")
    anna.hears("Länsstyrelsen i Kronobergs län")
    await anna.says("hur når jag vår länssamordnare")

    anna.hears("Länsstyrelsen i Kronobergs län")


async def test_a_town_and_its_county_are_told_apart(anna: Person) -> None:
    await anna.says("samordnare Kalmar")
    anna.hears("Kalmar kommun", "Kalmar län")
    await anna.says("länet")

    anna.hears("Stöder kommunerna i Kalmar län")


async def test_a_genitive_and_what_a_municipality_calls_itself_are_its_name(tryggve: Town) -> None:
    for typed, saved in [
        ("Lunds", "Lund"),
        ("Kirunas kommun", "Kiruna"),
        ("Stockholm stad", "Stockholm"),
        ("Malmö stad", "Malmö"),
        ("Gotlands kommun", "Gotland"),
    ]:
        anna = tryggve.person(f"Anna {typed}")
        await anna.says("min samordnare")
        await anna.says(typed)

        anna.hears(f"Jag har noterat att du arbetar i {saved}.")


async def test_a_municipality_is_called_by_its_name_in_full(anna: Person) -> None:
    await anna.says("min samordnare")
    await anna.says("Gottland")

    anna.hears("Menar du att du arbetar i Gotlands kommun?")


async def test_a_greeting_with_a_question_gets_the_answer(anna: Person) -> None:
    await anna.says("Hej Tryggve, hur ofta ska lägesbilden uppdateras?")

    anna.hears("Minst vartannat år")
