"""Reads when a training is: its first meeting in fields, the others in lines of their own."""

from collections.abc import Mapping
from datetime import datetime

from dialogs.conversation import moments, swedish
from dialogs.conversation.moments import Chosen
from dialogs.conversation.texts import text
from dialogs.trainings.planning.lines import in_lines, meeting_in
from knowledge.trainings.meetings import MOST_MEETINGS, begun_anew, changes_held, faults_of
from knowledge.trainings.models import Meeting, Training

UNREAD = {"moment_past": "past", "moment_far": "far", "moment_missing": "skipped"}


class Timetable:
    """Reads the meetings, and notes what is wrong in which field, or in which line.

    `known` has been published: what of it has begun may be written again as it was.
    """

    def __init__(self, written: Mapping[str, str], now: datetime, known: Training | None) -> None:
        self.written = written
        self.now = now
        self.known = known
        self.meetings: list[Meeting] = []
        self.faults: dict[str, str] = {}
        each = known.each_meeting if known else ()
        self._known_moments = {moment for one in each for moment in one.times}
        self._wrong_lines: dict[int, str] = {}

    def read(self) -> list[Meeting]:
        """All meetings, or none where something is wrong with them."""
        lines = in_lines(self.written["meetings"])
        only_lines = not any(self.written[name] for name in ("date", "starts", "ends"))
        first = None if lines and only_lines else self._first()
        rest = [self._in_line(number, line) for number, line in enumerate(lines, start=1)]
        read = rest if lines and only_lines else [first, *rest]
        self.meetings = [one for one in read if one]
        if len(self.meetings) == len(read):
            self._look_at_all(lines_from=0 if lines and only_lines else 1)
        told = [words for _, words in sorted(self._wrong_lines.items())]
        if told:
            self.faults["meetings"] = "\n\n".join(told)
        return [] if self.faults else self.meetings

    def _look_at_all(self, lines_from: int) -> None:
        wrong = faults_of(self.meetings)
        for place in begun_anew(self.meetings, self.now, self.known):
            wrong[place] = "past"
        for place, fault in wrong.items():
            if place < lines_from:
                field = "date" if fault == "past" else "ends"
                self._wrong(field, "past" if fault == "past" else "ends")
            else:
                self._wrong_line(place + 1 - lines_from, fault)
        if len(self.meetings) > MOST_MEETINGS:
            self._wrong("meetings", "most_meetings", most=MOST_MEETINGS)
        if self.known and changes_held(self.meetings, self.now, self.known):
            self._wrong("meetings", "held")

    def _first(self) -> Meeting | None:
        starts_at = self._moment("date", "starts")
        ends_at = self._moment("end_date" if self.written["end_date"] else "date", "ends")
        return Meeting(starts_at, ends_at) if starts_at and ends_at else None

    def _moment(self, day: str, clock: str) -> datetime | None:
        for field in (day, clock):
            if not self.written[field]:
                self.faults.setdefault(field, text(f"trainings_planning.needed_{field}"))
        if day in self.faults or clock in self.faults:
            return None
        chosen = moments.from_inputs(self.written[day], self.written[clock], self.now)
        fault = self._fault(chosen)
        if fault:
            said = swedish.plain(f"{self.written[day]} {self.written[clock]}", 60)
            self._wrong(clock if fault == "skipped" else day, fault, written=said)
        return None if fault else chosen.moment

    def _in_line(self, number: int, line: str) -> Meeting | None:
        found = meeting_in(line, self.now)
        if found is None:
            self._wrong_line(number, "unread", line)
            return None
        for chosen in found:
            if fault := self._fault(chosen):
                self._wrong_line(number, "unread" if fault == "moment" else fault, line)
                return None
        starts_at, ends_at = (chosen.moment for chosen in found)
        return Meeting(starts_at, ends_at) if starts_at and ends_at else None

    def _fault(self, chosen: Chosen) -> str:
        """What is wrong with a moment; what has been published may have been."""
        if chosen.fault == "moment_past" and chosen.moment in self._known_moments:
            return ""
        return UNREAD.get(chosen.fault, "moment") if chosen.fault else ""

    def _wrong(self, field: str, fault: str, **about: object) -> None:
        self.faults.setdefault(field, text(f"trainings_planning.wrong_{fault}", **about))

    def _wrong_line(self, number: int, fault: str, line: str = "") -> None:
        line = line or in_lines(self.written["meetings"])[number - 1]
        told = {"number": number, "line": swedish.plain(line, 60)}
        words = text(f"trainings_planning.wrong_line_{fault}", **told)
        self._wrong_lines.setdefault(number, words)
