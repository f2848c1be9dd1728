"""Those who take part, the questions before they change, and what they are told."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from dialogs.conversation.paging import Page
from dialogs.conversation.texts import text
from dialogs.trainings.participants import cards, change_cards, notice_cards
from knowledge.directory.models import Person, Position
from knowledge.directory.places import load_places
from knowledge.trainings.models import Signup, SignupStatus, Training, TrainingStatus
from knowledge.trainings.participants.models import (
    ON_PAGE,
    Counts,
    Group,
    Invitation,
    InvitationStatus,
    Overview,
    Participant,
    PassedOver,
)
from tests.dialogs.sampling import AWKWARD, HOSTILE, WORDY, Sample, sample

PLACES = load_places()
FILE = "https://tryggve.example.se/utbildning/eyJhbGciOi/deltagare"
REMOVAL = "https://tryggve.example.se/kalender/9b1f6d3c2a7e48f0b5d4c3a2918f7e6d/avbokad.ics"
WHEN = datetime(2026, 12, 24, 12, tzinfo=UTC)


def samples() -> Iterator[Sample]:
    yield from _lists()
    yield from _choices()
    yield from _changes()
    yield from _notices()


def _training(**about: Any) -> Training:
    everyday = Training(
        id=12,
        title="Exempel: Lägesbild i praktiken",
        county="07",
        themes=("lagesbild",),
        place="Växjö, Länsstyrelsen",
        starts_at=WHEN,
        ends_at=WHEN,
        seats=20,
        taken=8,
        summary="",
        status=TrainingStatus.OPEN,
        sequence=0,
        owners=("07", "08"),
    )
    return replace(everyday, **about)


def _person(name: str, municipality: str = "0780") -> Person:
    return Person(7, "t", "o", "29:o", name, municipality, "a:o", "https://t", installed=True)


def _lists() -> Iterator[Sample]:
    few = Overview(
        _training(),
        {"0780": Counts(5, 2), "0764": Counts(3), "": Counts(0, 1)},
        {None: Counts(2), Position.POLICE: Counts(6, 3)},
    )
    yield _list("everyday", few, Group.SEATED, "Anna Alm")
    yield _list("the line", few, Group.WAITING, "Anna Alm")
    nobody = Overview(_training(taken=0), {}, {})
    for group in Group:
        page = Page("list_participants", 0, size=ON_PAGE, asked={"training": "12"})
        about = (nobody, group, page, [], PLACES)
        yield sample(cards.participants, f"nobody, {group}", *about)
    for case, words in AWKWARD.items():
        everywhere = {code: Counts(40, 9) for code in PLACES.municipalities}
        crowd = Overview(_training(title=words), everywhere, {Position.POLICE: Counts(2)})
        yield _list(case, crowd, Group.SEATED, words)
        yield _list(f"the line, {case}", crowd, Group.WAITING, words)
    yield _list("a later page", few, Group.SEATED, "Anna Alm", first=20)
    for case, words in {"everyday": "Lägesbild", **AWKWARD}.items():
        yield sample(cards.file, case, _training(title=words), FILE, 15)
    said = text("trainings_participants.change.asked", name="Anna Alm")
    yield sample(cards.settled, "everyday", said, _training())


def _list(case: str, overview: Overview, group: Group, name: str, first: int = 0) -> Sample:
    rows = [_participant(n, group, name) for n in range(first + 1, first + 9)]
    total = overview.total.seated + first
    asked = {"training": "12", "group": group.value}
    page = Page("list_participants", total, first, 8, asked=asked)
    return sample(cards.participants, case, overview, group, page, rows, PLACES)


def _participant(number: int, group: Group, name: str) -> Participant:
    waits = group is Group.WAITING
    why = [None, PassedOver.REMOVED, PassedOver.BLOCKED][number % 3] if waits else None
    place = number if waits else 0
    return Participant(number, name, "0780", None, group, WHEN, place, why)


def _choices() -> Iterator[Sample]:
    for case, words in {"everyday": "Lägesbild", **AWKWARD}.items():
        held = {n: _training(id=n, title=words) for n in range(1, 8)}
        page = Page("list_participants", 7, ids=tuple(held), asked={"group": "seated"})
        yield sample(cards.which, case, page, held)


def _changes() -> Iterator[Sample]:
    for case, words in {"everyday": "Anna Alm", **AWKWARD}.items():
        training, other = _training(title=words), _person(words)
        for act in ("add", "remove"):
            key = f"{case}, {act}"
            yield sample(change_cards.ask_name, key, training, act)
            wrong = text(f"trainings_participants.change.nobody_{act}", name="Annna")
            again = {"typed": words, "fault": wrong}
            yield sample(change_cards.ask_name, f"{key}, nobody", training, act, **again)
            five = [other] * 5
            yield sample(change_cards.which_person, key, training, act, five, PLACES)
            about = (training, act, other, PLACES, words)
            yield sample(change_cards.confirm, key, *about)


def _notices() -> Iterator[Sample]:
    for case, words in {"everyday": "Välkommen!", "no note": "", **AWKWARD}.items():
        for state in (TrainingStatus.OPEN, TrainingStatus.CLOSED):
            training = _training(title=words or WORDY, status=state, taken=20)
            asked = Invitation(
                3, training, _person(words), _person(HOSTILE), words, InvitationStatus.ASKED
            )
            yield sample(notice_cards.invited, f"{case}, {state}", asked, PLACES)
        for status in (SignupStatus.CONFIRMED, SignupStatus.WAITING):
            signup = Signup(1, training, status, "token", "uid", place_in_line=3)
            yield sample(notice_cards.answered, f"{case}, {status}", asked, signup)
            yield sample(notice_cards.removed, f"{case}, {status}", signup, words, REMOVAL)
        yield sample(notice_cards.answered, f"{case}, no", asked, None)
    gone = text("trainings_participants.told.gone")
    yield sample(notice_cards.settled, "gone", gone)
    declined = text("trainings_participants.told.declined", title=WORDY, name="Kerstin")
    yield sample(notice_cards.settled, "declined", declined)
