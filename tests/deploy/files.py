"""The files of an installation, as tests read them."""

import os
import re
import shutil
from typing import Any

import pytest
import yaml

from bot.commands.node import ROOT

DEPLOY = ROOT / "deploy"
TESTS = ROOT / "tests"
EXAMPLE = (DEPLOY / "env.example").read_text("utf-8")
EXAMPLE_VALUES = dict(re.findall(r"^([A-Z_]+)=(.*)$", EXAMPLE, re.MULTILINE))

_VARIABLE = re.compile(r"\$\{(\w+)(?::[-?]([^${}]*))?\}")


def compose() -> dict[str, Any]:
    """compose.yaml with the example's values filled in, its anchors resolved."""
    written = (DEPLOY / "compose.yaml").read_text("utf-8")
    while _VARIABLE.search(written):
        written = _VARIABLE.sub(_filled, written)
    read: dict[str, Any] = yaml.safe_load(written)
    return read


def _filled(variable: re.Match[str]) -> str:
    return EXAMPLE_VALUES.get(variable[1]) or variable[2] or ""


def program(name: str) -> str:
    """A program that the installation's files are tried with. CI has them all."""
    found = shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin")
    if found:
        return found
    if os.environ.get("REQUIRE_SERVERS"):
        pytest.fail(f"{name} saknas", pytrace=False)
    pytest.skip(f"{name} saknas: filerna i deploy/ prövas inte med det")
