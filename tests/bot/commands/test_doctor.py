"""The doctor tells the truth: what is wrong is found, and what is right is not complained of."""

import json
import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import time_machine

from bot.commands.checkout import ROOT
from bot.commands.doctor import environment
from tests.bot.commands.running import Command
from tests.support.authority import Authority, bots_certificate
from tests.support.microsoft import Microsoft
from tests.support.postgres import PostgresServer, free_port
from tests.support.proxy import Proxy

TENANT = "7d1c5f0e-3b52-4a86-9f1d-2c6e8a40b917"
GOOD = {
    "TRYGGVE_APP_ID": "3f0e7b52-91c4-4d38-8a6f-5be2c07d1946",
    "TRYGGVE_APP_PASSWORD": "rätt",
    "TRYGGVE_APP_TENANT_ID": TENANT,
    "TRYGGVE_TENANTS": f'{{"{TENANT}": "0780"}}',
    "TRYGGVE_PUBLIC_URL": "https://tryggve.vaxjo.se",
    "TRYGGVE_ORGANISATION": "Växjö kommun",
    "TRYGGVE_CONTACT_EMAIL": "tryggve@vaxjo.se",
    "TRYGGVE_SECRET_EXPIRES": "2999-01-01",
    "TRYGGVE_RETENTION_DECISION": "dnr 2026/17",
}


@pytest.fixture(autouse=True)
def no_way_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY", "SSL_CERT_FILE",
                 "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):  # fmt: skip
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture
def installation(sqlite_url: str, tmp_path: Path) -> dict[str, str]:
    """Settings about which there is nothing to say."""
    backups = tmp_path / "backups"
    backups.mkdir()
    (backups / "tryggve.db").write_bytes(b"x")
    return GOOD | {
        "TRYGGVE_DATABASE_URL": sqlite_url,
        "TRYGGVE_BACKUP_DIR": str(backups),
        "TRYGGVE_PORT": str(free_port()),
    }


def levels(done: Any) -> dict[str, str]:
    """By name, how bad each finding is."""
    return {one["name"]: one["level"] for one in json.loads(done.stdout)["findings"]}


def test_nothing_is_said_of_a_good_installation(
    tryggve: Command, installation: dict[str, str]
) -> None:
    done = tryggve("doctor", "--offline", "--json", **installation)

    bad = {name for name, level in levels(done).items() if level != "ok"}
    assert bad == {"no_coordinators"}
    assert done.returncode == 0
    assert json.loads(done.stdout)["worst"] == "note"


@pytest.mark.parametrize(
    ("changed", "name", "level"),
    [
        ({"TRYGGVE_APP_ID": "00000000-0000-0000-0000-000000000000"}, "placeholder", "fault"),
        ({"TRYGGVE_APP_ID": "tryggve"}, "no_id", "fault"),
        ({"TRYGGVE_APP_TENANT_ID": ""}, "settings_no_app_tenant", "fault"),
        ({"TRYGGVE_APP_TENANT_ID": "vaxjo.onmicrosoft.com"}, "no_id", "fault"),
        ({"TRYGGVE_APP_PASSWORD": ""}, "settings_no_secret", "fault"),
        ({"TRYGGVE_APP_PASSWORD": "byt-mig"}, "placeholder", "fault"),
        ({"TRYGGVE_APP_PASSWORD": " rätt"}, "secret_has_spaces", "fault"),
        ({"TRYGGVE_APP_PASSWORD": TENANT}, "secret_is_its_id", "fault"),
        ({"TRYGGVE_TENANTS": '{"kommun": "Växjö"}'}, "settings_no_tenant_id", "fault"),
        ({"TRYGGVE_TENANTS": f'{{"{TENANT}": "9999"}}'}, "settings_no_place", "fault"),
        ({"TRYGGVE_TENANTS": '{"11111111-1111-1111-1111-111111111111": "0780"}'},
         "placeholder", "fault"),
        ({"TRYGGVE_TENANTS": "{}"}, "nobody_let_in", "fault"),
        ({"TRYGGVE_TENANTS": ""}, "nobody_let_in", "fault"),
        ({"TRYGGVE_APP_PASWORD": "x"}, "misspelt", "fault"),
        ({"TRYGVE_APP_ID": "x"}, "misspelt", "fault"),
        ({"TRYGGVE_APPID": "x"}, "misspelt", "fault"),
        ({"TRYGGVE_COLOUR": "x"}, "unknown_name", "fault"),
        ({"TRYGGVE_PUBLIC_URL": ""}, "public_url", "note"),
        ({"TRYGGVE_PUBLIC_URL": "http://tryggve.vaxjo.se"}, "settings_not_https", "fault"),
        ({"TRYGGVE_PUBLIC_URL": "https://tryggve.vaxjo.se/api/messages"}, "url_with_path", "fault"),
        ({"TRYGGVE_PUBLIC_URL": "https://localhost"}, "url_of_nobody", "fault"),
        ({"TRYGGVE_PUBLIC_URL": "https://tryggve.exempelkommun.example"}, "placeholder", "fault"),
        ({"TRYGGVE_SERVICE_HOSTS": '["https://smba.trafficmanager.net/"]'}, "no_host", "fault"),
        ({"TRYGGVE_SERVICE_HOSTS": '["teams.se"]'}, "without_teams", "note"),
        ({"TRYGGVE_CONTACT_EMAIL": "växjö kommun"}, "no_email", "fault"),
        ({"TRYGGVE_ORGANISATION": ""}, "contact", "note"),
        ({"TRYGGVE_METRICS_TOKEN": "kort"}, "short_metrics_token", "note"),
        ({"TRYGGVE_BACKUP_DIR": ""}, "backups_unknown", "note"),
        ({"TRYGGVE_BACKUP_DIR": "/saknas"}, "no_backup_folder", "fault"),
        ({"TRYGGVE_RETENTION_DECISION": " "}, "undecided", "note"),
        ({"TRYGGVE_SECRET_EXPIRES": ""}, "secret_unknown", "note"),
        ({"TRYGGVE_SECRET_EXPIRES": "2020-01-01"}, "secret_expired", "fault"),
        ({"TRYGGVE_CA_FILE": "/saknas"}, "settings_bad_ca_file", "fault"),
        ({"TRYGGVE_PORT": "x"}, "settings_wrong_value", "fault"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_found(
    tryggve: Command, installation: dict[str, str], changed: dict[str, str], name: str, level: str
) -> None:
    done = tryggve("doctor", "--offline", "--json", **installation | changed)

    assert levels(done).get(name) == level
    assert done.returncode == (1 if level == "fault" else 0)
    bad = [one for one in json.loads(done.stdout)["findings"] if one["level"] != "ok"]
    assert all(one["what"] and one["cure"] for one in bad), bad


def test_what_is_wrong_is_told_once(tryggve: Command, installation: dict[str, str]) -> None:
    for wrong in ({"TRYGGVE_SECRET_EXPIRES": "snart"}, {"TRYGGVE_CA_FILE": "/saknas"}):
        done = tryggve("doctor", "--json", **installation | wrong)
        names = [one["name"] for one in json.loads(done.stdout)["findings"]]
        assert len(names) == len({*names})


def test_the_example_is_no_installation(tryggve: Command, sqlite_url: str) -> None:
    example = ROOT / "deploy" / "env.example"
    done = tryggve("doctor", "--offline", "--env-file", str(example))

    for name in ("TRYGGVE_APP_ID", "TRYGGVE_APP_PASSWORD", "TRYGGVE_TENANTS", "TRYGGVE_PUBLIC_URL"):
        assert f"FEL  {name} har kvar exemplets värde" in done.stdout
    assert "är ingen inställning" not in done.stdout
    assert "…" not in done.stdout
    assert done.returncode == 1


@pytest.mark.parametrize(("written", "name"), [(True, "nothing_read"), (False, "none_written")])
def test_where_nothing_is_set_it_says_how_to_begin(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, written: bool, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    for setting in [one for one in os.environ if one.startswith("TRYGGVE_")]:
        monkeypatch.delenv(setting)
    if written:
        Path("deploy").mkdir()
        Path("deploy/env").touch()

    assert [one.name for one in environment.names()] == [name]


def test_a_file_of_settings_is_read_and_forgotten(
    tryggve: Command, tmp_path: Path, sqlite_url: str
) -> None:
    file = tmp_path / "env"
    file.write_text(f"# hos oss\nexport TRYGGVE_DATABASE_URL='{sqlite_url}'\nTRYGGVE_DEMO=true\n")
    assert tryggve("doctor", "--offline", "--env-file", str(file)).returncode == 0
    assert "TRYGGVE_DEMO" not in os.environ

    for bad, line in (("TRYGGVE_DEMO=true\nhej\n", 2), ("TRYGGVE_TENANTS='{\n", 1)):
        file.write_text(bad)
        done = tryggve("doctor", "--offline", "--env-file", str(file))
        assert f"rad {line} går inte att läsa" in done.stderr
    assert "finns inte" in tryggve("doctor", "--env-file", "/saknas").stderr


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize(
    ("line", "read"),
    [
        (f'TRYGGVE_TENANTS={{"{TENANT}": "0780"}}', True),
        (f'TRYGGVE_TENANTS=\'{{"{TENANT}": "0780"}}\'', True),
        (f'  TRYGGVE_TENANTS = \'{{"{TENANT}": "0780"}}\'  ', False),
        (f'TRYGGVE_TENANTS=  \'{{"{TENANT}": "0780"}}\'  ', True),
        ("TRYGGVE_ORGANISATION=Växjö kommun", True),
        ("TRYGGVE_ORGANISATION=Sven's kommun", True),
        ('TRYGGVE_ORGANISATION="Växjö kommun', False),
        ("TRYGGVE_ORGANISATION='Växjö' kommun", False),
        ("; en kommentar", True),
        ("TRYGGVE_TENANTS", False),
    ],
)
def test_a_file_of_settings_may_come_from_any_editor(
    tryggve: Command,
    tmp_path: Path,
    sqlite_url: str,
    line: str,
    read: bool,
    mark: str,
    end: str,
) -> None:
    """Quotes or none, line ends of Windows, its mark in front: read as systemd and compose do."""
    lines = ["# hos oss", "TRYGGVE_DEMO=true", f"TRYGGVE_DATABASE_URL={sqlite_url}", line, ""]
    (tmp_path / "env").write_bytes((mark + end.join(lines)).encode())
    done = tryggve("doctor", "--offline", "--env-file", str(tmp_path / "env"))

    assert ("ok   Inställningarna är läsbara" in done.stdout) is read
    assert ("rad 4 går inte att läsa" in done.stderr) is not read


@pytest.mark.parametrize(
    ("hours", "name", "level"),
    [(5, "backup", "ok"), (50, "backup_old", "note"), (500, "backup_too_old", "fault")],
)
def test_how_old_the_newest_backup_is(
    tryggve: Command, installation: dict[str, str], hours: int, name: str, level: str
) -> None:
    then = time.time() - hours * 3600
    os.utime(Path(installation["TRYGGVE_BACKUP_DIR"]) / "tryggve.db", (then, then))

    assert levels(tryggve("doctor", "--offline", "--json", **installation))[name] == level


def test_the_database_is_no_backup_of_itself(
    tryggve: Command, installation: dict[str, str], sqlite_url: str
) -> None:
    beside = Path(sqlite_url.removeprefix("sqlite:///")).parent / "tom"
    beside.mkdir()
    (beside / "tryggve.db").symlink_to(sqlite_url.removeprefix("sqlite:///"))
    there = {"TRYGGVE_BACKUP_DIR": str(beside)}
    there["TRYGGVE_DATABASE_URL"] = f"sqlite:///{beside}/tryggve.db"
    found = levels(tryggve("doctor", "--offline", "--json", **installation | there))

    assert found["no_backup"] == "fault"


def test_what_is_half_written_or_empty_is_no_backup(
    tryggve: Command, installation: dict[str, str]
) -> None:
    folder = Path(installation["TRYGGVE_BACKUP_DIR"])
    (folder / "tryggve.db").rename(folder / "tryggve.db.part")
    (folder / "tryggve.dump").touch()
    assert levels(tryggve("doctor", "--offline", "--json", **installation))["no_backup"] == "fault"

    assert tryggve("backup", **installation).returncode == 0
    assert levels(tryggve("doctor", "--offline", "--json", **installation))["backup"] == "ok"


@pytest.mark.parametrize(
    ("days", "name"), [(90, "certificate"), (9, "certificate_soon"), (-3, "certificate_expired")]
)
def test_a_certificate_says_itself_when_it_expires(
    tryggve: Command, installation: dict[str, str], tmp_path: Path, days: int, name: str
) -> None:
    file = bots_certificate(tmp_path / "bot.pem", timedelta(days=days))
    changed = {"TRYGGVE_APP_PASSWORD": "", "TRYGGVE_APP_CERTIFICATE": str(file)}

    assert name in levels(tryggve("doctor", "--offline", "--json", **installation | changed))


@pytest.fixture
def microsoft() -> Microsoft:
    return Microsoft()


@pytest.fixture
def proxy(
    tmp_path: Path,
    microsoft: Microsoft,
    monkeypatch: pytest.MonkeyPatch,
    installation: dict[str, str],
) -> Iterator[Proxy]:
    """The only way out; the installation knows it, and its certificate."""
    with Proxy(Authority(tmp_path), Public(microsoft)) as running:
        monkeypatch.setenv("HTTPS_PROXY", running.url)
        installation["TRYGGVE_CA_FILE"] = str(running.authority.file)
        yield running


class Public:
    """The world with Tryggve in it, at its public address; `says` is what stands in its place."""

    def __init__(self, microsoft: Microsoft) -> None:
        self.microsoft = microsoft
        self.says: dict[str, tuple[int, Any]] = {}

    def __call__(self, host: str, path: str, sent: str) -> tuple[int, Any]:
        if host != "tryggve.vaxjo.se":
            return self.microsoft(host, path, sent)
        usual = {"/healthz": (200, {"alive": True}), "/api/messages": (401, {})}
        return (usual | self.says).get(path, (404, ""))


def test_everything_is_fine_behind_the_proxy(
    tryggve: Command, installation: dict[str, str], proxy: Proxy
) -> None:
    done = tryggve("doctor", "--json", **installation)

    found = levels(done)
    assert {"login", "clock_right", "keys", "token", "teams", "public", "proxy"} <= found.keys()
    assert {name for name, level in found.items() if level != "ok"} == {
        "no_coordinators", "not_running",
    }  # fmt: skip
    assert done.returncode == 0


@pytest.mark.parametrize("code", [7000215, 7000222, 700016, 50999])
def test_a_refused_secret_is_a_fault_with_its_code(
    tryggve: Command, installation: dict[str, str], proxy: Proxy, microsoft: Microsoft, code: int
) -> None:
    microsoft.refusal, microsoft.secret = code, "en annan"
    done = tryggve("doctor", **installation)

    assert f"FEL  Microsoft nekar botens inloggning (AADSTS{code})." in done.stdout
    assert "hemligt namn" not in done.stdout
    assert done.returncode == 1


@pytest.mark.parametrize("fault", ["proxy", "proxy_login", "tls", "garbled"])
def test_a_broken_way_out_is_not_the_secrets_fault(
    tryggve: Command, installation: dict[str, str], proxy: Proxy, fault: str
) -> None:
    if fault.startswith("proxy"):
        proxy.refuses = 407 if fault == "proxy_login" else 403
    elif fault == "tls":
        installation["TRYGGVE_CA_FILE"] = ""
    else:
        proxy.answers = lambda host, path, sent: (200, "<html>Logga in på nätet</html>")
    found = levels(tryggve("doctor", "--json", **installation))

    assert found[f"unreached_{fault}"] == "fault"
    assert found["no_keys"] == "fault"
    assert not {"token", "token_refused"} & found.keys()


@pytest.mark.parametrize(
    ("minutes", "name", "level"),
    [(0, "clock_right", "ok"), (2, "clock", "note"), (-20, "clock", "fault")],
)
def test_the_clock_is_compared_with_microsofts(
    tryggve: Command,
    installation: dict[str, str],
    proxy: Proxy,
    minutes: int,
    name: str,
    level: str,
) -> None:
    then = datetime.now(UTC) + timedelta(minutes=minutes)
    proxy.date = format_datetime(then, usegmt=True)

    assert levels(tryggve("doctor", "--json", **installation))[name] == level


@pytest.mark.parametrize(
    ("says", "name"),
    [
        ({"/healthz": (200, "<html>Välkommen</html>")}, "public_somebody_else"),
        ({"/healthz": (502, {})}, "public_somebody_else"),
        ({"/api/messages": (404, {})}, "public_no_door"),
        ({"/api/messages": (200, {})}, "public_no_door"),
    ],
)
def test_what_stands_before_the_bot_lets_everything_through(
    tryggve: Command, installation: dict[str, str], proxy: Proxy, says: Any, name: str
) -> None:
    assert isinstance(proxy.answers, Public)
    proxy.answers.says = says

    assert levels(tryggve("doctor", "--json", **installation))[name] == "fault"


@pytest.mark.parametrize(
    ("alive", "ready", "name"),
    [
        ({"alive": True}, (200, {"database": True}), "ready"),
        ({"alive": True}, (503, {"secret": False, "fault": "AADSTS7000222"}), "not_ready"),
        ("hej", (200, {}), "somebody_else"),
    ],
)
def test_a_round_trip_to_itself(
    tryggve: Command,
    installation: dict[str, str],
    proxy: Proxy,
    alive: Any,
    ready: tuple[int, Any],
    name: str,
) -> None:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, told = ready if self.path == "/readyz" else (200, alive)
            self.send_response(status)
            self.end_headers()
            self.wfile.write(json.dumps(told).encode())

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing on the console."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    port = str(server.server_address[1])
    done = tryggve("doctor", "--json", **installation | {"TRYGGVE_PORT": port})
    server.shutdown()
    server.server_close()

    assert name in levels(done)
    assert "AADSTS7000222" in done.stdout or name != "not_ready"


@pytest.mark.postgres
def test_a_server_tells_of_its_clock_and_our_rights(
    tryggve: Command, installation: dict[str, str], postgres: PostgresServer
) -> None:
    settings = installation | {"TRYGGVE_DATABASE_URL": postgres.url("empty")}
    found = levels(tryggve("doctor", "--offline", "--json", **settings))
    assert found["writable"] == "ok"
    assert not {"disk", "no_rights", "database_clock"} & found.keys()

    ahead = time.time() + 3600
    with time_machine.travel(ahead, tick=True):
        found = levels(tryggve("doctor", "--offline", "--json", **settings))
    assert found["database_clock"] == "fault"
