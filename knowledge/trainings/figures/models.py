"""A year's figures, for the report that counties owe Brå by 15 February (2016:1258, 4 §)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

FEWEST = 5
"""Figures about fewer people than this are not shown."""


class Hidden(StrEnum):
    """Why a figure is not shown."""

    FEW = "few"  # it is about too few people
    APART = "apart"  # another that is could be reckoned from it


Cell = int | Hidden


@dataclass(frozen=True)
class Held:
    """A training that has been held, with what is counted of it. `people`: by what they did."""

    id: int
    quarter: int
    theme: str
    meetings: int
    people: Mapping[str, int]


@dataclass(frozen=True)
class Line:
    """A part of the year: a quarter, a theme ("" for none) or all of it. `people` by measure."""

    key: str
    trainings: int
    meetings: int
    people: Mapping[str, Cell]


@dataclass(frozen=True)
class Figures:
    """What one county, or all, held in a year, until now.

    `persons` are different people; `reached` how many of the county's municipalities, of `of_all`,
    they work in.
    """

    year: int
    county: str
    total: Line
    quarters: Sequence[Line]
    themes: Sequence[Line]
    persons: Cell
    reached: Cell
    of_all: int
    cancelled: int
    coming: int

    @property
    def is_empty(self) -> bool:
        return not (self.total.trainings or self.cancelled or self.coming)
