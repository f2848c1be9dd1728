"""The list of organisations is followed: a corrected code moves, a removed tenant gets nothing."""

import asyncio

import pytest

from knowledge.announcements.audience import Audience
from knowledge.announcements.reach import list_targets
from knowledge.delivery import outbox, tenants
from knowledge.delivery.messenger import Message
from knowledge.delivery.sender import Sender
from knowledge.directory.places import load_places
from knowledge.storage.database import Database
from knowledge.tenants.following import TenantList, let_in_by
from tests.support.deliveries import rows, until, until_settled
from tests.support.fakes import FakeMessenger
from tests.support.office import GOTEBORG, KUNGSBACKA, MOLNDAL, Office

LISTED = {"tenant-gbg": GOTEBORG, "tenant-kba": KUNGSBACKA}


async def follow(database: Database, listed: dict[str, str]) -> None:
    """A start with these settings; twice, as two processes would."""
    for _ in range(2):
        await TenantList(database, load_places(), listed).follow()


async def reached(database: Database, *municipalities: str) -> set[str]:
    where = Audience(municipalities=municipalities, to_people=True)
    async with database.read() as tx:
        return {target.name for target in await list_targets(tx, where, load_places())}


@pytest.fixture
async def office(database: Database) -> Office:
    """Göteborg and Kungsbacka, each with a channel and somebody who works there."""
    office = Office(database)
    await follow(database, LISTED)
    await office.employs("Anna", at=GOTEBORG)
    await office.employs("Berit", at=MOLNDAL)
    await office.employs("Karl", at=KUNGSBACKA, tenant="tenant-kba")
    await office.has_channel("gbg")
    await office.has_channel("kba", tenant="tenant-kba")
    return office


async def test_a_corrected_code_moves_channels_and_those_who_work_there(
    database: Database, office: Office
) -> None:
    await follow(database, {**LISTED, "tenant-gbg": MOLNDAL})

    assert await reached(database, GOTEBORG) == set()
    assert await reached(database, MOLNDAL) == {"Anna", "Berit", "Trygghetsgruppen / gbg"}
    assert await reached(database, KUNGSBACKA) == {"Karl", "Trygghetsgruppen / kba"}
    await follow(database, LISTED)
    assert "Trygghetsgruppen / gbg" in await reached(database, GOTEBORG)


async def test_who_had_chosen_another_municipality_than_the_tenants_is_moved_there(
    database: Database, office: Office
) -> None:
    assert await reached(database, MOLNDAL) == {"Berit"}

    await follow(database, LISTED)

    assert await reached(database, MOLNDAL) == set()
    assert await reached(database, GOTEBORG) == {"Anna", "Berit", "Trygghetsgruppen / gbg"}
    berit = await office.employs("Berit")
    assert (berit.municipality, berit.moved_from) == (GOTEBORG, MOLNDAL)
    anna = await office.employs("Anna")
    assert anna.moved_from == ""


async def test_at_a_county_board_one_works_anywhere_in_the_county_and_nowhere_else(
    database: Database, office: Office
) -> None:
    await office.employs("Lena", at=MOLNDAL, tenant="tenant-o")
    await office.employs("Kim", at=KUNGSBACKA, tenant="tenant-o")

    await follow(database, {**LISTED, "tenant-o": "14"})

    assert "Lena" in await reached(database, MOLNDAL)
    assert "Kim" not in await reached(database, KUNGSBACKA)
    kim = await office.employs("Kim", tenant="tenant-o")
    assert (kim.municipality, kim.moved_from) == ("", KUNGSBACKA)


async def test_a_municipality_that_becomes_a_county_board_has_no_channel_of_its_own(
    database: Database, office: Office
) -> None:
    await follow(database, {**LISTED, "tenant-gbg": "14"})

    assert await reached(database, GOTEBORG) == {"Anna"}  # she has said herself where she works


async def test_settings_that_list_nobody_leave_the_list_as_it_is(
    database: Database, office: Office
) -> None:
    let_in: dict[str, str] = {}
    await TenantList(database, load_places(), {}, let_in).follow()

    assert let_in == LISTED
    assert await reached(database, KUNGSBACKA) == {"Karl", "Trygghetsgruppen / kba"}


@pytest.mark.parametrize(
    ("listed", "expected"),
    [
        ({}, {"tenant-gbg", "tenant-kba"}),
        (LISTED, {"tenant-gbg", "tenant-kba"}),
        ({"tenant-gbg": GOTEBORG}, {"tenant-gbg"}),
        ({"tenant-mol": MOLNDAL}, {"tenant-mol"}),
    ],
)
async def test_commands_know_who_will_be_let_in_at_the_next_start(
    database: Database, office: Office, listed: dict[str, str], expected: set[str]
) -> None:
    async with database.read() as tx:
        told = await let_in_by(tx, listed)

    assert {*told} == expected
    followed: dict[str, str] = {}
    await TenantList(database, load_places(), listed, followed).follow()
    assert followed == told


async def test_a_tenant_that_is_removed_gets_nothing_more_until_it_is_back(
    database: Database, office: Office
) -> None:
    kerstin = await office.employs("Kerstin", at=KUNGSBACKA, tenant="tenant-kba")
    anna = await office.employs("Anna", at=GOTEBORG)

    async def write(key: str) -> None:
        async with database.write() as tx:
            for person in (kerstin, anna):
                await outbox.enqueue_notice(
                    tx, database, person, Message(key), f"{key}:{person.id}"
                )

    await write("before")
    await follow(database, {"tenant-gbg": GOTEBORG})
    await write("after")
    assert await reached(database, KUNGSBACKA) == set()
    messenger, stop = FakeMessenger(), asyncio.Event()
    sending = asyncio.create_task(Sender(database, messenger).run(stop))
    await until(lambda: len(messenger.sent) == 2, seconds=20)
    await until_settled(database, seconds=20)
    ended = {(row["tenant_id"], row["status"], row["reason"]) for row in await rows(database)}
    assert ended == {
        ("tenant-gbg", "sent", ""),
        ("tenant-kba", "cancelled", tenants.SHUT_OUT),
    }

    await follow(database, LISTED)
    await write("again")
    await until(lambda: len(messenger.sent) == 4, seconds=20)
    stop.set()
    await sending
    assert await reached(database, KUNGSBACKA) == {"Karl", "Kerstin", "Trygghetsgruppen / kba"}


async def test_who_was_removed_before_anybody_kept_a_list_is_found_too(
    database: Database, office: Office
) -> None:
    await office.employs("Gustav", at=MOLNDAL, tenant="tenant-from-before")
    await follow(database, LISTED)

    assert await reached(database, MOLNDAL) == set()
