"""What each article is about, in the words of its title: "lägesbilden", "strategiskt råd"."""

from collections import Counter
from collections.abc import Collection, Iterable
from functools import cache
from math import log

from knowledge.answers.data import read
from knowledge.answers.models import Article
from knowledge.answers.search.gate import COMMON
from knowledge.answers.search.text import clean, fold, words

_DATA = read("words")["subject"]
_NO_MATTER = COMMON | frozenset(_DATA["idle"].split())
_ENDINGS = tuple(sorted(_DATA["endings"].split(), key=len, reverse=True))
_SHORTEST_STEM = 3
_MOST, _NEAR_THE_BEST = 2, 0.4

Subject = tuple[str, ...]


def stem(word: str) -> str:
    """A rough stem without å, ä and ö, so that most forms of a word are one."""
    folded = fold(word)
    for ending in _ENDINGS if folded.endswith(_ENDINGS) else ():
        if folded.endswith(ending) and len(folded) >= len(ending) + _SHORTEST_STEM:
            return folded.removesuffix(ending)
    return folded


def subjects(articles: Collection[Article]) -> dict[str, Subject]:
    """At most two words per article, in the title's order.

    They are the words that the article's own wordings repeat, that other titles of its topic name
    as well, and that few articles elsewhere hold.
    """
    stem_of = cache(stem)  # the same words come again and again
    ways = {one.id: [{*map(stem_of, _matter(way))} for way in one.swedish] for one in articles}
    spread = Counter(each for own in ways.values() for each in set().union(*own))
    topics: dict[str, Counter[str]] = {}
    for one in articles:
        topics.setdefault(one.topic, Counter()).update(ways[one.id][0])

    def weight(article: Article, word: str) -> float:
        own, known = ways[article.id], stem(word)
        share = sum(known in way for way in own) / len(own)
        return share * topics[article.topic][known] * log(1 + len(ways) / spread[known])

    return {
        one.id: _heaviest({word: weight(one, word) for word in _matter(one.title)})
        for one in articles
    }


def things(every: Iterable[Subject]) -> frozenset[str]:
    """The stems that a question can be about all by themselves.

    Such a word is the only subject of one article, or a subject of several: "mall" is neither, so
    "finns det en mall" asks for a template of something else.
    """
    counts = Counter(stem(word) for subject in every for word in subject * (3 - len(subject)))
    return frozenset(one for one, times in counts.items() if times > 1)


def _heaviest(weights: dict[str, float]) -> Subject:
    best = sorted(weights.values(), reverse=True)[:_MOST]
    least = max(best[-1], _NEAR_THE_BEST * best[0]) if best else 0.0
    return tuple(word for word, weight in weights.items() if weight >= least)[:_MOST]


def _matter(text: str) -> list[str]:
    return [word for word in words(clean(text)) if word not in _NO_MATTER]
