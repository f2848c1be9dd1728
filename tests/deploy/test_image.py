"""The container's recipe: bases to the last figure, not root, and what it needs is let in."""

import asyncio
import json
import re
import sys
from asyncio.subprocess import DEVNULL

import pytest
from aiohttp import web

from tests.deploy.files import DEPLOY
from tests.support.tls_site import https_site

RECIPE = (DEPLOY / "Dockerfile").read_text("utf-8")
LET_IN = [
    line.removeprefix("!")
    for line in (DEPLOY / "Dockerfile.dockerignore").read_text("utf-8").splitlines()
    if line.startswith("!")
]


def test_the_base_is_named_to_the_last_figure() -> None:
    base = re.search(r"^ARG PYTHON=(\S+)$", RECIPE, re.MULTILINE)

    assert base
    assert re.search(r":\d+\.\d+\.\d+-slim-\w+$|@sha256:[0-9a-f]{64}$", base[1])
    assert set(re.findall(r"^FROM (\S+)", RECIPE, re.MULTILINE)) == {
        "${PYTHON}", "base", "tryggve",
    }  # fmt: skip
    assert RECIPE.rstrip().endswith("FROM tryggve")  # without the tools of the backup


def test_it_does_not_run_as_root() -> None:
    for stage in RECIPE.split("\nFROM ")[3:]:
        users = re.findall(r"^USER (.+)$", stage, re.MULTILINE)
        assert users[-1:] in ([], ["10001:10001"])
    assert RECIPE.count("USER 10001:10001") == 2


@pytest.mark.parametrize(("path", "code"), [("/healthz", 0), ("/borta", 1)])
async def test_its_health_is_asked_for_past_every_proxy(path: str, code: int) -> None:
    """Whoever sets HTTP_PROXY for the way out would have the proxy asked about this machine."""
    alive = [web.get(path, _answer)]
    async with https_site(alive, None) as port:
        asks = json.loads(re.findall(r"^    CMD (\[.+\])$", RECIPE, re.MULTILINE)[0])
        words = [word.replace(":3978/", f":{port}/") for word in asks[1:]]
        done = await asyncio.create_subprocess_exec(
            sys.executable, *words, env={"HTTP_PROXY": "http://127.0.0.1:1"}, stderr=DEVNULL
        )

        assert await done.wait() == code


async def _answer(_request: web.Request) -> web.Response:
    return web.json_response({"alive": True})


def test_the_tools_of_the_backup_are_as_new_as_the_database() -> None:
    server = re.search(r"/postgres:(\d+)\.", (DEPLOY / "compose.yaml").read_text("utf-8"))

    assert server
    assert re.findall(r"postgresql-client-(\d+)", RECIPE) == [server[1]]


def test_an_organisations_own_issuer_can_be_brought() -> None:
    assert "ARG CORPORATE_CA" in RECIPE
    assert "PIP_CERT=/etc/ssl/certs/ca-certificates.crt" in RECIPE
    assert "SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt" in RECIPE


def test_what_is_copied_is_let_in_and_nothing_else() -> None:
    copied = {
        source
        for words in re.findall(r"^COPY (?!--)(.+) \S+$", RECIPE, re.MULTILINE)
        for source in words.split()
    }

    assert copied == set(LET_IN)
    assert all((DEPLOY.parent / source).exists() for source in copied)
