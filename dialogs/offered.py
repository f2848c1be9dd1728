"""What a coordinator has to choose from when an announcement is addressed."""

from collections.abc import Mapping
from dataclasses import dataclass

from knowledge.answers.library import Library
from knowledge.directory.models import NATIONAL, Person
from knowledge.directory.places import Places
from knowledge.trainings.models import Training
from knowledge.trainings.service import TrainingService


@dataclass(frozen=True)
class Offered:
    """The counties of one author (the nation's code for national ones), every theme by its slug,
    and the trainings whose participants may be written to."""

    places: Places
    counties: tuple[str, ...]
    themes: Mapping[str, str]
    trainings: tuple[Training, ...] = ()

    @property
    def is_national(self) -> bool:
        return NATIONAL in self.counties

    @property
    def at_first(self) -> tuple[str, ...]:
        """What is chosen before anybody chooses: the author's county, but never the nation."""
        return () if self.is_national else self.counties[:1]


class Offers:
    """Finds out what there is to offer."""

    def __init__(self, places: Places, library: Library, trainings: TrainingService) -> None:
        self.places = places
        self.library = library
        self.trainings = trainings

    async def to(self, person: Person) -> Offered:
        trainings = await self.trainings.list_held_by(person)
        themes = self.library.base.topics
        return Offered(self.places, person.counties, themes, tuple(trainings))
