"""Which answers stand on law that has changed since they were reviewed.

An article was held against the latest recorded wording that is not newer than its own `checked`.
A term has no such day: it counts as reviewed with its sections. What was never recorded is
compared with what was first read here.
"""

from collections.abc import Mapping, Sequence

from knowledge.answers.models import Article, Base, Review, Term
from knowledge.answers.sections import Section
from knowledge.laws.models import Change, Seen

SeenLaw = Mapping[Section, Seen]


def rested_on(base: Base) -> list[Section]:
    """Every section that some article or term rests on, as the statute book has them."""
    named = {section for one in base.resting for section in one.rests_on}
    return sorted(named, key=lambda section: section.order)


def changes(base: Base, seen: SeenLaw) -> list[Change]:
    """What has changed, by section and by the wording that was reviewed."""
    found: dict[tuple[Section, str], list[Article | Term]] = {}
    for one in base.resting:
        for section in one.rests_on:
            before = _changed_from(base.reviews.get(section, ()), seen.get(section), one)
            if before is not None:
                found.setdefault((section, before), []).append(one)
    return [
        Change(
            section,
            before,
            seen[section].fingerprint,
            tuple(one for one in resting if isinstance(one, Article)),
            tuple(one for one in resting if isinstance(one, Term)),
        )
        for (section, before), resting in sorted(found.items(), key=lambda one: one[0][0].order)
    ]


def changed_for(resting: Article | Term, base: Base, seen: SeenLaw) -> tuple[Section, ...]:
    """The sections under this one that have changed since it was reviewed."""
    return tuple(
        section
        for section in resting.rests_on
        if _changed_from(base.reviews.get(section, ()), seen.get(section), resting) is not None
    )


def touched(base: Base, seen: SeenLaw) -> list[Article]:
    """The articles that stand on changed law."""
    return [one for one in base.articles if changed_for(one, base, seen)]


def _changed_from(
    reviews: Sequence[Review], seen: Seen | None, resting: Article | Term
) -> str | None:
    """The wording it was held against, when the law has another one now; else None."""
    if seen is None:
        return None
    if not reviews:
        return seen.first if seen.first != seen.fingerprint else None
    held = _held_against(reviews, resting)
    # What is read may be older than what was reviewed, where a folder is: no change.
    known = {one.fingerprint for one in reviews[: held + 1]}
    return None if seen.fingerprint in known else reviews[held].fingerprint


def _held_against(reviews: Sequence[Review], resting: Article | Term) -> int:
    """Which of the reviews. Of several on the day of its check it may have been the first."""
    if not isinstance(resting, Article):
        return len(reviews) - 1
    days = [one.day for one in reviews]
    latest = max((day for day in days if day <= resting.checked), default=days[0])
    return days.index(latest)
