"""Reads the data files that lie beside the code."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def read(stem: str) -> dict[str, Any]:
    """The TOML file `stem` of this package, read once."""
    return tomllib.loads(files("knowledge.answers").joinpath(f"{stem}.toml").read_text("utf-8"))
