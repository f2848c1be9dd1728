"""The words of alarms."""

from collections.abc import Sequence
from datetime import date

from dialogs.alarms import cards
from knowledge.alarms.models import Outage
from knowledge.channels.models import Channel
from knowledge.delivery.messenger import Message
from knowledge.directory.places import Places


class AlarmWording:
    """Implements the port `knowledge.alarms.wording`."""

    def __init__(self, places: Places) -> None:
        self.places = places

    def outage(self, over: Outage) -> Message:
        return cards.outage(over).message

    def unwritable(self, over: Outage) -> Message:
        return cards.unwritable(over).message

    def overdue(self, seconds: float) -> Message:
        return cards.overdue(seconds).message

    def stopped(self, count: int) -> Message:
        return cards.stopped(count).message

    def expires(self, day: date, days_left: int) -> Message:
        return cards.expires(day, days_left).message

    def lost(self, channels: Sequence[Channel]) -> Message:
        return cards.lost(channels, self.places).message
