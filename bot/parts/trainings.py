"""What trainings consist of, from finding one to who takes part; `app.py` has all the rest."""

from collections.abc import Iterator
from functools import partial

from aiohttp import web

from bot.background import Chore
from bot.parts.day import DayParts
from bot.settings import Settings
from bot.web.feeds import TrainingFeeds
from bot.web.files.calendar import CalendarFiles, calendar_url, removal_url
from bot.web.files.figures import FiguresFiles
from bot.web.files.participants import ParticipantFiles
from bot.web.files.trainings import TrainingFiles
from bot.web.import_page import ImportPage
from bot.web.signed_links import SignedLinks
from dialogs.conversation.dialog import Dialog
from dialogs.trainings.asking.answer_questions import AnswerQuestions
from dialogs.trainings.asking.sign_ups import SignUps
from dialogs.trainings.colleagues.propose import ProposeColleague
from dialogs.trainings.every import training_dialogs
from dialogs.trainings.exchange.exchange_trainings import ExchangeTrainings
from dialogs.trainings.figures.show_figures import ShowFigures
from dialogs.trainings.lists import TrainingLists
from dialogs.trainings.participants.answer_invitation import AnswerInvitation
from dialogs.trainings.participants.change_participants import ChangeParticipants
from dialogs.trainings.participants.changes import ParticipantChanges
from dialogs.trainings.participants.list_participants import ListParticipants
from dialogs.trainings.participants.views import ParticipantViews
from dialogs.trainings.participants.wording import ParticipantWording
from dialogs.trainings.planning.offered import Offers
from dialogs.trainings.unasked import HearUnasked
from dialogs.trainings.wording import TrainingWording
from knowledge.answers.library import CurrentLibrary
from knowledge.delivery.arrivals import Arrivals
from knowledge.directory.service import DirectoryService
from knowledge.premises import Premises
from knowledge.timers.clockwork import Handler
from knowledge.trainings import holding, reminders
from knowledge.trainings.asking.service import AskingService
from knowledge.trainings.exchange.service import ExchangeService
from knowledge.trainings.figures.service import FiguresService
from knowledge.trainings.participants.colleagues import ColleagueService
from knowledge.trainings.participants.invitations import InvitationService
from knowledge.trainings.participants.service import ParticipantService
from knowledge.trainings.planning.service import PlanningService
from knowledge.trainings.quotas import release
from knowledge.trainings.reminders import TrainingReminders
from knowledge.trainings.service import TrainingService


class TrainingParts:
    """Their services, their dialogs, and the files behind the links on their cards."""

    def __init__(
        self,
        settings: Settings,
        premises: Premises,
        directory: DirectoryService,
        library: CurrentLibrary,
    ) -> None:
        url, places = settings.base_url, directory.places
        database, now = premises.database, premises.now
        self.wording = TrainingWording(partial(calendar_url, url))
        self.trainings = TrainingService(premises, self.wording)
        self.reminders = TrainingReminders(premises, self.wording)
        self.planning = PlanningService(premises, self.wording)
        words = ParticipantWording(places, partial(removal_url, url)), self.wording
        self.participants = ParticipantService(premises, *words)
        self.invitations = InvitationService(premises, *words)
        self.colleagues = ColleagueService(premises, words[0])
        self.picks = not settings.demo
        self.asking = AskingService(database, now)
        self.lists = TrainingLists(self.trainings, library, places, Arrivals(database))
        self.calendar = CalendarFiles(self.trainings, places, settings)
        signed = SignedLinks(database, now)
        self.files = ParticipantFiles(signed, url, self.participants, directory)
        self.day = DayParts(settings, premises, directory, signed)
        self._exchange(settings, premises, signed, directory, library)

    def _exchange(
        self,
        settings: Settings,
        premises: Premises,
        signed: SignedLinks,
        directory: DirectoryService,
        library: CurrentLibrary,
    ) -> None:
        """Lists that come in and go out, what others may follow, and the year in figures."""
        url, places, now = settings.base_url, directory.places, premises.now
        self.exchange = ExchangeService(premises, self.wording)
        offers = Offers(places, library)
        self.into = ImportPage(signed, settings, self.exchange, directory, offers)
        self.out = TrainingFiles(signed, url, self.exchange, directory, offers)
        self.feeds = TrainingFeeds(self.exchange, places, settings, now)
        self.figures = FiguresService(premises.database, places, now)
        self.figures_files = FiguresFiles(signed, url, self.figures, directory, offers)

    def dialogs(self) -> Iterator[Dialog]:
        """What is said of them: by everybody, by who holds them, by those who are asked."""
        sign_ups = SignUps(self.trainings, self.asking, self.wording)
        yield from training_dialogs(sign_ups, self.planning, self.lists, self.reminders)
        yield AnswerQuestions(sign_ups, self.invitations)
        places, link = self.lists.places, self.files.link
        views = ParticipantViews(self.participants, self.trainings, places, link)
        changes = ParticipantChanges(views, self.invitations)
        yield ListParticipants(views, changes)
        yield ChangeParticipants(changes)
        yield ProposeColleague(self.colleagues, self.lists, picks=self.picks)
        yield AnswerInvitation(self.invitations, sign_ups, places)
        yield HearUnasked(self.trainings, self.invitations, places)
        yield from self.day.dialogs(views)
        links, feeds = (self.into.link, self.out.link), self.feeds
        yield ExchangeTrainings(self.exchange, places, links, feeds.addresses, feeds.page)
        drawn = self.figures_files.file_link, self.figures_files.picture_link
        yield ShowFigures(self.figures, self.out.offers, drawn)

    def chores(self) -> Iterator[Chore]:
        yield from self.day.chores()

    def timers(self) -> Iterator[tuple[str, Handler]]:
        """What happens at its time, and who carries it out."""
        yield reminders.KIND, self.reminders.remind
        yield holding.KIND, self.trainings.held_seats.pass_on
        yield release.KIND, self.trainings.quotas.let_go

    def routes(self) -> list[web.RouteDef]:
        about = (self.calendar, self.files, self.into, self.out, self.feeds, self.figures_files)
        return [*(route for one in about for route in one.routes()), *self.day.routes()]
