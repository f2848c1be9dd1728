"""Two wordings of a text beside each other, what differs in brackets."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest
from textwrap import wrap

WIDTH = 48
BETWEEN = " | "

_WORDS = re.compile(r"\n|[^\s]+")


def side_by_side(before: str, after: str) -> Iterator[str]:
    """Lines of two columns. Paragraphs that are alike stand at the same height."""
    old, new = before.splitlines(), after.splitlines()
    for kind, start, end, first, last in _compared(old, new):
        left, right = old[start:end], new[first:last]
        yield from beside(*((left, right) if kind == "equal" else _marked(left, right)))


def beside(left: Sequence[str], right: Sequence[str]) -> Iterator[str]:
    """Paragraphs in two columns, each beginning where its neighbour does."""
    for one, other in zip_longest(left, right, fillvalue=""):
        for line, same in zip_longest(wrap(one, WIDTH), wrap(other, WIDTH), fillvalue=""):
            yield in_columns(line, same)


def in_columns(left: str, right: str) -> str:
    """One line of both columns."""
    return f"{left:<{WIDTH}}{BETWEEN}{right}"


def _marked(left: Sequence[str], right: Sequence[str]) -> tuple[list[str], list[str]]:
    """The paragraphs of both, each run of words that the other has not in brackets."""
    old, new = (_WORDS.findall("\n".join(paragraphs)) for paragraphs in (left, right))
    runs = [(kind, old[a:b], new[c:d]) for kind, a, b, c, d in _compared(old, new)]
    return (
        _paragraphs(_bracketed(kind, words) for kind, words, _ in runs),
        _paragraphs(_bracketed(kind, words) for kind, _, words in runs),
    )


def _compared(old: list[str], new: list[str]) -> Sequence[tuple[str, int, int, int, int]]:
    return SequenceMatcher(None, old, new, autojunk=False).get_opcodes()


def _bracketed(kind: str, words: list[str]) -> str:
    """In brackets where it differs, each paragraph by itself."""
    told = " ".join(words)
    if kind == "equal":
        return told
    return "\n".join(f"[{run.strip()}]" if run.strip() else "" for run in told.split("\n"))


def _paragraphs(runs: Iterator[str]) -> list[str]:
    lines = " ".join(runs).split("\n")
    return [" ".join(line.split()) for line in lines if line.strip()]
