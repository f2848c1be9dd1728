"""What the operators are told."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from dialogs.alarms import cards
from knowledge.alarms.models import Outage
from knowledge.channels.models import Channel
from knowledge.directory.places import load_places
from tests.dialogs.sampling import AWKWARD, Sample, sample

NIGHT = datetime(2026, 11, 21, 23, 30, tzinfo=UTC)


def samples() -> Iterator[Sample]:
    places = load_places()
    yield sample(cards.outage, "everyday", Outage(NIGHT, NIGHT + timedelta(1)))
    yield sample(cards.unwritable, "everyday", Outage(NIGHT, NIGHT + timedelta(1)))
    for days in (0, 1, 30):
        yield sample(cards.expires, f"{days}", date(2027, 3, 1), days)
    yield sample(cards.overdue, "everyday", 700.0)
    for count in (1, 12):
        yield sample(cards.stopped, f"{count}", count)
        twelve = [_channel(n, "Trygghetsgruppen") for n in range(count)]
        yield sample(cards.lost, f"{count}", twelve, places)
    for case, name in AWKWARD.items():
        yield sample(cards.lost, case, [_channel(1, name)], places)


def _channel(number: int, name: str) -> Channel:
    return Channel(
        id=number,
        tenant_id="tenant",
        team_id=f"team-{number}",
        team_name=name,
        conversation_id=f"19:{number}",
        name=name,
        service_url="",
        municipality="0780",
        installed=False,
    )
