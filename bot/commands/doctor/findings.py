"""What the doctor finds: how bad it is, what it is, and what cures it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bot.terminal import Refusal
from dialogs.conversation.texts import text


class Level(StrEnum):
    """How bad it is. A fault must be mended before people can use the bot."""

    FINE = "ok"
    NOTE = "note"
    FAULT = "fault"


@dataclass(frozen=True)
class Finding:
    """`name` stays the same from version to version, for those who watch by machine."""

    level: Level
    name: str
    said: str

    @property
    def line(self) -> str:
        return text(f"doctor.level.{self.level.value}", what=self.said)

    @property
    def as_json(self) -> dict[str, Any]:
        """The first sentence tells what it is, the rest what to do."""
        what, _, cure = self.said.partition(". ")
        return {"level": self.level.value, "name": self.name, "what": what, "cure": cure}


def fine(name: str, /, **values: object) -> Finding:
    return Finding(Level.FINE, name, text(f"doctor.{name}", **values))


def note(name: str, /, **values: object) -> Finding:
    return Finding(Level.NOTE, name, text(f"doctor.{name}", **values))


def fault(name: str, /, **values: object) -> Finding:
    return Finding(Level.FAULT, name, text(f"doctor.{name}", **values))


def refused(refusal: Refusal) -> Finding:
    """What would end another command."""
    name = refusal.key.removeprefix("doctor.").removeprefix("login.").replace(".", "_")
    return Finding(Level.FAULT, name, text(refusal.key, **refusal.values))
