"""Holds the verbs of answers against those of the law: a "ska" of the statute is no "bör".

Each sentence that cites one section is compared with that section; of an answer that rests on a
single section, also the first sentence. What somebody has reviewed and found right is in
`modality.toml` beside the articles, with the reason.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from knowledge.answers.articles.plain import sentences
from knowledge.answers.models import Article
from knowledge.answers.sections import Section, cited
from knowledge.laws.statute import Statute
from knowledge.laws.variants import DATA

STEM = "modality"
DUTY, ADVICE = "ska", "bör"
_VERBS: dict[str, str] = DATA["modality"]["verbs"]
_QUALIFIED: dict[str, str] = DATA["modality"]["qualified"]
_ALIKE: dict[str, list[str]] = DATA["modality"]["alike"]
_STATUTE_SENTENCE = re.compile(r"(?<=[.])\s+(?=[A-ZÅÄÖ])|\n(?=[A-ZÅÄÖ])")


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A sentence of an answer that says with another verb what the section says."""

    article: str
    section: Section
    said: str
    statute: str
    verb: str


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A sentence that is right although its verb is another, and why."""

    article: str
    sentence: str
    reason: str


@dataclass(frozen=True, slots=True)
class Compared:
    """How many sentences were held against the law, which were wrong, and what was reviewed and is
    not there any more."""

    sentences: int
    wrong: tuple[Mismatch, ...]
    stale: tuple[Reviewed, ...]


def compare(
    articles: Iterable[Article], statutes: Iterable[Statute], reviewed: Iterable[Reviewed]
) -> Compared:
    """Every sentence that cites one section of these acts. What the acts lack says nothing."""
    acts = {one.act: one.sections for one in statutes}
    told = [
        (article.id, section, said, words)
        for article in articles
        for section, said in _told(article)
        if (words := acts.get(section.act, {}).get(section.place))
    ]
    found = [
        Mismatch(id, section, said, _most_like(said, words), verb)
        for id, section, said, words in told
        if (verb := _wrong(said, words))
    ]
    known = {(one.article, one.sentence): one for one in reviewed}
    keys = {(one.article, one.said) for one in found}
    wrong = [one for one in found if (one.article, one.said) not in known]
    stale = [one for key, one in known.items() if key not in keys]
    return Compared(len(told), tuple(wrong), tuple(stale))


def read_reviewed(folder: Path) -> list[Reviewed]:
    """The reviewed sentences of a content folder. Without a reason nothing is reviewed."""
    path = folder / f"{STEM}.toml"
    table = tomllib.loads(path.read_text("utf-8")) if path.exists() else {}
    return [
        Reviewed(one.get("article", ""), one.get("sentence", ""), one["reason"])
        for one in table.get("reviewed", [])
        if one.get("reason", "").strip()
    ]


def _told(article: Article) -> Iterator[tuple[Section, str]]:
    """The sentences that say what a section says, with that section."""
    every = [*sentences(article.answer), *sentences(article.more)]
    for place, sentence in enumerate(every):
        places = {one.place for one in cited(sentence)}
        named = [one for one in article.rests_on if one.place in places]
        if len(places) == len(named) == 1:
            yield named[0], sentence
        elif place == 0 and not places and len(article.rests_on) == 1:
            yield article.rests_on[0], sentence


def _wrong(said: str, statute: str) -> str:
    """The verb that the section does not have, or that lacks what the section says beside it."""
    held, used = _verbs(statute), _verbs(said)
    if ADVICE in used - held:
        return ADVICE
    if held and used and not used & held:
        return min(used)
    return _unqualified(said, statute) if DUTY in used & held else ""


def _unqualified(said: str, statute: str) -> str:
    """What stands beside every "ska" of the section, and beside none of the sentence."""
    whole = len(_pattern(_VERBS[DUTY]).findall(statute))
    for name, pattern in _QUALIFIED.items():
        beside = len(_pattern(pattern).findall(statute))
        if beside == whole and not _pattern(_ALIKE[name][0]).search(said):
            return name
    return ""


def _verbs(text: str) -> frozenset[str]:
    return frozenset(name for name, one in _VERBS.items() if _pattern(one).search(text))


def _most_like(said: str, statute: str) -> str:
    """The sentence of the section that shares most words with what is said."""
    own = set(said.lower().split())
    every = _STATUTE_SENTENCE.split(statute)
    return max(every, key=lambda one: len(own & set(one.lower().split()))).strip()


@cache
def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
