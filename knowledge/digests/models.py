"""What one person is told in one weekly message."""

from dataclasses import dataclass

from knowledge.answers.models import Article
from knowledge.trainings.models import Training


@dataclass(frozen=True)
class Gathered:
    """An announcement that was kept for the weekly message. `county` is where it comes from."""

    id: int
    heading: str
    county: str


@dataclass(frozen=True)
class Digest:
    """What was announced to the person, new trainings in the county, answers checked anew."""

    announcements: tuple[Gathered, ...] = ()
    trainings: tuple[Training, ...] = ()
    articles: tuple[Article, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.announcements or self.trainings or self.articles)
