"""The log, with every kind of act in it."""

from collections.abc import Iterator
from datetime import UTC, datetime

from dialogs.conversation.paging import Page
from dialogs.logbook import cards
from knowledge.audit.models import Account, Kind
from knowledge.directory.places import load_places
from knowledge.logbook.models import Entry
from tests.dialogs.sampling import AWKWARD, Sample, sample

NOON = datetime(2026, 11, 27, 11, 0, tzinfo=UTC)
KERSTIN = Account("t", "kerstin")


def samples() -> Iterator[Sample]:
    places = load_places()
    every = [_entry(kind) for kind in Kind]
    for count in (1, 10, len(every)):
        page = Page("read_log", len(every), size=count)
        yield sample(cards.listing, f"{count}", every[:count], page, places)
    for case, name in AWKWARD.items():
        some = [_entry(kind, name) for kind in (Kind.PARTICIPANT_REMOVE, Kind.ROLE_GRANT)]
        yield sample(cards.listing, case, some, Page("read_log", 2, size=10), places)
    gone = Entry(1, NOON, Kind.ROLE_GRANT, has_whom=True, counties=("07",))
    by_driften = Entry(2, NOON, Kind.SENDER_PAUSE, by=Account("", "root"))
    of_itself = Entry(3, NOON, Kind.ANNOUNCEMENT_LEAVE, by_itself=True, subject="announcement:3")
    odd = [gone, by_driften, of_itself]
    yield sample(cards.listing, "odd", odd, Page("read_log", 3, size=10), places)


def _entry(kind: Kind, name: str = "Kerstin Karlsson") -> Entry:
    rooms = {"participant": "training", "role": "", "sender": "", "person": "", "tenant": "tenant"}
    return Entry(
        1,
        NOON,
        kind,
        by=KERSTIN,
        by_name=name,
        whom=KERSTIN,
        whom_name=name,
        has_whom=True,
        subject=f"{rooms.get(kind.room, kind.room)}:7",
        title="Lägesbild i praktiken" if name == "Kerstin Karlsson" else name,
        counties=("07",),
        facts={"count": "12", "place": "0780"},
    )
