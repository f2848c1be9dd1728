"""Many people who talk at once, each about something of their own, while Teams fails at times."""

import asyncio
import itertools
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import aiohttp
from aiohttp import web

from knowledge.directory.places import fold, load_places
from tests.support.connector import Answer, FakeConnector

Json = dict[str, Any]

AT_ONCE = 16
_numbers = itertools.count(1)  # no two activities of a trial have the same id

PATIENCE = 90.0
"""Seconds until what was not heard counts as lost: what Teams refuses is tried again, later."""


class FailingTeams(FakeConnector):
    """Refuses some of what it is asked to take, by chance but the same in every run."""

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share
        self.refused = 0
        self.said: dict[str, list[str]] = defaultdict(list)
        self._chance = random.Random(13)  # noqa: S311 - for trials

    def _scripted(self, request: web.Request, kind: str, conversation: str) -> Answer | None:
        if kind not in ("reply", "post") or self._chance.random() >= self.share:
            return None
        self.refused += 1
        status = self._chance.choice((429, 502, 503))
        return Answer(status=status, headers={"Retry-After": "1"})

    def _keep(self, post: Json) -> None:
        """Only what was said, by chat: a long trial is long."""
        if post["activity"]["type"] == "message":
            self.said[post["conversation"]].append(str(post["activity"]))


@dataclass
class Found:
    """What became of the turns. `extra` were said more often than Teams had delivered them."""

    turns: int = 0
    again: int = 0
    lost: list[str] = field(default_factory=list)
    crossed: list[str] = field(default_factory=list)
    extra: int = 0

    @property
    def is_right(self) -> bool:
        return not self.lost and not self.crossed and self.extra <= self.again


@dataclass
class Talker:
    """Somebody with a municipality of her own, which she changes now and then."""

    number: int
    tenant: str
    teams: FailingTeams
    http: aiohttp.ClientSession
    ports: Sequence[int]

    @property
    def chat(self) -> str:
        return f"a:{self.number}"

    async def talk(self, turns: int, found: Found, gate: asyncio.Semaphore) -> None:
        """One message after the other, each when the one before has been answered."""
        chance = random.Random(self.number)  # noqa: S311 - for trials
        for said, heard, foreign in itertools.islice(_conversation(chance), turns):
            before = len(self.teams.said[self.chat])
            async with gate:
                again = await self._deliver(said)
            new = await self._hears(before)
            found.turns += 1
            found.again += again
            found.extra += max(len(new) - 1, 0)
            if not new:
                found.lost.append(f"{self.number}: {said}")
            elif heard not in "".join(new) or any(one in "".join(new) for one in foreign):
                found.crossed.append(f"{self.number}: {said}: {new[-1][:300]}")

    async def _deliver(self, said: str) -> int:
        """As Teams does: again and again until it is taken. Returns how many times too many."""
        activity = self._activity(said)
        for times in itertools.count():
            port = self.ports[(self.number + times) % len(self.ports)]
            try:
                async with self.http.post(
                    f"http://127.0.0.1:{port}/api/messages", json=activity
                ) as taken:
                    if taken.status in (200, 201, 202):
                        return times
            except aiohttp.ClientError:
                pass
            await asyncio.sleep(0.2)
        raise AssertionError

    async def _hears(self, before: int) -> list[str]:
        try:
            async with asyncio.timeout(PATIENCE):
                while len(self.teams.said[self.chat]) <= before:  # noqa: ASYNC110 - from outside
                    await asyncio.sleep(0.01)
        except TimeoutError:
            return []
        return self.teams.said[self.chat][before:]

    def _activity(self, said: str) -> Json:
        who = {"id": f"29:{self.number}", "name": f"Person {self.number}"}
        return {
            "type": "message",
            "text": said,
            "textFormat": "plain",
            "id": f"activity-{next(_numbers)}",
            "channelId": "msteams",
            "serviceUrl": self.teams.url,
            "timestamp": datetime.now(UTC).isoformat(),
            "from": {**who, "aadObjectId": f"00000000-0000-4000-8000-{self.number:012d}"},
            "recipient": {"id": "28:tryggve", "name": "Tryggve"},
            "conversation": {"id": self.chat, "conversationType": "personal"},
            "channelData": {"tenant": {"id": self.tenant}},
        }


def _conversation(chance: random.Random) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """What is said, what must be heard, and what must not: it belongs to somebody else."""
    places = load_places()
    counties = {county.name for county in places.counties.values()}
    # Of these is asked first which one is meant.
    unclear = ("habo", *map(fold, counties))
    towns = [
        town
        for town in places.municipalities.values()
        if not any(one.startswith(fold(town.name)) for one in unclear)
    ]
    while True:
        town = chance.choice(towns)
        own = places.county_of(town.code).name
        yield f"jag jobbar i {town.name}", town.name, ()
        for _ in range(3):
            yield "min samordnare", own, tuple(counties - {own})
            yield "hur ofta ska vi uppdatera lägesbilden?", "6 §", ()
            yield "hjälp", "utbildningar", ()
            yield "vad är ett strategiskt råd?", "råd", ()


async def talks(
    teams: FailingTeams,
    http: aiohttp.ClientSession,
    ports: Sequence[int],
    *,
    people: int,
    tenants: int,
    turns: int,
) -> Found:
    """So many turns in all. Whoever waits for an answer keeps nobody else waiting."""
    found, gate = Found(), asyncio.Semaphore(AT_ONCE)
    async with asyncio.TaskGroup() as group:
        for number in range(people):
            talker = Talker(number, f"tenant-{number % tenants}", teams, http, ports)
            group.create_task(talker.talk(turns // people, found, gate))
    return found
