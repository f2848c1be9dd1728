"""`tryggve knowledge evaluate`: how often the right answer is found, in figures."""

import argparse
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from bot.lines import Refusal, say
from dialogs.texts import text
from knowledge.answers.baselines import Measured, baselines, measured, sample
from knowledge.answers.evaluate import Confusion, Reply, Suite, confusions, replies, report
from knowledge.answers.index import Entry
from knowledge.answers.library import Library, entry_of
from knowledge.answers.loader import load, shipped_content
from knowledge.answers.models import Outcome
from knowledge.answers.search import Engine, Ranked
from knowledge.answers.suites import Asked, read_corpus, read_queries, read_regression


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
    try:
        exam = _built_in() if chosen.corpus is chosen.queries is None else _given(chosen)
        answered = replies(exam.rank, exam.asked)
    except (KeyError, TypeError, ValueError):
        raise Refusal("commands.bad_line") from None
    pairs = confusions(answered, chosen.confusions) if chosen.confusions > 0 else None
    methods = _compared(exam) if chosen.baseline else []
    if chosen.json:
        say(_as_json(answered, methods, pairs))
        return 0
    for line in (*_figures(answered), *_methods(methods), *_pairs(pairs)):
        say(line)
    return 0


def _built_in() -> Exam:
    asked = read_regression()
    if not asked:
        raise Refusal("commands.evaluation_no_questions")
    library = Library(load(shipped_content()))
    return Exam([entry_of(one) for one in library.base.articles], library.rank, asked)


def _given(chosen: argparse.Namespace) -> Exam:
    """The corpus and the questions named."""
    files = {"--corpus": chosen.corpus, "--queries": chosen.queries}
    absent = [name for name, path in files.items() if path is None]
    if absent:
        chosen.complain(f"arguments are required: {', '.join(absent)}")
    for path in files.values():
        if not path.is_file():
            raise Refusal("commands.no_file", path=path)
    entries = read_corpus(chosen.corpus)
    return Exam(entries, Engine(entries).rank, read_queries(chosen.queries))


def _compared(exam: Exam) -> list[Measured]:
    """The engine and the other methods on the same questions."""
    asked = sample(exam.asked)
    own = measured("tryggve", lambda question: exam.rank(question).ids, asked)
    return [own, *baselines(exam.entries, asked)]


def _as_json(
    answered: Sequence[Reply], methods: Sequence[Measured], pairs: Sequence[Confusion] | None
) -> str:
    """The report, with more keys only when more was asked for."""
    whole: dict[str, Any] = asdict(report(answered))
    if methods:
        whole["methods"] = {one.method: asdict(one.found) | {"ms": one.ms} for one in methods}
    if pairs is not None:
        whole["confusions"] = [asdict(one) for one in pairs]
    return json.dumps(whole, indent=2, ensure_ascii=False)


def _figures(answered: Sequence[Reply]) -> Iterator[str]:
    figures = report(answered)
    for name, suite in sorted(figures.suites.items()):
        yield text("commands.evaluation_suite", name=name, n=suite.n, **_found(suite))
    share, precision = _percent(figures.direct_share), _percent(figures.direct_precision)
    yield text("commands.evaluation_direct", share=share, precision=precision)
    yield _wrong(answered)
    yield text("commands.evaluation_outside", refused=_percent(figures.outside_refused_at_5))
    p50, p95 = (_number(figures.cpu_ms[name], 1) for name in ("p50", "p95"))
    yield text("commands.evaluation_cpu", p50=p50, p95=p95)


def _wrong(answered: Sequence[Reply]) -> str:
    """Wrong and confident, which is what costs trust."""
    direct = [one for one in answered if one.ranked.outcome is Outcome.ANSWER]
    wrong = sum(one.rank != 1 for one in direct)
    return text(
        "commands.evaluation_wrong",
        wrong=_percent(wrong / max(len(answered), 1)),
        answered=sum(one.asked.expected is None for one in direct),
        outside=sum(one.asked.expected is None for one in answered),
    )


def _methods(methods: Sequence[Measured]) -> Iterator[str]:
    if methods:
        yield text("commands.evaluation_compared", n=methods[0].found.n)
    for one in methods:
        name, ms = text(f"commands.method_{one.method}"), _number(one.ms, 2)
        yield text("commands.evaluation_method", method=name, ms=ms, **_found(one.found))


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
