"""Reads typed fields out of a TOML table, and reports what is missing or of the wrong kind."""

from datetime import date, datetime
from typing import Any, TypeVar

from knowledge.answers.articles.problems import FileProblems

T = TypeVar("T")


class Fields:
    """One table. `sound` turns false at the first field that could not be read."""

    def __init__(self, table: object, wrong: FileProblems) -> None:
        self.sound = isinstance(table, dict)
        self._table: dict[str, Any] = table if isinstance(table, dict) else {}
        self._wrong = wrong
        if not self.sound:
            wrong.add("-", "not_a_table")

    def names(self) -> list[str]:
        return list(self._table)

    def text(self, name: str, default: str | None = None) -> str:
        """A text with something in it, unless the default is the empty text."""
        value = self._read(name, str, default, "")
        if isinstance(self._table.get(name), str) and not value.strip() and default is None:
            self._fail(name, "empty")
        return value.strip()

    def texts(self, name: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        listed = self._read(name, list, None if default is None else list(default), [])
        if not all(isinstance(one, str) and one.strip() for one in listed):
            self._fail(name, "not_texts")
            return ()
        return tuple(one.strip() for one in listed)

    def lists(self, name: str) -> dict[str, tuple[str, ...]]:
        """A table of lists of texts, empty when it is not there."""
        table = Fields(self._read(name, dict, {}, {}), self._wrong)
        listed = {key: table.texts(key) for key in table.names()}
        self.sound = self.sound and table.sound
        return listed

    def flag(self, name: str, *, default: bool) -> bool:
        return self._read(name, bool, default, default)

    def number(self, name: str, default: int | None = None) -> int:
        return self._read(name, int, default, 0)

    def day(self, name: str, default: date | None = None) -> date:
        value = self._read(name, date, default, date.min)
        return value.date() if isinstance(value, datetime) else value

    def only(self, *allowed: str) -> None:
        """Report fields that have no meaning: nearly always a misspelt name."""
        for name in self._table.keys() - set(allowed):
            self._wrong.add(name, "unknown_field")

    def _read(self, name: str, kind: type[T], default: T | None, instead: T) -> T:
        if name not in self._table:
            if default is None:
                self._fail(name, "missing")
            return instead if default is None else default
        value = self._table[name]
        if isinstance(value, kind):
            return value
        self._fail(name, f"not_{kind.__name__}")
        return instead

    def _fail(self, name: str, key: str) -> None:
        self.sound = False
        self._wrong.add(name, key)
