"""The words that tell a person from everything else, read once from the files beside."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from knowledge.directory.places import load_places

_HERE = "knowledge.privacy"


@cache
def words() -> dict[str, Any]:
    """All lists, as they stand in `words.toml`."""
    return tomllib.loads((files(_HERE) / "words.toml").read_text("utf-8"))


@cache
def common_names() -> frozenset[str]:
    """The commonest first names: whoever is addressed or quoted by one is heard so."""
    return frozenset(words()["names"]["first"])


@cache
def first_names() -> frozenset[str]:
    """First names in small letters, without those that are ordinary words."""
    return frozenset(_names()[0].split())


@cache
def doubtful_names() -> frozenset[str]:
    """First names that are ordinary words or places as well: "Per", "Liv", "Vilhelmina"."""
    return frozenset(_names()[1].split())


@cache
def no_names() -> frozenset[str]:
    """Words that begin with a capital and are nobody's name: places, authorities, months …"""
    places = load_places()
    named = [one.name for one in places.counties.values()]
    named += [one.name for one in places.municipalities.values()]
    known = [part for name in named for part in name.casefold().replace("-", " ").split()]
    known += words()["names"]["never"]
    return frozenset(form for word in known for form in (word, f"{word}s"))


@cache
def localities() -> frozenset[str]:
    """Places inside the municipalities, without those that are called as people are."""
    data = files("knowledge.directory") / "data" / "localities.toml"
    named = [name for inside in tomllib.loads(data.read_text("utf-8")).values() for name in inside]
    parts = {part for name in named for part in name.casefold().replace("-", " ").split()}
    surnames = tuple(words()["names"]["surnames"])
    called = first_names() | doubtful_names()
    return frozenset(one for one in parts - called if not one.endswith(surnames))


def _names() -> list[str]:
    written = (files(_HERE) / "names.txt").read_text("utf-8")
    lines = [line for line in written.splitlines() if not line.startswith("#")]
    return "\n".join(lines).split("\n\n")
