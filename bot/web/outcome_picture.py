"""An announcement's outcome as bars, to be read on light and on dark alike.

The background is transparent. Every colour has at least 3:1 against white and against the dark
card of Teams, which is enough for large letters and for bars.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from dialogs.announcements.cards.outcome import label
from knowledge.follow_up.models import ACKNOWLEDGED, ASKED

WIDTH = 1_000
ROW = 92
LETTERS = 38
GREY = "#808080"
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

_RING = "\N{COMBINING RING ABOVE}"
_BAR = 26
_MARGIN = 8


@dataclass(frozen=True)
class Bar:
    """A figure with its name, as a share of the longest bar there can be."""

    name: str
    count: int
    share: float
    colour: str


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
    bars = list[Bar]()
    for figure, count in shown.items():
        whole = figures.get(ASKED, most) if figure == ACKNOWLEDGED else most
        bars.append(Bar(label(figure), count, count / whole if whole else 0.0, COLOURS[figure]))
    return draw_bars(bars)


def draw_bars(bars: Sequence[Bar]) -> bytes:
    """A PNG with these, one below the other."""
    picture = Image.new("RGBA", (WIDTH, ROW * max(len(bars), 1)), (0, 0, 0, 0))
    pen = ImageDraw.Draw(picture)
    for row, bar in enumerate(bars):
        _row(pen, row * ROW, bar)
    file = BytesIO()
    picture.save(file, "PNG", optimize=True)
    return file.getvalue()


def _row(pen: ImageDraw.ImageDraw, top: int, bar: Bar) -> None:
    baseline = top + LETTERS + _MARGIN
    number = f"{bar.count:,}".replace(",", " ")
    _write(pen, _MARGIN, baseline, bar.name)
    _write(pen, WIDTH - _MARGIN - _font().getlength(number), baseline, number)
    length = max(round((WIDTH - 2 * _MARGIN) * bar.share), 4 if bar.count else 0)
    if length:
        edge = top + LETTERS + 3 * _MARGIN
        pen.rectangle((_MARGIN, edge, _MARGIN + length, edge + _BAR), fill=bar.colour)


def _write(pen: ImageDraw.ImageDraw, x: float, baseline: float, words: str) -> None:
    """Bold letters; the dots and rings of å, ä and ö are put on by us."""
    apart = unicodedata.normalize("NFD", words)
    bare = "".join(char for char in apart if not unicodedata.combining(char))
    pen.text((x, baseline), bare, GREY, _font(), "ls", stroke_width=1, stroke_fill=GREY)
    for place, char in enumerate(unicodedata.normalize("NFC", words)):
        mark = unicodedata.normalize("NFD", char)[1:]
        if mark:
            left, top, right, _ = _font().getbbox(bare[place], anchor="ls")
            middle = x + _font().getlength(bare[:place]) + (left + right) / 2
            _mark(pen, mark, middle, baseline + top - 7)


def _mark(pen: ImageDraw.ImageDraw, mark: str, x: float, y: float) -> None:
    if mark == _RING:
        pen.circle((x, y - 2), 5, outline=GREY, width=3)
    else:
        for side in (-6, 6):
            pen.circle((x + side, y), 3, fill=GREY)


@cache
def _font() -> ImageFont.FreeTypeFont:
    """The font that comes with Pillow: no machine has to have one. It knows ASCII only."""
    font = ImageFont.load_default(LETTERS)
    assert isinstance(font, ImageFont.FreeTypeFont)  # noqa: S101 - Pillow is built with FreeType
    return font
