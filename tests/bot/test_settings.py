"""Settings: a wrong one stops the start by name, and the example names them all."""

import re
import shlex
from datetime import UTC, datetime

import pytest

from bot.commands.node import ROOT
from bot.settings import Settings, SettingsError, is_loopback, read_settings

EXAMPLE = (ROOT / "deploy" / "env.example").read_text("utf-8")
TENANTS = '{"7d1c5f0e-3b52-4a86-9f1d-2c6e8a40b917": "0180"}'


def of(code: str) -> str:
    """A tenant, in capitals, with this as its place."""
    return f'{{"7D1C5F0E-3B52-4A86-9F1D-2C6E8A40B917": "{code}"}}'


def example_values() -> dict[str, str]:
    """What a shell would read from the example."""
    lines = re.findall(r"^(TRYGGVE_\w+)=(.*)$", EXAMPLE, re.MULTILINE)
    return {name: "".join(shlex.split(value)) for name, value in lines}


def test_the_example_names_every_setting_and_no_other() -> None:
    assert example_values().keys() == {f"TRYGGVE_{name.upper()}" for name in Settings.model_fields}


def test_every_setting_in_the_example_is_explained() -> None:
    for paragraph in EXAMPLE.split("\n\n"):
        *explanation, assignment = paragraph.strip().splitlines()
        if not assignment.startswith("#"):
            assert explanation, assignment
            assert all(line.startswith("# ") for line in explanation)


def test_the_example_is_a_valid_installation(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in example_values().items():
        monkeypatch.setenv(name, value)

    settings = read_settings()

    assert not settings.demo
    assert set(settings.tenants.values()) == {"1480", "14"}
    assert settings.service_hosts == Settings.model_fields["service_hosts"].default


@pytest.mark.parametrize(
    ("environment", "fault", "name"),
    [
        ({}, "no_app_id", "TRYGGVE_APP_ID"),
        ({"APP_ID": "a", "TENANTS": '{"contoso": "0180"}'}, "no_tenant_id", "TRYGGVE_TENANTS"),
        ({"APP_ID": "a", "TENANTS": of("0181x")}, "no_place", "TRYGGVE_TENANTS"),
        ({"APP_ID": "a", "TENANTS": of("9999")}, "no_place", "TRYGGVE_TENANTS"),
        ({"APP_ID": "a", "TENANTS": of("180")}, "no_place", "TRYGGVE_TENANTS"),
        ({"APP_ID": "a", "TENANTS": of("99")}, "no_place", "TRYGGVE_TENANTS"),
        ({"APP_ID": "a", "TENANTS": of("")}, "no_place", "TRYGGVE_TENANTS"),
        ({"DEMO": "true", "APP_ID": "a"}, "demo_exposed", "TRYGGVE_DEMO"),
        ({"DEMO": "true", "HOST": "0.0.0.0"}, "demo_exposed", "TRYGGVE_DEMO"),  # noqa: S104
        ({"DEMO": "true", "HOST": "192.168.1.4"}, "demo_exposed", "TRYGGVE_DEMO"),
        ({"DEMO": "perhaps"}, "wrong_value", "TRYGGVE_DEMO"),
        ({"DEMO": "true", "PORT": "99999"}, "wrong_value", "TRYGGVE_PORT"),
        ({"DEMO": "true", "QUIET_HOURS": "om natten"}, "wrong_value", "TRYGGVE_QUIET_HOURS"),
        ({"DEMO": "true", "SECRET_EXPIRES": "snart"}, "wrong_value", "TRYGGVE_SECRET_EXPIRES"),
        (
            {"APP_ID": "a", "TENANTS": TENANTS, "PUBLIC_URL": "http://tryggve.example"},
            "not_https",
            "TRYGGVE_PUBLIC_URL",
        ),
        (
            {"APP_ID": "a", "TENANTS": TENANTS, "APP_TYPE": "Solo"},
            "wrong_value",
            "TRYGGVE_APP_TYPE",
        ),
    ],
)
def test_a_wrong_setting_is_named(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], fault: str, name: str
) -> None:
    for variable, value in environment.items():
        monkeypatch.setenv(f"TRYGGVE_{variable}", value)

    with pytest.raises(SettingsError) as raised:
        read_settings()

    assert (raised.value.fault, raised.value.name) == (fault, name)


@pytest.mark.parametrize("nothing", ["", "  "])
def test_a_name_with_nothing_behind_it_leaves_the_default(
    monkeypatch: pytest.MonkeyPatch, nothing: str
) -> None:
    meant = {"DEMO": "true", "DATABASE_URL": "sqlite:///x.db", "QUIET_HOURS": ""}
    for name in Settings.model_fields:
        monkeypatch.setenv(f"TRYGGVE_{name.upper()}", meant.get(name.upper(), nothing))

    read = read_settings()

    chosen = {"demo", "database_url", "quiet_hours"}
    assert read.model_dump(exclude=chosen) == Settings(demo=True).model_dump(exclude=chosen)
    assert read.quiet_hours == ""


def test_the_command_line_wins_over_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRYGGVE_PORT", "4000")

    assert read_settings(demo=True, port=4001).port == 4001
    assert read_settings(demo=True, port=None).port == 4000


NIGHT = datetime(2026, 11, 26, 22, tzinfo=UTC)


def test_nights_are_quiet_unless_something_else_is_chosen() -> None:
    real = {"app_id": "a", "tenants": {"t": "0180"}}

    assert Settings(**real).quiet_until(NIGHT) == datetime(2026, 11, 27, 6, tzinfo=UTC)
    assert Settings(**real, quiet_hours="").quiet_until(NIGHT) is None


def test_the_demo_has_no_quiet_hours_unless_they_are_chosen() -> None:
    assert Settings(demo=True).quiet_until(NIGHT) is None
    assert Settings(demo=True, quiet_hours="20:00-07:00").quiet_until(NIGHT) is not None


def test_ids_are_the_same_in_capitals() -> None:
    loud = Settings(app_id="AB-CD", app_tenant_id="EF-01", tenants={" EF-01": "0180"})

    assert (loud.app_id, loud.app_tenant_id, loud.tenants) == ("ab-cd", "ef-01", {"ef-01": "0180"})


def test_the_secret_is_not_shown() -> None:
    settings = Settings(app_id="a", app_password="hemligt", tenants={"t": "0180"})  # type: ignore[arg-type]

    assert "hemligt" not in repr(settings)


@pytest.mark.parametrize(
    ("host", "local"),
    [
        ("127.0.0.1", True),
        ("127.8.9.1", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),  # noqa: S104
        ("::", False),
        ("localhost.evil.example", False),
        ("", False),
    ],
)
def test_only_loopback_is_local(host: str, local: bool) -> None:
    assert is_loopback(host) is local
