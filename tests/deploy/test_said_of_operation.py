"""What the officer's page says of settings, proxies' and databases' logs, tried on what is run."""

import asyncio
import re
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import aiohttp
import asyncpg
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.app import Tryggve
from bot.settings import Settings
from bot.web.pages import page_routes
from tests.deploy.files import DEPLOY, compose, program
from tests.deploy.test_azure import TEXT
from tests.deploy.test_integritet import PAGE
from tests.knowledge.privacy.test_privacy import OTHERS, UNSEEN, corpus, is_nobodys
from tests.support.html import read_page
from tests.support.postgres import PostgresServer
from tests.support.tls_site import Issuers
from tests.support.town import library


@pytest.mark.parametrize("path", ["/integritet", "/villkor"])
async def test_who_is_responsible_is_what_the_settings_say(
    monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    monkeypatch.setenv("TRYGGVE_ORGANISATION", "Länsstyrelsen i Exempellän")
    monkeypatch.setenv("TRYGGVE_CONTACT_EMAIL", "ombudet@exempel.example")
    monkeypatch.setenv("TRYGGVE_RETENTION_DECISION", "KS 2026/12")
    monkeypatch.setenv("TRYGGVE_RETENTION_DAYS", '{"people": 365}')
    app = web.Application()
    app.add_routes(page_routes(Settings(demo=True)))
    async with TestClient(TestServer(app)) as client:
        shown = read_page(await (await client.get(path)).text())

    assert "Länsstyrelsen i Exempellän" in shown.text
    assert {"href": "mailto:ombudet@exempel.example"} in shown.attributes("a")
    if path == "/integritet":
        assert "Gallringen följer beslutet KS 2026/12." in shown.text
        assert "Sparas 1 år efter att du senast var här" in shown.text


async def test_no_law_is_asked_for_unless_it_is_set(sqlite_url: str) -> None:
    async def chores(**settings: str) -> set[str]:
        built = Tryggve(Settings(demo=True, database_url=sqlite_url, **settings), library=library())
        await built.close()
        return {*built.background.chores}

    unset, asked = await chores(), await chores(laws_url="https://data.riksdagen.se/dokument")
    assert "retention" in unset
    assert asked - unset == {"laws"}


def test_the_figures_of_the_recognition_are_those_of_today() -> None:
    """As many as the page tells are learnt from, slip through and are lost."""
    learnt = corpus()
    slipped = [one for one in UNSEEN["about_somebody"] if is_nobodys(one)]
    lost = [one for one in UNSEEN["about_nobody"] if not is_nobodys(one)]
    tricked = sum(map(is_nobodys, OTHERS["about_somebody"])) / len(OTHERS["about_somebody"])
    told = " ".join(PAGE.split())

    assert f"{len(learnt.somebody):,} meningar om någon".replace(",", " ") in told
    assert f"drygt {len(learnt.nobody) // 1_000} 000 om ingen" in told
    assert f"Av {len(UNSEEN['about_somebody'])} meningar om någon" in told
    assert f"av {len(UNSEEN['about_nobody'])} som inte gäller någon" in told
    assert f"slipper {len(slipped)} igenom" in told
    assert f"går {len(lost)} förlorade" in told
    assert f"{tricked:.0%}".replace("%", " av 100") in told


def test_azure_hands_on_the_containers_log_and_not_the_databases() -> None:
    assert "diagnosticSettings" not in TEXT
    assert TEXT.count("logAnalyticsConfiguration") == 1
    assert "log_error_verbosity = terse" in (DEPLOY / "server.md").read_text("utf-8")


@pytest.mark.postgres
async def test_postgresql_writes_over_what_is_deleted(postgres: PostgresServer) -> None:
    """Nothing that is delivered turns off what it does by itself."""
    told = "\n".join(
        path.read_text("utf-8")
        for path in (DEPLOY / "compose.yaml", DEPLOY / "azure" / "main.bicep", DEPLOY / "server.md")
    )
    connection = await asyncpg.connect(postgres.url("postgres"))
    cleans = await connection.fetchval("SHOW autovacuum")
    await connection.close()

    assert cleans == "on"
    assert not re.search(r"autovacuum\s*=\s*(off|false|0)", told)
    assert compose()["services"]["postgres"]["command"]


def test_no_other_logs_are_kept_by_what_is_delivered() -> None:
    """Of the units, each writes to the journal, which server.md bounds."""
    for unit in (DEPLOY / "systemd").glob("*.service"):
        assert not re.search(
            r"^Standard(Output|Error)=(file|append)", unit.read_text("utf-8"), re.M
        )


@contextmanager
def nginx_before_nothing(folder: Path, port: int, plain: int) -> Iterator[Path]:
    """Our example, with nobody behind it. Returns its log of errors."""
    issuers = Issuers.make(folder)
    issuers.serving(issuers.middle.issues("localhost"), issuers.middle)
    ours = (DEPLOY / "proxy" / "nginx.conf").read_text("utf-8")
    for pattern, instead in (
        (r"/etc/ssl/tryggve/\w+\.pem", str(folder / "served.pem")),
        (r"listen \[::\]:\d+[^;]*;", ""),
        (r"listen 80;", f"listen 127.0.0.1:{plain};"),
        (r"listen 443 ssl http2;", f"listen 127.0.0.1:{port} ssl;"),
        (r"server 127\.0\.0\.1:3978;", f"server 127.0.0.1:{free_port()};"),
    ):
        ours = re.sub(pattern, instead, ours)
    temp = "".join(
        f"{one}_temp_path {folder}/{one};"
        for one in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    log = folder / "errors.log"
    head = f"error_log {log}; pid {folder}/pid; daemon off; master_process off; events {{}}"
    (folder / "nginx.conf").write_text(f"{head} http {{ {temp}\n{ours}\n}}", "utf-8")
    words = (program("nginx"), "-e", str(log), "-c", str(folder / "nginx.conf"))
    running = subprocess.Popen(words, stderr=subprocess.DEVNULL)
    try:
        yield log
    finally:
        running.terminate()
        running.wait(10)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


async def test_a_proxy_writes_down_the_address_of_what_went_wrong_and_of_nothing_else(
    tmp_path: Path,
) -> None:
    port, plain = free_port(), free_port()
    with nginx_before_nothing(tmp_path, port, plain) as log:
        await until_open(port)
        async with aiohttp.ClientSession() as http:
            async with http.get(
                f"http://127.0.0.1:{plain}/gick-bra", allow_redirects=False
            ) as response:
                assert response.status == 301
            async with http.get(f"https://127.0.0.1:{port}/filer/nyckel-7", ssl=False) as response:
                assert response.status == 502
        written = log.read_text("utf-8")

    assert "/filer/nyckel-7" in written
    assert "client: 127.0.0.1" in written
    assert "gick-bra" not in written


async def until_open(port: int) -> None:
    ends = time.monotonic() + 10
    while time.monotonic() < ends:
        with socket.socket() as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                return
        await asyncio.sleep(0.02)
    raise AssertionError("nginx has not begun")
