"""Times that people write: what is read, what is not, and what is left of the sentence."""

import tomllib
from datetime import date, timedelta
from pathlib import Path

import pytest

from dialogs.understanding.times import time_in

TODAY = date(2026, 11, 26)
HERE = Path(__file__).parent
TIMES = tomllib.loads((HERE / "times_sv.toml").read_text("utf-8"))
NO_TIMES = tomllib.loads((HERE / "no_times_sv.toml").read_text("utf-8"))["sentences"]
READ = [
    pytest.param(said, meant, id=f"{kind}: {said}")
    for kind, sayings in TIMES.items()
    for said, meant in sayings.items()
]


def shown(said: str, today: date = TODAY) -> str:
    """The first and the last day, as in times_sv.toml."""
    span = time_in(said, today)
    if span is None:
        return "none"
    last = span.until - timedelta(days=1) if span.until else ""
    weekday = f" {span.weekday}" if span.weekday else ""
    return f"{span.since or ''}..{last}{weekday}"


@pytest.mark.parametrize(("said", "meant"), READ)
def test_a_time_is_read(said: str, meant: str) -> None:
    assert shown(said) == meant


@pytest.mark.parametrize("said", NO_TIMES)
def test_what_is_no_time_does_not_become_one(said: str) -> None:
    assert shown(said) == "none"
