"""What a coordinator has to choose from when an announcement is written and addressed."""

from collections.abc import Mapping
from dataclasses import dataclass

from knowledge.answers.library import CurrentLibrary
from knowledge.directory.models import NATIONAL, Person
from knowledge.directory.places import Places
from knowledge.trainings.models import Training, Wanted
from knowledge.trainings.service import MOST_OPEN, TrainingService

MOST_TRAININGS = 15
"""More do not fit the form, whose list of municipalities is long."""


@dataclass(frozen=True)
class Offered:
    """The counties of one author (the nation's code for national ones), every theme by its slug,
    the trainings whose participants may be written to, and those that may be attached."""

    places: Places
    counties: tuple[str, ...]
    themes: Mapping[str, str]
    trainings: tuple[Training, ...] = ()
    attachable: tuple[Training, ...] = ()

    @property
    def is_national(self) -> bool:
        return NATIONAL in self.counties

    @property
    def at_first(self) -> tuple[str, ...]:
        """What is chosen before anybody chooses: the author's county, but never the nation."""
        return () if self.is_national else self.counties[:1]


class Offers:
    """Finds out what there is to offer."""

    def __init__(self, places: Places, library: CurrentLibrary, trainings: TrainingService) -> None:
        self.places = places
        self.library = library
        self.trainings = trainings

    @property
    def themes(self) -> Mapping[str, str]:
        return self.library.base.topics

    async def to(self, person: Person, also: int = 0) -> Offered:
        """What this person may choose; `also` is a training that is asked about by itself."""
        trainings = await self.trainings.list_held_by(person)
        if also and also not in {one.id for one in trainings}:
            every = await self.trainings.list_held_by(person, limit=MOST_OPEN)
            trainings += [one for one in every if one.id == also]
        attachable = await self._list_attachable(person)
        return Offered(self.places, person.counties, self.themes, tuple(trainings), attachable)

    async def _list_attachable(self, person: Person) -> tuple[Training, ...]:
        """Open trainings in the person's counties, the soonest first."""
        found = await self.trainings.list_open(Wanted(), limit=MOST_OPEN)
        mine = {*person.counties}
        inside = [one for one in found if mine & {*one.owned_by, NATIONAL}]
        return tuple(inside[:MOST_TRAININGS])
