"""A training in Kronoberg, who holds it, and people who may take part."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from knowledge.delivery.models import deliveries, from_payload, messages
from knowledge.directory.models import Met, Person
from knowledge.directory.service import DirectoryService
from knowledge.premises import Premises
from knowledge.storage.database import Database
from knowledge.trainings import history
from knowledge.trainings.participants.invitations import InvitationService
from knowledge.trainings.participants.service import ParticipantService
from knowledge.trainings.service import TrainingService
from tests.knowledge.trainings.test_service import TRAINING
from tests.support.wordings import PlainParticipants, PlainTrainings

VAXJO, ALVESTA, LUND = "0780", "0764", "1281"


@dataclass
class House:
    """What is asked, and whom of."""

    database: Database
    trainings: TrainingService
    participants: ParticipantService
    invitations: InvitationService
    directory: DirectoryService

    async def person(self, name: str, municipality: str = VAXJO) -> Person:
        """Somebody with a chat of their own, who works there."""
        identity = ("t", name)
        met = Met(*identity, f"29:{name}", name, f"a:{name}", at=datetime.now(UTC), added=True)
        known = await self.directory.meet(met)
        if municipality:
            await self.directory.choose_municipality(known, municipality)
        found = await self.directory.find_person(*identity)
        assert found
        return found

    async def coordinator(self, name: str, county: str) -> Person:
        await self.directory.grant("t", name, county)
        return await self.person(name, "")

    async def training(self, **about: object) -> int:
        return await self.trainings.add(replace(TRAINING, **about))  # type: ignore[arg-type]

    async def told(self, person: Person) -> list[str]:
        """What the outbox has for the person."""
        query = select(messages.c.payload).join(
            deliveries, deliveries.c.message_id == messages.c.id
        )
        async with self.database.read() as tx:
            rows = await tx.execute(query.where(deliveries.c.target == f"person:{person.id}"))
            return [from_payload(payload).text for payload in rows.scalars()]

    async def history_of(self, training: int, person: Person) -> list[tuple[int | None, str, str]]:
        async with self.database.read() as tx:
            changes = await history.list_of_signups(tx, training, person.id)
        return [(one.act.by, one.became, one.note) for one in changes]


@pytest.fixture
def house(database: Database) -> House:
    words = PlainParticipants(), PlainTrainings()
    here = Premises(database)
    return House(
        database,
        TrainingService(here, words[1]),
        ParticipantService(here, *words),
        InvitationService(here, *words),
        DirectoryService(database),
    )


@pytest.fixture
async def kerstin(house: House) -> Person:
    return await house.coordinator("Kerstin Karlsson", "07")
