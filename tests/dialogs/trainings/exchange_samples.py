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
    yield sample("exchange_in", cards.take_in, f"{URL}/import", 15)
    yield sample("exchange_out", cards.give_out, f"{URL}/lista", 15)
    feeds = {"Kronobergs län": FEEDS, "Hela landet": FEEDS}
    for coordinator in (False, True):
        name = f"exchange_follow_{coordinator}"
        yield sample(name, cards.follow, feeds, URL, coordinator=coordinator)
    for name, cell in (("many", 12_345), ("few", Hidden.FEW), ("apart", Hidden.APART)):
        about = {"file": (f"{URL}/siffror", 15), "picture": f"{URL}/siffror.png"}
        found, place = _figures(cell), "Kronobergs län"
        many = figures_cards.figures
        yield sample(f"figures_{name}", many, found, place, THEMES, **about, years=(2025, 2026))
    nothing = figures_cards.nothing
    yield sample("figures_none", nothing, _figures(0), "Kronobergs län", (2025, 2026))


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
