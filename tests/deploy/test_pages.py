"""The pages for technicians say what is so."""

import re
import shlex
from urllib.parse import urlsplit

import pytest

from bot.commands import _parser
from bot.commands.node import ROOT
from bot.settings import Settings
from bot.teams.credentials import LOGIN
from bot.teams.signing_keys import METADATA_URL
from tests.deploy.files import DEPLOY, EXAMPLE, compose

PAGES = {path.name: path.read_text("utf-8") for path in sorted(DEPLOY.glob("*.md"))}

NOT_ASKED = {
    "adaptivecards.io",  # the name of a schema
    "jsonfeed.org",  # the name of a form
    "www.w3.org",  # the name of a form
    "teams.microsoft.com",  # a link that readers open themselves
    "api.botframework.com",  # the name of an issuer, and of what a proof is for
    "localhost",
    "www.openstreetmap.org",  # a link that readers open themselves
}
"""Hosts in the code that the server does not connect to."""


def table(page: str, heading: str) -> list[str]:
    """The first column under a heading."""
    section = PAGES[page].split(f"## {heading}\n", 1)[1].split("\n## ")[0]
    rows = [line for line in section.splitlines() if line.startswith("| `")]
    return [host for row in rows for host in re.findall(r"`([\w.-]+)`", row.split("|")[1])]


def hosts_in_the_code() -> set[str]:
    """Every host that stands in the packages, and those that the SDK knows for us."""
    written = {
        host
        for package in ("bot", "dialogs", "knowledge")
        for path in (ROOT / package).rglob("*.py")
        for host in re.findall(
            r"https?://([a-z0-9][a-z0-9.-]*\.[a-z]+|localhost)\b", path.read_text("utf-8")
        )
    }
    ours = {urlsplit(METADATA_URL).hostname or "", urlsplit(LOGIN).hostname or ""}
    default = set(Settings.model_fields["service_hosts"].default)
    offered = re.findall(r"https://([\w.-]+)/dokument", EXAMPLE)
    return written | ours | default | set(offered)


def test_every_host_that_is_asked_in_operation_is_in_the_list_and_no_other() -> None:
    examples = {host for host in hosts_in_the_code() if host.endswith(".example")}

    assert set(table("network.md", "Ut, i drift")) == hosts_in_the_code() - NOT_ASKED - examples


def test_where_images_come_from_is_in_the_list() -> None:
    bases = re.findall(r"^ARG PYTHON=([\w.]+)/", (DEPLOY / "Dockerfile").read_text("utf-8"), re.M)
    images = [one["image"] for one in compose()["services"].values() if "/" in one["image"]]
    told = table("network.md", "Ut, vid installation")

    assert {*bases, *(image.split("/")[0] for image in images)} <= set(told)
    assert {"pypi.org", "registry.npmjs.org"} <= set(told)


@pytest.mark.parametrize("page", PAGES)
def test_every_setting_that_a_page_names_is_one(page: str) -> None:
    named = {name.rstrip("_") for name in re.findall(r"TRYGGVE_[A-Z_]+", PAGES[page])}

    assert {name.removeprefix("TRYGGVE_").lower() for name in named} <= {
        *Settings.model_fields,
        "",
    }


@pytest.mark.parametrize("page", ["azure.md", "container.md", "network.md", "server.md"])
def test_every_command_that_a_page_names_is_one(page: str) -> None:
    """By its first word: what stands behind it is the reader's own."""
    commands = set(re.findall(r"`tryggve ([a-z-]+)[ `]", PAGES[page]))

    for command in commands:
        with pytest.raises(SystemExit) as ended:
            _parser().parse_args([command, "--help"])
        assert ended.value.code == 0


@pytest.mark.parametrize("page", PAGES)
def test_every_line_to_be_copied_is_understood(page: str) -> None:
    for line in re.findall(
        r"^ {4,}(?:.* (?:backup|tryggve) )?tryggve ([a-z].*?)(?: +#.*)?$", PAGES[page], re.M
    ):
        _parser().parse_args(shlex.split(line))


@pytest.mark.parametrize("page", PAGES)
def test_every_option_of_a_command_that_is_named_is_one(
    page: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for line in re.findall(r"`tryggve ([a-z][^`]*)`", PAGES[page]):
        named = re.match(r"[a-z-]+(?: [a-z]+)*", line)
        assert named is not None
        with pytest.raises(SystemExit) as ended:
            _parser().parse_args([*named[0].split(), "--help"])
        assert ended.value.code == 0, line
        assert {*re.findall(r"--[a-z-]+", line)} <= {
            *re.findall(r"--[a-z-]+", capsys.readouterr().out)
        }, line


@pytest.mark.parametrize("page", PAGES)
def test_every_page_and_file_that_a_page_leads_to_is_there(page: str) -> None:
    linked = re.findall(r"\]\(([\w.-]+\.md)\)", PAGES[page])
    named = re.findall(r"`((?:deploy|knowledge|proxy)/[\w./-]+)`", PAGES[page])
    made_by_the_reader = {"deploy/env", "deploy/azure/main.bicepparam"}

    assert [one for one in linked if not (DEPLOY / one).exists()] == []
    places = [one.removeprefix("deploy/") for one in named if one not in made_by_the_reader]
    assert [
        one for one in places if not (DEPLOY / one).exists() and not (ROOT / one).exists()
    ] == []


def test_every_report_that_is_cited_has_an_address() -> None:
    body, sources = PAGES["azure.md"].split("## Källor\n")
    cited = {int(number) for number in re.findall(r"\[(\d)\](?!\()", body)}
    numbered = {int(number) for number in re.findall(r"^(\d)\. ", sources, re.MULTILINE)}

    assert cited <= numbered
    assert all("https://" in line for line in re.findall(r"^\d\. .+$", sources, re.MULTILINE))
