"""The day of a training and after it: who came, what they thought, what certifies it."""

from collections.abc import Iterator

from aiohttp import web

from bot.background import Chore
from bot.settings import Settings
from bot.web.check_in_pages import CheckInPages
from bot.web.files.certificates import CertificateFiles
from bot.web.pictures.evaluations import EvaluationPictures
from bot.web.signed_links import SignedLinks
from dialogs.conversation.dialog import Dialog
from dialogs.trainings.attendance.check_in import CheckIn
from dialogs.trainings.attendance.ticks import Ticks
from dialogs.trainings.attendance.views import AttendanceViews
from dialogs.trainings.attendance.walk_ins import NoteWalkIn
from dialogs.trainings.attendance.wording import AttendanceWording
from dialogs.trainings.certificates.fetch_certificate import FetchCertificate
from dialogs.trainings.evaluations.evaluate import Evaluate
from dialogs.trainings.evaluations.wording import EvaluationWording
from dialogs.trainings.participants.thank import Thank
from dialogs.trainings.participants.views import ParticipantViews
from knowledge.directory.service import DirectoryService
from knowledge.premises import Premises
from knowledge.trainings.attendance.check_in import CheckInService
from knowledge.trainings.attendance.service import AttendanceService
from knowledge.trainings.attendance.walk_ins import WalkInService
from knowledge.trainings.certificates.service import CertificateService
from knowledge.trainings.evaluations.service import EvaluationService

EVERY = 300.0


class DayParts:
    """Their services, their dialogs, and what is behind the links on their cards."""

    def __init__(
        self,
        settings: Settings,
        premises: Premises,
        directory: DirectoryService,
        signed: SignedLinks,
    ) -> None:
        database, now, places = premises.database, premises.now, directory.places
        self.attendance = AttendanceService(database, now)
        self.check_ins = CheckInService(database, now)
        self.walk_ins = WalkInService(premises, AttendanceWording())
        self.evaluations = EvaluationService(premises, EvaluationWording())
        self.certificates = CertificateService(database, now)
        self.pages = CheckInPages(signed, settings, self.attendance, directory)
        self.pictures = EvaluationPictures(signed, settings.base_url)
        self.papers = CertificateFiles(signed, settings, self.certificates, places)

    def dialogs(self, participants: ParticipantViews) -> Iterator[Dialog]:
        """What is said of it, by who holds the training and by who was there."""
        views = AttendanceViews(self.attendance, participants, self.pages.links)
        walk_ins = NoteWalkIn(views, self.walk_ins)
        yield CheckIn(views, Ticks(views), self.check_ins, walk_ins)
        yield walk_ins
        yield Evaluate(self.evaluations, participants, self.pictures.link)
        yield FetchCertificate(self.certificates, self.papers.link)
        yield Thank(participants)

    def chores(self) -> Iterator[Chore]:
        yield Chore("evaluations", EVERY, self.evaluations.send_due)

    def routes(self) -> list[web.RouteDef]:
        return [*self.pages.routes(), *self.pictures.routes(), *self.papers.routes()]
