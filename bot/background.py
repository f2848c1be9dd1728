"""What goes on by itself for as long as the process lives: one list, kept at in one way."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from knowledge.delivery.bell import Bell
from knowledge.storage.retreat import LONGEST_SECONDS, Retreat

FIVE_MINUTES = 300.0


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

    def start(self, *, listens: bool) -> list[asyncio.Task[None]]:
        """A task for each chore of this process. Cancel them to stop."""
        return [
            asyncio.create_task(_keep_at(chore))
            for chore in self.chores.values()
            if listens or not chore.listening
        ]

    async def do(self, name: str) -> None:
        """Do it now, once."""
        await self.chores[name].do()


async def _keep_at(chore: Chore) -> None:
    # The database or the network may be away for a while; a later time makes up for it.
    retreat = Retreat("background", first=min(chore.every, LONGEST_SECONDS), chore=chore.name)
    await asyncio.sleep(chore.first_after)
    while True:
        try:
            pause = await chore.do()
            retreat.succeeded()
        except Exception as error:
            pause = max(chore.every, retreat.failed(error))
        seconds = pause if isinstance(pause, float) else chore.every
        await (chore.bell.wait(seconds) if chore.bell else asyncio.sleep(seconds))
