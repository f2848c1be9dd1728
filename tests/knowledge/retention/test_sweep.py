"""Whoever has the same name as somebody who is erased goes on being called by it."""

from collections.abc import Iterable

import pytest
from sqlalchemy import insert, select

from knowledge.delivery import outbox
from knowledge.delivery.messenger import Message
from knowledge.delivery.models import messages
from knowledge.directory.models import Met, Person, people
from knowledge.directory.service import DirectoryService
from knowledge.retention.erase import ErasureService
from knowledge.storage.conversations import Conversations, conversations
from knowledge.storage.database import Database
from tests.knowledge.retention.test_crossing import ANNA, leave_text
from tests.knowledge.retention.test_purge import NOW, person
from tests.support.traces import traces_in

LUND = "tenant-2"


async def namesake(database: Database, name: str = "Anna Alm") -> Person:
    """Somebody of another organisation."""
    met = Met(LUND, "id-other", "29:other", name, "a:other", "https://teams", at=NOW)
    return await DirectoryService(database).meet(met)


async def tells(database: Database, whom: Iterable[Person], said: str) -> None:
    """A notice that waits to be sent."""
    async with database.write() as tx:
        targets = [outbox.to_person(one) for one in whom]
        message = Message(text=said)
        await outbox.enqueue(tx, database, group_key="notice:1", message=message, targets=targets)


async def talks(database: Database, key: str, said: str) -> None:
    async with Conversations(database).turn(key, "1") as turn:
        turn.state = {"said": said}


async def everything_said(database: Database) -> str:
    async with database.read() as tx:
        states = (await tx.execute(select(conversations.c.state))).scalars().all()
        payloads = (await tx.execute(select(messages.c.payload))).scalars().all()
    return " ".join(map(str, (*states, *payloads)))


@pytest.mark.parametrize("name", ["Anna Alm", "ANNA ALM", "anna  alm"])
async def test_a_namesake_keeps_the_name_in_what_is_their_own(
    database: Database, name: str
) -> None:
    await person(database, "Anna Alm")
    other = await namesake(database, name)
    await tells(database, [other], "Hej Anna Alm, du har fått en plats.")
    await talks(database, f"{LUND}|a:other", "Jag heter Anna Alm i Lund")
    await talks(database, f"{LUND}|19:kanal|id-other", "Anna Alm frågar i kanalen")
    await leave_text(database, "Vet Anna Alm något?")
    await ErasureService(database).erase(*ANNA)

    said = await everything_said(database)
    for own in ("Hej Anna Alm,", "Jag heter Anna Alm i Lund", "Anna Alm frågar i kanalen"):
        assert own in said
    assert "open_questions.question" not in await traces_in(database, "Anna Alm")
    found = await DirectoryService(database).find_person(LUND, "id-other")
    assert found
    assert found.name == name


async def test_her_ids_are_taken_out_there_too(database: Database) -> None:
    await person(database, "Anna Alm")
    other = await namesake(database)
    await tells(database, [other], "Anna Alm skrev: fråga id-Anna Alm")
    await ErasureService(database).erase(*ANNA)

    assert await traces_in(database, "id-Anna Alm") == set()
    assert "Anna Alm skrev: fråga …" in await everything_said(database)


async def test_what_others_are_told_says_the_name_no_more(database: Database) -> None:
    await person(database, "Anna Alm")
    await namesake(database)
    bo = await person(database, "Bo Berg")
    await tells(database, [bo], "Anna Alm föreslår en utbildning för dig.")
    await ErasureService(database).erase(*ANNA)

    assert "… föreslår en utbildning för dig." in await everything_said(database)


async def test_a_coordinator_of_the_same_name_is_told_of_others(database: Database) -> None:
    await person(database, "Anna Alm")
    other = await namesake(database)
    await DirectoryService(database).grant(LUND, "id-other", "07")
    await tells(database, [other], "Anna Alm frågar dig om handboken.")
    await ErasureService(database).erase(*ANNA)

    assert "… frågar dig om handboken." in await everything_said(database)


async def test_any_number_of_namesakes_will_do(database: Database) -> None:
    await person(database, "Anna Alm")
    same = {"tenant_id": LUND, "name": "Anna Alm", "installed": True}
    async with database.write() as tx:
        crowd = [{**same, "object_id": f"id-{n}", "teams_id": f"29:{n}"} for n in range(1_200)]
        await tx.execute(insert(people), crowd)
    await leave_text(database, "Vet Anna Alm något?")
    await ErasureService(database).erase(*ANNA)

    assert "open_questions.question" not in await traces_in(database, "Anna Alm")
