"""Counties and municipalities, by code."""

import re
import tomllib
import unicodedata
from functools import cache
from importlib.resources import files
from typing import Any

from knowledge.directory.models import NATIONAL, County, Municipality, Nation

_SUFFIXES = re.compile(
    r"\b(kommun(en|s|ens)?|stad(en|s|ens)?|region(en)?|lan(et|s|ets)?|lansstyrelse\w*)\b"
)

_MARKS = re.compile("[\u0300-\u036f]+")
"""The rings, dots and accents, taken apart from their letters."""

_NO_S_AFTER = "aeiouyåäösxz"
"""Names that end so are the same in the genitive: "Växjö kommun", "Västerås kommun"."""


class Places:
    """The 21 counties and the 290 municipalities, and the nation they make. Immutable."""

    def __init__(
        self,
        counties: dict[str, County],
        municipalities: dict[str, Municipality],
        nation: Nation,
    ):
        self.nation = nation
        self.counties = counties
        self.municipalities = municipalities

    def municipalities_of(self, county_code: str) -> list[Municipality]:
        """The county's municipalities in alphabetical order; of the nation, all there are."""
        inside = (
            m
            for m in self.municipalities.values()
            if county_code in (m.county_code, self.nation.code)
        )
        return sorted(inside, key=lambda m: swedish_order(m.name))

    def is_coordinated(self, code: str) -> bool:
        """Whether somebody can be coordinator of it: a county, or the nation."""
        return code == self.nation.code or code in self.counties

    def board_of(self, code: str) -> str:
        """Who speaks for the county, or for the nation."""
        return self.nation.board if code == self.nation.code else self.counties[code].board

    def county_of(self, municipality_code: str) -> County:
        return self.counties[municipality_code[:2]]

    def name_of(self, code: str) -> str:
        """The Swedish name of a municipality, a county or the nation; empty when unknown."""
        if code == self.nation.code:
            return self.nation.name
        if code in self.municipalities:
            return self.municipalities[code].name
        return self.counties[code].name if code in self.counties else ""


def fold(text: str, *, strip: bool = True) -> str:
    """Small letters, no rings or dots, single spaces; `strip` also drops "kommun", "län" …"""
    plain = text.casefold()
    if not plain.isascii():
        plain = _MARKS.sub("", unicodedata.normalize("NFKD", plain))
    plain = re.sub(r"[^a-z0-9 ]+", " ", plain)
    if strip:
        plain = _SUFFIXES.sub(" ", plain) if plain.split() != ["lan"] else plain
    return " ".join(plain.split())


def swedish_order(name: str) -> list[int]:
    """Sort key: å, ä and ö come last, in that order."""
    alphabet = "abcdefghijklmnopqrstuvwxyzåäö"
    return [alphabet.find(char) for char in name.casefold()]


def _genitive(name: str) -> str:
    return name if name[-1] in _NO_S_AFTER else f"{name}s"


@cache
def load_places() -> Places:
    """The places that are shipped with Tryggve (`directory/data/*.toml`)."""
    data = files("knowledge.directory") / "data"
    read: Any = tomllib.loads((data / "counties.toml").read_text("utf-8"))
    counties = {row["code"]: County(**row) for row in read["county"]}
    nation = Nation(NATIONAL, **read["nation"])
    read = tomllib.loads((data / "municipalities.toml").read_text("utf-8"))
    genitives = read.pop("genitives")
    municipalities = {
        code: Municipality(code, name, genitives.get(code) or _genitive(name))
        for inside in read.values()
        for code, name in inside.items()
    }
    return Places(counties, municipalities, nation)
