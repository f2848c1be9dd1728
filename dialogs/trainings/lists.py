"""Lists of trainings, some at a time, whose numbers are kept from page to page."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from dialogs.conversation import paging, swedish
from dialogs.conversation.card_parts import Element, with_first_line
from dialogs.conversation.dialog import Answer, Heard
from dialogs.conversation.paging import FEW, Page, listed
from dialogs.conversation.talk import Reply, Scope
from dialogs.conversation.texts import text
from dialogs.trainings import cards, filter_cards
from dialogs.trainings.asked import read_asked, refusal
from dialogs.trainings.filters import filters_of, in_words, loosened
from dialogs.trainings.meetings import meeting_in_words
from dialogs.trainings.parts import closed_in_words, full_in_words, is_open
from dialogs.trainings.which import Picked, picked
from dialogs.trainings.wish import (
    Wish,
    clocks_in,
    found_by_words,
    is_in_town,
    of_whole_counties,
    own_counties,
    where_of,
    within,
)
from dialogs.understanding.slots import read
from knowledge.answers.library import CurrentLibrary
from knowledge.delivery.arrivals import Arrivals
from knowledge.directory.places import Places
from knowledge.trainings.models import Signup, Training, Wanted
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

    def __init__(
        self,
        trainings: TrainingService,
        library: CurrentLibrary,
        places: Places,
        arrivals: Arrivals,
    ) -> None:
        self.trainings = trainings
        self.arrivals = arrivals
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
        """The first page of what is open; `typed` is what it was asked for with.

        Of a county in which a town was said, what is in the town comes first; and where nothing is
        in a town, the list is of its county. Both are told.
        """
        own = () if paging.is_said(typed, "trainings.says_soonest") else _own(heard)
        told = read(typed, self.today())
        found, ids, missing = await self._all(wish, own)
        towns = wish.towns or where_of(told)[1]
        if wish.towns and not ids:
            found, ids, missing = await self._all(of_whole_counties(wish, told), own)
        note = _not_understood([*missing, *clocks_in(typed)], typed)
        if ids and towns and not found.towns:
            ids, where = await self._in_town_first(ids, towns)
            note = " ".join(filter(None, (note, where)))
        page = Page.beginning(of, ids, **found.asked()).turned(0, size)
        return await self.show(heard, page, then=then, note=note)

    async def _in_town_first(
        self, ids: Sequence[int], towns: Sequence[str]
    ) -> tuple[list[int], str]:
        """Those in one of the towns before the others, and how that is told."""
        known = await self.trainings.find_all(ids)
        there = [id_ for id_ in ids if is_in_town(towns, known[id_])]
        if len(there) == len(ids):
            return [*ids], ""
        key = "town_first" if there else "none_in_town"
        return [*there, *(id_ for id_ in ids if id_ not in there)], text(
            f"trainings.{key}", town=_named(towns)
        )

    async def show(self, heard: Heard, page: Page, *, then: str = "", note: str = "") -> Answer:
        """A page of a list; one without ids is made anew."""
        wish, unread = read_asked(page.asked, self.counties(), self.library.base.topics)
        if unread:
            return Answer(Reply(refusal(unread)), about=paging.NOTHING)
        if not page.ids:
            _, ids, _ = await self._all(wish, _own(heard))
            page = replace(page, ids=tuple(ids), total=len(ids))
        if not page.total:
            return await self._nothing(wish, note)
        page = page if page.first < page.total else page.turned(0)
        known = await self.trainings.find_all(page.here)
        trainings = {id_: one for id_, one in known.items() if one.starts_at > self.trainings.now()}
        if known and not trainings:  # all of it has begun since it was made
            return await self.show(heard, replace(page, ids=(), first=0), then=then, note=note)
        narrowed = in_words(wish, self.library.base.topics, self.places)
        own, full = await self.own(heard, trainings), await self.full(heard, trainings)
        which = {id_: said for id_, one in trainings.items() if (said := _which_meeting(wish, one))}
        ways = await self._filters(wish, page) if page.of == FIND else []
        first = _own_first(wish, _own(heard), page, trainings)
        page, reply = paging.fitted(
            page,
            lambda some: cards.listing(
                some,
                trainings,
                narrowed,
                note=note,
                own=own,
                full=full,
                which=which,
                filters=ways,
                own_first=first,
            ),
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

    async def full(self, heard: Heard, trainings: Mapping[int, Training]) -> dict[int, str]:
        """How those stand that are full and that the reader holds."""
        held = {*heard.somebody.counties} if heard.somebody else set()
        some = [
            one
            for one in trainings.values()
            if held & {*one.owned_by} and is_open(one) and one.is_full
        ]
        in_line = await self.trainings.count_in_line([one.id for one in some]) if some else {}
        return {one.id: full_in_words(one, in_line.get(one.id, 0)) for one in some}

    async def closed(
        self, heard: Heard, late: Sequence[Training], on: Answer | None = None
    ) -> Answer:
        """Why nobody can sign up for these any more; with the answer `on` the others that were
        meant, or what there is instead."""
        told = "\n\n".join(closed_in_words(one, self.trainings.now()) for one in late)
        answer = on or await self.first(heard, Wish(), SIGN_UP, then="choose")
        return replace(answer, reply=with_first_line(answer.reply, told))

    async def narrowed(self, heard: Heard, page: Page, typed: str) -> Answer | None:
        """Those of a list that are as was said, on a list of their own; None when that is nothing
        that we know of them."""
        if page.of == MINE:
            return None
        topics = self.library.base.topics
        before, _ = read_asked(page.asked, self.counties(), topics)
        told = read(typed, self.today())
        wish = within(before, told, typed, topics)
        if wish == before:
            return None
        return await self.first(heard, wish, FIND, typed=typed)

    async def last_shown(self, heard: Heard) -> Sequence[int]:
        """Those that were shown last by themselves, whether asked for or not."""
        return await self.arrived(heard) or [int(id_) for id_ in heard.about.get(SHOWN, ())]

    async def arrived(self, heard: Heard) -> Sequence[int]:
        """Those that came by themselves since anything was shown; none when the latest that came
        is about something else."""
        if heard.somebody is None or heard.turn.place.scope is not Scope.PERSONAL:
            return []
        since = float(heard.about.get("at", 0))
        arrived = await self.arrivals.trainings_since(heard.somebody.id, since)
        is_about = arrived and arrived[0] is not None
        return [*dict.fromkeys(id_ for id_ in arrived if id_)] if is_about else []

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

    async def _all(self, wish: Wish, own: Sequence[str] = ()) -> tuple[Wish, list[int], list[str]]:
        """The wish as far as its words are found, what it gives, and the words that are not.

        What the `own` counties hold comes first.
        """
        found = await self.trainings.list_open(wish.wanted, limit=MOST_OPEN)
        wish, found, missing = found_by_words(wish, [one for one in found if wish.fits(one)])
        found.sort(key=lambda one: not {*own} & {*one.owned_by})
        return wish, [one.id for one in found], missing

    async def _filters(self, wish: Wish, page: Page) -> list[Element]:
        """The form that narrows the list, where there is something to narrow or to loosen."""
        if page.total <= FEW and wish == Wish():
            return []
        open_now = await self.trainings.list_open(Wanted(), limit=MOST_OPEN)
        return filter_cards.form(wish, open_now, self.library.base.topics, self.places)

    def counties(self) -> Mapping[str, str]:
        return {code: self.places.name_of(code) for code in self.places.counties}

    async def _nothing(self, wish: Wish, note: str) -> Answer:
        """What there is not, and what there would be without one of the filters."""
        filters = filters_of(wish, self.library.base.topics, self.places)
        open_now = await self.trainings.list_open(Wanted(), limit=MOST_OPEN)
        if not (filters and open_now):
            return Answer(Reply(text("trainings.none_at_all")), about=paging.NOTHING)
        narrowed = " ".join(one.words for one in filters)
        is_over = wish.until is not None and wish.until <= self.today()
        said = text(f"trainings.{'none_over' if is_over else 'none'}", narrowed=narrowed)
        said = f"{note} {said}" if note else said
        known = self.library.base.topics, self.places
        if is_over:
            return Answer(Reply(said), about=paging.NOTHING)
        ways = loosened(filters, open_now)
        reply = filter_cards.nothing(said, ways, len(open_now), *known)
        return Answer(reply, about=paging.NOTHING)


def _which_meeting(wish: Wish, training: Training) -> str:
    """Which of its meetings is at the time that was asked for, where that is not the first."""
    place = wish.meeting_of(training)
    return meeting_in_words(training, place) if place else ""


def _own(heard: Heard) -> tuple[str, ...]:
    return own_counties(heard.somebody)


def _own_first(
    wish: Wish, own: Sequence[str], page: Page, trainings: Mapping[int, Training]
) -> bool:
    """Whether the own county's come before others that may be sooner."""
    if wish.counties or wish.towns or not own:
        return False
    shown = [bool({*own} & {*trainings[id_].owned_by}) for id_ in page.here if id_ in trainings]
    return not page.first and shown[:1] == [True] and page.total > 1


def _named(names: Sequence[str]) -> str:
    return swedish.joined([swedish.plain(one, 60) for one in names])


def _not_understood(words: Sequence[str], typed: str) -> str:
    """What of the wish is not in the list, as it was typed."""
    as_typed = [
        found[0] if (found := re.search(re.escape(one), typed, re.IGNORECASE)) else one
        for one in words
    ]
    quoted = [f"”{swedish.plain(one, 60)}”" for one in as_typed]
    return text("trainings.not_understood", words=swedish.joined(quoted)) if quoted else ""
