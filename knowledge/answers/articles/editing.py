"""Adds a way of asking to an article's file, and changes nothing else in it.

The change is made in a copy of the folder first. Only when the copy can be read, has no new
faults and differs in that one wording may it be saved.
"""

import json
import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from knowledge.answers.articles.check import problems
from knowledge.answers.articles.loader import scan
from knowledge.answers.articles.problems import Problem
from knowledge.answers.models import Base
from knowledge.errors import KnowledgeError

_ARRAY = re.compile(r"^wordings[ \t]*=[ \t]*\[", re.MULTILINE)
_TOKEN = re.compile(r'"(?:[^"\\\r\n]|\\.)*"|\'[^\'\r\n]*\'|#[^\r\n]*|[\]"\']')


class WordingRefused(KnowledgeError):
    """The wording cannot be added. `problems` says why; empty when the file is not understood."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(map(str, problems)))
        self.problems = problems


@dataclass(frozen=True)
class Edit:
    """A change that has been checked but not saved; `base` is what the folder would hold."""

    path: Path
    before: str
    after: str
    base: Base

    def save(self) -> None:
        """Put the new text in place at once. Refuses when somebody has changed the file since."""
        if _read(self.path) != self.before:
            raise WordingRefused([])
        beside = self.path.with_suffix(".new")
        beside.write_bytes(self.after.encode())
        os.replace(beside, self.path)


def add_wording(folder: Path, id: str, wording: str) -> Edit:
    """Try a wording on an article. Raises WordingRefused, and writes nothing in the folder."""
    wording = " ".join(wording.split())
    file = next((file for file, one in scan(folder).articles.items() if one.id == id), "")
    if not file:
        raise WordingRefused([])
    before = _read(folder / file)
    after = _inserted(before, wording)
    known = problems(folder)
    with TemporaryDirectory() as scratch:
        copy = Path(scratch) / "content"
        shutil.copytree(folder, copy)
        (copy / file).write_bytes(after.encode())
        new = [one for one in problems(copy) if one not in known]
        base = scan(copy).base
    if new or base != _expected(folder, id, wording):
        raise WordingRefused(new)
    return Edit(folder / file, before, after, base)


def _expected(folder: Path, id: str, wording: str) -> Base:
    """The folder's base with one more wording and nothing else changed."""
    base = scan(folder).base
    return replace(
        base,
        articles=tuple(
            replace(one, wordings=(*one.wordings, wording)) if one.id == id else one
            for one in base.articles
        ),
    )


def _inserted(text: str, wording: str) -> str:
    """The text with the wording as the last of its array, in the file's own line ends."""
    begins = _ARRAY.search(text)
    tokens = list(_tokens(text, begins.end())) if begins else []
    if not begins or not tokens or tokens[-1][0] != "]":
        raise WordingRefused([])
    strings = [hit for hit in tokens if hit[0][0] in "\"'"]
    line = "\r\n" if "\r\n" in text else "\n"
    # A JSON string is a TOML string.
    new = f"{line}  {json.dumps(wording, ensure_ascii=False)},"
    if not strings:
        return text[: begins.end()] + new + line + text[tokens[-1].start() :]
    last = strings[-1].end()
    comma = re.match(r"[ \t\r\n]*,", text[last:])
    end = last + comma.end() if comma else last
    tail = text[end:]
    if not tail.startswith(("\n", "\r\n")):
        tail = line + tail.lstrip(" \t")
    return text[:end] + ("" if comma else ",") + new + tail


def _tokens(text: str, start: int) -> Iterator[re.Match[str]]:
    """Strings and comments of an array, up to the bracket that closes it."""
    for hit in _TOKEN.finditer(text, start):
        yield hit
        if hit[0] == "]":
            return


def _read(path: Path) -> str:
    """The text as it stands, line ends included."""
    return path.read_bytes().decode()
