"""Erasing and purging cross what goes on at the same time: a hold, a sender, a turn, a crash."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from knowledge.delivery import claims, outbox
from knowledge.delivery.messenger import Message
from knowledge.delivery.models import Result, Status, deliveries
from knowledge.directory.models import people
from knowledge.directory.service import DirectoryService
from knowledge.questions.models import open_questions
from knowledge.retention import erase, holds, sweep
from knowledge.retention.erase import ErasureService
from knowledge.storage.conversations import ConversationBusy, Conversations
from knowledge.storage.database import Database
from knowledge.trainings.models import signups
from tests.knowledge.retention.test_purge import NOW, amount, later, person, sign_up
from tests.support.traces import traces_in

ANNA = ("tenant-1", "id-Anna Alm")


async def leave_text(database: Database, said: str) -> None:
    async with database.write() as tx:
        row = insert(open_questions).values(question=said, kind="unanswered", county="07", times=1)
        await tx.execute(row.values(asked_at=NOW))


async def test_a_hold_set_while_purging_goes_on_is_heeded(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await sign_up(database, "Anna Alm", "Bo Berg")
    service = later(database, 2_000)
    read, first = database.read, [True]

    @asynccontextmanager
    async def then_somebody_is_held() -> AsyncIterator[Any]:
        async with read() as tx:
            yield tx
        if first:
            first.clear()
            async with database.write() as writing:
                await holds.hold(writing, *ANNA, "Tillsyn 7", NOW)

    monkeypatch.setattr(database, "read", then_somebody_is_held)
    await service.purge()

    assert await amount(database, signups) == 1
    assert await traces_in(database, "Anna Alm")


@pytest.mark.parametrize("group", ["announcement:1", "notice:1"])
async def test_what_is_on_its_way_leads_to_nobody_when_it_has_arrived(
    database: Database, group: str
) -> None:
    anna = await person(database, "Anna Alm")
    async with database.write() as tx:
        target = outbox.to_person(anna)
        said = Message(text="Hej Anna Alm")
        await outbox.enqueue(tx, database, group_key=group, message=said, targets=[target])
    async with database.write() as tx:
        [claimed] = await claims.claim(tx, database, "lease", 10)
    await ErasureService(database).erase(*ANNA)
    async with database.write() as tx:
        arrived = Result(claimed, Status.SENT, activity_id="its-id", conversation_id="a:Anna Alm")
        await claims.settle(tx, database, [arrived])

    assert await traces_in(database, "Anna Alm", "its-id", "a:Anna") == set()
    async with database.read() as tx:
        assert (await tx.execute(select(deliveries.c.status))).scalars().all() in ([], ["sent"])


@pytest.mark.parametrize("way", ["again", "purge"])
async def test_a_crash_before_the_texts_were_looked_through_is_made_good(
    database: Database, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    await person(database, "Anna Alm")
    await leave_text(database, "Vet Anna Alm något?")

    async def crash(*_: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(sweep, "_sweep_column", crash)
    with pytest.raises(RuntimeError):
        await ErasureService(database).erase(*ANNA)
    monkeypatch.undo()
    if way == "again":
        await ErasureService(database).erase(*ANNA)
    else:
        await later(database, 0).purge()

    assert await traces_in(database, "Anna Alm") == set()


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Åsa Öberg", "åsa öberg"),
        ("Åsa Öberg", "ÅSA ÖBERG"),
        ("Bo Åkerö", "bo åkerö"),
        ("ÅSA ÖBERG", "Åsa Öberg"),
    ],
)
async def test_a_name_is_found_however_it_is_written(
    database: Database, name: str, written: str
) -> None:
    await person(database, name)
    await leave_text(database, f"Vet {written} något?")
    await ErasureService(database).erase("tenant-1", f"id-{name}")

    assert await traces_in(database, written) == set()


async def test_a_turn_elsewhere_leaves_nothing_of_who_erases_themselves(database: Database) -> None:
    await person(database, "Anna Alm")
    own, other = Conversations(database), Conversations(database)
    async with own.turn("tenant-1|a:Anna Alm", "1") as opened:
        opened.state, opened.forgotten = {"said": "Anna Alm"}, True
        elsewhere = other.turn("tenant-1|19:kanal|id-Anna Alm", "2")
        there = await elsewhere.__aenter__()
        there.state = {"said": "id-Anna Alm"}
        await ErasureService(database).erase(*ANNA, in_turn=True)
        with pytest.raises(ConversationBusy):
            await elsewhere.__aexit__(None, None, None)

    assert await traces_in(database, "Anna Alm") == set()


async def test_a_turn_that_goes_on_while_an_officer_erases_leaves_nothing(
    database: Database,
) -> None:
    await person(database, "Anna Alm")
    own = Conversations(database)
    turn = own.turn("tenant-1|a:Anna Alm", "1")
    opened = await turn.__aenter__()
    opened.state = {"said": "Anna Alm"}
    await ErasureService(database).erase(*ANNA)
    with pytest.raises(ConversationBusy):
        await turn.__aexit__(None, None, None)

    assert await traces_in(database, "Anna Alm") == set()


async def test_a_text_that_changes_while_it_is_looked_through(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await person(database, "Anna Alm")
    await leave_text(database, "Vet Anna Alm något?")
    write, changed = database.write, []

    @asynccontextmanager
    async def and_it_changes() -> AsyncIterator[Any]:
        if not changed and not await traces_in(database, "tenant-1|a:Anna Alm"):
            changed.append(1)
            async with write() as tx:
                text = "Vet Anna Alm något mer?"
                await tx.execute(update(open_questions).values(question=text))
        async with write() as tx:
            yield tx

    monkeypatch.setattr(database, "write", and_it_changes)
    await ErasureService(database).erase(*ANNA)

    assert await traces_in(database, "Anna Alm") == set()


async def test_the_number_of_who_was_erased_becomes_nobody_elses(database: Database) -> None:
    """Old links, cards and what is on its way to a chat name people by their number."""
    anna = await person(database, "Anna Alm")
    await ErasureService(database).erase(*ANNA)
    bo = await person(database, "Bo Berg")
    directory = DirectoryService(database)
    await directory.remember_chat(anna.id, "a:Anna Alm")

    assert bo.id != anna.id
    assert await directory.person(anna.id) is None
    assert await traces_in(database, "Anna Alm") == set()
    await later(database, 0).purge()
    assert await amount(database, people) == 1


async def test_who_writes_while_the_texts_are_looked_through_is_met_anew(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna = await person(database, "Anna Alm")
    look_through = erase.sweep

    async def and_anna_writes(*which: Any) -> int:
        await person(database, "Anna Alm")
        return await look_through(*which)

    monkeypatch.setattr(erase, "sweep", and_anna_writes)
    await ErasureService(database).erase(*ANNA)
    await later(database, 0).purge()

    back = await DirectoryService(database).find_person(*ANNA)
    assert back is not None
    assert (back.id, back.muted, back.municipality) == (anna.id, False, "0780")
