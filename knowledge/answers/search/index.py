"""The base, prepared for asking: n-grams of entries, of wordings and of single words."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from knowledge.answers.search.english import plainly
from knowledge.answers.search.faith import faith
from knowledge.answers.search.meaning import Encoder, Meanings
from knowledge.answers.search.ngrams import Alphabet, Ints
from knowledge.answers.search.postings import Doubles, best_matching, cosine, count
from knowledge.answers.search.spelling import Speller
from knowledge.answers.search.text import clean, words
from knowledge.answers.search.themes import Themes

_LONGEST_ANSWER = 8000

# BM25's k1 and b as in the textbooks: other values gave nothing.
_SATURATION, _LENGTH_MATTERS = 1.2, 0.75


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that can be found: its main question, other ways of asking, and the answer."""

    id: str
    question: str
    wordings: tuple[str, ...]
    answer: str


@dataclass(frozen=True, slots=True)
class Rows:
    """Lists of word numbers, one after the other.

    Each ends in a word that resembles nothing, so that no row is empty and has a maximum.
    """

    starts: Ints
    items: Ints

    @classmethod
    def of(cls, rows: Sequence[Sequence[int]], nothing: int) -> "Rows":
        lengths = [len(row) + 1 for row in rows]
        items = chain.from_iterable([*row, nothing] for row in rows)
        starts = np.concatenate(([0], np.cumsum(lengths))).astype(np.int32)
        return cls(starts, np.fromiter(items, dtype=np.int32, count=int(starts[-1])))

    def each(self) -> list[Ints]:
        """The items of every row, without the word that ends it."""
        ends = zip(self.starts[:-1], self.starts[1:] - 1, strict=True)
        return [self.items[first:last] for first, last in ends]

    def take(self, rows: Ints) -> tuple[Ints, Ints]:
        """The items of these rows, and where in them each row begins."""
        parts = [self.items[self.starts[row] : self.starts[row + 1]] for row in rows]
        begins = np.cumsum([0, *map(len, parts[:-1])]).astype(np.int32)
        return np.concatenate(parts), begins


class Index:
    """Everything the search reads. Built once, never changed."""

    def __init__(self, entries: Sequence[Entry], encoder: Encoder | None = None) -> None:
        self.entries = tuple(entries)
        asked = [_asked(entry) for entry in self.entries]
        answered = [words(clean(entry.answer, _LONGEST_ANSWER)) for entry in self.entries]
        wordings = list(chain.from_iterable(asked))
        self.wordings = [" ".join(wording) for wording in wordings]
        self.starts = np.cumsum([0, *map(len, asked)])[:-1].astype(np.int32)
        """Where each entry's wordings begin; the first is its question."""
        self.counts = np.array([len(each) for each in asked], dtype=np.int32)
        self._number_words(wordings, answered)
        self._weigh_words(asked, answered)
        self._list_words(asked, answered, wordings)
        self._number_owners(wordings)
        self._weigh_faith()
        self._index_grams(asked, answered, wordings)
        self._asked_sets: dict[int, frozenset[int]] = {}
        self.meanings = self._meanings(encoder) if encoder and entries else None

    def wording_in_order(self, wording: int) -> tuple[int, ...]:
        """The numbers of a wording's words, each once."""
        ends = self.wording_words.starts[wording : wording + 2]
        return tuple(self.wording_words.items[ends[0] : ends[1] - 1].tolist())

    def asked_set(self, entry: int) -> frozenset[int]:
        """The numbers of all words in an entry's wordings. Remembered: most are asked for often."""
        known = self._asked_sets.get(entry)
        if known is None:
            ends = self.asked_words.starts[entry : entry + 2]
            known = frozenset(self.asked_words.items[ends[0] : ends[1] - 1].tolist())
            self._asked_sets[entry] = known
        return known

    def span(self, entry: int) -> range:
        """The numbers of an entry's wordings."""
        first = int(self.starts[entry])
        return range(first, first + int(self.counts[entry]))

    def _meanings(self, encoder: Encoder) -> Meanings:
        answers = [f"{entry.question} {entry.answer}" for entry in self.entries]
        return Meanings(encoder, self.wordings, self.starts, answers)

    def _number_words(self, wordings: list[list[str]], answered: list[list[str]]) -> None:
        counts: Counter[str] = Counter()
        english: set[str] = set()
        swedish: set[str] = set()
        for text in chain(wordings, answered):  # one by one, so that others get a turn between
            counts.update(text)
            (english if plainly(text) else swedish).update(text)
        self.vocabulary = {word: number for number, word in enumerate(counts)}
        self.speller = Speller(counts, english - swedish)

    def _weigh_words(self, asked: list[list[list[str]]], answered: list[list[str]]) -> None:
        spread = Counter(
            word
            for wordings, answer in zip(asked, answered, strict=True)
            for word in {*chain.from_iterable(wordings), *answer}
        )
        held = np.array([spread[word] for word in self.vocabulary], dtype=np.float64)
        self.rarity = np.append(_rarity(held, len(self.entries)), 0.0)
        """By word number; the last one is the word that resembles nothing."""
        self.unknown_rarity = float(_rarity(np.zeros(1), len(self.entries))[0])

    def _list_words(
        self,
        asked: list[list[list[str]]],
        answered: list[list[str]],
        wordings: list[list[str]],
    ) -> None:
        nothing = len(self.vocabulary)
        self.asked_words = Rows.of([self._numbers(chain(*each)) for each in asked], nothing)
        self.answer_words = Rows.of([self._numbers(each) for each in answered], nothing)
        self.wording_words = Rows.of([self._numbers(each) for each in wordings], nothing)

    def _weigh_faith(self) -> None:
        texts = [*self.wording_words.each(), *self.answer_words.each()]
        faithful = faith(count(texts, len(self.vocabulary)), self._owners)
        self.telling = self.rarity * np.append(faithful, 0.0)
        """How much each word tells of what a question is about: its rarity times its faith."""

    def _number_owners(self, wordings: list[list[str]]) -> None:
        """Which texts ought to share words: an entry's wordings and its answer.

        Its English wordings share them with each other only.
        """
        entries = np.arange(len(self.entries))
        english = np.array([plainly(wording) for wording in wordings], dtype=np.int64)
        owners = np.repeat(entries, self.counts) + english * len(entries)
        self._owners = np.concatenate([owners, entries])
        """By wording, and then by answer."""

    def _numbers(self, every: Iterable[str]) -> list[int]:
        return [self.vocabulary[word] for word in dict.fromkeys(every)]

    def _index_grams(
        self,
        asked: list[list[list[str]]],
        answered: list[list[str]],
        wordings: list[list[str]],
    ) -> None:
        self.alphabet = Alphabet(self.vocabulary)
        of = self.alphabet.of
        whole = [of(chain(*each, answer)) for each, answer in zip(asked, answered, strict=True)]
        worded = [of(wording) for wording in wordings]
        single = [of((word,)) for word in self.vocabulary]
        texts = [*worded, *(of(answer) for answer in answered)]
        kinds = len(self.alphabet)
        each = count(texts, kinds)
        faithful = faith(each, self._owners)
        by_entry = count(whole, kinds)
        self.by_entry = best_matching(by_entry, faithful, _SATURATION, _LENGTH_MATTERS)
        self.themes = Themes.of(by_entry)
        self.by_wording, self.wording_rarity = cosine(each.first(len(worded)))
        self.by_word, self.word_rarity = cosine(count(single, kinds))


def _asked(entry: Entry) -> list[list[str]]:
    return [words(clean(text)) for text in (entry.question, *entry.wordings)]


def _rarity(held: Doubles, entries: int) -> Doubles:
    rarity: Doubles = np.log1p((entries - held + 0.5) / (held + 0.5))
    return rarity
