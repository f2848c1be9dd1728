"""What a step is: it has its time, and says what it found or what is wrong and how to cure it."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """How what was found is shown. The words are keys of `try_teams`."""

    FINE = "fine"
    NOTE = "note"
    FAULT = "fault"
    SKIPPED = "skipped"


@dataclass(frozen=True)
class Found:
    """One line of the report: a text under `try_teams.found`, and its facts.

    What took too long is `SLOW`, and has a text of its step.
    """

    kind: Kind
    key: str
    values: Mapping[str, Any] = field(default_factory=dict)


class Wrong(Exception):
    """Ends a step. `key` is a text under `try_teams.found` that tells the cure too."""

    def __init__(self, key: str, **values: Any) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


SLOW = "slow"

Step = Callable[[], Awaitable[list[Found]]]


def fine(key: str, **values: Any) -> Found:
    return Found(Kind.FINE, key, values)


def note(key: str, **values: Any) -> Found:
    return Found(Kind.NOTE, key, values)


def skipped(key: str) -> Found:
    return Found(Kind.SKIPPED, key)


async def take(name: str, step: Step, seconds: float) -> list[Found]:
    """Carry out one step. Whatever happens, it ends in time and with words."""
    try:
        async with asyncio.timeout(seconds):
            return await step()
    except Wrong as wrong:
        return [Found(Kind.FAULT, wrong.key, wrong.values)]
    except TimeoutError:
        return [Found(Kind.FAULT, SLOW, {"seconds": round(seconds)})]
    except Exception as error:  # a fault that nobody thought of is shown too, by its kind
        return [Found(Kind.FAULT, "unknown", {"step": name, "error": type(error).__name__})]


def is_broken(findings: list[Found]) -> bool:
    return any(found.kind is Kind.FAULT for found in findings)
