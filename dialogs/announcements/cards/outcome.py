"""An announcement's outcome in figures: the same in the picture, in its description and beside."""

from collections.abc import Mapping
from dataclasses import dataclass

from dialogs.conversation.texts import text
from knowledge.follow_up.models import Group, Report

ACKNOWLEDGED = "acknowledged"

Figures = Mapping[str, int]
"""How many by state, in the order they are shown: a group's word, or "acknowledged"."""


@dataclass(frozen=True)
class Picture:
    """A picture to be fetched from `url`, and what it says in words."""

    url: str
    description: str


def figures(report: Report) -> Figures:
    """What is not nought of the report."""
    found = {group.value: report.count(group) for group in Group if report.count(group)}
    return found | ({ACKNOWLEDGED: report.acknowledged} if report.asked else {})


def label(figure: str) -> str:
    return text(f"announcements.follow.figure_{figure}")


def described(figures: Figures) -> str:
    """The figures in words, for who cannot see the picture."""
    said = [
        text("announcements.follow.figure", label=label(figure), count=count)
        for figure, count in figures.items()
    ]
    return text("announcements.follow.picture", figures=", ".join(said))
