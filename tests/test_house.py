"""The house keeps its measures, and what is written about it is true."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.app import Tryggve
from bot.settings import Settings
from knowledge.announcements.eyes import WHO_SEES

ROOT = Path(__file__).resolve().parents[1]
LONGEST_FILE, LONGEST_FUNCTION, MOST_FILES = 300, 45, 25


def modules() -> Iterator[Path]:
    """Every file of the packages; a migration is written once and then left alone."""
    for package in ("bot", "dialogs", "knowledge"):
        for path in (ROOT / package).rglob("*.py"):
            if "migrations" not in path.parts:
                yield path.relative_to(ROOT)


def test_no_file_is_too_long_to_be_one_idea() -> None:
    long = {str(path): len((ROOT / path).read_text("utf-8").splitlines()) for path in modules()}

    assert {path: lines for path, lines in long.items() if lines > LONGEST_FILE} == {}


def test_no_folder_is_a_drawer() -> None:
    folders = Counter(str(path.parent) for path in modules())

    assert {folder: files for folder, files in folders.items() if files > MOST_FILES} == {}


def test_no_function_is_too_long_to_be_read_at_once() -> None:
    long = [
        f"{path}:{node.name}"
        for path in modules()
        for node in ast.walk(ast.parse((ROOT / path).read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION
    ]

    assert long == []


def rows_of(document: str, heading: str) -> list[list[str]]:
    """The cells of the table under a heading, without the table's own head."""
    section = (ROOT / document).read_text("utf-8").split(f"## {heading}\n", 1)[1].split("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")][2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


@pytest.fixture
async def tryggve(sqlite_url: str) -> Tryggve:
    """One that is not in the demo, where nothing is left out."""
    settings = Settings(
        app_id="app", app_password="secret", app_tenant_id="tenant",
        tenants={"tenant": "0780"}, database_url=sqlite_url, laws_url="https://laws.example",
    )  # type: ignore[arg-type]  # fmt: skip
    return Tryggve(settings)


async def test_everything_that_happens_by_itself_is_in_the_table(tryggve: Tryggve) -> None:
    told = {row[0].strip("`") for row in rows_of("CONTRIBUTING.md", "What happens by itself")}
    await tryggve.close()

    assert told == {*tryggve.background.chores, *tryggve.clockwork.kinds, "sender", "clockwork"}


async def test_the_table_tells_how_often(tryggve: Tryggve) -> None:
    told = {
        row[0].strip("`"): row[2] for row in rows_of("CONTRIBUTING.md", "What happens by itself")
    }
    await tryggve.close()

    for chore in tryggve.background.chores.values():
        number, unit = re.match(r"every (\d+) (s|min|h)\b", told[chore.name]).groups()  # type: ignore[union-attr]
        assert float(number) * {"s": 1, "min": 60, "h": 3600}[unit] == chore.every, chore.name


def test_the_table_of_who_must_see_it_is_the_codes() -> None:
    rows = rows_of("CONTRIBUTING.md", "Who must see it before it reaches anybody")

    told = {row[0].strip("`"): (row[2], row[3]) for row in rows}
    assert told == {
        act.value: (below.value, above.value) for act, (below, above) in WHO_SEES.items()
    }


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md", "knowledge/README.md"])
def test_every_place_that_a_document_names_is_there(document: str) -> None:
    named = re.findall(
        r"`((?:bot|dialogs|knowledge|tests|deploy)/[\w./-]*)`", (ROOT / document).read_text("utf-8")
    )

    assert named
    assert [place for place in named if not (ROOT / place).exists()] == []
