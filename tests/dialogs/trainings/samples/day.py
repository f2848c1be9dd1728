"""The day of a training and after it: the list to tick in, the code, questions, certificates."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from dialogs.conversation.paging import Page
from dialogs.conversation.texts import text
from dialogs.trainings.attendance import cards as attendance
from dialogs.trainings.attendance.cards import Shown
from dialogs.trainings.certificates import cards as certificates
from dialogs.trainings.evaluations import cards as evaluations
from dialogs.trainings.evaluations.cards import Filled
from dialogs.trainings.participants import cards as participants
from knowledge.directory.models import Person
from knowledge.directory.places import load_places
from knowledge.trainings.attendance.models import (
    ON_PAGE,
    Attendee,
    CheckedIn,
    Mark,
    MarkChange,
    Sheet,
)
from knowledge.trainings.certificates.models import Certificate
from knowledge.trainings.evaluations.models import Evaluation, Question, Result
from knowledge.trainings.models import Meeting, Training, TrainingStatus
from tests.dialogs.sampling import AWKWARD, Sample, sample

PLACES = load_places()
WHEN = datetime(2026, 12, 24, 12, tzinfo=UTC)
PICTURE = "https://tryggve.example.se/incheckning/eyJhbGciOi/kod.png"
PAGE = "https://tryggve.example.se/incheckning/eyJhbGciOi/skarm"
EVERYDAY = {"everyday": "Anna Alm"}


def samples() -> Iterator[Sample]:
    yield from _sheets()
    yield from _codes()
    yield from _evaluations()
    yield from _certificates()


def _training(**about: Any) -> Training:
    everyday = Training(
        id=12,
        title="Exempel: Lägesbild i praktiken",
        county="07",
        themes=("lagesbild",),
        place="Växjö, Länsstyrelsen",
        starts_at=WHEN,
        ends_at=WHEN + timedelta(hours=3),
        seats=20,
        taken=8,
        summary="",
        status=TrainingStatus.OPEN,
        sequence=0,
    )
    return replace(everyday, **about)


def _meetings(count: int) -> tuple[Meeting, ...]:
    starts = [WHEN + timedelta(days=number) for number in range(count)]
    return tuple(Meeting(one, one + timedelta(hours=3)) for one in starts)


def _sheets() -> Iterator[Sample]:
    for case, words in {**EVERYDAY, **AWKWARD}.items():
        several = _training(title=words, meetings=_meetings(4))
        marks = [Mark.PRESENT, Mark.ABSENT, Mark.UNKNOWN]
        rows = [Attendee(n, words, "0780", marks[n % 3]) for n in range(ON_PAGE)]
        whole = Sheet(several, 2, (0, 1, 2), 5000, 2000, 1000)
        asked = {"training": "12", "meeting": "3"}
        page = Page("check_in", 5000, 20, ON_PAGE, asked=asked)
        shown = Shown(rows, note=text("trainings_attendance.saved", count=2000))
        yield sample(attendance.sheet, case, whole, page, shown, PLACES)
        change = MarkChange(2, Mark.UNKNOWN, Mark.PRESENT, WHEN, words, by_oneself=False)
        itself = replace(change, by_oneself=True)
        only = Shown(rows[:1], words, changes=[itself, change])
        one = Page("check_in", 1, 0, ON_PAGE, asked={**asked, "name": words[:60]})
        yield sample(attendance.sheet, f"{case}, one", whole, one, only, PLACES)
        known = {n: replace(several, id=n) for n in range(1, 7)}
        yield sample(attendance.which, case, Page("check_in", 6, ids=tuple(known)), known)
        yield sample(participants.which_to_thank, case, Page("thank", 6, ids=tuple(known)), known)
    nobody = Sheet(_training(taken=0), 0, (0,), 0, 0, 0)
    empty = Page("check_in", 0, 0, ON_PAGE, asked={"training": "12"})
    yield sample(attendance.sheet, "nobody", nobody, empty, Shown([]), PLACES)


def _codes() -> Iterator[Sample]:
    for case, words in {**EVERYDAY, **AWKWARD}.items():
        training = _training(title=words, meetings=_meetings(2))
        note = text("trainings_attendance.not_yet", title="Lägesbild")
        yield sample(attendance.code, case, training, 1, "471147", PICTURE, PAGE, note)
        by = Person(1, "t", "o", "29:1", words, "0780", "", "", installed=True)
        yield sample(attendance.noted, case, training, 1, by)
        for already in (False, True):
            done = CheckedIn(training, 0, already)
            yield sample(attendance.checked_in, f"{case}, {already}", done)
    said = text("trainings_attendance.wrong_code", code="471147")
    yield sample(attendance.settled, "wrong code", said)


def _evaluations() -> Iterator[Sample]:
    for case, words in {**EVERYDAY, **AWKWARD}.items():
        training = _training(title=words)
        yield sample(evaluations.asked, case, training)
        missing = text("trainings_evaluations.missing")
        yield sample(
            evaluations.asked, f"{case}, faulty", training, Filled("4", "", words), missing
        )
        yield sample(evaluations.thanks, case, training)
        yield sample(evaluations.which, case, [replace(training, id=n) for n in range(1, 4)])
        grades = {question: [1, 0, 2, 5, 8] for question in Question}
        sent = Evaluation(training, sent_at=WHEN, asked=20)
        whole = Result(sent, 16, grades, [words] * 12)
        page = Page("evaluate", 12, 0, 8, asked={"training": "12"})
        yield sample(evaluations.result, case, whole, page, PICTURE)
        gone = Result(replace(sent, purged=True), 16, grades, [])
        none = Page("evaluate", 0, 0, 8, asked={"training": "12"})
        yield sample(evaluations.result, f"{case}, purged", gone, none, PICTURE)
        yield sample(evaluations.result, f"{case}, few", Result(sent, 4, {}, []), none, "")
        for off in (False, True):
            waits = Result(Evaluation(training, off=off), 0, {}, [])
            note = text("trainings_evaluations.turned_off") if off else ""
            yield sample(evaluations.result, f"{case}, not sent, {off}", waits, none, "", note)
    said = text("trainings_evaluations.none_open")
    yield sample(evaluations.settled, "none", said)


def _certificates() -> Iterator[Sample]:
    for case, words in {**EVERYDAY, **AWKWARD}.items():
        training = _training(title=words, meetings=_meetings(4))
        over = [(training, n % 3 > 0) for n in range(5)]
        page = Page("fetch_certificate", 7, ids=tuple(range(1, 8)))
        yield sample(certificates.listing, case, page, over)
        one = Certificate("ABCDEFGH2345", words, training, _meetings(2), WHEN)
        yield sample(certificates.file, case, one, PAGE, 60)
    yield sample(certificates.settled, "none", text("trainings_certificates.none"))
