"""The port through which teams are told: the conversation puts news into words."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from knowledge.channels.models import Channel
from knowledge.delivery.messenger import Message


class Notice(StrEnum):
    """What a team is told in one of its channels."""

    HERE = "here"  # announcements come here from now on
    ELSEWHERE = "elsewhere"  # they came here, and come to another channel
    LOST = "lost"  # their channel is gone, and they come here
    BACK = "back"  # the channel of before has let us in again, and they come there
    CHOOSE = "choose"  # a coordinator asks the team to choose


@dataclass(frozen=True)
class ChannelNews:
    """A notice and what it is about: the team with the channel of now, who did it, and for which
    county ("" for somebody in the team)."""

    notice: Notice
    team: Channel
    by: str = ""
    county: str = ""


class Wording(Protocol):
    """Makes messages; reads nothing."""

    def news(self, news: ChannelNews) -> Message:
        """What the team is told, as a post in one of its channels."""
        ...
