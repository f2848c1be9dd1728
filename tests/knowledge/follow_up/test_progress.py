"""The card that follows a send: edited so often and no more, by one process at a time."""

import asyncio

import pytest
from sqlalchemy import select, update

from knowledge.announcements import progress
from knowledge.announcements.models import Announcement
from knowledge.announcements.progress import progress_cards
from knowledge.delivery.messenger import Message
from knowledge.directory.models import Person
from knowledge.follow_up.progress import ShownProgress
from knowledge.storage.database import Database
from tests.support.deliveries import rows
from tests.support.office import Office

HALF, WHOLE = Message(text="5 av 10"), Message(text="10 av 10")


@pytest.fixture
async def sent(office: Office, kerstin: Person) -> Announcement:
    await office.has_channel("Utskick")
    return await office.sends(kerstin, await office.saves(kerstin))


@pytest.fixture
def shown(database: Database) -> ShownProgress:
    return ShownProgress(database, lambda: None)


async def time_passes(database: Database) -> None:
    async with database.write() as tx:
        await tx.execute(update(progress_cards).values(looked_at=0.0))


async def test_it_is_not_looked_at_before_its_time(
    office: Office, shown: ShownProgress, sent: Announcement
) -> None:
    assert await shown.take_due(60.0) == []
    await time_passes(office.database)
    (watched,) = await shown.take_due(60.0)
    assert (watched.announcement_id, watched.author_object_id) == (sent.id, "object-kerstin")
    assert await shown.take_due(60.0) == []


async def look_only(database: Database) -> int:
    """The control: look for what is due without taking it."""
    async with database.read() as tx:
        due = select(progress_cards.c.announcement_id).where(progress_cards.c.looked_at < 1)
        return len((await tx.execute(due)).all())


@pytest.mark.parametrize("takes", [True, False], ids=["taking", "control without taking"])
async def test_of_several_processes_one_shows_it(
    database: Database, database_url: str, sent: Announcement, takes: bool
) -> None:
    others = [Database(database_url) for _ in range(4)]
    await time_passes(database)

    async def look(other: Database) -> int:
        if not takes:
            return await look_only(other)
        return len(await ShownProgress(other, lambda: None).take_due(60.0))

    found = sum(await asyncio.gather(*(look(other) for other in others)))
    for other in others:
        await other.close()
    assert (found == 1) == takes


async def test_the_card_comes_once_and_is_edited_from_then_on(
    office: Office, shown: ShownProgress, sent: Announcement, kerstin: Person
) -> None:
    for message, done in ((HALF, False), (WHOLE, True)):
        await time_passes(office.database)
        (watched,) = await shown.take_due(60.0)
        await shown.show(watched, kerstin, message, message.text, done=done)
        await office.delivers()
    to_kerstin = [one for one in office.messenger.sent if one.whom == "chat-kerstin"]
    assert [(one.action, one.message.text) for one in to_kerstin] == [
        ("post", "5 av 10"),
        ("update", "10 av 10"),
    ]
    await time_passes(office.database)
    assert await shown.take_due(60.0) == []


async def test_news_that_could_not_leave_yet_is_replaced_not_queued(
    office: Office, shown: ShownProgress, sent: Announcement, kerstin: Person
) -> None:
    for number in range(5):
        await time_passes(office.database)
        (watched,) = await shown.take_due(60.0)
        message = Message(text=f"{number} av 10")
        await shown.show(watched, kerstin, message, message.text, done=False)
    to_kerstin = [row for row in await rows(office.database) if row["target_name"] == "kerstin"]
    assert len(to_kerstin) == 1


async def test_what_begins_while_the_end_is_written_is_still_shown(
    office: Office, shown: ShownProgress, sent: Announcement
) -> None:
    await time_passes(office.database)
    (watched,) = await shown.take_due(60.0)
    async with office.database.write() as tx:
        await progress.watch(tx, office.database, sent.id)
    await shown.skip(watched, done=True)
    await time_passes(office.database)
    assert len(await shown.take_due(60.0)) == 1
