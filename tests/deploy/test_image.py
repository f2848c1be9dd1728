"""The container's recipe: bases to the last figure, not root, and what it needs is let in."""

import re

from tests.deploy.files import DEPLOY

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
