"""Everything that is kept about a person, as a file behind a link on a card."""

import json
from datetime import timedelta
from typing import Any

from aiohttp import web

from bot.web.files.opened import opened
from bot.web.signed_links import PATTERN, SignedLinks
from dialogs.conversation.texts import text
from knowledge.directory.models import Person
from knowledge.directory.service import DirectoryService
from knowledge.retention.export import Kept, read_kept

FILE_MINUTES = 15
_PURPOSE = "own_data"


class OwnDataFiles:
    """Makes the links and answers them. A link names the person by a number only."""

    def __init__(self, signed: SignedLinks, base_url: str, directory: DirectoryService) -> None:
        self.signed = signed
        self.base_url = base_url
        self.directory = directory

    async def read(self, person: Person) -> Kept:
        return await read_kept(self.directory.database, person.tenant_id, person.object_id)

    async def link(self, person: Person) -> tuple[str, int]:
        """Where the person can fetch the file, and for how many minutes."""
        about = {"person": person.id}
        token = await self.signed.make(_PURPOSE, about, timedelta(minutes=FILE_MINUTES))
        return f"{self.base_url}/mina-uppgifter/{token}", FILE_MINUTES

    def routes(self) -> list[web.RouteDef]:
        return [web.get(f"/mina-uppgifter/{{token:{PATTERN}}}", self._file)]

    async def _file(self, request: web.Request) -> web.Response:
        link = await opened(request, _PURPOSE, self.signed, self.directory)
        name = text("own_data.file_name")
        return web.Response(
            text=json.dumps(as_json(await self.read(link.person)), ensure_ascii=False, indent=2),
            content_type="application/json",
            charset="utf-8",
            headers={
                "Referrer-Policy": "no-referrer",
                "Content-Disposition": f'attachment; filename="{name}.json"',
                "Cache-Control": "no-store",
            },
        )


def as_json(kept: Kept) -> dict[str, Any]:
    """By what the kinds are called, and within them by table."""
    return {text(f"own_data.what.{kind.value}"): rows for kind, rows in kept.by_kind.items()}
