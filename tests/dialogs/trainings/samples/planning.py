"""Trainings as those see them who hold them, in every state."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from dialogs.conversation.paging import Page
from dialogs.conversation.texts import text
from dialogs.trainings import notice_cards
from dialogs.trainings.planning import cards
from dialogs.trainings.planning.form import written_of
from dialogs.trainings.planning.form_cards import form
from dialogs.trainings.planning.offered import Offered
from knowledge.directory.places import load_places
from knowledge.trainings.models import Signup, SignupStatus, Training, TrainingStatus
from knowledge.trainings.planning.models import Held
from tests.dialogs.sampling import AWKWARD, NOW, Sample, base, sample

CALENDAR = "https://tryggve.example.se/kalender/9b1f6d3c2a7e48f0b5d4c3a2918f7e6d.ics"
STARTS = datetime(2026, 12, 24, 12, tzinfo=UTC)

WHOLE = Training(
    id=7,
    title="Exempel: Lägesbild i praktiken",
    county="07",
    themes=("lagesbild",),
    place="Växjö, Länsstyrelsen",
    starts_at=STARTS,
    ends_at=STARTS + timedelta(hours=3),
    seats=20,
    taken=8,
    summary="Du lär dig att ta fram en lägesbild.\nTa gärna med siffror.",
    status=TrainingStatus.OPEN,
    sequence=0,
    organizer="Länsstyrelsen",
    price=250,
    for_whom="Den som är ny",
    bring="Dator",
    online=True,
    join_link="https://teams.microsoft.com/l/meetup-join/abc",
    sign_up_until=STARTS - timedelta(days=7),
    withdraw_until=STARTS - timedelta(days=3),
    owners=("07", "08"),
)


def samples() -> Iterator[Sample]:
    yield from _forms()
    yield from _held()
    yield from _notices()


def _awkward() -> Iterator[tuple[str, Training]]:
    yield "everyday", WHOLE
    for case, words in AWKWARD.items():
        yield (
            case,
            replace(
                WHOLE, title=words, place=words, summary=words, organizer=words, for_whom=words,
                bring=words, reason=words,
            ),
        )  # fmt: skip


def _offered() -> Offered:
    owners = {code: one.name for code, one in load_places().counties.items()}
    return Offered(base().topics, owners, ("07",))


def _forms() -> Iterator[Sample]:
    offered = _offered()
    yield sample(form, "empty", {"owners": "07"}, offered, faults={}, token="t")
    faults = {
        "": text("trainings_planning.changed_below", title="Kursen"),
        "date": text("trainings_planning.wrong_past"),
        "seats": text("trainings_planning.wrong_seats_taken", count=12),
        "sign_up_until": text("trainings_planning.wrong_sign_up_until"),
    }
    for case, training in _awkward():
        written = written_of(training)
        yield sample(form, case, written, offered, faults={}, training_id=7, published=True)
        wrong = written | {"date": "nån gång", "themes": "trolleri", "owners": "Narnia"}
        yield sample(form, f"{case}, wrong", wrong, offered, faults=faults)


def _held() -> Iterator[Sample]:
    for case, training in _awkward():
        draft = replace(training, status=TrainingStatus.DRAFT)
        yield sample(cards.preview, case, Held(draft))
        yield sample(cards.preview, f"{case}, with a note", Held(draft), note="Någon har ändrat.")
        change = {"id": 7, "version": 2, "written": written_of(training)}
        held = Held(training, waiting=3)
        yield sample(cards.preview_change, case, held, training, change, moves=True, joined=2)
        yield sample(
            cards.preview_change, f"{case}, quiet", held, training, change, moves=False, joined=0
        )
        for status in (TrainingStatus.DRAFT, *list(TrainingStatus)[1:4]):
            one = Held(replace(training, status=status), waiting=3)
            yield sample(cards.held, f"{case}, {status}", one, NOW, note="Klart.")
        yield sample(cards.held, f"{case}, over", held, NOW + timedelta(days=90))
        yield sample(cards.ask_cancel, case, held)
        yield sample(cards.ask_cancel, f"{case}, wrong", held, reason="x" * 400, fault="För långt.")
        yield sample(cards.ask_delete, case, draft)
        rows = [replace(held, training=replace(training, id=n)) for n in range(1, 6)]
        ids = tuple(range(1, 31))
        page = Page("held_trainings", 30, 5, ids=ids)
        yield sample(cards.listing, case, page, rows, NOW, ask="Vilken?")
    yield sample(cards.settled, "kept", text("trainings_planning.kept"))


def _notices() -> Iterator[Sample]:
    for case, training in _awkward():
        for status in (SignupStatus.CONFIRMED, SignupStatus.WAITING):
            off = replace(training, status=TrainingStatus.CANCELLED)
            moved, gone = (Signup(1, one, status, "t", "u") for one in (training, off))
            named = f"{case}, {status}"
            yield sample(notice_cards.moved, named, moved, WHOLE, CALENDAR)
            yield sample(notice_cards.cancelled, named, gone, CALENDAR)
