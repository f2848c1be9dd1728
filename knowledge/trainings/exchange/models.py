"""A row of a list as it is to be kept, and what came of a list."""

from dataclasses import dataclass

from knowledge.errors import KnowledgeError
from knowledge.trainings.models import Training
from knowledge.trainings.planning.models import Plan

MOST_KEPT = 5_000
"""More trainings than this are not looked through for one list."""


@dataclass(frozen=True)
class Entry:
    """A training as it is to be. `known` is what it was when the list was read; none when new.

    Trainings of the same `series`, whatever it is called in the list, belong together.
    """

    plan: Plan
    known: Training | None = None
    series: str = ""

    @property
    def is_same(self) -> bool:
        """Whether there is nothing to keep; it may tell which series others belong to."""
        return self.known is not None and Plan.of(self.known) == self.plan


@dataclass(frozen=True)
class Imported:
    """What came of it; `told` is how many people hear of another time or place."""

    added: int = 0
    changed: int = 0
    told: int = 0


class ListOutdated(KnowledgeError):
    """Something in the list is no longer so, since it was looked at. Nothing was kept."""
