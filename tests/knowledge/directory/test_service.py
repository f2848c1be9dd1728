"""People, their chats, and who may act for a county."""

from datetime import UTC, datetime, timedelta

import pytest

from knowledge.directory.models import Met
from knowledge.directory.service import DirectoryService, UnknownPlace
from knowledge.storage.database import Database

CHAT = {"conversation_id": "a:1", "service_url": "s"}
ANNA = {"tenant_id": "t", "object_id": "anna", "teams_id": "29:anna"}


def at(second: int) -> datetime:
    """A moment in Teams."""
    return datetime(2026, 11, 22, 9, 0, second, tzinfo=UTC)


@pytest.fixture
def directory(database: Database) -> DirectoryService:
    return DirectoryService(database, {"t": "0780", "board": "07"})


async def test_a_person_is_met_once_and_keeps_name_chat_and_municipality(
    directory: DirectoryService,
) -> None:
    first = await directory.meet(Met(**ANNA, name="Anna Alm", **CHAT))
    await directory.choose_municipality(first, "0780")
    again = await directory.meet(Met(**ANNA, service_url="s"))

    assert again.id == first.id
    assert (again.name, again.conversation_id, again.municipality) == ("Anna Alm", "a:1", "0780")


async def test_when_somebody_was_here_is_known_to_the_week(directory: DirectoryService) -> None:
    async def here(after: int) -> int:
        """How many days after the first time it is known to be."""
        met = await directory.meet(Met(**ANNA, **CHAT, at=at(0) + timedelta(days=after)))
        assert met.seen_at
        return (met.seen_at - at(0)).days

    assert [await here(after) for after in (0, 3, 6, 9, 12, 17)] == [0, 0, 0, 9, 9, 17]


async def test_the_same_object_id_in_another_tenant_is_somebody_else(
    directory: DirectoryService,
) -> None:
    here = await directory.meet(Met(**ANNA))
    there = await directory.meet(Met(**{**ANNA, "tenant_id": "other"}))

    assert here.id != there.id


async def test_a_role_is_given_taken_and_needs_a_county(directory: DirectoryService) -> None:
    await directory.grant("t", "anna", "07")
    await directory.grant("t", "anna", "07")
    assert (await directory.meet(Met(**ANNA))).counties == ("07",)

    assert await directory.revoke("t", "anna", "07")
    assert not await directory.revoke("t", "anna", "07")
    assert not (await directory.meet(Met(**ANNA))).is_coordinator
    with pytest.raises(UnknownPlace):
        await directory.grant("t", "anna", "99")


async def test_two_with_the_same_name_are_two_and_a_new_name_is_the_same_person(
    directory: DirectoryService,
) -> None:
    first = await directory.meet(Met(**ANNA, name="Anna Alm"))
    other = await directory.meet(Met(**{**ANNA, "object_id": "anna-2"}, name="Anna Alm"))
    renamed = await directory.meet(Met(**ANNA, name="Anna Ek"))

    assert first.id == renamed.id != other.id
    assert (renamed.name, other.name) == ("Anna Ek", "Anna Alm")


async def test_a_chat_is_left_and_added_again_in_the_order_of_teams(
    directory: DirectoryService,
) -> None:
    chat = {"conversation_id": "a:1", "service_url": "s"}
    await directory.meet(Met(**ANNA, **chat, at=at(1), added=True))
    again = await directory.meet(Met(**ANNA, **chat, at=at(3), added=True))
    assert again.installed

    await directory.mark_installed("t", "a:1", False, at(2))
    assert (await directory.meet(Met(**ANNA))).installed

    await directory.mark_installed("t", "a:1", False, at(5))
    assert not (await directory.meet(Met(**ANNA))).installed
    assert not (await directory.meet(Met(**ANNA, **chat, at=at(4)))).installed
    assert (await directory.meet(Met(**ANNA, **chat, at=at(6)))).installed
