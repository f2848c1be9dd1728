"""A year as bars, one for each quarter. What is not shown has words in place of a bar."""

from collections.abc import Mapping

from bot.web.pictures.bars import Bar, draw_bars
from dialogs.conversation.texts import text
from dialogs.trainings.figures import table
from knowledge.trainings.figures.models import Cell, Hidden

COLOUR = "#3f86d0"


def draw(quarters: Mapping[str, int | str]) -> bytes:
    """A PNG with how many had a seat in each quarter; the longest bar as wide as the picture."""
    cells: dict[str, Cell] = {
        key: Hidden(said) if isinstance(said, str) else said for key, said in quarters.items()
    }
    most = max((one for one in cells.values() if not isinstance(one, Hidden)), default=0)
    return draw_bars([_bar(key, cell, most) for key, cell in cells.items()])


def _bar(key: str, cell: Cell, most: int) -> Bar:
    share = 0.0 if isinstance(cell, Hidden) or not most else cell / most
    name = text("trainings_figures.quarter", number=key)
    return Bar(name, table.shown(cell).replace("\u00a0", " "), share, COLOUR)
