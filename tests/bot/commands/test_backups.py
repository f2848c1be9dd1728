"""`tryggve backup` and `restore`: whole, for nobody else, and back again by one release."""

import asyncio
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.commands.checkout import ROOT
from knowledge.storage.database import Database
from knowledge.storage.one_sender import only_sender
from knowledge.storage.schema import HEAD
from tests.bot.commands.installation import ANNA, PREVIOUS, Installation, refused, the_only, worked
from tests.bot.commands.running import Command
from tests.support.postgres import free_port


def meets(office: Installation, name: str) -> None:
    """Somebody has written for the first time."""
    values = ", ".join(f"'{value}'" for value in ("tenant", name, name, name))
    columns = "tenant_id, object_id, teams_id, name, installed"
    office.says(f"INSERT INTO people ({columns}) VALUES ({values}, true)")  # noqa: S608


def knows(office: Installation) -> list[str]:
    return office.says("SELECT name FROM people WHERE tenant_id <> 'gone:' ORDER BY name")


def test_a_copy_is_the_whole_and_for_nobody_else(office: Installation, kept: Path) -> None:
    meets(office, "Anna")
    told = worked(office.does("backup")).stdout
    copy = the_only(kept)

    assert str(copy) in told
    assert f"schema {HEAD}" in told
    assert copy.stat().st_mode & 0o777 == 0o600
    if copy.suffix == ".db":
        assert b"Anna" in copy.read_bytes()  # it is encrypted by whoever keeps it
    meets(office, "Bo")
    worked(office.does("restore", str(copy), "--yes"))
    assert knows(office) == ["Anna"]
    meets(office, "Cilla")  # the next number is free, and so is everything else
    assert knows(office) == ["Anna", "Cilla"]


def test_back_by_one_release_and_forth_again(office: Installation, kept: Path) -> None:
    office.goes_back_to(PREVIOUS)
    before = office.tables()
    meets(office, "Anna")
    worked(office.does("backup"))
    worked(office.does("migrate"))
    meets(office, "Bo")
    assert office.tables() > before

    told = worked(office.does("restore", str(the_only(kept)), "--yes")).stdout
    assert "kör tryggve migrate" in told
    assert office.revision() == PREVIOUS
    assert office.tables() == before
    assert knows(office) == ["Anna"]

    worked(office.does("migrate"))
    assert office.revision() == HEAD
    assert knows(office) == ["Anna"]


def test_a_copy_from_a_newer_release_is_refused_and_a_newer_database_is_not(
    office: Installation, kept: Path
) -> None:
    worked(office.does("backup"))
    older = the_only(kept)
    office.says("UPDATE alembic_version SET version_num = '9999'")
    newer = kept / f"newer{older.suffix}"
    worked(office.does("backup", "--out", str(newer)))

    refused(office.does("restore", str(newer), "--yes"), "Kopian är gjord av en nyare version")
    worked(office.does("restore", str(older), "--yes"))
    assert office.revision() == HEAD


@pytest.mark.parametrize(
    "words",
    [("serve",), ("work",), ("migrate",), ("sender", "status"), ("trainings", "list"), ("doctor",)],
)
def test_a_newer_schema_is_called_newer_by_everybody(
    office: Installation, words: tuple[str, ...]
) -> None:
    office.says("UPDATE alembic_version SET version_num = '9999'")
    tenant = "7d1c5f0e-3b52-4a86-9f1d-2c6e8a40b917"
    done = office.does(
        *words, *(["--offline"] if words == ("doctor",) else []),
        TRYGGVE_APP_ID="3f0e7b52-91c4-4d38-8a6f-5be2c07d1946", TRYGGVE_APP_PASSWORD="x~påhittad",
        TRYGGVE_APP_TENANT_ID=tenant, TRYGGVE_TENANTS=f'{{"{tenant}": "0780"}}',
    )  # fmt: skip

    assert done.returncode == 1
    assert "nyare version av Tryggve" in done.stdout + done.stderr
    assert "tryggve migrate" not in done.stdout + done.stderr


def test_nothing_is_put_back_before_somebody_says_yes(office: Installation, kept: Path) -> None:
    worked(office.does("backup"))
    meets(office, "Anna")
    for answer in ("", "nej\n", "kanske ja\n"):
        done = office.does("restore", str(the_only(kept)), stdin=answer)
        refused(done, "Inget är ändrat")
        assert "ersätts" in done.stdout
    assert knows(office) == ["Anna"]

    worked(office.does("restore", str(the_only(kept)), stdin="Ja\n"))
    assert knows(office) == []


def test_a_damaged_copy_changes_nothing(office: Installation, kept: Path) -> None:
    for number in range(60):
        meets(office, f"Anna {number}")
    worked(office.does("backup"))
    whole = the_only(kept).read_bytes()
    for name, content in {
        "half": whole[: len(whole) // 2],
        "hole": whole[:9_000] + bytes(4_000) + whole[13_000:],
        "letter": b"Detta \xe4r ett brev.",
        "empty": b"",
    }.items():
        bad = kept.parent / name
        bad.write_bytes(content)
        refused(office.does("restore", str(bad), "--yes"), f"{bad} är skadad", "Välj en annan")
        bad.unlink()
    refused(office.does("restore", str(kept), "--yes"), f"{kept} är skadad")
    assert len(knows(office)) == 60


def test_so_many_are_kept_and_what_is_not_ours_is_left(office: Installation, kept: Path) -> None:
    kept.mkdir()
    ending = "db" if office.url.startswith("sqlite") else "dump"
    old = [kept / f"tryggve-2026010{day}-030000Z.{ending}" for day in (1, 2, 3)]
    others = [kept / "annat.dump", kept / f"tryggve-innan-bytet.{ending}"]
    for path in (*old, *others):
        path.touch()
    told = worked(office.does("backup", "--keep", "2")).stdout

    assert "2 äldre kopior är borttagna" in told
    assert [path.exists() for path in (*old, *others)] == [False, False, True, True, True]
    assert len(list(kept.iterdir())) == 4
    refused(office.does("backup", "--keep", "0"), "1 eller fler")
    refused(office.does("backup", "--keep", "2", "--out", "kopia.db"), "gäller en mapp")


def test_what_was_left_half_done_is_cleared_away_when_it_is_old(
    office: Installation, kept: Path
) -> None:
    """By who was killed. The young may be another's, under way."""
    kept.mkdir()
    old, young = (kept / f"tryggve-2026010{day}-030000Z.db.part" for day in (1, 2))
    for path in (old, old.with_name(old.name + "-journal"), young, kept / "eget.part"):
        path.touch()
        if path != young:
            os.utime(path, (0, 0))
    worked(office.does("backup"))

    left = {path.name for path in kept.iterdir() if ".part" in path.name}
    assert left == {young.name, "eget.part"}


def test_an_empty_database_is_no_backup(office: Installation, kept: Path) -> None:
    office.goes_back_to("base")
    office.says("DROP TABLE alembic_version")
    done = office.does("backup")

    assert done.returncode == 1
    assert not [*kept.iterdir()]


def test_without_a_place_it_asks_for_one(office: Installation) -> None:
    refused(office.does("backup", TRYGGVE_BACKUP_DIR=""), "TRYGGVE_BACKUP_DIR", "--out")


def test_nothing_is_written_over(office: Installation, tmp_path: Path) -> None:
    place = tmp_path / "en.kopia"
    worked(office.does("backup", "--out", str(place)))
    refused(office.does("backup", "--out", str(place)), "finns redan")
    if office.url.startswith("sqlite"):  # the worst of all places
        database = office.url.removeprefix("sqlite:///")
        refused(office.does("backup", "--out", database), "finns redan")


async def test_sqlite_is_not_put_back_under_who_runs(
    sqlite_url: str, tryggve: Command, kept: Path
) -> None:
    settings = {"TRYGGVE_DATABASE_URL": sqlite_url, "TRYGGVE_BACKUP_DIR": str(kept)}
    database = Database(sqlite_url)
    with only_sender(database) as alone:  # as servers and workers do
        assert alone
        worked(await asyncio.to_thread(tryggve, "backup", **settings))
        words = ("restore", str(the_only(kept)), "--yes")
        refused(await asyncio.to_thread(tryggve, *words, **settings), "igång")
    worked(await asyncio.to_thread(tryggve, *words, **settings))
    await database.close()


@pytest.mark.postgres
async def test_postgresql_is_not_put_back_under_who_runs(
    postgres_url: str, tryggve: Command, kept: Path
) -> None:
    settings = {"TRYGGVE_DATABASE_URL": postgres_url, "TRYGGVE_BACKUP_DIR": str(kept)}
    database = Database(postgres_url)
    async with database.read() as tx:
        await tx.execute(text("SELECT 1"))
    worked(await asyncio.to_thread(tryggve, "backup", **settings))
    words = ("restore", str(the_only(kept)), "--yes")
    refused(await asyncio.to_thread(tryggve, *words, **settings), "igång", "tryggve (127.0.0.1, 1)")
    await database.close()
    worked(await asyncio.to_thread(tryggve, *words, **settings))


def test_on_sqlite_there_is_one_server_and_a_restore_sees_it(
    sqlite_url: str, tryggve: Command
) -> None:
    """Also where root has made the lock's file, which we may read and not write."""
    lock = Path(f"{sqlite_url.removeprefix('sqlite:///')}.sender")
    lock.touch()
    lock.chmod(0o444)
    settings = {"TRYGGVE_DATABASE_URL": sqlite_url, "TRYGGVE_DEMO": "true"}
    with only_sender(Database(sqlite_url)) as alone:
        assert alone
        done = tryggve("serve", **settings, TRYGGVE_PORT=str(free_port()))
        refused(done, "En annan Tryggve använder redan den här SQLite-filen")


def test_a_disk_without_place_for_the_copy_is_not_the_databases(
    sqlite_url: str, kept: Path
) -> None:
    """The process may make no long file: for SQLite that is a full disk."""
    limits = "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (70_000, 70_000))"
    run = "from bot.commands import main; sys.exit(main(['backup', '--out', 'kopior']))"
    settings = {"TRYGGVE_DATABASE_URL": sqlite_url, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", f"{limits}; {run}"], capture_output=True, text=True, check=False,
        cwd=kept.parent, env=os.environ | settings,
    )  # fmt: skip

    assert done.returncode == 1
    assert done.stderr.startswith("Disken är full där kopian ska ligga (kopior).")
    assert len(done.stderr.splitlines()) == 1
    assert [*kept.iterdir()] == []


def test_a_garbled_sqlite_file_is_moved_aside(
    sqlite_url: str, tryggve: Command, kept: Path
) -> None:
    office = Installation(sqlite_url, tryggve, kept)
    meets(office, "Anna")
    worked(office.does("backup"))
    file = Path(sqlite_url.removeprefix("sqlite:///"))
    garbled = b"Detta var en databas. " * 1_000
    file.write_bytes(garbled)
    worked(office.does("restore", str(the_only(kept)), "--yes"))

    assert knows(office) == ["Anna"]
    assert file.with_name("tryggve.db.damaged").read_bytes() == garbled


def test_what_belongs_to_others_is_not_emptied(office: Installation, kept: Path) -> None:
    worked(office.does("backup"))
    office.says("ALTER TABLE alembic_version RENAME TO cats")
    refused(office.does("restore", str(the_only(kept)), "--yes"), "annat program")

    assert "people" in office.tables()


def test_what_belongs_to_others_who_use_alembic_is_not_emptied_either(
    office: Installation, kept: Path
) -> None:
    worked(office.does("backup"))
    office.says("UPDATE alembic_version SET version_num = 'ae1027a6acf'")
    refused(office.does("restore", str(the_only(kept)), "--yes"), "annat program")

    assert office.says("SELECT version_num FROM alembic_version") == ["ae1027a6acf"]


def test_the_kinds_are_not_mixed(office: Installation, kept: Path, tmp_path: Path) -> None:
    other = tmp_path / "annan.db"
    other.write_bytes(b"PGDMP rest" if office.url.startswith("sqlite") else b"SQLite format 3\0")

    refused(office.does("restore", str(other), "--yes"), "annan sorts databas")


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("version", "complaint"),
    [(None, "pg_dump saknas"), ("9.6.1", "pg_dump 9 är äldre"), ("14.2", "pg_dump 14 är äldre")],
)
def test_postgresqls_programs_must_be_there_and_know_the_server(
    postgres_url: str, tryggve: Command, kept: Path, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, version: str | None, complaint: str,
) -> None:  # fmt: skip
    (tmp_path / "bin").mkdir()
    if version:
        program = tmp_path / "bin" / "pg_dump"
        program.write_text(f"#!/bin/sh\necho 'pg_dump (PostgreSQL) {version}'\n")
        program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))

    done = Installation(postgres_url, tryggve, kept).does("backup")
    refused(done, complaint, "apt install" if version is None else "postgresql-client-")
    assert not [*kept.iterdir()]


@pytest.mark.postgres
def test_the_password_is_on_no_command_line(
    postgres_url: str, tryggve: Command, kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Programs of our own tell what they were called with, and hand on to the real ones."""
    (tmp_path / "bin").mkdir()
    told = tmp_path / "called"
    for name in ("pg_dump", "pg_restore", "psql"):
        real = shutil.which(name)
        program = tmp_path / "bin" / name
        program.write_text(f'#!/bin/sh\necho "$PGPASSWORD|$@" >> {told}\nexec {real} "$@"\n')
        program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/usr/bin:/bin")
    secret = "lös:en@påhittat"
    url = postgres_url.replace("tryggve@", "tryggve:l%C3%B6s%3Aen%40p%C3%A5hittat@")
    office = Installation(url, tryggve, kept)
    worked(office.does("backup"))
    worked(office.does("restore", str(the_only(kept)), "--yes"))

    lines = told.read_text("utf-8").splitlines()
    assert {line.partition("|")[0] for line in lines if "--version" not in line} >= {secret}
    assert not any(secret in line.partition("|")[2] for line in lines)
    assert not any("127.0.0.1" in line.partition("|")[2] for line in lines)


@pytest.mark.postgres
def test_what_cannot_be_put_back_in_full_is_not_put_back_at_all(
    postgres_url: str, tryggve: Command, kept: Path
) -> None:
    """The schema is emptied in the same transaction: a fault in the middle undoes that too."""
    office = Installation(postgres_url, tryggve, kept)
    worked(office.does("backup"))
    meets(office, "Anna")
    # Outside the tables, so it is not emptied, and in the way.
    office.says("DROP TABLE IF EXISTS tallies CASCADE")
    office.says("CREATE VIEW tallies AS SELECT 1 AS one")
    refused(office.does("restore", str(the_only(kept)), "--yes"), "psql", "Inget är ändrat")

    assert knows(office) == ["Anna"]


def meets_as_entra_names_her(office: Installation) -> None:
    meets(office, "Anna")
    office.says(
        f"UPDATE people SET tenant_id = '{ANNA[1]}', object_id = '{ANNA[3]}'"  # noqa: S608
        " WHERE name = 'Anna'"  # not whose number alone is left
    )


def test_who_was_erased_since_the_copy_is_erased_again(office: Installation, kept: Path) -> None:
    meets_as_entra_names_her(office)
    worked(office.does("backup"))
    meets(office, "Bo")
    worked(office.does("person", "erase", *ANNA, "--yes"))
    copy = str(the_only(kept))

    told = worked(office.does("restore", copy, "--yes")).stdout
    assert "1 person har raderats sedan kopian togs, och är nu raderad igen." in told
    assert knows(office) == []
    told = worked(office.does("restore", copy, "--yes")).stdout  # it is still remembered
    assert "nu raderad igen" in told
    assert knows(office) == []


def test_a_copy_of_an_older_release_says_whom_to_erase_again(
    office: Installation, kept: Path
) -> None:
    office.goes_back_to(PREVIOUS)
    meets_as_entra_names_her(office)
    worked(office.does("backup"))
    worked(office.does("migrate"))
    worked(office.does("person", "erase", *ANNA, "--yes"))

    told = worked(office.does("restore", str(the_only(kept)), "--yes")).stdout
    assert f"tryggve person erase {' '.join(ANNA)} --yes" in told
    worked(office.does("migrate"))
    worked(office.does("person", "erase", *ANNA, "--yes"))
    assert knows(office) == []


def test_who_has_come_back_before_the_copy_stays(office: Installation, kept: Path) -> None:
    meets_as_entra_names_her(office)
    worked(office.does("person", "erase", *ANNA, "--yes"))
    meets_as_entra_names_her(office)
    worked(office.does("backup"))

    told = worked(office.does("restore", str(the_only(kept)), "--yes")).stdout
    assert "raderad" not in told
    assert knows(office) == ["Anna"]


def test_who_is_held_in_the_copy_is_told_to_be_left(office: Installation, kept: Path) -> None:
    meets_as_entra_names_her(office)
    worked(office.does("retention", "hold", *ANNA, "--reason", "Tillsyn 7"))
    worked(office.does("backup"))
    worked(office.does("retention", "release", *ANNA))
    worked(office.does("person", "erase", *ANNA, "--yes"))

    told = worked(office.does("restore", str(the_only(kept)), "--yes")).stdout
    assert f"tryggve person erase {' '.join(ANNA)} --yes" in told
    assert knows(office) == ["Anna"]


def test_a_hold_that_was_set_since_the_copy_stands(office: Installation, kept: Path) -> None:
    meets_as_entra_names_her(office)
    worked(office.does("backup"))
    worked(office.does("retention", "hold", *ANNA, "--reason", "Tillsyn 7"))

    told = worked(office.does("restore", str(the_only(kept)), "--yes")).stdout
    assert "1 spärr har satts sedan kopian togs, och är nu satt igen." in told
    assert "Tillsyn 7" in worked(office.does("retention")).stdout
    refused(office.does("person", "erase", *ANNA, "--yes"), "spärr")


def test_where_the_old_database_is_lost_it_says_so(office: Installation, kept: Path) -> None:
    meets(office, "Anna")
    worked(office.does("backup"))
    if office.url.startswith("sqlite"):
        Path(office.url.removeprefix("sqlite:///")).unlink()
    else:
        for table in office.tables():
            office.says(f"DROP TABLE {table} CASCADE")
    told = worked(office.does("restore", str(the_only(kept)), "--yes")).stdout

    assert "Vilka som har raderats sedan kopian togs är därför inte känt" in told
    assert "vilka roller som har tagits bort och vilka organisationer som har stängts ute" in told
    assert knows(office) == ["Anna"]
