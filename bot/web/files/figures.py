"""A county's year as an Excel file and as a picture, behind links on a card."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from aiohttp import web

from bot.web.files import spreadsheet
from bot.web.files.opened import opened
from bot.web.signed_links import PATTERN, SignedLinks
from dialogs.conversation.texts import text
from dialogs.trainings.figures import table
from dialogs.trainings.planning.offered import Offers
from knowledge.directory.models import Person
from knowledge.directory.service import DirectoryService
from knowledge.trainings.figures.models import Figures, Hidden
from knowledge.trainings.figures.service import FiguresService, NoSuchYear, NotOwnCounty
from knowledge.trainings.planning.refusals import NotACoordinator

FILE_MINUTES = 15
PICTURE_DAYS = 30
_FILE, _PICTURE = "figures", "year"


class FiguresFiles:
    """Makes the links and answers them.

    A file's link names the coordinator who asked, by a number only, and opens only while that
    person coordinates the county. A picture's link holds what it shows: figures that may be seen.
    """

    def __init__(
        self,
        signed: SignedLinks,
        base_url: str,
        figures: FiguresService,
        directory: DirectoryService,
        offers: Offers,
    ) -> None:
        self.signed = signed
        self.base_url = base_url
        self.figures = figures
        self.directory = directory
        self.offers = offers

    async def file_link(self, person: Person, year: int, county: str) -> tuple[str, int]:
        """Where the person can fetch the file, and for how many minutes."""
        about = {"person": person.id, "year": year, "county": county}
        token = await self.signed.make(_FILE, about, timedelta(minutes=FILE_MINUTES))
        return f"{self.base_url}/utbildning/{token}/siffror", FILE_MINUTES

    async def picture_link(self, figures: Figures) -> str:
        """Where a picture of the quarters can be fetched."""
        about = {one.key: _kept(one.people["seated"]) for one in figures.quarters}
        token = await self.signed.make(_PICTURE, about, timedelta(days=PICTURE_DAYS))
        return f"{self.base_url}/utbildning/{token}/siffror.png"

    def routes(self) -> list[web.RouteDef]:
        token = f"{{token:{PATTERN}}}"
        return [
            web.get(f"/utbildning/{token}/siffror", self._file),
            web.get(f"/utbildning/{token}/siffror.png", self._picture),
        ]

    async def _file(self, request: web.Request) -> web.Response:
        link = await opened(request, _FILE, self.signed, self.directory)
        year = link.number("year")
        try:
            found = await self.figures.of(link.person, year, str(link.about.get("county")))
        except (NotACoordinator, NotOwnCounty, NoSuchYear):
            raise web.HTTPNotFound from None
        place = self.directory.places.name_of(found.county)
        rows = table.rows(found, place, self.offers.themes)
        sheet = text("trainings_figures.sheet")
        content = spreadsheet.table_file(sheet, table.header(), rows)
        return spreadsheet.answer(content, text("trainings_figures.file_name", year=year))

    async def _picture(self, request: web.Request) -> web.Response:
        about = await self.signed.read(_PICTURE, request.match_info["token"])
        if about is None or not _can_draw(about):
            raise web.HTTPNotFound
        from bot.web.pictures import (
            figures as picture,  # its library takes 4 MB, and is seldom needed
        )

        return web.Response(
            body=picture.draw(about),
            content_type="image/png",
            headers={"Referrer-Policy": "no-referrer", "Cache-Control": "max-age=86400"},
        )


def _kept(cell: int | Hidden) -> int | str:
    return cell.value if isinstance(cell, Hidden) else cell


def _can_draw(about: Mapping[str, Any]) -> bool:
    """Whether these are figures: a link may be from another version."""
    known = {one.value for one in Hidden}
    return all(isinstance(one, int) or one in known for one in about.values())
