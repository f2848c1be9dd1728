"""GET /metrics: who may see it. What stands there, and a new metric, is in `metrics.py`.

Open to this machine while nothing stands in front of the server, else to whoever has the token. To
everybody else the page does not exist.
"""

import hmac

from aiohttp import hdrs, web

from bot.settings import Settings, is_loopback
from knowledge.delivery.standing import read_standing
from knowledge.questions.service import QuestionService
from knowledge.storage.database import Database

CONTENT_TYPE = "text/plain; version=1.0.0; charset=utf-8"


class MetricsPage:
    """Serves the numbers. There is nothing about anybody in them."""

    def __init__(self, database: Database, questions: QuestionService, settings: Settings) -> None:
        self.database = database
        self.questions = questions
        self.settings = settings

    def routes(self) -> list[web.RouteDef]:
        return [web.get("/metrics", self.show)]

    async def show(self, request: web.Request) -> web.Response:
        if not self._may_see(request):
            raise web.HTTPNotFound
        async with self.database.read() as tx:
            standing = await read_standing(tx)
        questions = await self.questions.count_outcomes()
        from bot.web.metrics import Metrics  # its library takes 5 MB, and is seldom needed

        page = Metrics(standing, questions, self.settings.tenants).page()
        return web.Response(body=page, headers={hdrs.CONTENT_TYPE: CONTENT_TYPE})

    def _may_see(self, request: web.Request) -> bool:
        token = self.settings.metrics_token.get_secret_value()
        if token:
            given = request.headers.get(hdrs.AUTHORIZATION, "").encode("utf-8", "surrogateescape")
            return hmac.compare_digest(given, f"Bearer {token}".encode())
        # With a public address a proxy stands in front, and all the world comes from loopback.
        return not self.settings.public_url and is_loopback(request.remote or "")
