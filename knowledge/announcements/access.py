"""Who may see and change which announcement.

The right to act is read from the roles table in the transaction that acts, never from the
person at hand: a role can be taken away between the preview and the tap.
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import structlog

from knowledge.announcements import repository
from knowledge.announcements.audience import Audience
from knowledge.announcements.models import Announcement
from knowledge.announcements.refusals import (
    DraftIncomplete,
    NotACoordinator,
    NotFound,
    OutsideCounty,
)
from knowledge.audit import repository as audit
from knowledge.audit.models import Kind
from knowledge.directory import repository as directory
from knowledge.directory.models import Person
from knowledge.directory.places import Places
from knowledge.storage.database import Database, Reading, Writing
from knowledge.trainings.repository import find_training

log = structlog.get_logger()


async def counties_of(tx: Reading | Writing, person: Person) -> list[str]:
    """The counties that the person may act for at this moment."""
    return await directory.list_counties_of(tx, person.tenant_id, person.object_id)


async def must_coordinate(tx: Reading | Writing, person: Person, county: str) -> None:
    """Raises NotACoordinator."""
    if county not in await counties_of(tx, person):
        raise NotACoordinator(county)


async def must_reach(
    tx: Reading | Writing, person: Person, audience: Audience, places: Places
) -> None:
    """Raises OutsideCounty, and DraftIncomplete for a training that is not there."""
    counties = await counties_of(tx, person)
    outside = _outside(counties, audience, places)
    if audience.training:
        training = await find_training(tx, audience.training)
        if training is None:
            raise DraftIncomplete(("training",))
        if not {*training.owned_by} & {*counties}:
            outside.append(training.county)
    if outside:
        log.warning("outside_county", announcer=person.id, wanted=outside, may=counties)
        raise OutsideCounty(tuple(outside))


@asynccontextmanager
async def refusal_noted(database: Database, person: Person) -> AsyncIterator[None]:
    """Wanting to reach outside one's counties leaves a line, though nothing else of it is kept."""
    try:
        yield
    except OutsideCounty:
        async with database.write() as tx:
            counties = await counties_of(tx, person)
            await audit.note(tx, Kind.ANNOUNCEMENT_REFUSE, person, counties=counties)
        raise


async def author_may_still(
    tx: Reading | Writing, announcement: Announcement, places: Places
) -> bool:
    """Whether its author may act for its county, and reach all it goes to, at this moment."""
    identity = (announcement.author_tenant_id, announcement.author_object_id)
    counties = await directory.list_counties_of(tx, *identity)
    outside = _outside(counties, announcement.draft.audience, places)
    return announcement.county in counties and not outside


def _outside(counties: Sequence[str], audience: Audience, places: Places) -> list[str]:
    """The places that are none, or that lie outside the counties."""
    return [
        code
        for code in audience.places
        if not places.name_of(code) or not ({code, code[:2]} & {*counties})
    ]


async def get(tx: Reading | Writing, person: Person, announcement_id: int) -> Announcement:
    """An announcement that the person may see. Raises NotFound."""
    announcement = await repository.find(tx, announcement_id)
    if announcement is None or announcement.county not in await counties_of(tx, person):
        raise NotFound(announcement_id)
    return announcement


async def get_for_update(tx: Writing, person: Person, announcement_id: int) -> Announcement:
    """The same as `get_to_change`, held so that two taps come one after the other."""
    announcement = await repository.find(tx, announcement_id, for_update=True)
    return await _must_be_theirs(tx, person, announcement_id, announcement)


async def get_to_change(
    tx: Reading | Writing, person: Person, announcement_id: int
) -> Announcement:
    """An announcement that the person may change.

    The author, who knows that it exists, is told NotACoordinator; anybody else NotFound.
    """
    announcement = await repository.find(tx, announcement_id)
    return await _must_be_theirs(tx, person, announcement_id, announcement)


async def _must_be_theirs(
    tx: Reading | Writing, person: Person, announcement_id: int, announcement: Announcement | None
) -> Announcement:
    if announcement is None:
        raise NotFound(announcement_id)
    try:
        await must_coordinate(tx, person, announcement.county)
    except NotACoordinator:
        if announcement.is_by(person.tenant_id, person.object_id):
            raise
        raise NotFound(announcement_id) from None
    return announcement
