"""Words of a command about something else, against it, or on a condition: nothing is asked as if it
were wanted, and nothing is done."""

import pytest

from tests.conversations.test_schedule import FORM, TIME, office

ASKS = "Ska jag "


@pytest.mark.parametrize(
    "said",
    [
        "Ta tillbaka bara inte det där utskicket",
        "dra tillbaka absolut inte utskicket",
        "stoppa verkligen inte det utskicket",
        "pausa för guds skull inte utskicket",
        "skicka utskicket nu om Karin säger ja",
        "skicka det nu om Eva och Per har godkänt det",
    ],
)
async def test_what_waits_is_left_alone_and_not_asked_about(sqlite_url: str, said: str) -> None:
    async with office(sqlite_url) as here:
        await here.writes(**TIME)
        await here.kerstin.taps("Schemalägg")
        await here.kerstin.says(said)

        here.kerstin.does_not_hear(ASKS)
        await here.kerstin.says("mina utskick")
        here.kerstin.hears("Skickas tisdag 1 december")
        assert here.posts == []


@pytest.mark.parametrize(
    "said",
    [
        "samla alla i rådet en gång i veckan",
        "samla in synpunkter en gång i veckan",
        "samla hela gruppen varje vecka",
        "pausa för lunch",
        "pausa mötet en stund",
        "stoppa våldet i centrum nu",
        "följ polisens råd",
        "följ kommunens riktlinjer",
    ],
)
async def test_the_object_decides_and_not_the_verb(sqlite_url: str, said: str) -> None:
    async with office(sqlite_url) as here:
        await here.writes()
        await here.kerstin.says("skicka")
        await here.kerstin.says(said)

        here.kerstin.does_not_hear(ASKS)
        here.kerstin.does_not_hear("Så får du utskick")


@pytest.mark.parametrize(
    ("said", "hears"),
    [
        ("samla mina utskick en gång i veckan tack", "Ska jag samla utskicken"),
        ("pausa utskicket en liten stund", "Ska jag pausa utskicket?"),
    ],
)
async def test_our_own_things_are_still_asked_about(sqlite_url: str, said: str, hears: str) -> None:
    async with office(sqlite_url) as here:
        await here.writes()
        await here.kerstin.says("skicka")
        await here.kerstin.says(said)

        here.kerstin.hears(hears)


@pytest.mark.parametrize("said", ["godkänn om Karin sagt ja", "godkänn det om Eva har godkänt"])
async def test_an_approval_on_a_condition_is_told_how(sqlite_url: str, said: str) -> None:
    async with office(sqlite_url, approval_from=1) as here:
        eva = await here.tryggve.coordinator("Eva Ek", "07")
        await eva.says("hej")
        await here.writes()
        await here.kerstin.says("skicka")
        await eva.says(said)
        eva.does_not_hear("Godkänner du det?")
        eva.hears("Jag gör inget förrän du ber mig.", "”att godkänna”")
        await eva.says("att godkänna")

        eva.hears("Godkänner du det?", FORM["heading"])
        assert here.posts == []


@pytest.mark.parametrize(
    "said",
    [
        "jag vill fråga samordnaren: hur gör vi med vakter?",
        "Kan du fråga samordnaren en sak: hur gör vi med vakter?",
        "jag skulle vilja fråga vår samordnare: hur gör vi med vakter?",
    ],
)
async def test_a_question_for_the_coordinator_is_filled_in_and_not_sent(
    sqlite_url: str, said: str
) -> None:
    async with office(sqlite_url) as here:
        anna = here.tryggve.person("Anna Alm")
        await anna.says("byt kommun till Växjö")
        await here.writes(reach="channels,people")
        await here.kerstin.says("skicka")
        await anna.is_told(FORM["heading"])
        await anna.says(said)
        anna.hears("Fråga om utskicket ”Ny handbok om lägesbilder”", "\nhur gör vi med vakter?\n")
        assert not any("vakter" in str(one) for one in here.kerstin.inbox())
        await anna.taps("Skicka frågan")

        await here.kerstin.is_told("hur gör vi med vakter?")


@pytest.mark.parametrize(
    "said",
    [
        "jag vill inte fråga samordnaren: hur gör vi med vakter?",
        "ska jag fråga samordnaren: hur gör vi med vakter?",
    ],
)
async def test_no_form_is_opened_for_a_question_that_is_not_to_be_asked(
    sqlite_url: str, said: str
) -> None:
    async with office(sqlite_url) as here:
        anna = here.tryggve.person("Anna Alm")
        await anna.says("byt kommun till Växjö")
        await here.writes(reach="channels,people")
        await here.kerstin.says("skicka")
        await anna.is_told(FORM["heading"])
        await anna.says(said)

        anna.does_not_hear("Skicka frågan")
