"""An old message that is edited or restored does nothing; the latest may be asked anew."""

from typing import Any

import pytest

from tests.conversations.test_announcements import FORM
from tests.support.team_room import until_done
from tests.support.town import TENANT, Person, Town, town

pytestmark = pytest.mark.both_databases

QUESTION = "hur ofta ska lägesbilden uppdateras"
TENANTS = {TENANT: "0780"}


async def edits(person: Person, id: str, words: str, **more: Any) -> None:
    """Changes the words of an earlier message."""
    await person.act({"type": "messageUpdate", "text": words, **more}, id=id)


async def says(person: Person, id: str, words: str) -> None:
    await person.act({"type": "message", "text": words}, id=id)


async def test_the_latest_question_is_answered_anew(tryggve: Town, anna: Person) -> None:
    await says(anna, "1", "vem beslutar om allt")
    await edits(anna, "1", QUESTION)
    anna.hears("Minst vartannat år")
    await edits(anna, "1", "vad betyder SSPF", timestamp="2026-11-26T10:00:01Z")
    anna.hears("SSPF")


async def test_an_older_question_is_not(tryggve: Town, anna: Person) -> None:
    await says(anna, "1", "vem beslutar om allt")
    await says(anna, "2", "hjälp")
    await edits(anna, "1", QUESTION)

    assert anna.heard == []
    await edits(anna, "1", QUESTION)  # nor when it has been tried once
    assert anna.heard == []


async def test_an_edit_that_comes_twice_is_answered_once(tryggve: Town, anna: Person) -> None:
    await says(anna, "1", "vem beslutar om allt")
    for answers in (1, 0):
        await edits(anna, "1", QUESTION, timestamp="2026-11-26T10:00:01Z")
        assert len(anna.heard) == answers


ACTS = [
    "ja",
    "nej",
    "1",
    "skicka",
    "avbryt",
    "Växjö",
    "byt kommun till Växjö",
    "utbildningar",
    "anmäl mig till 1",
    "Skicka: nu",
    "sluta få utskick",
    "jag vill anmäla mig till kurs 1",
    "tack, det hjälpte",
    "",
]


@pytest.mark.parametrize("words", ACTS)
async def test_the_latest_is_answered_anew_only_as_a_question(sqlite_url: str, words: str) -> None:
    async with town(sqlite_url) as tryggve:
        anna = tryggve.person("Anna Alm")
        await says(anna, "1", QUESTION)
        before = await tryggve.tryggve.directory.find_person(TENANT, anna.object_id)
        await edits(anna, "1", words)

        assert anna.heard == []
        assert await tryggve.tryggve.directory.find_person(TENANT, anna.object_id) == before


@pytest.mark.parametrize("words", ["ja", "1", "Växjö", QUESTION])
@pytest.mark.parametrize("old", ["0", "1"])
async def test_what_is_asked_is_not_answered_by_an_edit(
    sqlite_url: str, words: str, old: str
) -> None:
    async with town(sqlite_url) as tryggve:
        anna = tryggve.person("Anna Alm")
        await says(anna, "0", "hej")
        await says(anna, "1", "min samordnare")
        anna.hears("kommun")
        await edits(anna, old, words)
        assert anna.heard == []

        await says(anna, "2", "Växjö")
        anna.hears("Kronobergs län")


@pytest.mark.parametrize("event", ["editMessage", "undeleteMessage"])
async def test_an_old_yes_sends_nothing(database_url: str, event: str) -> None:
    async with town(database_url, tenants=TENANTS) as tryggve:
        await tryggve.channel_is_added()
        kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
        await says(kerstin, "1", "ja tack")
        await kerstin.says("nytt utskick")
        await kerstin.taps("Förhandsgranska", **FORM)
        data = {"eventType": event, "tenant": {"id": TENANT}}
        for id, words in (("1", "skicka"), ("1", "ja"), ("2", "skicka")):
            await edits(kerstin, id, words, channelData=data)
            assert kerstin.heard == []

        await kerstin.says("skicka")
        await until_done(kerstin)
        kerstin.hears("Levererade: 1 av 1")


async def test_a_restored_message_says_nothing_again(tryggve: Town, anna: Person) -> None:
    await says(anna, "1", QUESTION)
    data = {"eventType": "undeleteMessage", "tenant": {"id": TENANT}}
    await edits(anna, "1", QUESTION, channelData=data)

    assert anna.heard == []


async def test_a_text_that_is_being_written_is_not_left_for_an_edit(sqlite_url: str) -> None:
    async with town(sqlite_url, tenants=TENANTS) as tryggve:
        kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
        await kerstin.says("nytt utskick")
        await says(kerstin, "1", "Rubrik: Ny handbok\nText: Läs den före mötet.")
        await edits(kerstin, "1", QUESTION)

        assert kerstin.heard == []
