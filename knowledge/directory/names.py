"""What every place is called, and which places a name can mean."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from knowledge.directory.models import County, Municipality
from knowledge.directory.places import Places, load_places

Area = Municipality | County

PLAIN = {"å": "a", "ä": "a", "ö": "o"}

_SMALL = re.compile(r"[a-z0-9åäö ]*")


@dataclass(frozen=True, slots=True)
class Name:
    """A way to call a place, in small letters. It may be shared, or that of a `locality`."""

    spelt: str
    areas: tuple[Area, ...]
    locality: str = ""


class Names:
    """Names by every way to spell them: an å, ä or ö may be written as a or o."""

    def __init__(self, names: Iterable[Name]) -> None:
        self._spelt: dict[str, list[Name]] = {}
        for name in names:
            for spelling in sorted(spellings(name.spelt)):
                self._spelt.setdefault(spelling, []).append(name)
        self.most_words = max(spelling.count(" ") + 1 for spelling in self._spelt)
        self._begins = {spelling.split()[0] for spelling in self._spelt}
        self.of_areas = [
            spelling
            for spelling, found in self._spelt.items()
            if any(not name.locality for name in found)
        ]
        self.of_localities = [
            spelling
            for spelling, found in self._spelt.items()
            if all(name.locality for name in found)
        ]

    def may_begin(self, word: str) -> bool:
        """Whether some name begins with this word, or is it in the genitive."""
        return word in self._begins or (word.endswith("s") and word[:-1] in self._begins)

    def called(self, said: str) -> tuple[Name, ...]:
        """Whoever has exactly this name, also in the genitive ("Österåkers", "Kronobergs").

        A municipality or county is meant before a locality, unless only the locality is spelt so.
        """
        found = self._spelt.get(said)
        if found is None and said.endswith("s"):
            said = said[:-1]
            found = self._spelt.get(said)
        if not found:
            return ()
        areas = [name for name in found if not name.locality]
        spelt_so = [name for name in found if name.spelt == said]
        if areas and any(name.locality for name in spelt_so) and not {*areas} & {*spelt_so}:
            return (*areas, *spelt_so)
        return tuple(areas or found)


def small(text: str) -> str:
    """Small letters and no hyphens or accents; å, ä and ö are letters of their own."""
    plain = unicodedata.normalize("NFC", text.casefold()).replace("-", " ")
    if _SMALL.fullmatch(plain):
        return plain
    return "".join(c if c in PLAIN else unicodedata.normalize("NFD", c)[0] for c in plain)


def spellings(name: str) -> set[str]:
    """The name with each of its å, ä and ö written, or left out."""
    written = {""}
    for char in name:
        ways = (char, PLAIN[char]) if char in PLAIN else (char,)
        written = {before + way for before in written for way in ways}
    return written


@cache
def load_names() -> Names:
    """The names of the places that are shipped with Tryggve, read when one is first looked for."""
    places = load_places()
    return Names([*_of_areas(places), *_nicknames(places), *_localities(places)])


def _of_areas(places: Places) -> Iterable[Name]:
    for municipality in places.municipalities.values():
        yield Name(small(municipality.name), (municipality,))
    for county in places.counties.values():
        yield Name(small(county.name), (county,))
        # The county that is one municipality is called so only as "Gotlands län".
        if len(places.municipalities_of(county.code)) > 1:
            yield Name(small(county.short), (county,))


def _nicknames(places: Places) -> Iterable[Name]:
    areas: dict[str, Area] = {**places.municipalities, **places.counties}
    for name, codes in _data("nicknames.toml").items():
        yield Name(small(name), tuple(areas[code] for code in codes))


def _localities(places: Places) -> Iterable[Name]:
    inside: dict[str, list[str]] = {}
    for code, names in _data("localities.toml").items():
        for name in names:
            inside.setdefault(name, []).append(code)
    for name, codes in inside.items():
        yield Name(small(name), tuple(places.municipalities[code] for code in codes), name)


def _data(name: str) -> dict[str, Any]:
    source = files("knowledge.directory") / "data" / name
    return tomllib.loads(source.read_text("utf-8"))
