"""What the data-protection officer reads is so: every sentence names the tests that hold it."""

import json
import re
import tomllib
from collections.abc import Iterator
from functools import cache

import pytest

from bot.commands import _parser
from bot.commands.node import ROOT
from knowledge.retention.register import register
from knowledge.storage.database import metadata
from tests.deploy.files import DEPLOY
from tests.deploy.privacy_tables import between, tables
from tests.deploy.test_pages import table as hosts_under

PAPERS = {
    name: (DEPLOY / f"{name}.md").read_text("utf-8")
    for name in (
        "integritet", "personuppgiftsbitradesavtal", "konsekvensbedomning", "tillganglighet",
    )
}  # fmt: skip
PAGE = PAPERS["integritet"]

MARK = re.compile(r"<!-- (t: [a-z0-9_, ]+|r(?: \[\d+\])?|ni) -->")
ANSWERED = {
    "13.1 a, b": "Vem som ansvarar",
    "13.1 c": "Ändamål och rättslig grund",
    "13.1 e": "Vem som får se uppgifterna",
    "13.1 f": "Biträden och tredje land",
    "13.2 a": "Vilka uppgifter, hur länge",
    "13.2 b–d, f": "Den registrerades rättigheter",
    "14": "Information till de registrerade",
    "28": "Biträden och tredje land",
    "28.3 g": "När en organisation lämnar",
    "30": "Register över behandlingen (artikel 30)",
    "32": "Säkerhet (artikel 32)",
    "33, 34": "Incidenter",
    "35": "Konsekvensbedömning (artikel 35)",
}
LAW = re.compile(r"artikel|artiklarna|\(20\d\d:|\(19\d\d:|\[\d+\]|bedömning", re.IGNORECASE)


@cache
def names_of_tests() -> frozenset[str]:
    sources = (path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    return frozenset(name for source in sources for name in re.findall(r"def (test_\w+)\(", source))


def blocks(page: str) -> Iterator[str]:
    """Paragraphs, points of lists and rows of tables, each with what marks it.

    A row is marked itself or by the head of its table. Headings, sources and the tables that the
    program writes are left out.
    """
    for name in tables():
        page = between(name).sub("", page)
    page = re.sub(r"## Källor\n.*?(?=\n\n[^\d])", "", page, flags=re.DOTALL)
    for part in re.split(r"\n\s*\n", page):
        lines = [line for line in part.splitlines() if not line.startswith(("#", "<!-- "))]
        if lines and lines[0].startswith("|"):
            marked = "".join(hit[0] for hit in MARK.finditer(lines[0]))
            yield from (f"{row} {marked}" for row in lines[2:])
        else:
            yield from filter(None, re.split(r"\n(?=- |\d+\. )", "\n".join(lines)))


def sentences(said: str) -> list[str]:
    """ "Det raderas. Se *Loggar*." is two."""
    return [one for one in re.split(r"(?<=[.!?”])\s+(?=[A-ZÅÄÖ`*”])", said.strip(" |")) if one]


def unheld(block: str) -> list[str]:
    """What of a block no mark holds: each mark of tests holds one sentence in each cell, those of
    law and of the organisation's own what stands before them."""
    *pieces, last = MARK.split(block)
    held = zip(pieces[::2], pieces[1::2], strict=True)
    many = [
        cell
        for piece, mark in held
        for cell in re.split(r"\s\|\s", piece)
        if (mark.startswith("t:") and len(sentences(cell)) > 1)
        or (mark == "ni" and "*Ni:*" not in piece and "*ni*" not in piece)
    ]
    return many + sentences(last)


def marks(block: str) -> list[str]:
    return [hit[1] for hit in MARK.finditer(block)]


def named(page: str) -> set[str]:
    return {
        name
        for mark in MARK.findall(page)
        if mark.startswith("t: ")
        for name in mark.removeprefix("t: ").split(", ")
    }


@pytest.mark.parametrize("paper", PAPERS)
def test_every_paragraph_says_what_holds_it(paper: str) -> None:
    unmarked = [one for one in blocks(PAPERS[paper]) if not marks(one)]

    assert unmarked == []


def test_every_sentence_says_what_holds_it() -> None:
    assert [one for block in blocks(PAGE) for one in unheld(block)] == []


@pytest.mark.parametrize("paper", PAPERS)
def test_every_test_that_is_named_exists(paper: str) -> None:
    assert named(PAPERS[paper]) - names_of_tests() == set()
    assert named(PAPERS[paper])


def test_a_mark_that_is_missing_or_wrong_is_noticed() -> None:
    page = "## Rubrik\n\nEtt stycke.\n\n| a | b |\n|---|---|\n| c | d | <!-- ni -->\n| e | f |\n"

    assert [one.strip() for one in blocks(page) if not marks(one)] == ["Ett stycke.", "| e | f |"]
    assert unheld("Ett. Två. <!-- t: test_one --> Tre.") == ["Ett. Två. ", "Tre."]
    assert unheld("| a | Ett. <!-- t: test_one --> Två | <!-- t: test_two --> |") == []
    assert unheld("Jag sparar inget. <!-- ni -->") == ["Jag sparar inget. "]
    assert named("x <!-- t: test_that_is_not, test_nor_this -->") - names_of_tests() == {
        "test_that_is_not", "test_nor_this",
    }  # fmt: skip


@pytest.mark.parametrize("paper", PAPERS)
def test_what_is_judged_names_the_law_or_a_source(paper: str) -> None:
    judged = [one for one in blocks(PAPERS[paper]) if "r" in marks(one)]

    if paper == "integritet":
        assert [one for one in judged if not LAW.search(one) and not one.startswith("|")] == []
    assert "Utkast – ska granskas av jurist" in PAPERS[paper]


def test_every_source_that_is_cited_is_in_the_list() -> None:
    body, sources = PAGE.split("## Källor\n")
    listed = re.findall(r"^(\d+)\. .*https://", sources, re.MULTILINE)

    for paper in PAPERS.values():
        cited = set(re.findall(r"\[(\d+)\](?!\()", paper.split("## Källor\n")[0]))
        assert cited <= set(listed)
    assert body.count("[") > len(listed)


@pytest.mark.parametrize("article", ANSWERED)
def test_what_an_article_wants_has_its_heading(article: str) -> None:
    assert f"## {ANSWERED[article]}\n" in PAGE


@pytest.mark.parametrize("letter", "abcdefgh")
def test_the_agreement_has_every_letter_of_article_28(letter: str) -> None:
    assert f"\n### {letter}) " in PAPERS["personuppgiftsbitradesavtal"]


@pytest.mark.parametrize("letter", "abcd")
def test_the_assessment_has_every_letter_of_article_35(letter: str) -> None:
    assert f"artikel 35.7 {letter}" in PAPERS["konsekvensbedomning"]


def test_the_periods_are_those_that_are_carried_out() -> None:
    """Written anew with `python -m tests.deploy.privacy_tables`."""
    (written,) = between("frister").findall(PAGE)

    assert written.strip() == tables()["frister"]


def test_the_columns_are_those_of_the_database() -> None:
    (written,) = between("kolumner").findall(PAGE)

    assert written.strip() == tables()["kolumner"]
    for entry in register().values():
        assert all(f"`{column}`" in written for column in entry.about_people)


def test_the_hosts_are_those_of_the_network_page() -> None:
    section = PAGE.split("### Vart uppgifter går\n", 1)[1].split("\n## ")[0]
    rows = [line.split("|")[1] for line in section.splitlines() if line.startswith("| `")]

    assert set(re.findall(r"`([\w.-]+)`", "".join(rows))) == set(
        hosts_under("network.md", "Ut, i drift")
    )


@pytest.mark.parametrize("paper", PAPERS)
def test_every_command_that_a_paper_names_is_one(
    paper: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for command in set(re.findall(r"`tryggve ([a-z -]+?)(?: --[a-z-]+)?`", PAPERS[paper])):
        with pytest.raises(SystemExit) as ended:
            _parser().parse_args([*command.split(), "--help"])
        assert ended.value.code == 0, command
        assert f"tryggve {command}" in capsys.readouterr().out


def test_no_column_is_for_personal_numbers() -> None:
    columns = {column.name for table in metadata.tables.values() for column in table.c}

    assert not [one for one in columns if re.search(r"personal_number|ssn|pnr|birth|age$", one)]


def test_the_corpus_is_as_large_as_told() -> None:
    folder = ROOT / "tests/knowledge/privacy"
    corpus, others = (
        tomllib.loads((folder / f"{name}.toml").read_text("utf-8")) for name in ("corpus", "others")
    )
    somebody, nobody = (
        len(corpus[kind]) + len(others[kind]) for kind in ("about_somebody", "about_nobody")
    )

    assert f"{somebody:,} meningar om någon".replace(",", " ") in PAGE
    assert f"Av dem om ingen är {nobody:,} skrivna".replace(",", " ") in PAGE


def test_the_app_asks_for_nothing_in_graph() -> None:
    manifest = json.loads((DEPLOY / "teams" / "manifest.template.json").read_text("utf-8"))

    assert "webApplicationInfo" not in manifest
    assert "authorization" not in manifest
    assert manifest["permissions"] == ["identity", "messageTeamMembers"]


def test_the_cache_holds_what_is_reckoned_from_the_articles() -> None:
    """Nothing but the model's vectors of our own articles is given the folder."""
    users = [
        line.strip()
        for package in ("bot", "dialogs", "knowledge")
        for path in (ROOT / package).rglob("*.py")
        for line in path.read_text("utf-8").splitlines()
        if "settings.cache_dir" in line
    ]

    assert len(users) == 1
    assert "LiveLibrary(shipped_content(), kept_model(" in users[0]
