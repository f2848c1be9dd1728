"""What is given out: under a licence that everything in it allows, in a version that is dated."""

import re
import tomllib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest

from bot.commands.node import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]

ALLOWED = {
    "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "BSD", "CC0-1.0", "ISC", "MIT", "MIT-0",
    "MIT-CMU", "MPL-2.0", "OFL-1.1", "PSF-2.0", "Zlib",
}  # fmt: skip
"""Licences that let a work under EUPL-1.2 use theirs: permissive, or in the EUPL's own appendix.

The Open Font License is for fonts, which may be given out beside and inside any work.
"""

_CLASSIFIERS = {
    "MIT License": "MIT",
    "BSD License": "BSD",
    "Apache Software License": "Apache-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "ISC License (ISCL)": "ISC",
}

_SAID = {"Apache 2.0": "Apache-2.0", "SIL OFL 1.1": "OFL-1.1"}


def installed(lock: str) -> list[str]:
    names = re.findall(r"^([\w.-]+)==", (ROOT / lock).read_text("utf-8"), re.MULTILINE)
    return sorted(set(names))


def licences_of(package: str) -> set[str]:
    """By the package's own word: an expression, or else a short text, or else classifiers."""
    try:
        told = distribution(package).metadata
    except PackageNotFoundError:  # for another Python or system than this one
        return set()
    expression = told.get("License-Expression")
    if expression:
        return set(re.split(r" (?:AND|OR) |[()]", expression)) - {""}
    classifiers = [one.split(" :: ")[-1] for one in told.get_all("Classifier") or []]
    known = {_CLASSIFIERS[one] for one in classifiers if one in _CLASSIFIERS}
    return known or {
        (told.get("License") or "none")
        .replace("Apache 2.0", "Apache-2.0")
        .replace("SIL OFL 1.1", "OFL-1.1")
    }


@pytest.mark.parametrize("package", installed("requirements.lock"))
def test_every_dependency_may_be_used_under_our_licence(package: str) -> None:
    assert licences_of(package) <= ALLOWED


def test_most_dependencies_have_been_asked() -> None:
    asked = [package for package in installed("requirements.lock") if licences_of(package)]

    assert len(asked) > 50


def test_the_licence_is_the_european_unions() -> None:
    licence = (ROOT / "LICENSE").read_text("utf-8")

    assert PROJECT["license"] == "EUPL-1.2"
    assert licence.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2\n")
    assert "15.Applicable Law" in licence
    assert "Mozilla Public Licence (MPL) v. 2" in licence


def test_the_version_has_its_dated_part_of_the_changelog() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    version = re.escape(PROJECT["version"])

    assert re.search(rf"^## {version} – \d{{4}}-\d\d-\d\d$", changelog, re.MULTILINE)


def test_only_what_tools_ask_for_lies_at_the_top() -> None:
    asked_for = {
        "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "Makefile", "README.md", "SECURITY.md",
        "package-lock.json", "package.json", "pyproject.toml", "requirements-agents.lock",
        "requirements-dev.lock",
        "requirements-embeddings.lock", "requirements-node.lock", "requirements-traces.lock",
        "requirements.lock",
    }  # fmt: skip

    assert {file.name for file in files_of(ROOT)} <= asked_for


def files_of(folder: Path) -> list[Path]:
    return [one for one in folder.iterdir() if one.is_file() and not one.name.startswith(".")]
