"""How long each kind of data is kept by default, from when, and what happens then.

A kind that is an act of an authority is purged when its decision (gallringsbeslut) is known; the
others are working material, which needs none.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from knowledge.errors import KnowledgeError
from knowledge.trainings.evaluations.models import KEPT_FOR


class Kind(StrEnum):
    """A kind of data as people know it. `retention.toml` says what it is, and why so long."""

    WORK = "work"
    ANSWERS = "answers"
    CONVERSATIONS = "conversations"
    NOTICES = "notices"
    EVALUATIONS = "evaluations"
    ERASED = "erased"
    CARDS = "cards"
    DRAFTS = "drafts"
    QUESTIONS = "questions"
    REPORTS = "reports"
    ENQUIRIES = "enquiries"
    RECEIPTS = "receipts"
    SIGNUPS = "signups"
    ANNOUNCEMENTS = "announcements"
    PEOPLE = "people"
    PROTOCOL = "protocol"
    AUDIT = "audit"
    ROLES = "roles"


DAYS: Mapping[Kind, int | None] = {
    Kind.WORK: 1,
    Kind.ANSWERS: 30,
    Kind.CONVERSATIONS: 90,
    Kind.NOTICES: 90,
    Kind.EVALUATIONS: KEPT_FOR.days,
    Kind.ERASED: 90,
    Kind.CARDS: 365,
    Kind.DRAFTS: 365,
    Kind.QUESTIONS: 365,
    Kind.REPORTS: 365,
    Kind.ENQUIRIES: 365,
    Kind.RECEIPTS: 365,
    Kind.SIGNUPS: 730,
    Kind.ANNOUNCEMENTS: 730,
    Kind.PEOPLE: 730,
    Kind.PROTOCOL: 730,
    Kind.AUDIT: 730,
    Kind.ROLES: None,  # until it is taken back
}

NEEDS_DECISION = frozenset(
    [Kind.REPORTS, Kind.ENQUIRIES, Kind.RECEIPTS, Kind.SIGNUPS, Kind.ANNOUNCEMENTS]
)
PROMISED = frozenset([Kind.EVALUATIONS])
"""Whoever answers is told these days in the chat: they cannot be chosen."""

LONGEST = 36_500


class NoSuchPeriod(KnowledgeError, ValueError):
    """A period is set for a kind that there is not, or is none."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


@dataclass(frozen=True)
class Periods:
    """What this installation has decided: days other than the default, and the decision."""

    chosen: Mapping[str, int]
    decision: str = ""

    def __post_init__(self) -> None:
        for kind, days in self.chosen.items():
            if kind not in {one for one in Kind if DAYS[one]} - PROMISED or not 0 < days <= LONGEST:
                raise NoSuchPeriod(kind)

    def days(self, kind: Kind) -> int | None:
        """None for what has no period of its own."""
        return self.chosen.get(kind, DAYS[kind])

    def waits(self, kind: Kind) -> bool:
        """Whether nothing of the kind is purged until there is a decision."""
        return kind in NEEDS_DECISION and not self.decision
