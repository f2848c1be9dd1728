"""Who has done what? Asked by coordinators, of their own counties, in the own chat only."""

from typing import ClassVar

from dialogs.conversation import paging
from dialogs.conversation.dialog import Answer, Dialog, Heard, hears
from dialogs.conversation.paging import NOTHING, Page
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text, texts
from dialogs.logbook import cards
from dialogs.understanding.effect import Effect
from knowledge.directory.places import Places, fold
from knowledge.logbook.service import LogbookService, NoCounty

OTHERS_HEAR = "logbook.only_coordinators"
ON_PAGE = 10
ROOMS = ("announcement", "training", "role", "participant")
"""What the log can be narrowed to."""


class ReadLog(Dialog):
    """The log, some lines at a time."""

    name: ClassVar[str] = "read_log"

    def __init__(self, logbook: LogbookService, places: Places) -> None:
        self.logbook = logbook
        self.places = places

    @hears("read_log", effect=Effect.NONE, personal=True, others_hear=OTHERS_HEAR)
    async def show(self, heard: Heard) -> Answer | None:
        """ "Logg", "vem har gjort vad", "logg utskick"."""
        kind = _room(heard.rest) if heard.rest and not heard.understood else ""
        if kind is None:
            return None
        return await self._list(heard, Page(self.name, 0, size=ON_PAGE, asked={"kind": kind}))

    async def page(self, heard: Heard, page: Page) -> Answer | None:
        heard.must_be_private()
        return await self._list(heard, page)

    async def _list(self, heard: Heard, page: Page) -> Answer:
        kind = page.asked.get("kind", "")
        kind = kind if kind in ROOMS else ""
        try:
            found, total = await self.logbook.list_of_counties(
                heard.person, page.first, page.size, kind
            )
        except NoCounty:
            return Answer(Reply(text(OTHERS_HEAR)))
        if not found:
            return Answer(Reply(text("logbook.nothing")), about=NOTHING)
        here = Page(self.name, total, page.first, page.size, asked={"kind": kind})
        here, reply = paging.fitted(
            here, lambda fits: cards.listing(found[: fits.size], fits, self.places)
        )
        return paging.answer(here, reply)


def _room(said: str) -> str | None:
    """What the log is narrowed to; None when it is nothing that it has."""
    words = fold(said, strip=False)
    for room in ROOMS:
        if words in {fold(one, strip=False) for one in texts(f"logbook.words.{room}")}:
            return room
    return None
