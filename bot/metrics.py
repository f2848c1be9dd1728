"""GET /metrics: how the sender stands, in Prometheus' text format. Nothing about anybody.

Open to this machine while nothing stands in front of the server, else to whoever has the token. To
everybody else the page does not exist.
"""

import hmac
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from aiohttp import hdrs, web

from bot.log import hashed
from bot.settings import Settings, is_loopback
from knowledge.storage.database import Database
from knowledge.storage.standing import Standing, read_standing

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

Labels = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Metric:
    """One metric with its values by labels. `kind` is gauge or counter."""

    name: str
    kind: str
    about: str
    values: Mapping[Labels, float] = field(default_factory=dict)


def render(metrics: Iterator[Metric]) -> str:
    """Prometheus' text exposition format, version 0.0.4."""
    return "".join(f"{line}\n" for metric in metrics for line in _lines(metric))


def measured(standing: Standing, tenants: Mapping[str, str]) -> Iterator[Metric]:
    """Everything there is to tell. `tenants` maps a tenant to its municipality or county."""
    yield _one("queue_depth", "gauge", "Deliveries that have not come to their end", standing.depth)
    yield _one("queue_waiting", "gauge", "Deliveries that should have left", standing.waiting)
    oldest = "Age of the oldest delivery that should have left"
    yield _one("queue_oldest_due_seconds", "gauge", oldest, standing.oldest)
    yield _one("sent_total", "counter", "Messages that Teams accepted", standing.sent)
    yield _one("throttled_total", "counter", "Answers with status 429", standing.throttled)
    yield _one("uncertain", "gauge", "Deliveries that may have arrived", standing.uncertain)
    yield _one("paused", "gauge", "Groups that are held back", len(standing.paused))
    ended: dict[Labels, float] = {
        (("outcome", status.value), ("reason", reason)): float(times)
        for (status, reason), times in standing.ended_badly.items()
    }
    yield Metric("ended_badly", "gauge", "Deliveries that did not arrive, by reason", ended)
    lags: dict[Labels, float] = {}
    for tenant_id, lag in standing.lags.items():
        place = (("tenant", place_of(tenant_id, tenants)),)
        lags[place] = max(lag, lags.get(place, 0.0))  # a municipality may have two tenants
    yield Metric("tenant_lag_seconds", "gauge", "The oldest that waits in each tenant", lags)


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
        page = render(measured(standing, self.settings.tenants))
        return web.Response(body=page.encode(), headers={hdrs.CONTENT_TYPE: CONTENT_TYPE})

    def _may_see(self, request: web.Request) -> bool:
        token = self.settings.metrics_token.get_secret_value()
        if token:
            given = request.headers.get(hdrs.AUTHORIZATION, "").encode("utf-8", "surrogateescape")
            return hmac.compare_digest(given, f"Bearer {token}".encode())
        # With a public address a proxy stands in front, and all the world comes from loopback.
        return not self.settings.public_url and is_loopback(request.remote or "")


def _one(name: str, kind: str, about: str, value: float) -> Metric:
    return Metric(name, kind, about, {(): float(value)})


def _lines(metric: Metric) -> Iterator[str]:
    name = f"tryggve_{metric.name}"
    yield f"# HELP {name} {metric.about}."
    yield f"# TYPE {name} {metric.kind}"
    for labels, value in metric.values.items():
        inside = ",".join(f'{label}="{_escaped(word)}"' for label, word in labels)
        yield f"{name}{{{inside}}} {value:.15g}" if inside else f"{name} {value:.15g}"


def _escaped(word: str) -> str:
    return word.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
