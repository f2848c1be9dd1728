"""Everything Tryggve can answer, ready to be asked.

A library never changes: when an article does, `LiveLibrary` puts a whole new one in its place.
"""

import asyncio
import re
from dataclasses import replace
from functools import lru_cache
from typing import Protocol

from knowledge.answers.by_role import ByRole
from knowledge.answers.citations import Citations
from knowledge.answers.data import read
from knowledge.answers.followups import FollowUps, Reading
from knowledge.answers.glossary import Glossary, slug, subject
from knowledge.answers.models import Article, Base, Found, Match, Outcome, Term
from knowledge.answers.readings import doubtful
from knowledge.answers.roles import Roles
from knowledge.answers.search.engine import MOST_MATCHES, Ranked, SearchEngine
from knowledge.answers.search.english import English
from knowledge.answers.search.gate import COMMON
from knowledge.answers.search.index import Entry
from knowledge.answers.search.meaning import Encoder
from knowledge.answers.search.text import clean, same, words
from knowledge.answers.subjects import stem
from knowledge.answers.tellers import is_anothers

REMEMBERED = 64
"""So many questions are remembered: our own buttons ask the same ones for everybody, and one
message is looked at more than once. Is it a question for sure, and is it one at all?"""

_YES_OR_NO, _WHO, _SAYS = (
    frozenset(read("words")["yes_or_no"][kind].split()) for kind in ("first", "who", "answers")
)
_SHORT = 5
"""A yes-or-no question with more words of matter tells a story, not all of which is asked."""

_PARENTHESIS = re.compile(r"\(([^()]*)\)")


class CurrentLibrary(Protocol):
    """What the conversation asks: one `Library`, or the latest of several (`LiveLibrary`)."""

    @property
    def base(self) -> Base: ...

    def article(self, id: str) -> Article | None: ...

    def term(self, id: str) -> Term | None: ...

    def related(self, id: str) -> tuple[Article, ...]: ...

    @property
    def roles(self) -> Roles: ...

    def for_role(self, id: str, role: str, question: str = "") -> Found: ...

    def chosen(self, id: str, question: str = "") -> Found: ...

    def ask(self, question: str, about: str = "") -> Found: ...

    async def find(self, question: str, about: str = "") -> Found: ...

    def knows(self, word: str) -> bool: ...


class Library:
    """Articles and glossary behind one question box."""

    def __init__(self, base: Base, encoder: Encoder | None = None) -> None:
        """`encoder` adds what texts mean to how they are spelled; without it nothing is missing."""
        self.base = base
        self._articles = {article.id: article for article in base.articles}
        self._terms = {slug(term): term for term in base.terms}
        self._engine = SearchEngine(
            [entry_of(article) for article in base.articles], encoder=encoder
        )
        self._search = lru_cache(maxsize=REMEMBERED)(self._engine.find)
        self._ask = lru_cache(maxsize=REMEMBERED)(self._asked)
        self._citations = Citations(base.articles)
        self._glossary = Glossary(base.terms)
        self._follow_ups = FollowUps(base.articles, self._terms)
        self._english = English(base.articles)
        self._roles = Roles(base.roles)
        self._by_role = ByRole(base.articles, self._roles, self._search)
        self._worded = {
            same(way): article
            for article in reversed(base.articles)
            for way in (*article.in_english, *reversed(article.swedish))
        }
        self._explaining = {
            slug(term): article
            for article in reversed(base.articles)
            for term in map(self._glossary.named, _explained(article.title))
            if term
        }

    def ask(self, question: str, about: str = "") -> Found:
        """The best matches over articles and terms together. Never raises, whatever the text.

        `about` is the id of the article or term last shown. A question that leans on it is read
        in its light; what the base cannot answer in that light is read on its own.
        """
        return self._ask(question, about)

    def chosen(self, id: str, question: str = "") -> Found:
        """What to say to somebody who chose this article, when they had asked that."""
        return self._by_role.chosen(id, question)

    def for_role(self, id: str, role: str, question: str = "") -> Found:
        """What to say to whoever has this role, and asked a question that article `id` leads to."""
        return self._by_role.for_role(id, role, question)

    @property
    def roles(self) -> Roles:
        """Who may ask."""
        return self._roles

    @property
    def reads_meaning(self) -> bool:
        """Whether questions go through a language model as well."""
        return self._engine.reads_meaning

    async def find(self, question: str, about: str = "") -> Found:
        """`ask` for those who have others to serve: a language model takes its time."""
        if not self.reads_meaning:
            return self.ask(question, about)
        return await asyncio.to_thread(self.ask, question, about)

    def _asked(self, question: str, about: str) -> Found:
        found = self._by_role.read(self._found(question, about), question, about)
        return replace(found, english=True) if self._english.asked(question) else found

    def _found(self, question: str, about: str) -> Found:
        found = self._read(question, about)
        return found if found.outcome is not Outcome.ANSWER else self._told(question, found)

    def _told(self, question: str, found: Found) -> Found:
        """A sure answer, with whether its reading may be mistaken.

        A word that was read as another one, of which the answer says nothing, makes it unsure. So
        does somebody who may tell or know of whom the article is never asked, and something that
        somebody may do of which it does not say a word.
        """
        first = self._articles.get(found.matches[0].id)
        repaired = self._engine.repaired(question)
        if first and (
            self._is_anothers(repaired or question, first) or self._asks_more(question, first)
        ):
            return replace(found, outcome=Outcome.CHOICES)
        doubts = doubtful(question, repaired) if repaired else []
        if not doubts:
            return replace(found, may_differ=found.read_as not in ("", repaired))
        held = {stem(word) for word in _words_of(first)} if first else set()
        if not all(stem(word) in held for word in doubts):
            return replace(found, outcome=Outcome.CHOICES)
        return replace(found, may_differ=all(map(self._engine.knows, words(found.read_as))))

    def _is_anothers(self, question: str, article: Article) -> bool:
        """Whether somebody else may tell or know; whose role is told has an article by it."""
        by_role = article.depends_on and self._roles.told(question).roles
        return not by_role and is_anothers(question, article)

    def _asks_more(self, question: str, article: Article) -> bool:
        """Whether a short yes-or-no question has a word of matter that the article never says.

        "Får ordningsvakter visitera" is not whether the municipality may have ordningsvakter: its
        "yes" would be another question's, as it is when somebody asks who. What was read as another
        word is judged elsewhere.
        """
        asked = words(clean(question))
        matter = [word for word in asked if word not in COMMON]
        if _WHO & {*asked[:1]} and _SAYS & {*words(clean(article.answer))[:1]}:
            return True
        if not asked or asked[0] not in _YES_OR_NO or len(matter) > _SHORT:
            return False
        unsaid = [one for one in self._engine.unsaid(question, article.id) if one in matter]
        held = {stem(word) for word in _words_of(article)} if unsaid else set()
        return not all(stem(word) in held for word in unsaid)

    def _read(self, question: str, about: str) -> Found:
        certain = self._certain(question)
        if certain:
            return _led_by(certain, self._search(question))
        reading = self._follow_ups.read(question, about) if about else None
        found = self._in_light(reading, about) if reading else None
        return found or self._alone(question)

    def _alone(self, question: str) -> Found:
        """A question read on its own; what "det" would have pointed at is anybody's guess."""
        found = self._search(question)
        unsure = found.outcome is Outcome.ANSWER and self._follow_ups.dangles(question)
        return replace(found, outcome=Outcome.CHOICES) if unsure else found

    def _in_light(self, reading: Reading, about: str) -> Found | None:
        """The reply to a follow-up, told as it was read."""
        certain = self._certain(reading.text)
        found = self._search(reading.text)
        found = _led_by(certain, found) if certain else found
        if found.outcome is Outcome.UNKNOWN:
            return None
        if found.matches[0].id == about and not self._follow_ups.says(about, reading.new):
            found = _without(about, found)
        return replace(found, read_as=found.read_as or reading.text)

    def rank(self, question: str) -> Ranked:
        """Every candidate for a question that stands alone: what measuring goes by."""
        ranked, certain = self._engine.rank(question), self._certain(question)
        if certain:
            ids = _first((certain.id,), ranked.ids)
            ranked = replace(ranked, outcome=Outcome.ANSWER, ids=ids, inside=1.0)
        first = ranked.ids[0] if ranked.outcome is Outcome.ANSWER else ""
        decided = self._by_role.decide(question, first)
        if not decided:
            return ranked
        one = len(decided.ids) == 1
        outcome = Outcome.ANSWER if one else Outcome.CHOICES
        return replace(ranked, outcome=outcome, ids=_first(decided.ids, ranked.ids))

    def knows(self, word: str) -> bool:
        """Whether it is one of the words of the articles."""
        return self._engine.knows(word)

    def article(self, id: str) -> Article | None:
        return self._articles.get(id)

    def term(self, id: str) -> Term | None:
        return self._terms.get(id)

    def related(self, id: str) -> tuple[Article, ...]:
        """The articles that the reader of this one may want next."""
        article = self._articles.get(id)
        wanted = article.related if article else ()
        return tuple(self._articles[one] for one in wanted if one in self._articles)

    def _certain(self, question: str) -> Match | None:
        """What the question names outright: a wording, a paragraph or a term, tried in that order.

        A question about a single term gets the term, unless an article asks just that.
        """
        article = self._worded.get(same(question))
        article = article or self._articles.get(self._citations.find(question) or "")
        term = None if article else self._glossary.find(question)
        if term:
            article = self._explaining.get(slug(term))
        if article:
            return Match(article.id, article.title, 1.0, question.strip())
        return Match(slug(term), term.name, 1.0, question.strip()) if term else None


def _words_of(article: Article) -> list[str]:
    texts = (*article.swedish, *article.in_english, article.answer, article.more)
    return [word for text in texts for word in words(clean(text, len(text)))]


def entry_of(article: Article) -> Entry:
    """The article as the engine reads it: every way of asking, and the whole answer."""
    wordings = (*article.swedish[1:], *article.english)
    return Entry(article.id, article.title, wordings, f"{article.answer} {article.more}")


def _explained(title: str) -> list[str]:
    """What a title asks the meaning of: "Vad är en social insatsgrupp (SIG)?" explains both."""
    asked, explains = subject(_PARENTHESIS.sub("", title))
    return [asked, *_PARENTHESIS.findall(title)] if explains else []


def _first(ids: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    return (*ids, *(id for id in others if id not in ids))


def _without(id: str, found: Found) -> Found:
    """What was just shown is no reply to a question that goes on from it."""
    others = tuple(match for match in found.matches if match.id != id)
    return Found(Outcome.CHOICES if others else Outcome.UNKNOWN, others, found.read_as)


def _led_by(first: Match, found: Found) -> Found:
    others = [match for match in found.matches if match.id != first.id]
    return Found(Outcome.ANSWER, (first, *others[: MOST_MATCHES - 1]))
