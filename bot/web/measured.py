"""The sender's numbers in Prometheus' text format, written by Prometheus' own library."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from prometheus_client import generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric

from bot.log import hashed
from knowledge.delivery.standing import Standing


def page_of(standing: Standing, tenants: Mapping[str, str]) -> bytes:
    """Everything there is to tell."""
    return generate_latest(Measured(standing, tenants))


@dataclass(frozen=True)
class Measured:
    """One look at the sender. `tenants` maps a tenant to its municipality or county."""

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


def _gauge(name: str, about: str, value: float) -> Metric:
    return GaugeMetricFamily(f"tryggve_{name}", about, value=value)


def _counter(name: str, about: str, value: float) -> Metric:
    """The library adds "_total" to its name."""
    return CounterMetricFamily(f"tryggve_{name}", about, value=value)
