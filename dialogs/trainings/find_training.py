"""What trainings are there? By county, month and theme."""

from typing import ClassVar

from babel.dates import format_date

from dialogs.conversation import inputs, swedish
from dialogs.conversation.dialog import Answer, Dialog, Heard, hears, tapped
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text
from dialogs.trainings import cards
from dialogs.understanding.effect import Effect
from knowledge.answers.library import CurrentLibrary
from knowledge.directory.places import Places, fold
from knowledge.directory.said import places_in
from knowledge.trainings.models import Wanted
from knowledge.trainings.service import TrainingService


class FindTraining(Dialog):
    """Lists open trainings, and hears which one the person wants."""

    name: ClassVar[str] = "find_training"

    def __init__(self, trainings: TrainingService, library: CurrentLibrary, places: Places) -> None:
        self.trainings = trainings
        self.library = library
        self.places = places

    @hears("trainings", effect=Effect.NONE)
    async def find(self, heard: Heard) -> Answer | None:
        """ "Utbildningar", "utbildningar i mars", "utbildningar om lägesbild i Kronoberg"."""
        wanted, narrowed = self._read(heard)
        if heard.rest and not narrowed:
            own = places_in(heard.text).own
            return Answer(Reply(text("trainings.own_unknown"))) if own else None
        if not heard.rest and fold(heard.text) == fold(text("directory.trainings")):
            county = _county_of(heard)
            wanted = Wanted(counties=(county,) if county else ())
            narrowed = self._in_words(wanted, "")
        return await self._list(wanted, narrowed)

    @tapped("trainings", effect=Effect.NONE)
    async def tapped_find(self, heard: Heard) -> Answer | None:
        county, theme = heard.word("county"), heard.word("theme")
        wanted = Wanted(
            counties=(county,) if county in self.places.counties else (),
            theme=theme if theme in self.library.base.topics else "",
        )
        return await self._list(wanted, self._in_words(wanted, ""))

    def _read(self, heard: Heard) -> tuple[Wanted, str]:
        """What the words after "utbildningar" ask for, and the same in our words."""
        rest = heard.rest
        month = inputs.month_in(rest, self.trainings.now())
        themes = inputs.themes_in(rest)
        wanted = Wanted(
            counties=_counties_in(heard),
            theme=themes[0] if themes else "",
            since=month.since if month else None,
            until=month.until if month else None,
        )
        named_month = format_date(month.since, "MMMM y", locale="sv") if month else ""
        return wanted, self._in_words(wanted, named_month)

    def _in_words(self, wanted: Wanted, month: str) -> str:
        parts = []
        if wanted.theme:
            theme = self.library.base.topics[wanted.theme]
            parts.append(text("trainings.about_theme", theme=theme[0].lower() + theme[1:]))
        if wanted.counties:
            names = [self.places.name_of(code) for code in wanted.counties]
            parts.append(text("trainings.in_county", county=swedish.joined(names)))
        if month:
            parts.append(text("trainings.in_month", month=month))
        return " ".join(parts)

    async def _list(self, wanted: Wanted, narrowed: str) -> Answer:
        found = await self.trainings.list_open(wanted)
        if not found and narrowed:
            return Answer(Reply(text("trainings.none", narrowed=narrowed)))
        if not found:
            return Answer(Reply(text("trainings.none_at_all")))
        listed = [training.id for training in found]
        return Answer(cards.listing(found, narrowed), about={"listed": listed})


def _counties_in(heard: Heard) -> tuple[str, ...]:
    """The counties of all places that are wanted; a name that is nearly right is good enough.

    Which ones they were is told above the list.
    """
    read = places_in(heard.text).with_possible
    if read.own:
        return _own_counties(heard)
    return tuple(dict.fromkeys(area.code[:2] for area in read.areas or read.near_areas))


def _own_counties(heard: Heard) -> tuple[str, ...]:
    """The county where the speaker works, else those the speaker is coordinator of."""
    if heard.somebody is None:
        return ()
    working = heard.somebody.municipality[:2]
    return (working,) if working else tuple(heard.somebody.counties)


def _county_of(heard: Heard) -> str:
    """The county of the last contact card, else the person's own; empty when neither is known."""
    kind, _, code = str(heard.about.get("subject", "")).partition(":")
    if kind == "county":
        return code
    return heard.somebody.municipality[:2] if heard.somebody else ""
