"""What a list says, row by row: what is new, what has changed, and what is wrong where."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from dialogs.conversation.texts import text
from knowledge.trainings.exchange.models import Entry


@dataclass(frozen=True)
class Fault:
    """A cell that cannot be kept: where it is, what stands there, and what is wanted."""

    row: int
    column: str
    written: str
    wanted: str

    @property
    def said(self) -> str:
        key = "fault" if self.written else "fault_empty"
        return text(
            f"trainings_exchange.{key}",
            row=self.row,
            column=self.column,
            written=self.written,
            wanted=self.wanted,
        )


@dataclass(frozen=True)
class Row:
    """A row that can be kept. `kind`: "new", "changed" or "same"."""

    number: int
    entry: Entry
    kind: str


@dataclass(frozen=True)
class Judged:
    """The whole list. Nothing of it is kept while there is a fault."""

    rows: Sequence[Row] = ()
    faults: Sequence[Fault] = ()
    columns: Sequence[str] = ()
    unused: Sequence[str] = field(default=())

    @property
    def is_good(self) -> bool:
        return not self.faults and not self.columns

    @property
    def entries(self) -> list[Entry]:
        """What is to be kept; of what stays as it is only what others are in series with."""
        return [one.entry for one in self.rows if one.kind != "same" or one.entry.series]

    def count(self, kind: str) -> int:
        return sum(one.kind == kind for one in self.rows)

    @property
    def changes_something(self) -> bool:
        return any(one.kind != "same" for one in self.rows)
