"""Who opens the links on cards, and fills in the forms of our pages."""

import re
from collections.abc import Mapping
from io import BytesIO
from typing import Any

import aiohttp

from tests.support.town import Town


class Browser:
    """Opens links as a browser does, and sends the forms of the page."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.page, self.status, self.content = "", 0, b""
        self.headers: Mapping[str, str] = {}

    async def opens(self, url: str, **headers: str) -> None:
        async with self.town.http.get(self._here(url), headers=headers) as answer:
            await self._read(answer)

    async def sends(self, url: str, **fields: object) -> None:
        form = aiohttp.FormData(default_to_multipart=True)
        headers: Any = fields.pop("headers", None)
        for name, value in fields.items():
            kept = {"filename": "lista.xlsx"} if isinstance(value, bytes) else {}
            form.add_field(name, BytesIO(value) if isinstance(value, bytes) else value, **kept)
        async with self.town.http.post(self._here(url), data=form, headers=headers) as answer:
            await self._read(answer)

    async def confirms(self, url: str) -> None:
        """The button under what would happen."""
        hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', self.page))
        await self.sends(url, **hidden)

    def _here(self, url: str) -> str:
        return self.town.url + "/" + url.split("/", 3)[3]

    async def _read(self, answer: aiohttp.ClientResponse) -> None:
        self.content, self.status = await answer.read(), answer.status
        self.page = self.content.decode("utf-8", "replace")
        self.headers = answer.headers
