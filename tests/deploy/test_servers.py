"""Units, nginx and Caddy, read by the programs that they are for."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.commands import _parser
from bot.commands.node import ROOT
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
    analyse = program("systemd-analyze")
    moment = re.search(r"^OnCalendar=(.+)$", unit("tryggve-backup.timer"), re.MULTILINE)

    assert moment
    assert "Next elapse" in run(analyse, "calendar", moment[1])


@pytest.mark.parametrize("name", UNITS)
def test_systemd_finds_a_unit_well_shut_in(name: str, tmp_path: Path) -> None:
    analyse = program("systemd-analyze")
    copy = tmp_path / name.replace("@.", "@1.")
    copy.write_text(unit(name), "utf-8")

    run(analyse, "security", "--offline=true", "--threshold=20", copy)


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
