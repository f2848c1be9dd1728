"""Turning the pages of whatever list was shown last."""

from collections.abc import Iterable
from dataclasses import replace
from typing import ClassVar

from dialogs.conversation import fields, inputs, paging
from dialogs.conversation.dialog import Answer, Dialog, Heard, Instead, hears, tapped
from dialogs.conversation.paging import FEW, MANY, Page, listed
from dialogs.conversation.small_talk import SmallTalk
from dialogs.conversation.texts import texts
from dialogs.understanding.effect import Effect
from knowledge.directory.places import fold

_OWN = ("of", "first", "size", "verb")
"""What a button below a list carries beside what the list was narrowed to."""


def _is_asked(key: str) -> bool:
    """What a button carries, and not a field that happens to be on the same card."""
    return key not in _OWN and not key.startswith(paging.FIELD)


class TurnPages(Dialog):
    """ "Fler", "föregående", "visa alla". What is on a page is for the dialog whose list it is."""

    name: ClassVar[str] = "turn_pages"

    def __init__(self, dialogs: Iterable[Dialog]) -> None:
        self.dialogs = {dialog.name: dialog for dialog in dialogs}

    @hears("next_page", effect=Effect.NONE)
    async def next_page(self, heard: Heard) -> Answer | None:
        page = listed(heard.about)
        if page is None:
            return None
        if number := _page_number(heard.text):
            return await self._show(heard, page.turned((number - 1) * page.size))
        if page.last >= page.total:
            return paging.at_end(page)
        return await self._show(heard, page.next)

    @hears("previous_page", effect=Effect.NONE)
    async def previous_page(self, heard: Heard) -> Answer | Instead | None:
        """ "Tillbaka" leaves what is under way where there is no list to turn."""
        page = listed(heard.about)
        leaves = paging.is_said(heard.text, "conversation.list.says_leave")
        if leaves and not (page and page.first and paging.is_on_screen(heard)):
            cancel = self.dialogs[SmallTalk.name].step("cancel")
            return await cancel(heard) if cancel else None
        if page is None:
            return None
        if not page.first:
            return paging.at_top(page)
        return await self._show(heard, page.turned(page.first - page.size))

    @hears("whole_list", effect=Effect.NONE)
    async def whole(self, heard: Heard) -> Answer | None:
        """As much of it as one message holds."""
        page = listed(heard.about)
        if page is None:
            return None
        return await self._show(heard, page.turned(0, MANY if page.total > FEW else FEW))

    @tapped("turn_page", effect=Effect.NONE)
    async def tapped_turn(self, heard: Heard) -> Answer | None:
        """A button below a list, also below one that is not the latest any more."""
        data = heard.turn.data
        asked = {key: fields.as_text(data[key]) for key in data if _is_asked(key)}
        first, size = heard.number("first") or 0, heard.number("size") or FEW
        page = listed(heard.about)
        if page is None or (page.of, dict(page.asked)) != (heard.word("of"), asked):
            page = Page(heard.word("of"), 0, asked=asked)
        return await self._show(heard, page.turned(first, min(size, MANY)))

    async def _show(self, heard: Heard, page: Page) -> Answer | None:
        dialog = self.dialogs.get(page.of)
        answer = await dialog.page(heard, page) if dialog else None
        return replace(answer, by=page.of) if answer else None


def _page_number(typed: str) -> int:
    """Of "sida 3"; 0 when it is only the next one."""
    words = fold(typed, strip=False).split()
    is_page = bool({*words} & {*texts("conversation.list.says_page")})
    return max((inputs.number(word) or 0 for word in words), default=0) if is_page else 0
