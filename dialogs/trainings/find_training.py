"""What trainings are there? By place, time, theme, seats, and where they are held."""

from dataclasses import replace
from typing import ClassVar

from dialogs.conversation import fields, paging
from dialogs.conversation.dialog import Answer, Dialog, Heard, hears, tapped
from dialogs.conversation.paging import FEW, MANY, Page
from dialogs.conversation.swedish import plain
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text
from dialogs.trainings.asked import filled_in, read_asked, refusal
from dialogs.trainings.lists import FIND, MINE, TrainingLists
from dialogs.trainings.which import is_only_a_pick
from dialogs.trainings.wish import Wish, own_counties, wish_in
from dialogs.understanding.effect import Effect
from dialogs.understanding.slots import Slots, read
from dialogs.understanding.vocabulary import Screen
from knowledge.directory.places import fold

MOST_UNKNOWN = 5
"""So many words after "utbildningar om" are still what they are to be about."""


class FindTraining(Dialog):
    """Lists open trainings."""

    name: ClassVar[str] = FIND

    def __init__(self, lists: TrainingLists) -> None:
        self.lists = lists

    @hears("trainings", effect=Effect.NONE)
    async def find(self, heard: Heard) -> Answer | None:
        """ "Utbildningar", "utbildningar i mars", "utbildningar om lägesbild i Kronoberg"."""
        if paging.is_said(heard.text, "trainings.says_more") and (on := self._onward(heard)):
            return paging.at_end(on) if on.first >= on.total else await self.lists.show(heard, on)
        told = read(heard.text, self.lists.today())
        if told.slots.no_day:
            return Answer(Reply(text("trainings.no_such_day", day=plain(told.slots.no_day))))
        page = self.lists.current(heard.about)
        if (
            page
            and page.asked
            and heard.about.get("screen") == Screen.LIST
            and is_only_a_pick(told)
        ):
            some = await self.lists.narrowed(heard, page, heard.text)
            if some:
                return some
        wish = wish_in(told, heard.text, self.lists.library.base.topics)
        wish = replace(wish, counties=_counties_in(told.slots, heard))
        if told.slots.places.own and not wish.counties:
            return Answer(Reply(text("trainings.own_unknown")))
        if fold(heard.text) == fold(text("directory.trainings")):
            county = _county_of(heard)
            wish = Wish(counties=(county,) if county else ())
        elif heard.rest and not heard.understood and _may_be_a_question(heard, wish):
            return None
        size = MANY if paging.is_said(heard.text, "trainings.says_all") else FEW
        return await self.lists.first(heard, wish, FIND, size=size, typed=heard.text)

    @tapped("trainings", effect=Effect.NONE)
    async def tapped_find(self, heard: Heard) -> Answer | None:
        """From a card about a county or a theme."""
        asked = {
            "counties": fields.as_text(heard.turn.data.get("county")),
            "themes": fields.as_text(heard.turn.data.get("theme")),
        }
        on = None if any(asked.values()) else self._onward(heard)
        return await self.lists.show(heard, on or Page(FIND, 0, asked=asked))

    @tapped("filter_trainings", effect=Effect.NONE)
    async def tapped_filter(self, heard: Heard) -> Answer | None:
        """The form was filled in; or a line was tapped that leaves a filter out."""
        topics = self.lists.library.base.topics
        wish, unread = read_asked(filled_in(heard.turn.data), self.lists.counties(), topics)
        if unread:
            return Answer(Reply(refusal(unread)), about=paging.NOTHING)
        return await self.lists.first(heard, wish, FIND)

    def _onward(self, heard: Heard) -> Page | None:
        """ "Fler utbildningar": the page after the one that was shown last."""
        page = self.lists.current(heard.about)
        return replace(page.next, of=FIND) if page and page.of != MINE else None

    async def page(self, heard: Heard, page: Page) -> Answer | None:
        return await self.lists.show(heard, page)


def _may_be_a_question(heard: Heard, wish: Wish) -> bool:
    """Whether it only begins as the command does: "utbildningar, är de obligatoriska?".

    "Utbildningar för rektorer" is a wish, though we do not know rektorer.
    """
    rest, said = heard.rest.split(), heard.text.split()
    is_short = len(said) - len(rest) > 1 and len(rest) <= MOST_UNKNOWN
    asks = heard.text.rstrip().endswith("?") or not is_short
    return asks and replace(wish, words=()) == Wish()


def _counties_in(slots: Slots, heard: Heard) -> tuple[str, ...]:
    """The counties of all places that are wanted; a name that is nearly right is good enough.

    Which ones they were is told above the list.
    """
    places = slots.places.with_possible
    if places.own:
        return own_counties(heard.somebody)
    return tuple(dict.fromkeys(area.code[:2] for area in places.areas or places.near_areas))


def _county_of(heard: Heard) -> str:
    """The county of the last contact card, else the person's own; empty when neither is known."""
    kind, _, code = str(heard.about.get("subject", "")).partition(":")
    if kind == "county":
        return code
    return heard.somebody.municipality[:2] if heard.somebody else ""
