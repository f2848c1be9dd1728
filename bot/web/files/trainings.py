"""Every training of a coordinator's counties as an Excel file, behind a link on a card."""

from datetime import timedelta

from aiohttp import web

from bot.web.files import spreadsheet
from bot.web.files.opened import opened
from bot.web.signed_links import PATTERN, SignedLinks
from dialogs.conversation.texts import text
from dialogs.trainings.exchange import table
from dialogs.trainings.planning.offered import Offers, every_owner
from knowledge.directory.models import Person
from knowledge.directory.service import DirectoryService
from knowledge.trainings.exchange.service import ExchangeService
from knowledge.trainings.planning.refusals import NotACoordinator

FILE_MINUTES = 15
_PURPOSE = "trainings"


class TrainingFiles:
    """Makes the links and answers them.

    A link names the coordinator who asked, by a number only. It opens only while that person still
    coordinates, and shows what is that person's then.
    """

    def __init__(
        self,
        signed: SignedLinks,
        base_url: str,
        exchange: ExchangeService,
        directory: DirectoryService,
        offers: Offers,
    ) -> None:
        self.signed = signed
        self.base_url = base_url
        self.exchange = exchange
        self.directory = directory
        self.offers = offers

    async def link(self, person: Person) -> tuple[str, int]:
        """Where the person can fetch the file, and for how many minutes."""
        about = {"person": person.id}
        token = await self.signed.make(_PURPOSE, about, timedelta(minutes=FILE_MINUTES))
        return f"{self.base_url}/utbildning/{token}/lista", FILE_MINUTES

    def routes(self) -> list[web.RouteDef]:
        return [web.get(f"/utbildning/{{token:{PATTERN}}}/lista", self._file)]

    async def _file(self, request: web.Request) -> web.Response:
        link = await opened(request, _PURPOSE, self.signed, self.directory)
        try:
            found = await self.exchange.kept(link.person)
        except NotACoordinator:
            raise web.HTTPNotFound from None
        themes, owners = self.offers.themes, every_owner(self.offers.places)
        sheet = text("training_lists.sheet")
        content = spreadsheet.table_file(sheet, table.header(), table.rows(found, themes, owners))
        return spreadsheet.answer(content, text("trainings_exchange.file_name"))
