"""Teams' side of a turn: people who ask with a signed token, and the connector that listens."""

import itertools
import time
from datetime import UTC, datetime
from typing import Any

import aiohttp

from tests.bench.names import BOT, OWN_TOKEN, TENANT
from tests.bench.processes import Bot, BotFailed, last_words
from tests.support.connector import FakeConnector
from tests.support.issuer import Issuer

QUESTIONS = (
    "hur ofta ska vi uppdatera lägesbilden?",
    "vem ska sitta i rådet",
    "lagesbld uppdatera hur ofta",
    "när började lagen gälla?",
    "får skolan berätta för polisen om en elev?",
    "maste vi göra en orsaksanalys",
    "vad betyder SSPF",
    "finns det straff om kommunen struntar i lagen?",
    "medborgarlöfte",
    "vad ska åtgärdsplanen inehålla",
    "vad kräver lagen av samordnaren",
)

_numbers = itertools.count(1)  # no two activities of a run have the same id


class Teams:
    """Sends questions to bots, as Teams does, and keeps account of the answers."""

    def __init__(
        self, issuer: Issuer, connector: FakeConnector, http: aiohttp.ClientSession
    ) -> None:
        self.connector = connector
        self._http = http
        token = issuer.token(serviceurl=connector.url)
        self._headers = {"Authorization": f"Bearer {token}"}
        self._asked = 0
        self.answer = ""

    async def ask(self, bot: Bot, person: int) -> float:
        """One turn, until the bot says that it is over. Returns how many seconds it took."""
        number = next(_numbers)
        question = {"type": "message", "text": QUESTIONS[number % len(QUESTIONS)]}
        seconds = await self._turn(bot, person, number, question, 201)
        self._asked += 1  # whom nobody heard yet has asked nothing
        return seconds

    async def tap(self, bot: Bot, person: int, verb: str, **data: Any) -> float:
        """The same for a button, whose answer takes the card's place."""
        action = {"type": "Action.Execute", "verb": verb, "data": data}
        invoke = {"type": "invoke", "name": "adaptiveCard/action", "value": {"action": action}}
        return await self._turn(bot, person, next(_numbers), invoke, 200)

    async def _turn(
        self, bot: Bot, person: int, number: int, said: dict[str, Any], expected: int
    ) -> float:
        activity = {**self._activity(number, person), **said}
        started = time.perf_counter()
        async with self._http.post(
            f"{bot.address}/api/messages", json=activity, headers=self._headers
        ) as response:
            if response.status != expected:
                reason = f"status {response.status}; {last_words(bot.log)}"
                raise BotFailed(f"{bot.name}: {reason}")
            self.answer = await response.text()
        return time.perf_counter() - started

    def check(self, bot: Bot, *, signed: bool = True) -> None:
        """Raises BotFailed unless every turn since the last check was answered exactly once.

        `signed` bots must have shown their token with each answer.
        """
        posts, requests = self.connector.posts, self.connector.requests
        answers = sum(post["activity"]["type"] == "message" for post in posts)
        header = f"Bearer {OWN_TOKEN}" if signed else None
        strange = sum(request["headers"].get("Authorization") != header for request in requests)
        log = bot.log.read_text(errors="replace")
        if answers != self._asked or strange or "turn_failed" in log or self.connector.faults:
            counted = f"{self._asked} turns, {answers} answers, {strange} wrongly signed"
            raise BotFailed(f"{bot.name}: {counted}; {last_words(bot.log)}")
        posts.clear()
        requests.clear()
        self._asked = 0
        self.answer = ""

    def _activity(self, number: int, person: int) -> dict[str, Any]:
        now = datetime.now(UTC).isoformat()
        sender = {"id": f"29:{person}", "name": f"Person {person}"}
        return {
            "id": f"activity-{number}",
            "textFormat": "plain",
            "locale": "sv-SE",
            "timestamp": now,
            "localTimestamp": now,
            "channelId": "msteams",
            "serviceUrl": self.connector.url,
            "from": {**sender, "aadObjectId": object_id(person)},
            "recipient": BOT,
            "conversation": {"id": f"a:{person}", "conversationType": "personal"},
            "channelData": {"tenant": {"id": TENANT}},
            "entities": [{"type": "clientInfo", "locale": "sv-SE", "platform": "Windows"}],
        }


def object_id(person: int) -> str:
    """What Entra calls the person."""
    return f"00000000-0000-4000-8000-{person:012d}"
