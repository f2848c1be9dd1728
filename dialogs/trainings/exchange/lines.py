"""What stands in a sheet, before anything of it is understood."""

from dataclasses import dataclass

MOST_LINES = 1_000
MOST_COLUMNS = 60


class Unreadable(Exception):
    """It is no table that can be read. `why` is the tail of the text that tells so."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Line:
    """A row by its number in the sheet, with what each cell shows.

    Dates are written as 2026-12-01 and times as 08:30. `formulas` are the places of cells that
    calculate something.
    """

    number: int
    cells: tuple[str, ...]
    formulas: frozenset[int] = frozenset()

    @property
    def is_empty(self) -> bool:
        return not any(cell.strip() for cell in self.cells)
