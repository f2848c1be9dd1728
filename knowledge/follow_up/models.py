"""What became of an announcement, as it is shown and counted."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from knowledge.announcements.models import Announcement
from knowledge.announcements.proposals import Proposal
from knowledge.delivery.models import Status

ACKNOWLEDGED = "acknowledged"
ASKED = "asked"
"""Not shown: what the acknowledged are a part of."""

ON_PAGE = 15
MOST_NAMED = 10
"""So many of those who have acknowledged are named."""

Figures = Mapping[str, int]
"""How many by state, in the order they are shown: a group's word, or ACKNOWLEDGED and ASKED."""


class Group(StrEnum):
    """Recipients that are looked at together."""

    SENT = "sent"
    FAILED = "failed"
    NOT_INSTALLED = "not_installed"
    BLOCKED = "blocked"
    UNCERTAIN = "uncertain"
    STOPPED = "stopped"
    WAITING = "waiting"

    @property
    def statuses(self) -> tuple[Status, ...]:
        if self is Group.STOPPED:
            return (Status.CANCELLED,)
        if self is Group.WAITING:
            return (Status.PENDING, Status.SENDING)
        return (Status(self.value),)


@dataclass(frozen=True)
class Recipient:
    """One recipient of an announcement and the state of its message.

    `municipality` is its Swedish name, `reason` the sender's short English code. `at` is when it
    was last tried, `acknowledged_at` when the person confirmed to have read it.
    """

    name: str
    municipality: str
    is_person: bool
    status: Status
    reason: str
    at: datetime | None = None
    acknowledged_at: datetime | None = None


@dataclass(frozen=True)
class Page:
    """Some of the recipients, by municipality: the ON_PAGE after the `first` of the `total`."""

    recipients: tuple[Recipient, ...]
    first: int
    total: int


@dataclass(frozen=True)
class Report:
    """What became of an announcement.

    `counts` has each recipient once, by the state of its message; `changes` the same for the
    newest correction or withdrawal of it, and `missing` are the first that it did not reach. Of
    those, `without_id` never can be: Teams gave no id when it took the message. `unreached` is how
    many were not reached, or perhaps not, and `failures` are the first of them. `again` is how many
    sending again would try. `possibly_duplicated` of those sent may have come twice. Of the people
    `asked` to acknowledge, `acknowledged` have.
    """

    counts: Mapping[Status, int]
    changes: Mapping[Status, int] = field(default_factory=dict)
    missing: tuple[Recipient, ...] = ()
    without_id: int = 0
    unreached: int = 0
    failures: tuple[Recipient, ...] = ()
    again: int = 0
    possibly_duplicated: int = 0
    asked: int = 0
    acknowledged: int = 0
    paused: bool = False

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def figures(self) -> Figures:
        """What is not nought of it."""
        found = {group.value: self.count(group) for group in Group if self.count(group)}
        return found | ({ACKNOWLEDGED: self.acknowledged} if self.asked else {})

    @property
    def drawn(self) -> Figures:
        """The figures, and what a bar that is full would be where it is not the most."""
        return {**self.figures, ASKED: self.asked} if self.asked else self.figures

    def count(self, group: Group) -> int:
        return sum(self.counts.get(status, 0) for status in group.statuses)

    @property
    def finished(self) -> bool:
        """Nothing waits or is on its way."""
        return not {*Group.WAITING.statuses} & {*self.counts, *self.changes}

    @property
    def at_rest(self) -> bool:
        """Nothing will change by itself: finished, or paused."""
        waits_for_somebody = {Status.PENDING} if self.paused else set()
        left = {*self.counts} - waits_for_somebody | {*self.changes}
        return not {*Group.WAITING.statuses} & left

    @property
    def changed(self) -> int:
        """Copies whose correction or withdrawal went through."""
        return self.changes.get(Status.SENT, 0)

    @property
    def unchanged(self) -> int:
        """Copies whose correction or withdrawal can be tried again."""
        again = (Status.FAILED, Status.UNCERTAIN)
        return sum(self.changes.get(status, 0) for status in again) - self.without_id

    @property
    def not_changed(self) -> int:
        """Copies whose correction or withdrawal did not go through, or perhaps not."""
        gone = self.changes.get(Status.NOT_INSTALLED, 0) + self.changes.get(Status.BLOCKED, 0)
        return self.unchanged + self.without_id + gone


@dataclass(frozen=True)
class Effects:
    """What people have done since they got an announcement."""

    signups: int = 0
    questions: int = 0  # that wait for an answer
    answered: int = 0


@dataclass(frozen=True)
class Followed:
    """An announcement and how it goes.

    `picture` is where the finished figures can be seen, `waiting` what a colleague must see before
    it is done; so many were `asked`.
    """

    announcement: Announcement
    report: Report
    effects: Effects = Effects()
    picture: str = ""
    waiting: Proposal | None = None
    asked: int = 0


@dataclass(frozen=True)
class InMunicipality:
    """How many in a municipality, named in Swedish, were asked and how many have acknowledged."""

    name: str
    asked: int
    acknowledged: int


@dataclass(frozen=True)
class Acknowledgements:
    """Who has acknowledged and who has not.

    `names` are the latest of those who have. `others` were not asked in person: they read it in a
    channel. `missing` is a page of those asked who have not. `reminded` is true when the one
    reminder has been sent.
    """

    by_municipality: tuple[InMunicipality, ...]
    others: int
    missing: Page
    reminded: bool
    names: tuple[str, ...] = ()

    @property
    def asked(self) -> int:
        return sum(one.asked for one in self.by_municipality)

    @property
    def acknowledged(self) -> int:
        return sum(one.acknowledged for one in self.by_municipality)
