"""What differs with who speaks: a coordinator has no coordinator, and others send nothing."""

import pytest

from tests.support.builders import create_training
from tests.support.town import Person, Town

THEIR_OWN = ("din samordnare", "min samordnare")


@pytest.fixture
async def kerstin(tryggve: Town) -> Person:
    return await tryggve.coordinator("Kerstin Karlsson", "07")


@pytest.mark.parametrize(
    "said",
    ["hur söker jag semester", "hej", "tack", "ok", "läs mer", "utbildningar", "fråga samordnaren",
     "vad är en social insatsgrupp", "Anna Ek 19850101-2384 misstänks för stöld"],
)  # fmt: skip
async def test_a_coordinator_is_never_sent_to_a_coordinator_of_her_own(
    kerstin: Person, said: str
) -> None:
    await kerstin.says(said)

    heard = f"{kerstin.words()} {kerstin.heard}".casefold()
    assert not [part for part in THEIR_OWN if part in heard]


async def test_what_is_not_known_leads_a_coordinator_elsewhere(kerstin: Person) -> None:
    await kerstin.says("hur söker jag semester")
    kerstin.hears("inget säkert svar", "Brå eller en kollega i ett annat län")
    await kerstin.says("vilket recept har du på äppelkaka")
    kerstin.hears("Fråga hellre Brå")
    await kerstin.taps("Samordnare")

    kerstin.hears("Det här är du själv", "Söker du en kollega?")


async def test_everybody_else_is_still_sent_to_theirs(anna: Person) -> None:
    await anna.says("hur söker jag semester")

    anna.hears("Din samordnare på länsstyrelsen", "Min samordnare")


async def test_an_answer_that_names_the_readers_coordinator_says_who_that_is(
    kerstin: Person, anna: Person
) -> None:
    for person in (kerstin, anna):
        await person.says("får kommuner med stora problem extra stöd?")
        person.hears("växande problem")
    kerstin.hears("Samordnaren som nämns är du själv")
    anna.does_not_hear("Samordnaren som nämns")


@pytest.mark.parametrize("said", ["min samordnare", "hur når jag vår länssamordnare", "Samordnare"])
async def test_a_coordinators_coordinator_is_herself(kerstin: Person, said: str) -> None:
    await kerstin.says(said)

    kerstin.hears("Det här är du själv", "Länsstyrelsen i Kronobergs län", "samordnare i Skåne")


@pytest.mark.both_databases
async def test_a_coordinator_who_works_in_a_municipality_sees_its_coordinator(
    kerstin: Person,
) -> None:
    await kerstin.says("byt kommun till Växjö")
    kerstin.hears("Jag har noterat att du arbetar i Växjö", "Det här är du själv")
    await kerstin.says("byt kommun till Lund")
    await kerstin.says("min samordnare")

    kerstin.hears("Länsstyrelsen i Skåne län")
    kerstin.does_not_hear("Det här är du själv")


async def test_a_coordinator_of_several_counties_is_told_which(tryggve: Town) -> None:
    kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
    await tryggve.tryggve.directory.grant(kerstin.tenant, kerstin.object_id, "08")
    await kerstin.says("min samordnare")

    kerstin.hears("Du är själv regional samordnare, i Kronobergs län och Kalmar län")


async def test_a_colleague_is_found_as_by_everybody(kerstin: Person) -> None:
    await kerstin.says("samordnare i Skåne")

    kerstin.hears("Länsstyrelsen i Skåne län")
    kerstin.does_not_hear("Det här är du själv")


@pytest.mark.both_databases
@pytest.mark.parametrize(
    "said",
    ["nytt utskick", "mina utskick", "mallar", "att godkänna", "skicka nu", "ställ in", "pausa",
     "stoppa utskicket", "dra tillbaka", "rätta utskicket", "påminn dem", "visa misslyckade",
     "hämta som excel", "spara som mall", "vilka nås inte", "Nytt utskick, tack!",
     "jag vill skicka ut information till alla kommuner i länet"],
)  # fmt: skip
async def test_who_is_no_coordinator_is_told_whose_announcements_are(
    anna: Person, said: str
) -> None:
    await anna.says(said)

    anna.hears("Utskick kan bara regionala samordnare", "min samordnare", "mina ämnen")


@pytest.mark.parametrize(
    ("said", "hears"),
    [
        ("mina kanaler", "Länets kanaler ser bara regionala samordnare"),
        ("anmälda fel", "Anmälda fel kan bara regionala samordnare"),
        ("svara", "Frågor om utskick besvarar bara regionala samordnare"),
        ("skapa en ny utbildning", "min samordnare"),
    ],
)
async def test_other_things_of_theirs_are_told_honestly_too(
    anna: Person, said: str, hears: str
) -> None:
    await anna.says(said)

    anna.hears(hears)


async def test_what_only_begins_like_a_coordinators_command_is_a_question(anna: Person) -> None:
    await anna.says("svara på medborgarförslag om kameror")

    anna.does_not_hear("besvarar bara regionala samordnare")


async def test_nothing_is_lost_when_somebody_elses_command_is_refused(
    tryggve: Town, anna: Person
) -> None:
    await create_training(tryggve, title="Lägesbild i praktiken")
    await anna.says("min samordnare")
    await anna.says("nytt utskick")
    anna.hears("Utskick kan bara")
    await anna.says("Växjö")

    anna.hears("Jag har noterat att du arbetar i Växjö")
