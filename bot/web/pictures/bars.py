"""Bars with names and numbers as a picture, to be read on light and on dark alike.

The background is transparent. Every colour has at least 3:1 against white and against the dark
card of Teams, which is enough for large letters and for bars.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

WIDTH = 1_000
ROW = 92
LETTERS = 38
GREY = "#808080"

_RING = "\N{COMBINING RING ABOVE}"
_BAR = 26
_MARGIN = 8


@dataclass(frozen=True)
class Bar:
    """A name to the left, words to the right, and below them a bar for this share of the width."""

    name: str
    said: str
    share: float
    colour: str


def draw_bars(bars: Sequence[Bar]) -> bytes:
    """A PNG with one bar below the other."""
    picture = Image.new("RGBA", (WIDTH, ROW * max(len(bars), 1)), (0, 0, 0, 0))
    pen = ImageDraw.Draw(picture)
    for row, bar in enumerate(bars):
        _row(pen, row * ROW, bar)
    file = BytesIO()
    picture.save(file, "PNG", optimize=True)
    return file.getvalue()


def _row(pen: ImageDraw.ImageDraw, top: int, bar: Bar) -> None:
    baseline = top + LETTERS + _MARGIN
    _write(pen, _MARGIN, baseline, bar.name)
    _write(pen, WIDTH - _MARGIN - _length(bar.said), baseline, bar.said)
    length = max(round((WIDTH - 2 * _MARGIN) * bar.share), 4 if bar.share else 0)
    if length:
        edge = top + LETTERS + 3 * _MARGIN
        pen.rectangle((_MARGIN, edge, _MARGIN + length, edge + _BAR), fill=bar.colour)


def _length(words: str) -> float:
    return _font().getlength(_bare(words))


def _bare(words: str) -> str:
    """Without the marks on letters, which the font does not have."""
    apart = unicodedata.normalize("NFD", words)
    return "".join(char for char in apart if not unicodedata.combining(char))


def _write(pen: ImageDraw.ImageDraw, x: float, baseline: float, words: str) -> None:
    """Bold letters; the dots and rings of å, ä and ö are put on by us."""
    bare = _bare(words)
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
