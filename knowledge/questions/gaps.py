"""Groups open questions that are alike, so that an editor sees what to write next."""

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from knowledge.directory.places import fold
from knowledge.questions.models import OpenQuestion, WhyOpen

ALIKE = 72.0
"""rapidfuzz token_sort_ratio from which two questions ask for the same thing."""

SHORTEST_WORD = 4
"""Shorter words ("hur", "vi", "ska") are in every question and say nothing of its matter."""


@dataclass(frozen=True)
class Gap:
    """Questions that ask for the same thing, the most asked first."""

    questions: tuple[OpenQuestion, ...]

    @property
    def times(self) -> int:
        return sum(one.times for one in self.questions)

    @property
    def wordings(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one.question for one in self.questions))

    @property
    def counties(self) -> tuple[str, ...]:
        """Where it was asked, without those whose county is unknown."""
        return tuple(sorted({one.county for one in self.questions if one.county}))


NEAR = "near:"
"""Begins what stands for a question whose text was not kept; an article's id follows, or nothing.
"""


def near(article: str) -> str:
    """What is counted in place of a question that may have been about somebody."""
    return f"{NEAR}{article}"


def group(questions: Sequence[OpenQuestion]) -> list[Gap]:
    """The gaps, biggest first. A question joins the group whose first question is most like it."""
    leads: list[str] = []
    groups: list[list[OpenQuestion]] = []
    for question in sorted(questions, key=lambda one: -one.times):
        if question.why is WhyOpen.PRIVATE:
            continue
        place = _alike(question.question, leads)
        if place is None:
            leads.append(_matter(question.question))
            groups.append([question])
        else:
            groups[place].append(question)
    return sorted((Gap(tuple(one)) for one in groups), key=lambda gap: -gap.times)


def _alike(question: str, leads: Sequence[str]) -> int | None:
    matter = _matter(question)
    if question.startswith(NEAR):
        return leads.index(matter) if matter in leads else None
    found = process.extractOne(matter, leads, scorer=fuzz.token_sort_ratio, score_cutoff=ALIKE)
    return found[2] if found else None


def _matter(question: str) -> str:
    """The words that carry the question; the whole of it when all are short."""
    if question.startswith(NEAR):
        return question
    folded = fold(question, strip=False)
    return " ".join(word for word in folded.split() if len(word) >= SHORTEST_WORD) or folded
