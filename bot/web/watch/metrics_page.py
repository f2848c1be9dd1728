"""GET /metrics: who may see it. What stands there, and a new metric, is in `metrics.py`.

Open to this machine while nothing stands in front of the server, else to whoever has the token. To
everybody else the page does not exist.
"""

import asyncio
import hmac
from collections.abc import Mapping

import structlog
from aiohttp import hdrs, web

from bot.settings import Settings, is_loopback
from knowledge.alarms.writing import WriteCheck
from knowledge.delivery.standing import Standing, read_standing
from knowledge.delivery.tallies import totals
from knowledge.questions.models import QuestionOutcome
from knowledge.questions.service import QuestionService
from knowledge.storage.database import Database

PATIENCE_SECONDS = 2.0

Found = tuple[Standing | None, Mapping[QuestionOutcome, int], Mapping[str, int]]

log = structlog.get_logger()

CONTENT_TYPE = "text/plain; version=1.0.0; charset=utf-8"


class MetricsPage:
    """Serves the numbers. There is nothing about anybody in them.

    Without a database it tells that, and nothing else: an error would look like a bot that is gone.
    """

    def __init__(
        self,
        database: Database,
        writing: WriteCheck,
        questions: QuestionService,
        settings: Settings,
    ) -> None:
        self.database = database
        self.writing = writing
        self.questions = questions
        self.settings = settings

    def routes(self) -> list[web.RouteDef]:
        return [web.get("/metrics", self.show)]

    async def show(self, request: web.Request) -> web.Response:
        if not self._may_see(request):
            raise web.HTTPNotFound
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                standing, questions, counted = await self._read()
        except Exception as error:  # whatever is wrong with the database
            log.warning("metrics_not_read", exc_info=error)
            standing, questions, counted = None, {}, {}
        from bot.web.watch.metrics import Metrics  # its library takes 5 MB, and is seldom needed

        writable = standing is not None and self.writing.fault is None
        page = Metrics(standing, questions, counted, self.settings.tenants, writable).page()
        return web.Response(body=page, headers={hdrs.CONTENT_TYPE: CONTENT_TYPE})

    async def _read(self) -> Found:
        async with self.database.read() as tx:
            standing, counted = await read_standing(tx), await totals(tx)
        return standing, await self.questions.count_outcomes(), counted

    def _may_see(self, request: web.Request) -> bool:
        token = self.settings.metrics_token.get_secret_value()
        if token:
            given = request.headers.get(hdrs.AUTHORIZATION, "").encode("utf-8", "surrogateescape")
            return hmac.compare_digest(given, f"Bearer {token}".encode())
        # With a public address a proxy stands in front, and all the world comes from loopback.
        return not self.settings.public_url and is_loopback(request.remote or "")
