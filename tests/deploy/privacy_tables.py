"""The two tables of `deploy/integritet.md` that the program writes itself.

`python -m tests.deploy.privacy_tables` writes them anew; a test compares.
"""

import re
from collections.abc import Iterator

from dialogs.own_data.periods import told
from knowledge.retention.periods import NEEDS_DECISION, Kind, Periods
from knowledge.retention.register import Entry, register
from tests.deploy.files import DEPLOY

PAGE = DEPLOY / "integritet.md"
GONE = {
    "delete": "raderas",
    "blank": "det som leder till personen tas bort",
    "special": "raderas, och det som andra behöver avidentifieras",
    "kept": "blir kvar tills fristen är slut",
    "nothing": "letas igenom efter namnet",
}


def tables() -> dict[str, str]:
    """By the name that stands in the page around each."""
    return {"frister": "\n".join(_periods()), "kolumner": "\n".join(_columns())}


def _periods() -> Iterator[str]:
    yield "| slag | vad | hur länge | beslut krävs | varför |"
    yield "|---|---|---|---|---|"
    for one in told(Periods({})):
        decision = "ja" if one.kind in NEEDS_DECISION else "nej"
        yield f"| `{one.kind.value}` | {one.what} | {one.how_long} | {decision} | {one.why} |"


def _columns() -> Iterator[str]:
    yield "| slag | tabell | leder till någon | fri text | när någon raderas |"
    yield "|---|---|---|---|---|"
    for kind in Kind:
        for entry in register().values():
            if entry.kind == kind and entry.about_people:
                yield _row(entry)


def _row(entry: Entry) -> str:
    leads, texts = _names(entry.personal), _names(entry.text)
    return f"| {entry.kind} | `{entry.name}` | {leads} | {texts} | {GONE[entry.erase.value]} |"


def _names(columns: frozenset[str]) -> str:
    return ", ".join(f"`{one}`" for one in sorted(columns)) or "–"


def between(name: str) -> re.Pattern[str]:
    """What stands between the two marks."""
    return re.compile(rf"(?<=<!-- början: {name} -->\n).*?(?=<!-- slut: {name} -->)", re.DOTALL)


def main() -> None:
    page = PAGE.read_text("utf-8")
    for name, table in tables().items():
        written = f"\n{table}\n\n"
        page = between(name).sub(lambda _, written=written: written, page)
    PAGE.write_text(page, "utf-8")


if __name__ == "__main__":
    main()
