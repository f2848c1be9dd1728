"""What trainings consist of, from finding one to who takes part; `app.py` has all the rest."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial

from aiohttp import web

from bot.background import Chore
from bot.settings import Settings
from bot.web.calendar_files import CalendarFiles, calendar_url, removal_url
from bot.web.participant_files import ParticipantFiles
from bot.web.signed_links import SignedLinks
from dialogs.conversation.dialog import Dialog
from dialogs.trainings.asking.answer_questions import AnswerQuestions
from dialogs.trainings.asking.sign_ups import SignUps
from dialogs.trainings.colleagues.propose import ProposeColleague
from dialogs.trainings.every import training_dialogs
from dialogs.trainings.lists import TrainingLists
from dialogs.trainings.participants.answer_invitation import AnswerInvitation
from dialogs.trainings.participants.change_participants import ChangeParticipants
from dialogs.trainings.participants.changes import ParticipantChanges
from dialogs.trainings.participants.list_participants import ListParticipants
from dialogs.trainings.participants.views import ParticipantViews
from dialogs.trainings.participants.wording import ParticipantWording
from dialogs.trainings.wording import TrainingWording
from knowledge.answers.library import CurrentLibrary
from knowledge.directory.service import DirectoryService
from knowledge.storage.database import Database
from knowledge.trainings.asking import service as asking
from knowledge.trainings.asking.service import AskingService
from knowledge.trainings.participants.colleagues import ColleagueService
from knowledge.trainings.participants.invitations import InvitationService
from knowledge.trainings.participants.service import ParticipantService
from knowledge.trainings.planning.service import PlanningService
from knowledge.trainings.reminders import TrainingReminders
from knowledge.trainings.service import TrainingService


class TrainingParts:
    """Their services, their dialogs, and the files behind the links on their cards.

    `wake` tells the sender that there is work.
    """

    def __init__(
        self,
        settings: Settings,
        database: Database,
        directory: DirectoryService,
        library: CurrentLibrary,
        wake: Callable[[], None],
        now: Callable[[], datetime],
    ) -> None:
        url, quiet, places = settings.base_url, settings.quiet_until, directory.places
        self.wording = TrainingWording(partial(calendar_url, url))
        self.trainings = TrainingService(database, self.wording, now, wake=wake, quiet_until=quiet)
        self.reminders = TrainingReminders(database, self.wording, now, quiet)
        self.planning = PlanningService(database, self.wording, now, wake=wake, quiet_until=quiet)
        words = ParticipantWording(places, partial(removal_url, url)), self.wording
        self.participants = ParticipantService(database, *words, now, wake=wake, quiet_until=quiet)
        self.invitations = InvitationService(database, *words, now, wake=wake, quiet_until=quiet)
        by = database, words[0], now
        self.colleagues = ColleagueService(*by, wake=wake, quiet_until=quiet)
        self.asking = AskingService(database, now)
        self.lists = TrainingLists(self.trainings, library, places)
        self.calendar = CalendarFiles(self.trainings, places, settings)
        signed = SignedLinks(database, now)
        self.files = ParticipantFiles(signed, url, self.participants, directory)

    def dialogs(self) -> Iterator[Dialog]:
        """What is said of them: by everybody, by who holds them, by those who are asked."""
        sign_ups = SignUps(self.trainings, self.asking, self.wording)
        yield from training_dialogs(sign_ups, self.planning, self.lists)
        yield AnswerQuestions(sign_ups, self.invitations)
        places, link = self.lists.places, self.files.link
        views = ParticipantViews(self.participants, self.trainings, places, link)
        changes = ParticipantChanges(views, self.invitations)
        yield ListParticipants(views, changes)
        yield ChangeParticipants(changes)
        yield ProposeColleague(self.colleagues, self.lists)
        yield AnswerInvitation(self.invitations, sign_ups, places)

    def chores(self) -> Iterator[Chore]:
        yield Chore("answers", asking.EVERY, self.asking.erase_due)

    def routes(self) -> list[web.RouteDef]:
        return [*self.calendar.routes(), *self.files.routes()]
