"""Counts by name, as Prometheus wants them: "turns:message:answered" has two labels."""

from collections import defaultdict
from collections.abc import Mapping

from prometheus_client.core import CounterMetricFamily, HistogramMetricFamily, Metric

from knowledge.storage.meter import BUCKETS

_LIMITS = (*(f"{most:g}" for most in BUCKETS), "+Inf")


def counter(counted: Mapping[str, int], name: str, about: str, *labels: str) -> Metric:
    """What has been counted under the name, by its labels. The library adds "_total"."""
    family = CounterMetricFamily(f"tryggve_{name}", about, labels=labels)
    for values, times in sorted(_under(counted, name).items()):
        if len(values) == len(labels):
            family.add_metric(values, times)
    return family


def histogram(counted: Mapping[str, int], name: str, about: str, *labels: str) -> Metric:
    """The buckets under the name, each with all that are shorter.

    There is no sum: in whole numbers of a table it would grow past what they hold.
    """
    family = HistogramMetricFamily(f"tryggve_{name}", about, labels=labels)
    found: defaultdict[tuple[str, ...], dict[str, int]] = defaultdict(dict)
    for values, times in _under(counted, name).items():
        found[values[:-1]][values[-1]] = times
    if not labels:
        found[()]  # there from the start, so that a rate is known from the first turn on
    for values, buckets in sorted(found.items()):
        if len(values) == len(labels):
            family.add_metric(values, _cumulated(buckets), sum_value=None)
    return family


def _under(counted: Mapping[str, int], name: str) -> dict[tuple[str, ...], int]:
    ours = f"{name}:"
    return {
        tuple(one.removeprefix(ours).split(":")): times
        for one, times in counted.items()
        if one.startswith(ours)
    }


def _cumulated(buckets: Mapping[str, int]) -> list[tuple[str, float]]:
    so_far, every = 0, []
    for limit in _LIMITS:
        so_far += buckets.get(limit, 0)
        every.append((limit, float(so_far)))
    return every
