"""`tryggve retention` and `tryggve person`: what the officer asks for."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import structlog

from bot.commands import main
from bot.commands.checkout import ROOT
from dialogs.conversation.texts import text
from knowledge.directory.models import Met
from knowledge.directory.service import DirectoryService
from knowledge.premises import Premises
from knowledge.retention.periods import Kind
from knowledge.storage.database import Database
from knowledge.trainings.service import TrainingService
from tests.knowledge.trainings.test_service import TRAINING
from tests.support.traces import traces_in
from tests.support.wordings import PlainTrainings

TENANT = "11111111-2222-4333-8444-555555555555"
ANNA = "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee"
WHO = ("--tenant", TENANT, "--user", ANNA)

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(
    database_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Run]:
    """Runs `tryggve …` on the database. Exit code and what was printed."""
    for name in [name for name in os.environ if name.startswith("TRYGGVE_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("TRYGGVE_DATABASE_URL", database_url)

    def command(*words: str) -> tuple[int, str]:
        code = main([*words])
        printed = capsys.readouterr()
        return code, printed.out + printed.err

    yield command
    structlog.reset_defaults()


def test_who_asks_in_a_process_of_its_own_finds_every_table(
    sqlite_url: str, tmp_path: Path
) -> None:
    """The bot has imported all there is; a command imports what it names."""
    on(sqlite_url, signed_up=True)
    env = {"PATH": os.environ["PATH"], "TRYGGVE_DATABASE_URL": sqlite_url}
    out = tmp_path / "utdrag.json"
    for words in (["show"], ["export", "--out", str(out)], ["erase", "--yes"]):
        command = [sys.executable, "-m", "bot", "person", words[0], *WHO, *words[1:]]
        done = subprocess.run(command, env=env, cwd=ROOT, capture_output=True, check=False)
        assert (done.returncode, done.stderr) == (0, b""), words


def on(url: str, *, signed_up: bool = False) -> None:
    """Anna is known, and takes part in a training to come."""

    async def fill() -> None:
        database = Database(url)
        directory = DirectoryService(database)
        met = Met(TENANT, ANNA, "29:anna", "Anna Alm", "a:anna-chat", "https://teams")
        anna = await directory.meet(met)
        await directory.choose_municipality(anna, "0780")
        if signed_up:
            trainings = TrainingService(Premises(database), PlainTrainings())
            await trainings.sign_up(anna, await trainings.add(TRAINING))
        await database.close()

    asyncio.run(fill())


def left(url: str) -> set[str]:
    async def look() -> set[str]:
        database = Database(url)
        try:
            return await traces_in(database, "Anna Alm", ANNA, "a:anna-chat")
        finally:
            await database.close()

    return asyncio.run(look())


def test_the_table_tells_each_kind_how_long_and_why(run: Run) -> None:
    code, said = run("retention")

    assert code == 0
    for kind in Kind:
        assert text(f"own_data.what.{kind.value}") in said
        assert text(f"own_data.why.{kind.value}") in said
    assert "Inget gallringsbeslut är inställt" in said
    assert "skulle gallras" not in said


def test_the_table_tells_what_is_decided_here(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRYGGVE_RETENTION_DAYS", '{"signups": 1095}')
    monkeypatch.setenv("TRYGGVE_RETENTION_DECISION", "KS 2026/12")
    said = run("retention")[1]

    assert "Sparas 3 år efter att utbildningen är över." in said
    assert "KS 2026/12" in said


def test_the_dry_run_counts(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRYGGVE_RETENTION_DECISION", "KS 2026/12")
    code, said = run("retention", "--dry-run")

    assert code == 0
    assert said.count("0 rader skulle gallras nu.") == len(Kind)
    assert "Gallringsbeslut: KS 2026/12." in said
    assert run("retention", "purge") == (0, "0 rader gallrade.\n")


@pytest.mark.parametrize(
    "written",
    ['{"everything": 1}', '{"signups": 0}', '{"signups": -1}', '{"signups": true}',
     '{"signups": 1.5}', '{"signups": 99999999999}', '{"evaluations": 5}'],
)  # fmt: skip
def test_a_wrong_period_is_refused(run: Run, monkeypatch: pytest.MonkeyPatch, written: str) -> None:
    monkeypatch.setenv("TRYGGVE_RETENTION_DAYS", written)
    code, said = run("retention")

    assert code == 1
    assert "TRYGGVE_RETENTION_DAYS har ett värde som inte går att använda" in said


def test_who_is_held_is_not_erased(run: Run, database_url: str) -> None:
    on(database_url)
    assert run("retention", "hold", *WHO, "--reason", "Tillsyn 7")[0] == 0
    assert "Tillsyn 7" in run("retention")[1]
    code, said = run("person", "erase", *WHO, "--yes")
    assert (code, "spärrade" in said) == (1, True)

    assert run("retention", "release", *WHO)[0] == 0
    assert run("retention", "release", *WHO)[0] == 1
    assert run("person", "erase", *WHO, "--yes")[0] == 0
    assert left(database_url) == set()


def test_a_person_is_shown_exported_and_erased(run: Run, database_url: str, tmp_path: Path) -> None:
    on(database_url)
    code, said = run("person", "show", *WHO)
    assert (code, "Vem du är" in said) == (0, True)
    out = tmp_path / "utdrag.json"
    assert run("person", "export", *WHO, "--out", str(out))[0] == 0
    assert "Anna Alm" in json.dumps(json.loads(out.read_text("utf-8")), ensure_ascii=False)
    assert out.stat().st_mode & 0o777 == 0o600

    assert "Inget är raderat än" in run("person", "erase", *WHO)[1]
    assert left(database_url)
    assert run("person", "erase", *WHO, "--yes")[0] == 0
    assert left(database_url) == set()
    assert run("person", "show", *WHO)[0] == 1


def test_a_sign_up_to_come_is_told_to_stay(run: Run, database_url: str) -> None:
    on(database_url, signed_up=True)
    code, said = run("person", "erase", *WHO, "--yes")

    assert (code, "Kvar tills den är över" in said) == (0, True)
    assert left(database_url) <= {f"people.{name}" for name in ("name", "object_id",
                                                               "conversation_id")}  # fmt: skip


def test_ids_that_are_none_are_refused(run: Run) -> None:
    assert run("person", "show", "--tenant", "x", "--user", ANNA)[0] == 1


BO = "bbbbbbbb-bbbb-4ccc-8ddd-eeeeeeeeeeee"
ELSEWHERE = "99999999-2222-4333-8444-555555555555"


def test_everybody_of_an_organisation_is_handed_over_and_erased(
    run: Run, database_url: str, tmp_path: Path
) -> None:
    """When the agreement ends: the people, and whoever has a role and has never written."""
    on(database_url)

    async def others() -> None:
        database = Database(database_url)
        directory = DirectoryService(database)
        await directory.meet(Met(ELSEWHERE, BO, "29:bo", "Bo Berg", "a:bo-chat", "https://teams"))
        await directory.grant(TENANT, BO, "07")
        await database.close()

    asyncio.run(others())
    out = tmp_path / "alla.json"
    out.touch(mode=0o644)
    assert run("tenants", "export", "--tenant", TENANT, "--out", str(out))[0] == 0
    handed = json.loads(out.read_text("utf-8"))
    assert [one["user"] for one in handed] == [ANNA, BO]
    assert "Anna Alm" in str(handed)
    assert "Bo Berg" not in str(handed)
    assert out.stat().st_mode & 0o777 == 0o600

    everybody = ("tenants", "erase", "--tenant", TENANT)
    assert "2 personer är kända" in run(*everybody)[1]
    assert left(database_url)
    run("retention", "hold", "--tenant", TENANT, "--user", BO, "--reason", "Tillsyn 7")
    code, said = run(*everybody, "--yes")
    assert (code, "1 person är raderad." in said, "1 person är spärrad" in said) == (0, True, True)
    assert left(database_url) == set()
    assert run("person", "show", "--tenant", ELSEWHERE, "--user", BO)[0] == 0
    assert run("tenants", "erase", "--tenant", "77777777-2222-4333-8444-555555555555")[0] == 1
