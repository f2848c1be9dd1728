"""Reads "och hur ofta?" and "vem beslutar om den?" in the light of what was just shown.

A question that has matter of its own stands alone. One that leans on the last answer gets that
answer's subject put where its pronoun stands, or after it.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from knowledge.answers.data import read
from knowledge.answers.models import Article, Term
from knowledge.answers.search.gate import COMMON
from knowledge.answers.search.text import clean, fold, words
from knowledge.answers.subjects import Subject, stem, subjects, things

_DATA: dict[str, str] = read("words")["followup"]


def _spelled(kind: str) -> frozenset[str]:
    return frozenset(way for word in _DATA[kind].split() for way in (word, fold(word)))


_POINTING, _LOOSE = _spelled("pointing"), _spelled("loose")
_LEADING, _ASKING = _spelled("leading"), _spelled("asking")
_ASSISTANT, _HOLDING = _spelled("assistant"), _spelled("holding")

_CLAUSE = re.compile(r"[^,.;:?!–]*\w[^,.;:?!–]*")

_IDLE = COMMON | _LEADING | _POINTING | _LOOSE

_LONGEST = 10
_MOST_POINTING, _MOST_BARE = 3, 1
"""Words of matter a follow-up may have: with a pronoun that leans back, and without."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A question with what it left out filled in. `new` is the matter it brought itself."""

    text: str
    new: tuple[str, ...]


class FollowUps:
    """Knows what each article is about, and so which questions lean on it."""

    def __init__(self, articles: Collection[Article], terms: Mapping[str, Term]) -> None:
        self._titles = {article.id: words(clean(article.title)) for article in articles}
        self._subjects = subjects(articles)
        self._things = things(self._subjects.values())
        every = {word for article in articles for word in _vocabulary(article)}
        self._known = set(map(stem, every))
        self._subjects |= {id: (term.name,) for id, term in terms.items()}

    def read(self, question: str, about: str) -> Reading | None:
        """The question in the light of an article or term, None when it stands on its own.

        A word that the base has never seen is matter of its own: it is about something else.
        """
        subject, asked = self._subjects.get(about), words(clean(question))
        if not subject or not 0 < len(asked) <= _LONGEST:
            return None
        matter = [word for word in asked if word not in _IDLE]
        if any(stem(word) not in self._known for word in matter):
            return None
        if any(stem(word) in self._things for word in matter) and not _asks_whom(asked):
            return self._instead(asked, matter, about)
        return _leaning(asked, matter, subject)

    def dangles(self, question: str) -> bool:
        """Whether a question is about nothing but what a pronoun points at: "får vi göra det".

        "Vi vill filma, går det" says itself what it points at, and so does "den här lagen".
        """
        asked = words(clean(question))
        matter = [word for word in asked if word not in _IDLE]
        if not 0 < len(asked) <= _LONGEST:
            return False
        place = _pronoun(asked)
        names = asked[0] in matter and asked[0] not in _ASKING
        if place is None or names or len(matter) > _MOST_POINTING:
            return False
        if _asks_whom(asked):
            return True
        after = any(word in matter for word in asked[place + 1 :])
        return not after and len(_CLAUSE.findall(question)) == 1

    def says(self, about: str, matter: Iterable[str]) -> bool:
        """Whether the title of what was shown has one of these words."""
        said = {stem(word) for word in self._titles.get(about, ())}
        return any(stem(word) in said for word in matter)

    def _instead(self, asked: list[str], matter: list[str], about: str) -> Reading | None:
        """ "Och lägesbilden?" asks the same of another thing: the title, with that in its place."""
        bare = all(word in COMMON or word in matter for word in asked[1:])
        asks = bool(_ASKING & set(asked))
        if asked[0] not in _LEADING or not bare or asks or about not in self._titles:
            return None
        old = {stem(word) for word in self._subjects[about]}
        frame = [word for word in self._titles[about] if stem(word) not in old]
        return Reading(" ".join([*frame, *matter]), tuple(matter))


def _vocabulary(article: Article) -> list[str]:
    texts = (*article.swedish, *article.in_english, article.answer, article.more)
    return [word for text in texts for word in words(clean(text, len(text)))]


def _leaning(asked: list[str], matter: list[str], subject: Subject) -> Reading | None:
    place = _pronoun(asked)
    if len(matter) > (_MOST_BARE if place is None else _MOST_POINTING):
        return None
    if place is None and not _goes_on(asked):
        return None
    before, after = (asked, []) if place is None else (asked[:place], asked[place + 1 :])
    filled = [word for word in (*before, *subject, *after) if word not in _LEADING]
    return Reading(" ".join(filled), tuple(matter))


def _goes_on(asked: list[str]) -> bool:
    """Whether a question without a pronoun sounds unfinished, and is not about the assistant."""
    begins = asked[0] in _IDLE and bool((_LEADING | _ASKING) & set(asked[:2]))
    return begins and not _ASSISTANT & set(asked) and any(word not in _LEADING for word in asked)


def _pronoun(asked: list[str]) -> int | None:
    """Where the word stands that points back.

    "Det" points back at the end, and in "gäller det oss": in "finns det en mall" it stands for
    nothing.
    """
    if asked[-1] in _LOOSE:
        return len(asked) - 1
    if _asks_whom(asked):
        return 1
    return next((place for place, word in enumerate(asked) if word in _POINTING), None)


def _asks_whom(asked: list[str]) -> bool:
    """Whether it asks whom something holds for: "gäller det även förskolan"."""
    return asked[0] in _HOLDING and bool((_LOOSE | _POINTING) & set(asked[1:2]))
