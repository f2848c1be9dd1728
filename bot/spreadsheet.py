"""A table as a file that Excel opens. Nothing in it is ever run as a formula.

Semicolons, because a Swedish Excel expects them; a byte order mark, because it else misreads å.
"""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

CONTENT_TYPE = "text/csv"
EXTENSION = "csv"

_FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_SEPARATORS = ("\t", "\r", "\n", ";", "\0")


def table_file(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """The table with its header, in UTF-8."""
    file = StringIO(newline="")
    writer = csv.writer(file, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([_as_text(cell) for cell in header])
    writer.writerows([_as_text(cell) for cell in row] for row in rows)
    return file.getvalue().encode("utf-8-sig")


def _as_text(cell: str) -> str:
    """The cell marked as text where Excel would else read something into it (ASVS 1.2.10)."""
    if cell.startswith(_SEPARATORS) or cell.lstrip().startswith(_FORMULA):
        return f"'{cell}"
    return cell
