"""A "ska" of the law that an answer calls "bör" is found, and what says the same is let be."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from knowledge.answers.models import Article
from knowledge.answers.sections import written
from knowledge.laws.modality import Compared, Reviewed, compare, read_reviewed
from knowledge.laws.statute import parse
from tests.knowledge.answers.test_library import article

ACT = """# Lag (2031:17) om parkbänkar

### 1 §

Kommuner ska måla sina bänkar varje år.

### 2 §

Kommuner får sätta upp fler bänkar.

### 3 §

Kommuner ska verka för att bänkarna är torra.

### 4 §

Målaren ska särskilt

1. borsta bänken, och

2. välja färg.

### 5 §

Målningen ska i den utsträckning som det är lämpligt ske i maj.

### 6 §

Kommunen bör fråga de som sitter.
"""
STATUTE = parse(ACT, date(2031, 5, 1))
PAINT, MORE, DRY, BRUSH, MAY, ASK = range(1, 7)


def answer(said: str, *sections: int) -> Article:
    named = [written(f"2031:17 {number}") for number in sections]
    rests_on = tuple(one for one in named if one)
    return replace(article("bank", "Hur är det med bänkarna?"), answer=said, rests_on=rests_on)


def held(said: str, *sections: int, reviewed: tuple[Reviewed, ...] = ()) -> Compared:
    return compare([answer(said, *sections)], [STATUTE], reviewed)


@pytest.mark.parametrize(
    ("said", "section", "verb"),
    [
        ("Kommunen bör måla varje år (1 §).", PAINT, "bör"),
        ("Kommunen får måla varje år (1 §).", PAINT, "får"),
        ("Ni kan måla dem varje år.", PAINT, "får"),
        ("Kommunen ska sätta upp fler (2 §).", MORE, "ska"),
        ("Ni måste sätta upp fler (2 §).", MORE, "ska"),
        ("Kommunen ska hålla bänkarna torra (3 §).", DRY, "verka för"),
        ("Målaren ska göra två saker (4 §).", BRUSH, "särskilt"),
        ("Målningen ska ske i maj (5 §).", MAY, "i den utsträckning"),
        ("Kommunen ska fråga (6 §).", ASK, "ska"),
        ("Ja, ni ska måla, men ni bör göra det i tid (1 §).", PAINT, "bör"),
    ],
)
def test_another_verb_than_that_of_the_law_is_found(said: str, section: int, verb: str) -> None:
    found = held(said, section)

    assert [(one.verb, one.said, str(one.section)) for one in found.wrong] == [
        (verb, said, f"2031:17 {section}")
    ]
    assert found.wrong[0].statute in ACT.replace("\n\n", "\n")


@pytest.mark.parametrize(
    ("said", "section"),
    [
        ("Kommunen ska måla varje år (1 §).", PAINT),
        ("Ni måste måla dem varje år (1 §).", PAINT),
        ("Kommunen får sätta upp fler (2 §).", MORE),
        ("Ni kan sätta upp fler (2 §).", MORE),
        ("Kommunen ska verka för torra bänkar (3 §).", DRY),
        ("Målaren ska särskilt göra två saker (4 §).", BRUSH),
        ("Minst två saker ska målaren göra (4 §).", BRUSH),
        ("Målningen ska ske i maj när det är lämpligt (5 §).", MAY),
        ("Kommunen bör fråga (6 §).", ASK),
        ("Bänken är grön (1 §).", PAINT),
    ],
)
def test_what_says_the_same_is_let_be(said: str, section: int) -> None:
    found = held(said, section)

    assert (found.sentences, found.wrong) == (1, ())


def test_each_sentence_is_held_against_the_section_it_cites() -> None:
    found = held("Kommunen ska måla (1 §). Den ska sätta upp fler (2 §).", PAINT, MORE)

    assert found.sentences == 2
    assert [one.said for one in found.wrong] == ["Den ska sätta upp fler (2 §)."]


def test_what_cites_no_section_that_is_known_is_held_against_nothing() -> None:
    assert held("Ni bör måla. Ni bör det (9 §).", PAINT, MORE).sentences == 0
    assert compare([answer("Ni bör måla (1 §).", PAINT)], [], []).sentences == 0


def test_what_was_reviewed_is_let_be_until_it_is_gone() -> None:
    known = (Reviewed("bank", "Kommunen bör måla (1 §).", "ett råd"),)

    assert held("Kommunen bör måla (1 §).", PAINT, reviewed=known).wrong == ()
    assert held("Kommunen ska måla (1 §).", PAINT, reviewed=known).stale == known


def test_without_a_reason_nothing_is_reviewed(tmp_path: Path) -> None:
    entry = '[[reviewed]]\narticle = "a"\nsentence = "b"\nreason = "{0}"\n'
    (tmp_path / "modality.toml").write_text(entry.format("c") + entry.format(" "), "utf-8")

    assert read_reviewed(tmp_path) == [Reviewed("a", "b", "c")]
