"""What did the year come to? Asked by a coordinator, for the report to Brå."""

import re
from collections.abc import Awaitable, Callable, Collection, Mapping
from typing import ClassVar

from dialogs.conversation.dialog import Answer, Dialog, Heard, hears, tapped
from dialogs.conversation.intents import understand
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text, texts
from dialogs.trainings.figures import cards
from dialogs.trainings.planning.offered import Offers
from dialogs.understanding.effect import Effect
from knowledge.directory.models import Person
from knowledge.directory.places import fold
from knowledge.directory.said import places_in
from knowledge.errors import KnowledgeError
from knowledge.trainings.figures.models import Figures
from knowledge.trainings.figures.service import FiguresService, NoSuchYear, NotOwnCounty
from knowledge.trainings.planning.refusals import NotACoordinator

OTHERS_HEAR = "trainings_figures.others"

FileLink = Callable[[Person, int, str], Awaitable[tuple[str, int]]]
"""Where this person can fetch a county's year as a file, and for how many minutes."""

PictureLink = Callable[[Figures], Awaitable[str]]

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


class ShowFigures(Dialog):
    """One year of one county at a time."""

    name: ClassVar[str] = "show_figures"

    def __init__(
        self,
        service: FiguresService,
        offers: Offers,
        links: tuple[FileLink, PictureLink],
    ) -> None:
        self.service = service
        self.places = offers.places
        self.offers = offers
        self.file_link, self.picture_link = links

    @hears("yearly_report", effect=Effect.NONE, personal=True, others_hear=OTHERS_HEAR)
    async def show(self, heard: Heard) -> Answer | None:
        """Of the year and the county that are named; else the one that is to be reported next.

        Figures of anything else are a question.
        """
        said = understand(heard.text)
        if said and said.name == "yearly_report" and self._is_about_more(said.rest):
            return None
        if not heard.is_coordinator:
            return Answer(Reply(text(OTHERS_HEAR)))
        years = self._years_in(heard.text)
        if len(years) > 1:
            return Answer(Reply(text("trainings_figures.one_year")))
        year = next(iter(years), self.service.due_year)
        return await self._of(heard, year, self._county_in(heard))

    @tapped("yearly_report", effect=Effect.NONE, personal=True, others_hear=OTHERS_HEAR)
    async def tapped_show(self, heard: Heard) -> Answer:
        year = heard.number("year") or self.service.due_year
        return await self._of(heard, year, heard.word("county") or _own(heard.person))

    async def _of(self, heard: Heard, year: int, county: str) -> Answer:
        try:
            found = await self.service.of(heard.person, year, county)
        except KnowledgeError as refusal:
            return Answer(Reply(self._refused(refusal, year, county)))
        place, years = self.places.name_of(county), self.service.years
        if found.is_empty:
            return Answer(cards.nothing(found, place, years))
        reply = cards.figures(
            found,
            place,
            self.offers.themes,
            file=await self.file_link(heard.person, year, county),
            picture=await self.picture_link(found),
            years=years,
        )
        return Answer(reply)

    def _refused(self, refusal: KnowledgeError, year: int, county: str) -> str:
        if isinstance(refusal, NoSuchYear):
            years = self.service.years
            return text("trainings_figures.no_year", year=year, first=years[0], last=years[-1])
        if isinstance(refusal, NotOwnCounty):
            return text("trainings_figures.not_own", county=self.places.name_of(county))
        if isinstance(refusal, NotACoordinator):
            return text("trainings_exchange.lost_role")
        raise refusal

    def _years_in(self, typed: str) -> set[int]:
        this = self.service.this_year
        words = f" {fold(typed, strip=False)} "
        said: Mapping[str, int] = {"this_year": this, "last_year": this - 1, "next_year": this + 1}
        found = {int(hit) for hit in _YEAR.findall(typed)}
        return found | {year for key, year in said.items() if _is_said(words, key)}

    def _is_about_more(self, typed: str) -> bool:
        """Whether there is a word that tells no year and no county: "siffror för våldsbrott"."""
        words = f" {fold(_YEAR.sub(' ', typed), strip=False)} "
        keys = ("says_this_year", "says_last_year", "says_next_year", "says_beside")
        said = [one for key in keys for one in texts(f"trainings_figures.{key}")]
        said += [one.said for one in places_in(typed).named]
        for one in sorted((fold(one, strip=False) for one in said), key=len, reverse=True):
            words = words.replace(f" {one} ", " ").replace(f" {one} ", " ")
        return bool(words.strip())

    def _county_in(self, heard: Heard) -> str:
        """The one that is named; else the person's own."""
        named = [one.code for one in places_in(heard.text).counties]
        return named[0] if len(named) == 1 else _own(heard.person)


def _own(person: Person) -> str:
    """The person's county; the nation only for who has none beside it."""
    return max(person.counties, key=lambda code: (code != "00", code), default="")


def _is_said(words: str, key: str) -> bool:
    said: Collection[str] = texts(f"trainings_figures.says_{key}")
    return any(f" {fold(one, strip=False)} " in words for one in said)
