"""What goes on by itself ends in good order when the process does."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from bot import background
from bot.background import Background, Chore


def doing(do: Callable[[], Awaitable[object]], **more: float) -> Background:
    return Background([Chore("letters", every=60.0, do=do, **more)])


async def test_what_has_begun_is_finished_and_nothing_more_begins() -> None:
    told = []

    async def write() -> float:
        told.append("begins")
        await asyncio.sleep(0.05)
        told.append("ends")
        return 0.0  # again at once

    at_work = doing(write)
    at_work.start(listens=True)
    await asyncio.sleep(0.01)
    await at_work.stop()

    assert told == ["begins", "ends"]


async def test_what_waits_for_its_time_ends_at_once() -> None:
    told = []

    async def write() -> None:
        told.append("begins")

    at_work = doing(write, first_after=60.0)
    at_work.start(listens=True)
    await asyncio.sleep(0)

    async with asyncio.timeout(1):
        await at_work.stop()
    assert told == []


async def test_what_never_ends_does_not_hold_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background, "LONGEST_END", 0.02)
    at_work = doing(asyncio.Event().wait)
    at_work.start(listens=True)
    await asyncio.sleep(0)

    async with asyncio.timeout(1):
        await at_work.stop()
