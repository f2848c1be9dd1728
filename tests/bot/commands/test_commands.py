"""The command line: Swedish help, exit codes that scripts can use, errors with the cure."""

import json
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine

from bot.commands.checkout import ROOT
from tests.bot.commands.running import Command
from tests.support.postgres import free_port

CORPUS = [
    {"id": 1, "question": "När öppnar simhallen?", "wordings": ["tider simhall"], "answer": "9."},
    {"id": 2, "question": "Vad kostar ett bad?", "wordings": ["pris bad"], "answer": "50 kronor."},
]
QUERIES = [
    {"id": 1, "suite": "para", "query": "simhallens öppettider", "expected": 1},
    {"id": 2, "suite": "oos-far", "query": "hur lång är en giraff", "expected": None},
]
TENANT = "11111111-2222-4333-8444-555555555555"


def test_the_command_is_installed_and_speaks_utf_8() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot", "--help"],
        cwd=ROOT, capture_output=True, check=True, timeout=60,
    )  # fmt: skip
    assert "kommunernas brottsförebyggande arbete" in done.stdout.decode()


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["serve"],
        ["work"],
        ["sender"],
        ["sender", "status"],
        ["sender", "pause"],
        ["sender", "resume"],
        ["sender", "retry"],
        ["run"],
        ["ask"],
        ["knowledge"],
        ["knowledge", "check"],
        ["knowledge", "evaluate"],
        ["migrate"],
        ["seed"],
        ["grant"],
        ["package"],
        ["doctor"],
    ],
)
def test_every_command_explains_itself_in_swedish(tryggve: Command, words: list[str]) -> None:
    done = tryggve(*words, "--help")

    assert done.returncode == 0
    assert done.stdout.startswith("användning: tryggve")
    assert "visa den här hjälpen" in done.stdout
    assert "usage" not in done.stdout


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        ([], "det saknas något: kommando"),
        (["dansa"], "”dansa” finns inte bland valen"),
        (["sender", "retry"], "det saknas något: --announcement"),
        (["serve", "--port", "tre"], "”tre” är inget giltigt tal"),
        (["migrate", "--fort"], "okänt: --fort"),
        (["grant", "--tenant", "x"], "det saknas något: --user, --county"),
    ],
)
def test_wrong_usage_is_two_and_one_swedish_line(
    tryggve: Command, words: list[str], complaint: str
) -> None:
    done = tryggve(*words)

    assert done.returncode == 2
    assert complaint in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_ask_answers_in_the_terminal(tryggve: Command) -> None:
    done = tryggve("ask", "hur ofta ska lägesbilden uppdateras")

    assert done.returncode == 0
    assert "Minst vartannat år" in done.stdout


def test_ask_answers_line_by_line_in_order(tryggve: Command) -> None:
    lines = "hur ofta ska lägesbilden uppdateras\n\nhur lagar jag pannkakor\n"
    done = tryggve("ask", "-", "--json", stdin=lines)

    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["outcome"] for answer in answers] == ["answer", "unknown", "unknown"]
    best = answers[0]["hits"][0]
    assert best["id"] == "hur-ofta-uppdateras-lagesbilden"
    assert set(best) == {"id", "title", "score", "text", "sources"}
    assert all(len(answer["hits"]) <= 3 for answer in answers)


def test_ask_asks_back_who_asks(tryggve: Command) -> None:
    said = tryggve("ask", "får jag berätta för polisen").stdout
    assert "Arbetar du i socialtjänsten, skolan eller någon annanstans?" in said
    assert "- Socialtjänsten" in said

    answer = json.loads(tryggve("ask", "får jag berätta för polisen", "--json").stdout)
    assert (answer["outcome"], answer["asks"][:12]) == ("choices", "Arbetar du i")


def test_evaluate_measures_any_corpus(tryggve: Command, tmp_path: Path) -> None:
    corpus, queries = tmp_path / "corpus.jsonl", tmp_path / "queries.jsonl"
    corpus.write_text("\n".join(json.dumps(row) for row in CORPUS), "utf-8")
    queries.write_text("\n".join(json.dumps(row) for row in QUERIES), "utf-8")
    where = ["--corpus", str(corpus), "--queries", str(queries)]
    report = json.loads(tryggve("knowledge", "evaluate", *where, "--json").stdout)

    assert report["suites"]["para"] == {"n": 1, "top1": 1.0, "top3": 1.0, "mrr": 1.0}
    assert set(report["cpu_ms"]) == {"p50", "p95"}
    assert {"direct_share", "direct_precision", "outside_refused_at_5"} <= set(report)
    assert "rätt först 1,000" in tryggve("knowledge", "evaluate", *where).stdout


@pytest.mark.parametrize("content", ["inte json", '{"id": 1}', "[1]"])
def test_evaluate_refuses_a_file_of_another_form(
    tryggve: Command, tmp_path: Path, content: str
) -> None:
    broken = tmp_path / "x.jsonl"
    broken.write_text(content, "utf-8")
    done = tryggve("knowledge", "evaluate", "--corpus", str(broken), "--queries", str(broken))
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1

    missing = str(tmp_path / "saknas")
    done = tryggve("knowledge", "evaluate", "--corpus", missing, "--queries", missing)
    assert done.returncode == 1


def test_a_new_installation_step_by_step(tryggve: Command, tmp_path: Path) -> None:
    database = {"TRYGGVE_DATABASE_URL": f"sqlite:///{tmp_path}/t.db"}
    grant = ["grant", "--tenant", TENANT, "--user", TENANT, "--county", "07"]

    assert "Kör tryggve migrate först" in tryggve(*grant, **database).stderr
    assert tryggve("migrate", **database).returncode == 0
    assert tryggve("migrate", **database).returncode == 0
    assert "samordnare för Kronobergs län" in tryggve(*grant, **database).stdout
    national = [*grant[:-1], "00"]
    assert "samordnare för hela landet" in tryggve(*national, **database).stdout
    assert tryggve(*national, "--revoke", **database).returncode == 0
    assert tryggve(*grant, "--revoke", **database).returncode == 0
    assert tryggve(*grant, "--revoke", **database).returncode == 1
    assert "inget län med koden 99" in tryggve(*grant[:-1], "99", **database).stderr
    assert "inget id från Entra" in tryggve("grant", "--tenant", "x", *grant[3:], **database).stderr
    assert tryggve("seed", **database).returncode == 1
    assert "exempelutbildningar" in tryggve("seed", "--demo", **database).stdout
    done = tryggve("doctor", "--demo", "--offline", **database)
    assert done.returncode == 0, done.stdout
    assert "1 samordnare" in done.stdout


REAL = {
    "TRYGGVE_APP_ID": "3f0e7b52-91c4-4d38-8a6f-5be2c07d1946",
    "TRYGGVE_APP_PASSWORD": "8Q~påhittad",
    "TRYGGVE_APP_TENANT_ID": TENANT,
    "TRYGGVE_TENANTS": f'{{"{TENANT}": "07"}}',
}


@pytest.mark.parametrize(
    ("expires", "found", "code"),
    [
        ("", "obs  TRYGGVE_SECRET_EXPIRES saknas", 0),
        ("2027-06-01", "ok   Botens hemlighet gäller till och med 1 juni 2027", 0),
        ("2027-03-01", "obs  Botens hemlighet går ut 1 mars 2027", 0),
        ("2027-01-31", "FEL  Botens hemlighet gick ut 31 januari 2027", 1),
    ],
)
def test_doctor_tells_when_the_secret_expires(
    tryggve: Command, sqlite_url: str, expires: str, found: str, code: int
) -> None:
    settings = {**REAL, "TRYGGVE_DATABASE_URL": sqlite_url, "TRYGGVE_SECRET_EXPIRES": expires}
    with time_machine.travel(datetime(2027, 2, 1, 12, tzinfo=UTC), tick=False):
        done = tryggve("doctor", "--offline", **settings)

    assert found in done.stdout
    assert done.returncode == code


@pytest.mark.parametrize(
    ("words", "settings", "complaint"),
    [
        (["work"], {}, "TRYGGVE_APP_ID saknas"),
        (["serve"], {}, "TRYGGVE_APP_ID saknas"),
        (["serve", "--demo", "--host", "0.0.0.0"], {}, "demoläget har ingen inloggning"),  # noqa: S104
        (["serve", "--demo"], {"TRYGGVE_APP_ID": "x"}, "demoläget har ingen inloggning"),
        (["serve", "--demo"], {"TRYGGVE_PORT": "abc"}, "TRYGGVE_PORT har ett värde"),
        (["serve"], {"TRYGGVE_TENANTS": "inte json"}, "TRYGGVE_TENANTS har ett värde"),
        (["seed", "--demo"], {"TRYGGVE_APP_ID": "x", "TRYGGVE_TENANTS": '{"t": "07"}'},
         "en riktig installation"),
        (["serve", "--demo"], {"TRYGGVE_DATABASE_URL": "postgresql://x@127.0.0.1:1/x"},
         "Databasen svarar inte"),
        (["doctor", "--offline"], {"TRYGGVE_DATABASE_URL": "postgresql://x@127.0.0.1:1/x"}, "FEL"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_one_swedish_line_with_the_cure(
    tryggve: Command, words: list[str], settings: dict[str, str], complaint: str
) -> None:
    done = tryggve(*words, **{"TRYGGVE_PORT": str(free_port()), **settings})

    assert done.returncode == 1
    assert complaint in done.stderr + done.stdout
    assert "Traceback" not in done.stderr


def test_a_reader_who_has_seen_enough_ends_a_command_without_a_word() -> None:
    asking = [sys.executable, "-m", "bot", "ask", "-"]
    process = subprocess.Popen(
        asking, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdin
    assert process.stdout
    assert process.stderr
    process.stdin.write("vad är en lägesbild\n".encode() * 400)
    process.stdout.readline()
    process.stdout.close()
    process.stdin.close()

    assert process.wait(60) == 0
    assert process.stderr.read() == b""
    process.stderr.close()


@pytest.mark.parametrize(
    ("fault", "complaint"),
    [("gone", "finns inte"), ("read-only", "går bara att läsa"), ("locked", "håller databasfilen")],
)
def test_doctor_finds_a_database_that_takes_nothing(
    tryggve: Command, sqlite_url: str, fault: str, complaint: str
) -> None:
    file = Path(sqlite_url.removeprefix("sqlite:///"))
    other = sqlite3.connect(file, isolation_level=None)
    if fault == "gone":
        file.unlink()
    elif fault == "read-only":
        file.chmod(0o444)
    else:
        other.execute("BEGIN IMMEDIATE")
    done = tryggve("doctor", "--demo", "--offline", TRYGGVE_DATABASE_URL=sqlite_url)
    other.close()

    assert done.returncode == 1
    assert complaint in done.stdout
    assert file.exists() is (fault != "gone")  # an empty one would look like a new installation
