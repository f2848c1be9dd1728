"""Reads a table out of a file that somebody has kept in Excel: .xlsx, or text with separators.

Nothing of it is trusted: what is unpacked is bounded before it is unpacked, formulas are never
calculated, and nothing is fetched.
"""

import csv
import warnings
import zlib
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from io import BytesIO, StringIO
from itertools import islice
from typing import Any
from zipfile import BadZipFile, ZipFile, ZipInfo

from dialogs.conversation.texts import text
from dialogs.trainings.exchange.lines import MOST_COLUMNS, MOST_LINES, Line, Unreadable

MOST_BYTES = 2 * 1024 * 1024
MOST_UNPACKED = 12 * 1024 * 1024
MOST_PARTS = 500
_PIECE = 64 * 1024

_OLD_EXCEL = b"\xd0\xcf\x11\xe0"  # .xls, and .xlsx behind a password
_SEPARATORS = ";\t,"
_LONGEST_CELL = 32_767  # as in Excel


def read_sheet(file: bytes) -> list[Line]:
    """The rows of the first sheet that holds any. Raises Unreadable."""
    if len(file) > MOST_BYTES:
        raise Unreadable("large")
    if file.startswith(_OLD_EXCEL):
        raise Unreadable("old")
    lines = [*(_of_excel(file) if file.startswith(b"PK") else _of_text(file))]
    found = [line for line in lines if not line.is_empty]
    if not found:
        raise Unreadable("empty")
    if len(found) > MOST_LINES + 1:
        raise Unreadable("long")
    return found


def _of_excel(file: bytes) -> list[Line]:
    plain = _unpacked(file)
    # Imported when a file comes: some 10 MB, and seldom needed.
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what it leaves out, such as lists to choose from
            book = load_workbook(plain, read_only=True, keep_links=False)
            for sheet in book.worksheets:
                lines = [*_lines_of(sheet)] if sheet.sheet_state == "visible" else []
                if any(not line.is_empty for line in lines):
                    return lines
    except Exception as fault:  # whatever a file that was made to break it may cause
        raise Unreadable("broken") from fault
    return []


def _unpacked(file: bytes) -> BytesIO:
    """The same file with what we read of it, unpacked piece by piece as far as may be.

    What an entry says of its own size is not believed: zipfile unpacks whole what says to be small.
    """
    rest, out = MOST_UNPACKED, BytesIO()
    try:
        with ZipFile(BytesIO(file)) as parts, ZipFile(out, "w") as plain:
            if len(parts.infolist()) > MOST_PARTS:
                raise Unreadable("large")
            for one in parts.infolist():
                if one.filename.endswith((".xml", ".rels")):
                    content = _part(parts, one, rest)
                    rest -= len(content)
                    plain.writestr(one.filename, content)
    except (BadZipFile, OSError, RuntimeError, ValueError, EOFError, zlib.error) as fault:
        raise Unreadable("broken") from fault
    return out


def _part(parts: ZipFile, one: ZipInfo, most: int) -> bytes:
    content = bytearray()
    with parts.open(one) as packed:
        while piece := packed.read(_PIECE):
            content += piece
            if len(content) > most:
                raise Unreadable("large")
    if b"<!DOCTYPE" in content:
        raise Unreadable("broken")
    return bytes(content)


def _lines_of(sheet: Any) -> Iterator[Line]:
    # What the sheet says of its own size is not believed.
    sheet.reset_dimensions()
    rows = sheet.iter_rows(max_col=MOST_COLUMNS)
    for number, row in enumerate(islice(rows, 5 * MOST_LINES), start=1):
        cells = _without_end([_shown(cell.value) for cell in row])
        formulas = (place for place, cell in enumerate(row) if cell.data_type == "f")
        yield Line(number, cells, frozenset(formulas))


def _without_end(cells: list[str]) -> tuple[str, ...]:
    """Without the empty cells to the right, which a sheet has without end."""
    while cells and not cells[-1]:
        cells.pop()
    return tuple(cells)


def _shown(value: object) -> str:
    """A cell as a Swede would type it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return text("trainings_exchange.yes" if value else "trainings_exchange.no")
    if isinstance(value, datetime):
        value = _to_the_minute(value)
        has_time = value.time() != time()
        return f"{value:%Y-%m-%d %H:%M}" if has_time else f"{value:%Y-%m-%d}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, timedelta):  # a time that is formatted as hours
        value = (datetime(2000, 1, 1) + value).time()  # noqa: DTZ001 - only its time is used
    if isinstance(value, time):
        return f"{_to_the_minute(datetime.combine(date(2000, 1, 1), value)):%H:%M}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)[:_LONGEST_CELL]


def _to_the_minute(moment: datetime) -> datetime:
    """Excel keeps a time as a fraction of a day: 08:30 may come as 08:29:59.999."""
    return (moment + timedelta(seconds=30)).replace(second=0, microsecond=0)


def _of_text(file: bytes) -> list[Line]:
    typed = _decoded(file)
    if "\0" in typed:
        raise Unreadable("other")
    first, _, rest = typed.lstrip("\r\n").partition("\n")
    told = first.strip().lower()
    said = told[4:] if told.startswith("sep=") and len(told) == 5 else ""
    head = rest.partition("\n")[0] if said else first
    separator = said or max(_SEPARATORS, key=head.count)
    try:
        rows = [
            *islice(csv.reader(StringIO(typed, newline=""), delimiter=separator), 5 * MOST_LINES)
        ]
    except csv.Error as fault:
        raise Unreadable("broken") from fault
    lines = [_line(number, row) for number, row in enumerate(rows, start=1)]
    return lines[1:] if said else lines


def _line(number: int, row: Sequence[str]) -> Line:
    cells = tuple(row[:MOST_COLUMNS])
    formulas = (place for place, cell in enumerate(cells) if cell.lstrip().startswith("="))
    return Line(number, cells, frozenset(formulas))


def _decoded(file: bytes) -> str:
    """UTF-8 with or without its mark, UTF-16 with it, or what Windows wrote before."""
    if file.startswith((b"\xff\xfe", b"\xfe\xff")):
        return file.decode("utf-16", "replace")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return file.decode(encoding)
        except UnicodeDecodeError:
            continue
    return file.decode("latin-1")
