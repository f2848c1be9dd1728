"""Corpora and questions with known answers: what the engine is fitted on and measured by."""

import json
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.answers.search.index import Entry


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of a suite. `expected` is the right entry's id, None when there is none."""

    suite: str
    question: str
    expected: str | None


def read_corpus(path: Path) -> list[Entry]:
    """The entries of a corpus file. Ids may be numbers there; here they are text."""
    return [
        Entry(
            str(row["id"]), row["question"], tuple(row.get("wordings", ())), row.get("answer", "")
        )
        for row in _rows(path)
    ]


def read_queries(path: Path) -> list[Asked]:
    return [
        Asked(row["suite"], row["query"], None if row["expected"] is None else str(row["expected"]))
        for row in _rows(path)
    ]


def read_questions(folder: Path) -> list[Asked]:
    """Questions to our own base: a file per topic, a table per article, a list per kind.

    The lists of `outside.toml` have no article.
    """
    asked: list[Asked] = []
    for path in sorted(folder.glob("*.toml")):
        tables: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
        if path.stem == "outside":
            asked += [Asked(kind, one, None) for kind, every in tables.items() for one in every]
            continue
        for id, kinds in tables.items():
            asked += [Asked(kind, one, id) for kind, every in kinds.items() for one in every]
    return asked


def _rows(path: Path) -> list[dict[str, Any]]:
    lines = path.read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]
