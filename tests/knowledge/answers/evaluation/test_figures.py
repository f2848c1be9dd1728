"""Measuring, and fitting what the decision goes by."""

import json
import tomllib
from dataclasses import asdict, astuple
from pathlib import Path

import numpy as np
import pytest

from bot.commands.checkout import QUESTIONS
from knowledge.answers.data import read
from knowledge.answers.evaluation.baselines import MOST_ASKED, baselines, sample
from knowledge.answers.evaluation.figures import Confusion, Figures, ask_all, confusions, figures
from knowledge.answers.evaluation.fit import DIRECT_PRECISION, STRANGERS_REFUSED, fit, written
from knowledge.answers.evaluation.newton import choice, logistic
from knowledge.answers.evaluation.samples import FOLDS, labelled, practice
from knowledge.answers.evaluation.suites import Asked, read_corpus, read_queries, read_questions
from knowledge.answers.search.decide import Model, shipped
from knowledge.answers.search.engine import SearchEngine

SUBJECTS = ("biblioteket", "simhallen", "parkeringen", "skolmaten", "snöröjningen", "soporna")


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Entries whose ids are numbers, as some corpora have them."""
    rows = [
        {
            "id": number,
            "question": f"När öppnar {subject}?",
            "wordings": [
                f"öppettider för {subject}",
                f"{subject} tider",
                f"har {subject} öppet nu",
            ],
            "answer": f"Se sidan om {subject}.",
        }
        for number, subject in enumerate(SUBJECTS)
    ]
    return _lines(tmp_path / "corpus.jsonl", rows)


@pytest.fixture
def queries(tmp_path: Path) -> Path:
    inside = [
        {"id": f"q{number}", "suite": "own", "query": f"när öppnar {subject}", "expected": number}
        for number, subject in enumerate(SUBJECTS)
    ]
    wrong = {"id": "w", "suite": "wrong", "query": "när öppnar simhallen", "expected": 0}
    outside = {"id": "o", "suite": "oos", "query": "xylofonkonsert zebra", "expected": None}
    return _lines(tmp_path / "queries.jsonl", [*inside, wrong, outside])


def _lines(path: Path, rows: list[dict[str, object]]) -> Path:
    path.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    return path


def measured(corpus: Path, queries: Path) -> Figures:
    return figures(ask_all(SearchEngine(read_corpus(corpus)).rank, read_queries(queries)))


def test_the_figures_count_what_was_found(corpus: Path, queries: Path) -> None:
    found = measured(corpus, queries)
    assert astuple(found.suites["own"]) == (len(SUBJECTS), 1.0, 1.0, 1.0)
    assert found.suites["wrong"].top1 == 0.0
    assert found.outside_refused_at_5 == 1.0
    assert "oos" not in found.suites


def test_a_wrong_direct_answer_costs_precision(corpus: Path, queries: Path) -> None:
    found = measured(corpus, queries)
    assert found.direct_share == pytest.approx(7 / 8)
    assert found.direct_precision == pytest.approx(6 / 7, abs=1e-3)


def test_the_figures_have_the_promised_shape(corpus: Path, queries: Path) -> None:
    shape = asdict(measured(corpus, queries))
    assert set(shape) == {
        "suites",
        "whole",
        "direct_share",
        "direct_precision",
        "outside_refused_at_5",
        "cpu_ms",
    }
    assert set(shape["suites"]["own"]) == {"n", "top1", "top3", "mrr"}
    assert set(shape["cpu_ms"]) == {"p50", "p95"}


def test_nothing_to_ask_gives_zeros(corpus: Path, tmp_path: Path) -> None:
    found = measured(corpus, _lines(tmp_path / "none.jsonl", []))
    assert (found.suites, found.direct_share, found.outside_refused_at_5) == ({}, 0.0, 0.0)


def test_pairs_that_are_taken_for_each_other_are_counted(corpus: Path, queries: Path) -> None:
    answered = ask_all(SearchEngine(read_corpus(corpus)).rank, read_queries(queries))
    assert confusions(answered, 5) == [Confusion("0", "1", 1)]
    assert confusions(answered, 0) == []


def test_every_other_method_is_measured_on_the_same_questions(corpus: Path, queries: Path) -> None:
    asked = sample(read_queries(queries))
    methods = baselines(read_corpus(corpus), asked)
    assert [one.method for one in methods] == ["wratio", "token_set", "bm25", "trigram"]
    assert {one.found.n for one in methods} == {len(SUBJECTS) + 1}
    assert all(one.found.top1 == pytest.approx(6 / 7, abs=1e-3) for one in methods[1:])


@pytest.mark.parametrize("question", ["", "?", '"', "OR", 'a" OR "b', "åäö 😀"])
def test_odd_questions_harm_no_method(corpus: Path, question: str) -> None:
    methods = baselines(read_corpus(corpus), [Asked("odd", question, "0")])
    assert all(one.found.n == 1 for one in methods)


def test_a_large_set_is_sampled_evenly_and_from_inside_alone() -> None:
    every = [Asked("s", str(number), "0" if number % 2 else None) for number in range(5000)]
    drawn = sample(every)
    assert len(drawn) <= MOST_ASKED
    assert all(one.expected for one in drawn)
    assert int(drawn[-1].question) > 4990


def test_the_questions_to_our_own_base_are_read() -> None:
    asked = read_questions(QUESTIONS)
    inside, outside = (
        {one.suite for one in asked if (one.expected is None) is wanted} for wanted in (False, True)
    )
    kinds = {"plain", "short", "slips", "colleague", "hurried", "voices", "again", "no_role"}
    assert inside == kinds
    assert outside == {"near", "far", "citizen", "elsewhere", "voices_aside", "again_aside"}


def test_choice_learns_which_measure_tells() -> None:
    draw = np.random.default_rng(1)
    options = draw.normal(size=(200, 5, 2))
    weights = choice(options, options[:, :, 0].argmax(axis=1), ridge=1.0)
    assert weights[0] > 5 * abs(weights[1])


def test_choice_ignores_options_that_are_not_there() -> None:
    options = np.array([[[1.0], [0.0], [np.nan]], [[0.0], [1.0], [np.nan]]])
    assert choice(options, np.array([0, 1]), ridge=0.1)[0] > 1


def test_logistic_finds_the_turning_point() -> None:
    signs = np.linspace(0, 10, 201)[:, None]
    constant, weight = logistic(signs, (signs[:, 0] > 7).astype(float), ridge=0.01)
    assert -constant / weight == pytest.approx(7, abs=0.2)


def test_a_fitted_model_is_the_same_when_read_back(corpus: Path, queries: Path) -> None:
    entries = read_corpus(corpus)
    samples = labelled(entries, read_queries(queries)) + practice(entries, ["vem är kung"] * FOLDS)
    model, promised = fit(samples)
    again = Model.of(tomllib.loads(written(model, promised, "here")))
    assert again.rank == pytest.approx(model.rank, abs=1e-4)
    assert again.right == pytest.approx(model.right, abs=1e-4)


def test_questions_about_one_entry_share_a_fold(corpus: Path, queries: Path) -> None:
    samples = labelled(read_corpus(corpus), read_queries(queries))
    folds: dict[int, set[int]] = {}
    for one in samples:
        if one.right >= 0:
            folds.setdefault(int(one.found.entries[one.right]), set()).add(one.fold)
    assert all(len(each) == 1 for each in folds.values())


def test_the_shipped_model_never_counts_likeness_against_a_candidate() -> None:
    assert (shipped().rank >= 0).all()


def test_the_shipped_thresholds_kept_their_promise_on_held_out_folds() -> None:
    promised = read("search/decision")["promised"]
    assert promised["suites_direct_precision"] >= DIRECT_PRECISION - 0.001
    assert promised["suites_direct_share"] >= 0.45
    assert promised["practice_outside_refused"] >= STRANGERS_REFUSED - 0.01
