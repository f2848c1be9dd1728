"""Whether a text tells of one person: who is suspected or harmed, ill, poor, or somebody's own.

A question about the work may name a coordinator or a pupil: anybody who holds the role. What is
told of one is somebody's, unless all its words are words of the work.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from knowledge.privacy.clauses import Clause, clauses
from knowledge.privacy.names import WORD, Knows, is_ours, names, seems_ours
from knowledge.privacy.numbers import personal
from knowledge.privacy.people import Form, One, people
from knowledge.privacy.words import words

NEAR = 12
"""So many words may stand between somebody and what is said about them."""


def describes_somebody(typed: str) -> bool:
    """Whether it seems to tell who is suspected of something, or has been harmed."""
    numbered = [span.start for span in personal(typed)]
    shown = re.escape(words()["shown"]["personal_number"])
    numbered += [hit.start() for hit in re.finditer(shown, typed)]
    someone = [*numbered, *(hit.start() for hit in names(typed))]
    if not someone:
        return False
    found = list(WORD.finditer(typed))
    starts = [hit.start() for hit in found]
    places = {bisect_left(starts, start) for start in someone}
    told = _told([hit[0].casefold() for hit in found])
    return any(abs(one - place) <= NEAR for one in told for place in places)


def tells_of_one(typed: str, knows: Knows) -> bool:
    """Whether it tells something about one person without a name: "min granne säljer …"."""
    said = clauses(typed)
    ones = [(one, clause) for clause in said for one in people(clause.words)]
    if any(one.private and _is_somebodys(one, clause) for one, clause in _meant(ones)):
        return True
    told = [(one, clause) for one, clause in ones if _is_told(one, clause, said)]
    if told and _is_sore([word for clause in said for word in clause.words]):
        return True
    return any(_is_doubtful(one, clause, said, knows) for one, clause in told) or any(
        _tells_of_self(clause, said, knows) for clause in said
    )


def _meant(ones: list[tuple[One, Clause]]) -> Iterator[tuple[One, Clause]]:
    """Without who is only asked about: "en elev hotar andra, får han stängas av"."""
    anybody = False
    for one, clause in ones:
        if not (anybody and clause.asks and one.form is Form.POINTED):
            yield one, clause
        anybody |= one.form is Form.INDEFINITE and not _is_tied(one, clause)


def _is_somebodys(one: One, clause: Clause) -> bool:
    """ "Han", "min syster"; "grannen" too, when nothing is asked, or it is told which one."""
    if one.form in (Form.POINTED, Form.OWNED):
        return True
    return one.form is Form.DEFINITE and (not clause.asks or _is_tied(one, clause))


def _is_told(one: One, clause: Clause, said: list[Clause]) -> bool:
    """Whether something is told of one whom the reader could find, and not asked about all."""
    if one.form is Form.OWNED or _is_tied(one, clause):
        return True
    asked = any(part.asks for part in said)
    if clause.asks or (asked and one.form is Form.INDEFINITE):
        return False
    return _acts(one, clause)


def _acts(one: One, clause: Clause) -> bool:
    """Whether the clause is about the person: "kollegan super", "tror att en kollega super"."""
    before = clause.words[one.start - 1] if one.start else ""
    after = clause.words[one.end : one.end + 1]
    if not after or after[0] in ("och", "and"):
        return False
    begins = not before or before in _list("joins")
    alone = one.private and before not in _list("toward")
    return begins or alone


def _is_tied(one: One, clause: Clause) -> bool:
    """Followed by what tells which one: "som skrev den", "i vår kommun", "hos oss"."""
    after = clause.words[one.end : one.end + 1]
    if one.form is Form.DEFINITE and _list("which") & set(after):
        return True
    return _ties(one, clause)


def _ties(one: One, clause: Clause) -> bool:
    after = clause.words[one.end : one.end + 7]
    return any(word in _list("ties") for word in after) or any(
        word[0].isupper() and word.endswith(tuple(_list("schools")))
        for word in clause.shown[one.end : one.end + 7]
    )


def _is_doubtful(one: One, clause: Clause, said: list[Clause], knows: Knows) -> bool:
    """Whether it is told in other words than those of the work, or of one of ours what is no
    wish: "min kollega är hög", and not "min kollega vill gå kursen"."""
    ours = seems_ours if clause.asks else is_ours
    strange = not all(ours(word, knows) for part in said for word in part.words if len(word) > 1)
    if clause.asks or not (one.form is Form.OWNED or _ties(one, clause)):
        return strange
    if not _acts(one, clause):
        return False
    asked = any(part.asks for part in said)
    wishes = _list("wishes") & set(clause.words[one.end : one.end + 4])
    return strange or not (asked or wishes)


def _is_sore(found: list[str]) -> bool:
    return any(_hurts(found, at) for at in range(len(found))) or bool(_told(found))


def _hurts(found: list[str], at: int) -> bool:
    """A word that nobody wants told of them; not a subject: "ett föredrag om droger"."""
    word = found[at]
    if at and found[at - 1] in _list("about"):
        return False
    stems, never = _stems()
    return word in _list("sore_whole") or (word.startswith(stems) and not word.startswith(never))


def _told(found: list[str]) -> list[int]:
    """Where it says that somebody is suspected or harmed; not that they have signed up."""
    signed_up = tuple(_list("signed_up_for"))
    if "anmäld" in found and any(word.startswith(signed_up) for word in found):
        found = ["" if word == "anmäld" else word for word in found]
    stems, never = tuple(_list("stems")), _list("not_stems")
    return [at for at, word in enumerate(found) if word.startswith(stems) and word not in never]


def _tells_of_self(clause: Clause, said: list[Clause], knows: Knows) -> bool:
    """ "Jag blev rånad", and not "jag har en fråga om rån"."""
    found = clause.words
    if not clause.asks and _list("me") & set(found) and _told(found):
        return True
    pairs = enumerate(pairwise(found))
    at = next((at for at, (one, next_) in pairs if _is_self(one, next_)), None)
    if at is None or clause.asks:
        return False
    if not any(part.asks for part in said) and not all(
        seems_ours(word, knows) for word in found if len(word) > 1
    ):
        return True
    if not _list("am") & set(found[at + 1 : at + 3]):
        return False
    after = found[at + 1 :]
    if ("rädd" in after or "orolig" in after) and {"att", "över"} & set(after):
        return False
    return not _list("asking") & set(after) and _is_sore(after)


def _is_self(word: str, following: str) -> bool:
    """The writer; "i" is one only in English: "I was", "I have"."""
    return word == "jag" or (word == "i" and following in _list("i_am"))


@cache
def _stems() -> tuple[tuple[str, ...], tuple[str, ...]]:
    return tuple(_list("sore")), tuple(_list("not_sore"))


@cache
def _list(name: str) -> frozenset[str]:
    lists = words()
    return frozenset(lists["case"].get(name) or lists["clauses"][name])
