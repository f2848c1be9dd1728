"""A list as counties keep it: what it would do, and what is wrong where."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from dialogs.trainings.exchange import table
from dialogs.trainings.exchange.judge import Judge
from dialogs.trainings.exchange.judged import Judged
from dialogs.trainings.exchange.lines import Line, Unreadable
from dialogs.trainings.planning.offered import Offered
from knowledge.trainings.models import Meeting, Training, TrainingStatus
from tests.support.lists import HEADINGS, ROW

NOW = datetime(2026, 11, 1, 9, tzinfo=UTC)
STARTS = datetime(2026, 12, 1, 8, tzinfo=UTC)
THEMES = {"lagesbild": "Lägesbild", "unga": "Barn, unga, skola och socialtjänst"}
OWNERS = {"07": "Kronobergs län", "08": "Kalmar län"}
OFFERED = Offered(THEMES, OWNERS, ("07",))
KNOWN = Training(
    id=12,
    title="Lägesbild i praktiken",
    county="07",
    themes=("lagesbild", "unga"),
    place="Växjö",
    starts_at=STARTS,
    ends_at=STARTS + timedelta(hours=3),
    seats=20,
    taken=4,
    summary="En rad.\nEn till.",
    status=TrainingStatus.OPEN,
    sequence=0,
    owners=("07", "08"),
    price=1500,
    version=3,
)


def judged(
    *rows: Sequence[str], kept: Sequence[Training] = (), offered: Offered = OFFERED
) -> Judged:
    lines = [Line(number, tuple(row)) for number, row in enumerate(rows, start=1)]
    return Judge(OFFERED, kept, NOW).judge(lines)


def faults(*rows: Sequence[str], kept: Sequence[Training] = ()) -> list[str]:
    return [one.said for one in judged(*rows, kept=kept).faults]


def exported(*trainings: Training) -> list[list[str]]:
    return [table.header(), *table.rows(trainings, THEMES, OWNERS)]


def test_a_list_as_counties_keep_it_is_read() -> None:
    headings = ["Namn", "Start", "Slut", "Lokal", "Ort", "Max antal", "Målgrupp", "Pris", "Tema",
                "Anmäl senast", "Ansvarig"]  # fmt: skip
    row = ["EST i vardagen", "1 december 2026 kl 9", "12.30", "Sal 2", "Alvesta", "30 st", "Alla",
           "1 500,00 kr", "lägesbild", "2026-11-20", "Eva"]  # fmt: skip
    found = judged(["Kronoberg 2026"], headings, row)
    plan = found.rows[0].entry.plan

    assert (found.is_good, list(found.unused)) == (True, ["Ansvarig"])
    assert (plan.title, plan.place, plan.seats, plan.price) == (
        "EST i vardagen", "Sal 2, Alvesta", 30, 1500
    )  # fmt: skip
    assert (plan.starts_at, plan.ends_at) == (STARTS, STARTS + timedelta(hours=3, minutes=30))
    assert (plan.themes, plan.owners) == (("lagesbild",), ("07",))
    assert plan.sign_up_until == datetime(2026, 11, 20, 23, tzinfo=UTC)


def test_what_is_exported_comes_back_unchanged() -> None:
    two = replace(KNOWN, id=13, title="=1+1", series=12, online=True, join_link="https://m.example")
    meetings = tuple(
        Meeting(STARTS + timedelta(days=days), STARTS + timedelta(days=days, hours=2))
        for days in (0, 7, 14)
    )
    several = replace(
        KNOWN, id=14, title="Tre träffar", meetings=meetings, ends_at=meetings[2].ends_at
    )
    over = replace(KNOWN, id=15, title="Förra året", starts_at=NOW - timedelta(days=300),
                   ends_at=NOW - timedelta(days=299), status=TrainingStatus.CANCELLED)  # fmt: skip
    every = [KNOWN, two, several, over]

    found = judged(*exported(*every), kept=every)

    assert (found.faults, [one.kind for one in found.rows]) == ([], ["same"] * 4)
    assert not found.changes_something


def test_a_changed_cell_is_a_change_and_the_rest_stays() -> None:
    row = ["12", "25"]
    found = judged(
        ["Id", "Antal platser", *HEADINGS[:4]], [*row, KNOWN.title, *ROW[1:4]], kept=[KNOWN]
    )

    assert [(one.kind, one.entry.plan.seats, one.entry.plan.price) for one in found.rows] == [
        ("changed", 25, 1500)
    ]
    assert found.rows[0].entry.plan.themes == KNOWN.themes


def test_more_meetings_are_one_training() -> None:
    found = judged([*HEADINGS, "Fler träffar"], [*ROW, "2026-12-08 9–12; 15 dec 2026 kl 9–12"])
    plan = found.rows[0].entry.plan

    assert found.faults == []
    assert [one.starts_at for one in plan.meetings] == [
        STARTS + timedelta(days=d) for d in (0, 7, 14)
    ]
    assert plan.ends_at == STARTS + timedelta(days=14, hours=3)


def row(**cells: str) -> list[str]:
    said = dict(zip(HEADINGS, ROW, strict=True)) | cells
    return [said[name] for name in HEADINGS]


@pytest.mark.parametrize(
    ("column", "written", "wanted"),
    [
        ("Rubrik", "x" * 300, "3–100 tecken"),
        ("Rubrik", "", "titel"),
        ("Rubrik", "Två\r\nrader", "en enda rad"),
        ("Rubrik", "<b>Fet</b>", "ren text"),
        ("Datum", "2026-10-01", "redan ha börjat"),
        ("Datum", "2020-10-01", "redan ha börjat"),
        ("Datum", "1/12", "dagen med år"),
        ("Datum", "", "dagen med år"),
        ("Datum", "2031-12-01", "inom ett år"),
        ("Tid", "12–9", "sluta efter"),
        ("Tid", "9", "när utbildningen slutar"),
        ("Tid", "på morgonen", "Skriv tiden"),
        ("Ort", "", "Skriv platsen"),
        ("Antal platser", "0", "heltal mellan 1 och 10 000"),
        ("Antal platser", "-3", "heltal mellan 1 och 10 000"),
        ("Antal platser", "många", "heltal mellan 1 och 10 000"),
        ("Antal platser", "", "antalet platser"),
    ],
)
def test_each_bad_cell_is_named(column: str, written: str, wanted: str) -> None:
    (said,) = faults(HEADINGS, row(), row(Rubrik="En annan"), row(**{column: written}))[:1]

    assert said.startswith(f"Rad 4, kolumnen ”{column}”")
    assert wanted in said


def test_every_fault_of_a_list_is_told_at_once() -> None:
    said = faults(HEADINGS, row(Tid="12–9"), row(Rubrik="En annan", **{"Antal platser": "0"}))

    assert [one[:5] for one in said] == ["Rad 2", "Rad 3"]


def test_the_same_training_twice_is_refused() -> None:
    assert (
        "Rad 2 är samma utbildning" in faults(HEADINGS, ROW, row(Rubrik="lägesbild i PRAKTIKEN"))[0]
    )
    twice = exported(KNOWN, KNOWN)
    assert "Rad 2 är samma utbildning" in faults(*twice, kept=[KNOWN])[0]


def test_what_is_here_already_is_not_added_again() -> None:
    assert "finns redan, med id 12" in faults(HEADINGS, ROW, kept=[KNOWN])[0]


def test_an_id_of_others_is_not_known() -> None:
    assert "Ingen utbildning i ditt län" in faults(["Id", *HEADINGS], ["99", *ROW])[0]


@pytest.mark.parametrize(
    ("county", "wanted"), [("Kalmar", "måste vara ditt eget"), ("Narnia", "länets namn")]
)
def test_only_for_the_own_county(county: str, wanted: str) -> None:
    (said,) = faults([*HEADINGS, "Län"], [*ROW, county])

    assert wanted in said
    assert judged([*HEADINGS, "Län"], [*ROW, "Kronoberg; Kalmar"]).is_good


def test_seats_that_are_taken_are_not_taken_back() -> None:
    (said,) = faults(["Id", *HEADINGS], ["12", *row(**{"Antal platser": "3"})], kept=[KNOWN])

    assert "4 personer har redan en plats" in said


def test_what_has_begun_is_not_changed() -> None:
    begun = replace(KNOWN, starts_at=NOW - timedelta(hours=1))
    (said,) = faults(["Id", *HEADINGS], ["12", *ROW], kept=[begun])

    assert "går inte att ändra" in said


def test_columns_that_are_missing_or_twice_are_named() -> None:
    assert judged(["Titel", "Datum", "Tid"], ["A", "B", "C"]).columns == [
        "Kolumnen ”Plats” saknas. Lägg till den, även om rubriken kan heta något annat.",
        "Kolumnen ”Antal platser” saknas. Lägg till den, även om rubriken kan heta något annat.",
    ]
    assert "säger samma sak" in judged([*HEADINGS, "Titel"], [*ROW, "B"]).columns[0]
    with pytest.raises(Unreadable):
        judged(["Här", "finns"], ["inget", "alls"])
