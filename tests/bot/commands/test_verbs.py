"""`tryggve knowledge check --laws`: the answers' verbs against those of a folder of acts."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.commands import main
from tests.knowledge.answers.content_folder import ContentFolder

Command = Callable[..., tuple[int, str]]
DUTY = "Kommuner ska ha en lägesbild."
SAID = "Ja, kommunen ska ha en lägesbild."


@pytest.fixture
def content(tmp_path: Path) -> ContentFolder:
    """Three answers that rest on 4 §."""
    return ContentFolder(tmp_path / "sv")


@pytest.fixture
def laws(tmp_path: Path) -> Path:
    folder = tmp_path / "laws"
    folder.mkdir()
    (folder / "sfs-2023-196.md").write_text(f"# Lag (2023:196)\n\n### 4 §\n\n{DUTY}\n", "utf-8")
    return folder


@pytest.fixture
def check(
    content: ContentFolder, laws: Path, capsys: pytest.CaptureFixture[str]
) -> Callable[[], tuple[int, str]]:
    """Checks; returns the exit code and everything said."""

    def run() -> tuple[int, str]:
        words = ["--laws", str(laws), "--content", str(content.root)]
        code = main(["knowledge", "check", *words])
        said = capsys.readouterr()
        return code, said.out + said.err

    return run


def test_what_says_what_the_law_says_is_fine(check: Command) -> None:
    code, said = check()

    assert code == 0, said
    assert "3 meningar stämmer med lagens verb (författningar: 1)." in said


def test_another_verb_is_told_with_both_sentences(content: ContentFolder, check: Command) -> None:
    content.change(SAID, SAID.replace("ska", "bör"))
    code, said = check()

    assert code != 0
    assert "maste-vi-ha-lagesbild: ”bör” stämmer inte med 2023:196 4 §." in said
    assert SAID.replace("ska", "bör") in said
    assert DUTY in said


def test_a_law_that_says_less_is_told_as_well(laws: Path, check: Command) -> None:
    act = laws / "sfs-2023-196.md"
    act.write_text(act.read_text("utf-8").replace("ska", "får"), "utf-8")

    assert check()[0] != 0


def test_what_was_reviewed_is_let_be_and_missed_when_it_is_gone(
    content: ContentFolder, check: Command
) -> None:
    weak = SAID.replace("ska", "bör")
    content.change(SAID, weak)
    content.write(
        "modality.toml",
        f'[[reviewed]]\narticle = "maste-vi-ha-lagesbild"\nsentence = "{weak}"\nreason = "Råd."\n',
    )
    assert check()[0] == 0

    content.change(weak, SAID)
    code, said = check()
    assert (code != 0, "Ta bort den" in said) == (True, True)


def test_a_folder_without_the_acts_is_no_proof(laws: Path, check: Command) -> None:
    (laws / "sfs-2023-196.md").unlink()
    code, said = check()

    assert (code != 0, "ingen lagtext" in said) == (True, True)
