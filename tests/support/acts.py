"""Which functions change the database, and which of them write in the log: read off the code."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
NOTES = {"knowledge.audit.repository.note"}

Function = ast.AsyncFunctionDef | ast.FunctionDef
Scope = dict[str, Function]


def every_writer() -> set[str]:
    """The public methods and functions of nouns that open a transaction to write, or call one of
    their own class that does: "module:Class.method" or "module.function"."""
    files = sorted((ROOT / "knowledge").rglob("*.py"))
    names = (".".join(path.relative_to(ROOT).with_suffix("").parts) for path in files)
    return {
        full
        for module in names
        if not module.startswith("knowledge.storage") and not module.endswith("__init__")
        for owner, scope in _scopes(module)
        for name in scope
        if not name.startswith("_") and _opens(scope, name, set())
        for full in [f"{module}:{owner}.{name}" if owner else f"{module}.{name}"]
    }


def leaves_a_line(full: str) -> bool:
    """Whether the function calls what writes in the log, itself or through what it calls."""
    module, _, rest = full.rpartition(":") if ":" in full else full.rpartition(".")
    owner, _, name = rest.rpartition(".")
    return _notes(module, owner, name, set())


def _opens(scope: Scope, name: str, seen: set[str]) -> bool:
    if name in seen or name not in scope:
        return False
    seen.add(name)
    for node in ast.walk(scope[name]):
        if isinstance(node, ast.Attribute) and node.attr == "write":
            return True
        called = _called(node)
        is_ours = bool(called) and called[:-1] in ([], ["self"])
        if is_ours and _opens(scope, called[-1], seen):
            return True
    return False


def _notes(module: str, owner: str, name: str, seen: set[tuple[str, str, str]]) -> bool:
    here = dict(_scopes(module))
    if (module, owner, name) in seen or name not in here.get(owner, {}):
        return False
    seen.add((module, owner, name))
    imported = _imports(module)
    for node in ast.walk(here[owner][name]):
        called = _called(node)
        if not called:
            continue
        where = ".".join([imported.get(called[0], called[0]), *called[1:]])
        if where in NOTES:
            return True
        for target in _targets(module, owner, called, imported):
            if _notes(*target, seen):
                return True
    return False


def _targets(
    module: str, owner: str, called: list[str], imported: dict[str, str]
) -> Iterator[tuple[str, str, str]]:
    """The functions that may be meant by what is called."""
    name = called[-1]
    if called[0] == "self" and len(called) == 2:
        yield module, owner, name
    elif len(called) == 1 and name not in imported:
        yield module, "", name
    elif len(called) == 1:
        yield imported[name].rpartition(".")[0], "", name
    elif called[0] in imported and len(called) == 2:
        yield imported[called[0]], "", name
    else:  # of an object: whatever class of this file or of those imported has such a method
        for there in {module, *(one.rpartition(".")[0] for one in imported.values())}:
            for other, scope in _scopes(there):
                if other and name in scope:
                    yield there, other, name


def _called(node: Any) -> list[str]:
    """`self._colleagues.do(...)` as its names; nothing for what is no call."""
    if not isinstance(node, ast.Call):
        return []
    names, at = [], node.func
    while isinstance(at, ast.Attribute):
        names.append(at.attr)
        at = at.value
    return [at.id, *reversed(names)] if isinstance(at, ast.Name) else []


@cache
def _tree(module: str) -> ast.Module | None:
    path = ROOT.joinpath(*module.split(".")).with_suffix(".py")
    return ast.parse(path.read_text("utf-8")) if path.is_file() else None


@cache
def _scopes(module: str) -> list[tuple[str, Scope]]:
    """The functions of the module, and those of each of its classes."""
    tree = _tree(module)
    if tree is None:
        return []
    inside = [("", tree.body)]
    inside += [(one.name, one.body) for one in tree.body if isinstance(one, ast.ClassDef)]
    return [
        (owner, {one.name: one for one in body if isinstance(one, Function)})
        for owner, body in inside
    ]


@cache
def _imports(module: str) -> dict[str, str]:
    tree = _tree(module)
    found = [one for one in ast.walk(tree) if isinstance(one, ast.ImportFrom)] if tree else []
    return {
        alias.asname or alias.name: f"{one.module}.{alias.name}"
        for one in found
        for alias in one.names
        if one.module and one.module.startswith(("knowledge", "bot"))
    }
