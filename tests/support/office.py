"""A county board's office: its people and channels, and what a coordinator there does."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime

from knowledge.announcements.approval import ApprovalService
from knowledge.announcements.audience import Audience
from knowledge.announcements.models import Announcement, Draft
from knowledge.announcements.reach import Reach
from knowledge.announcements.release import Release
from knowledge.announcements.seats import LiveSeats
from knowledge.announcements.sending import SendingService
from knowledge.announcements.service import AnnouncementService
from knowledge.announcements.wording import News
from knowledge.channels.models import Seen
from knowledge.channels.moves import Moves
from knowledge.channels.service import ChannelService
from knowledge.delivery.messenger import Message
from knowledge.delivery.sender import Sender
from knowledge.directory.models import Person
from knowledge.directory.service import DirectoryService
from knowledge.follow_up.acknowledgements import AcknowledgementService
from knowledge.follow_up.service import FollowUpService
from knowledge.storage.database import Database, Reading, Writing
from knowledge.templates.service import TemplateService
from tests.support.deliveries import SERVICE, until_settled
from tests.support.fakes import FakeMessenger
from tests.support.wordings import PlainChannels

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
    audience=Audience(municipalities=(GOTEBORG, MOLNDAL), to_people=True),
)
ONLY_CHANNELS = replace(DRAFT.audience, to_people=False)


class OfficeWording:
    """Words that tests can tell apart.

    `seats` is what posts about a training say is left; the post headed `breaks_at` cannot be made.
    """

    def __init__(self) -> None:
        self.seats = 20
        self.breaks_at = ""

    async def post(self, tx: Reading | Writing, announcement: Announcement) -> Message:
        if announcement.draft.heading == self.breaks_at:
            raise RuntimeError(self.breaks_at)
        has_training = announcement.draft.training_id is not None
        card = {**CARD, "speak": f"{self.seats}"} if has_training else CARD
        return Message(card=card, summary=SUMMARY)

    async def test(self, tx: Reading | Writing, announcement: Announcement) -> Message:
        return Message(text=f"test: {announcement.draft.heading}")

    async def ask_approval(
        self, tx: Reading | Writing, announcement: Announcement, reach: Reach
    ) -> Message:
        return Message(text=f"approve? {announcement.draft.heading}")

    def tell_author(
        self, announcement: Announcement, news: News, by: str = "", reason: str = ""
    ) -> Message:
        return Message(text=" ".join(word for word in (news, by, reason) if word))


class Office:
    """A county board with a coordinator, and municipalities that are to be told things."""

    def __init__(
        self, database: Database, *, approval_from: int = 500, confirm_from: int = 100
    ) -> None:
        self.database = database
        self.messenger = FakeMessenger()
        self.directory = DirectoryService(
            database, {"tenant-gbg": GOTEBORG, "tenant-kba": KUNGSBACKA}
        )
        moves = Moves(database, PlainChannels())
        self.channels = ChannelService(database, self.directory, moves)
        self.woken = 0
        self.wording = OfficeWording()
        self.announcements = AnnouncementService(database, self.directory)
        places = self.directory.places
        release = Release(database, places, self.wording, approval_from=approval_from)
        self.sending = SendingService(release, self._wake, confirm_from=confirm_from)
        self.approvals = ApprovalService(release, self._wake)
        self.sent = FollowUpService(database, self.directory, self._wake, now=lambda: NOW)
        self.templates = TemplateService(database)
        self.acknowledgements = AcknowledgementService(database, lambda: NOW)
        self.seats = LiveSeats(database, self._wake, self.wording)

    def _wake(self) -> None:
        self.woken += 1

    async def employs(
        self, name: str, *, at: str = "", coordinates: str = "", tenant: str = "tenant-gbg"
    ) -> Person:
        person = await self.directory.meet(
            tenant_id=tenant,
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
        seen = Seen(
            tenant_id=tenant,
            team_id=f"team-{name}",
            conversation_id=f"channel-{name}",
            at=datetime.now(UTC),
            team_name="Trygghetsgruppen",
            name=name,
            service_url=SERVICE,
            added=True,
            chosen=True,
        )
        await self.channels.hear(seen)

    async def saves(self, person: Person, draft: Draft = DRAFT) -> Announcement:
        return await self.announcements.save_draft(person, draft)

    async def sends(self, person: Person, announcement: Announcement) -> Announcement:
        return await self.sending.send(person, announcement.id, now=NOW)

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
