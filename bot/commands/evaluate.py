"""`tryggve knowledge evaluate`: how often the right answer is found, in figures."""

import argparse
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from bot.commands.checkout import QUESTIONS
from bot.terminal import Refusal, say
from dialogs.conversation.texts import text
from knowledge.answers.articles.loader import load, shipped_content
from knowledge.answers.evaluation import scale
from knowledge.answers.evaluation.baselines import Measured, baselines, measured, sample
from knowledge.answers.evaluation.figures import (
    Answered,
    Confusion,
    Suite,
    ask_all,
    confusions,
    figures,
    mean,
)
from knowledge.answers.evaluation.scale import Speed
from knowledge.answers.evaluation.suites import Asked, read_corpus, read_queries, read_questions
from knowledge.answers.library import Library, entry_of
from knowledge.answers.models import Outcome
from knowledge.answers.search.engine import Ranked, SearchEngine
from knowledge.answers.search.index import Entry
from knowledge.answers.search.kept_vectors import kept_model
from knowledge.answers.search.meaning import Encoder


@dataclass(frozen=True, slots=True)
class Exam:
    """What is measured: a base, the way to ask it, and questions with known answers."""

    entries: Sequence[Entry]
    rank: Callable[[str], Ranked]
    asked: Sequence[Asked]


def measure(chosen: argparse.Namespace) -> int:
    """Print how well the engine does on a corpus or, without one, on the built-in base.

    Refuses files of another form.
    """
    encoder = _encoder() if chosen.embeddings else None
    try:
        ours = chosen.corpus is chosen.queries is None
        exam = _built_in(encoder) if ours else _given(chosen, encoder)
        answered = ask_all(exam.rank, exam.asked)
    except (KeyError, TypeError, ValueError):
        raise Refusal("commands.bad_line") from None
    pairs = confusions(answered, chosen.confusions) if chosen.confusions > 0 else None
    methods = _compared(exam) if chosen.baseline else []
    speeds = _speeds(exam) if chosen.scale else []
    if chosen.json:
        say(_as_json(answered, methods, pairs, speeds))
        return 0
    lines = (_figures(answered), _methods(methods), _told_speeds(speeds), _pairs(pairs))
    for line in chain.from_iterable(lines):
        say(line)
    return 0


def _encoder() -> Encoder:
    encoder = kept_model(Path("var/cache"))
    if encoder is None:
        raise Refusal("commands.evaluation_no_model")
    return encoder


def _built_in(encoder: Encoder | None) -> Exam:
    asked = read_questions(QUESTIONS)
    if not asked:
        raise Refusal("commands.evaluation_no_questions")
    library = Library(load(shipped_content()), encoder)
    return Exam([entry_of(one) for one in library.base.articles], library.rank, asked)


def _given(chosen: argparse.Namespace, encoder: Encoder | None) -> Exam:
    """The corpus and the questions named."""
    files = {"--corpus": chosen.corpus, "--queries": chosen.queries}
    absent = [name for name, path in files.items() if path is None]
    if absent:
        chosen.complain(f"arguments are required: {', '.join(absent)}")
    for path in files.values():
        if not path.is_file():
            raise Refusal("commands.no_file", path=path)
    entries = read_corpus(chosen.corpus)
    return Exam(entries, SearchEngine(entries, encoder=encoder).rank, read_queries(chosen.queries))


def _compared(exam: Exam) -> list[Measured]:
    """The engine and the other methods on the same questions."""
    asked = sample(exam.asked)
    own = measured("tryggve", lambda question: exam.rank(question).ids, asked)
    return [own, *baselines(exam.entries, asked)]


def _as_json(
    answered: Sequence[Answered],
    methods: Sequence[Measured],
    pairs: Sequence[Confusion] | None,
    speeds: Sequence[Speed],
) -> str:
    """The figures, with more keys only when more was asked for."""
    whole: dict[str, Any] = asdict(figures(answered))
    if methods:
        whole["methods"] = {one.method: asdict(one.found) | {"ms": one.ms} for one in methods}
    if pairs is not None:
        whole["confusions"] = [asdict(one) for one in pairs]
    if speeds:
        whole["speeds"] = [asdict(one) for one in speeds]
    return json.dumps(whole, indent=2, ensure_ascii=False)


def _figures(answered: Sequence[Answered]) -> Iterator[str]:
    found = figures(answered)
    for name, suite in sorted(found.suites.items()):
        yield text("commands.evaluation_suite", name=name, n=suite.n, **_found(suite))
    whole = found.whole
    yield text("commands.evaluation_whole", n=whole.n, **_found(whole))
    share, precision = _percent(found.direct_share), _percent(found.direct_precision)
    yield text("commands.evaluation_direct", share=share, precision=precision)
    yield _wrong(answered)
    yield _refused(answered)
    yield text("commands.evaluation_outside", refused=_percent(found.outside_refused_at_5))
    p50, p95 = (_number(found.cpu_ms[name], 1) for name in ("p50", "p95"))
    yield text("commands.evaluation_cpu", p50=p50, p95=p95)


def _wrong(answered: Sequence[Answered]) -> str:
    """Wrong and confident, which is what costs trust."""
    direct = [one for one in answered if one.ranked.outcome is Outcome.ANSWER]
    wrong = sum(one.rank != 1 for one in direct)
    return text(
        "commands.evaluation_wrong",
        wrong=_percent(wrong / max(len(answered), 1)),
        answered=sum(one.asked.expected is None for one in direct),
        outside=sum(one.asked.expected is None for one in answered),
    )


def _refused(answered: Sequence[Answered]) -> str:
    """Who is sent to the coordinator as the engine is set: strangers, and some who are not."""
    refused = {
        outside: mean(
            one.ranked.outcome is Outcome.UNKNOWN
            for one in answered
            if (one.asked.expected is None) is outside
        )
        for outside in (True, False)
    }
    outside, inside = _percent(refused[True]), _percent(refused[False])
    return text("commands.evaluation_refused", outside=outside, inside=inside)


def _methods(methods: Sequence[Measured]) -> Iterator[str]:
    if methods:
        yield text("commands.evaluation_compared", n=methods[0].found.n)
    for one in methods:
        name, ms = text(f"commands.method_{one.method}"), _number(one.ms, 2)
        yield text("commands.evaluation_method", method=name, ms=ms, **_found(one.found))


def _speeds(exam: Exam) -> list[Speed]:
    """The engine on a small and a large base made of this one, by letters alone."""
    asked = [one.question for one in exam.asked]
    return [scale.measure(exam.entries, asked, wordings) for wordings in scale.SIZES]


def _told_speeds(speeds: Sequence[Speed]) -> Iterator[str]:
    for one in speeds:
        figures = {
            "build": one.build,
            "p50": one.engine[0],
            "p95": one.engine[1],
            "fuzzy": one.fuzzy[1],
            "times": one.fuzzy[1] / one.engine[1],
        }
        told = {name: _number(value, 1) for name, value in figures.items()}
        yield text("commands.evaluation_speed", wordings=one.wordings, **told)


def _pairs(pairs: Sequence[Confusion] | None) -> Iterator[str]:
    if pairs is None:
        return
    if not pairs:
        yield text("commands.evaluation_no_confusions")
        return
    yield text("commands.evaluation_confusions")
    for one in pairs:
        found, expected = one.found, one.expected
        yield text("commands.evaluation_confusion", count=one.times, found=found, expected=expected)


def _found(suite: Suite) -> dict[str, str]:
    return {name: _number(getattr(suite, name)) for name in ("top1", "top3", "mrr")}


def _number(value: float, decimals: int = 3) -> str:
    return f"{value:.{decimals}f}".replace(".", ",")


def _percent(share: float) -> str:
    return f"{_number(share * 100, 1)} %"
