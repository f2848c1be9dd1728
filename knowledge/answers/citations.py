"""Finds the article about a paragraph when a question is about nothing else: "vad säger 9 §?"."""

from collections.abc import Iterable

from knowledge.answers.data import read
from knowledge.answers.models import Article
from knowledge.answers.search.gate import COMMON
from knowledge.answers.search.text import clean, words

_FRAME = COMMON | set(read("words")["paragraph"]["frame"].split())


def cited(question: str) -> tuple[str, ...]:
    """The paragraphs a question is about, none when it is about something else as well."""
    matter = [word for word in words(clean(question)) if word not in _FRAME]
    return tuple(matter) if all(word.startswith("§") for word in matter) else ()


class Citations:
    """Articles by the paragraphs that one of their wordings names and nothing more.

    When several do, the one that says so in most ways is meant.
    """

    def __init__(self, articles: Iterable[Article]) -> None:
        ways: dict[tuple[str, ...], dict[str, int]] = {}
        for article in articles:
            for wording in article.swedish:
                named = ways.setdefault(cited(wording), {})
                named[article.id] = named.get(article.id, 0) + 1
        self._ids = {key: max(named, key=named.__getitem__) for key, named in ways.items() if key}

    def find(self, question: str) -> str | None:
        """The id of the article about just these paragraphs."""
        return self._ids.get(cited(question))
