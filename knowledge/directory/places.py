"""Counties and municipalities, and reading their names as people type them."""

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

from rapidfuzz import fuzz, process

from knowledge.directory.models import NATIONAL, County, Municipality, Nation

T = TypeVar("T")

NEAR_ENOUGH = 80.0
"""Lowest rapidfuzz ratio at which a misspelt name is offered ("kungsbakca" → Kungsbacka: 95)."""

SURE = 88.0
"""Ratio from which one single candidate is taken without asking."""

_SUFFIXES = re.compile(
    r"\b(kommun(en|s|ens)?|stad(en|s|ens)?|region(en)?|lan(et|s|ets)?|lansstyrelse\w*)\b"
)


@dataclass(frozen=True)
class PlaceMatch:
    """What a typed name can mean. More than one entry means: ask which."""

    municipalities: tuple[Municipality, ...] = ()
    counties: tuple[County, ...] = ()

    @property
    def alone(self) -> Municipality | County | None:
        """The only candidate, if there is exactly one."""
        both: list[Municipality | County] = [*self.municipalities, *self.counties]
        return both[0] if len(both) == 1 else None


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
        self._by_name: dict[str, list[Municipality]] = {}
        for municipality in municipalities.values():
            self._by_name.setdefault(fold(municipality.name), []).append(municipality)
        self._county_names = {fold(c.short): [c] for c in counties.values()}

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

    def find(self, typed: str) -> PlaceMatch:
        """Read `typed` as the name of a place.

        "län" in the text rules municipalities out, "kommun" and "stad" rule counties out. Without
        either, a name that is both (Kalmar, Örebro, …) gives both, so that the caller can ask.
        """
        says_county = bool(re.search(r"\blan(et|s|ets)?\b|lansstyrels", fold(typed, strip=False)))
        says_municipality = bool(re.search(r"\b(kommun|stad)", fold(typed, strip=False)))
        name = fold(typed)
        municipalities = [] if says_county else _named(name, self._by_name)
        counties = [] if says_municipality else _named(name, self._county_names)
        if municipalities or counties:
            return PlaceMatch(_as_spelt(typed, municipalities), tuple(counties))
        if len(name) < 3:
            return PlaceMatch()
        if says_county:
            return PlaceMatch(counties=_near(name, self._county_names))
        return PlaceMatch(municipalities=_near(name, self._by_name))

    def find_inside(self, sentence: str) -> PlaceMatch:
        """Find a place named inside a sentence, exactly spelt apart from å, ä, ö and hyphens.

        The longest name wins, so that "Upplands Väsby" is not read as "Väsby".
        """
        words = fold(sentence, strip=False).split()
        for length in (3, 2, 1):
            for start in range(len(words) - length + 1):
                chunk = words[start : start + length + 1]
                found = self._exactly(" ".join(words[start : start + length]), chunk[length:])
                if found.municipalities or found.counties:
                    return found
        return PlaceMatch()

    def _exactly(self, name: str, following: list[str]) -> PlaceMatch:
        municipalities = _named(name, self._by_name)
        counties = _named(name, self._county_names)
        after = following[0] if following else ""
        if after.startswith("lan"):
            municipalities = []
        elif after.startswith(("kommun", "stad")):
            counties = []
        return PlaceMatch(tuple(municipalities), tuple(counties))


def _named(name: str, names: dict[str, list[T]]) -> list[T]:
    """Whoever has exactly this name, also in the genitive ("Österåkers", "Kronobergs")."""
    return names.get(name) or (names.get(name[:-1], []) if name.endswith("s") else [])


def _as_spelt(typed: str, found: list[Municipality]) -> tuple[Municipality, ...]:
    """Habo and Håbo are told apart by the ring; without one it may be either."""
    exact = [m for m in found if m.name.casefold() in typed.casefold()]
    return tuple(exact if exact and not exact[0].name.isascii() else found)


def _near(name: str, names: dict[str, list[T]]) -> tuple[T, ...]:
    """Up to three places whose names look like `name`; one when it stands out."""
    hits = process.extract(name, list(names), scorer=fuzz.ratio, limit=3, score_cutoff=NEAR_ENOUGH)
    if not hits:
        return ()
    best = hits[0][1]
    if best >= SURE and (len(hits) == 1 or hits[1][1] < best - 5):
        hits = hits[:1]
    return tuple(place for hit in hits for place in names[hit[0]])


def fold(text: str, *, strip: bool = True) -> str:
    """Small letters, no rings or dots, single spaces; `strip` also drops "kommun", "län" …"""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    plain = re.sub(r"[^a-z0-9 ]+", " ", plain)
    if strip:
        plain = _SUFFIXES.sub(" ", plain) if plain.split() != ["lan"] else plain
    return " ".join(plain.split())


def swedish_order(name: str) -> list[int]:
    """Sort key: å, ä and ö come last, in that order."""
    alphabet = "abcdefghijklmnopqrstuvwxyzåäö"
    return [alphabet.find(char) for char in name.casefold()]


@cache
def load_places() -> Places:
    """The places that are shipped with Tryggve (`directory/data/*.toml`)."""
    data = files("knowledge.directory") / "data"
    read: Any = tomllib.loads((data / "counties.toml").read_text("utf-8"))
    counties = {row["code"]: County(**row) for row in read["county"]}
    nation = Nation(NATIONAL, **read["nation"])
    read = tomllib.loads((data / "municipalities.toml").read_text("utf-8"))
    municipalities = {
        code: Municipality(code, name) for inside in read.values() for code, name in inside.items()
    }
    return Places(counties, municipalities, nation)
