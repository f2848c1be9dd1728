"""What a coordinator has to choose from when a training is planned."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dialogs.conversation.texts import text
from knowledge.answers.library import CurrentLibrary
from knowledge.directory.models import NATIONAL, Person
from knowledge.directory.places import Places, fold


@dataclass(frozen=True)
class Offered:
    """Every theme by its slug, and who can hold a training, by county code.

    `counties` are those that the person acts for; the nation's code is among them for national
    ones, and leads.
    """

    themes: Mapping[str, str]
    owners: Mapping[str, str]
    counties: tuple[str, ...]

    @property
    def at_first(self) -> str:
        """Who holds it before anybody has chosen."""
        return self.counties[0] if self.counties else ""

    def county_called(self, said: str) -> Sequence[str]:
        """ "Kronoberg" for "Kronobergs län"."""
        words = fold(said)
        return [
            code for code, name in self.owners.items() if words and fold(name).startswith(words)
        ]


class Offers:
    """Finds out what there is to offer."""

    def __init__(self, places: Places, library: CurrentLibrary) -> None:
        self.places = places
        self.library = library

    @property
    def themes(self) -> Mapping[str, str]:
        """Every theme by its slug, as articles are edited."""
        return self.library.base.topics

    def to(self, person: Person) -> Offered:
        owners = every_owner(self.places)
        if NATIONAL not in person.counties:
            del owners[NATIONAL]
        own = sorted(person.counties, key=lambda code: (code != NATIONAL, code))
        return Offered(self.themes, owners, tuple(own))


def every_owner(places: Places) -> dict[str, str]:
    """The nation and the counties, by code."""
    counties = {code: one.name for code, one in places.counties.items()}
    return {NATIONAL: text("trainings_planning.whole_country"), **counties}
