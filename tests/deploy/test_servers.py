"""Units, nginx and Caddy, read by the programs that they are for."""

import os
import re
import subprocess
import sys
from datetime import date, time, timedelta
from pathlib import Path

import pytest

from bot.commands import _parser
from bot.commands.node import ROOT
from knowledge.times import instant
from tests.deploy.files import DEPLOY, compose, program
from tests.support.tls_site import Issuers

CADDY = Path(sys.executable).with_name("caddy")
"""The release that compose.yaml names, or a later one: from PyPI, since Debian's is too old."""

UNITS = ["tryggve.service", "tryggve-worker@.service", "tryggve-backup.service"]


def run(*words: str | Path, **environment: str) -> str:
    """What the program says. It must be content."""
    done = subprocess.run(
        words, capture_output=True, text=True, check=False, env=os.environ | environment
    )
    said = done.stdout + done.stderr
    assert done.returncode == 0, said
    return said


@pytest.mark.parametrize("name", UNITS)
def test_a_unit_starts_a_command_of_tryggves(name: str) -> None:
    started = re.findall(r"^ExecStart(?:Pre)?=\S+/tryggve (.+)$", unit(name), re.MULTILINE)

    assert started
    for words in started:
        assert _parser().parse_args(words.split())


@pytest.mark.parametrize("name", UNITS)
def test_systemd_reads_a_unit_without_a_word(name: str, tmp_path: Path) -> None:
    analyse = program("systemd-analyze")
    copy = tmp_path / name.replace("@.", "@1.")
    copy.write_text(unit(name).replace("/opt/tryggve/.venv/bin/tryggve", "/usr/bin/env"), "utf-8")

    said = run(analyse, "verify", "--man=no", copy)

    assert [line for line in said.splitlines() if copy.name in line] == []


def test_a_copy_is_made_every_night() -> None:
    """Also when the clocks change: what is to begin at two is left out by systemd in March."""
    analyse = program("systemd-analyze")
    moment = re.search(r"^OnCalendar=(.+)$", unit("tryggve-backup.timer"), re.MULTILINE)

    assert moment
    for day in map(date.fromisoformat, ("2026-03-27", "2026-10-23", "2026-12-30", "2028-02-27")):
        since = f"--base-time={day} 12:00 UTC"
        said = run(analyse, "calendar", "--iterations=5", since, moment[1], TZ="UTC")
        told = re.findall(r": \w{3} (\d{4}-\d\d-\d\d) ", said)
        assert told == [str(day + timedelta(days=number)) for number in range(1, 6)]


def test_cron_makes_its_copy_at_a_time_that_every_night_has() -> None:
    page = (DEPLOY / "container.md").read_text("utf-8")
    [(minute, hour)] = re.findall(r"^ +(\d+) (\d+) \* \* \* root ", page, re.MULTILINE)
    nights = (date(2026, 1, 1) + timedelta(days=number) for number in range(3_660))

    for night in nights:
        instant(night, time(int(hour), int(minute)))  # raises where the night has none, or two


@pytest.mark.parametrize("name", UNITS)
def test_systemd_finds_a_unit_well_shut_in(name: str, tmp_path: Path) -> None:
    analyse = program("systemd-analyze")
    copy = tmp_path / name.replace("@.", "@1.")
    copy.write_text(unit(name), "utf-8")

    run(analyse, "security", "--offline=true", "--threshold=20", copy)


def test_the_command_has_the_services_user_and_settings(tmp_path: Path) -> None:
    """`tryggve` as root on a plain server: what is typed comes through, and how it ended."""
    fake = tmp_path / "systemd-run"
    fake.write_text('#!/bin/sh\nprintf "%s\\n" "$@"\nexit 7\n', "utf-8")
    fake.chmod(0o755)
    typed = ["retention", "hold", "--reason", "Tillsyn 'dnr 7' $HOME *", ""]
    done = subprocess.run(
        ["sh", DEPLOY / "tryggve.sh", *typed],
        capture_output=True, text=True, check=False, env={"PATH": f"{tmp_path}:/usr/bin:/bin"},
    )  # fmt: skip
    said = done.stdout.splitlines()

    assert done.returncode == 7
    assert said[-len(typed) - 1 :] == ["/opt/tryggve/.venv/bin/tryggve", *typed]
    for name in UNITS:
        assert f"--uid={setting('User', name)}" in said
        for one in ("EnvironmentFile=/etc/tryggve/env", "UMask=0077"):
            assert f"--property={one}" in said
            assert f"\n{one}\n" in unit(name)
    folder = next(word for word in said if word.startswith("--working-directory="))
    assert folder.endswith(f"/var/lib/{setting('StateDirectory', UNITS[0])}")


def test_a_second_server_is_the_first_on_a_port_of_its_own(tmp_path: Path) -> None:
    page = (DEPLOY / "server.md").read_text("utf-8")
    line = re.search(r"^ +(sed .+) > /etc/systemd/system/tryggve-2\.service$", page, re.MULTILINE)
    assert line
    second = subprocess.run(
        ["sh", "-c", line[1]], capture_output=True, text=True, check=True, cwd=ROOT
    ).stdout
    started = re.findall(r"^ExecStart=\S+/tryggve (.+)$", second, re.MULTILINE)

    assert len(started) == 1
    chosen = _parser().parse_args(started[0].split())
    assert chosen.no_sender
    proxied = (DEPLOY / "proxy" / "nginx.conf").read_text("utf-8")
    assert f"# server 127.0.0.1:{chosen.port};" in proxied


def test_no_unit_says_beside_the_file_what_the_file_would_overrule() -> None:
    """systemd reads EnvironmentFile last, wherever it stands."""
    for path in (*(DEPLOY / "systemd").iterdir(), *DEPLOY.glob("*.md")):
        assert "Environment=TRYGGVE_" not in path.read_text("utf-8"), path.name


def test_nginx_reads_its_example(tmp_path: Path) -> None:
    nginx = program("nginx")
    issuers = Issuers.make(tmp_path)
    issuers.serving(issuers.middle.issues("localhost"), issuers.middle)
    example = (DEPLOY / "proxy" / "nginx.conf").read_text("utf-8")
    ours = re.sub(r"/etc/ssl/tryggve/\w+\.pem", str(tmp_path / "served.pem"), example)
    whole = f"error_log stderr; pid {tmp_path}/pid; events {{}} http {{ access_log off;\n{ours}\n}}"
    (tmp_path / "nginx.conf").write_text(whole, "utf-8")

    assert "test is successful" in run(nginx, "-t", "-c", tmp_path / "nginx.conf")


@pytest.mark.parametrize(
    ("site", "tls"),
    [
        ("https://tryggve.exempelkommun.example", ""),
        ("https://tryggve.exempelkommun.example", "tls internal"),
        ("http://:80", ""),
    ],
)
def test_caddy_reads_its_file(site: str, tls: str) -> None:
    file = DEPLOY / "proxy" / "Caddyfile"

    run(CADDY, "validate", "--adapter", "caddyfile", "--config", file,
        PROXY_SITE=site, PROXY_TLS=tls)  # fmt: skip


def setting(name: str, of: str) -> str:
    found = re.search(rf"^{name}=(.+)$", unit(of), re.MULTILINE)
    assert found
    return found[1]


def unit(name: str) -> str:
    return (ROOT / "deploy" / "systemd" / name).read_text("utf-8")


def test_the_caddy_that_reads_it_is_no_older_than_the_one_that_runs() -> None:
    image = compose()["services"]["proxy"]["image"]
    named = re.search(r":(\d+)\.(\d+)\.(\d+)", image)
    here = re.match(r"v(\d+)\.(\d+)\.(\d+)", run(CADDY, "version"))

    assert named
    assert here
    runs, reads = ([int(figure) for figure in found.groups()] for found in (named, here))
    assert [2, 11] <= runs <= reads, "older ones answer 502 to everything while a server is away"
