"""Reads a list as trainings, and says of each row what would become of it, or what is wrong."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from dialogs.conversation.texts import text
from dialogs.trainings.exchange import columns as headings
from dialogs.trainings.exchange import table
from dialogs.trainings.exchange.columns import Columns
from dialogs.trainings.exchange.judged import Fault, Judged, Row
from dialogs.trainings.exchange.lines import Line
from dialogs.trainings.exchange.row import RowReader
from dialogs.trainings.planning.offered import Offered
from knowledge.trainings.exchange.models import Entry
from knowledge.trainings.exchange.service import likeness
from knowledge.trainings.models import Training
from knowledge.trainings.planning.models import Plan


class Judge:
    """Knows who takes in the list, and which trainings there are already."""

    def __init__(self, offered: Offered, kept: Sequence[Training], now: datetime) -> None:
        self.offered = offered
        self.known = {str(one.id): one for one in kept}
        self.now = now

    def judge(self, lines: Sequence[Line]) -> Judged:
        """The whole list. Raises Unreadable when there are no headings in it."""
        columns = headings.columns_in(lines)
        wrong = headings.missing_in_words(columns)
        below = [line for line in lines if line.number > columns.header]
        if wrong:
            return Judged(columns=wrong, unused=columns.unknown)
        faults, rows = list[Fault](), list[Row]()
        for line in below:
            found = self._row(line, columns)
            if isinstance(found, Row):
                rows.append(found)
            else:
                faults += found
        faults += self._twice(rows, columns)
        wrong = [] if below else [text("trainings_exchange.no_rows")]
        faults.sort(key=lambda one: one.row)
        return Judged(rows, faults, wrong, columns.unknown)

    def _row(self, line: Line, columns: Columns) -> Row | list[Fault]:
        reader = RowReader(line, columns, self.offered, self.now)
        cells = reader.cells
        id_ = cells.get("id", "")
        known = self.known.get(id_)
        if id_ and known is None and not reader.faults:
            return [reader.fault("id", text("trainings_exchange.wanted_id"))]
        series = cells.get("series", "")
        if known and not reader.formulas and self._is_as_it_was(known, cells):
            return Row(line.number, Entry(Plan.of(known), known, series), "same")
        plan = reader.read(known)
        if plan is None:
            return reader.faults
        kind = "new" if known is None else "changed"
        if known and plan == Plan.of(known):
            kind = "same"
        return Row(line.number, Entry(plan, known, series), kind)

    def _is_as_it_was(self, known: Training, cells: Mapping[str, str]) -> bool:
        """Whether the row says what we would write. What has no column stays as it is."""
        ours = table.cells(known, self.offered.themes, self.offered.owners)
        aside = ("state", "series")
        return all(
            _same(ours[name], said)
            for name, said in cells.items()
            if name in ours and name not in aside
        ) and not (cells.get("time") or cells.get("town"))

    def _twice(self, rows: Sequence[Row], columns: Columns) -> list[Fault]:
        """Rows about the same training as another row, or as one that is here already."""
        first: dict[object, int] = {}
        here = {likeness(one.title, one.starts_at): one for one in self.known.values()}
        found = list[Fault]()
        for row in rows:
            plan, known = row.entry.plan, row.entry.known
            alike = likeness(plan.title, plan.starts_at)
            keys: list[object] = [alike, *([known.id] if known else [])]
            before = next((first[key] for key in keys if key in first), 0)
            said = ""
            if before:
                said = text("trainings_exchange.wanted_once", row=before)
            elif known is None and alike in here:
                said = text("trainings_exchange.wanted_new", id=here[alike].id)
            if said:
                title = columns.called("title")
                found.append(Fault(row.number, title, plan.title, said))
            for key in keys:
                first.setdefault(key, row.number)
        return found


def _same(ours: str, said: str) -> bool:
    """Line ends and spaces at the end of a line are Excel's own."""
    return [one.strip() for one in ours.split("\n")] == [one.strip() for one in said.split("\n")]
