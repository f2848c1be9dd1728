"""The text of an act comes apart into its sections, in whatever shape it is printed."""

from datetime import date
from pathlib import Path

import pytest

from knowledge.laws.folder import read_folder
from knowledge.laws.statute import parse
from tests.support.riksdagen import act

TODAY = date(2026, 11, 27)


def sections(text: str, today: date = TODAY) -> dict[str, str]:
    return dict(parse(text, today).sections)


def test_an_act_as_it_is_published() -> None:
    found = parse(act(), TODAY)

    assert (found.act, found.whole) == ("2023:196", True)
    assert list(found.sections) == ["1", "4", "5"]
    assert found.sections["1"] == "Den här lagen handlar om fåglar i parker."
    assert found.sections["4"].splitlines() == [
        "Kommunen ska räkna sina fåglar vartannat år. Räkningen ska göras av den som",
        "1. kan fåglar, och",
        "2. har en kikare. Lag (2026:9).",
    ]
    assert found.sections["5"] == "Kommunen ska spara räkningen."


CHAPTERS = """SFS nr: 2010:1

1 kap. Fåglar

1 § En fågel har vingar.

2 a § Den som ser en fågel enligt
1 § ska säga det.

6 a kap. Parker

1 §   En park har träd.

9 § gäller inte för parker utan träd.

Andra stycket gäller också. Lag (2020:1)

Om bänkar och
papperskorgar

2 § En bänk står i parken.

7 kap. har upphävts genom lag (2021:2).

8 kap. Slutet

1 § Har upphävts genom lag (2021:2).

Bilaga

1 § Inte en paragraf i lagen.
"""


def test_chapters_headings_and_what_only_looks_like_a_section() -> None:
    found = sections(CHAPTERS)

    assert list(found) == ["1:1", "1:2a", "6a:1", "6a:2", "8:1"]
    assert found["1:2a"] == "Den som ser en fågel enligt 1 § ska säga det."
    assert found["6a:1"].endswith("Andra stycket gäller också. Lag (2020:1)")
    assert "9 § gäller inte" in found["6a:1"]
    assert found["6a:2"] == "En bänk står i parken."
    assert found["8:1"] == ""


@pytest.mark.parametrize(
    ("today", "says"),
    [
        (date(2028, 6, 30), "Gammalt."),
        (date(2028, 7, 1), "Nytt."),
    ],
)
@pytest.mark.parametrize(
    "text",
    [
        "SFS nr: 2010:1\n\n1 § /Upphör att gälla U:2028-07-01/ Gammalt.\n\n"
        "1 § /Träder i kraft I:2028-07-01/ Nytt.\n",
        "SFS nr: 2010:1\n\n1 §\n/Upphör att gälla U:2028-07-01/\nGammalt.\n\n"
        "1 §\n/Träder i kraft I:2028-07-01/\nNytt.\n",
        "# Lag (2010:1)\n\n### 1 § (tillämpas till och med 30 juni 2028)\n\nGammalt.\n\n"
        "### 1 § (SFS 2025:7, tillämpas från 1 juli 2028)\n\nNytt.\n",
    ],
    ids=["behind the sign", "on a line of its own", "a copy"],
)
def test_a_section_that_changes_on_a_day(text: str, today: date, says: str) -> None:
    assert sections(text, today) == {"1": says}


def test_an_old_act_parts_its_sections_into_moments() -> None:
    text = "SFS nr: 1910:1\n\n1 §. 1 mom. En fågel.\n\n1 §. 2 mom. Två fåglar.\n\n2 §. Slut."
    assert sections(text) == {"1": "1 mom. En fågel.\n2 mom. Två fåglar.", "2": "Slut."}


def test_a_section_needs_no_empty_line_above_it() -> None:
    text = (
        "SFS nr: 2010:1\n\n1 § En fågel, som i\n2 § Fågellagen eller 2 kap.\n3 § Djurlagen.\n"
        "2 § En annan.\nLag (2020:1).\n3 § Slut."
    )
    assert list(sections(text)) == ["1", "2", "3"]
    assert sections(text)["1"] == "En fågel, som i 2 § Fågellagen eller 2 kap. 3 § Djurlagen."


def test_another_acts_chapter_begins_none_of_ours() -> None:
    text = "SFS nr: 2010:1\n\n1 kap. Fåglar\n\n1 § En fågel.\n\n3 kap. brottsbalken gäller också."
    assert list(sections(f"{text}\n\n2 kap.\nParker\n\n1 § En park.")) == ["1:1", "2:1"]
    assert sections(text)["1:1"].endswith("3 kap. brottsbalken gäller också.")


def test_a_day_that_is_not_decided_has_not_come() -> None:
    text = (
        "SFS nr: 2010:1\n\n1 § /Upphör att gälla U:den dag som regeringen bestämmer/ Gammalt.\n\n"
        "1 § /Träder i kraft I:den dag som regeringen bestämmer/ Nytt.\n"
    )
    assert sections(text) == {"1": "Gammalt."}


def test_what_has_ended_is_repealed_and_what_has_not_begun_is_not_there() -> None:
    text = (
        "SFS nr: 2010:1\n\n1 § /Upphör att gälla U:2026-01-01/ Förr.\n\n"
        "2 § /Träder i kraft I:2027-01-01/ Sedan.\n"
    )
    assert sections(text) == {"1": ""}


def test_a_repealed_act_has_no_law_left() -> None:
    ended = act().replace("Utfärdad", "Upphävd: 2026-07-01\nUtfärdad")

    assert set(sections(ended).values()) == {""}
    assert "" not in sections(ended, date(2026, 6, 30)).values()


COPY = """# Lag (2010:1) om fåglar, 2 kap.

| | |
|---|---|
| SFS | 2010:1 |
| Omfattning här | 2 kap. 3 § |

Texten finns här för kontroll, enligt 9 § lagen (1960:729).

---

## 2 kap. Parker

### 3 §

En **park** är [öppen](https://exempel.se).

Den har en grind.

## Om grindar

### 3 a §

En grind har en klinka. Lag (2020:1).

## Övergångsbestämmelser till 2020:1

1. Lagen träder i kraft.
"""


def test_a_copy_may_hold_a_part_of_the_act(tmp_path: Path) -> None:
    (tmp_path / "sfs-2010-1-om-faglar.md").write_text(COPY, "utf-8")
    (tmp_path / "README.md").write_text("# Läs mig\n\n| 5 § | finns |\n", "utf-8")
    (tmp_path / "sfs-2011-2.txt").write_bytes("1 §\n\nFåglar äter frö.\n".encode("latin-1"))

    part, bare = read_folder(tmp_path, TODAY)
    assert (part.act, part.whole) == ("2010:1", False)
    assert dict(part.sections) == {
        "2:3": "En park är öppen.\nDen har en grind.",
        "2:3a": "En grind har en klinka. Lag (2020:1).",
    }
    assert (bare.act, bare.sections) == ("2011:2", {"1": "Fåglar äter frö."})


@pytest.mark.parametrize("text", ["", "<html><body>Sidan finns inte</body></html>", "§\n\n1 §§\n"])
def test_what_is_no_act_has_no_sections(text: str) -> None:
    assert sections(text) == {}
