"""Finds a Swedish text by its key and fills it in.

Keys are `<file>.<moment>`: `common.help` is the entry `help` in `locales/sv/common.toml`. A text is
a sentence with `{placeholders}`, or a pair `one`/`other` chosen by the value called `count`.
"""

import tomllib
from functools import cache
from importlib.resources import files

Entry = str | dict[str, str] | list[str]

UNDERSTOOD = ("intents.toml", "inputs.toml")
"""What people say to us, read by `intents.py` and `inputs.py`; the other files are what we say."""


@cache
def catalogue() -> dict[str, Entry]:
    """All texts by key, read once."""
    texts: dict[str, Entry] = {}
    for file in (files("dialogs") / "locales" / "sv").iterdir():
        if file.name.endswith(".toml") and file.name not in UNDERSTOOD:
            stem = file.name.removesuffix(".toml")
            for moment, entry in tomllib.loads(file.read_text("utf-8")).items():
                texts[f"{stem}.{moment}"] = entry
    return texts


def text(key: str, **values: object) -> str:
    """The text of `key`, filled in. Raises KeyError for a key that does not exist."""
    entry = catalogue()[key]
    if isinstance(entry, list):
        raise KeyError(f"{key} is a list")
    if isinstance(entry, dict):
        entry = entry["one" if values["count"] == 1 else "other"]
    return entry.format(**values)


def texts(key: str) -> tuple[str, ...]:
    """A list of texts, such as sentences to suggest."""
    entry = catalogue()[key]
    if not isinstance(entry, list):
        raise KeyError(f"{key} is not a list")
    return tuple(entry)
