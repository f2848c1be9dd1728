"""Checking in: who holds the training ticks in a list, who takes part gives the code."""

import re
from dataclasses import replace
from typing import ClassVar

from dialogs.conversation import paging, swedish
from dialogs.conversation.dialog import Answer, Dialog, Heard, hears, tapped
from dialogs.conversation.paging import Page
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text, texts
from dialogs.trainings.attendance import cards
from dialogs.trainings.attendance.ticks import Ticks, marks_in, sounds_of_marks, walked_in
from dialogs.trainings.attendance.views import CHECK_IN, AttendanceViews
from dialogs.trainings.attendance.walk_ins import NoteWalkIn
from dialogs.trainings.attendance.who_came import Asked, Wanted, asks_who_came
from dialogs.trainings.named import named_among
from dialogs.trainings.participants.views import OTHERS_HEAR
from dialogs.trainings.planning.views import SHOWN as HELD
from dialogs.understanding.effect import Effect
from knowledge.directory.models import Person
from knowledge.directory.places import fold
from knowledge.errors import KnowledgeError
from knowledge.trainings.attendance.check_in import CheckInService
from knowledge.trainings.attendance.models import CODE_LENGTH, Mark
from knowledge.trainings.attendance.refusals import NoSeat, TooManyCodes, WrongCode
from knowledge.trainings.attendance.service import LATEST

_FIGURES = re.compile(r"[\d\s-]*\d[\d\s-]*")


class CheckIn(Dialog):
    """One command for both: with a code it is the reader's own, without it is the list."""

    name: ClassVar[str] = CHECK_IN

    def __init__(
        self,
        views: AttendanceViews,
        ticks: Ticks,
        check_ins: CheckInService,
        walk_ins: NoteWalkIn,
    ) -> None:
        self.views = views
        self.walk_ins = walk_ins
        self.ticks = ticks
        self.check_ins = check_ins

    @hears("check_in", effect=Effect.NONE, personal=True)
    async def show(self, heard: Heard) -> Answer | None:
        """A code that follows checks the reader in; else it is about the list."""
        figures = _FIGURES.fullmatch(heard.rest.strip(" .!"))
        if figures:
            return await self._come(heard.person, re.sub(r"\D", "", figures[0]))
        who = asks_who_came(heard.text)
        if not heard.is_coordinator:
            key = "who_came_others" if who else "how"
            return Answer(cards.settled(text(f"trainings_attendance.{key}")))
        if who:
            return await self._who_came(heard, who)
        if marks_sheet(heard):
            return await self.of_sheet(heard)
        wants_code = _says(heard.text, "words_code")
        if heard.rest:
            found = await named_among(heard, self.views.participants)
            return await self._open(heard, found, wants_code=wants_code) if found else None
        shown = heard.about.get(HELD)
        if isinstance(shown, int) and shown:
            return await self._open(heard, shown, wants_code=wants_code)
        return await self.views.choices(heard.person, Page(CHECK_IN, 0))

    @tapped("check_in", effect=Effect.NONE, personal=True, others_hear=OTHERS_HEAR)
    async def tapped_show(self, heard: Heard) -> Answer | None:
        id_ = heard.number("training")
        if not id_:
            return await self.views.choices(heard.person, Page(CHECK_IN, 0))
        return await self.views.show(heard.person, id_, _meeting(heard))

    @tapped("check_in_code", effect=Effect.NONE, personal=True, others_hear=OTHERS_HEAR)
    async def tapped_code(self, heard: Heard) -> Answer | None:
        id_ = heard.number("training")
        return await self._code(heard.person, id_, _meeting(heard)) if id_ else None

    @tapped("attendance_search", effect=Effect.NONE, personal=True, others_hear=OTHERS_HEAR)
    async def tapped_search(self, heard: Heard) -> Answer | None:
        id_ = heard.number("training")
        name = _tidy(heard.word("name"))
        return await self.views.show(heard.person, id_, _meeting(heard), name) if id_ else None

    @tapped("attendance_save", effect=Effect.MINE, personal=True, others_hear=OTHERS_HEAR)
    async def tapped_save(self, heard: Heard) -> Answer | None:
        """Marks what was ticked, and takes back what was ticked before and is not any more.

        Whoever has checked in since the card was shown stays so: the card knew nothing of them.
        """
        id_ = heard.number("training")
        if not id_:
            return None
        here, was = _ids(heard.word("here").split(",")), _ids(heard.turn.data.get("was"))
        marks = dict.fromkeys(here - was, Mark.PRESENT) | dict.fromkeys(was - here, Mark.UNKNOWN)
        meeting = _meeting(heard)
        try:
            sheet = await self.views.attendance.tick(heard.person, id_, meeting, marks)
        except KnowledgeError as refusal:
            return self.views.refused(refusal)
        searched, first = _tidy(heard.word("searched")), heard.number("first") or 0
        note = text("trainings_attendance.saved", count=sheet.present)
        return await self.views.show(heard.person, id_, meeting, searched, first, note)

    @tapped("attendance_rest", effect=Effect.MINE, personal=True, others_hear=OTHERS_HEAR)
    async def tapped_rest(self, heard: Heard) -> Answer | None:
        id_ = heard.number("training")
        if not id_:
            return None
        return await self.ticks.rest(heard.person, id_, _meeting(heard), Mark.ABSENT)

    async def page(self, heard: Heard, page: Page) -> Answer | None:
        heard.must_be_private()
        if not heard.is_coordinator:
            return Answer(Reply(text(OTHERS_HEAR)))
        training, meeting = _asked(page, "training"), _asked(page, "meeting")
        if not training:
            return await self.views.choices(heard.person, page)
        name = page.asked.get("name", "")
        return await self.views.show(heard.person, training, meeting - 1, name, page.first)

    def claims(self, heard: Heard) -> bool:
        """What the buttons say is the list's, while it is on the screen."""
        keys = ("words_code", "words_rest_absent", "words_rest_present")
        return any(_says(heard.text, key) for key in keys)

    async def which(self, heard: Heard) -> Answer | None:
        """Hears which of those that have begun; `wanted` was asked of it."""
        if who := asks_who_came(heard.text):
            return await self._who_came(heard, who)
        found = await named_among(heard, self.views.participants, of=CHECK_IN)
        if found and (wanted := heard.values.get("wanted")):
            return await self.views.came(heard.person, found, LATEST, Wanted(wanted))
        return await self.views.show(heard.person, found) if found else None

    async def of_sheet(self, heard: Heard) -> Answer | None:
        """Hears what the buttons say, who is here, and whom to look for."""
        page = paging.listed(heard.about)
        if page is None or page.of != CHECK_IN or not _asked(page, "training"):
            return None
        id_, meeting = _asked(page, "training"), _asked(page, "meeting") - 1
        asked = (heard.person, id_, meeting)
        if _says(heard.text, "words_code"):
            return await self._code(*asked)
        if who := asks_who_came(heard.text):
            return await (
                self._who_came(heard, who) if who.rest else self.views.came(*asked, who.wanted)
            )
        if number := _number_after(heard.text, "words_meeting"):
            return await self.views.show(heard.person, id_, number - 1)
        if (name := _after(heard.text, "words_search")) is not None:
            return await self.views.show(*asked, name)
        if name := walked_in(heard.text):
            return await self.walk_ins.begin(*asked, name)
        said = marks_in(heard.text)
        return await self.ticks.by_name(*asked, said) if said else None

    async def again(self, heard: Heard) -> Answer | None:
        """What may be about who is here marks nobody, and the list stays."""
        page = paging.listed(heard.about)
        if page is None or page.of != CHECK_IN or not sounds_of_marks(heard.text):
            return None
        reply = Reply(text("trainings_attendance.marked_nobody"))
        return Answer(reply, then="of_sheet", values=heard.values)

    async def _who_came(self, heard: Heard, who: Asked) -> Answer | None:
        """To the one that is named, or was shown last, or was held last; where several were held
        that day, it is asked which."""
        if who.rest:
            found = await named_among(replace(heard, rest=who.rest), self.views.participants)
            if found:
                return await self.views.came(heard.person, found, LATEST, who.wanted)
            said = text("trainings_attendance.not_among_held", name=swedish.plain(who.rest, 60))
            return Answer(Reply(said)) if who.names_training else None
        shown = heard.about.get(HELD)
        id_ = shown if isinstance(shown, int) and shown else await self.views.last(heard.person)
        if id_:
            return await self.views.came(heard.person, id_, LATEST, who.wanted)
        answer = await self.views.choices(heard.person, Page(CHECK_IN, 0))
        return replace(answer, values={**answer.values, "wanted": who.wanted.value})

    async def _open(self, heard: Heard, id_: int, *, wants_code: bool) -> Answer:
        if wants_code:
            return await self._code(heard.person, id_)
        return await self.views.show(heard.person, id_)

    async def _code(self, person: Person, id_: int, meeting: int = LATEST) -> Answer:
        return await self.views.code(person, id_, meeting)

    async def _come(self, person: Person, code: str) -> Answer:
        if len(code) != CODE_LENGTH:
            return Answer(cards.settled(text("trainings_attendance.code_length")))
        try:
            return Answer(cards.checked_in(await self.check_ins.check_in(person, code)))
        except WrongCode:
            said = text("trainings_attendance.wrong_code", code=code)
        except TooManyCodes as refusal:
            until = swedish.clock_time(refusal.until)
            said = text("trainings_attendance.too_many_codes", time=until)
        except NoSeat as refusal:
            key = "no_seat_waiting" if refusal.signup else "no_seat"
            title = swedish.plain(refusal.training.title)
            said = text(f"trainings_attendance.{key}", title=title)
        return Answer(cards.settled(said))


def marks_sheet(heard: Heard) -> bool:
    """Whether somebody is marked, and the list was shown last, whatever was talked of since."""
    page = paging.listed(heard.about)
    is_sheet = page is not None and page.of == CHECK_IN and bool(_asked(page, "training"))
    return heard.is_coordinator and is_sheet and marks_in(heard.text) is not None


def is_code(typed: str) -> bool:
    """Whether it is the code that the screen shows, and nothing else."""
    return len(typed) == CODE_LENGTH and typed.isascii() and typed.isdigit()


def _meeting(heard: Heard) -> int:
    """Buttons count from 1, as people do; 0 stands for the latest."""
    return (heard.number("meeting") or 0) - 1


def _asked(page: Page, name: str) -> int:
    said = page.asked.get(name, "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else 0


def _ids(told: object) -> set[int]:
    """The numbers among these; what is none is nobody."""
    if not isinstance(told, list):
        return set()
    said = [str(one) for one in told]
    return {int(one) for one in said if one.isascii() and one.isdigit() and len(one) < 10}


def _says(typed: str, key: str) -> bool:
    return paging.is_said(typed, f"trainings_attendance.{key}")


def _after(typed: str, key: str) -> str | None:
    """What follows one of these words; None without one."""
    words = typed.split()
    said = [fold(word, strip=False) for word in words]
    for one in texts(f"trainings_attendance.{key}"):
        begins = fold(one, strip=False).split()
        if said[: len(begins)] == begins and len(said) > len(begins):
            return _tidy(" ".join(words[len(begins) :]))
    return None


def _number_after(typed: str, key: str) -> int:
    said = _after(typed, key) or ""
    return int(said) if said.isascii() and said.isdigit() and len(said) < 3 else 0


def _tidy(typed: str) -> str:
    return " ".join(typed.split()).strip(" .:!")[: cards.LONGEST_NAME]
