"""Help: all that this person may do here, in words that work, and on buttons that do it."""

import re

import pytest

from tests.conversations.test_schedule import TIME, office
from tests.support.builders import create_training
from tests.support.town import Person, Town

CHANNEL = "19:kanalen"


@pytest.mark.parametrize(
    "said",
    ["hjälp", "Tryggve hjälp", "hjälp tryggve", "vad kan du", "vad kan jag göra här", "kommandon",
     "meny", "Hej Tryggve, vad kan du?", "vad kan du hjälpa mig med", "visa alla kommandon"],
)  # fmt: skip
async def test_help_is_found_by_whatever_it_is_called(anna: Person, said: str) -> None:
    await anna.says(said)

    anna.hears("Det här kan du göra", "Fråga", "Hitta samordnare", "Gå utbildningar", "Utskick")
    assert anna.heard[0]["summary"]


@pytest.mark.both_databases
async def test_the_buttons_of_the_help_do_what_they_say(tryggve: Town, anna: Person) -> None:
    await create_training(tryggve, title="Lägesbild i praktiken")
    for button, hears in [
        ("Min samordnare", "Vilken kommun arbetar du i?"),
        ("Utbildningar", "Lägesbild i praktiken"),
        ("Mina utbildningar", "Du är inte anmäld till någon utbildning"),
        ("Mina ämnen", "Så får du utskick"),
    ]:
        await anna.says("hjälp")
        await anna.taps(button)
        anna.hears(hears)


@pytest.mark.both_databases
async def test_a_coordinators_buttons_do_what_they_say(tryggve: Town) -> None:
    kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
    for button, hears in [
        ("Nytt utskick", "Förhandsgranska"),
        ("Mina utskick", "Du har inga utskick än"),
        ("Mina kanaler", "Inget team i Kronobergs län har lagt till Tryggve än"),
        ("Mina ämnen", "Så får du utskick"),
    ]:
        await kerstin.says("hjälp")
        await kerstin.taps(button)
        kerstin.hears(hears)


async def test_a_coordinator_is_helped_with_announcements_and_an_employee_is_not(
    tryggve: Town, anna: Person
) -> None:
    kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
    await kerstin.says("hjälp")
    kerstin.hears("nytt utskick", "att godkänna", "mallar", "mina kanaler", "anmälda fel", "svara")
    await anna.says("hjälp")
    anna.hears("mina ämnen")

    for theirs in ("nytt utskick", "att godkänna", "mallar", "mina kanaler", "anmälda fel"):
        anna.does_not_hear(theirs)


async def test_who_becomes_a_coordinator_gets_another_help(tryggve: Town, anna: Person) -> None:
    await anna.says("hjälp")
    anna.does_not_hear("nytt utskick")
    await tryggve.tryggve.directory.grant(anna.tenant, anna.object_id, "07")
    await anna.says("hjälp")

    anna.hears("nytt utskick")


async def test_one_job_can_be_asked_about(tryggve: Town, anna: Person) -> None:
    for said in ("hjälp utskick", "hjälp med utskick", "Hjälp om utskick!"):
        await anna.says(said)
        anna.hears("Utskick till dig", "samla utskicken")
        anna.does_not_hear("Gå utbildningar")
    kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
    await kerstin.says("hjälp med utskick")

    kerstin.hears("Innan det har skickats", "Utskick till dig")


async def test_help_with_something_else_is_a_question(anna: Person) -> None:
    for said in ("hjälp med lägesbilden", "hjälp med att göra en lägesbild"):
        await anna.says(said)

        anna.does_not_hear("Det här kan du göra")
        anna.hears("lägesbild")


async def test_help_in_a_channel_says_what_works_there(anna: Person) -> None:
    await anna.says("hjälp", channel=CHANNEL)
    anna.hears("Det här kan ni göra här", "@Tryggve", "utskick hit", "välj kanal")
    anna.does_not_hear("mina ämnen")
    await anna.taps("Utbildningar", channel=CHANNEL)

    anna.hears("utbildningar")


async def test_a_guest_is_told_only_what_a_guest_may(tryggve: Town) -> None:
    guest = tryggve.person("Gäst", guest=True)
    await guest.says("vad kan du?")

    guest.hears("samordnare i Växjö", "utbildningar")
    guest.does_not_hear("mina utbildningar")
    guest.does_not_hear("mina ämnen")


async def test_the_welcome_leads_to_the_jobs_and_to_the_help(tryggve: Town, anna: Person) -> None:
    await create_training(tryggve, title="Lägesbild i praktiken")
    await anna.installs()
    welcome = {title: anna.button(title) for title in ("Utbildningar", "Min samordnare", "Hjälp")}
    assert len([*anna.cards()[0]["actions"]]) == 3

    await anna.taps_action(welcome["Utbildningar"])
    anna.hears("Lägesbild i praktiken")
    await anna.taps_action(welcome["Min samordnare"])
    anna.hears("Vilken kommun arbetar du i?")
    await anna.taps_action(welcome["Hjälp"])
    anna.hears("Det här kan du göra")


async def test_a_channels_welcome_leads_to_the_help_too(anna: Person) -> None:
    await anna.act({"type": "installationUpdate", "action": "add"}, channel=CHANNEL)
    await anna.taps("Hjälp", channel=CHANNEL)

    anna.hears("Det här kan ni göra här")


async def test_help_in_the_middle_loses_nothing(sqlite_url: str) -> None:
    async with office(sqlite_url) as here:
        await here.writes(**TIME)
        await here.kerstin.says("hjälp")
        here.kerstin.hears("Ditt utskick är sparat som utkast", "Det här kan du göra")
        await here.kerstin.says("mina utskick")

        here.kerstin.hears("Ny handbok om lägesbilder")


@pytest.mark.parametrize("is_coordinator", [False, True])
async def test_whatever_the_help_names_gets_an_answer_of_its_own(
    tryggve: Town, is_coordinator: bool
) -> None:
    """Also with nothing on the screen: never the answer to what was not understood."""
    await create_training(tryggve)
    first = tryggve.person("Läsare")
    if is_coordinator:
        await tryggve.coordinator("Läsare", "07")
    await first.says("hjälp")
    named = re.findall(r"\*\*([^*]+)\*\*", first.words())
    for number, said in enumerate(named):
        person = tryggve.person(f"Läsare {number}")
        if is_coordinator:
            await tryggve.coordinator(person.name, "07")
        await person.says(said)
        for lost in ("inget säkert svar", "Menade du", "Kortet är för gammalt", "kan bara"):
            person.does_not_hear(lost)

    assert len(named) > (40 if is_coordinator else 20)


async def test_a_command_about_no_announcement_asks_which(tryggve: Town) -> None:
    kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
    for said in ("pausa", "skicka nu", "Rätta utskicket", "hämta som excel", "status"):
        await kerstin.says(said)
        kerstin.hears("Jag vet inte vilket utskick du menar", "mina utskick")


async def test_a_form_under_way_is_not_left_by_such_a_command(sqlite_url: str) -> None:
    async with office(sqlite_url) as here:
        await here.kerstin.says("nytt utskick")
        await here.kerstin.says("skicka till mig själv")
        here.kerstin.does_not_hear("Jag vet inte vilket utskick")
        await here.kerstin.says("Rubrik: Möte i rådet\nText: Vi ses i Växjö klockan tio.")

        here.kerstin.hears("Så här ser utskicket ut")
