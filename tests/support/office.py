"""A county board's office: its people and channels, and what a coordinator there does."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from knowledge.announcements.about import About
from knowledge.announcements.approval import ApprovalService
from knowledge.announcements.audience import Audience
from knowledge.announcements.colleagues import Colleagues
from knowledge.announcements.models import Announcement, Draft
from knowledge.announcements.proposals import Proposal
from knowledge.announcements.reach import Reach
from knowledge.announcements.release import Release
from knowledge.announcements.seats import LiveSeats
from knowledge.announcements.sending import SendingService
from knowledge.announcements.service import AnnouncementService
from knowledge.announcements.wording import Decision
from knowledge.announcements.words import Link, Words
from knowledge.channels.models import Seen
from knowledge.channels.moves import Moves
from knowledge.channels.service import ChannelService
from knowledge.delivery.messenger import Message
from knowledge.delivery.sender import Sender
from knowledge.directory.models import Met, Person
from knowledge.directory.service import DirectoryService
from knowledge.follow_up.acknowledgements import AcknowledgementService
from knowledge.follow_up.models import Effects, Figures, Followed, Group
from knowledge.follow_up.service import FollowUpService
from knowledge.storage.database import Database
from knowledge.templates.service import TemplateService
from knowledge.times import QuietUntil, never_quiet
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
    words=Words(
        heading="Ny lägesbild",
        text="Mallen för lägesbild har fått ett nytt avsnitt.",
        links=(Link("https://www.bra.se/lagesbild", "Mallen hos Brå"),),
    ),
    county=VASTRA_GOTALAND,
    audience=Audience(municipalities=(GOTEBORG, MOLNDAL), to_people=True),
)
ONLY_CHANNELS = replace(DRAFT.audience, to_people=False)


def reworded(draft: Draft, **words: Any) -> Draft:
    """The draft with other words, to the same recipients."""
    return replace(draft, words=replace(draft.words, **words))


class OfficeWording:
    """Words that tests can tell apart.

    `seats` is what posts about a training say is left, `corrected` the card of what was corrected;
    the post headed `breaks_at` cannot be made.
    """

    def __init__(self) -> None:
        self.seats = 20
        self.corrected: dict[str, Any] = CORRECTED
        self.breaks_at = ""

    def post(
        self,
        draft: Draft,
        about: About,
        *,
        announcement_id: int,
        corrected_at: datetime | None = None,
    ) -> Message:
        if draft.words.heading == self.breaks_at:
            raise RuntimeError(self.breaks_at)
        card = self.corrected if corrected_at else CARD
        if draft.training_id is not None:
            card = {**CARD, "speak": f"{self.seats}"}
        return Message(card=card, summary=SUMMARY)

    def test(self, draft: Draft, about: About) -> Message:
        return Message(text=f"test: {draft.words.heading}")

    def ask_approval(self, announcement: Announcement, reach: Reach, about: About) -> Message:
        return Message(text=f"approve? {announcement.heading}")

    def ask_about(self, announcement: Announcement, proposal: Proposal, about: About) -> Message:
        return Message(text=f"{proposal.act}? {proposal.words.text}")

    def tell_asker(
        self,
        announcement: Announcement,
        proposal: Proposal,
        decision: Decision,
        by: str,
        reason: str = "",
    ) -> Message:
        said = (decision, proposal.act, by, reason)
        return Message(text=" ".join(word for word in said if word))

    def tell_author(
        self, announcement: Announcement, decision: Decision, by: str = "", reason: str = ""
    ) -> Message:
        return Message(text=" ".join(word for word in (decision, by, reason) if word))

    def reminder(self, announcement: Announcement, post: Message) -> Message:
        return replace(post, summary=f"reminder: {announcement.heading}")

    def present(self, announcement: Announcement) -> Message:
        return Message(text=announcement.status)

    def progress(self, followed: Followed) -> Message:
        return Message(text=f"{followed.report.count(Group.SENT)} av {followed.report.total}")


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
        self.release = release
        self.colleagues = Colleagues(release, self._wake, lambda: NOW)
        self.sending = SendingService(
            release, self.colleagues, self._wake, confirm_from=confirm_from
        )
        self.approvals = ApprovalService(release, self._wake)
        self.sent = self.follow_up()
        self.templates = TemplateService(database)
        self.acknowledgements = AcknowledgementService(database, lambda: NOW)
        self.seats = LiveSeats(database, self._wake, self.wording)

    def _wake(self) -> None:
        self.woken += 1

    def follow_up(self, quiet_until: QuietUntil = never_quiet) -> FollowUpService:
        """What is done with what has been sent; nothing has come of it, and pictures are far."""

        async def led_to(announcement: Announcement) -> Effects:
            return Effects()

        async def picture_link(figures: Figures) -> str:
            return "https://bild.example/utfall.png"

        return FollowUpService(
            self.database,
            self.directory,
            self.wording,
            self.colleagues,
            self._wake,
            led_to=led_to,
            picture_link=picture_link,
            quiet_until=quiet_until,
            now=lambda: NOW,
        )

    async def employs(
        self, name: str, *, at: str = "", coordinates: str = "", tenant: str = "tenant-gbg"
    ) -> Person:
        person = await self.directory.meet(
            Met(
                tenant_id=tenant,
                object_id=f"object-{name}",
                teams_id=f"29:{name}",
                name=name,
                conversation_id=f"chat-{name}",
                service_url=SERVICE,
            )
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
        words = replace(announcement.draft.words, text=text)
        done = await self.sent.correct(person, announcement.id, words)
        assert isinstance(done, Announcement)
        return done

    async def delivers(self) -> None:
        """The sender works until nothing is left."""
        stop = asyncio.Event()
        task = asyncio.create_task(Sender(self.database, self.messenger).run(stop))
        await until_settled(self.database)
        stop.set()
        await task
