"""What a turn costs, and how many there is room for: the bots take turns, round by round."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from tests.bench.processes import Bot
from tests.bench.teams import Teams

CPU_ROUNDS = 9
CPU_TURNS = 80
CPU_PEOPLE = 20
WARM_UP_TURNS = 60

RATE_ROUNDS = 3
RATE_PEOPLE = 64
RAMP_SECONDS = 1.0
WINDOW_SECONDS = 2.5

Rounds = dict[str, list[float]]
"""One figure per round for each bot, by its name."""


async def cpu_per_turn(teams: Teams, bots: Sequence[Bot]) -> Rounds:
    """CPU milliseconds of the bot's process per turn, one turn at a time."""
    for bot in bots:
        await _ask_in_turn(teams, bot, WARM_UP_TURNS)
    rounds: Rounds = {bot.name: [] for bot in bots}
    for _ in range(CPU_ROUNDS):
        for bot in bots:
            before = bot.cpu_seconds()
            await _ask_in_turn(teams, bot, CPU_TURNS)
            rounds[bot.name].append((bot.cpu_seconds() - before) * 1000 / CPU_TURNS)
    return rounds


async def _ask_in_turn(teams: Teams, bot: Bot, turns: int) -> None:
    for turn in range(turns):
        await teams.ask(bot, turn % CPU_PEOPLE)
    teams.check(bot)


@dataclass(frozen=True)
class Rush:
    """Turns a second, and how long a turn takes: for half of them, and for 99 of a hundred."""

    rate: float
    half: float
    most: float


async def rush(teams: Teams, bots: Sequence[Bot]) -> Rush:
    """Everybody asks again and again, at several processes of one installation."""
    every = [await _ask_together(teams, bots) for _ in range(RATE_ROUNDS)]
    taken = sorted(seconds for _, waits in every for seconds in waits)
    return Rush(median(rate for rate, _ in every), median(taken), taken[len(taken) * 99 // 100])


async def turns_per_second(teams: Teams, bots: Sequence[Bot]) -> tuple[Rounds, Rounds]:
    """Turns a second while everybody asks again at once, and the median seconds of a turn."""
    rates: Rounds = {bot.name: [] for bot in bots}
    waits: Rounds = {bot.name: [] for bot in bots}
    for _ in range(RATE_ROUNDS):
        for bot in bots:
            rate, taken = await _ask_together(teams, [bot])
            rates[bot.name].append(rate)
            waits[bot.name].append(median(taken))
    return rates, waits


async def _ask_together(teams: Teams, bots: Sequence[Bot]) -> tuple[float, list[float]]:
    """Turns a second, and the seconds of each that ends in the window after the ramp."""
    stop = asyncio.Event()
    ended: list[tuple[float, float]] = []

    async def chat(person: int) -> None:
        while not stop.is_set():
            seconds = await teams.ask(bots[person % len(bots)], person)
            ended.append((time.perf_counter(), seconds))

    async with asyncio.TaskGroup() as group:
        for person in range(RATE_PEOPLE):
            group.create_task(chat(person))
        await asyncio.sleep(RAMP_SECONDS)
        opens = time.perf_counter()
        await asyncio.sleep(WINDOW_SECONDS)
        closes = time.perf_counter()
        stop.set()
    teams.check(bots[0])
    taken = [seconds for moment, seconds in ended if opens <= moment < closes]
    return len(taken) / (closes - opens), taken
