"""Traces: where a turn spends its time, never what anybody wrote; without the setting, nothing."""

import subprocess
import sys
from collections.abc import Iterator

import pytest
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from bot.commands.checkout import ROOT
from bot.settings import Settings
from bot.terminal import Refusal
from bot.traces import export_to, follow
from knowledge import spans
from tests.support.town import Person, Town

SECRET = "hur ofta ska vi uppdatera lägesbilden?"


class Collector:
    """Who is told of spans."""

    def __init__(self) -> None:
        self._kept = InMemorySpanExporter()
        self.end = export_to(self._kept)

    def got(self) -> list[ReadableSpan]:
        """Everything, when it is over."""
        self.end()
        return [*self._kept.get_finished_spans()]


@pytest.fixture
def collector() -> Iterator[Collector]:
    collecting = Collector()
    yield collecting
    collecting.end()


async def test_a_turn_has_the_database_and_the_connector_in_it(
    tryggve: Town, anna: Person, collector: Collector
) -> None:
    await anna.says(SECRET)
    got = collector.got()

    turns = [one for one in got if one.name == "turn"]
    assert [dict(one.attributes or {}) for one in turns] == [
        {"kind": "message", "scope": "personal"}
    ]
    of_turn = turns[0].context.span_id if turns[0].context else 0
    inside = {one.name for one in got if one.parent and one.parent.span_id == of_turn}
    assert {"database.single", "connector"} <= inside


async def test_nothing_that_was_written_is_told(
    tryggve: Town, anna: Person, collector: Collector, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ValueError(SECRET)

    await anna.says(SECRET)
    monkeypatch.setattr(tryggve.tryggve.engine.conversations, "turn", broken)
    await anna.says(SECRET)
    with pytest.raises(ValueError, match="hur ofta"), spans.span("connector"):
        broken()
    got = collector.got()

    assert len([one for one in got if one.name == "turn"]) == 2
    failed = [one.status.description for one in got if one.status.description]
    assert failed == ["ValueError"]
    for one in got:
        assert "hur ofta" not in one.to_json()
        assert "Anna" not in one.to_json()


def test_without_the_setting_nothing_is_loaded() -> None:
    code = (
        "import sys, bot.commands.serve; print(any('opentelemetry' in one for one in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True)

    assert done.stdout == b"False\n"
    assert spans.span("turn") is spans.span("connector")  # nothing is made


def test_without_what_sends_them_the_setting_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "opentelemetry.exporter.otlp.proto.http.trace_exporter", None)
    settings = Settings(demo=True, traces_url="http://127.0.0.1:4318/v1/traces")
    with pytest.raises(Refusal) as refused:
        follow(settings)

    assert refused.value.key == "settings.no_traces"


def test_traces_are_sent_to_nobody_who_could_be_overheard() -> None:
    with pytest.raises(ValueError, match="TRYGGVE_TRACES_URL"):
        Settings(demo=True, traces_url="http://traces.example/v1/traces")
