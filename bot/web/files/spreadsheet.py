"""A table as an Excel file. Every cell is text: nothing in it is ever run as a formula."""

from collections.abc import Iterable, Sequence
from io import BytesIO

from aiohttp import web

_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_NARROWEST, _WIDEST = 10, 60  # characters
_ROOM = 4  # for the button that filters


def table_file(sheet: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """One sheet of that name: the header stays in sight, and each column can be filtered."""
    import xlsxwriter  # 8 MB, for a file that is asked for now and then

    table = [header, *rows]
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        page = book.add_worksheet(sheet)
        bold = book.add_format({"bold": True})
        for row, cells in enumerate(table):
            for column, cell in enumerate(cells):
                page.write_string(row, column, cell, None if row else bold)
        for column in range(len(header)):
            longest = max(len(cells[column]) for cells in table)
            page.set_column(column, column, min(max(longest, _NARROWEST), _WIDEST) + _ROOM)
        page.freeze_panes(1, 0)
        page.autofilter(0, 0, len(table) - 1, len(header) - 1)
    return file.getvalue()


def answer(content: bytes, name: str) -> web.Response:
    """The file for who has the link, and for nobody's cache."""
    return web.Response(
        body=content,
        content_type=_CONTENT_TYPE,
        headers={
            "Referrer-Policy": "no-referrer",
            "Content-Disposition": f'attachment; filename="{name}.xlsx"',
            "Cache-Control": "no-store",
        },
    )
