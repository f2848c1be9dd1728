"""To whom an answer is addressed: "svara Anna: …", "svara på frågan om lokalen: …"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dialogs.conversation.texts import texts
from knowledge.directory.places import Places, fold
from knowledge.enquiries.models import Enquiry

SHORTEST_STEM = 5
"""So many letters at the beginning tell that two words are the same: "lokalen" and "lokal"."""


@dataclass(frozen=True)
class Addressed:
    """Whom or what is named, as folded words, and the answer.

    It is `plain` when it speaks of the question that was put, or has the answer after a colon.
    """

    named: tuple[str, ...]
    said: str
    plain: bool


def addressed(typed: str) -> Addressed | None:
    """What is said after "svara"; None when nobody is to be answered."""
    verbs, that = (_any("enquiries.answering"), _any("enquiries.that"))
    found = re.search(rf"\b(?:{verbs})\b", typed, re.IGNORECASE)
    if not found:
        return None
    rest = typed[found.end() :]
    parted = re.search(rf"\s*:\s*|[\s,]+(?:{that})\s+", rest, re.IGNORECASE)
    whom, said = (rest[: parted.start()], rest[parted.end() :]) if parted else (rest, "")
    words = fold(whom, strip=False).split()
    small = _folded("enquiries.small")
    questions = _folded("enquiries.question_words")
    named = tuple(word for word in words if word not in small | questions)
    told = parted is not None and ":" in parted[0] and not said.rstrip().endswith("?")
    return Addressed(named, said.strip(), plain=told or not questions.isdisjoint(words))


def meant(to: Addressed, waiting: Sequence[Enquiry], places: Places) -> Sequence[Enquiry]:
    """The questions that are by whom, or about what, is named; all of them when nothing is."""
    if not to.named:
        return waiting
    by = [one for one in waiting if _is_by(one, to.named, places)]
    return by or [one for one in waiting if _is_about(one, to.named)]


def _is_by(one: Enquiry, named: Sequence[str], places: Places) -> bool:
    """By the name of the asker or of the asker's municipality, every word of it."""
    who = {*_words(one.asker_name), *_words(places.name_of(one.municipality))}
    return all(word in who or word.removesuffix("s") in who for word in named)


def _is_about(one: Enquiry, named: Sequence[str]) -> bool:
    asked = [*_words(one.question), *_words(one.subject.heading)]
    return all(any(_is_same(word, other) for other in asked) for word in named)


def _is_same(one: str, other: str) -> bool:
    stem = min(len(one), len(other))
    return one == other or (stem >= SHORTEST_STEM and one[:stem] == other[:stem])


def _words(said: str) -> list[str]:
    return fold(said, strip=False).split()


def _folded(key: str) -> frozenset[str]:
    return frozenset(fold(word, strip=False) for word in texts(key))


def _any(key: str) -> str:
    return "|".join(map(re.escape, texts(key)))
