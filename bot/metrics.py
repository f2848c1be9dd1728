"""GET /metrics: how the sender stands, in Prometheus' text format. Nothing about anybody.

Open to this machine while nothing stands in front of the server, else to whoever has the token. To
everybody else the page does not exist.
"""

import hmac
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from aiohttp import hdrs, web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric

from bot.log import hashed
from bot.settings import Settings, is_loopback
from knowledge.storage.database import Database
from knowledge.storage.standing import Standing, read_standing


@dataclass(frozen=True)
class Measured:
    """Everything there is to tell. `tenants` maps a tenant to its municipality or county."""

    standing: Standing
    tenants: Mapping[str, str]

    def collect(self) -> Iterator[Metric]:
        """What the library asks a registry for."""
        now = self.standing
        yield _gauge("queue_depth", "Deliveries that have not come to their end", now.depth)
        yield _gauge("queue_waiting", "Deliveries that should have left", now.waiting)
        oldest = "Age of the oldest delivery that should have left"
        yield _gauge("queue_oldest_due_seconds", oldest, now.oldest)
        yield _counter("sent", "Messages that Teams accepted", now.sent)
        yield _counter("throttled", "Answers with status 429", now.throttled)
        yield _gauge("uncertain", "Deliveries that may have arrived", now.uncertain)
        yield _gauge("paused", "Groups that are held back", len(now.paused))
        about = "Deliveries that did not arrive, by reason"
        ended = GaugeMetricFamily("tryggve_ended_badly", about, labels=["outcome", "reason"])
        for (status, reason), times in now.ended_badly.items():
            ended.add_metric([status.value, reason], times)
        yield ended
        yield self._lags()

    def _lags(self) -> Metric:
        """A municipality may have two tenants: the slower one counts."""
        lags: dict[str, float] = {}
        for tenant_id, lag in self.standing.lags.items():
            place = place_of(tenant_id, self.tenants)
            lags[place] = max(lag, lags.get(place, 0.0))
        about = "The oldest that waits in each tenant"
        family = GaugeMetricFamily("tryggve_tenant_lag_seconds", about, labels=["tenant"])
        for place, lag in lags.items():
            family.add_metric([place], lag)
        return family


def place_of(tenant_id: str, tenants: Mapping[str, str]) -> str:
    """The code of the tenant's municipality or county; else a stand-in for its id."""
    return tenants.get(tenant_id) or hashed(tenant_id)


class Metrics:
    """Serves the numbers."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self.database = database
        self.settings = settings

    def routes(self) -> list[web.RouteDef]:
        return [web.get("/metrics", self.show)]

    async def show(self, request: web.Request) -> web.Response:
        if not self._may_see(request):
            raise web.HTTPNotFound
        async with self.database.read() as tx:
            standing = await read_standing(tx)
        page = generate_latest(Measured(standing, self.settings.tenants))
        return web.Response(body=page, headers={hdrs.CONTENT_TYPE: CONTENT_TYPE_LATEST})

    def _may_see(self, request: web.Request) -> bool:
        token = self.settings.metrics_token.get_secret_value()
        if token:
            given = request.headers.get(hdrs.AUTHORIZATION, "").encode("utf-8", "surrogateescape")
            return hmac.compare_digest(given, f"Bearer {token}".encode())
        # With a public address a proxy stands in front, and all the world comes from loopback.
        return not self.settings.public_url and is_loopback(request.remote or "")


def _gauge(name: str, about: str, value: float) -> Metric:
    return GaugeMetricFamily(f"tryggve_{name}", about, value=value)


def _counter(name: str, about: str, value: float) -> Metric:
    """The library adds "_total" to its name."""
    return CounterMetricFamily(f"tryggve_{name}", about, value=value)
