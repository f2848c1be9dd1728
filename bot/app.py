"""Everything is wired here: reading from top to bottom tells what Tryggve consists of."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.background import FIVE_MINUTES, Background, Chore
from bot.login.faults import LoginFault
from bot.network import Network
from bot.parts.access import AccessParts
from bot.parts.announcements import AnnouncementParts
from bot.parts.answers import AnswerParts
from bot.parts.own_data import OwnDataParts
from bot.parts.trainings import TrainingParts
from bot.parts.watch import WatchParts
from bot.settings import Settings
from bot.teams import channel_lists, counting, credentials, own_token, signing_keys
from bot.teams.auth import Gate, HostAllowList
from bot.teams.connector import Connector
from bot.teams.endpoint import Endpoint
from bot.teams.messenger import TeamsMessenger
from bot.teams.outbound import Outbound
from bot.web.pages import page_routes
from dialogs.alarms.wording import AlarmWording
from dialogs.announcements.offered import Offers
from dialogs.answers.ask_question import answering
from dialogs.answers.report_fault import ReportFault
from dialogs.answers.show import AnswerShow
from dialogs.channels.choose_channel import ChooseChannel
from dialogs.channels.team_channels import TeamChannels
from dialogs.channels.wording import ChannelWording
from dialogs.conversation.dialog import Dialog
from dialogs.conversation.engine import Engine
from dialogs.conversation.meeting import Meeting
from dialogs.conversation.small_talk import SmallTalk, apology
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text
from dialogs.digests.read_digest import ReadDigest
from dialogs.digests.wording import DigestWording
from dialogs.directory.find_coordinator import FindCoordinator
from dialogs.enquiries.answer_enquiry import AnswerEnquiry
from dialogs.enquiries.ask_author import AskAuthor
from dialogs.enquiries.wording import EnquiryWording
from dialogs.recipients.choose_announcements import ChooseAnnouncements
from knowledge.alarms import watch, writing
from knowledge.alarms.service import AlarmService
from knowledge.answers import live
from knowledge.answers.articles.loader import shipped_content
from knowledge.answers.library import CurrentLibrary
from knowledge.answers.search.kept_vectors import kept_model
from knowledge.channels.choice import ChannelChoice
from knowledge.channels.moves import Moves
from knowledge.channels.service import ChannelService
from knowledge.delivery.arrivals import Arrivals
from knowledge.delivery.bell import Bell
from knowledge.delivery.sender import Sender
from knowledge.digests.service import DigestService
from knowledge.enquiries.service import EnquiryService
from knowledge.premises import Premises
from knowledge.questions import review_note
from knowledge.questions.service import QuestionService
from knowledge.recipients.service import RecipientService
from knowledge.reports.service import ReportService
from knowledge.storage.conversations import Conversations
from knowledge.storage.database import Database
from knowledge.timers.clockwork import Clockwork
from knowledge.times import SWEDEN


class Tryggve:
    """One installation: its database, services, conversation and edge.

    `now`, `gate`, `hosts` and `edge` (how long the endpoint waits, how much it answers) have
    production defaults; tests bring their own clock, issuer and patience.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        gate: Gate | None = None,
        hosts: HostAllowList | None = None,
        library: CurrentLibrary | None = None,
        **edge: Any,
    ) -> None:
        self.settings = settings
        self.now = now
        self.database = Database(settings.database_url)
        self.access = AccessParts(settings, self.database)
        self.watch = WatchParts(settings, self.database, self.access.let_in)
        self.counts = self.watch.counts
        self.bell, self.lists_wanted = Bell(), Bell()
        hosts = hosts or HostAllowList(settings.service_hosts, allow_loopback=settings.demo)
        network = Network(settings.ca_file)
        self.keys = signing_keys.KeyCache(network=network)
        self.token = own_token.of(settings, network)
        self.connector = Connector(hosts, self.token, network=network)
        self.messenger = TeamsMessenger(self.connector)
        self._know(
            library or live.LiveLibrary(shipped_content(), kept_model(Path(settings.cache_dir)))
        )
        self._deliver()
        self._exchange()
        self._wind_up()
        self.engine = Engine(
            [*self._dialogs()],
            conversations=self.conversations,
            meeting=Meeting(self.directory, self.channels),
            open_chat=self.outbound.open_chat,
            library=self.library,
            arrivals=Arrivals(self.database),
            today=partial(_day, self.now),
            count=self.counts.count,
        )
        self.endpoint = self._door(gate or self.access.gate(self.keys, hosts), edge)
        self.background = Background([*self._chores()])

    def _know(self, library: CurrentLibrary) -> None:
        """What it knows and remembers, and whom it meets where."""
        database, now = self.database, self.now
        self.library = library
        self.conversations = Conversations(database)
        self.directory = self.access.directory
        moves = Moves(database, ChannelWording(self.directory.places), self.bell.ring)
        wanted = self.lists_wanted.ring
        self.channels = ChannelService(database, self.directory, moves, now, wanted=wanted)
        self.channel_choice = ChannelChoice(database, moves, now)
        self.reports = ReportService(database, now)
        self.questions = QuestionService(database, self.counts, now, knows=library.knows)
        self.answers = AnswerParts(self.settings, database, library, now)
        self.recipients = RecipientService(database, now)
        self.own_data = OwnDataParts(self.settings, self.directory, now)
        self.alarms = AlarmService(database, self.settings.quiet_until, now)
        self.writing = writing.WriteCheck(database, self.alarms, now)

    def _deliver(self) -> None:
        """What brings messages out, and what happens at its time."""
        self.channel_lists = channel_lists.ChannelLists(self.channels, self.connector)
        self.outbound = Outbound(
            self.database, self.directory, self.channels, self.connector, self.bell.ring
        )
        self.counted = counting.CountingMessenger(self.messenger, self.counts, self.alarms)
        self.sender = Sender(
            self.database,
            self.counted,
            on_chat_opened=self.outbound.chat_opened,
            on_unreachable=self.outbound.unreachable,
            bell=self.bell,
        )
        self.clockwork = Clockwork(self.database, self.bell.ring)

    def _exchange(self) -> None:
        """What people do with each other: trainings, announcements, questions about them."""
        places, quiet, wake = self.directory.places, self.settings.quiet_until, self.bell.ring
        premises = Premises(self.database, self.now, wake, quiet)
        self.training_parts = TrainingParts(self.settings, premises, self.directory, self.library)
        self.trainings = self.training_parts.trainings
        self.enquiries = EnquiryService(premises, EnquiryWording(places))
        self.announcements = AnnouncementParts(
            self.settings,
            self.database,
            self.directory,
            self.trainings,
            Offers(places, self.library, self.trainings),
            self.enquiries,
            wake,
            self.now,
        )
        self.digests = DigestService(premises, self.library, DigestWording(places))

    def _wind_up(self) -> None:
        """What happens at its time: each kind of timer and who carries it out."""
        words, expires = AlarmWording(self.directory.places), credentials.expires(self.settings)
        alarms = watch.AlarmWatch(self.alarms, words, expires, self.now)
        for kind, carry_out in self.training_parts.timers():
            self.clockwork.on(kind, carry_out)
        self.clockwork.on(review_note.KIND, self.answers.review_note.look, always=True)
        self.clockwork.on(watch.KIND, alarms.look, always=True)

    def _chores(self) -> Iterator[Chore]:
        """What goes on again and again, in every process."""
        yield from self.answers.chores()
        yield Chore("writing", writing.EVERY, self.writing.look)
        yield from self.watch.chores()
        yield Chore("credentials", counting.EVERY, self.counted.write_down)
        yield from self.access.chores()
        if self.token:
            renew = partial(self.token.refresh, self.counted.judge_credentials)
            yield Chore("token", own_token.EVERY, renew)
            yield Chore("keys", signing_keys.EVERY, self.keys.refresh, listening=True)
        read, asked = self.channel_lists.read_wanted, self.lists_wanted
        yield Chore("channel lists", channel_lists.EVERY, read, asked, listening=True)
        yield from self.announcements.chores()
        yield from self.own_data.chores()
        yield from self.training_parts.chores()
        yield Chore("digests", FIVE_MINUTES, lambda: self.digests.send_due(self.now()))
        yield Chore("enquiries", FIVE_MINUTES, self.enquiries.hand_over_left)

    def _dialogs(self) -> Iterator[Dialog]:
        """What can be said to it."""
        places, today = self.directory.places, partial(_day, self.now)
        yield SmallTalk()
        shelf = AnswerShow(self.library, self.trainings, self.answers.laws, today)
        yield from answering(shelf, self.questions)
        yield FindCoordinator(self.directory)
        yield from self.training_parts.dialogs()
        yield from self.announcements.dialogs()
        yield ChooseChannel(self.channel_choice)
        yield TeamChannels(self.channel_choice, places)
        yield ChooseAnnouncements(self.recipients, self.library)
        yield ReadDigest(self.digests)
        yield AskAuthor(self.enquiries, places)
        yield AnswerEnquiry(self.enquiries, places)
        yield from self.access.dialogs()
        yield from self.own_data.dialogs()
        yield ReportFault(self.reports, self.questions, self.library, places)

    def _door(self, gate: Gate, edge: dict[str, Any]) -> Endpoint:
        return Endpoint(
            gate=gate,
            messenger=self.messenger,
            on_turn=self.engine.handle,
            personal_address=self.outbound.personal_address,
            undelivered=self.outbound.undelivered,
            shown=self.outbound.shown,
            apology=lambda reference: apology(reference, saves=not self.writing.fault),
            later=Reply(text("conversation.later")),
            too_fast=Reply(text("conversation.too_fast")),
            stranger=self.access.refused.count,
            count=self.counts.count,
            **edge,
        )

    def web_app(self, *, sends: bool = True) -> web.Application:
        """The whole as an aiohttp application with its background tasks.

        Without `sends` it leaves deliveries and timers to workers.
        """
        app = web.Application(client_max_size=256 * 1024)
        app.add_routes([*self.endpoint.routes(), *page_routes(self.settings)])
        stands = self.writing, self.alarms, self.questions, self._has_keys, self._trouble
        app.add_routes([*self.watch.routes(*stands)])
        for pages in (self.training_parts, self.announcements.files, self.own_data):
            app.add_routes(pages.routes())

        async def in_background(_app: web.Application) -> AsyncIterator[None]:
            async with self.at_work(sends=sends, listens=True):
                yield

        app.cleanup_ctx.append(in_background)
        return app

    @asynccontextmanager
    async def at_work(self, *, sends: bool, listens: bool) -> AsyncIterator[None]:
        """Everything that goes on by itself; what has begun is finished before it ends."""
        await self.access.follow()
        stop = asyncio.Event()
        workers = [self.sender.run(stop), self.clockwork.run(stop)] if sends else []
        working = [asyncio.create_task(worker) for worker in workers]
        self.background.start(listens=listens)
        yield
        await self.endpoint.finish()
        await self.conversations.finish()
        stop.set()
        await asyncio.gather(*working, self.background.stop())
        await asyncio.gather(self.watch.write_down(), self.counted.write_down())
        await self.close()

    async def close(self) -> None:
        """Give back connections. The web application does this by itself when it stops."""
        await self.connector.close()
        await self.database.close()

    def _trouble(self) -> LoginFault | None:
        return self.token.trouble if self.token else None

    def _has_keys(self) -> bool:
        return self.token is None or self.keys.loaded


def _day(now: Callable[[], datetime]) -> date:
    return now().astimezone(SWEDEN).date()
