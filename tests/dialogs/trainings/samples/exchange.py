"""The ways to lists and feeds, and a year in figures."""

from collections.abc import Iterator

from dialogs.trainings.exchange import cards
from dialogs.trainings.figures import cards as figures_cards
from knowledge.trainings.figures.models import Cell, Figures, Hidden, Line
from tests.dialogs.sampling import Sample, sample

URL = "https://tryggve.example.se/utbildning/eyJhbGciOi"
FEEDS = {
    kind: f"https://tryggve.example.se/utbildningar/07.{form}"
    for kind, form in (("calendar", "ics"), ("news", "rss"), ("json", "json"))
}
THEMES = {"lagesbild": "Lägesbild", "unga": "Barn, unga, skola och socialtjänst"}


def samples() -> Iterator[Sample]:
    yield sample(cards.take_in, "everyday", f"{URL}/import", 15)
    yield sample(cards.give_out, "everyday", f"{URL}/lista", 15)
    feeds = {"Kronobergs län": FEEDS, "Hela landet": FEEDS}
    for reader in ("coordinator", "others"):
        is_one = reader == "coordinator"
        yield sample(cards.follow, reader, feeds, URL, coordinator=is_one)
    place, years = "Kronobergs län", (2025, 2026)
    for case, cell in (("many", 12_345), ("few", Hidden.FEW), ("apart", Hidden.APART)):
        yield sample(
            figures_cards.figures,
            case,
            _figures(cell),
            place,
            THEMES,
            file=(f"{URL}/siffror", 15),
            picture=f"{URL}/siffror.png",
            years=years,
        )
    yield sample(figures_cards.nothing, "everyday", _figures(0), place, years)


def _figures(cell: Cell) -> Figures:
    def line(key: str) -> Line:
        return Line(key, 3, 5, {"seated": cell})

    return Figures(
        year=2026,
        county="07",
        total=line(""),
        quarters=[line(str(number)) for number in range(1, 5)],
        themes=[line(""), *map(line, THEMES)],
        persons=cell,
        reached=cell,
        of_all=8,
        cancelled=1,
        coming=2,
    )
