"""“Jag har läst”: once per person, and only for what has come to their organisation."""

import asyncio
from dataclasses import replace

import pytest
from sqlalchemy import select

from knowledge.announcements.models import Announcement
from knowledge.announcements.refusals import NothingToAcknowledge
from knowledge.digests.repository import take_gathered
from knowledge.directory.models import Person
from knowledge.follow_up.acknowledgements import acknowledgements
from knowledge.recipients.service import RecipientService
from tests.support.office import DRAFT, MOLNDAL, NOW, ONLY_CHANNELS, Office

ASKS = replace(DRAFT, acknowledge=True)


@pytest.fixture
async def office(office: Office) -> Office:
    await office.has_channel("Utskick")
    return office


@pytest.fixture
async def sent(office: Office, kerstin: Person, anna: Person) -> Announcement:
    """Delivered to the channel and to Anna."""
    return await delivered(office, kerstin, ASKS.heading)


async def delivered(office: Office, kerstin: Person, heading: str) -> Announcement:
    draft = await office.saves(kerstin, replace(ASKS, heading=heading))
    announcement = await office.sends(kerstin, draft)
    await office.delivers()
    return announcement


async def kept(office: Office) -> list[tuple[object, ...]]:
    query = select(acknowledgements).order_by(acknowledgements.c.object_id)
    async with office.database.read() as tx:
        return [tuple(row) for row in await tx.execute(query)]


async def test_ten_taps_by_one_person_are_one(
    office: Office, anna: Person, sent: Announcement
) -> None:
    taps = [office.acknowledgements.acknowledge(anna, sent.id) for _ in range(10)]
    answers = await asyncio.gather(*taps)
    assert {answer.id for answer in answers} == {sent.id}
    assert await kept(office) == [(sent.id, "tenant-gbg", "object-anna", NOW)]


async def test_who_read_it_in_the_channel_counts_as_well(
    office: Office, anna: Person, sent: Announcement
) -> None:
    bo = await office.employs("bo")
    for person in (anna, bo):
        await office.acknowledgements.acknowledge(person, sent.id)
    assert [row[2] for row in await kept(office)] == ["object-anna", "object-bo"]


async def test_another_organisation_that_did_not_get_it_cannot(
    office: Office, anna: Person, sent: Announcement
) -> None:
    stranger = replace(anna, tenant_id="tenant-kba")
    with pytest.raises(NothingToAcknowledge):
        await office.acknowledgements.acknowledge(stranger, sent.id)
    with pytest.raises(NothingToAcknowledge):
        await office.acknowledgements.acknowledge_latest(stranger)
    assert await kept(office) == []


async def test_what_does_not_ask_or_was_taken_back_is_not_acknowledged(
    office: Office, kerstin: Person, anna: Person, sent: Announcement
) -> None:
    plain = await office.sends(kerstin, await office.saves(kerstin))
    draft = await office.saves(kerstin, ASKS)
    await office.sent.withdraw(kerstin, sent.id)
    await office.delivers()
    for id_ in (plain.id, draft.id, sent.id, 4711, -1, 10**30):
        with pytest.raises(NothingToAcknowledge):
            await office.acknowledgements.acknowledge(anna, id_)
    assert await kept(office) == []


async def test_in_words_it_is_the_one_that_came_last(
    office: Office, kerstin: Person, anna: Person, sent: Announcement
) -> None:
    newer = await delivered(office, kerstin, "Ännu en lägesbild")
    bo = await office.employs("bo")
    for person in (anna, bo):
        assert (await office.acknowledgements.acknowledge_latest(person)).id == newer.id


async def test_in_words_what_came_to_oneself_goes_before_the_channel(
    office: Office, kerstin: Person, anna: Person, sent: Announcement
) -> None:
    draft = replace(ASKS, heading="Bara i kanalen", audience=ONLY_CHANNELS)
    await office.sends(kerstin, await office.saves(kerstin, draft))
    await office.delivers()
    assert (await office.acknowledgements.acknowledge_latest(anna)).id == sent.id


async def test_who_read_it_in_the_weekly_message_may_acknowledge(
    office: Office, kerstin: Person
) -> None:
    bo = await office.employs("bo", at=MOLNDAL, tenant="tenant-kba")
    await RecipientService(office.database).gather(bo)
    announcement = await delivered(office, kerstin, "Bara till veckorapporten")
    with pytest.raises(NothingToAcknowledge):
        await office.acknowledgements.acknowledge(bo, announcement.id)
    async with office.database.write() as tx:
        await take_gathered(tx, bo.id, NOW)
    assert (await office.acknowledgements.acknowledge_latest(bo)).id == announcement.id
    assert [row[2] for row in await kept(office)] == [bo.object_id]
