"""`kill -9` in the middle of conversations: Teams delivers again, and nobody is left unanswered."""

import asyncio
import random
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest
from botbuilder.schema import Activity
from sqlalchemy import select

from bot.teams.mapping import turn_from
from dialogs.conversation.talk import Reply
from knowledge.storage.conversations import conversations
from knowledge.storage.database import Database
from tests.support.connector import FakeConnector
from tests.support.postgres import free_port
from tests.support.server_process import server_process
from tests.support.town import TENANT, Town

KILLS = 3
PEOPLE = 12
MOST_SAID = 15
"""By each: fewer than the messages of a minute that one person is answered."""
SAYINGS = ("utbildningar", "vad är en lägesbild?", "hjälp", "jag jobbar i Växjö")


def message(teams: FakeConnector, person: int, number: int) -> dict[str, Any]:
    return {
        "type": "message",
        "text": SAYINGS[number % len(SAYINGS)],
        "textFormat": "plain",
        "id": f"activity-{person}-{number}",
        "channelId": "msteams",
        "serviceUrl": teams.url,
        "timestamp": datetime.now(UTC).isoformat(),
        "from": {"id": f"29:{person}", "name": f"Person {person}", "aadObjectId": f"p-{person}"},
        "recipient": {"id": "28:tryggve", "name": "Tryggve"},
        "conversation": {"id": f"a:{person}", "conversationType": "personal"},
        "channelData": {"tenant": {"id": TENANT}},
    }


async def deliver(http: aiohttp.ClientSession, port: int, activity: dict[str, Any]) -> int:
    """As Teams does: again and again until it is taken. Returns how many times it was too many."""
    times = 0
    while True:
        try:
            async with http.post(f"http://127.0.0.1:{port}/api/messages", json=activity) as taken:
                if taken.status in (200, 201):
                    return times
        except aiohttp.ClientError:
            pass
        times += 1
        await asyncio.sleep(0.1)


async def talk(http: aiohttp.ClientSession, port: int, teams: FakeConnector, person: int,
               until: Callable[[], bool]) -> dict[str, int]:  # fmt: skip
    """One message after the other. Returns how often each had to be delivered once more."""
    again: dict[str, int] = {}
    number = 0
    while number < MOST_SAID and not until():
        activity = message(teams, person, number)
        again[activity["id"]] = await deliver(http, port, activity)
        number += 1
        await asyncio.sleep(0.15)
    return again


async def test_nobody_is_left_unanswered_by_kills(database_url: str) -> None:
    port, chance, done = free_port(), random.Random(27), asyncio.Event()  # noqa: S311
    async with FakeConnector() as teams, aiohttp.ClientSession() as http:
        talks: list[asyncio.Task[dict[str, int]]] = []
        for kill in range(KILLS + 1):
            async with server_process(database_url, port, http):
                talks = talks or [
                    asyncio.create_task(talk(http, port, teams, person, done.is_set))
                    for person in range(PEOPLE)
                ]
                await asyncio.sleep(0.5 + chance.uniform(0.0, 0.2))
                if kill == KILLS:
                    done.set()
                    said = await asyncio.gather(*talks)
        answers = Counter(
            post["activity"]["replyToId"]
            for post in teams.posts
            if post["activity"]["type"] == "message"
        )

    again = {id: times for one in said for id, times in one.items()}
    assert [id for id in again if not answers[id]] == []
    assert [id for id, times in again.items() if answers[id] > 1 + times] == []
    assert sum(answers[id] - 1 for id in again) <= KILLS * PEOPLE


async def answers_after_a_kill(database_url: str, *, forgetful: bool) -> list[str]:
    """What is said in the end to a question whose answer was kept, and never left the server."""
    port, database = free_port(), Database(database_url)
    async with FakeConnector() as teams, aiohttp.ClientSession() as http:
        teams.answers(status=500, delay=3600.0, kind="reply", times=100)
        asked = message(teams, 1, 1)
        async with server_process(database_url, port, http, forgetful=forgetful):
            waits = asyncio.create_task(deliver(http, port, asked))
            await until_noted(database, asked["id"])
        teams.heals()
        async with server_process(database_url, port, http, forgetful=forgetful):
            await waits
            await deliver(http, port, asked)
        said = teams.texts()
    await database.close()
    return said


async def until_noted(database: Database, activity: str) -> None:
    noted = select(conversations.c.key).where(conversations.c.seen.contains(activity))
    async with asyncio.timeout(20), database.read() as tx:
        while (await tx.execute(noted)).first() is None:  # noqa: ASYNC110 - seen from outside
            await asyncio.sleep(0.02)


async def test_a_question_whose_answer_was_lost_in_a_kill_is_answered_once(
    database_url: str,
) -> None:
    said = await answers_after_a_kill(database_url, forgetful=False)
    assert [one for one in said if "lägesbild" in one.casefold()] == said
    assert len(said) == 1


async def test_who_does_not_remember_what_is_to_be_said_leaves_it_unanswered(
    database_url: str,
) -> None:
    """The control: the activity is known, so that it is not run again, and nothing is said."""
    assert await answers_after_a_kill(database_url, forgetful=True) == []


async def test_what_was_not_said_is_said_when_teams_delivers_again_and_only_then(
    tryggve: Town,
) -> None:
    anna = tryggve.person("Anna Alm")
    for channel in ("", "19:kanalen"):
        activity = Activity().deserialize(
            anna.activity({"type": "message", "text": "mina utbildningar"}, channel=channel)
        )
        turn = turn_from(activity)
        assert turn is not None
        heard: list[Reply] = []

        async def dies(_reply: Reply) -> None:
            raise asyncio.CancelledError

        async def hears(reply: Reply, heard: list[Reply] = heard) -> None:
            heard.append(reply)

        with pytest.raises(asyncio.CancelledError):
            await tryggve.tryggve.engine.handle(turn, dies)
        await tryggve.tryggve.engine.handle(turn, hears)
        assert "Du är inte anmäld till någon utbildning" in str(heard)
        said = len(heard)
        await tryggve.tryggve.engine.handle(turn, hears)
        await tryggve.tryggve.conversations.finish()
        await tryggve.tryggve.engine.handle(turn, hears)
        assert len(heard) == said
