"""An announcement's outcome as bars."""

from collections.abc import Mapping

from bot.web.pictures.bars import GREY, Bar, draw_bars
from dialogs.announcements.cards.outcome import label
from knowledge.follow_up.models import ACKNOWLEDGED, ASKED

COLOURS = {
    "sent": "#2f9461",
    "waiting": "#3f86d0",
    "failed": "#dc5055",
    "not_installed": GREY,
    "blocked": "#a8801c",
    "uncertain": "#cf6a2a",
    "stopped": "#8f7f74",
    "acknowledged": "#9373c4",
}


def can_draw(figures: Mapping[str, object]) -> bool:
    """Whether these are figures: a link may be from another version."""
    known = {*COLOURS, ASKED}
    return all(name in known and isinstance(count, int) for name, count in figures.items())


def draw(figures: Mapping[str, int]) -> bytes:
    """A PNG with one bar for each figure; the longest as wide as the picture.

    Acknowledged is a part of those who were asked: 1 of 1 is a full bar.
    """
    shown = {figure: count for figure, count in figures.items() if figure != ASKED}
    most = max(shown.values(), default=0)
    bars = []
    for figure, count in shown.items():
        whole = figures.get(ASKED, most) if figure == ACKNOWLEDGED else most
        number = f"{count:,}".replace(",", " ")
        share = count / whole if whole else 0.0
        bars.append(Bar(label(figure), number, share, COLOURS[figure]))
    return draw_bars(bars)
