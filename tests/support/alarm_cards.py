"""The cards about alarms, for the registry of all cards."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial

from dialogs.alarms import cards
from dialogs.conversation.talk import Reply
from knowledge.alarms.models import Outage
from knowledge.channels.models import Channel
from knowledge.directory.places import load_places

NIGHT = datetime(2026, 11, 21, 23, 30, tzinfo=UTC)


def alarm_cards(awkward: dict[str, str]) -> Iterator[tuple[str, partial[Reply]]]:
    """Each alarm on an ordinary day, and with these `awkward` names of teams and channels."""
    places = load_places()
    yield "alarms.outage: everyday", partial(cards.outage, Outage(NIGHT, NIGHT + timedelta(1)))
    for days in (0, 1, 30):
        yield f"alarms.expires: {days}", partial(cards.expires, date(2027, 3, 1), days)
    yield "alarms.overdue: everyday", partial(cards.overdue, 700.0)
    for count in (1, 12):
        yield f"alarms.stopped: {count}", partial(cards.stopped, count)
        twelve = [_channel(n, "Trygghetsgruppen") for n in range(count)]
        yield f"alarms.lost: {count}", partial(cards.lost, twelve, places)
    for case, name in awkward.items():
        yield f"alarms.lost: {case}", partial(cards.lost, [_channel(1, name)], places)


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
