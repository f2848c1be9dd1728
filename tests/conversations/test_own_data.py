"""What is kept about me? Forget me."""

import json
import logging
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.web.files.own_data import FILE_MINUTES
from knowledge.retention import holds
from knowledge.retention.periods import Periods
from knowledge.retention.purge import RetentionService
from tests.conversations.test_announcements import FORM
from tests.support.builders import create_training
from tests.support.town import Person, Town, town
from tests.support.traces import traces_in, traces_in_memory


def needles(person: Person) -> tuple[str, ...]:
    """All that leads to the person."""
    return (person.name, person.object_id, person.chat, person.teams_id, "anna.alm@exempel.se")


@pytest.fixture
async def story(tryggve: Town, anna: Person) -> Town:
    """Anna does everything that a municipal employee may do, and all of it names her."""
    kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
    await kerstin.installs()
    await anna.installs()
    await anna.says("byt kommun till Växjö")
    for words in ("min roll kommunpolis", "följ lägesbild", "hur ofta ska lägesbilden uppdateras",
                  "det hjälpte", "fel: hälsar Anna Alm anna.alm@exempel.se",
                  "hur lagar Anna Alm pannkakor anna.alm@exempel.se"):  # fmt: skip
        await anna.says(words)
    channel = await tryggve.channel_is_added()
    await anna.says("hur ofta ska lägesbilden uppdateras", channel=channel)
    await anna.says("utbildningar", channel=channel)
    return tryggve


async def announce(kerstin: Person, heading: str = "Ny handbok om lägesbilder") -> None:
    await kerstin.says("nytt utskick")
    form = {**FORM, "heading": heading, "reach": "people", "acknowledge": "true"}
    await kerstin.taps("Förhandsgranska", **form)
    await kerstin.says("skicka")


async def is_sent_to_and_asks(town: Town) -> None:
    anna, kerstin = town.people["Anna Alm"], town.people["Kerstin Karlsson"]
    await announce(kerstin)
    await anna.is_told("Ny handbok")
    await anna.says("kvittera")
    await anna.says("fråga samordnaren: När ses vi? Hälsar Anna Alm")
    await kerstin.is_told("När ses vi?")
    await kerstin.taps("Svara")
    await kerstin.taps("Skicka svaret", answer="Klockan nio, Anna Alm.")
    await anna.is_told("Klockan nio")
    await anna.says("samla utskicken")
    await announce(kerstin, "Ett utskick till veckan")


async def takes_part(town: Town, *, until: str = "now") -> int:
    """Anna signs up, withdraws, is invited and listed."""
    anna, kerstin = town.people["Anna Alm"], town.people["Kerstin Karlsson"]
    training = await create_training(town, title="Lägesbild i praktiken")
    await anna.says("anmäl mig till Lägesbild i praktiken")
    anna.hears("Du är anmäld")
    await kerstin.says("deltagare")
    kerstin.hears("Anna Alm")
    if until == "now":
        await anna.says("avanmäl mig")
        await anna.says("ja")
        await kerstin.says("deltagare")
        await kerstin.says("lägg till Anna Alm")
    return training


@pytest.mark.both_databases
async def test_nothing_is_left_of_who_was_erased(
    story: Town, anna: Person, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.INFO)
    database = story.tryggve.database
    await is_sent_to_and_asks(story)
    await takes_part(story)
    await anna.says("hjälp")
    assert {"people.name", "deliveries.target_name", "messages.payload", "enquiries.question",
            "conversations.state", "reports.note", "shown_cards.object_id"
            } - {"shown_cards.object_id"} <= await traces_in(database, *needles(anna))  # fmt: skip

    await anna.says("radera mig")
    anna.hears(
        "Ska jag radera dig?", "Ditt namn och dina val försvinner genast", "Det går inte att ångra"
    )
    assert "people.name" in await traces_in(database, *needles(anna))
    await anna.says("ja")
    anna.hears("Jag har raderat dina uppgifter.")
    await story.tryggve.conversations.finish()

    assert await traces_in(database, *needles(anna)) == set()
    printed = capsys.readouterr()
    for needle in needles(anna):
        assert needle not in caplog.text + printed.out + printed.err
    left = traces_in_memory(story.tryggve, needles(anna), skip=[story.tryggve.endpoint._floods])
    assert left == set()


@pytest.mark.both_databases
async def test_who_was_erased_is_met_as_a_newcomer(story: Town, anna: Person) -> None:
    await anna.says("radera mig")
    await anna.says("ja")
    await anna.says("min samordnare")

    anna.hears("Vilken kommun")
    person = await story.tryggve.directory.find_person(anna.tenant, anna.object_id)
    assert person is not None
    assert (person.municipality, person.position, person.muted) == ("", None, False)


@pytest.mark.both_databases
async def test_a_sign_up_stays_until_the_training_is_over(sqlite_url: str) -> None:
    now = [datetime.now(UTC)]
    async with town(sqlite_url, now=lambda: now[0]) as tryggve:
        anna, kerstin = await _signed_up(tryggve)
        await anna.says("radera mig")
        anna.hears("Kvar tills den är över: din anmälan till ”Lägesbild i praktiken”")
        await anna.says("ja")
        anna.hears("Jag har raderat allt utom din anmälan till ”Lägesbild i praktiken”")
        await kerstin.says("deltagare")
        kerstin.hears("Anna Alm, Växjö")

        await tryggve.tryggve.own_data.retention.purge()
        assert "people.name" in await traces_in(tryggve.tryggve.database, anna.name)
        now[0] += timedelta(days=400)
        await tryggve.tryggve.own_data.retention.purge()
        assert await traces_in(tryggve.tryggve.database, *needles(anna)) == set()


async def test_who_comes_back_keeps_what_is_new(sqlite_url: str) -> None:
    now = [datetime.now(UTC)]
    async with town(sqlite_url, now=lambda: now[0]) as tryggve:
        anna, _ = await _signed_up(tryggve)
        await anna.says("radera mig")
        await anna.says("ja")
        await anna.says("följ lägesbild")
        now[0] += timedelta(days=400)
        await tryggve.tryggve.own_data.retention.purge()

        await anna.says("mina uppgifter")
        anna.hears("Vem du är")
        anna.does_not_hear("Anmälningar")


async def _signed_up(tryggve: Town) -> tuple[Person, Person]:
    anna = tryggve.person("Anna Alm")
    kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
    await anna.says("byt kommun till Växjö")
    await kerstin.says("hej")
    await takes_part(tryggve, until="later")
    return anna, kerstin


@pytest.mark.both_databases
async def test_of_a_coordinator_only_the_name_under_what_was_sent_stays(story: Town) -> None:
    """Announcements are the county's, and the log is: who sent them, and which account did what,
    is kept for as long as the table says."""
    kerstin, database = story.people["Kerstin Karlsson"], story.tryggve.database
    await is_sent_to_and_asks(story)
    await takes_part(story)
    await kerstin.says("visa utskicket")
    await kerstin.says("nytt utskick")
    await kerstin.taps("Förhandsgranska", **{**FORM, "heading": "Bara ett utkast"})
    assert "announcements.author_object_id" in await traces_in(database, *needles(kerstin)[:4])

    await kerstin.says("radera mig")
    kerstin.hears("Du är samordnare för Kronobergs län. Den rollen försvinner också",
                  "Kvar: 2 utskick som du har skickat, med ditt namn",
                  "rader i loggen över vad samordnare har gjort")  # fmt: skip
    await kerstin.taps("Ja, radera mig")
    kerstin.hears("Jag har raderat dina uppgifter.")
    await story.tryggve.conversations.finish()

    stays = {"announcements.author_name", "audit_people.object_id"}
    assert await traces_in(database, *needles(kerstin)[:4]) == stays
    assert await traces_in(database, "Bara ett utkast") == set()
    later = datetime.now(UTC) + timedelta(days=800)
    retention = RetentionService(database, Periods({}, "KS 2026/12"), lambda: later)
    await retention.purge()
    assert await traces_in(database, *needles(kerstin)[:4]) == set()


async def test_what_waits_to_be_sent_comes_first(tryggve: Town) -> None:
    kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
    anna = tryggve.person("Anna Alm")
    await anna.says("byt kommun till Växjö")
    day = (datetime.now(UTC) + timedelta(days=9)).date().isoformat()
    await kerstin.says("nytt utskick")
    form = {**FORM, "reach": "people", "send_date": day, "send_time": "10:00"}
    await kerstin.taps("Förhandsgranska", **form)
    await kerstin.taps("Schemalägg")
    await kerstin.says("radera mig")

    kerstin.hears("Du har ett utskick eller en ändring som väntar")


async def test_a_no_keeps_everything(anna: Person) -> None:
    await anna.says("byt kommun till Växjö")
    await anna.says("glöm mig")
    await anna.taps("Nej, behåll")
    anna.hears("Jag har inte raderat något")
    await anna.says("min samordnare")
    anna.hears("Kronobergs län")


@pytest.mark.parametrize(
    "words",
    [
        "radera allt om Bo Berg",
        "ta bort alla uppgifter om Bo Berg",
        "radera det ni har om Bo",
        "ta bort Bo Berg ur systemet",
        "radera min chef",
    ],
)
async def test_who_wants_another_erased_is_not_asked_about_oneself(
    anna: Person, words: str
) -> None:
    await anna.says("byt kommun till Växjö")
    await anna.says(words)

    anna.does_not_hear("Ska jag radera dig?")
    anna.hears("Jag raderar bara dina egna uppgifter, aldrig någon annans.")


@pytest.mark.parametrize(
    "words",
    [
        "min rätt att bli raderad enligt GDPR",
        "glöm allt om mig, Tryggve",
        "begäran om radering",
        "jag slutar som Bo Bergs chef, ta bort allt om mig",
    ],
)
async def test_who_wants_to_be_erased_is_asked_whatever_the_words(anna: Person, words: str) -> None:
    await anna.says("byt kommun till Växjö")
    await anna.says(words)

    anna.hears("Ska jag radera dig?")


async def test_a_hold_keeps_everything(tryggve: Town, anna: Person) -> None:
    await anna.says("byt kommun till Växjö")
    async with tryggve.tryggve.database.write() as tx:
        await holds.hold(tx, anna.tenant, anna.object_id, "Tillsyn 7", datetime.now(UTC))
    await anna.says("radera mig")

    anna.hears("Jag kan inte radera dina uppgifter nu.", "beslut om att de ska vara kvar")


@pytest.mark.parametrize(
    "words", ["mina uppgifter", "vad vet du om mig", "gdpr", "integritet", "registerutdrag"]
)
async def test_it_is_asked_for_in_many_words(anna: Person, words: str) -> None:
    await anna.says("byt kommun till Växjö")
    await anna.says(words)

    anna.hears("Det här sparar jag om dig", "Vem du är: ditt id och namn", "Hämta allt (fil)",
               "Sparas 2 år efter att du senast var här")  # fmt: skip


@pytest.mark.both_databases
async def test_the_file_holds_everything_about_one_and_nothing_about_others(
    story: Town, anna: Person
) -> None:
    await is_sent_to_and_asks(story)
    bo = story.person("Bo Berg")
    await bo.says("byt kommun till Alvesta")
    await takes_part(story, until="later")
    await anna.says("mina uppgifter")
    anna.hears("Anmälningar till utbildningar", "Frågor till samordnaren")
    url = _path(anna, story)

    async with story.http.get(url) as response:
        assert response.status == 200
        assert response.headers["Cache-Control"] == "no-store"
        everything: dict[str, Any] = await response.json()
    said = json.dumps(everything, ensure_ascii=False)
    for mine in ("Anna Alm", anna.object_id, "När ses vi?", "Klockan nio", '"lagesbild"'):
        assert mine in said
    for others in ("Bo Berg", bo.object_id, story.people["Kerstin Karlsson"].object_id):
        assert others not in said


OWN = {
    "people": 1,
    "follows": 1,
    "conversations": 3,  # her own chat, and two threads that she began in a channel
    "conversation_paces": 1,
    "timers": 2,
    "report_days": 1,
    "gathered_announcements": 1,
    "acknowledgements": 1,
    "enquiries": 1,
    "signups": 1,
    "training_history": 1,
    "audit_people": 1,
}
"""The tables that the file has, with how many rows each: counted by hand out of the story."""


@pytest.mark.both_databases
async def test_the_file_has_every_row_of_hers_and_no_row_of_who_did_the_same(
    story: Town, anna: Person
) -> None:
    """Two do the same, and ask each other's question: what is told apart is whose row it is."""
    bo, kerstin = story.person("Bo Berg"), story.people["Kerstin Karlsson"]
    await bo.installs()
    for words in ("byt kommun till Växjö", "följ lägesbild", "fel: hälsar Bo Berg"):
        await bo.says(words)
    await is_sent_to_and_asks(story)
    await bo.is_told("Ny handbok")
    await bo.says("kvittera")
    await bo.says("fråga samordnaren: Var ses vi? Hälsar Bo Berg")
    await kerstin.is_told("Var ses vi?")
    await takes_part(story, until="later")
    await bo.says("anmäl mig till Lägesbild i praktiken")
    await anna.says("mina uppgifter")
    async with story.http.get(_path(anna, story)) as response:
        kinds: dict[str, dict[str, list[dict[str, Any]]]] = await response.json()
    tables = {name: rows for kind in kinds.values() for name, rows in kind.items()}

    told = {name: len(rows) for name, rows in tables.items() if name in OWN}
    assert told == OWN
    assert {*tables} - {*OWN} == {"deliveries", "messages"}
    assert {row["target"] for row in tables["deliveries"]} == {
        f"person:{tables['people'][0]['id']}"
    }
    assert [row["question"] for row in tables["enquiries"]] == ["När ses vi? Hälsar Anna Alm"]
    assert "responder_id" not in tables["enquiries"][0]
    said = json.dumps(kinds, ensure_ascii=False)
    for others in (*needles(bo)[:4], "Var ses vi?", *needles(kerstin)[1:4]):
        assert others not in said


async def test_one_word_is_not_looked_for(tryggve: Town) -> None:
    """A name of one word may be any word: texts of others would be full of holes."""
    bo = tryggve.person("Bo")
    await tryggve.person("Anna Alm").says("hur ofta ska vi uppdatera lägesbilden?")
    await tryggve.person("Anna Alm").says("fel: Bo säger att vi kan bo i ett bo")
    await bo.says("hjälp")
    await bo.says("radera mig")
    await bo.says("ja")
    await tryggve.tryggve.conversations.finish()

    said = await traces_in(tryggve.tryggve.database, "Bo säger att vi kan bo i ett bo")
    assert said == {"reports.note"}
    assert await traces_in(tryggve.tryggve.database, bo.object_id) == set()


async def test_an_erased_persons_link_opens_nothing_of_who_comes_next(
    tryggve: Town, anna: Person
) -> None:
    await anna.says("mina uppgifter")
    url = _path(anna, tryggve)
    await anna.says("radera mig")
    await anna.says("ja")
    await tryggve.person("Bo Berg").says("byt kommun till Växjö")

    async with tryggve.http.get(url) as response:
        assert response.status == 404


async def test_an_answer_to_who_was_erased_goes_to_nobody_else(story: Town, anna: Person) -> None:
    kerstin = story.people["Kerstin Karlsson"]
    bo = story.person("Bo Berg")
    await bo.installs()
    await bo.says("byt kommun till Växjö")
    await announce(kerstin)
    await anna.is_told("Ny handbok")
    await bo.is_told("Ny handbok")
    await anna.says("fråga samordnaren: När ses vi?")
    await kerstin.is_told("När ses vi?")
    await kerstin.taps("Svara")
    form = kerstin.button("Skicka svaret")
    await anna.says("radera mig")
    await anna.says("ja")
    await bo.says("fråga samordnaren: Var ligger handboken?")
    await kerstin.is_told("Var ligger handboken?")
    await kerstin.taps_action(form, answer="Klockan nio.")

    assert await traces_in(story.tryggve.database, "Klockan nio") == set()


async def test_the_link_is_the_own_and_ends_with_the_person(tryggve: Town, anna: Person) -> None:
    await anna.says("mina uppgifter")
    url = _path(anna, tryggve)
    anna.hears(f"gäller i {FILE_MINUTES} minuter")
    await anna.says("radera mig")
    await anna.says("ja")

    async with tryggve.http.get(url) as response:
        assert response.status == 404


def _path(person: Person, tryggve: Town) -> str:
    url = str(person.button("Hämta allt (fil)")["url"])
    return tryggve.url + url[url.index("/mina-uppgifter/") :]
