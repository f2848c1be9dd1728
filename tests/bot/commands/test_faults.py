"""Every command, whatever is wrong: an exit code and one line in Swedish, never a traceback."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
from argparse import ArgumentParser, _SubParsersAction
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.commands import _parser
from bot.commands.checkout import ROOT
from dialogs.conversation.texts import text
from tests.bot.commands.running import Command, Done
from tests.support.postgres import PostgresServer, free_port
from tests.support.refusing_postgres import refusing_postgres

TENANT = "7d1c5f0e-3b52-4a86-9f1d-2c6e8a40b917"
REAL = {
    "TRYGGVE_APP_ID": "3f0e7b52-91c4-4d38-8a6f-5be2c07d1946",
    "TRYGGVE_APP_PASSWORD": "8Q~påhittad",
    "TRYGGVE_APP_TENANT_ID": TENANT,
    "TRYGGVE_TENANTS": f'{{"{TENANT}": "0780"}}',
}

WHO = ("--tenant", TENANT, "--user", TENANT)
IN_THE_DATABASE = {
    "serve": (),
    "work": (),
    "sender status": ("--json",),
    "sender pause": (),
    "sender resume": (),
    "sender retry": ("--announcement", "1"),
    "trainings list": (),
    "trainings export": ("--training", "1", "--out", "deltagare.xlsx"),
    "trainings figures": ("--year", "2026", "--county", "07"),
    "knowledge laws": (),
    "knowledge gaps": (),
    "migrate": (),
    "backup": ("--out", "kopior"),
    "grant": ("--tenant", TENANT, "--user", TENANT, "--county", "07"),
    "retention purge": (),
    "retention hold": (*WHO, "--reason", "Tillsyn"),
    "retention release": WHO,
    "person show": WHO,
    "person export": (*WHO, "--out", "utdrag.json"),
    "person erase": WHO,
    "tenants list": (),
    "tenants add": ("--tenant", TENANT, "--place", "0780"),
    "tenants suspend": ("--tenant", TENANT),
    "tenants remove": ("--tenant", TENANT),
    "tenants export": ("--tenant", TENANT, "--out", "alla.json"),
    "tenants erase": ("--tenant", TENANT),
    "roles list": (),
    "audit": (),
    "doctor": ("--offline",),
}
"""What each command that opens the database is called with."""

ELSEWHERE = {
    "ask": ("vad är en lägesbild",),
    "understand": ("kurser i mars",),
    "trainings import": ("saknas.xlsx",),
    "try-teams": (),
    "package": (),
    "seed": ("--demo",),
    "restore": ("saknas.dump",),
    "run": ("--port", "0"),
    "knowledge check": (),
    "knowledge due": (),
    "knowledge try": (),
    "knowledge evaluate": ("--corpus", "saknas", "--queries", "saknas"),
}


def every_command(parser: ArgumentParser, so_far: str = "") -> Iterator[str]:
    """The names of all commands that do something."""
    inside = [one for one in parser._actions if isinstance(one, _SubParsersAction)]
    if not inside:
        yield so_far.strip()
    for name, child in (inside[0].choices if inside else {}).items():
        yield from every_command(child, f"{so_far} {name}")


def test_no_command_is_left_out() -> None:
    assert {*every_command(_parser())} == IN_THE_DATABASE.keys() | ELSEWHERE.keys()


@pytest.fixture
def put(tmp_path: Path) -> Path:
    """A folder with what an address may lead to by mistake."""
    (tmp_path / "text.db").write_text("Detta är ingen databas, bara ett brev. " * 200, "utf-8")
    (tmp_path / "a folder.db").mkdir()
    for name, made in {
        "foreign.db": "CREATE TABLE cats (name TEXT)",
        "alembic.db": "CREATE TABLE alembic_version (version_num TEXT)",
        "newer.db": "CREATE TABLE alembic_version (version_num TEXT)",
    }.items():
        file = sqlite3.connect(tmp_path / name)
        file.execute(made)
        if name == "alembic.db":
            file.execute("INSERT INTO alembic_version VALUES ('ae1027a6acf')")
        if name == "newer.db":
            file.execute("INSERT INTO alembic_version VALUES ('9999')")
        file.commit()
        file.close()
    return tmp_path


ADDRESSES = {
    "": "är tom",
    "   ": "är tom",
    "hej": "går inte att tolka",
    "sqlite:": "går inte att tolka",
    "sqlite://": "vilken fil",
    "sqlite:///:memory:": "vilken fil",
    "sqlite://var/tryggve.db": "går inte att tolka",
    "mysql://x:y@z/q": "börjar med ”mysql”",
    "oracle+oracledb://x/q": "börjar med ”oracle”",
    "postgresql://u:p@värd:port/x": "går inte att tolka",
    "postgresql:///x": "vilken värd",
    "postgresql://u:p%20w@1@127.0.0.1/x": "går inte att tolka",
    "postgres://x@127.0.0.1:1/x": "svarar inte",
    "postgresql+psycopg2://x@127.0.0.1:1/x": "svarar inte",
    "postgresql://x:p%20w@127.0.0.1:1/x?sslmode=prefer&connect_timeout=3": "svarar inte",
    "postgresql://x@127.0.0.1:1/x?sslmode=hard": "kan inte vara ”hard”",
    "postgresql://x@127.0.0.1:1/x?sslmode=verify-full&sslrootcert=/saknas.pem": "/saknas.pem",
    "postgresql://x@127.0.0.1:1/x?channel_binding=require": "”channel_binding”",
    "postgresql://x@server.invalid/x": "svarar inte",
    "sqlite:////proc/ingen/t.db": "går inte att öppna",
    "sqlite:///{put}/text.db": "är ingen databas",
    "sqlite:///{put}/text.db/t.db": "går inte att öppna",
    "sqlite:///{put}/a folder.db": "går inte att öppna",
    "sqlite:///{put}/foreign.db": "annat program",
    "sqlite:///{put}/alembic.db": "annat program",
}


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("command", IN_THE_DATABASE)
def test_an_address_that_leads_nowhere(
    tryggve: Command, put: Path, command: str, address: str
) -> None:
    url = address.replace("{put}", str(put))
    port = str(free_port())
    words = (*command.split(), *IN_THE_DATABASE[command])
    done = tryggve(*words, **REAL, TRYGGVE_PORT=port, TRYGGVE_DATABASE_URL=url)

    _is_one_line(done, ADDRESSES[address], doctor=command == "doctor")
    assert "p%20w" not in done.stderr + done.stdout


@pytest.mark.parametrize(
    ("sqlstate", "options", "complaint"),
    [
        ("28P01", "", "användaren eller lösenordet"),
        ("28000", "", "användaren eller lösenordet"),
        ("3D000", "", "finns inte på servern"),
        ("53300", "", "fler anslutningar"),
        ("57P03", "", "svarar inte"),
        ("XX000", "", "nekar"),
        ("28P01", "?sslmode=require", "krypteringen"),
        ("28P01", "?sslmode=verify-full", "krypteringen"),
        ("28P01", "?sslmode=disable", "användaren eller lösenordet"),
    ],
)
@pytest.mark.parametrize("command", ["migrate", "sender status", "doctor"])
def test_a_server_that_turns_us_away(
    tryggve: Command, command: str, sqlstate: str, options: str, complaint: str
) -> None:
    words = (*command.split(), *IN_THE_DATABASE[command])
    with refusing_postgres(sqlstate) as server:
        url = f"postgresql://tryggve:hemligt@{server}/tryggve{options}"
        done = tryggve(*words, **REAL, TRYGGVE_DATABASE_URL=url)

    _is_one_line(done, complaint, doctor=command == "doctor")
    assert "hemligt" not in done.stdout + done.stderr


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("left", "complaint"),
    [("CREATE TABLE cats (name TEXT)", "annat program"), ("", "får inte göra")],
)
async def test_a_database_of_others_and_one_without_rights(
    postgres: PostgresServer, postgres_url: str, left: str, complaint: str
) -> None:
    import asyncpg

    admin = await asyncpg.connect(postgres_url)
    await admin.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    guest = "DROP ROLE IF EXISTS gast; CREATE ROLE gast LOGIN; GRANT USAGE ON SCHEMA public TO gast"
    await admin.execute(left or guest)
    url = postgres_url if left else postgres_url.replace("tryggve@", "gast@")
    done = _run("migrate", TRYGGVE_DATABASE_URL=url)
    if not left:
        await admin.execute("DROP OWNED BY gast; DROP ROLE gast")
    await admin.close()

    _is_one_line(done, complaint)


@pytest.mark.postgres
@pytest.mark.parametrize("encoding", ["LATIN1", "SQL_ASCII"])
async def test_a_database_that_cannot_hold_every_character(
    postgres: PostgresServer, postgres_url: str, encoding: str
) -> None:
    import asyncpg

    admin = await asyncpg.connect(postgres_url)
    await admin.execute("DROP DATABASE IF EXISTS odd")
    odd = f"ENCODING '{encoding}' TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'"
    await admin.execute(f"CREATE DATABASE odd {odd}")
    done = _run("migrate", TRYGGVE_DATABASE_URL=f"{postgres_url.rpartition('/')[0]}/odd")
    await admin.execute("DROP DATABASE odd")
    await admin.close()

    _is_one_line(done, "kan inte spara alla tecken")


@pytest.mark.parametrize("command", [*ELSEWHERE, *IN_THE_DATABASE])
@pytest.mark.parametrize(
    ("name", "value", "complaint"),
    [
        ("TRYGGVE_PORT", "åtta", "TRYGGVE_PORT har ett värde"),
        ("TRYGGVE_TENANTS", "Växjö", "TRYGGVE_TENANTS har ett värde"),
        ("TRYGGVE_SECRET_EXPIRES", "i vår", "TRYGGVE_SECRET_EXPIRES har ett värde"),
    ],
)
def test_a_setting_that_cannot_be_read(
    tryggve: Command, command: str, name: str, value: str, complaint: str
) -> None:
    words = (*command.split(), *{**ELSEWHERE, **IN_THE_DATABASE}[command])
    needs_none = ("ask", "understand", "run", "knowledge check", "knowledge due", "knowledge try")
    done = tryggve(*words, **REAL | {name: value})

    if command in (*needs_none, "knowledge evaluate"):
        assert name not in done.stdout + done.stderr
        assert "Traceback" not in done.stderr
    else:
        _is_one_line(done, complaint, doctor=command == "doctor")


@pytest.mark.parametrize(
    ("name", "value", "complaint"),
    [
        ("TRYGGVE_APP_PASSWORD", "", "TRYGGVE_APP_PASSWORD saknas"),
        ("TRYGGVE_APP_TENANT_ID", "", "TRYGGVE_APP_TENANT_ID saknas"),
        ("TRYGGVE_APP_PASSWORD", "@KeyVault(x)", "hänvisning till Key Vault"),
        ("TRYGGVE_APP_PASSWORD_FILE", "/saknas", "Bara en av"),
        ("TRYGGVE_CA_FILE", "/saknas.pem", "/saknas.pem"),
        ("TRYGGVE_METRICS_TOKEN_FILE", "/saknas", "/saknas"),
        ("TRYGGVE_DATABASE_URL_FILE", "/saknas", "/saknas"),
    ],
)
@pytest.mark.parametrize("command", ["serve", "work"])
def test_what_cannot_prove_itself_does_not_start(
    tryggve: Command, sqlite_url: str, command: str, name: str, value: str, complaint: str
) -> None:
    settings = REAL | {"TRYGGVE_DATABASE_URL": sqlite_url, "TRYGGVE_PORT": str(free_port())}
    done = tryggve(command, **settings | {name: value})

    _is_one_line(done, complaint)


@pytest.mark.parametrize(
    ("name", "value", "complaint"),
    [
        ("TRYGGVE_HOST", "192.0.2.1", "har inte adressen 192.0.2.1"),
        ("TRYGGVE_HOST", "server.invalid", "har inte adressen server.invalid"),
        ("TRYGGVE_HOST", "::ffff:192.0.2.1", "har inte adressen"),
        ("TRYGGVE_PORT", "{taken}", "är upptagen, ofta av en Tryggve"),
    ],
)
def test_an_address_that_cannot_be_listened_on(
    tryggve: Command, sqlite_url: str, name: str, value: str, complaint: str
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        settings = REAL | {"TRYGGVE_DATABASE_URL": sqlite_url, "TRYGGVE_PORT": str(free_port())}
        done = tryggve("serve", **settings | {name: value.replace("{taken}", port)})

    _is_one_line(done, complaint)


@pytest.mark.parametrize(
    "proxy",
    ["http://", "socks5://127.0.0.1:1", "http://proxy:port", "http://pro xy:8080", '"proxy:8080"',
     "http://:8080", "http://[::1:8080"],
)  # fmt: skip
@pytest.mark.parametrize("command", ["serve", "work", "try-teams", "doctor"])
def test_a_proxy_that_is_none(
    tryggve: Command, sqlite_url: str, monkeypatch: pytest.MonkeyPatch, command: str, proxy: str
) -> None:
    monkeypatch.delenv("https_proxy", raising=False)
    public = {"TRYGGVE_PUBLIC_URL": "https://tryggve.vaxjo.se", "HTTPS_PROXY": proxy}
    settings = REAL | public | {"TRYGGVE_DATABASE_URL": sqlite_url}
    done = tryggve(command, **settings, TRYGGVE_PORT=str(free_port()))

    _is_one_line(done, "HTTPS_PROXY är ingen adress till en proxy", doctor=command == "doctor")


@pytest.mark.parametrize(
    ("nothing", "command"), [("", "serve"), ("{}", "serve"), (" ", "work"), ("", "doctor")]
)
def test_nobody_is_let_in_anywhere(
    tryggve: Command, sqlite_url: str, nothing: str, command: str
) -> None:
    settings = REAL | {"TRYGGVE_DATABASE_URL": sqlite_url, "TRYGGVE_TENANTS": nothing}
    done = tryggve(command, **settings, TRYGGVE_PORT=str(free_port()))

    _is_one_line(done, "Ingen organisation är insläppt", doctor=command == "doctor")


@pytest.mark.parametrize(
    "words",
    [
        ["package", "--out", "/proc/ingen"],
        ["package", "--out", "{put}/text.db"],
        ["trainings", "export", "--training", "1", "--out", "/proc/ingen/x.xlsx"],
        ["knowledge", "check", "--content", "/saknas"],
        ["knowledge", "check", "--laws", "/saknas"],
        ["knowledge", "try", "--content", "/saknas"],
        ["knowledge", "laws", "--from", "/saknas"],
        ["knowledge", "evaluate", "--corpus", "{put}/foreign.db", "--queries", "{put}/foreign.db"],
        ["knowledge", "evaluate", "--corpus", "/proc", "--queries", "/proc"],
        ["understand", "--today", "igår", "kurser"],
    ],
)
def test_files_and_folders_that_are_not_what_is_needed(
    tryggve: Command, sqlite_url: str, put: Path, words: list[str]
) -> None:
    words = [word.replace("{put}", str(put)) for word in words]
    public = {"TRYGGVE_PUBLIC_URL": "https://tryggve.kommun.example"}
    done = tryggve(*words, **REAL, **public, TRYGGVE_DATABASE_URL=sqlite_url)

    assert done.returncode in (1, 2)
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("words", [["sender", "status"], ["ask", "lägesbild"], ["migrate"]])
def test_a_machine_without_memory(sqlite_url: str, words: list[str]) -> None:
    """No thread may be made, as where memory or the number of tasks is at its limit."""
    begin = (
        "import sys, threading, _thread\n"
        'def none(*_, **__): raise RuntimeError("can\'t start new thread")\n'
        "threading._start_new_thread = _thread.start_new_thread = none\n"
        "from bot.commands import main\n"
        "sys.exit(main(sys.argv[1:]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", begin, *words], capture_output=True, text=True, check=False,
        cwd=ROOT, env=os.environ | {"TRYGGVE_DATABASE_URL": sqlite_url, "PYTHONUTF8": "1"},
    )  # fmt: skip

    assert (done.returncode, done.stderr) == (
        (0, "") if words[0] == "ask" else (1, text("system.no_memory") + "\n")
    )


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["audit", "--since", "2026-13-01"], "”2026-13-01” är inget datum"),
        (["tenants", "add", "--tenant", "", "--place", "0780"], "”” är inget id från Entra"),
        (["tenants", "add", "--tenant", TENANT, "--place", "Växjö"], "Ange kommunens kod"),
        (["trainings", "import", "{put}/a folder.db", "--county", "07"], "en mapp i stället"),
        (["trainings", "import", "{put}/saknas.csv", "--county", "07"], "finns inte"),
        (["restore", "{put}/a folder.db"], "är skadad eller inte en säkerhetskopia"),
        (["restore", "{put}/text.db"], "är skadad eller inte en säkerhetskopia"),
        (["restore", "{put}/foreign.db"], "ingen säkerhetskopia av Tryggves databas"),
        (["restore", "{put}/newer.db"], "Kopian är gjord av en nyare version"),
        (["backup", "--out", "{put}/text.db"], "finns redan, och skrivs inte över"),
        (["backup", "--out", "{put}/text.db/kopior"], "text.db"),
    ],
)
def test_what_is_typed_wrong_is_named(
    tryggve: Command, sqlite_url: str, put: Path, words: list[str], complaint: str
) -> None:
    words = [word.replace("{put}", str(put)) for word in words]
    done = tryggve(*words, **REAL, TRYGGVE_DATABASE_URL=sqlite_url)

    assert done.returncode == (2 if words[0] == "audit" else 1)
    assert complaint in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_folder_with_a_percent_sign_is_a_folder(tryggve: Command, tmp_path: Path) -> None:
    for name in ("50%", "50%20", "%s och å", "a b"):
        url = f"sqlite:///{tmp_path}/{name}/t.db"
        assert tryggve("migrate", TRYGGVE_DATABASE_URL=url).returncode == 0
        assert (tmp_path / name / "t.db").exists()
        assert tryggve("sender", "status", TRYGGVE_DATABASE_URL=url).returncode == 0


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp437", "utf-8"])
@pytest.mark.parametrize("words", [["--help"], ["ask", "hur ofta uppdateras lägesbilden"]])
def test_any_terminal_will_do(encoding: str, words: list[str]) -> None:
    done = _run(*words, PYTHONIOENCODING=encoding, decode=encoding)

    assert done.returncode == 0
    assert done.stderr == ""
    assert "\ufffd" not in done.stdout
    expected = "brottsforebyggande" if encoding == "ascii" else "brottsförebyggande"
    assert expected in done.stdout


@pytest.mark.parametrize("words", [["--help"], ["ask", "lägesbild"], ["migrate", "--fort"]])
def test_a_full_disk_under_the_output(words: list[str]) -> None:
    with Path("/dev/full").open("w") as full:
        done = _run(*words, stdout=full)

    assert done.returncode == (2 if "--fort" in words else 1)
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("words", [["--help"], ["ask", "lägesbild"], ["knowledge", "due"]])
def test_a_reader_that_is_gone(words: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as nobody:
        done = _run(*words, stdout=nobody)

    assert done.returncode in (0, 1)
    assert done.stderr == ""


def test_no_terminal_at_all() -> None:
    """As started by a service that has closed all three."""
    line = f"{sys.executable} -m bot ask - <&- >&- 2>&-"
    assert subprocess.run(["sh", "-c", line], cwd=ROOT, timeout=60, check=False).returncode == 0


def test_ctrl_c_ends_a_command_with_a_word() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "ask", "-"], cwd=ROOT, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdin
    assert process.stdout
    process.stdin.write("lägesbild\n" * 400)  # more than is read at once
    process.stdin.flush()
    process.stdout.readline()  # it is under way
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)

    assert said == "Avbrutet.\n"
    assert process.returncode == 130


def _is_one_line(done: Done, complaint: str, *, doctor: bool = False) -> None:
    """The doctor tells of it among what else it has found."""
    assert done.returncode == 1
    assert complaint in (done.stdout if doctor else done.stderr)
    assert "Traceback" not in done.stdout + done.stderr
    assert doctor or len(done.stderr.splitlines()) == 1


def _run(*words: str, stdout: object = subprocess.PIPE, decode: str = "utf-8", **env: str) -> Done:
    done = subprocess.run(
        [sys.executable, "-m", "bot", *words],
        cwd=ROOT, env=os.environ | env, stdout=stdout, stderr=subprocess.PIPE,  # type: ignore[call-overload]
        timeout=60, check=False,
    )  # fmt: skip
    printed = (done.stdout or b"").decode(decode, "replace")
    return Done(done.returncode, printed, done.stderr.decode(decode, "replace"))
