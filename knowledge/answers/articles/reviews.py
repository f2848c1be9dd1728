"""The wordings of sections that the articles were held against, kept as fingerprints.

Beside the articles, in `laws.toml`: for each section the days on which a wording was recorded as
reviewed, oldest first. An article was held against the latest one that is not newer than its own
`checked`; that way a law that changes is reviewed article by article.
"""

import json
import re
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from knowledge.answers.articles.fields import Fields
from knowledge.answers.articles.problems import FileProblems, Problem
from knowledge.answers.models import Review
from knowledge.answers.sections import Section, written

STEM = "laws"
_WRITTEN = re.compile(r"(\d{4}-\d{2}-\d{2}) ([0-9a-f]{16})?")

Reviews = Mapping[Section, tuple[Review, ...]]


def read_reviews(table: Mapping[str, Any], problems: list[Problem]) -> Reviews:
    """What has been reviewed, by section. Lines that cannot be read are told."""
    found: dict[Section, tuple[Review, ...]] = {}
    for act, sections in table.items():
        wrong = FileProblems(f"{STEM}.toml [{act}]", problems)
        fields = Fields(sections, wrong)
        for place in fields.names():
            section = written(f"{act} {place}")
            lines = [_review(line) for line in fields.texts(place)]
            if section is None or None in lines:
                wrong.add(place, "bad_review")
            else:
                found[section] = tuple(sorted((one for one in lines if one), key=_day))
    return found


def with_reviewed(reviews: Reviews, seen: Mapping[Section, str], day: date) -> Reviews:
    """The reviews with what is seen now recorded as reviewed on `day`, where it is new."""
    added = dict(reviews)
    for section, fingerprint in seen.items():
        known = added.get(section, ())
        # A wording that was reviewed before is one that was read from an old copy.
        if fingerprint not in {one.fingerprint for one in known}:
            added[section] = (*known, Review(day, fingerprint))
    return added


def save_reviews(folder: Path, reviews: Reviews) -> None:
    """Write the file anew, whole, under the comment that it begins with."""
    path = folder / f"{STEM}.toml"
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    parts = ["\n".join(line for line in lines if line.startswith("#"))]
    for act in sorted({section.act for section in reviews}):
        own = sorted((one for one in reviews if one.act == act), key=lambda one: one.order)
        parts.append("\n".join([f'["{act}"]', *(_line(one, reviews[one]) for one in own)]))
    beside = path.with_suffix(".new")
    beside.write_text("\n\n".join(filter(None, parts)) + "\n", "utf-8")
    beside.replace(path)


def _line(section: Section, reviews: Iterable[Review]) -> str:
    listed = [f"{one.day} {one.fingerprint}".strip() for one in reviews]
    return f'"{section.place}" = {json.dumps(listed)}'


def _review(line: str) -> Review | None:
    """One line; None when it is not a day and a fingerprint."""
    parts = _WRITTEN.fullmatch(line if " " in line else f"{line} ")
    try:
        return Review(date.fromisoformat(parts[1]), parts[2] or "") if parts else None
    except ValueError:
        return None


def _day(review: Review) -> date:
    return review.day
