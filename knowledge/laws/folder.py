"""Acts from a folder of text files, for installations that do not reach the net."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from knowledge.laws.statute import Statute, parse

_NAMED = re.compile(r"sfs-(\d{4})-(\d{1,4})(?!\d)")
_KINDS = (".md", ".text", ".txt")


def read_folder(folder: Path, today: date) -> Iterator[Statute]:
    """Every act in the folder, in the order of the files' names. What is no act is passed over.

    Raises OSError when the folder cannot be read.
    """
    for path in sorted(folder.iterdir()):
        if path.suffix in _KINDS:
            named = _NAMED.match(path.name)
            act = f"{named[1]}:{named[2]}" if named else ""
            found = parse(_decoded(path.read_bytes()), today, act)
            if found.act and found.sections:
                yield found


def _decoded(raw: bytes) -> str:
    """In UTF-8, else as Windows has saved it: the letters are what counts."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("latin-1")
