"""Which column tells what: by its heading, as counties call them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dialogs.conversation import swedish
from dialogs.conversation.texts import text, texts
from dialogs.trainings.exchange.lines import Line, Unreadable
from knowledge.directory.places import fold

WRITTEN = (
    "id", "title", "date", "starts", "ends", "end_date", "meetings", "place", "online", "seats",
    "owners", "organizer", "for_whom", "themes", "price", "sign_up_until", "withdraw_until",
    "summary", "bring", "join_link", "series", "state",
)  # fmt: skip
"""The columns that we write, in this order."""

READ = (*WRITTEN, "time", "town")
"""What others may have beside them: both times in one cell, and the town of a place."""

NEEDED = ("title", "date", "place", "seats")

_LOOKED_THROUGH = 10
"""So many lines may stand above the headings: the name of the county, say."""


@dataclass(frozen=True)
class Columns:
    """Where each field stands, what its column is called, and which columns tell us nothing.

    `twice` are pairs of columns that tell the same.
    """

    places: Mapping[str, int]
    names: Mapping[str, str]
    unknown: Sequence[str] = ()
    twice: Sequence[tuple[str, str]] = ()
    header: int = field(default=0)

    def called(self, name: str) -> str:
        """What the sheet calls it; our own word where it has no such column."""
        return self.names.get(name) or heading(name)

    @property
    def missing(self) -> list[str]:
        """The columns that nothing can do without."""
        stands_in = {"date": ("date", "starts"), "place": ("place", "town", "online")}
        return [
            name
            for name in NEEDED
            if not any(one in self.places for one in stands_in.get(name, (name,)))
        ]


def heading(name: str) -> str:
    """What we call the column."""
    return texts(f"trainings_exchange.column_{name}")[0]


def columns_in(lines: Sequence[Line]) -> Columns:
    """Finds the row with the headings. Raises Unreadable."""
    found = [_columns(line) for line in lines[:_LOOKED_THROUGH]]
    best = max(found, key=lambda one: len(one.places))
    if len(best.places) < 2 or not {"title", "id"} & {*best.places}:
        raise Unreadable("no_header")
    return best


def _columns(line: Line) -> Columns:
    places: dict[str, int] = {}
    names: dict[str, str] = {}
    unknown, twice = list[str](), list[tuple[str, str]]()
    known = _known()
    for place, cell in enumerate(line.cells):
        said = swedish.plain(cell.strip(), 60)
        name = known.get(_folded(cell))
        if name is None:
            unknown += [said] if said else []
        elif name in places:
            twice.append((names[name], said))
        else:
            places[name], names[name] = place, said
    return Columns(places, names, unknown, twice, line.number)


def _known() -> dict[str, str]:
    return {
        _folded(word): name for name in READ for word in texts(f"trainings_exchange.column_{name}")
    }


def _folded(words: str) -> str:
    """Also "Sista anmälningsdag (frivillig)" and "Pris i kr:"."""
    return fold(words.partition("(")[0], strip=False)


def missing_in_words(columns: Columns) -> list[str]:
    """What is wrong with the columns themselves."""
    said = [text("trainings_exchange.missing_column", name=heading(one)) for one in columns.missing]
    return said + [
        text("trainings_exchange.twice", first=first, second=second)
        for first, second in columns.twice
    ]
