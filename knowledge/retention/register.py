"""What every column of every table is: `register.toml`, read once."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from sqlalchemy import Table

from knowledge.retention.tables import TABLES


class Erase(StrEnum):
    """What becomes of a person's rows when the person is erased."""

    DELETE = "delete"
    BLANK = "blank"
    SPECIAL = "special"
    KEPT = "kept"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Entry:
    """One table. `kind` is empty where nothing in it is about anybody."""

    name: str
    kind: str
    plain: frozenset[str]
    personal: frozenset[str]
    text: frozenset[str]
    public: frozenset[str]
    person: tuple[str, ...]
    others: tuple[str, ...]
    accounts: tuple[str, ...]
    erase: Erase
    stays: frozenset[str]

    @property
    def table(self) -> Table:
        return TABLES[self.name]

    @property
    def about_people(self) -> frozenset[str]:
        """The columns that may hold something about a person and are not published."""
        return self.personal | self.text


@cache
def register() -> Mapping[str, Entry]:
    """Every table by its name."""
    written = tomllib.loads((files(__package__) / "register.toml").read_text("utf-8"))
    return {name: _entry(name, one) for name, one in written.items()}


def _entry(name: str, one: Mapping[str, str | Sequence[str]]) -> Entry:
    def words(field: str) -> tuple[str, ...]:
        return tuple(str(one.get(field, "")).split())

    return Entry(
        name=name,
        kind="" if one["kind"] == "none" else str(one["kind"]),
        plain=frozenset(words("plain")),
        personal=frozenset(words("personal")),
        text=frozenset(words("text")),
        public=frozenset(words("public")),
        person=words("person"),
        others=words("others"),
        accounts=tuple(one.get("accounts", ())),
        erase=Erase(str(one.get("erase", "nothing"))),
        stays=frozenset(words("stays")),
    )
