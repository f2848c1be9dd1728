"""Every command in every frame that is no plain wish, on every screen: nothing of it may act.

    python -m tests.dialogs.understanding.generated

tries all of them; the tests try a sample.
"""

import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.commands.understand import Reader
from dialogs.understanding.vocabulary import Screen

FORMS = ("imp", "inf", "pres", "past", "sup")
DATA = tomllib.loads((Path(__file__).parent / "frames.toml").read_text("utf-8"))
TODAY = date(2026, 11, 26)


@dataclass(frozen=True)
class Sentence:
    """What is said, of which command and in which mood."""

    said: str
    screen: Screen
    command: str
    mood: str


def sentences() -> Iterator[Sentence]:
    """All of them: as written, and shouted, and without å, ä and ö by turns."""
    number = 0
    for command, listed in DATA["forms"].items():
        forms = dict(zip(FORMS, (form.strip() for form in listed.split("|")), strict=True))
        for mood, frames in DATA["frames"].items():
            for frame in frames.split("\n"):
                for screen in Screen if frame.strip() else ():
                    number += 1
                    yield Sentence(
                        _as_typed(frame.format_map(forms), number), screen, command, mood
                    )


def _as_typed(said: str, number: int) -> str:
    """Every third as it is, every third with a greeting, every third without rings and signs."""
    if number % 3 == 1:
        return f"Hej Tryggve! {said[0].upper()}{said[1:]}."
    if number % 3 == 2:
        return said.translate(str.maketrans("åäö", "aao", "?,")).lower()
    return said


def acting(every: Iterator[Sentence] | list[Sentence]) -> list[tuple[Sentence, str]]:
    """Those that would do or ask about something that changes anything."""
    reader = Reader(TODAY)
    found = []
    for one in every:
        told = reader.read(one.said, one.screen)
        asks = told["asks"] != DATA["opposites"].get(one.command) and told["asks"]
        if told["effect"] in ("mine", "others") and (told["does"] or asks):
            found.append((one, told["does"] or f"{told['asks']}?"))
    return found


def main() -> int:
    every = list(sentences())
    found = acting(every)
    for one, command in found:
        sys.stdout.write(f"{command}: {one.said} ({one.mood}, {one.screen or '-'})\n")
    sys.stdout.write(f"{len(every)} meningar, {len(found)} som skulle göra något\n")
    return int(bool(found))


if __name__ == "__main__":
    raise SystemExit(main())
