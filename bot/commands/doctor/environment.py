"""The environment that the settings are read from: the process's own, or a file's."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from pathlib import Path

from bot.commands.doctor.findings import Finding, fault, note
from bot.settings import Settings
from bot.terminal import Refusal

PREFIX = "TRYGGVE_"
_USUAL = Path("deploy/env")
_NEARLY_OURS = re.compile(r"TR?Y?[A-Z]{2,6}V[A-Z]?[_-]", re.IGNORECASE)
_LINE = re.compile(r"\s*(?:export\s+)?(?P<name>[A-Za-z_]\w*)=(?P<value>.*)")


@contextmanager
def of_file(path: Path | None) -> Iterator[None]:
    """Read what the file says in place of our own settings, and put everything back."""
    if path is None:
        yield
        return
    before = dict(os.environ)
    ours = [name for name in os.environ if name.upper().startswith(PREFIX)]
    for name in ours:
        del os.environ[name]
    try:
        os.environ.update(_read(path))
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def _read(path: Path) -> dict[str, str]:
    """As systemd and compose do. Raises Refusal with the number of a line that cannot be read."""
    values = {}
    for number, line in enumerate(path.read_text("utf-8-sig").splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith(("#", ";")):
            continue
        found = _LINE.fullmatch(line)
        value = _unquoted(found["value"].strip()) if found else None
        if found is None or value is None:
            raise Refusal("doctor.bad_line", path=path, number=number)
        values[found["name"]] = value
    return values


def _unquoted(value: str) -> str | None:
    """Quotes count around the whole value alone: JSON has its own. None where one is left open."""
    quote = value[:1]
    if quote not in ("'", '"'):
        return value
    inside = value[1:-1]
    return inside if len(value) > 1 and value.endswith(quote) and quote not in inside else None


def names() -> Iterator[Finding]:
    """What looks like a setting and is none does nothing, and nobody would be told."""
    known = {f"{PREFIX}{field}".upper() for field in Settings.model_fields}
    found = {name for name in os.environ if _NEARLY_OURS.match(name)}
    for name in sorted(found):
        if name.upper() in known:
            continue
        near = _near(name.upper(), known)
        if near:
            yield fault("misspelt", name=name, near=near[0])
        elif name.upper().startswith(PREFIX):
            yield fault("unknown_name", name=name)
    if not {name.upper() for name in found} & known:
        yield note("nothing_read" if _USUAL.is_file() else "none_written", path=_USUAL)


def _near(name: str, known: set[str]) -> list[str]:
    """The setting that was meant; where the beginning is right, the rest alone is compared."""
    if not name.startswith(PREFIX):
        return get_close_matches(name, known, n=1, cutoff=0.8)
    rests = [one.removeprefix(PREFIX) for one in known]
    found = get_close_matches(name.removeprefix(PREFIX), rests, n=1, cutoff=0.75)
    return [f"{PREFIX}{one}" for one in found]
