"""The Excel file with everybody who takes part in a training, behind a link on a card."""

from datetime import timedelta

from aiohttp import web

from bot.web.files import spreadsheet
from bot.web.files.opened import opened
from bot.web.signed_links import PATTERN, SignedLinks
from dialogs.conversation.texts import text
from dialogs.trainings.participants import table
from knowledge.directory.models import Person
from knowledge.directory.service import DirectoryService
from knowledge.trainings.participants.service import ParticipantService
from knowledge.trainings.planning.refusals import NotACoordinator, NotFound, NotHeldBy

FILE_MINUTES = 15
_PURPOSE = "participants"


class ParticipantFiles:
    """Makes the links and answers them.

    A link names the coordinator who asked, by a number only. It opens only while that person still
    holds the training.
    """

    def __init__(
        self,
        signed: SignedLinks,
        base_url: str,
        participants: ParticipantService,
        directory: DirectoryService,
    ) -> None:
        self.signed = signed
        self.base_url = base_url
        self.participants = participants
        self.directory = directory

    async def link(self, person: Person, training_id: int) -> tuple[str, int]:
        """Where the person can fetch the file, and for how many minutes."""
        about = {"training": training_id, "person": person.id}
        token = await self.signed.make(_PURPOSE, about, timedelta(minutes=FILE_MINUTES))
        return f"{self.base_url}/utbildning/{token}/deltagare", FILE_MINUTES

    def routes(self) -> list[web.RouteDef]:
        return [web.get(f"/utbildning/{{token:{PATTERN}}}/deltagare", self._file)]

    async def _file(self, request: web.Request) -> web.Response:
        link = await opened(request, _PURPOSE, self.signed, self.directory)
        training_id = link.number("training")
        try:
            _, found = await self.participants.everybody(link.person, training_id)
        except (NotACoordinator, NotFound, NotHeldBy):
            raise web.HTTPNotFound from None
        name = text("trainings_participants.file_name", number=training_id)
        asked = table.asked(found)
        rows = table.rows(found, self.directory.places, asked)
        sheet = text("trainings_participants.file_sheet")
        content = spreadsheet.table_file(sheet, table.header(asked), rows)
        return spreadsheet.answer(content, name)
