"""A whole installation on this machine, and people who talk with it as Teams would let them.

    async with town(database_url) as tryggve:
        anna = tryggve.person("Anna Alm")
        await anna.says("utbildningar")
        anna.hears("Kommande utbildningar")
        await anna.taps("Anmäl mig till 1")

Everything goes over HTTP: activities in, a connector of our own for what comes out.
"""

import asyncio
import itertools
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import aiohttp
from aiohttp import TraceRequestStartParams, web
from sqlalchemy import insert

from bot.app import Tryggve
from bot.settings import Settings
from bot.teams.floods import Floods
from bot.web.server import Runner
from knowledge.answers.articles.loader import load, shipped_content
from knowledge.answers.library import CurrentLibrary, Library
from knowledge.answers.models import Outcome
from knowledge.directory.models import people
from tests.support import lint
from tests.support.connector import BY_ITSELF, FakeConnector
from tests.support.timers import keep_own_time

Json = dict[str, Any]

BOT = {"id": "28:tryggve", "name": "Tryggve"}
TENANT = "11111111-2222-4333-8444-555555555555"
TEAM = {"id": "19:team@thread.tacv2", "name": "Trygghetsgruppen"}
CARD = "application/vnd.microsoft.card.adaptive"

VAGUE = ("har vi möte med rådet", "pengar kamera", "polis samverkan", "samordnare roll", "plan")

_library: list[Library] = []


def library() -> Library:
    """The shipped articles, indexed once for all tests."""
    if not _library:
        _library.append(Library(load(shipped_content())))
    return _library[0]


def unsure() -> str:
    """A question that gets choices, however well the engine is tuned today."""
    return next(one for one in VAGUE if library().ask(one).outcome is Outcome.CHOICES)


@dataclass
class Town:
    """The running installation. `problems` collects what the lint found in anything said."""

    tryggve: Tryggve
    teams: FakeConnector
    url: str
    http: aiohttp.ClientSession
    ids: Any = field(default_factory=lambda: itertools.count(1))
    people: dict[str, "Person"] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def person(self, name: str, tenant: str = TENANT, *, guest: bool = False) -> "Person":
        """Somebody with a name; the same person every time."""
        if name not in self.people:
            number = len(self.people) + 1
            object_id = "" if guest else f"00000000-0000-4000-8000-{number:012d}"
            self.people[name] = Person(self, name, tenant, object_id, f"29:person-{number}")
        return self.people[name]

    async def coordinator(self, name: str, county: str, tenant: str = TENANT) -> "Person":
        """Somebody who is coordinator of a county."""
        person = self.person(name, tenant)
        await self.tryggve.directory.grant(tenant, person.object_id, county)
        return person

    async def post(self, activity: Json) -> tuple[int, Any]:
        """Send an activity as Teams does. Returns status and body."""
        async with self.http.post(f"{self.url}/api/messages", json=activity) as response:
            is_json = response.content_type == "application/json"
            return response.status, await response.json() if is_json else await response.text()

    async def channel_is_added(self, name: str = "General", tenant: str = TENANT) -> str:
        """The bot is added to a team of that tenant. Returns the channel's id."""
        host = self.person("Karin Kanal" if tenant == TENANT else f"Karin i {tenant}", tenant)
        await host.act(
            {"type": "installationUpdate", "action": "add"}, channel=f"19:{name}@{tenant}"
        )
        return f"19:{name}@{tenant}"

    async def populates(self, how_many: int, municipality: str, *, tenants: int = 10) -> None:
        """That many people with chats of their own, who work there."""
        crowd = [
            {
                "tenant_id": f"crowd-{number % tenants}",
                "object_id": f"crowd-{number}",
                "teams_id": f"29:crowd-{number}",
                "name": f"Person {number}",
                "municipality": municipality,
                "conversation_id": f"a:crowd-{number}",
                "service_url": self.teams.url,
                "installed": True,
            }
            for number in range(how_many)
        ]
        async with self.tryggve.database.write() as tx:
            await tx.execute(insert(people), crowd)

    async def until(self, fits: Callable[[], bool], within: float = 5.0) -> None:
        """Wait until something has happened."""
        async with asyncio.timeout(within):
            while not fits():  # noqa: ASYNC110 - what is waited for is outside our reach
                await asyncio.sleep(0.01)


@dataclass
class Person:
    """Somebody who talks with Tryggve. `heard` is what the latest act was answered with.

    On a busy machine any answer may be a second late, and then the chat shows that one is written:
    that is in `town.teams.posts` only.
    """

    town: Town
    name: str
    tenant: str
    object_id: str
    teams_id: str
    heard: list[Json] = field(default_factory=list)

    @property
    def chat(self) -> str:
        return f"a:{self.teams_id}"

    async def installs(self) -> None:
        """Adds the app for oneself: Teams tells the bot twice."""
        await self.act({"type": "installationUpdate", "action": "add"})
        first = self.heard
        await self.act({"type": "conversationUpdate", "membersAdded": [BOT]})
        self.heard = first + self.heard

    async def uninstalls(self) -> None:
        await self.act({"type": "installationUpdate", "action": "remove"})

    async def says(self, words: str, *, channel: str = "", **more: Any) -> None:
        """Writes in the own chat, or with a mention of the bot in a channel."""
        message: Json = {"type": "message", "text": words, "textFormat": "plain", **more}
        if channel:
            mention = {"type": "mention", "text": "<at>Tryggve</at>", "mentioned": BOT}
            message |= {"text": f"<at>Tryggve</at> {words}", "entities": [mention]}
        await self.act(message, channel=channel)

    async def taps(self, title: str, *, channel: str = "", **inputs: str) -> None:
        """Taps the button with this title on the card last heard, with what was filled in."""
        action = self.button(title)
        await self.taps_action(action, channel=channel, **inputs)

    async def taps_action(self, action: Json, *, channel: str = "", **inputs: str) -> None:
        """Taps a button, also one on a card from earlier."""
        data = {**_defaults(self.card_of(action)), **inputs, **action.get("data", {})}
        if action["type"] == "Action.Execute":
            value = {"action": {"type": "Action.Execute", "verb": action["verb"], "data": data}}
            invoke = {"type": "invoke", "name": "adaptiveCard/action", "value": value}
            await self.act(invoke, channel=channel)
        else:
            await self.act({"type": "message", "value": data}, channel=channel)

    async def act(self, activity: Json, *, channel: str = "", id: str = "") -> None:
        """Sends one activity and listens to the answer."""
        before = len(self.town.teams.posts)
        status, body = await self.town.post(self.activity(activity, channel=channel, id=id))
        assert status in (200, 201, 202), f"{status}: {body}"
        self.heard = [
            {
                **post["activity"],
                "place": post["conversation"],
                "by_itself": post["by_itself"],
            }
            for post in self.town.teams.posts[before:]
            if (post["kind"] == "reply" or post["conversation"] == self.chat)
            and post["activity"].get("type") != "typing"
        ]
        if activity["type"] == "invoke":
            self.heard.insert(0, _as_message(body))
        self.town.problems += lint.turn_problems(self.heard, activity)

    def activity(self, activity: Json, *, channel: str = "", id: str = "") -> Json:
        """The activity as Teams would send it for this person."""
        number = next(self.town.ids)
        sender = {"id": self.teams_id, "name": self.name, "aadObjectId": self.object_id}
        conversation: Json = {"id": self.chat, "conversationType": "personal"}
        data: Json = {"tenant": {"id": self.tenant}}
        if channel:
            conversation = {
                "id": f"{channel};messageid={number}",
                "conversationType": "channel",
                "isGroup": True,
            }
            data |= {"team": {**TEAM, "id": f"19:team@{self.tenant}"}, "channel": {"id": channel}}
        return {
            "id": id or f"activity-{number}",
            "channelId": "msteams",
            "serviceUrl": self.town.teams.url,
            "timestamp": datetime.now(UTC).isoformat(),
            "from": {key: value for key, value in sender.items() if value},
            "recipient": BOT,
            "conversation": conversation,
            "channelData": data,
            **activity,
        }

    def hears(self, *parts: str) -> None:
        """The latest answer says all of this."""
        said = self.words()
        for part in parts:
            assert part in said, f"“{part}” was not said. Said was:\n{said}"

    def does_not_hear(self, part: str) -> None:
        assert part not in self.words(), f"“{part}” was said:\n{self.words()}"

    async def is_told(self, part: str) -> None:
        """A message comes by itself into the own chat."""

        def told() -> bool:
            return any(part in words_of(activity) for activity in self.inbox())

        await self.town.until(told)
        self.heard = [activity for activity in self.inbox() if part in words_of(activity)][-1:]

    def inbox(self) -> list[Json]:
        """Everything in the own chat so far."""
        return [
            post["activity"] for post in self.town.teams.posts if post["conversation"] == self.chat
        ]

    def words(self) -> str:
        return "\n---\n".join(words_of(activity) for activity in self.heard)

    def button(self, title: str) -> Json:
        """The button with this title among what was last heard."""
        buttons = [action for card in self.cards() for action in lint.actions_of(card)]
        found = [action for action in buttons if action["title"] == title]
        assert found, f"no button “{title}” among {[action['title'] for action in buttons]}"
        return found[0]

    def cards(self) -> list[Json]:
        return [
            part["content"]
            for activity in self.heard
            for part in activity.get("attachments", [])
            if part["contentType"] == CARD
        ]

    def card_of(self, action: Json) -> Json:
        return next((card for card in self.cards() if action in lint.actions_of(card)), {})


def words_of(activity: Json) -> str:
    """Everything a reader can see of a message, buttons included."""
    words = [activity.get("text", "")]
    for part in activity.get("attachments", []):
        words += lint.words_of_card(part["content"])
    return "\n".join(word for word in words if word).replace("\u00a0", " ")


def _as_message(body: Json) -> Json:
    """The answer to an Action.Execute, as the message it becomes on screen."""
    if body["type"] == CARD:
        content = {"contentType": CARD, "content": body["value"]}
        return {"type": "message", "attachments": [content], "summary": "-"}
    return {"type": "message", "text": body["value"]}


def _defaults(card: Json) -> Json:
    """What the inputs of a card hold before anybody touches them."""
    return {
        node["id"]: node.get("value", "")
        for node in lint.nodes_of(card)
        if str(node.get("type", "")).startswith("Input.")
    }


def _mark_what_comes_by_itself(tryggve: Tryggve) -> None:
    """The rule of one message to a turn counts only what turns send."""

    async def mark(_client: object, _context: object, asked: TraceRequestStartParams) -> None:
        if asyncio.current_task() not in tryggve.endpoint._at_work:
            asked.headers[BY_ITSELF] = "yes"

    tracing = aiohttp.TraceConfig()
    tracing.on_request_start.append(mark)
    tracing.freeze()
    tryggve.connector._client().trace_configs.append(tracing)


@asynccontextmanager
async def town(
    database_url: str,
    *,
    now: Callable[[], datetime] | None = None,
    timing: dict[str, float] | None = None,
    floods: Floods | None = None,
    answers: CurrentLibrary | None = None,
    build: Callable[..., Tryggve] = Tryggve,
    **settings: Any,
) -> AsyncIterator[Town]:
    """A running installation in demo mode, or however `build` builds it. `now` is its clock,
    `timing` the endpoint's patience, `answers` other articles than the shipped ones."""
    async with FakeConnector() as teams, aiohttp.ClientSession() as http:
        wanted = Settings(demo=True, database_url=database_url, **settings)
        clock = {"now": now} if now else {}
        tryggve = build(
            wanted,
            library=answers or library(),
            floods=floods or Floods(most=1_000_000, most_of_tenant=1_000_000),
            **clock,
            **({"tap_seconds": 30.0} | (timing or {})),
        )
        _mark_what_comes_by_itself(tryggve)
        if now:
            keep_own_time(tryggve)
        runner = Runner(tryggve.web_app(), shutdown_timeout=1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        built = Town(tryggve, teams, url, http)
        try:
            yield built
        finally:
            await runner.cleanup()
        assert not teams.faults, "\n".join(teams.faults)
        assert not built.problems, "\n".join(built.problems)
