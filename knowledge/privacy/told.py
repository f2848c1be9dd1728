"""What is told of somebody who has no name here: "min granne säljer …", "städerskan snor"."""

from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise

from knowledge.privacy.clauses import Clause, clauses, listed
from knowledge.privacy.names import Knows, is_ours, seems_ours
from knowledge.privacy.people import Form, One, people
from knowledge.privacy.somebody import is_sore, is_told

WISH_NEAR = 4
"""So many words after somebody tell whether it is a wish: "ordföranden i rådet vill"."""

TIE_NEAR = 7
"""And so many, which one it is: "en elev som går hos oss"."""

SELF_NEAR = 3
"""So many after "jag" tell what the writer is."""


def tells_of_one(typed: str, knows: Knows) -> bool:
    """Whether it tells something about one person without a name.

    A question about the work may name a coordinator or a pupil: whoever holds the role. What is
    told of one is somebody's, unless all its words are words of the work.
    """
    return _Text(typed, knows).tells_of_one()


class _Text:
    """What is written, with what has to be known of the whole of it."""

    def __init__(self, typed: str, knows: Knows) -> None:
        self._clauses = clauses(typed)
        self._words = [word for clause in self._clauses for word in clause.words]
        self._asks = any(clause.asks for clause in self._clauses)
        self._knows = knows

    @cached_property
    def _sore(self) -> bool:
        return is_sore(self._words)

    @cached_property
    def _strange(self) -> bool:
        """Whether a word is none of the work's: what is gossiped is told in other words."""
        return not all(is_ours(word, self._knows) for word in self._words if len(word) > 1)

    @cached_property
    def _very_strange(self) -> bool:
        return self._strange and not all(seems_ours(word, self._knows) for word in self._words)

    def tells_of_one(self) -> bool:
        ones = [(one, clause) for clause in self._clauses for one in people(clause.words)]
        if any(_is_somebodys(one, clause) for one, clause in _meant(ones)):
            return True
        told = [(one, clause) for one, clause in ones if self._is_told(one, clause)]
        if told and self._sore:
            return True
        return any(self._is_gossip(one, clause) for one, clause in told) or any(
            map(self._tells_of_self, self._clauses)
        )

    def _is_told(self, one: One, clause: Clause) -> bool:
        """Whether something is told of one whom the reader could find, and not asked of all."""
        if one.form is Form.OWNED or _is_shown(one, clause):
            return True
        if one.form is Form.DEFINITE and one.private:
            return True
        asks = self._asks or _wishes(one, clause)
        if clause.asks or (asks and one.form is Form.INDEFINITE):
            return False
        return _acts(one, clause)

    def _is_gossip(self, one: One, clause: Clause) -> bool:
        """Told in words that are strange to the work. Of one of ours, whatever is no wish:
        "min kollega är hög", and not "min kollega vill gå kursen"."""
        if clause.asks:
            return self._very_strange if one.form is Form.OWNED else self._strange
        if not one.private and _wishes(one, clause):
            return False
        if one.form is not Form.OWNED and not _is_tied(one, clause):
            return self._strange
        return self._very_strange or (_acts(one, clause) and not self._asks)

    def _tells_of_self(self, clause: Clause) -> bool:
        """ "Jag blev rånad", "har blivit hotad"; and not "jag har en fråga om rån"."""
        found = clause.words
        if clause.asks or listed("asking") & set(found):
            return False
        if listed("me") & set(found) and is_told(found):
            return True
        after = _after_self(found)
        if not listed("am") & set(after[:2]):
            return False
        worries = listed("worried") & set(after) and listed("over") & set(after)
        if is_sore(after) and not worries:
            return True
        near = after[:SELF_NEAR] if after[0] in listed("am") and not self._asks else []
        # What has been done ("tappat", "fått") is told by whoever asks for help as well.
        told = [word for word in near if len(word) > 1 and not word.endswith(("at", "it", "tt"))]
        return not all(is_ours(word, self._knows) for word in told)


def _meant(ones: list[tuple[One, Clause]]) -> Iterator[tuple[One, Clause]]:
    """Without who is only asked about: "en elev hotar andra, får han stängas av"."""
    anybody = False
    for one, clause in ones:
        if not (anybody and clause.asks and one.form is Form.POINTED):
            yield one, clause
        anybody |= one.form is Form.INDEFINITE and not _is_shown(one, clause)


def _is_somebodys(one: One, clause: Clause) -> bool:
    """ "Han", "min syster"; "grannen" too, when nothing is asked, or it is told which one."""
    if not one.private or one.form is Form.INDEFINITE:
        return False
    return one.form is not Form.DEFINITE or not clause.asks or _is_shown(one, clause)


def _wishes(one: One, clause: Clause) -> bool:
    """ "Ordföranden vill", "samordnaren på kommunen bör": what holds for whoever has the role."""
    return bool(listed("wishes") & set(clause.words[one.end : one.end + WISH_NEAR]))


def _acts(one: One, clause: Clause) -> bool:
    """Whether the clause is about the person: "kollegan super", "tror att en kollega super"."""
    after = clause.words[one.end : one.end + 1]
    if after[:1] in (["och"], ["and"]) or not (after or one.start):
        return False
    before = clause.words[one.start - 1] if one.start else ""
    begins = not before or before in listed("joins")
    return begins or (one.private and before not in listed("toward"))


def _is_shown(one: One, clause: Clause) -> bool:
    """Followed by what tells which one: "rektorn som skrev den", "en elev hos oss"."""
    after = set(clause.words[one.end : one.end + 1])
    return bool(one.form is Form.DEFINITE and listed("which") & after) or _is_tied(one, clause)


def _is_tied(one: One, clause: Clause) -> bool:
    return bool(listed("ties") & set(clause.words[one.end : one.end + TIE_NEAR]))


def _after_self(found: list[str]) -> list[str]:
    """What follows "jag", or all when it is left out; "i" is one only in English: "I was"."""
    if found[0] in listed("am"):
        return found
    for at, (word, following) in enumerate(pairwise(found)):
        if word == "jag" or (word == "i" and following in listed("i_am")):
            return found[at + 1 :]
    return []
