"""The dashboard and the alerts ask for metrics that there are, and Prometheus can read them."""

import json
import re
import subprocess
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

from bot.web.watch.metrics import Metrics
from knowledge.delivery.models import Status
from knowledge.delivery.standing import Standing
from knowledge.questions.models import QuestionOutcome
from tests.deploy.files import DEPLOY, program

WATCH = DEPLOY / "watch"
DASHBOARD: dict[str, Any] = json.loads((WATCH / "dashboard.json").read_text("utf-8"))
ALERTS: list[dict[str, Any]] = yaml.safe_load((WATCH / "alerts.yml").read_text("utf-8"))["groups"][
    0
]["rules"]

COUNTED = {
    "turns:message:answered": 3,
    "turn_seconds:0.05": 2,
    "turn_seconds:+Inf": 1,
    "heard:command": 1,
    "requests:tenant": 1,
    "database_seconds:write:0.005": 4,
    "database_wait_seconds:0.005": 4,
    "database_refused:locked": 1,
    "loop_lag_seconds:0.005": 30,
}
STANDING = Standing(
    waiting=1, later=0, under_way=0, lags={"tenant": 3.0}, sent=1, sent_lately=1, throttled=1,
    ended_badly={(Status.BLOCKED, "forbidden"): 1}, paused=(),
)  # fmt: skip


def page(counted: Mapping[str, int] = COUNTED, standing: Standing = STANDING) -> str:
    """/metrics with something under each name."""
    questions = dict.fromkeys(QuestionOutcome, 1)
    return Metrics(standing, questions, counted, {"tenant": "0780"}, writable=True).page().decode()


def told(shown: str = "") -> dict[str, set[str]]:
    """The labels of each metric, by the name that is asked for."""
    found: dict[str, set[str]] = {}
    for family in text_string_to_metric_families(shown or page()):
        for sample in family.samples:
            found.setdefault(sample.name, set()).update(sample.labels)
    return found


def asked() -> list[str]:
    panels = [target["expr"] for panel in DASHBOARD["panels"] for target in panel["targets"]]
    return [*panels, *(alert["expr"] for alert in ALERTS)]


def test_what_is_asked_for_is_there() -> None:
    metrics = told()
    named = {name for expression in asked() for name in re.findall(r"tryggve_\w+", expression)}

    assert named <= metrics.keys()


def test_what_is_asked_for_is_there_before_anything_has_happened() -> None:
    """But for what would be told of an organisation, a reason or a length that was not met yet."""
    nothing = replace(STANDING, lags={}, ended_badly={})
    metrics = told(page({}, nothing))
    named = {name for expression in asked() for name in re.findall(r"tryggve_\w+", expression)}

    assert named - metrics.keys() == {
        "tryggve_tenant_lag_seconds",
        "tryggve_ended_badly",
        "tryggve_database_seconds_bucket",
    }
    for expression in asked():
        for name, label, value in re.findall(r'(tryggve_\w+)\{(\w+)="(\w+)"\}', expression):
            assert f'{label}="{value}"' in page({}, nothing), name


def test_what_is_told_apart_by_is_a_label() -> None:
    metrics = told()
    for expression in asked():
        names = re.findall(r"tryggve_\w+", expression)
        grouped = re.findall(r"by \(([\w, ]+)\)", expression)
        chosen = re.findall(r"(\w+)=~?\"", expression)
        labels = {one.strip() for group in grouped for one in group.split(",")} | {*chosen}
        assert labels - {"job"} <= set().union(*(metrics[name] for name in names)), expression


def test_every_metric_is_on_the_dashboard_or_in_an_alert() -> None:
    named = {name for expression in asked() for name in re.findall(r"tryggve_\w+", expression)}

    assert told().keys() <= named


def test_buckets_hold_all_that_is_shorter() -> None:
    line = 'tryggve_turn_seconds_bucket{le="%s"} %s'

    assert line % ("0.025", "0.0") in page()
    assert line % ("0.05", "2.0") in page()
    assert line % ("10", "2.0") in page()
    assert line % ("+Inf", "3.0") in page()


def test_every_alert_says_what_is_wrong_and_what_to_do() -> None:
    for alert in ALERTS:
        assert alert["labels"]["severity"] in ("critical", "warning", "info")
        assert alert["annotations"].keys() == {"summary", "description"}


def test_prometheus_reads_the_alerts_and_the_page() -> None:
    promtool = program("promtool")
    checks = (["check", "rules", str(WATCH / "alerts.yml")], "")
    syntax = (["check", "config", "--syntax-only", str(WATCH / "prometheus.yml")], "")
    for words, given in (checks, syntax, (["check", "metrics"], page())):
        done = subprocess.run(
            [promtool, *words], input=given, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(("failed", "fires"), [(2, False), (5, True)])
def test_what_two_servers_show_is_counted_once(tmp_path: Path, failed: int, fires: bool) -> None:
    """Both show what all processes have counted together."""
    seen = 'tryggve_turns_total{job="tryggve", instance="%s", kind="message", outcome="failed"}'
    alert = next(one for one in ALERTS if one["alert"] == "TryggveMisslyckadeTurer")
    said = {"exp_labels": alert["labels"], "exp_annotations": alert["annotations"]}
    case = {
        "interval": "1m",
        "input_series": [
            {"series": seen % name, "values": f"0x5 {failed}x15"} for name in ("one", "two")
        ],
        "alert_rule_test": [
            {"eval_time": "9m", "alertname": alert["alert"], "exp_alerts": [said] if fires else []}
        ],
    }
    rules = {"rule_files": [str(WATCH / "alerts.yml")], "tests": [case]}
    (tmp_path / "case.yml").write_text(yaml.safe_dump(rules), "utf-8")
    done = subprocess.run(
        [program("promtool"), "test", "rules", tmp_path / "case.yml"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
