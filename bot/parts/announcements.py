"""What announcements consist of, from the form to the outcome; `app.py` has all the rest."""

from collections.abc import Callable, Iterator
from datetime import datetime

from bot.background import Chore
from bot.settings import Settings
from bot.web.files.announcements import AnnouncementFiles, AnnouncementLinks
from bot.web.signed_links import SignedLinks
from dialogs.announcements.acknowledge import Acknowledge
from dialogs.announcements.approve import ApproveAnnouncement
from dialogs.announcements.change import ChangeAnnouncement
from dialogs.announcements.follow import FollowAnnouncement
from dialogs.announcements.hold import HoldAnnouncement
from dialogs.announcements.offered import Offers
from dialogs.announcements.recipients import ListRecipients
from dialogs.announcements.status import StatusCards
from dialogs.announcements.stop import StopAnnouncement
from dialogs.announcements.templates import UseTemplate
from dialogs.announcements.views import AnnouncementViews
from dialogs.announcements.wording import AnnouncementWording
from dialogs.announcements.write import WriteAnnouncement
from dialogs.conversation.dialog import Dialog
from knowledge.announcements import seats, sending
from knowledge.announcements.approval import ApprovalService
from knowledge.announcements.colleagues import Colleagues
from knowledge.announcements.models import Announcement
from knowledge.announcements.release import Release
from knowledge.announcements.seats import LiveSeats
from knowledge.announcements.sending import SendingService
from knowledge.announcements.service import AnnouncementService
from knowledge.directory.service import DirectoryService
from knowledge.enquiries.service import EnquiryService
from knowledge.follow_up import progress, shown
from knowledge.follow_up.acknowledgements import AcknowledgementService
from knowledge.follow_up.models import Effects
from knowledge.follow_up.progress import ProgressCards, ShownProgress
from knowledge.follow_up.service import FollowUpService
from knowledge.follow_up.shown import ShownCards
from knowledge.storage.database import Database
from knowledge.templates.service import TemplateService
from knowledge.trainings.service import TrainingService


class AnnouncementParts:
    """Their services, their dialogs, the links on their cards, and what goes on by itself.

    `wake` tells the sender that there is work.
    """

    def __init__(
        self,
        settings: Settings,
        database: Database,
        directory: DirectoryService,
        trainings: TrainingService,
        offers: Offers,
        enquiries: EnquiryService,
        wake: Callable[[], None],
        now: Callable[[], datetime],
    ) -> None:
        self.trainings = trainings
        self.offers = offers
        self.enquiries = enquiries
        self.now = now
        self.wording = AnnouncementWording(directory.places, offers.library)
        self._write_and_send(settings, database, directory, wake)
        self._follow(settings, database, directory, wake)
        self.status_cards = StatusCards(self.follow_up, self.wording)
        self.views = AnnouncementViews(
            self.drafts, self.status_cards, self.sending, self.approvals, offers, self.wording
        )

    def _write_and_send(
        self,
        settings: Settings,
        database: Database,
        directory: DirectoryService,
        wake: Callable[[], None],
    ) -> None:
        """What is done before they leave."""
        release = Release(
            database,
            directory.places,
            self.wording,
            approval_from=settings.approval_from,
            quiet_until=settings.quiet_until,
        )
        self.drafts = AnnouncementService(database, directory)
        self.colleagues = Colleagues(release, wake, self.now)
        self.sending = SendingService(
            release, self.colleagues, wake, confirm_from=settings.confirm_from
        )
        self.approvals = ApprovalService(release, wake)
        self.templates = TemplateService(database)

    def _follow(
        self,
        settings: Settings,
        database: Database,
        directory: DirectoryService,
        wake: Callable[[], None],
    ) -> None:
        """What is done afterwards."""
        signed = SignedLinks(database, self.now)
        self.links = AnnouncementLinks(signed, settings.base_url)
        self.follow_up = FollowUpService(
            database,
            directory,
            self.wording,
            self.colleagues,
            wake,
            led_to=self._led_to,
            picture_link=self.links.picture_link,
            quiet_until=settings.quiet_until,
            now=self.now,
        )
        self.files = AnnouncementFiles(signed, self.follow_up, directory)
        self.acknowledgements = AcknowledgementService(database, self.now)
        self.seats = LiveSeats(database, wake, self.wording)
        looked = ShownProgress(database, wake)
        follow = self.follow_up, directory, self.wording
        self.progress = ProgressCards(looked, *follow)
        self.cards = ShownCards(database, *follow, wake)

    def dialogs(self) -> Iterator[Dialog]:
        """What is said about them: writing first, then what has been sent, then its readers."""
        drafts, follow_up, offers = self.drafts, self.follow_up, self.offers
        status_cards, views = self.status_cards, self.views
        yield WriteAnnouncement(drafts, self.sending, offers, status_cards, views, self.now)
        yield HoldAnnouncement(drafts, self.sending, views, self.now)
        yield ApproveAnnouncement(drafts, self.approvals, self.colleagues, self.wording, self.now)
        yield UseTemplate(self.templates, offers, views)
        yield FollowAnnouncement(drafts, follow_up, self.colleagues, status_cards, views)
        yield StopAnnouncement(drafts, self.sending, follow_up, status_cards, views)
        yield ChangeAnnouncement(drafts, follow_up, status_cards, views, offers, self.now)
        yield ListRecipients(drafts, follow_up, status_cards, self.links.file_link, views)
        yield Acknowledge(self.acknowledgements)

    def chores(self) -> Iterator[Chore]:
        """What goes on for as long as the process runs."""
        yield Chore("scheduled announcements", sending.EVERY, self._send_due)
        yield Chore("seats in posts", seats.EVERY, self._refresh_seats)
        yield Chore("progress cards", progress.EVERY, self.progress.show_due)
        yield Chore("older cards", shown.EVERY, self.cards.refresh_due)

    async def _send_due(self) -> None:
        await self.sending.send_due(self.now())

    async def _refresh_seats(self) -> None:
        await self.seats.refresh_open(self.now())

    async def _led_to(self, announcement: Announcement) -> Effects:
        training_id, since = announcement.draft.training_id, announcement.sent_at
        signups = 0
        if training_id and since:
            signups = await self.trainings.count_signups_led_to(
                training_id, announcement.group_key, since
            )
        waiting, answered = await self.enquiries.count_about(announcement.id)
        return Effects(signups, questions=waiting, answered=answered)
