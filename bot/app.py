"""Everything is wired here: reading from top to bottom tells what Tryggve consists of."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from aiohttp import web

from bot import weekly
from bot.alarms import KIND as ALARMS
from bot.alarms import Alarms
from bot.announcement_parts import AnnouncementParts
from bot.background import Rounds
from bot.reminders import TrainingReminders
from bot.settings import Settings
from bot.teams.auth import DemoGate, Gate, HostAllowList, TeamsGate
from bot.teams.channel_lists import ChannelLists
from bot.teams.connector import Connector
from bot.teams.counting import CountingMessenger
from bot.teams.endpoint import Endpoint
from bot.teams.messenger import TeamsMessenger
from bot.teams.outbound import Outbound
from bot.teams.own_token import KeptToken
from bot.teams.signing_keys import KeyCache
from bot.web.calendar_files import calendar_routes, calendar_url
from bot.web.health import Health
from bot.web.metrics import Metrics
from bot.web.pages import page_routes
from bot.weekly import WeeklyNote
from dialogs.announcements.offered import Offers
from dialogs.answers.ask_question import AskQuestion
from dialogs.answers.rate_answer import RateAnswer
from dialogs.answers.report_fault import ReportFault
from dialogs.channels.choose_channel import ChooseChannel, news_text
from dialogs.channels.team_channels import TeamChannels
from dialogs.conversation.engine import Engine
from dialogs.conversation.meeting import Meeting
from dialogs.conversation.small_talk import SmallTalk
from dialogs.conversation.swedish import SWEDEN
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text
from dialogs.digests import cards as digest_cards
from dialogs.digests.read_digest import ReadDigest
from dialogs.directory.find_coordinator import FindCoordinator
from dialogs.enquiries import cards as enquiry_cards
from dialogs.enquiries.answer_enquiry import AnswerEnquiry
from dialogs.enquiries.ask_author import AskAuthor
from dialogs.recipients.choose_announcements import ChooseAnnouncements
from dialogs.trainings import cards as training_cards
from dialogs.trainings.find_training import FindTraining
from dialogs.trainings.my_trainings import MyTrainings
from dialogs.trainings.sign_up_for_training import SignUpForTraining
from knowledge.alarms.service import AlarmService
from knowledge.answers.articles.loader import shipped_content
from knowledge.answers.library import CurrentLibrary
from knowledge.answers.live import LiveLibrary
from knowledge.answers.search.kept_vectors import kept_model
from knowledge.channels.choice import ChannelChoice
from knowledge.channels.moves import Moves
from knowledge.channels.service import ChannelService
from knowledge.delivery import outbox
from knowledge.delivery.messenger import Message
from knowledge.delivery.sender import Sender
from knowledge.digests.service import DigestService
from knowledge.directory.models import Person
from knowledge.directory.service import DirectoryService
from knowledge.enquiries.service import EnquiryService
from knowledge.questions.service import QuestionService
from knowledge.recipients.service import RecipientService
from knowledge.reports.service import ReportService
from knowledge.storage.conversations import Conversations
from knowledge.storage.database import Database, Writing
from knowledge.timers.clockwork import Clockwork
from knowledge.trainings.models import Signup
from knowledge.trainings.reminders import KIND as TRAINING_REMINDER
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
        library: CurrentLibrary | None = None,
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
        places = self.directory.places
        moves = Moves(self.database, lambda news: Message(text=news_text(news, places)))
        self.channels = ChannelService(self.database, self.directory, moves, now)
        self.channel_lists = ChannelLists(self.channels, self.connector)
        self.channels.read = self.channel_lists.wake
        self.channel_choice = ChannelChoice(self.database, moves, now)
        self.outbound = Outbound(self.database, self.directory, self.channels, self.connector)
        self.alarms = AlarmService(self.database, settings.quiet_until, now)
        self.counted = CountingMessenger(self.messenger, self.database, self.alarms)
        self.sender = Sender(
            self.database,
            self.counted,
            on_chat_opened=self.outbound.chat_opened,
            on_unreachable=self.outbound.unreachable,
        )
        self.outbound.wake = moves.wake = self.sender.wake
        self.trainings = TrainingService(self.database, self._tell_promoted, now)
        self.enquiries = EnquiryService(
            self.database,
            as_question=lambda enquiry: enquiry_cards.question(enquiry, places).message,
            as_answer=lambda enquiry: enquiry_cards.answer(enquiry, places).message,
            wake=self.sender.wake,
            quiet_until=settings.quiet_until,
            now=now,
        )
        offers = Offers(places, self.library, self.trainings)
        self.announcements = AnnouncementParts(
            settings,
            self.database,
            self.directory,
            self.trainings,
            offers,
            self.enquiries,
            self.sender.wake,
            now,
        )
        self.reports = ReportService(self.database)
        self.questions = QuestionService(self.database, now)
        self.weekly = WeeklyNote(self.library, self.questions, now)
        self.recipients = RecipientService(self.database, now)
        self.digests = DigestService(
            self.database,
            self.library,
            compose=lambda told: digest_cards.digest(told, places).message,
            wake=self.sender.wake,
            quiet_until=settings.quiet_until,
        )
        self.rounds = Rounds(self.digests, self.enquiries, now)
        self.now = now
        self.clockwork = Clockwork(self.database, self.sender.wake)
        self._wind_up()

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
                *self.announcements.dialogs(),
                ChooseChannel(self.channel_choice),
                TeamChannels(self.channel_choice, places),
                ChooseAnnouncements(self.recipients, self.library),
                ReadDigest(self.digests),
                AskAuthor(self.enquiries, places),
                AnswerEnquiry(self.enquiries, places),
                ReportFault(self.reports, self.questions, self.library, places),
            ],
            conversations=self.conversations,
            meeting=Meeting(self.directory, self.channels),
            open_chat=self.outbound.open_chat,
        )
        self.endpoint = Endpoint(
            gate=gate or self._gate(hosts),
            messenger=self.messenger,
            on_turn=self.engine.handle,
            personal_address=self.outbound.personal_address,
            undelivered=self.outbound.undelivered,
            apology=lambda reference: Reply(text("conversation.apology", reference=reference)),
            later=Reply(text("conversation.later")),
            **timing,
        )

    def web_app(self, *, sends: bool = True) -> web.Application:
        """The whole as an aiohttp application with its background tasks.

        Without `sends` it leaves deliveries and timers to workers.
        """
        app = web.Application(client_max_size=256 * 1024)
        app.add_routes(self.endpoint.routes())
        app.add_routes(page_routes(self.settings))
        app.add_routes(calendar_routes(self.trainings))
        app.add_routes(self.announcements.links.routes())
        app.add_routes(Health(self.database, self._has_keys, self.alarms).routes())
        app.add_routes(Metrics(self.database, self.settings).routes())

        async def in_background(_app: web.Application) -> AsyncIterator[None]:
            async with self.at_work(sends=sends, listens=True):
                yield

        app.cleanup_ctx.append(in_background)
        return app

    @asynccontextmanager
    async def at_work(self, *, sends: bool, listens: bool) -> AsyncIterator[None]:
        """Everything that goes on by itself; what has begun is finished before it ends."""
        stop = asyncio.Event()
        workers = [self.sender.run(stop), self.clockwork.run(stop)] if sends else []
        working = [asyncio.create_task(worker) for worker in workers]
        keepers = [asyncio.create_task(keeper) for keeper in self._keepers(listens)]
        yield
        await self.endpoint.finish()
        stop.set()
        for keeper in keepers:
            keeper.cancel()
        await asyncio.gather(*working)
        await asyncio.gather(*keepers, return_exceptions=True)
        await self.counted.write_down()
        await self.close()

    def _keepers(self, listens: bool) -> Iterator[Coroutine[Any, Any, None]]:
        yield self.counted.keep_counting()
        if isinstance(self.library, LiveLibrary):
            yield self.library.keep_fresh()
        if self.token:
            self.token.on_verdict = self.counted.judge_credentials
            yield self.token.keep_fresh()
            if listens:
                yield self.keys.keep_fresh()
        if listens:
            yield self.channel_lists.keep_reading()
        yield from self.announcements.keepers()
        yield self.rounds.keep_going()

    def _wind_up(self) -> None:
        """What happens at its time: each kind of timer and who carries it out."""
        quiet_until = self.settings.quiet_until
        reminders = TrainingReminders(self.database, self._calendar_url, quiet_until, self.now)
        expires = self.settings.secret_expires or None
        alarms = Alarms(self.alarms, self.directory.places, expires, self.now)
        self.clockwork.on(TRAINING_REMINDER, reminders.remind)
        self.clockwork.on(weekly.KIND, self.weekly.look, always=True)
        self.clockwork.on(ALARMS, alarms.look, always=True)

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

    async def _tell_promoted(self, tx: Writing, person: Person, signup: Signup) -> None:
        reply = training_cards.promoted(signup, self._calendar_url(signup.calendar_token))
        key = f"promoted:{signup.id}"
        wait = self.settings.quiet_until(self.now())
        await outbox.enqueue_notice(tx, self.database, person, reply.message, key, wait)


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
