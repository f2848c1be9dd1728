"""Finds a Swedish text by its key and fills it in.

Keys are `<file>.<moment>`: `conversation.help` is the entry `help` in `conversation.toml`.
Where several dialogs share a file each has a section: `announcements.write.text` stands under
`[write]` in `announcements.toml`. The folder `operation` is no part of a key. A text is a sentence
with `{placeholders}`, or a pair `one`/`other` chosen by the value called `count`.

A text that must not be the same for everybody is a pair too: `coordinator` is said to regional
coordinators and `others` to everybody else, who are told to ask theirs. `speaking_to` decides; what
is sent by itself, to whomever, is said as to others.
"""

import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib.resources import files
from typing import Any

Entry = str | dict[str, str] | list[str]

BY_COUNT, BY_READER = {"one", "other"}, {"coordinator", "others"}

_reader: ContextVar[str] = ContextVar("reader", default="others")

UNDERSTOOD = ("intents", "inputs")
"""What people say to us, read by `intents.py` and `inputs.py`; the other files are what we say."""


@cache
def catalogue() -> dict[str, Entry]:
    """All texts by key, read once."""
    spoken = files("dialogs") / "locales" / "sv"
    return {
        key: entry
        for folder in (spoken, spoken / "operation")
        for file in folder.iterdir()
        if (stem := file.name.removesuffix(".toml")) != file.name and stem not in UNDERSTOOD
        for key, entry in _entries(stem, tomllib.loads(file.read_text("utf-8")))
    }


def _entries(section: str, table: Mapping[str, Any]) -> Iterator[tuple[str, Entry]]:
    for name, entry in table.items():
        key = f"{section}.{name}"
        if isinstance(entry, dict) and entry.keys() not in (BY_COUNT, BY_READER):
            yield from _entries(key, entry)
        else:
            yield key, entry


@contextmanager
def speaking_to(*, coordinator: bool) -> Iterator[None]:
    """Choose the texts for this reader, for as long as it lasts."""
    before = _reader.set("coordinator" if coordinator else "others")
    try:
        yield
    finally:
        _reader.reset(before)


def text(key: str, **values: object) -> str:
    """The text of `key`, filled in. Raises KeyError for a key that does not exist."""
    entry = _for_reader(key)
    if isinstance(entry, list):
        raise KeyError(f"{key} is a list")
    if isinstance(entry, dict):
        entry = entry["one" if values["count"] == 1 else "other"]
    return entry.format(**values)


def texts(key: str) -> tuple[str, ...]:
    """A list of texts, such as sentences to suggest."""
    entry = _for_reader(key)
    if not isinstance(entry, list):
        raise KeyError(f"{key} is not a list")
    return tuple(entry)


def _for_reader(key: str) -> Entry:
    entry = catalogue()[key]
    if isinstance(entry, dict) and entry.keys() == BY_READER:
        return entry[_reader.get()]
    return entry
