"""Lists of trainings as counties keep them, as files."""

import csv
from collections.abc import Sequence
from io import BytesIO, StringIO

from openpyxl import Workbook

HEADINGS = ("Rubrik", "Datum", "Tid", "Ort", "Antal platser")
ROW = ("Lägesbild i praktiken", "2026-12-01", "9–12", "Växjö", "20")


def excel(*rows: Sequence[object]) -> bytes:
    """The rows as .xlsx."""
    book, file = Workbook(), BytesIO()
    for row in rows:
        book.active.append(list(row))
    book.save(file)
    return file.getvalue()


def separated(*rows: Sequence[object], by: str = ";", encoding: str = "utf-8") -> bytes:
    """The rows as text."""
    written = StringIO()
    csv.writer(written, delimiter=by).writerows(rows)
    return written.getvalue().encode(encoding)
