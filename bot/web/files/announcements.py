"""The file and the picture behind the links on an announcement's cards."""

from datetime import timedelta

from aiohttp import web

from bot.web.files import spreadsheet
from bot.web.files.opened import opened
from bot.web.signed_links import PATTERN, SignedLinks
from dialogs.announcements.cards import table
from dialogs.conversation.texts import text
from knowledge.announcements.refusals import NotFound
from knowledge.directory.models import Person
from knowledge.directory.service import DirectoryService
from knowledge.follow_up.models import Figures
from knowledge.follow_up.service import FollowUpService

FILE_MINUTES = 15
PICTURE_DAYS = 30


class AnnouncementLinks:
    """Makes the links.

    A file's link names the coordinator who asked, by a number only, because whoever sees a link
    can read what is in it. It opens only while that person still coordinates the county. A
    picture's link holds its figures: no names, and no look-up.
    """

    def __init__(self, signed: SignedLinks, base_url: str) -> None:
        self.signed = signed
        self.base_url = base_url

    async def file_link(self, person: Person, announcement_id: int) -> tuple[str, int]:
        """Where the person can fetch the recipients, and for how many minutes."""
        about = {"announcement": announcement_id, "person": person.id}
        token = await self.signed.make("recipients", about, timedelta(minutes=FILE_MINUTES))
        return f"{self.base_url}/utskick/{token}/mottagare", FILE_MINUTES

    async def picture_link(self, figures: Figures) -> str:
        """Where a picture of the figures can be fetched."""
        token = await self.signed.make("outcome", figures, timedelta(days=PICTURE_DAYS))
        return f"{self.base_url}/utskick/{token}/utfall.png"


class AnnouncementFiles:
    """Answers the links."""

    def __init__(
        self, signed: SignedLinks, follow_up: FollowUpService, directory: DirectoryService
    ) -> None:
        self.signed = signed
        self.follow_up = follow_up
        self.directory = directory

    def routes(self) -> list[web.RouteDef]:
        token = f"{{token:{PATTERN}}}"
        return [
            web.get(f"/utskick/{token}/mottagare", self._file),
            web.get(f"/utskick/{token}/utfall.png", self._picture),
        ]

    async def _file(self, request: web.Request) -> web.Response:
        link = await opened(request, "recipients", self.signed, self.directory)
        announcement_id = link.number("announcement")
        try:
            found = await self.follow_up.every_recipient(link.person, announcement_id)
        except NotFound:
            raise web.HTTPNotFound from None
        name = text("announcements.follow.file_name", number=announcement_id)
        sheet, header = text("announcements.follow.file_sheet"), table.header()
        return spreadsheet.answer(spreadsheet.table_file(sheet, header, table.rows(found)), name)

    async def _picture(self, request: web.Request) -> web.Response:
        figures = await self.signed.read("outcome", request.match_info["token"])
        from bot.web.pictures import (
            outcome as picture,  # its library takes 4 MB, and is seldom needed
        )

        if figures is None or not picture.can_draw(figures):
            raise web.HTTPNotFound
        return web.Response(
            body=picture.draw(figures),
            content_type="image/png",
            headers={"Referrer-Policy": "no-referrer", "Cache-Control": "max-age=86400"},
        )
