"""What announcements consist of, from the form to the outcome; `app.py` has all the rest."""

from collections.abc import Callable, Iterator
from datetime import datetime

from bot.announcing import LOOK_EVERY, Announcing
from bot.background import Chore
from bot.progress import EVERY, ProgressCards
from bot.settings import Settings
from bot.web.announcement_files import AnnouncementLinks
from bot.web.signed_links import SignedLinks
from dialogs.announcements.acknowledge import Acknowledge
from dialogs.announcements.approve import ApproveAnnouncement
from dialogs.announcements.cards.status import Effects
from dialogs.announcements.change import ChangeAnnouncement
from dialogs.announcements.follow import FollowAnnouncement
from dialogs.announcements.hold import HoldAnnouncement
from dialogs.announcements.offered import Offers
from dialogs.announcements.recipients import ListRecipients
from dialogs.announcements.status import StatusCards
from dialogs.announcements.templates import UseTemplate
from dialogs.announcements.views import AnnouncementViews
from dialogs.announcements.wording import AnnouncementWording
from dialogs.announcements.write import WriteAnnouncement
from dialogs.conversation.dialog import Dialog
from knowledge.announcements.approval import ApprovalService
from knowledge.announcements.models import Announcement
from knowledge.announcements.release import Release
from knowledge.announcements.seats import LiveSeats
from knowledge.announcements.sending import SendingService
from knowledge.announcements.service import AnnouncementService
from knowledge.directory.service import DirectoryService
from knowledge.enquiries.service import EnquiryService
from knowledge.follow_up.acknowledgements import AcknowledgementService
from knowledge.follow_up.progress import ShownProgress
from knowledge.follow_up.service import FollowUpService
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
        places, quiet_until = directory.places, settings.quiet_until
        wording = AnnouncementWording(places, offers.library)
        release = Release(
            database,
            places,
            wording,
            approval_from=settings.approval_from,
            quiet_until=quiet_until,
        )
        self.trainings = trainings
        self.offers = offers
        self.enquiries = enquiries
        self.now = now
        self.drafts = AnnouncementService(database, directory)
        self.sending = SendingService(release, wake, confirm_from=settings.confirm_from)
        self.approvals = ApprovalService(release, wake)
        self.templates = TemplateService(database)
        self.follow_up = FollowUpService(
            database, directory, wake, quiet_until=quiet_until, now=now
        )
        self.acknowledgements = AcknowledgementService(database, now)

        signed = SignedLinks(database, now)
        self.links = AnnouncementLinks(signed, settings.base_url, self.follow_up, directory)
        self.status_cards = StatusCards(
            self.drafts, self.follow_up, self.links.picture_link, self._led_to
        )
        self.views = AnnouncementViews(
            self.drafts, self.status_cards, self.sending, self.approvals, trainings, offers
        )
        self.announcing = Announcing(
            self.sending, LiveSeats(database, wake, wording), trainings, now
        )
        self.progress = ProgressCards(ShownProgress(database, wake), self.status_cards, directory)

    def dialogs(self) -> Iterator[Dialog]:
        """What is said about them: writing first, then what has been sent, then its readers."""
        drafts, follow_up, offers = self.drafts, self.follow_up, self.offers
        status_cards, views = self.status_cards, self.views
        yield WriteAnnouncement(drafts, self.sending, offers, status_cards, views, self.now)
        yield HoldAnnouncement(drafts, self.sending, views, self.now)
        yield ApproveAnnouncement(drafts, self.approvals, views, self.now)
        yield UseTemplate(self.templates, offers, views)
        yield FollowAnnouncement(drafts, follow_up, status_cards, views)
        yield ChangeAnnouncement(drafts, follow_up, status_cards, views, offers, self.now)
        yield ListRecipients(drafts, follow_up, offers.places, self.links.file_link)
        yield Acknowledge(self.acknowledgements)

    def chores(self) -> Iterator[Chore]:
        """What goes on for as long as the process runs."""
        yield Chore("announcements", LOOK_EVERY, self.announcing.look)
        yield Chore("progress cards", EVERY, self.progress.show)

    async def _led_to(self, announcement: Announcement) -> Effects:
        training_id, since = announcement.draft.training_id, announcement.sent_at
        signups = 0
        if training_id and since:
            signups = await self.trainings.count_signups_led_to(
                training_id, announcement.group_key, since
            )
        return Effects(signups, questions=await self.enquiries.count_about(announcement.id))
