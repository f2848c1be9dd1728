"""What is written in lines of its own in the form: meetings, and questions to who signs up."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime

from dialogs.conversation import moments
from dialogs.conversation.moments import Chosen
from dialogs.conversation.texts import texts
from knowledge.directory.places import fold
from knowledge.trainings.asking.models import Question
from knowledge.trainings.models import Meeting

_CLOCK = r"(?:kl\.? ?)?(\d{1,2}(?:[.:]\d{2})?)"
_LINE = re.compile(rf"(.+?),?\s+{_CLOCK} ?(?:[-–—]|till) ?(?:(.+?),?\s+)?{_CLOCK}", re.IGNORECASE)
"""A day, from when, until when, and before that another day: where it ends on one."""

_BULLET = re.compile(r"^\s*[-–•*]\s+")


def in_lines(written: str) -> list[str]:
    """What stands in the lines, or between semicolons; empty ones are left out."""
    parts = (_BULLET.sub("", part).strip() for part in re.split(r"[\n;]", written))
    return [part for part in parts if part]


def meeting_in(line: str, now: datetime) -> tuple[Chosen, Chosen] | None:
    """When it starts and ends: "12 mars 2027 09–12". None for what is no such line."""
    found = _LINE.fullmatch(line)
    if not found:
        return None
    day, starts, last, ends = found.groups()
    times = moments.from_inputs(day, _clock(starts), now)
    return times, moments.from_inputs(last or day, _clock(ends), now)


def of_meetings(meetings: Sequence[Meeting]) -> str:
    """As they would be written."""
    return "\n".join(_of_meeting(one) for one in meetings)


def questions_in(written: str) -> tuple[Question, ...]:
    """The organiser's own: a line each, with a mark where it must be answered."""
    return tuple(_question(line) for line in in_lines(written))


def of_questions(questions: Sequence[Question]) -> str:
    mark = texts("trainings_planning.says_needed")[0]
    lines = (f"{one.words} ({mark})" if one.needed else one.words for one in questions)
    return "\n".join(lines)


def _question(line: str) -> Question:
    for mark in _marks():
        if line.casefold().endswith(mark):
            return Question(line[: -len(mark)].strip(), needed=True)
    return Question(line)


def _marks() -> Iterator[str]:
    yield "*"
    for said in texts("trainings_planning.says_needed"):
        yield f"({said})"


def asks_too_much(question: Question) -> bool:
    """Whether it asks for what must never be kept."""
    said = fold(question.words)
    return any(fold(word) in said for word in texts("trainings_planning.says_personal"))


def _of_meeting(one: Meeting) -> str:
    (day, starts), (last, ends) = moments.to_inputs(one.starts_at), moments.to_inputs(one.ends_at)
    return f"{day} {starts}–{ends}" if day == last else f"{day} {starts} – {last} {ends}"


def _clock(written: str) -> str:
    """9 → 09:00, as a field for times has it."""
    hours, _, minutes = written.replace(".", ":").partition(":")
    return f"{hours:0>2}:{minutes or '00'}"
