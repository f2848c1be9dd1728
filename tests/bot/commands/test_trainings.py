"""`tryggve trainings`: the list, and who takes part as a file."""

import asyncio
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import structlog

from bot.commands import main
from knowledge.directory.models import Met
from knowledge.directory.service import DirectoryService
from knowledge.premises import Premises
from knowledge.storage.database import Database
from knowledge.trainings.models import TrainingStatus
from knowledge.trainings.service import TrainingService
from tests.knowledge.trainings.test_service import TRAINING
from tests.support.sheets import Sheet
from tests.support.wordings import PlainTrainings

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(
    database_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Run]:
    """Runs `tryggve trainings …` on the database. Exit code and what was printed."""
    for name in [name for name in os.environ if name.startswith("TRYGGVE_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("TRYGGVE_DATABASE_URL", database_url)

    def command(*words: str) -> tuple[int, str]:
        code = main(["trainings", *words])
        printed = capsys.readouterr()
        return code, printed.out + printed.err

    yield command
    structlog.reset_defaults()


@pytest.fixture
def full(database_url: str) -> None:
    """A training with one seat, and a draft beside it; two people want to go."""

    async def work() -> None:
        database = Database(database_url)
        trainings = TrainingService(Premises(database), PlainTrainings())
        training = await trainings.add(replace(TRAINING, seats=1))
        await trainings.add(replace(TRAINING, title="Utkast", status=TrainingStatus.DRAFT))
        for name in ("=1+1", "Bo Ek"):
            met = Met("t", name, f"29:{name}", name)
            await trainings.sign_up(await DirectoryService(database).meet(met), training)
        await database.close()

    asyncio.run(work())


@pytest.mark.usefixtures("full")
def test_the_list_tells_seats_and_the_line(run: Run) -> None:
    code, said = run("list")

    assert code == 0
    assert "1  Lägesbild i praktiken" in said
    assert "Kronobergs län · öppen · 1 av 1 platser, 1 i kö" in said
    assert "Utkast" not in said


@pytest.mark.usefixtures("full")
def test_who_takes_part_is_written_to_a_file(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "deltagare.xlsx"
    code, said = run("export", "--training", "1", "--out", str(out))

    assert (code, "2 personer skrivna" in said) == (0, True)
    assert out.stat().st_mode & 0o777 == 0o600
    rows = Sheet(out.read_bytes()).rows()
    assert [(row["A"], row["D"]) for row in rows[1:]] == [
        ("=1+1", "Har en plats"),
        ("Bo Ek", "Står i kö"),
    ]


@pytest.mark.usefixtures("full")
@pytest.mark.parametrize("number", ["2", "99"])
def test_what_is_not_there_is_told(run: Run, tmp_path: Path, number: str) -> None:
    out = tmp_path / "deltagare.xlsx"
    code, said = run("export", "--training", number, "--out", str(out))

    assert (code, f"Utbildning {number} finns inte" in said) == (1, True)
    assert not out.exists()


@pytest.mark.usefixtures("full")
def test_a_folder_that_is_not_there_is_told(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "nowhere" / "deltagare.xlsx"
    code, said = run("export", "--training", "1", "--out", str(out))

    assert (code, "Det går inte att skriva till" in said) == (1, True)
