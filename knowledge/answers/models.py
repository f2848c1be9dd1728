"""What the assistant knows, as plain values: articles, terms, sources, and what a search found."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from knowledge.answers.sections import Section

_ACT = re.compile(r"\((\d{4}:\d+)\)")


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact stands. `section` is the paragraph an article points at, empty for the whole.

    `url` is empty when the source says that it has no link. `dated` is the source's own age, and
    `read` the month whose wording of a statute was read; both as `2025`, `2025-09` or a day.
    """

    code: str
    section: str
    title: str
    url: str
    dated: str
    read: str = ""

    @property
    def act(self) -> str:
        """The number of the act that it is, `2023:196`; empty for any other source."""
        named = _ACT.search(self.title)
        return named[1] if named else ""


@dataclass(frozen=True, slots=True)
class Review:
    """The wording of a section that answers were held against, from that day on."""

    day: date
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Role:
    """Somebody whose answer may differ from others'.

    `within` is the role that this one is a kind of; the first role, everybody, is within none. A
    role with kinds has a question to `ask` which of them it is, with those that are `shown` to
    choose from. `words` are what it is called by, `own` the same where they say who is asking and
    nothing else, and `hints` what only this role speaks of. A `*` stands for any ending.
    """

    id: str
    title: str
    title_en: str
    within: str = ""
    ask: str = ""
    ask_en: str = ""
    words: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    shown: bool = True


@dataclass(frozen=True, slots=True)
class Article:
    """One answer, with every way of asking for it that we know.

    `title_en` is the question in English, for those who ask in it. `colloquial` are the wordings in
    everyday speech, `english` those in English. `bears` is how many years old a source may be
    before readers are told, 0 for any age. `rests_on` are the sections of law that the answer
    stands or falls with. `depends_on` is "role" where others than the right role must not take it
    for theirs; `by_role` has the articles of each role, the most general first.
    """

    id: str
    title: str
    title_en: str
    topic: str
    wordings: tuple[str, ...]
    colloquial: tuple[str, ...]
    english: tuple[str, ...]
    answer: str
    more: str
    sources: tuple[Source, ...]
    known: bool
    checked: date
    review_by: date
    owner: str
    related: tuple[str, ...]
    bears: int = 0
    rests_on: tuple[Section, ...] = ()
    depends_on: str = ""
    by_role: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)

    def is_overdue(self, today: date) -> bool:
        """Whether it should have been reviewed before today."""
        return self.review_by < today

    def outlived(self, today: date) -> str:
        """The date of the oldest source, when that is older than the article bears, else empty."""
        oldest = min((source.dated for source in self.sources if source.dated), default="")
        since = f"{today.year - self.bears}-{today:%m-%d}"
        return oldest if self.bears and oldest and oldest < since[: len(oldest)] else ""

    @property
    def swedish(self) -> tuple[str, ...]:
        """Every way of asking in Swedish, the title first."""
        return (self.title, *self.wordings, *self.colloquial)

    @property
    def in_english(self) -> tuple[str, ...]:
        """Every way of asking in English, the title first."""
        asked = self.title_en.rstrip("?").casefold()
        return (self.title_en, *(way for way in self.english if way.casefold() != asked))


@dataclass(frozen=True, slots=True)
class Term:
    """One word of the glossary.

    `ask` is the question to put back when the word has several meanings or an unproven one.
    """

    name: str
    variants: tuple[str, ...]
    meaning: str
    sources: tuple[Source, ...]
    ask: str = ""
    rests_on: tuple[Section, ...] = ()


@dataclass(frozen=True, slots=True)
class Base:
    """Everything in the content folder. `topics` is slug to title, in the order they are shown,
    `reviews` the wordings of law that have been reviewed, oldest first. `roles` are those who may
    ask, everybody first.
    """

    articles: tuple[Article, ...] = ()
    terms: tuple[Term, ...] = ()
    topics: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    reviews: Mapping[Section, tuple[Review, ...]] = field(default_factory=dict)
    roles: Mapping[str, Role] = field(default_factory=dict)

    @property
    def resting(self) -> tuple[Article | Term, ...]:
        """Everything that may rest on law."""
        return (*self.articles, *self.terms)


@dataclass(frozen=True, slots=True)
class Match:
    """One article or term that may answer. `score` is the probability, 0–1, that it does.

    `wording` is the known way of asking that came closest.
    """

    id: str
    title: str
    score: float
    wording: str


class Outcome(StrEnum):
    """How sure the engine is, and so how the dialog replies."""

    ANSWER = "answer"  # the first match, straight away
    CHOICES = "choices"  # "did you mean …", at most three
    UNKNOWN = "unknown"  # admit it


@dataclass(frozen=True, slots=True)
class Found:
    """The engine's reply: matches best first, at most three.

    `read_as` is the question as the engine read it, when repair changed a word or the answer
    before it filled one in; else empty. `may_differ` says that the reader should be told of it,
    because it may mean something else than what was typed. `english` says that the question was,
    and so that the reader should hear that the answer is in Swedish. `asks` is the role whose
    question must be answered first, "which kind of it is asking?", and `led_by` the article that
    leads on from there.
    """

    outcome: Outcome
    matches: tuple[Match, ...] = ()
    read_as: str = ""
    may_differ: bool = False
    english: bool = False
    asks: str = ""
    led_by: str = ""

    @property
    def is_sure(self) -> bool:
        """Whether it is known what the question is about, if not always who asks."""
        return self.outcome is Outcome.ANSWER or bool(self.asks)
