"""A message as words, with a token where a slot was, so that a town's name chooses no command."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from itertools import chain, pairwise

from dialogs.understanding.lexicon import TIME, lexicon_of_slots, synonyms
from dialogs.understanding.vocabulary import wordings
from knowledge.answers.search.text import fold as fold_rings

PLACE, THEME, NUMBER, TITLE, ROLE = "qortq", "qamneq", "qnrq", "qtitelq", "qrollq"
"""The tokens: words that nobody writes."""

_NEXT_LINE = "qradq"

TOKENS = {
    "place": PLACE, "time": TIME, "theme": THEME, "number": NUMBER, "title": TITLE, "role": ROLE,
}  # fmt: skip
"""By the name of the slot in the wordings: "kurser i {place}"."""


def template(line: str) -> tuple[str, ...]:
    """A wording with its slots as tokens, read as a message is."""
    return templates([line])[0]


def templates(lines: Sequence[str]) -> list[tuple[str, ...]]:
    """The same for many, read in one go: there are twelve thousand."""
    whole = f" {_NEXT_LINE} ".join(lines)
    filled = re.sub(r"\{(\w+)\}", lambda hit: f" {TOKENS[hit[1]]} ", whole)
    words = canonical(tokens(normal(filled)).replace(BREAK, " "))
    ends = [number for number, word in enumerate(words) if word == _NEXT_LINE]
    return [words[one + 1 : other] for one, other in pairwise((-1, *ends, len(words)))]


def normal(said: str) -> str:
    """Small letters and digits, single spaces, a mark for the signs between; å, ä and ö stay."""
    small = unicodedata.normalize("NFKC", said.casefold())
    return " ".join(_NO_WORD.sub(" ", _SIGNS.sub(f" {BREAK} ", small)).split())


BREAK = "|"
_SIGNS = re.compile(r"[.!?;:,\u2013\u2014]+(?=\s|$)|\s-+\s|\n")
_NO_WORD = re.compile(r"[^\w|]+|_")


def tokens(left: str) -> str:
    """The last slots, themes and numbers, as tokens."""
    lexicon = lexicon_of_slots()
    kept = without_free(left)
    kept = _put(lexicon.themes, kept, THEME)
    return _put(lexicon.numbers, kept, NUMBER)


def canonical(text: str) -> tuple[str, ...]:
    """The words of a text, folded, and of synonyms the one that stands for all."""
    return tuple(map(_canonical, text.split()))


@lru_cache(maxsize=8192)
def _canonical(word: str) -> str:
    known, folded = synonyms(), fold_rings(word)
    return known.get(word) or known.get(folded) or _by_ending(folded) or folded


def is_compound(word: str) -> bool:
    """Whether it is a word for one training: "lägesbildskursen", and not "kursen"."""
    small = word.lower()
    return small not in synonyms() and bool(_by_ending(fold_rings(small)))


def _by_ending(word: str) -> str:
    """What a compound is: "lägesbildskursen" is the training, "konkurs" is none."""
    endings = (end for end in _endings() if word.endswith(end) and len(word) > len(end) + 3)
    return next((_endings()[end] for end in endings), "")


@cache
def _endings() -> Mapping[str, str]:
    return {word[1:]: whole for word, whole in synonyms().items() if word.startswith("*")}


def _put(pattern: re.Pattern[str], left: str, token: str) -> str:
    """Found in the folded text, put into the typed one: both are of the same length."""
    spans = [hit.span() for hit in pattern.finditer(fold_rings(left))]
    edges = pairwise((0, *chain.from_iterable(spans), len(left)))
    return token.join(left[start:end] for start, end in [*edges][::2])


def without_free(left: str) -> str:
    """ "Lediga platser" are no theme, though "platser" is one."""
    return _FREE_SEATS.sub(lambda hit: hit[0].replace(" ", ""), left)


_FREE_SEATS = re.compile(r"\b(lediga|tomma|öppna|oppna) plats(er)?\b|\bplats(er)? (kvar|finns)\b")


def is_known(word: str) -> bool:
    return word == BREAK or canonical(word)[0] in known_words()


@cache
def known_words() -> frozenset[str]:
    """Every word of the wordings, and the tokens."""
    lines = [line for one in wordings() for line in (*one.exact, *one.like)]
    return frozenset(chain.from_iterable(templates(lines)))
