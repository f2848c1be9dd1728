"""Tells English questions from Swedish ones, so that the reply can say that it is in Swedish."""

from collections.abc import Iterable, Sequence

from knowledge.answers.data import read
from knowledge.answers.models import Article
from knowledge.answers.search.text import clean, fold, words

_ENGLISH = frozenset(read("words")["english"]["words"].split())
_SHARED = frozenset(read("words")["english"]["shared"].split())
_SWEDISH = frozenset(read("words")["function"]["words"].split()) - _ENGLISH


def plainly(words: Sequence[str]) -> bool:
    """Whether these are English, by their small words alone."""
    if not any(word in _ENGLISH and word not in _SHARED for word in words):
        return False
    return sum(word in _ENGLISH for word in words) > sum(word in _SWEDISH for word in words)


class English:
    """Knows the words of the base's English wordings, and of its Swedish texts."""

    def __init__(self, articles: Iterable[Article]) -> None:
        english, swedish = set(_ENGLISH), set(_SWEDISH)
        for one in articles:
            english.update(_words(*one.in_english))
            swedish.update(_words(*one.swedish, one.answer, one.more))
        # A Swedish article may name an English method: its small words stay English.
        swedish = (swedish | {fold(word) for word in swedish}) - _ENGLISH
        self._only_english, self._only_swedish = english - swedish, swedish - english

    def asked(self, question: str) -> bool:
        """Whether a third of the words speak for English, those for Swedish taken away.

        A name or a word that both languages have says nothing, and a letter nothing alone.
        """
        every = words(clean(question))
        if not any(word in self._only_english and word not in _SHARED for word in every):
            return False
        english = sum(word in self._only_english for word in every)
        swedish = sum(word in self._only_swedish for word in every)
        return 3 * (english - swedish) >= max(len(every), 1)


def _words(*texts: str) -> list[str]:
    return [word for text in texts for word in words(clean(text, len(text)))]
