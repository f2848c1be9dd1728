"""What a data-protection officer asks, and `deploy/integritet.md` answers: tried as it is said."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from dialogs.understanding import judge
from knowledge.answers import library as answers
from knowledge.storage.database import Database
from tests.conversations.test_own_data import announce, is_sent_to_and_asks, needles, takes_part
from tests.conversations.test_own_data import story as story
from tests.support.builders import create_training
from tests.support.town import TENANT, Person, Town, town
from tests.support.traces import traces_in

ALVESTA, BOARD, SKANE = (f"2222222{number}-2222-4333-8444-555555555555" for number in (1, 2, 3))
TENANTS = {TENANT: "0780", ALVESTA: "0764", BOARD: "07", SKANE: "12"}


@pytest.fixture
async def county(database_url: str) -> AsyncIterator[Town]:
    """Two municipalities, their county board and another one, each an organisation of its own."""
    async with town(database_url, tenants=TENANTS) as built:
        await built.coordinator("Kerstin Karlsson", "07", BOARD)
        await built.coordinator("Sara Sand", "12", SKANE)
        for name, tenant, place in (
            ("Anna Alm", TENANT, "Växjö"),
            ("Alva Ask", ALVESTA, "Alvesta"),
        ):
            await built.person(name, tenant).says(f"byt kommun till {place}")
        yield built


async def page(of: Town, url: str) -> str:
    path = urlsplit(url).path
    async with of.http.get(of.url + path) as response:
        assert response.status == 200, path
        return await response.text()


async def own_file(person: Person) -> dict[str, Any]:
    await person.says("mina uppgifter")
    everything: dict[str, Any] = json.loads(
        await page(person.town, person.button("Hämta allt (fil)")["url"])
    )
    return everything


@pytest.mark.both_databases
async def test_the_county_board_sees_its_participants_and_nobody_else_does(county: Town) -> None:
    """Who works in Växjö is seen in Kronoberg, and neither in Alvesta nor in Skåne."""
    await create_training(county)
    anna, kerstin = county.people["Anna Alm"], county.people["Kerstin Karlsson"]
    await anna.says("anmäl mig till Lägesbild i praktiken")
    anna.hears("Du är anmäld")
    await announce(kerstin)
    await anna.is_told("Ny handbok")
    await anna.says("kvittera")

    await kerstin.says("deltagare")
    kerstin.hears("Anna Alm, Växjö")
    await kerstin.says("vem har läst det")
    kerstin.hears("Anna Alm")
    for name in ("Alva Ask", "Sara Sand"):
        other = county.people[name]
        for words in ("deltagare", "vem har läst det", "föreslå Anna till utbildningen"):
            await other.says(words)
            other.does_not_hear("Alm")


async def test_whoever_asks_is_known_and_the_question_is_nobodys(
    tryggve: Town, anna: Person
) -> None:
    await anna.says("hur lagar jag pannkakor i vårt råd?")
    anna.hears("inget säkert svar")
    await anna.says("hjälp")
    found = await traces_in(tryggve.tryggve.database, *needles(anna))
    [gap] = await tryggve.tryggve.questions.list_gaps()

    assert {"people.name", "people.object_id", "people.conversation_id"} <= found
    assert {one.split(".")[0] for one in found} <= {"people", "conversations"}
    assert gap.times == 1


async def test_a_coordinators_file_only_counts_what_names_others(story: Town) -> None:
    kerstin = story.people["Kerstin Karlsson"]
    await is_sent_to_and_asks(story)
    await takes_part(story, until="later")
    said = json.dumps(everything := await own_file(kerstin), ensure_ascii=False)

    assert kerstin.name in said
    assert "Anna Alm" not in said
    talk = everything["Vårt samtal: det du håller på med och mina senaste svar"]
    assert talk["conversations"]
    assert {row["state"] for row in talk["conversations"]} == {None}


async def test_who_is_named_by_others_is_not_in_the_own_file(tryggve: Town, anna: Person) -> None:
    """What others have written is theirs; it is looked through when somebody is erased."""
    bo = tryggve.person("Bo Berg")
    await bo.says("hur ofta ska vi uppdatera lägesbilden?")
    await bo.says("fel: det var Anna Alm som skrev det")
    await anna.says("hjälp")

    assert "som skrev det" not in str(await own_file(anna))
    await anna.says("radera mig")
    await anna.says("ja")
    await tryggve.tryggve.conversations.finish()
    assert await traces_in(tryggve.tryggve.database, "som skrev det") == {"reports.note"}
    assert await traces_in(tryggve.tryggve.database, anna.name) == set()


async def test_what_is_published_stays_when_who_is_named_in_it_is_erased(
    tryggve: Town, anna: Person
) -> None:
    await create_training(tryggve, organizer="Länsstyrelsen, Anna Alm")
    await anna.says("hjälp")
    await anna.says("radera mig")
    await anna.says("ja")
    await tryggve.tryggve.conversations.finish()

    assert await traces_in(tryggve.tryggve.database, *needles(anna)[:4]) == {"trainings.organizer"}


@pytest.mark.both_databases
async def test_the_acts_themselves_lead_to_nobody(story: Town) -> None:
    """Who has acted is a number, and what number is whose stands in a table that is purged."""
    await is_sent_to_and_asks(story)
    await takes_part(story)
    everybody = [one for person in story.people.values() for one in needles(person)[:4]]
    found = await traces_in(story.tryggve.database, *everybody)

    assert "audit_people.object_id" in found
    assert not {one for one in found if one.startswith("audit.")}
    assert not {one for one in found if one.split(".")[0] in ("tallies", "kept_counts", "verdicts")}


async def test_no_figure_leads_to_anybody(story: Town) -> None:
    await is_sent_to_and_asks(story)
    await takes_part(story)
    told = await page(story, "/metrics")

    assert "tryggve_turns_total" in told
    for person in story.people.values():
        for needle in needles(person):
            assert needle not in told


async def test_a_list_of_participants_is_made_when_it_is_fetched(sqlite_url: str) -> None:
    folder = Path(sqlite_url.removeprefix("sqlite:///")).parent
    async with town(sqlite_url) as tryggve:
        await create_training(tryggve)
        kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
        await tryggve.person("Anna Alm").says("anmäl mig till Lägesbild i praktiken")
        await kerstin.says("deltagare")
        await kerstin.taps("Hämta som Excel")
        before = {path.name for path in folder.iterdir()}
        url = urlsplit(kerstin.button("Öppna filen")["url"])
        async with tryggve.http.get(f"{tryggve.url}{url.path}") as response:
            assert (await response.read())[:2] == b"PK"

        assert {path.name for path in folder.iterdir()} == before


async def test_a_calendar_file_tells_of_the_training_and_not_of_who_goes(
    tryggve: Town, anna: Person
) -> None:
    await create_training(tryggve)
    await anna.says("anmäl mig till Lägesbild i praktiken")
    file = await page(tryggve, anna.button("Till kalendern (.ics)")["url"])

    assert "Lägesbild i praktiken" in file
    for needle in needles(anna):
        assert needle not in file


@pytest.mark.parametrize(
    "path", ["/", "/integritet", "/utbildningar", "/utbildningar/07.ics", "/utbildningar/alla.rss"]
)
async def test_no_page_sets_a_cookie(tryggve: Town, path: str) -> None:
    async with tryggve.http.get(tryggve.url + path) as response:
        assert response.status == 200
        assert "Set-Cookie" not in response.headers


async def test_what_was_erased_is_not_left_in_the_database_file(sqlite_url: str) -> None:
    """SQLite writes zeros over what is deleted, whoever has built it, and its journal is emptied
    when the last connection closes."""
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    async with town(sqlite_url) as tryggve:
        anna = tryggve.person("Anna Alm")
        await create_training(tryggve)
        await anna.says("anmäl mig till Lägesbild i praktiken")
        await anna.says("avanmäl mig")
        await anna.says("ja")
        await anna.says("radera mig")
        await anna.says("ja")
        await tryggve.tryggve.conversations.finish()
        async with tryggve.tryggve.database.write() as tx:
            zeros = (await tx.exec_driver_sql("PRAGMA secure_delete")).scalar_one()
    stored = b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))

    assert zeros == 1
    for needle in needles(anna):
        assert needle.encode() not in stored


async def test_a_new_database_file_is_for_nobody_else(sqlite_url: str) -> None:
    path = Path(sqlite_url.removeprefix("sqlite:///")).with_name("ny.db")
    database = Database(f"sqlite:///{path}")
    async with database.write() as tx:
        await tx.exec_driver_sql("CREATE TABLE one (id INTEGER)")
        modes = {one.stat().st_mode & 0o777 for one in path.parent.glob("ny.db*")}
    await database.close()

    assert modes == {0o600}


def test_a_process_remembers_few_messages() -> None:
    """As many as the page tells."""
    assert answers.REMEMBERED == judge.REMEMBERED == 64
