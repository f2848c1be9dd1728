"""What trainings are there? By county, month and theme."""

from typing import ClassVar

from babel.dates import format_date

from dialogs.conversation import inputs
from dialogs.conversation.dialog import Answer, Dialog, Heard, hears, tapped
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text
from dialogs.trainings import cards
from dialogs.understanding.effect import Effect
from knowledge.answers.library import CurrentLibrary
from knowledge.directory.places import Places, fold
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
        wanted, narrowed = self._read(heard.rest)
        if heard.rest and not narrowed:
            return None
        if not heard.rest and fold(heard.text) == fold(text("directory.trainings")):
            wanted = Wanted(county=_county_of(heard))
            narrowed = self._in_words(wanted, "")
        return await self._list(wanted, narrowed)

    @tapped("trainings", effect=Effect.NONE)
    async def tapped_find(self, heard: Heard) -> Answer | None:
        county, theme = heard.word("county"), heard.word("theme")
        wanted = Wanted(
            county=county if county in self.places.counties else "",
            theme=theme if theme in self.library.base.topics else "",
        )
        return await self._list(wanted, self._in_words(wanted, ""))

    def _read(self, rest: str) -> tuple[Wanted, str]:
        """What the words after "utbildningar" ask for, and the same in our words."""
        month = inputs.month_in(rest, self.trainings.now())
        place = self.places.find_inside(rest)
        county = ""
        if place.counties:
            county = place.counties[0].code
        elif place.municipalities:
            county = place.municipalities[0].county_code
        themes = inputs.themes_in(rest)
        wanted = Wanted(
            county=county,
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
        if wanted.county:
            name = self.places.name_of(wanted.county)
            parts.append(text("trainings.in_county", county=name))
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


def _county_of(heard: Heard) -> str:
    """The county of the last contact card, else the person's own; empty when neither is known."""
    kind, _, code = str(heard.about.get("subject", "")).partition(":")
    if kind == "county":
        return code
    return heard.somebody.municipality[:2] if heard.somebody else ""
