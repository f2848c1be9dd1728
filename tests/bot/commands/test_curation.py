"""The editors' commands: what to review, what is missing, and trying a question."""

import asyncio
import io
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import structlog
import time_machine

from bot.commands import main
from knowledge.delivery.tallies import Counts
from knowledge.questions.models import Verdict, WhyOpen
from knowledge.questions.service import QuestionService
from knowledge.storage.database import Database
from tests.knowledge.answers.content_folder import copy_topics
from tests.support.town import library

ARTICLE = "hur-ofta-uppdateras-lagesbilden"
QUESTION = "nytt intervall drönarbild"
Command = Callable[..., tuple[int, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Command]:
    """Runs `tryggve knowledge …`; returns the exit code and everything printed."""

    def command(*words: str, stdin: str = "") -> tuple[int, str]:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
        try:
            code = main(["knowledge", *words])
        except SystemExit as stop:
            code = int(stop.code or 0)
        printed = capsys.readouterr()
        return code, printed.out + printed.err

    yield command
    structlog.reset_defaults()


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return copy_topics(tmp_path / "sv", "lagesbild", "atgardsplan")


@pytest.fixture
def regression(tmp_path: Path) -> Path:
    """Two test questions: one that the wording of these tests helps, one that it must not touch."""
    folder = tmp_path / "regression"
    folder.mkdir()
    (folder / "inside.toml").write_text(f'[{ARTICLE}]\nshort = ["intervall för drönarbild"]\n')
    (folder / "outside.toml").write_text('far = ["hur lagar jag pannkakor"]\n')
    return folder


def test_nothing_is_due_on_the_day_it_was_checked(run: Command) -> None:
    with time_machine.travel(datetime(2026, 11, 22, tzinfo=UTC), tick=False):
        code, said = run("due")

    assert code == 0
    assert said.startswith("Förfallna: 0.")


def test_what_has_passed_is_named_and_fails(run: Command) -> None:
    with time_machine.travel(datetime(2030, 1, 1, tzinfo=UTC), tick=False):
        code, said = run("due")

    assert code == 1
    assert ARTICLE in said
    assert "FÖRFALLEN" in said


def test_what_will_pass_is_listed_without_failing(run: Command) -> None:
    with time_machine.travel(datetime(2026, 11, 22, tzinfo=UTC), tick=False):
        code, said = run("due", "--within", "400")

    assert code == 0
    assert ARTICLE in said
    assert run("due", "--within", "-1")[0] == 1


async def _fill(url: str) -> None:
    database = Database(url)
    questions = QuestionService(database, Counts(database))
    for county in ("07", "07", "12"):
        await questions.leave_open("vad kostar en drönare", WhyOpen.UNANSWERED, county)
    await questions.leave_open("vad kostar drönare då", WhyOpen.UNCHOSEN, "07")
    await questions.leave_open("", WhyOpen.PRIVATE, "07")
    await questions.give_verdict(ARTICLE, date(2026, 11, 21), Verdict.HELPED)
    await database.close()


async def test_gaps_and_verdicts_are_printed(
    run: Command, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _fill(sqlite_url)
    monkeypatch.setenv("TRYGGVE_DATABASE_URL", sqlite_url)
    code, said = await asyncio.to_thread(run, "gaps")

    assert code == 0
    assert "4 gånger: vad kostar en drönare" in said
    assert "också: vad kostar drönare då" in said
    assert "Kronobergs län och Skåne län" in said
    assert "1 fråga gällde en enskild person" in said
    assert "Hur ofta ska lägesbilden uppdateras? (granskad 21 november 2026): 1 fick hjälp" in said


def test_a_question_shows_what_matched_and_why(run: Command) -> None:
    code, said = run("try", stdin="hur ofta ska vi updatera lägesbiden\nq\n")

    assert code == 0
    assert "1. 100 %  Hur ofta ska lägesbilden uppdateras? – närmaste formulering:" in said


def test_a_wording_is_added_after_its_effect_was_shown(
    run: Command, content: Path, regression: Path
) -> None:
    at = ("--content", str(content), "--regression", str(regression))
    typed = f"hur ofta uppdatera lägesbild {QUESTION}\na 1\nj\n"
    code, said = run("try", *at, stdin=typed)

    assert code == 0
    assert "Sparad i" in said
    assert QUESTION in (content / "lagesbild" / f"{ARTICLE}.md").read_text("utf-8")


@pytest.mark.parametrize("answer", ["n", "", "kanske"])
def test_nothing_is_saved_without_a_yes(
    run: Command, content: Path, regression: Path, answer: str
) -> None:
    before = (content / "lagesbild" / f"{ARTICLE}.md").read_bytes()
    at = ("--content", str(content), "--regression", str(regression))
    _, said = run("try", *at, stdin=f"hur ofta uppdatera lägesbild {QUESTION}\na 1\n{answer}\n")

    assert "Inte sparad." in said
    assert (content / "lagesbild" / f"{ARTICLE}.md").read_bytes() == before


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("a 1\n", "Det finns ingen träff med det numret"),
        ("hur ofta uppdatera lägesbilden\na 9\n", "Det finns ingen träff med det numret"),
        ("hur ofta uppdatera lägesbild 850101-1236\na 1\n", "innehåller personuppgifter"),
        ("Måste kommunen ha en åtgärdsplan?\na 2\n", "Filen är oförändrad"),
    ],
)
def test_what_cannot_be_added_is_said(run: Command, content: Path, typed: str, answer: str) -> None:
    code, said = run("try", "--content", str(content), stdin=typed)

    assert code == 0
    assert answer in said
    assert "Spara?" not in said


def test_a_word_of_the_glossary_is_no_article(run: Command) -> None:
    found = (library().ask(term.name) for term in library().base.terms)
    term = next(
        one.matches[0] for one in found if one.matches and library().term(one.matches[0].id)
    )
    _, said = run("try", stdin=f"{term.title}\na 1\n")

    assert f"{term.title} är ett ord i ordlistan" in said


def test_a_change_for_the_worse_is_shown(run: Command, content: Path, tmp_path: Path) -> None:
    """The question from outside becomes a wording, so it would be answered from now on."""
    question = "hur lagar jag pannkakor"
    (tmp_path / "outside.toml").write_text(f'far = ["{question}"]\n')
    at = ("--content", str(content), "--regression", str(tmp_path))
    _, said = run("try", *at, stdin=f"{question}\na 1\nn\n")

    assert "ändrar 1 testfråga." in said
    assert f"{question}: inget svar, som det ska → svar fast frågan är utanför" in said


def test_a_broken_file_is_named_and_nothing_begins(run: Command, content: Path) -> None:
    (content / "lagesbild" / f"{ARTICLE}.md").write_text("ingen inledning")
    code, said = run("try", "--content", str(content), stdin="q\n")

    assert code == 1
    assert f"lagesbild/{ARTICLE}.md" in said
