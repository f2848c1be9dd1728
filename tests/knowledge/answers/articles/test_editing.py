"""A wording is added to an article's file, or the file is left exactly as it was."""

from pathlib import Path

import pytest

from knowledge.answers.articles.editing import WordingRefused, add_wording
from knowledge.answers.articles.loader import load
from tests.knowledge.answers.content_folder import copy_topics

ID = "hur-ofta-uppdateras-lagesbilden"
FILE = f"lagesbild/{ID}.md"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copy_topics(tmp_path / "sv", "lagesbild", "atgardsplan")


def written(folder: Path) -> str:
    return (folder / FILE).read_bytes().decode()


def rewrite(folder: Path, old: str, new: str) -> None:
    text = written(folder)
    assert old in text
    (folder / FILE).write_bytes(text.replace(old, new).encode())


@pytest.mark.parametrize(
    "wording", ["när ska den göras om", 'vad är "ny" \\ gammal', "ny] # [bild"]
)
def test_a_wording_is_added_last_and_nothing_else_changes(folder: Path, wording: str) -> None:
    before = written(folder)
    edit = add_wording(folder, ID, f"  {wording} ")
    assert written(folder) == before

    edit.save()
    [article] = [one for one in load(folder).articles if one.id == ID]
    assert article.wordings[-1] == wording
    added = [line for line in written(folder).splitlines() if line not in before.splitlines()]
    assert len(added) == 1
    assert len(written(folder).splitlines()) == len(before.splitlines()) + 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            '  "som förvaltningschef vill jag planera in när nästa lägesbild ska tas fram",\n]',
            '  "uppdateringskrav för lägesbilden"]',
        ),
        (
            '  "som förvaltningschef vill jag planera in när nästa lägesbild ska tas fram",\n]',
            '  "krav, till exempel]" # kommentar\n]',
        ),
        (
            '  "som förvaltningschef vill jag planera in när nästa lägesbild ska tas fram",\n]',
            "  'krav', # \"sist]\"\n]",
        ),
        ("\n", "\r\n"),
    ],
)
def test_other_ways_of_writing_the_list_are_understood(folder: Path, old: str, new: str) -> None:
    rewrite(folder, old, new)
    add_wording(folder, ID, "när ska den göras om").save()

    [article] = [one for one in load(folder).articles if one.id == ID]
    assert article.wordings[-1] == "när ska den göras om"
    assert ("\r\n" in new) == ("\r\n" in written(folder))


def test_a_wording_of_another_article_is_refused(folder: Path) -> None:
    before = written(folder)
    with pytest.raises(WordingRefused) as refused:
        add_wording(folder, ID, "Måste kommunen ha en åtgärdsplan?")

    assert refused.value.problems
    assert written(folder) == before


def test_a_file_that_changed_meanwhile_is_not_overwritten(folder: Path) -> None:
    edit = add_wording(folder, ID, "när ska den göras om")
    rewrite(folder, "Minst vartannat år", "Minst varje år")
    with pytest.raises(WordingRefused):
        edit.save()

    assert "Minst varje år" in written(folder)


def test_an_unknown_article_is_refused(folder: Path) -> None:
    with pytest.raises(WordingRefused):
        add_wording(folder, "finns-inte", "när ska den göras om")
