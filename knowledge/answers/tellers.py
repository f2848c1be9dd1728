"""Who may tell, or be told: "får Försäkringskassan tipsa kommunen" is not "får kommunen tipsa".

Both have the same words, so a search alone cannot keep them apart.
"""

from knowledge.answers.data import read
from knowledge.answers.models import Article
from knowledge.answers.search.text import clean, words
from knowledge.answers.subjects import stem

_TELLING = {stem(word) for word in read("words")["telling"]["verbs"].split()}
_ANYBODY = frozenset(read("words")["telling"]["anybody"].split())
_MAY = frozenset(read("words")["telling"]["may"].split())
_BETWEEN = 4
"""So many words may stand between "får" and the verb: "får min kollega på soc berätta"."""


def is_anothers(question: str, article: Article) -> bool:
    """Whether a question names who may tell or know, and no way of asking the article does."""
    asked = _tellers(question)
    ways = (*article.swedish, *article.in_english)
    return bool(asked) and not any(asked & _tellers(way) for way in ways)


def _tellers(question: str) -> frozenset[str]:
    """The stems of what stands between "får" and a verb of telling; none for "jag" and the like."""
    said = words(clean(question, len(question)))
    for at, word in enumerate(said):
        if word not in _MAY or _ANYBODY & {*said[at + 1 : at + 2]}:
            continue
        ahead = [stem(one) for one in said[at + 1 : at + 2 + _BETWEEN]]
        end = next((number for number, one in enumerate(ahead) if one in _TELLING), 0)
        if end:
            return frozenset(map(stem, said[at + 1 : at + 1 + end])) - _ANYBODY
    return frozenset()
