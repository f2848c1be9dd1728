"""`tryggve trainings import` and `export`: a list in, and the same list out."""

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import structlog

from bot.commands import main
from tests.support.lists import HEADINGS, excel, separated

Run = Callable[..., tuple[int, str]]
DAY = f"{datetime.now(UTC) + timedelta(days=60):%Y-%m-%d}"
GOOD = [("Lägesbild i praktiken", DAY, "9–12", "Växjö", "20"), ("EST", DAY, "13–16", "Alvesta", 30)]


@pytest.fixture
def run(
    database_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Run]:
    """Runs `tryggve trainings …` on the database. Exit code and what was printed."""
    for name in [name for name in os.environ if name.startswith("TRYGGVE_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("TRYGGVE_DATABASE_URL", database_url)
    monkeypatch.setenv("TRYGGVE_DEMO", "true")

    def command(*words: str) -> tuple[int, str]:
        code = main(["trainings", *words])
        printed = capsys.readouterr()
        return code, printed.out + printed.err

    yield command
    structlog.reset_defaults()


def kept(folder: Path, content: bytes) -> str:
    file = folder / "lista"
    file.write_bytes(content)
    return str(file)


@pytest.mark.parametrize("form", [excel, separated])
def test_a_list_is_tried_first_and_then_taken_in(
    run: Run, tmp_path: Path, form: Callable[..., bytes]
) -> None:
    file = kept(tmp_path, form(HEADINGS, *GOOD))
    code, said = run("import", file, "--county", "07")

    assert (code, "2 nya utbildningar" in said, "provkörning" in said) == (0, True, True)
    assert "Ingen utbildning" in run("list")[1]
    code, said = run("import", file, "--county", "07", "--apply", "--publish")
    assert (code, "2 nya utbildningar är publicerade" in said) == (0, True)
    assert "Kronobergs län · öppen · 0 av 30 platser" in run("list")[1]


def test_what_is_exported_is_known_again(run: Run, tmp_path: Path) -> None:
    run("import", kept(tmp_path, excel(HEADINGS, *GOOD)), "--county", "07", "--apply")
    out = tmp_path / "ut.xlsx"
    assert "2 utbildningar skrivna" in run("export", "--out", str(out))[1]

    code, said = run("import", str(out), "--apply")

    assert (code, "2 oförändrade utbildningar" in said) == (0, True)
    assert "säger inget nytt" in said


def test_one_bad_row_and_nothing_is_kept(run: Run, tmp_path: Path) -> None:
    bad = ("En till", "2020-01-01", "9–12", "Växjö", 0)
    code, said = run(
        "import", kept(tmp_path, excel(HEADINGS, *GOOD, bad)), "--county", "07", "--apply"
    )

    assert code == 1
    assert "Rad 4, kolumnen ”Datum”" in said
    assert "Rad 4, kolumnen ”Antal platser”" in said
    assert "Inget är importerat" in said
    run("export", "--out", str(tmp_path / "ut.xlsx"))
    assert "Ingen utbildning" in run("list")[1]


def test_meetings_of_a_series_belong_together(run: Run, tmp_path: Path) -> None:
    rows = [(*one, "vår", "") for one in GOOD] + [
        ("Fyra träffar", DAY, "9–12", "Växjö", 20, "", f"{DAY} 13–16")
    ]
    headings = (*HEADINGS, "Serie", "Fler träffar")
    code, _ = run("import", kept(tmp_path, excel(headings, *rows)), "--county", "07", "--apply")
    out = tmp_path / "ut.xlsx"
    run("export", "--out", str(out))

    assert code == 0
    assert "3 oförändrade" in run("import", str(out))[1]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--county", "99"], "Länet 99 finns inte"),
        ([], "Skriv länets namn"),
    ],
)
def test_whose_trainings_they_are_must_be_told(
    run: Run, tmp_path: Path, words: list[str], told: str
) -> None:
    code, said = run("import", kept(tmp_path, excel(HEADINGS, *GOOD)), *words)

    assert (code, told in said) == (1, True)


def test_what_is_no_list_is_told(run: Run, tmp_path: Path) -> None:
    assert "finns inte" in run("import", str(tmp_path / "finns-inte.xlsx"))[1]
    assert "inga rubriker" in run("import", kept(tmp_path, b"hej\n"))[1]
