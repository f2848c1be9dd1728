"""Lists of trainings, some at a time, whose numbers are kept from page to page."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from dialogs.conversation import paging, swedish
from dialogs.conversation.dialog import Answer, Heard
from dialogs.conversation.paging import Page, listed
from dialogs.conversation.talk import Reply, Scope
from dialogs.conversation.texts import text
from dialogs.trainings import cards
from dialogs.trainings.asked import read_asked, refusal
from dialogs.trainings.which import Picked, picked
from dialogs.trainings.wish import Wish, clocks_in, found_by_words, in_words, within
from dialogs.understanding.slots import read
from knowledge.answers.library import CurrentLibrary
from knowledge.directory.places import Places
from knowledge.trainings.models import Signup, Training
from knowledge.trainings.service import MOST_OPEN, TrainingService

FIND, SIGN_UP, MINE = "find_training", "sign_up_for_training", "my_trainings"
"""The dialogs that list trainings."""

SHOWN = "training"
"""What the ids of those trainings are kept under that were last shown by themselves."""


WITHDRAWN = "withdrawn"
"""What is kept of an answer that tells of a withdrawal."""

UNDO = "undo_withdrawal"
"""The dialog that can take it back."""


class TrainingLists:
    """Makes lists, shows their pages, and knows which one on them is meant."""

    def __init__(self, trainings: TrainingService, library: CurrentLibrary, places: Places) -> None:
        self.trainings = trainings
        self.library = library
        self.places = places

    def today(self) -> date:
        return self.trainings.now().astimezone(swedish.SWEDEN).date()

    async def first(
        self,
        heard: Heard,
        wish: Wish,
        of: str,
        *,
        size: int = paging.FEW,
        then: str = "",
        typed: str = "",
    ) -> Answer:
        """The first page of what is open; `typed` is what it was asked for with."""
        wish, ids, missing = await self._all(wish)
        note = _not_understood([*missing, *clocks_in(typed)], typed)
        page = Page.beginning(of, ids, **wish.asked()).turned(0, size)
        return await self.show(heard, page, then=then, note=note)

    async def show(self, heard: Heard, page: Page, *, then: str = "", note: str = "") -> Answer:
        """A page of a list; one without ids is made anew."""
        wish, unread = read_asked(page.asked, self._counties(), self.library.base.topics)
        if unread:
            return Answer(Reply(refusal(unread)), about=paging.NOTHING)
        if not page.ids:
            _, ids, _ = await self._all(wish)
            page = replace(page, ids=tuple(ids), total=len(ids))
        if not page.total:
            return self._nothing(wish, note)
        page = page if page.first < page.total else page.turned(0)
        trainings = await self.trainings.find_all(page.here)
        narrowed = in_words(wish, self.library.base.topics, self.places)
        own = await self.own(heard, trainings)
        page, reply = paging.fitted(
            page, lambda some: cards.listing(some, trainings, narrowed, note=note, own=own)
        )
        titles = [trainings[id_].title if id_ in trainings else "" for id_ in page.here]
        return paging.answer(
            page.shown(titles), reply, then=then, listed=[*page.here], **{SHOWN: []}
        )

    async def own(self, heard: Heard, trainings: Mapping[int, Training]) -> dict[int, Signup]:
        """Where the person stands; nowhere in what others read too."""
        is_private = heard.turn.place.scope is Scope.PERSONAL
        if heard.somebody is None or not is_private:
            return {}
        return await self.trainings.standings(heard.somebody, trainings)

    async def narrowed(self, heard: Heard, page: Page, typed: str) -> Answer | None:
        """Those of a list that are as was said, on a list of their own; None when that is nothing
        that we know of them."""
        if page.of == MINE:
            return None
        topics = self.library.base.topics
        before, _ = read_asked(page.asked, self._counties(), topics)
        told = read(typed, self.today())
        wish = within(before, told, topics)
        if wish == before:
            return None
        _, _, missing = await self._all(wish)
        wish = within(before, told, topics, by_county=True) if missing else wish
        return await self.first(heard, wish, FIND, typed=typed)

    async def pick(
        self, typed: str, page: Page | None, *, loosely: bool = False, among: Sequence[int] = ()
    ) -> Picked:
        """Which of the list is meant; `among` are those that were just asked about."""
        if page is None:
            return Picked()
        trainings = await self.trainings.find_all(page.known)
        return picked(typed, page, trainings, self.today(), loosely=loosely, among=among)

    def current(self, about: Mapping[str, Any]) -> Page | None:
        """The list of trainings that was shown last, if no other list was shown since."""
        page = listed(about)
        if page is not None:
            return page if page.of in (FIND, SIGN_UP, MINE) else None
        ids = [
            int(id_) for id_ in about.get("listed", [])
        ]  # as it was kept before there were pages
        return Page.beginning(FIND, ids) if ids else None

    async def _all(self, wish: Wish) -> tuple[Wish, list[int], list[str]]:
        """The wish as far as its words are found, what it gives, and the words that are not."""
        found = await self.trainings.list_open(wish.wanted, limit=MOST_OPEN)
        wish, found, missing = found_by_words(wish, [one for one in found if wish.fits(one)])
        return wish, [one.id for one in found], missing

    def _counties(self) -> Mapping[str, str]:
        return {code: self.places.name_of(code) for code in self.places.counties}

    def _nothing(self, wish: Wish, note: str) -> Answer:
        narrowed = in_words(wish, self.library.base.topics, self.places)
        if not narrowed:
            return Answer(Reply(text("trainings.none_at_all")), about=paging.NOTHING)
        is_over = wish.until is not None and wish.until <= self.today()
        said = text(f"trainings.{'none_over' if is_over else 'none'}", narrowed=narrowed)
        return Answer(Reply(f"{note} {said}" if note else said), about=paging.NOTHING)


def _not_understood(words: Sequence[str], typed: str) -> str:
    """What of the wish is not in the list, as it was typed."""
    as_typed = [
        found[0] if (found := re.search(re.escape(one), typed, re.IGNORECASE)) else one
        for one in words
    ]
    quoted = [f"”{swedish.plain(one, 60)}”" for one in as_typed]
    return text("trainings.not_understood", words=swedish.joined(quoted)) if quoted else ""
