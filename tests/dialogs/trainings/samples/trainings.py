"""Trainings and sign-ups, in every state."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from dialogs.conversation.paging import Page
from dialogs.conversation.swedish import plain
from dialogs.conversation.texts import text
from dialogs.trainings import cards as trainings
from dialogs.trainings import notice_cards
from dialogs.trainings.asking import cards as asking
from dialogs.trainings.detail_cards import details
from dialogs.trainings.seats import cards as seats
from knowledge.directory.places import load_places
from knowledge.trainings.asking.models import FOOD, Question
from knowledge.trainings.models import Meeting, Signup, SignupStatus, Training, TrainingStatus
from tests.dialogs.sampling import AWKWARD, HOSTILE, LONG_WORD, WORDY, Sample, base, sample

CALENDAR = "https://tryggve.example.se/kalender/9b1f6d3c2a7e48f0b5d4c3a2918f7e6d.ics"

OFFERED_UNTIL = datetime(2026, 12, 24, 14, tzinfo=UTC)


def samples() -> Iterator[Sample]:
    yield from _trainings()
    yield from _signups()
    yield from _series()
    yield from _asked()


def a_training(id_: int = 1, **about: Any) -> Training:
    starts_at = datetime(2026, 12, 24, 12, tzinfo=UTC) + timedelta(days=id_)
    everyday = Training(
        id=id_,
        title="Exempel: Lägesbild i praktiken",
        county="07",
        themes=("lagesbild",),
        place="Växjö, Länsstyrelsen",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=3),
        seats=20,
        taken=8,
        summary="Du lär dig att ta fram en lägesbild.",
        status=TrainingStatus.OPEN,
        sequence=0,
    )
    return replace(everyday, **about)


def _trainings() -> Iterator[Sample]:
    five = range(1, 6)
    topics, counties = base().topics.values(), load_places().counties.values()
    theme, county = max(topics, key=len), max((one.name for one in counties), key=len)
    narrowed = f"om {theme[0].lower()}{theme[1:]} i {county} i september 2027"
    full = [a_training(n, title=WORDY, place=WORDY, taken=20) for n in five]
    yield _listing("one", [a_training(taken=19)], "i Kronobergs län")
    yield _listing("five", [a_training(n) for n in five], "")
    yield _listing("five long and full", full, narrowed)
    for case, title in AWKWARD.items():
        thirty = [a_training(n, title=title) for n in range(1, 31)]
        yield _listing(f"the last of thirty, {case}", thirty, "", first=25)
        yield _listing(f"in the middle of thirty, {case}", thirty, narrowed, first=10)
    everyday = [a_training(n) for n in range(1, 31)]
    yield _listing(
        "thirty at once",
        everyday,
        "",
        size=30,
        note=text("trainings.not_understood", words="”lunch”"),
    )
    hostile = [a_training(n, title=HOSTILE, place=LONG_WORD) for n in five]
    yield _listing("five hostile", hostile, narrowed)
    yield sample(trainings.ask_withdraw, "everyday", a_training())
    yield sample(trainings.ask_withdraw, "long", a_training(title=WORDY))
    yield sample(trainings.ask_withdraw, "hostile", a_training(title=HOSTILE))
    for case, title in AWKWARD.items():
        two = [a_training(n, title=title, place=title, summary=WORDY) for n in (1, 2)]
        told = [text("trainings.details.cost", title="Kursen", county="Kronobergs län")]
        yield sample(details, case, two[:1], told, whom="07", ask="")
        ask = text("trainings.ask_withdraw", title="Kursen")
        yield sample(details, f"two, {case}", two, told * 2, whom="", ask=ask)
    full, in_words = a_training(1), {1: "20 av 20 platser är tagna, så det är fullt."}
    yield sample(details, "full, held", [full], ["Fullt."], whom="", ask="", full=in_words)
    for key in ("none_at_all", "which_again", "not_found"):
        yield sample(trainings.settled, key, text(f"trainings.{key}"))
    for key in ("closed", "withdrawn", "kept", "not_signed_up"):
        yield sample(trainings.settled, key, text(f"trainings.{key}", title=WORDY))


def _listing(
    case: str, some: list[Training], narrowed: str, *, note: str = "", **page: int
) -> Sample:
    ids = [one.id for one in some]
    asked = {"counties": "07", "since": "2027-03-01"}
    shown = Page("find_training", len(ids), ids=tuple(ids), asked=asked, **page)
    by_id = {one.id: one for one in some}
    return sample(trainings.listing, case, shown, by_id, narrowed, note=note)


def _signups() -> Iterator[Sample]:
    for status in (SignupStatus.CONFIRMED, SignupStatus.WAITING):
        for already in (False, True):
            case = f"{status}, already" if already else str(status)
            yield sample(trainings.signed_up, case, _signup(1, status, already=already), CALENDAR)
    for case, title in AWKWARD.items():
        signup = _signup(1, SignupStatus.CONFIRMED, title=title, place=title)
        yield sample(trainings.signed_up, case, signup, CALENDAR)
        yield sample(notice_cards.promoted, case, signup, CALENDAR)
        yield sample(notice_cards.reminder, case, signup, CALENDAR)
        five = [_signup(n, status, title=title) for n, status in enumerate(_by_turns(), start=1)]
        files = [CALENDAR] * len(five)
        yield sample(trainings.mine, f"five, {case}", Page("my_trainings", 7), five, files)
        yield sample(
            trainings.mine, f"five, {case}, holds", Page("my_trainings", 7), five, files, holds=True
        )
        urls = [CALENDAR] * len(five)
        yield sample(trainings.signed_up_for, f"five, {case}", five, urls)
        offer = replace(_signup(1, SignupStatus.WAITING, title=title), held_until=OFFERED_UNTIL)
        yield sample(seats.offered, case, offer)
        yield sample(notice_cards.moved, f"{case}, offered", offer, offer.training, CALENDAR)
        said = text("trainings.withdrawn", title=plain(title))
        yield sample(seats.left, case, said, [1, 2])
    for on in (True, False):
        said = text(f"trainings_seats.reminders_are_{'on' if on else 'off'}")
        yield sample(seats.reminders, str(on), said, on=on)
    for key in ("late", "declined", "too_late_to_undo"):
        said = text(f"trainings_seats.{key}", title=WORDY, place=3)
        yield sample(trainings.settled, key, said)
    yield sample(notice_cards.promoted, "everyday", _signup(1, SignupStatus.CONFIRMED), CALENDAR)
    yield sample(notice_cards.reminder, "everyday", _signup(1, SignupStatus.CONFIRMED), CALENDAR)
    yield sample(
        trainings.mine,
        "one",
        Page("my_trainings", 1),
        [_signup(1, SignupStatus.CONFIRMED)],
        [CALENDAR],
    )


def a_series(id_: int = 1, **about: Any) -> Training:
    """Of as many meetings as there can be."""
    first = a_training(id_)
    week, long = timedelta(days=7), first.ends_at - first.starts_at
    starts = [first.starts_at + n * week for n in range(20)]
    each = tuple(Meeting(one, one + long, n) for n, one in enumerate(starts))
    return replace(first, meetings=each, ends_at=each[-1].ends_at, **about)


def _series() -> Iterator[Sample]:
    for case, title in AWKWARD.items():
        some = [a_series(n, title=title, place=title) for n in range(1, 6)]
        yield _listing(f"five series, {case}", some, "")
        seat = Signup(1, some[0], SignupStatus.CONFIRMED, "token", "uid")
        yield sample(trainings.signed_up, f"a series, {case}", seat, CALENDAR)
        moved = replace(some[0], meetings=some[0].meetings[:1])
        yield sample(notice_cards.moved, f"a series, {case}", seat, moved, CALENDAR)


def _asked() -> Iterator[Sample]:
    for case, title in AWKWARD.items():
        own = tuple(Question(f"{n} {title}"[:150], needed=n > 2) for n in range(1, 5))
        training = a_series(title=title, place=title, questions=(FOOD, *own))
        wrong = {"answer_4": text("trainings_asking.needed")}
        for named, faults in ((case, {}), (f"{case}, wrong", wrong)):
            about: dict[str, Any] = {"faults": faults, "about": {"pending": [2]}}
            answers = {one.words: title[:300] for one in own}
            both = [training, a_training(2, title=title)]
            yield sample(asking.form, named, training, answers, clashes=both, **about)
            yield sample(asking.form, f"{named}, later", training, {}, changes=True, **about)
        yield sample(asking.ask_despite, case, training, [a_training(2, title=title)])
        told = [text("trainings.details.cost", title="Kursen", county="Kronobergs län")]
        yield sample(details, f"asks, {case}", [training], told, whom="", ask="")


def _by_turns() -> list[SignupStatus]:
    confirmed, waiting = SignupStatus.CONFIRMED, SignupStatus.WAITING
    return [confirmed, waiting, confirmed, waiting, confirmed]


def _signup(id_: int, status: SignupStatus, *, already: bool = False, **about: Any) -> Signup:
    place_in_line = 137 if status is SignupStatus.WAITING else 0
    training = a_training(id_, **about)
    return Signup(
        id_, training, status, "token", "uid", place_in_line=place_in_line, already=already
    )
