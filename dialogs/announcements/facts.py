"""What a card about an announcement shows beside its own words."""

from collections.abc import Mapping
from dataclasses import dataclass

from knowledge.directory.places import Places
from knowledge.trainings.models import Training


@dataclass(frozen=True)
class Facts:
    """Names of places, themes by their slugs, and the two trainings that it can be about.

    `attached` is the one to sign up for, `narrowed_to` the one whose participants get it; None
    when there is none (any more).
    """

    places: Places
    themes: Mapping[str, str]
    attached: Training | None = None
    narrowed_to: Training | None = None
