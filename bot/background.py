"""What goes on by itself for as long as the process lives: one list, kept at in one way."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from knowledge.delivery.bell import Bell
from knowledge.storage.retreat import LONGEST_SECONDS, Retreat

FIVE_MINUTES = 300.0

LONGEST_END = 2.0
"""So many seconds a chore gets to finish what it has begun, when the process stops."""


@dataclass(frozen=True)
class Chore:
    """Something that is looked after every so many seconds.

    What it does may say in how many seconds it wants to be done next, where that is not `every`.
    The bell, if there is one, cuts the wait short. `listening` chores are done only where Teams
    comes in. `first_after`: seconds from the start of the process.
    """

    name: str
    every: float
    do: Callable[[], Awaitable[object]]
    bell: Bell | None = None
    listening: bool = False
    first_after: float = 0.0


class Background:
    """Keeps at the chores. Several processes may: each chore sees to it that they do no harm."""

    def __init__(self, chores: Sequence[Chore]) -> None:
        self.chores = {chore.name: chore for chore in chores}
        self._kept: dict[asyncio.Task[None], _Keeper] = {}

    def start(self, *, listens: bool) -> None:
        """Begin with each chore of this process."""
        for chore in self.chores.values():
            if listens or not chore.listening:
                keeper = _Keeper(chore)
                self._kept[asyncio.create_task(keeper.keep())] = keeper

    async def stop(self) -> None:
        """Begin nothing more. What has begun may end: its connection would be left half open."""
        for task, keeper in self._kept.items():
            keeper.stop(task)
        if self._kept:
            _, slow = await asyncio.wait(self._kept, timeout=LONGEST_END)
            for task in slow:
                task.cancel()
            await asyncio.gather(*self._kept, return_exceptions=True)
        self._kept.clear()

    async def do(self, name: str) -> None:
        """Do it now, once."""
        await self.chores[name].do()


class _Keeper:
    """Keeps at one chore, from the start to the end of the process."""

    def __init__(self, chore: Chore) -> None:
        self._chore = chore
        self._at_it = self._stopped = False

    def stop(self, task: asyncio.Task[None]) -> None:
        """After what it is at, if it is at it."""
        self._stopped = True
        if not self._at_it:
            task.cancel()

    async def keep(self) -> None:
        chore = self._chore
        # The database or the network may be away for a while; a later time makes up for it.
        retreat = Retreat("background", first=min(chore.every, LONGEST_SECONDS), chore=chore.name)
        await asyncio.sleep(chore.first_after)
        while not self._stopped:
            seconds = await self._do(retreat)
            if not self._stopped:
                await (chore.bell.wait(seconds) if chore.bell else asyncio.sleep(seconds))

    async def _do(self, retreat: Retreat) -> float:
        """Once. Gives how many seconds there are until the next time."""
        self._at_it = True
        try:
            pause = await self._chore.do()
            retreat.succeeded()
        except Exception as error:
            pause = max(self._chore.every, retreat.failed(error))
        finally:
            self._at_it = False
        return pause if isinstance(pause, float) else self._chore.every
