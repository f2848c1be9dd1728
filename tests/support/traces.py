"""Looking for somebody in everything that is stored."""

from collections.abc import Iterator, Sequence

from sqlalchemy import select

from knowledge.storage.database import Database, metadata


async def traces_in(database: Database, *needles: str) -> set[str]:
    """Where any of these words stands: "table.column", over every column of every table."""
    found = set()
    async with database.read() as tx:
        for table in metadata.sorted_tables:
            for row in (await tx.execute(select(table))).mappings():
                found |= {
                    f"{table.name}.{name}"
                    for name, value in row.items()
                    if any(needle.lower() in str(value).lower() for needle in needles)
                }
    return found


def traces_in_memory(root: object, needles: Sequence[str], skip: Sequence[object]) -> set[str]:
    """The ways from an object, through what it holds, to any of these words."""
    seen = {id(one) for one in skip}
    return set(_walk(root, "", needles, seen))


def _walk(one: object, way: str, needles: Sequence[str], seen: set[int]) -> Iterator[str]:
    if isinstance(one, str | bytes):
        said = one if isinstance(one, str) else one.decode("utf-8", "replace")
        if any(needle in said for needle in needles):
            yield way
        return
    if id(one) in seen or len(way) > 300:
        return
    seen.add(id(one))
    for name, part in _parts(one):
        yield from _walk(part, f"{way}.{name}", needles, seen)


def _parts(one: object) -> Iterator[tuple[str, object]]:
    if isinstance(one, dict):
        for key, value in [*one.items()]:
            yield "key", key
            yield "value", value
    elif isinstance(one, list | tuple | set | frozenset):
        yield from (("item", part) for part in [*one])
    elif type(one).__module__.split(".")[0] in ("bot", "dialogs", "knowledge"):
        held = getattr(one, "__dict__", {})
        yield from held.items()
        for name in getattr(type(one), "__slots__", ()):
            if hasattr(one, name):
                yield name, getattr(one, name)
