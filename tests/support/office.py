"""A county board's office: its people and channels, and what a coordinator there does."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime

from knowledge.announcements.models import Announcement, Draft
from knowledge.announcements.sent import SentAnnouncements
from knowledge.announcements.service import AnnouncementService
from knowledge.directory.models import Person
from knowledge.directory.service import DirectoryService
from knowledge.storage.database import Database
from knowledge.storage.sender import Sender
from tests.support.deliveries import SERVICE, until_settled
from tests.support.fakes import FakeMessenger

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
CARD = {"type": "AdaptiveCard", "version": "1.5", "body": []}
CORRECTED = {**CARD, "speak": "corrected"}
SUMMARY = "Ny lägesbild"

VASTRA_GOTALAND, HALLAND = "14", "13"
GOTEBORG, MOLNDAL, KUNGSBACKA = "1480", "1481", "1384"

DRAFT = Draft(
    heading="Ny lägesbild",
    text="Mallen för lägesbild har fått ett nytt avsnitt.",
    link="https://www.bra.se/lagesbild",
    link_title="Mallen hos Brå",
    county=VASTRA_GOTALAND,
    municipalities=(GOTEBORG, MOLNDAL),
    to_channels=True,
    to_people=True,
)


class Office:
    """A county board with a coordinator, and municipalities that are to be told things."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.messenger = FakeMessenger()
        self.directory = DirectoryService(
            database, {"tenant-gbg": GOTEBORG, "tenant-kba": KUNGSBACKA}
        )
        self.woken = 0
        self.announcements = AnnouncementService(database, self.directory, self._wake)
        self.sent = SentAnnouncements(database, self.directory, self._wake)

    def _wake(self) -> None:
        self.woken += 1

    async def employs(self, name: str, *, at: str = "", coordinates: str = "") -> Person:
        person = await self.directory.meet(
            tenant_id="tenant-gbg",
            object_id=f"object-{name}",
            teams_id=f"29:{name}",
            name=name,
            conversation_id=f"chat-{name}",
            service_url=SERVICE,
        )
        if at:
            await self.directory.choose_municipality(person, at)
        if coordinates:
            await self.directory.grant(person.tenant_id, person.object_id, coordinates)
        return person

    async def has_channel(self, name: str, *, tenant: str = "tenant-gbg") -> None:
        await self.directory.add_channel(
            tenant_id=tenant,
            conversation_id=f"channel-{name}",
            team_id=f"team-{name}",
            team_name="Trygghetsgruppen",
            name=name,
            service_url=SERVICE,
            chosen=True,
        )

    async def saves(self, person: Person, draft: Draft = DRAFT) -> Announcement:
        return await self.announcements.save_draft(person, draft)

    async def sends(self, person: Person, announcement: Announcement) -> Announcement:
        return await self.announcements.send(
            person, announcement.id, now=NOW, card=CARD, summary=SUMMARY
        )

    async def corrects(self, person: Person, announcement: Announcement, text: str) -> Announcement:
        return await self.sent.correct(
            person,
            announcement.id,
            replace(announcement.draft, text=text),
            card=CORRECTED,
            summary=SUMMARY,
        )

    async def delivers(self) -> None:
        """The sender works until nothing is left."""
        stop = asyncio.Event()
        task = asyncio.create_task(Sender(self.database, self.messenger).run(stop))
        await until_settled(self.database)
        stop.set()
        await task
