"""`tryggve knowledge evaluate`: the built-in base, other methods, and pairs that are confused."""

import json
from pathlib import Path

import pytest

from bot.commands import main

CORPUS = [
    {"id": 1, "question": "När öppnar simhallen?", "wordings": ["tider simhall"], "answer": "9."},
    {"id": 2, "question": "Vad kostar ett bad?", "wordings": ["pris bad"], "answer": "50 kronor."},
]
QUERIES = [
    {"id": 1, "suite": "para", "query": "simhallens öppettider", "expected": 1},
    {"id": 2, "suite": "para", "query": "vad kostar ett bad", "expected": 1},
    {"id": 3, "suite": "oos-far", "query": "hur lång är en giraff", "expected": None},
]
EVALUATE = ["knowledge", "evaluate"]


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    for name, rows in (("corpus", CORPUS), ("queries", QUERIES)):
        lines = "\n".join(json.dumps(row) for row in rows)
        (tmp_path / f"{name}.jsonl").write_text(lines, "utf-8")
    return [
        *("--corpus", str(tmp_path / "corpus.jsonl")),
        *("--queries", str(tmp_path / "queries.jsonl")),
    ]


def test_without_files_the_built_in_base_is_measured(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*EVALUATE, "--json"]) == 0

    report = json.loads(capsys.readouterr().out)
    assert set(report["suites"]) == {
        *("plain", "short", "slips", "colleague", "hurried", "voices", "again", "no_role")
    }
    assert report["whole"]["n"] == sum(suite["n"] for suite in report["suites"].values()) >= 800


def test_outside_a_checkout_the_built_in_questions_are_missed_in_one_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("bot.commands.evaluate.QUESTIONS", tmp_path)

    assert main(EVALUATE) == 1
    complaint = capsys.readouterr().err
    assert "ange --corpus och --queries" in complaint
    assert len(complaint.splitlines()) == 1


@pytest.mark.parametrize("given", [0, 2])
def test_one_file_without_the_other_is_wrong_usage(
    capsys: pytest.CaptureFixture[str], files: list[str], given: int
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main([*EVALUATE, *files[given : given + 2]])

    assert stopped.value.code == 2
    assert f"det saknas något: {files[2 - given]}" in capsys.readouterr().err


def test_other_methods_and_confused_pairs_come_only_when_asked_for(
    capsys: pytest.CaptureFixture[str], files: list[str]
) -> None:
    assert main([*EVALUATE, *files, "--json"]) == 0
    plain = json.loads(capsys.readouterr().out)
    assert main([*EVALUATE, *files, "--json", "--baseline", "--confusions", "3"]) == 0
    more = json.loads(capsys.readouterr().out)

    assert set(more) - set(plain) == {"methods", "confusions"}
    assert list(more["methods"]) == ["tryggve", "wratio", "token_set", "bm25", "trigram"]
    assert set(more["methods"]["bm25"]) == {"n", "top1", "top3", "mrr", "ms"}
    assert more["confusions"] == [{"expected": "1", "found": "2", "times": 1}]


def test_everything_is_told_in_swedish(
    capsys: pytest.CaptureFixture[str], files: list[str]
) -> None:
    assert main([*EVALUATE, *files, "--baseline", "--confusions", "3"]) == 0

    told = capsys.readouterr().out
    assert "SQLite FTS5 trigram: rätt först" in told
    assert "1 gång: 2 i stället för 1" in told
    assert "Svarar på 0 av 1 frågor utanför basen." in told


def test_a_question_that_is_no_text_is_refused(
    capsys: pytest.CaptureFixture[str], files: list[str]
) -> None:
    Path(files[3]).write_text('{"suite": "a", "query": 5, "expected": 1}', "utf-8")

    assert main([*EVALUATE, *files]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1
