"""What is told of somebody who has no name here: "min granne säljer …", "städerskan snor"."""

from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise

from knowledge.privacy.clauses import Clause, clauses, listed
from knowledge.privacy.names import Knows, is_ours
from knowledge.privacy.people import Form, One, is_for_people, people
from knowledge.privacy.somebody import is_sore, is_told

WISH_NEAR = 4
"""So many words after somebody tell whether it is a wish: "ordföranden i rådet vill"."""

TIE_NEAR = 7
"""And so many, which one it is: "en elev som går hos oss"."""

SELF_NEAR = 3
"""So many after "jag" tell what the writer is."""

LIFE_NEAR = 4
"""And so many, that it is no work: "jag vill inte leva"."""

DONE = ("at", "it", "tt", "ft")
"""So ends what has been done: "tappat", "blivit", "fått"."""

PREDICATE = ("t", "ts", "a")
"""And so, what is asked of it: "är fotboja effektivt", "har bilbränder ökat"."""

SUBJECT = ("na", "et", "an", "en", "ar", "or")
"""So ends who or what a question is about: "är rådet", "har skolorna"."""


def tells_of_one(typed: str, knows: Knows) -> bool:
    """Whether it tells something about one person without a name.

    A question about the work may name a coordinator or a pupil: whoever holds the role. So may
    what one wants, or what a role shall do. Whatever else is told of one is somebody's.
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
    def _strange(self) -> bool:
        """Whether a word is none of the work's: what is gossiped is told in other words."""
        return not self._are_ours(self._words)

    @cached_property
    def _sore(self) -> bool:
        return is_sore(self._words)

    @cached_property
    def _odd(self) -> bool:
        """Strange, or sore though the work uses the word too."""
        return self._strange or self._sore

    def tells_of_one(self) -> bool:
        ones = [(one, clause) for clause in self._clauses for one in people(clause.words)]
        return any(self._is_about(one, clause) for one, clause in _meant(ones)) or any(
            map(self._tells_of_self, self._clauses)
        )

    def _is_about(self, one: One, clause: Clause) -> bool:
        """Told of one whom the reader could find, whatever the words; or asked, or wished for, in
        words that are strange to the work or sore."""
        if _is_somebodys(one, clause) or (self._strange and _is_judged(one, clause)):
            return True
        near = one.form is Form.OWNED or _is_shown(one, clause)
        if clause.asks:
            return self._odd and (near or (one.private and one.form is Form.DEFINITE))
        if near:
            return self._odd or not _wishes(one, clause)
        if not _acts(one, clause):
            return False
        if one.form is Form.INDEFINITE:
            return self._odd and not self._asks
        if _wishes(one, clause):
            return self._sore
        return self._odd or not self._asks

    def _tells_of_self(self, clause: Clause) -> bool:
        """ "Jag blev rånad", "är kronisk smärtpatient"; and not "jag har en fråga om rån"."""
        found = clause.words
        left_out = self._leaves_self_out(clause)
        after = found if left_out else _after_self(found)
        if listed("life") & set(after[:LIFE_NEAR]):
            return left_out or not clause.asks
        if (clause.asks and not left_out) or listed("asking") & set(found):
            return False
        if listed("me") & set(found) and is_told(found):
            return True
        if (listed("am") | listed("bears")) & set(after[:2]) and is_sore(after):
            return True
        if not listed("am") & set(after[:2]):
            return False
        asks = self._asks and not left_out
        if asks or after[0] not in listed("am") or listed("wants") & set(after):
            return False
        # What has been done ("tappat", "fått") is told by whoever asks for help as well.
        told = [word for word in after[:SELF_NEAR] if not word.endswith(DONE)]
        return not self._are_ours(told)

    def _leaves_self_out(self, clause: Clause) -> bool:
        """ "Är utbränd", "har haft missfall": no question, for nobody follows that it is about."""
        first, *after = clause.words[:3]
        if first in listed("life"):
            return True
        # "Var" that begins asks where.
        if not clause.bare or first not in listed("am") or first == "var":
            return False
        if after[0].endswith(DONE) or after[0] in listed("tells"):
            return True
        about = after[0] in listed("turned") or after[0].endswith(SUBJECT)
        about = about or (after[-1].endswith(PREDICATE) and not is_for_people(after[-1]))
        return not about and (is_sore(after) or not self._are_ours(after))

    def _are_ours(self, found: list[str]) -> bool:
        return all(is_ours(word, self._knows) for word in found if len(word) > 1)


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


def _is_judged(one: One, clause: Clause) -> bool:
    """Asked, but of what somebody is like: "är kommunpolisen nykter", "en kollega som luktar"."""
    if one.form is Form.INDEFINITE:
        return clause.words[one.end : one.end + 1] == ["som"]
    return one.start == 1 and clause.words[0] in listed("am")


def _wishes(one: One, clause: Clause) -> bool:
    """ "Ordföranden vill", "samordnaren på kommunen bör": what holds for whoever has the role;
    and "jag vill nå vår kommunpolis"; not "jag tycker att rektorn …", which only tells."""
    before = set(clause.words[: one.start]) - listed("joins")
    after = clause.words[one.end : one.end + WISH_NEAR]
    return bool((listed("wants") | listed("wishes")) & before.union(after))


def _acts(one: One, clause: Clause) -> bool:
    """Whether the clause is about the person: "kollegan super", "tror att en kollega super"."""
    after = clause.words[one.end : one.end + 1]
    if after[:1] in (["och"], ["and"]) or not (after or one.start):
        return False
    before = clause.words[one.start - 1] if one.start else ""
    return one.private or not before or before in listed("joins")


def _is_shown(one: One, clause: Clause) -> bool:
    """Followed by what tells which one: "rektorn som skrev den", "en elev hos oss"."""
    after = set(clause.words[one.end : one.end + 1])
    return bool(one.form is Form.DEFINITE and listed("which") & after) or _is_tied(one, clause)


def _is_tied(one: One, clause: Clause) -> bool:
    return bool(listed("ties") & set(clause.words[one.end : one.end + TIE_NEAR]))


def _after_self(found: list[str]) -> list[str]:
    """What follows "jag", or all when it is left out; "i" is one only in English: "I was"."""
    for at, (word, following) in enumerate(pairwise(found)):
        if word == "jag" or (word == "i" and following in listed("i_am")):
            return found[at + 1 :]
    return []
