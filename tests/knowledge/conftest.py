"""The office that most tests of what Tryggve knows take place in, and the people there."""

import pytest

from knowledge.directory.models import Person
from knowledge.recipients.service import RecipientService
from knowledge.storage.database import Database
from tests.support.office import HALLAND, MOLNDAL, VASTRA_GOTALAND, Office


@pytest.fixture
def office(database: Database) -> Office:
    """A county board's office. Some tests give it a channel, or other limits."""
    return Office(database)


@pytest.fixture
async def kerstin(office: Office) -> Person:
    """A coordinator."""
    return await office.employs("kerstin", coordinates=VASTRA_GOTALAND)


@pytest.fixture
async def karin(office: Office) -> Person:
    """Kerstin's colleague, for the same county."""
    return await office.employs("karin", coordinates=VASTRA_GOTALAND)


@pytest.fixture
async def hans(office: Office) -> Person:
    """A coordinator for the county next door."""
    return await office.employs("hans", coordinates=HALLAND)


@pytest.fixture
async def anna(office: Office) -> Person:
    """A municipal employee in Kerstin's county."""
    return await office.employs("anna", at=MOLNDAL)


@pytest.fixture
def recipients(database: Database) -> RecipientService:
    return RecipientService(database)
