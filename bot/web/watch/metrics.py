"""Every metric there is, in the order of the page /metrics: a new one is a line in `collect`.

What happens is counted where it happens, with `Counts` (`knowledge/delivery/tallies.py`): in
memory, written down every other second, together with what other processes counted. What stands
is read when the page is asked for (`metrics_page.py`), and handed in.

Only that page may import this file: Prometheus' own library costs 5 MB that most installations
never need.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from prometheus_client import generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric

from bot.log import code_of
from bot.web.watch.histograms import counter, histogram
from dialogs.conversation.talk import Kind
from knowledge.delivery.standing import Standing
from knowledge.questions.models import QuestionOutcome

FROM_ZERO: Mapping[str, int] = dict.fromkeys(
    (
        *(f"requests:{outcome}" for outcome in ("accepted", "tenant")),
        *(
            f"turns:{kind.value}:{outcome}"
            for kind in Kind
            for outcome in ("answered", "silent", "unsent", "failed")
        ),
        *(f"heard:{way}" for way in ("command", "wish", "asked", "question", "tap", "event")),
        *(f"database_refused:{why}" for why in ("locked", "no_connection", "error")),
    ),
    0,
)
"""There before anything has happened: Prometheus sees no increase in what begins at three, and
whoever looks at a new installation sees that nothing has gone wrong, not that nothing is known."""


@dataclass(frozen=True)
class Metrics:
    """One look at the installation. `tenants` maps a tenant to its municipality or county.

    Without a `standing` the database could not be read.
    """

    standing: Standing | None
    questions: Mapping[QuestionOutcome, int]
    counted: Mapping[str, int]
    tenants: Mapping[str, str]
    writable: bool

    def page(self) -> bytes:
        """Everything there is to tell, in Prometheus' text format."""
        return generate_latest(self)

    def collect(self) -> Iterator[Metric]:
        """What the library asks a registry for."""
        now = self.standing
        yield _gauge("database_readable", "1 when the database answers", now is not None)
        yield _gauge(
            "database_writable", "1 when the database takes what is written", self.writable
        )
        if now is None:
            return
        yield from self._turns()
        yield self._questions()
        yield _gauge("queue_depth", "Deliveries that have not come to their end", now.depth)
        yield _gauge("queue_waiting", "Deliveries that should have left", now.waiting)
        oldest = "Age of the oldest delivery that should have left"
        yield _gauge("queue_oldest_due_seconds", oldest, now.oldest)
        yield _counter("sent", "Messages that Teams accepted", now.sent)
        yield _counter("throttled", "Answers with status 429", now.throttled)
        yield _gauge("uncertain", "Deliveries that may have arrived", now.uncertain)
        yield _gauge("paused", "Groups that are held back", len(now.paused))
        yield self._bad_ends(now)
        yield self._lags(now)
        yield from self._below()

    def _turns(self) -> Iterator[Metric]:
        """What comes in from Teams, and what becomes of it."""
        counted = {**FROM_ZERO, **self.counted}
        about = "What came from Teams, let in or by why it was not"
        yield counter(counted, "requests", about, "outcome")
        yield _gauge("tenants", "Organisations that are let in", len(self.tenants))
        yield counter(counted, "turns", "Turns by kind and outcome", "kind", "outcome")
        yield histogram(counted, "turn_seconds", "How long a turn takes, its answer sent")
        yield counter(counted, "heard", "How turns were understood", "way")

    def _below(self) -> Iterator[Metric]:
        """The database, and the loop that everybody waits for."""
        counted = {**FROM_ZERO, **self.counted}
        about = "How long the database takes, waiting included"
        yield histogram(counted, "database_seconds", about, "kind")
        about = "Waiting for a connection, and on SQLite for the lock"
        yield histogram(counted, "database_wait_seconds", about)
        about = "What the database did not do: locked, no connection left, or another error"
        yield counter(counted, "database_refused", about, "why")
        yield histogram(counted, "loop_lag_seconds", "How late the event loop is, once a second")

    def _questions(self) -> Metric:
        about = "Questions by what became of them"
        family = CounterMetricFamily("tryggve_questions", about, labels=["outcome"])
        for outcome, times in self.questions.items():
            family.add_metric([outcome.value], times)
        return family

    def _bad_ends(self, now: Standing) -> Metric:
        about = "Deliveries that did not arrive, by reason"
        family = GaugeMetricFamily("tryggve_ended_badly", about, labels=["outcome", "reason"])
        for (status, reason), times in now.ended_badly.items():
            family.add_metric([status.value, reason], times)
        return family

    def _lags(self, now: Standing) -> Metric:
        """A municipality may have two tenants: the slower one counts."""
        lags: dict[str, float] = {}
        for tenant_id, lag in now.lags.items():
            place = code_of(tenant_id, self.tenants)
            lags[place] = max(lag, lags.get(place, 0.0))
        about = "The oldest that waits in each tenant"
        family = GaugeMetricFamily("tryggve_tenant_lag_seconds", about, labels=["tenant"])
        for place, lag in lags.items():
            family.add_metric([place], lag)
        return family


def _gauge(name: str, about: str, value: float) -> Metric:
    return GaugeMetricFamily(f"tryggve_{name}", about, value=value)


def _counter(name: str, about: str, value: float) -> Metric:
    """The library adds "_total" to its name."""
    return CounterMetricFamily(f"tryggve_{name}", about, value=value)
