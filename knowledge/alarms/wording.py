"""The port through which coordinators hear that something is wrong with the service."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from knowledge.alarms.models import Outage
from knowledge.channels.models import Channel
from knowledge.delivery.messenger import Message


class Wording(Protocol):
    """Makes messages; reads nothing."""

    def outage(self, over: Outage) -> Message:
        """For a while nothing could be sent."""
        ...

    def unwritable(self, over: Outage) -> Message:
        """For a while nothing could be saved."""
        ...

    def overdue(self, seconds: float) -> Message:
        """The oldest message in the queue has waited that long."""
        ...

    def stopped(self, count: int) -> Message:
        """So many things that should have happened by themselves did not."""
        ...

    def expires(self, day: date, days_left: int) -> Message:
        """The bot's secret has these days left; 0 on its last."""
        ...

    def lost(self, channels: Sequence[Channel]) -> Message:
        """These channels can no longer be reached."""
        ...
