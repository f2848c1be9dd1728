"""Sections of law are read in the ways that law is cited."""

import pytest

from knowledge.answers.sections import cited, spoken, written


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("4 §", "4"),
        ("4, 7–8 §§", "4 7 8"),
        ("4-6 §§", "4 5 6"),
        ("8 och 10 §§ samt 12 §", "8 10 12"),
        ("10 kap. 15 a §", "10:15a"),
        ("6 a kap. 3 §", "6a:3"),
        ("6 kap. 5 §, 10 kap. 1–2, 15 a och 23 §§", "6:5 10:1 10:2 10:15a 10:23"),
        ("22 a–22 c §§", "22a 22b 22c"),
        ("22 a–c §§", "22a 22b 22c"),
        ("7–7 b §§", "7 7a 7b"),
        ("2–4 a §§", "2 3 4 4a"),
        ("18 a–20 §§", "18a 19 20"),
        ("Det gäller minst 3 personer.", ""),
        ("artikel 6.1 e i förordningen", ""),
        ("lag 2023:196", ""),
    ],
)
def test_what_a_text_cites(text: str, places: str) -> None:
    assert [section.place for section in cited(text)] == places.split()


def test_sections_sort_as_in_the_statute_book() -> None:
    named = ["2009:400 10:2", "2009:400 10:15a", "2009:400 10:15", "2009:400 6:5", "2009:400 6a:1"]
    sections = [section for one in named if (section := written(one))]

    ordered = sorted(sections, key=lambda section: section.order)
    assert [section.place for section in ordered] == ["6:5", "6a:1", "10:2", "10:15", "10:15a"]
    assert spoken("15a") == "15 a"
    assert spoken("7") == "7"
