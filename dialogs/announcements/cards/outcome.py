"""An announcement's outcome in figures: the same in the picture, in its description and beside."""

from dataclasses import dataclass

from dialogs.conversation.texts import text
from knowledge.follow_up.models import Figures


@dataclass(frozen=True)
class Picture:
    """A picture to be fetched from `url`, and what it says in words."""

    url: str
    description: str


def label(figure: str) -> str:
    return text(f"announcements.follow.figure_{figure}")


def described(figures: Figures) -> str:
    """The figures in words, for who cannot see the picture."""
    said = [
        text("announcements.follow.figure", label=label(figure), count=count)
        for figure, count in figures.items()
    ]
    return text("announcements.follow.picture", figures=", ".join(said))
