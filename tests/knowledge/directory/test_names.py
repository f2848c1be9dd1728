"""Every place can be reached by its name, and a label is written as Swedish writes it."""

import pytest

from knowledge.directory.choices import meant_among
from knowledge.directory.likeness import near_names
from knowledge.directory.names import load_names
from knowledge.directory.places import fold, load_places
from knowledge.directory.said import places_in

PLACES = load_places()
SHARED = ("Habo", "Håbo", "Malå")
"""Without its ring it may be the other, or a place called Mala."""

HABO, HÅBO = PLACES.municipalities["0643"], PLACES.municipalities["0305"]


def test_every_municipality_is_found_by_each_way_to_write_it() -> None:
    for municipality in PLACES.municipalities.values():
        ways = (
            municipality.name,
            municipality.name.lower(),
            municipality.name.upper(),
            fold(municipality.name, strip=False),
            f"{municipality.genitive} kommun",
            f"jag jobbar i {municipality.name}",
            f"{municipality.name.lower()} kommun tack",
            f"{municipality.name}s",
        )
        for way in ways:
            read = places_in(way, asked=True)
            assert municipality in read.municipalities, way
            assert len(read.municipalities) == 1 or municipality.name in SHARED, way


def test_every_municipality_has_a_county_board() -> None:
    assert len(PLACES.municipalities) == 290
    assert len(PLACES.counties) == 21
    for municipality in PLACES.municipalities.values():
        assert PLACES.county_of(municipality.code).board.startswith("Länsstyrelsen")


def test_every_county_is_found_by_its_name_and_its_short_name() -> None:
    for county in PLACES.counties.values():
        for way in (county.name, fold(county.name, strip=False), f"{county.short}s län"):
            assert places_in(way, asked=True).counties == (county,), way
        one_municipality = len(PLACES.municipalities_of(county.code)) == 1
        assert one_municipality or county in places_in(county.short, asked=True).counties


def test_every_locality_leads_to_its_municipality() -> None:
    for spelling in load_names().of_localities:
        for name in load_names().called(spelling):
            assert name.locality
            read = places_in(f"jag jobbar i {name.locality}", asked=True)
            assert {*name.areas} <= {*read.areas, *read.near_areas}, name.locality


@pytest.mark.parametrize(
    ("name", "genitive"),
    [
        ("Gotland", "Gotlands"),
        ("Växjö", "Växjö"),
        ("Västerås", "Västerås"),
        ("Borås", "Borås"),
        ("Vännäs", "Vännäs"),
        ("Malung-Sälen", "Malung-Sälens"),
        ("Upplands-Bro", "Upplands-Bro"),
        ("Dals-Ed", "Dals-Eds"),
        ("Lilla Edet", "Lilla Edets"),
        ("Överkalix", "Överkalix"),
        ("Kalmar", "Kalmar"),
        ("Orust", "Orust"),
        ("Falun", "Falu"),
        ("Bjuv", "Bjuvs"),
        ("Hagfors", "Hagfors"),
    ],
)
def test_a_municipality_is_called_as_it_calls_itself(name: str, genitive: str) -> None:
    (municipality,) = [one for one in PLACES.municipalities.values() if one.name == name]

    assert municipality.genitive == genitive


def test_no_label_has_an_s_too_many() -> None:
    for municipality in PLACES.municipalities.values():
        added = municipality.genitive.removeprefix(municipality.name)
        assert added in ("", "s") or municipality.name == "Falun"
        assert not added or municipality.name[-1] not in "aeiouyåäösxz"


@pytest.mark.parametrize(
    ("answer", "meant"),
    [
        ("Habo", HABO),
        ("habo", HABO),
        ("Habo kommun", HABO),
        ("Håbo", HÅBO),
        ("håbo kommun", HÅBO),
        ("den i Uppsala län", HÅBO),
        ("den i uppsala", HÅBO),
        ("Uppsala län", HÅBO),
        ("den i Jönköping", HABO),
        ("jönköpings län", HABO),
        ("Habo i Jönköpings län", HABO),
        ("Växjö", None),
        ("den i Skåne", None),
        ("kommunen", None),
        ("vet inte", None),
    ],
)
def test_habo_and_håbo_can_both_be_chosen(answer: str, meant: object) -> None:
    assert meant_among(answer, [HABO, HÅBO]) == meant


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ("kommunen", "0880"),
        ("länet", "08"),
        ("Kalmar kommun", "0880"),
        ("kalmar län", "08"),
        ("kommun", "0880"),
        ("Kalmar", None),
    ],
)
def test_a_town_and_its_county_can_both_be_chosen(answer: str, code: str | None) -> None:
    meant = meant_among(answer, [PLACES.municipalities["0880"], PLACES.counties["08"]])

    assert (meant.code if meant else None) == code


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("kungsbaka", ["kungsbacka"]),
        ("kungsbakca", ["kungsbacka"]),
        ("ornskoldsvk", ["örnsköldsvik"]),
        ("jönköpping", ["jönköping", "jönköping"]),
        ("hör", ["höör"]),
        ("stop", []),
        ("ångra", []),
        ("våra", []),
        ("kina", []),
        ("ankeborg", []),
        ("lunt", []),
        ("skola", []),
        ("kurser", []),
    ],
)
def test_only_what_is_nearly_a_name_is_near_one(typed: str, near: list[str]) -> None:
    assert [name.spelt for name in near_names(typed, load_names(), localities=False)] == near
