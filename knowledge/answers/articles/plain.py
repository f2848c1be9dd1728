"""Plain Swedish, as far as a program can tell: sentence lengths and words to avoid."""

import re
from collections.abc import Iterator
from functools import cache

from knowledge.answers.data import read

Finding = tuple[str, dict[str, object]]
"""A message key of `check.toml` and its values."""

FIRST_SENTENCE, LONGEST_SENTENCE, MEAN_SENTENCE = 20, 25, 15

_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_POINT = re.compile(r"(?m)^- .*$")
_LINE_START = re.compile(r"(?m)^\s*(?:- |#+ )")
_SENTENCE_END = re.compile(r"(?<=[.!?:])\s+(?=[A-ZÅÄÖ”\"(])|\n+")
_SPOKEN = re.compile(r"[^\W_]")


def spoken(markdown: str) -> str:
    """The text as it is read aloud: links by their text, no marks."""
    return _LINE_START.sub("", _LINK.sub(r"\1", markdown)).replace("**", "")


def count_words(markdown: str) -> int:
    """Words as an editor counts them: "9 §" is one, a dash is none."""
    return len(_words(spoken(markdown)))


def count_points(markdown: str) -> int:
    """The points of its lists."""
    return len(_POINT.findall(markdown))


def without_points(markdown: str) -> str:
    """The text around its lists."""
    return _POINT.sub("", markdown)


def sentences(markdown: str) -> list[str]:
    """The sentences of a text; an item of a list is a sentence of its own."""
    parts = _SENTENCE_END.split(spoken(markdown))
    return [part.strip() for part in parts if _words(part)]


def lint(answer: str, more: str) -> Iterator[Finding]:
    """Everything to mend in one article's language."""
    first = sentences(answer)[:1]
    if first and len(_words(first[0])) > FIRST_SENTENCE:
        yield "K02", {"count": len(_words(first[0])), "most": FIRST_SENTENCE}
    yield from _lengths(sentences(answer) + sentences(more))
    whole = spoken(f"{answer}\n\n{more}")
    yield from _words_to_avoid(whole)
    yield from phrases(whole)


def phrases(text: str) -> Iterator[Finding]:
    """What a colleague would not say, and what may be said once."""
    rules = read("articles/check")["plain"]
    for pattern, better in rules["K16"].items():
        for hit in _whole_word(pattern).finditer(text):
            yield "K16", {"words": hit[0], "better": better}
    told = _whole_word(rules["once"]).findall(text)
    if len(told) > 1:
        yield "K17", {"words": told[0]}


def _lengths(every: list[str]) -> Iterator[Finding]:
    lengths = [len(_words(sentence)) for sentence in every]
    for sentence, length in zip(every, lengths, strict=True):
        if length > LONGEST_SENTENCE:
            start = " ".join(sentence.split()[:4])
            yield "K06_longest", {"start": start, "count": length, "most": LONGEST_SENTENCE}
    mean = sum(lengths) / max(len(lengths), 1)
    if mean > MEAN_SENTENCE:
        yield "K06_mean", {"mean": f"{mean:.0f}", "most": MEAN_SENTENCE}


def _words_to_avoid(text: str) -> Iterator[Finding]:
    rules = read("articles/check")["plain"]
    for key, name, value in (
        ("K03", "not_you", "word"),
        ("K05", "noun_for_verb", "words"),
        ("K12", "clock", "word"),
        ("K15", "loud", "word"),
    ):
        for hit in _pattern(rules[name]).finditer(text):
            yield key, {value: hit[0]}
    for key in ("K07", "K09", "K13"):
        for pattern, better in rules[key].items():
            for hit in _whole_word(pattern).finditer(text):
                yield key, {"word": hit[0], "better": better}


def _words(text: str) -> list[str]:
    return [word for word in text.split() if _SPOKEN.search(word)]


@cache
def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


@cache
def _whole_word(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w/.-])(?:{pattern})(?![\w/-])", re.IGNORECASE)
