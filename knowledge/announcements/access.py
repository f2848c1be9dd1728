"""Who may see and change which announcement.

The right to act is read from the roles table in the transaction that acts, never from the
person at hand: a role can be taken away between the preview and the tap.
"""

from knowledge.announcements import repository
from knowledge.announcements.models import Announcement
from knowledge.announcements.refusals import NotACoordinator, NotFound
from knowledge.directory import repository as directory
from knowledge.directory.models import Person
from knowledge.storage.database import Reading, Writing


async def counties_of(tx: Reading | Writing, person: Person) -> list[str]:
    """The counties that the person may act for at this moment."""
    return await directory.list_counties_of(tx, person.tenant_id, person.object_id)


async def must_coordinate(tx: Reading | Writing, person: Person, county: str) -> None:
    """Raises NotACoordinator."""
    if county not in await counties_of(tx, person):
        raise NotACoordinator(county)


async def still_coordinates(tx: Reading | Writing, announcement: Announcement) -> bool:
    """Whether its author may act for its county at this moment."""
    identity = (announcement.author_tenant_id, announcement.author_object_id)
    return announcement.county in await directory.list_counties_of(tx, *identity)


async def get(tx: Reading | Writing, person: Person, announcement_id: int) -> Announcement:
    """An announcement that the person may see. Raises NotFound."""
    announcement = await repository.find(tx, announcement_id)
    if announcement is None or announcement.county not in await counties_of(tx, person):
        raise NotFound(announcement_id)
    return announcement


async def get_for_update(tx: Writing, person: Person, announcement_id: int) -> Announcement:
    """The same, held so that two taps come one after the other.

    The author, who knows that it exists, is told NotACoordinator; anybody else NotFound.
    """
    announcement = await repository.find(tx, announcement_id, for_update=True)
    if announcement is None:
        raise NotFound(announcement_id)
    try:
        await must_coordinate(tx, person, announcement.county)
    except NotACoordinator:
        if announcement.is_by(person.tenant_id, person.object_id):
            raise
        raise NotFound(announcement_id) from None
    return announcement
