"""What a coordinator sees of who came, wherever it is asked for."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date

from dialogs.conversation import paging, swedish
from dialogs.conversation.dialog import Answer
from dialogs.conversation.paging import Page
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text
from dialogs.trainings.attendance import cards
from dialogs.trainings.attendance.cards import Shown
from dialogs.trainings.attendance.who_came import Wanted, in_words
from dialogs.trainings.lists import SHOWN
from dialogs.trainings.participants.views import ParticipantViews
from dialogs.trainings.planning.views import SHOWN as HELD
from knowledge.directory.models import Person
from knowledge.errors import KnowledgeError
from knowledge.trainings.attendance.models import ON_PAGE, Attendee, Sheet, held_meetings
from knowledge.trainings.attendance.refusals import MeetingsOver, NotHeldYet
from knowledge.trainings.attendance.service import LATEST, AttendanceService
from knowledge.trainings.models import Training, TrainingStatus

CHECK_IN = "check_in"
"""The dialog that hears what is said of the list."""

CodeLinks = Callable[[Person, Training, int], Awaitable[tuple[str, str]]]
"""Where this person finds the code of a meeting as a picture, and as a page for a screen."""


class AttendanceViews:
    """Shows the list, the code, or which trainings there are; tells why something cannot be."""

    def __init__(
        self, attendance: AttendanceService, participants: ParticipantViews, links: CodeLinks
    ) -> None:
        self.attendance = attendance
        self.participants = participants
        self.links = links

    async def show(
        self,
        person: Person,
        training_id: int,
        meeting: int = LATEST,
        name: str = "",
        first: int = 0,
        note: str = "",
    ) -> Answer:
        """The list of one meeting; before its day the code, which can be printed already."""
        try:
            sheet = await self.attendance.sheet(person, training_id, meeting)
            rows, total = await self._rows(person, sheet, name)
        except NotHeldYet as refusal:
            if refusal.training.status is TrainingStatus.CANCELLED:
                return self.refused(refusal)
            note = text("trainings_attendance.not_yet", title=swedish.plain(refusal.training.title))
            return await self.code(person, training_id, note=note)
        except KnowledgeError as refusal:
            return self.refused(refusal)
        first = first if first < total else 0
        asked = _asked(training_id, sheet.meeting) | ({"name": name} if name else {})
        page = Page(CHECK_IN, total, first, ON_PAGE, asked=asked)
        some = rows[page.first : page.last] if name else await self._some(person, sheet, page)
        one = some[0] if total == 1 and some else None
        changes = await self.attendance.changes(person, training_id, one.person_id) if one else []
        shown = Shown(some, name, note, changes)
        places = self.participants.places
        page, reply = paging.fitted(page, lambda part: cards.sheet(sheet, part, shown, places))
        kept = {HELD: training_id, SHOWN: []}
        return replace(paging.answer(page, reply, then="of_sheet", **kept), by=CHECK_IN)

    async def came(self, person: Person, training_id: int, meeting: int, wanted: Wanted) -> Answer:
        """The list, with what was asked of it answered first."""
        try:
            sheet = await self.attendance.sheet(person, training_id, meeting)
            names = wanted is not Wanted.COUNT
            asked = (person, training_id, sheet.meeting)
            rows = await self.attendance.page(*asked) if names else []
        except NotHeldYet as refusal:
            if refusal.training.status is TrainingStatus.CANCELLED:
                return self.refused(refusal)
            title = swedish.plain(refusal.training.title)
            return Answer(Reply(text("trainings_attendance.came_not_yet", title=title)))
        except KnowledgeError as refusal:
            return self.refused(refusal)
        over = sheet.time.ends_at <= self.attendance.now()
        said = in_words(wanted, sheet, rows, over=over)
        return await self.show(person, training_id, sheet.meeting, note=said)

    async def last(self, person: Person) -> int | None:
        """The one that was held last; None where that is none, or several of the same day."""
        now = self.attendance.now()
        days = dict[int, date]()
        for id_, one in (await self.participants.held(person)).items():
            if held := held_meetings(one, now):
                starts_at = one.each_meeting[held[-1]].starts_at
                days[id_] = starts_at.astimezone(swedish.SWEDEN).date()
        latest = [id_ for id_, day in days.items() if day == max(days.values())]
        return latest[0] if len(latest) == 1 else None

    async def choices(self, person: Person, page: Page) -> Answer:
        """Which of those that have begun? The latest first; one alone needs no question."""
        now = self.attendance.now()
        every = await self.participants.held(person)
        held = {id_: one for id_, one in reversed(every.items()) if held_meetings(one, now)}
        if not held:
            key = "none_begun" if every else "none_held"
            return Answer(Reply(text(f"trainings_attendance.{key}")), about=paging.NOTHING)
        if len(held) == 1:
            return await self.show(person, next(iter(held)))
        ids = tuple(held)
        first = page.first if page.first < len(ids) else 0
        page = replace(page, ids=ids, total=len(ids), first=first)
        page, reply = paging.fitted(page, lambda some: cards.which(some, held))
        page = page.shown([held[id_].title for id_ in page.here])
        return replace(paging.answer(page, reply, then="which", **{SHOWN: []}), by=CHECK_IN)

    async def code(
        self, person: Person, training_id: int, meeting: int = LATEST, note: str = ""
    ) -> Answer:
        """The code of a meeting, for a screen or for print."""
        try:
            training, meeting, code = await self.attendance.code(person, training_id, meeting)
        except KnowledgeError as refusal:
            return self.refused(refusal)
        picture, screen = await self.links(person, training, meeting)
        reply = cards.code(training, meeting, code, picture, screen, note)
        page = Page(CHECK_IN, 0, asked=_asked(training_id, meeting))
        kept = {HELD: training_id, SHOWN: []}
        return replace(paging.answer(page, reply, then="of_sheet", **kept), by=CHECK_IN)

    def refused(self, refusal: KnowledgeError) -> Answer:
        """Why it cannot be done. What is no refusal of ours is raised again."""
        if isinstance(refusal, NotHeldYet | MeetingsOver):
            is_off = refusal.training.status is TrainingStatus.CANCELLED
            over = "over" if isinstance(refusal, MeetingsOver) else "not_held"
            key = "cancelled" if is_off else over
            title = swedish.plain(refusal.training.title)
            return Answer(Reply(text(f"trainings_attendance.{key}", title=title)))
        return self.participants.refused(refusal)

    async def _rows(self, person: Person, sheet: Sheet, name: str) -> tuple[list[Attendee], int]:
        """Everybody who is called so; without a name only how many there are."""
        if not name:
            return [], sheet.seated
        rows = await self.attendance.page(person, sheet.training.id, sheet.meeting, name)
        return rows, len(rows)

    async def _some(self, person: Person, sheet: Sheet, page: Page) -> list[Attendee]:
        asked = (person, sheet.training.id, sheet.meeting)
        return await self.attendance.page(*asked, first=page.first, limit=page.size)


def _asked(training_id: int, meeting: int) -> dict[str, str]:
    """What the list is of. Meetings are counted from 1, as people do."""
    return {"training": str(training_id), "meeting": str(meeting + 1)}
