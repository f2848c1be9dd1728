"""Files from Excel, and files that somebody made to do harm."""

from contextlib import suppress
from datetime import date, datetime, time
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.web.read_sheet import MOST_BYTES, read_sheet
from dialogs.trainings.exchange.lines import Unreadable
from tests.support.lists import HEADINGS, ROW, excel, separated


@pytest.mark.parametrize("by", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "latin-1", "utf-16"])
def test_text_in_every_usual_form(by: str, encoding: str) -> None:
    row = [cell.replace("–", "-") for cell in ROW]
    lines = read_sheet(separated(HEADINGS, row, by=by, encoding=encoding))

    assert [line.cells for line in lines] == [HEADINGS, tuple(row)]
    assert [line.number for line in lines] == [1, 2]


def test_what_excel_says_of_separators_is_believed() -> None:
    lines = read_sheet(b"sep=;\r\nTitel;Plats\r\nA, B;C\r\n")

    assert [(line.number, line.cells) for line in lines] == [
        (2, ("Titel", "Plats")),
        (3, ("A, B", "C")),
    ]


def test_cells_are_read_as_they_are_shown() -> None:
    (line,) = read_sheet(
        excel([date(2026, 12, 1), datetime(2026, 12, 1, 8, 30), time(8, 30), 20, 20.5, True, None])  # noqa: DTZ001
    )

    assert line.cells == ("2026-12-01", "2026-12-01 08:30", "08:30", "20", "20.5", "Ja")


def test_formulas_are_marked_and_never_calculated() -> None:
    (line,) = read_sheet(excel(['=HYPERLINK("https://x.example")', "A"]))
    (other,) = read_sheet(b"=1+1;A\n")

    assert (line.formulas, other.formulas) == ({0}, {0})


def test_empty_rows_keep_the_numbers_of_the_others() -> None:
    lines = read_sheet(excel(["Titel"], [], [None], ["A"]))

    assert [line.number for line in lines] == [1, 4]


def zipped(**parts: bytes) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as box:
        for name, content in parts.items():
            box.writestr(f"xl/{name}.xml", content)
    return file.getvalue()


@pytest.mark.parametrize(
    ("file", "why"),
    [
        (b"", "empty"),
        (b"\n\n;;\n", "empty"),
        (b"x" * (MOST_BYTES + 1), "large"),
        (zipped(workbook=b" " * 50_000_000), "large"),
        (zipped(workbook=b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), "broken"),
        (zipped(workbook=b"<a"), "broken"),
        (b"PK\x03\x04 no zip at all", "broken"),
        (b"\xd0\xcf\x11\xe0 old", "old"),
        (b"%PDF\0\0", "other"),
        (separated(HEADINGS, *[ROW] * 1_001), "long"),
    ],
)
def test_what_is_no_list_is_told(file: bytes, why: str) -> None:
    with pytest.raises(Unreadable) as told:
        read_sheet(file)

    assert told.value.why == why


@given(st.binary(max_size=300), st.integers(0, 5_000))
@settings(max_examples=60, deadline=None)
def test_a_damaged_file_never_breaks_anything(damage: bytes, place: int) -> None:
    good = excel(HEADINGS, ROW)
    place %= len(good)
    with suppress(Unreadable):
        read_sheet(good[:place] + damage + good[place + len(damage) :])
