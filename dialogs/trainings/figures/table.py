"""A year's figures as rows of a table, in the words of the screen."""

from collections.abc import Mapping

from dialogs.conversation.texts import text
from knowledge.trainings.figures.models import Cell, Figures, Hidden, Line

NUMBER = "{:,}"

_MEASURES = ("seated",)
"""What is counted of people, in the order of the columns."""


def header() -> list[str]:
    columns = ("part", "trainings", "meetings", *_MEASURES)
    return [text(f"trainings_figures.column_{column}") for column in columns]


def rows(figures: Figures, place: str, themes: Mapping[str, str]) -> list[list[str]]:
    """The whole year first, then by quarter and by theme, and what else is told."""
    about = text("trainings_figures.about", year=figures.year, place=place)
    found = [_row(text("trainings_figures.whole_year"), figures.total)]
    found += [_row(part(one, themes), one) for one in (*figures.quarters, *figures.themes)]
    beside = [
        (text("trainings_figures.persons"), shown(figures.persons)),
        (text("trainings_figures.reached", of_all=figures.of_all), shown(figures.reached)),
        (text("trainings_figures.cancelled"), shown(figures.cancelled)),
        (text("trainings_figures.coming"), shown(figures.coming)),
        (about, ""),
        (text("trainings_figures.explained"), ""),
    ]
    width = len(header())
    return found + [[name, said, *[""] * (width - 2)] for name, said in beside]


def part(line: Line, themes: Mapping[str, str]) -> str:
    """What a quarter or a theme is called."""
    if line.key.isdigit():
        return text("trainings_figures.quarter", number=line.key)
    return themes.get(line.key, line.key) or text("trainings_figures.no_theme")


def shown(cell: Cell) -> str:
    """A figure, or why there is none."""
    if isinstance(cell, Hidden):
        return text(f"trainings_figures.{cell.value}")
    return NUMBER.format(cell).replace(",", "\u00a0")


def _row(name: str, line: Line) -> list[str]:
    people = (line.people[measure] for measure in _MEASURES)
    return [name, *map(shown, (line.trainings, line.meetings, *people))]
