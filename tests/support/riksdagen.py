"""Riksdagen's open data on this machine, with an act of our own making in the shape of theirs.

async with Riksdagen() as riksdagen:
    riksdagen.publishes(act(how_often="varje år"))
    ...
    assert riksdagen.asked == ["/sfs-2023-196.text"]
"""

from collections.abc import Mapping
from typing import Self

from aiohttp import web

ACT = "2023:196"

_TEXT = """SFS nr: {number}
Departement/myndighet: Exempeldepartementet
Utfärdad: 2023-01-02
Ändrad: t.o.m. SFS 2026:9
Källa: Fulltext (Exempelkansliet)
Innehåll:

Syftet

1 §   Den här lagen handlar om fåglar i parker.

Räkningen

4 §   Kommunen ska räkna sina fåglar {how_often}. Räkningen
ska göras av den som

1. kan fåglar, och

2. har en kikare. Lag (2026:9).

5 §   Kommunen ska spara räkningen.

Övergångsbestämmelser

2023:196

1. Denna lag träder i kraft den 1 juli 2023.
"""


def act(how_often: str = "vartannat år", number: str = ACT) -> str:
    """An act about birds. What the municipality must do by its 4 § can be changed."""
    return _TEXT.format(number=number, how_often=how_often)


class Riksdagen:
    """A server that has the acts it was told to publish. `asked` are the paths asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.who: list[str] = []
        self._texts: dict[str, str] = {}
        self._answer: web.Response | None = None

    def publishes(self, text: str, number: str = ACT) -> None:
        self._answer = None
        self._texts[f"/sfs-{number.replace(':', '-')}.text"] = text

    def answers(self, status: int = 200, body: bytes = b"", **headers: str) -> None:
        """The same to everything from now on, until it publishes something."""
        self._answer = web.Response(status=status, body=body, headers=_spelled(headers))

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_get("/{path:.*}", self._get)
        self._runner = web.AppRunner(app)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()

    async def _get(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(request.path)
        self.who.append(request.headers.get("User-Agent", ""))
        if self._answer is not None:
            told = self._answer
            return web.Response(status=told.status, body=told.body, headers=told.headers)
        text = self._texts.get(request.path)
        return web.Response(text=text) if text else web.Response(status=404)


def _spelled(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}
