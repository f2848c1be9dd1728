"""The desk where people sign up: whoever comes while it is busy is served together, in order.

When a popular training is announced, hundreds tap within a second. One transaction for each of
them took its time behind the training's lock; one for all who wait takes little more than one for
a single person. And in each process only one connection waits for that lock, however many people
do: a training that somebody holds keeps nobody from anything else.
"""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from knowledge.directory.models import Person
from knowledge.trainings.models import Signup

MOST_AT_ONCE = 100

Served = Signup | Exception
Serve = Callable[[int, Sequence[Person], Sequence[int | None]], Awaitable[Sequence[Served]]]
"""Signs people up for a training in one transaction; each gets a place or a refusal."""


@dataclass(frozen=True)
class _InLine:
    person: Person
    shown: int | None
    answer: asyncio.Future[Signup]


class Desk:
    """One line for each training. What nobody waits for any more leaves nothing behind."""

    def __init__(self, serve: Serve) -> None:
        self._serve = serve
        self._lines: defaultdict[int, list[_InLine]] = defaultdict(list)
        self._at_work: dict[int, asyncio.Task[None]] = {}

    async def sign_up(self, person: Person, training_id: int, shown: int | None = None) -> Signup:
        """Stand in line until served. Raises what the person was refused with."""
        answer: asyncio.Future[Signup] = asyncio.get_running_loop().create_future()
        self._lines[training_id].append(_InLine(person, shown, answer))
        if training_id not in self._at_work:
            self._at_work[training_id] = asyncio.create_task(self._work(training_id))
        return await answer

    async def _work(self, training_id: int) -> None:
        line = self._lines[training_id]
        while line:
            those = line[:MOST_AT_ONCE]
            try:
                people, shown = [one.person for one in those], [one.shown for one in those]
                served = await self._serve(training_id, people, shown)
            except Exception as error:
                those = [*line]  # who came meanwhile would wait as long, and in vain
                served = [error] * len(those)
            del line[: len(those)]
            for one, answer in zip(those, served, strict=True):
                _tell(one.answer, answer)
        del self._lines[training_id], self._at_work[training_id]


def _tell(waiting: asyncio.Future[Signup], answer: Served) -> None:
    if waiting.done():  # nobody waits for it any more
        return
    if isinstance(answer, Exception):
        waiting.set_exception(answer)
    else:
        waiting.set_result(answer)
