"""Everything is wired here: reading from top to bottom tells what Tryggve consists of."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from aiohttp import web

from bot.announcement_links import AnnouncementLinks
from bot.auth import DemoGate, Gate, HostAllowList, TeamsGate
from bot.calendar_link import calendar_routes, calendar_url
from bot.connector import Connector
from bot.credentials import KeptToken
from bot.endpoint import Endpoint
from bot.health import Health
from bot.keys import KeyCache
from bot.messenger import TeamsMessenger
from bot.outbound import Outbound
from bot.pages import page_routes
from bot.progress import ProgressCards
from bot.settings import Settings
from bot.signed_links import SignedLinks
from bot.weekly import WeeklyNote
from dialogs.announcement_status import StatusCards
from dialogs.ask_question import AskQuestion
from dialogs.cards import trainings as training_cards
from dialogs.cards.sent_announcements import Effects
from dialogs.change_announcement import ChangeAnnouncement
from dialogs.engine import Engine
from dialogs.find_coordinator import FindCoordinator
from dialogs.find_training import FindTraining
from dialogs.follow_announcement import FollowAnnouncement
from dialogs.list_recipients import ListRecipients
from dialogs.my_trainings import MyTrainings
from dialogs.publish_announcement import PublishAnnouncement
from dialogs.rate_answer import RateAnswer
from dialogs.report_fault import ReportFault
from dialogs.sign_up_for_training import SignUpForTraining
from dialogs.small_talk import SmallTalk
from dialogs.swedish import SWEDEN
from dialogs.talk import Reply
from dialogs.texts import text
from knowledge.announcements.models import Announcement
from knowledge.announcements.sent import SentAnnouncements
from knowledge.announcements.service import AnnouncementService
from knowledge.announcements.shown import ShownProgress
from knowledge.answers.kept_vectors import kept_model
from knowledge.answers.library import Library
from knowledge.answers.live import LiveLibrary
from knowledge.answers.loader import shipped_content
from knowledge.directory.models import Person
from knowledge.directory.service import DirectoryService
from knowledge.messenger import Message
from knowledge.questions.service import QuestionService
from knowledge.reports.service import ReportService
from knowledge.storage import outbox
from knowledge.storage.conversations import Conversations
from knowledge.storage.database import Database, Writing
from knowledge.storage.sender import Sender
from knowledge.trainings.models import Signup
from knowledge.trainings.service import TrainingService


class Tryggve:
    """One installation: its database, services, conversation and edge.

    `now`, `gate`, `hosts` and `timing` (the endpoint's) have production defaults; tests bring
    their own clock, issuer and patience.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        gate: Gate | None = None,
        hosts: HostAllowList | None = None,
        library: Library | None = None,
        **timing: float,
    ) -> None:
        self.settings = settings
        self.database = Database(settings.database_url)
        self.conversations = Conversations(self.database)

        hosts = hosts or HostAllowList(settings.service_hosts, allow_loopback=settings.demo)
        self.keys = KeyCache()
        self.token = _token(settings)
        self.connector = Connector(hosts, self.token)
        self.messenger = TeamsMessenger(self.connector)

        encoder = kept_model(Path(settings.cache_dir))
        self.library = library or LiveLibrary(shipped_content(), encoder)
        self.directory = DirectoryService(self.database, settings.tenants)
        self.outbound = Outbound(self.database, self.directory, self.connector)
        self.sender = Sender(
            self.database,
            self.messenger,
            on_chat_opened=self.outbound.chat_opened,
            on_unreachable=self.outbound.unreachable,
        )
        self.outbound.wake = self.sender.wake
        self.trainings = TrainingService(self.database, self._tell_promoted, now)
        self.announcements = AnnouncementService(self.database, self.directory, self.sender.wake)
        self.sent = SentAnnouncements(self.database, self.directory, self.sender.wake)
        self.links = AnnouncementLinks(
            SignedLinks(self.database, now), settings.base_url, self.sent, self.directory
        )
        self.reports = ReportService(self.database)
        self.questions = QuestionService(self.database, now)
        self.weekly = WeeklyNote(self.library, self.questions, self.sender.wake, now)

        places = self.directory.places
        status = StatusCards(self.announcements, self.sent, self.links.picture_link, self._led_to)
        shown = ShownProgress(self.database, self.sender.wake)
        self.progress = ProgressCards(shown, status, self.directory)
        publish = PublishAnnouncement(status, places, now)
        self.engine = Engine(
            [
                SmallTalk(),
                AskQuestion(
                    self.library,
                    self.trainings,
                    self.questions,
                    lambda: now().astimezone(SWEDEN).date(),
                ),
                RateAnswer(self.questions, self.library),
                FindCoordinator(self.directory),
                FindTraining(self.trainings, self.library, places),
                SignUpForTraining(self.trainings, self._calendar_url),
                MyTrainings(self.trainings, self.sender.wake),
                publish,
                FollowAnnouncement(publish),
                ChangeAnnouncement(publish),
                ListRecipients(publish, self.links.file_link),
                ReportFault(self.reports, self.questions, self.library, places),
            ],
            conversations=self.conversations,
            directory=self.directory,
            open_chat=self.outbound.open_chat,
        )
        self.endpoint = Endpoint(
            gate=gate or self._gate(hosts),
            messenger=self.messenger,
            on_turn=self.engine.handle,
            personal_address=self.outbound.personal_address,
            undelivered=self.outbound.undelivered,
            apology=lambda reference: Reply(text("common.apology", reference=reference)),
            later=Reply(text("common.later")),
            **timing,
        )

    def web_app(self) -> web.Application:
        """The whole as an aiohttp application with its background tasks."""
        app = web.Application(client_max_size=256 * 1024)
        app.add_routes(self.endpoint.routes())
        app.add_routes(page_routes(self.settings))
        app.add_routes(calendar_routes(self.trainings))
        app.add_routes(self.links.routes())
        app.add_routes(Health(self.database, self._has_keys).routes())
        app.cleanup_ctx.append(self._in_background)
        return app

    async def _in_background(self, _app: web.Application) -> AsyncIterator[None]:
        stop = asyncio.Event()
        sender = asyncio.create_task(self.sender.run(stop))
        keepers = [
            asyncio.create_task(self.weekly.keep_telling()),
            asyncio.create_task(self.progress.keep_showing()),
        ]
        if isinstance(self.library, LiveLibrary):
            keepers.append(asyncio.create_task(self.library.keep_fresh()))
        if self.token:
            keepers.append(asyncio.create_task(self.keys.keep_fresh()))
            keepers.append(asyncio.create_task(self.token.keep_fresh()))
        yield
        await self.endpoint.finish()
        stop.set()
        for keeper in keepers:
            keeper.cancel()
        await sender
        for keeper in keepers:
            with suppress(asyncio.CancelledError):
                await keeper
        await self.close()

    async def close(self) -> None:
        """Give back connections. The web application does this by itself when it stops."""
        await self.connector.close()
        await self.database.close()

    def _gate(self, hosts: HostAllowList) -> Gate:
        if self.settings.demo:
            return DemoGate()
        return TeamsGate(self.settings.app_id, self.keys, hosts, self.settings.tenants)

    def _has_keys(self) -> bool:
        return self.token is None or self.keys.loaded

    def _calendar_url(self, token: str) -> str:
        return calendar_url(self.settings.base_url, token)

    async def _led_to(self, announcement: Announcement) -> Effects:
        training_id, since = announcement.draft.training_id, announcement.sent_at
        if not training_id or not since:
            return Effects()
        return Effects(
            signups=await self.trainings.count_signups_led_to(
                training_id, announcement.group_key, since
            )
        )

    async def _tell_promoted(self, tx: Writing, person: Person, signup: Signup) -> None:
        reply = training_cards.promoted(signup, self._calendar_url(signup.calendar_token))
        message = Message(card=reply.card, summary=reply.summary)
        key = f"promoted:{signup.id}"
        await outbox.enqueue_notice(tx, self.database, person, message, key)


def _token(settings: Settings) -> KeptToken | None:
    """How the bot proves who it is; nothing in the demo, where nobody asks."""
    if settings.demo:
        return None
    return KeptToken.from_entra(
        settings.app_id,
        settings.app_password.get_secret_value(),
        settings.app_type,
        settings.app_tenant_id,
    )
