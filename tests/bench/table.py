"""The figures as lines of text."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

HEADINGS = ("figure (medians)", "stock", "Tryggve", "ratio", "target", "met")


@dataclass(frozen=True)
class Figure:
    """One line of the table. `met` is None where nothing was promised."""

    name: str
    stock: str = ""
    tryggve: str = ""
    ratio: str = ""
    target: str = ""
    met: bool | None = None

    def cells(self) -> tuple[str, ...]:
        met = {True: "yes", False: "NO", None: ""}[self.met]
        return self.name, self.stock, self.tryggve, self.ratio, self.target, met


def compared(
    name: str, unit: str, stock: Sequence[float], tryggve: Sequence[float], **promise: float
) -> Figure:
    """Two bots beside each other. `promise`: the ratio is `at_most` or `at_least` this."""
    ours, theirs = median(tryggve), median(stock)
    ratio = ours / theirs
    target, met = _kept(ratio, **promise)
    return Figure(name, _text(theirs, unit), _text(ours, unit), f"{ratio:.2f}", target, met)


def alone(
    name: str,
    unit: str,
    values: Sequence[float],
    below: float | None = None,
    at_least: float | None = None,
) -> Figure:
    """A figure of Tryggve's own, promised to be `below` or `at_least` this."""
    value = median(values)
    text = _text(value, unit)
    if below is not None:
        return Figure(name, tryggve=text, target=f"< {below:g} {unit}", met=value < below)
    if at_least is not None:
        return Figure(name, tryggve=text, target=f"≥ {at_least:g} {unit}", met=value >= at_least)
    return Figure(name, tryggve=text)


def table(figures: Sequence[Figure]) -> str:
    """All figures in columns, numbers to the right."""
    rows = [HEADINGS, *(figure.cells() for figure in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    lines = ["  ".join(_set(row, widths)).rstrip() for row in rows]
    return "\n".join([lines[0], "-" * (sum(widths) + 2 * len(widths) - 2), *lines[1:]])


def _set(row: Sequence[str], widths: Sequence[int]) -> list[str]:
    name, *numbers = row
    right = [number.rjust(width) for number, width in zip(numbers, widths[1:], strict=True)]
    return [name.ljust(widths[0]), *right]


def _kept(
    ratio: float, at_most: float | None = None, at_least: float | None = None
) -> tuple[str, bool | None]:
    if at_most is not None:
        return f"≤ {at_most:g}", ratio <= at_most
    if at_least is not None:
        return f"≥ {at_least:g}", ratio >= at_least
    return "", None


def _text(value: float, unit: str) -> str:
    digits = 0 if value >= 100 else 1 if value >= 20 else 2
    return f"{value:.{digits}f} {unit}"
