"""Long lists, some rows at a time: one mechanism for all of them.

What is listed and in which order is kept beside the conversation, so that "fler", "föregående" and
"visa alla" go on from where it was, and a row keeps its number on every page.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from dialogs.conversation import swedish
from dialogs.conversation.card_parts import Element, navigate, small
from dialogs.conversation.dialog import Answer, Dialog, Heard
from dialogs.conversation.sizes import LARGEST, size_of
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text, texts
from dialogs.understanding.slots import Shown
from knowledge.directory.places import fold

FEW, MANY = 5, 30
"""Rows with a button each, and the short rows of "visa alla"."""

MOST_BUTTONS = 6
"""Teams shows no more in a row."""

LONGEST_TITLE = 60

FIELD = "list_"
"""Names of fields on the card of a list begin so: clients send them with every button of it."""


@dataclass(frozen=True)
class Page:
    """Some rows of a list of the dialog `of`: `size` of `total`, after the `first`.

    `ids` are those of all rows in order, where they are few enough to be kept. Of these the first
    `seen`, and those on this page, have been on the screen. `titles` are those of this page.
    `asked` is what the list was narrowed to, as a button can carry it.
    """

    of: str
    total: int
    first: int = 0
    size: int = FEW
    ids: tuple[int, ...] = ()
    seen: int = 0
    titles: tuple[str, ...] = ()
    asked: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def beginning(cls, of: str, ids: Sequence[int], **asked: str) -> "Page":
        return cls(of, len(ids), ids=tuple(ids), asked=asked)

    @property
    def last(self) -> int:
        """The number of the last row shown."""
        return min(self.first + self.size, self.total)

    @property
    def numbers(self) -> range:
        return range(self.first + 1, self.last + 1)

    @property
    def here(self) -> tuple[int, ...]:
        return self.ids[self.first : self.last]

    @property
    def is_short(self) -> bool:
        """Whether its rows are short, since there are many."""
        return self.size > FEW

    @property
    def known(self) -> tuple[int, ...]:
        """The ids of the rows that have been on the screen."""
        return (*self.ids[: self.seen], *self.ids[max(self.first, self.seen) : self.last])

    def id_of(self, number: int) -> int | None:
        """The row that has this number, whichever page is shown; -1 is the last one shown."""
        number = self.last if number == -1 else number
        return self.ids[number - 1] if 1 <= number <= len(self.ids) else None

    def number_of(self, id_: int) -> int:
        return self.ids.index(id_) + 1

    @property
    def next(self) -> "Page":
        return self.turned(self.last)

    def turned(self, first: int, size: int | None = None) -> "Page":
        return replace(self, first=max(first, 0), size=size or self.size)

    def shown(self, titles: Sequence[str]) -> "Page":
        """As it is kept when it has been shown."""
        short = tuple(swedish.bare(title, LONGEST_TITLE) for title in titles)
        goes_on = self.first <= self.seen
        seen = max(self.seen, self.last) if goes_on else self.seen
        return replace(self, titles=short, seen=seen)

    @property
    def about(self) -> dict[str, Any]:
        """What is kept of it."""
        kept = {name: getattr(self, name) for name in ("of", "total", "first", "size", "seen")}
        lists = {"ids": [*self.ids], "titles": [*self.titles], "asked": dict(self.asked)}
        return {"list": kept | lists}


NOTHING: Mapping[str, Any] = {"list": {}, "listed": []}
"""What is kept when a list turned out to be empty: no number means anything then."""


def listed(about: Mapping[str, Any]) -> Page | None:
    """The list that was shown last."""
    kept = about.get("list")
    if not kept:
        return None
    return Page(**{**kept, "ids": tuple(kept["ids"]), "titles": tuple(kept["titles"])})


def shown_in(about: Mapping[str, Any]) -> tuple[Shown, ...]:
    """The titles of the list on the screen, by their numbers: those before it have none."""
    page = listed(about)
    return tuple(map(Shown, ("",) * page.first + page.titles)) if page else ()


def without_titles(typed: str, about: Mapping[str, Any]) -> str:
    """Without the titles on the screen: a question mark in one of them asks nothing."""
    for one in shown_in(about):
        if one.title:
            typed = re.sub(re.escape(one.title), "", typed, flags=re.IGNORECASE)
    return typed


def is_on_screen(heard: Heard) -> bool:
    """Whether the latest answer was a list."""
    return bool(heard.values.get("listed"))


def answer(page: Page, reply: Reply, *, then: str = "", **about: Any) -> Answer:
    """The list as an answer: kept, and known to be on the screen."""
    return Answer(reply, then=then, values={"listed": page.of}, about={**page.about, **about})


def at_end(page: Page) -> Answer:
    """There is no more of it."""
    return _still(page, "all" if _is_whole(page) else "end")


def at_top(page: Page) -> Answer:
    """There is nothing before it."""
    return _still(page, "all" if _is_whole(page) else "top")


def _still(page: Page, where: str) -> Answer:
    said = text(f"conversation.list.at_{where}", count=page.total)
    return Answer(Reply(said), values={"listed": page.of}, by=page.of)


def _is_whole(page: Page) -> bool:
    return page.last - page.first == page.total


async def onward(heard: Heard, dialog: Dialog, says: str) -> Answer | None:
    """ "Fler utbildningar" goes on with the list of them, if that was shown last."""
    page = listed(heard.about)
    if page is None or page.of != dialog.name or not is_said(heard.text, says):
        return None
    return at_end(page) if page.last >= page.total else await dialog.page(heard, page.next)


def is_said(typed: str, key: str) -> bool:
    """Whether the whole message is one of the sentences listed under `key`."""
    said = fold(typed, strip=False)
    return said in {fold(one, strip=False) for one in texts(key)}


def fitted(page: Page, make: Callable[[Page], Reply]) -> tuple[Page, Reply]:
    """The page with as many of its rows as one message holds."""
    reply = make(page)
    while size_of(reply.message) > LARGEST and page.size > 1:
        page = replace(page, size=page.size - max(1, page.size // 6))
        reply = make(page)
    return page, reply


def place_in_list(page: Page) -> list[Element]:
    """ "Visar 6–10 av 23", and ways to go on; nothing when all of it is shown."""
    if _is_whole(page):
        return []
    where = text("conversation.list.shows", first=page.first + 1, last=page.last, total=page.total)
    turns: Element = {"type": "ActionSet", "actions": _turns(page), "spacing": "small"}
    return [small(f"{where} {_ways(page)}"), turns]


def buttons(page: Page, rows: Sequence[Element], *others: Element) -> list[Element]:
    """The rows' own buttons, where the rows are not short, and others while there is room."""
    return [*([] if page.is_short else rows), *others][:MOST_BUTTONS]


def _turns(page: Page) -> list[Element]:
    turns = []
    if page.first:
        turns.append(_turn("back", page, page.first - page.size))
    if page.last < page.total:
        turns.append(_turn("more", page, page.last))
    if not page.is_short:
        turns.append(_turn("all", page, 0, MANY))
    return turns


def _ways(page: Page) -> str:
    if page.last == page.total:
        return text("conversation.list.type_back")
    if page.first or page.is_short:
        return text("conversation.list.type_both")
    return text("conversation.list.type_more")


def _turn(key: str, page: Page, first: int, size: int = 0) -> Element:
    data = {"of": page.of, "first": str(max(first, 0)), "size": str(size or page.size)}
    return navigate(text(f"conversation.list.{key}"), "turn_page", **data, **page.asked)
