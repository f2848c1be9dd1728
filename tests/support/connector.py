"""A Bot Connector on this machine: it records what it accepts and answers as it is told.

async with FakeConnector() as teams:
    teams.answers(status=429, headers={"Retry-After": "30"}, times=1)
    ...
    assert teams.posts[0]["activity"]["text"] == "Hej!"
"""

import asyncio
import itertools
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from aiohttp import web

from tests.support.limits import LEFT_AT, TeamsLimits

Json = dict[str, Any]

CARD = "application/vnd.microsoft.card.adaptive"
BY_ITSELF = "X-By-Itself"
"""A header that tests give to what no turn has sent."""

KINDS = {"PUT": "update", "DELETE": "delete"}


@dataclass
class Answer:
    """What to answer to the next `times` requests of a kind, to a conversation, or any."""

    status: int = 200
    body: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    delay: float = 0.0
    kind: str = ""
    conversation: str = ""
    times: int = 1
    accepts: bool = False
    """Record the activity although the status says that it failed, as Teams has been seen to do."""
    drops: bool = False
    """Close the connection instead of answering."""
    resets: bool = False
    """Break the connection before the body has been read. Nothing is accepted."""
    cuts: bool = False
    """Accept, and break off in the middle of the answer."""

    def fits(self, kind: str, conversation: str) -> bool:
        wanted = self.kind in ("", kind) and self.conversation in ("", conversation)
        return wanted and self.times > 0


class FakeConnector:
    """Stands in for Teams. `url` is the serviceUrl of the activities that lead here."""

    def __init__(self, limits: TeamsLimits | None = None) -> None:
        self.limits = limits
        """Teams' rate table, if it is to be enforced; `url_of` gives the tenants' addresses."""
        self.posts: list[Json] = []
        """Accepted activities: conversation, activity, kind (post, reply, update, delete), status,
        the id that was given, and whether it came by itself."""
        self.requests: list[Json] = []
        """Every request, accepted or not: kind, conversation (or team), headers, query."""
        self.faults: list[str] = []
        """Why activities were refused as malformed. An empty list is part of every good test."""
        self.opened: list[Json] = []
        """Personal conversations asked for: the request bodies."""
        self.channels: dict[str, list[Json]] = {}
        """The channels of each team, as Teams lists them; General alone where nothing stands."""
        self.page_size = 100
        self.throttled = 0
        """How many requests were refused because they came too fast."""
        self.url = ""
        self._answers: list[Answer] = []
        self._ids = itertools.count(1_700_000_000_000)
        self._news = asyncio.Event()
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        app = web.Application()
        conversation = "/v3/conversations/{conversation}/activities"
        for tenant in ("", "/{tenant}"):
            app.add_routes(
                [
                    web.post(f"{tenant}/v3/conversations", self._open),
                    web.get(tenant + "/v3/teams/{team}/conversations", self._list),
                    web.post(tenant + conversation, self._take),
                    web.post(tenant + conversation + "/{activity}", self._take),
                    web.put(tenant + conversation + "/{activity}", self._take),
                    web.delete(tenant + conversation + "/{activity}", self._take),
                ]
            )
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/"
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._runner is not None
        await self._runner.cleanup()

    def url_of(self, tenant: str) -> str:
        """A serviceUrl that tells whose conversations are meant, as Teams' own do."""
        return f"{self.url}{tenant}/"

    def answers(self, **how: Any) -> None:
        """Script coming answers, first come first served. The arguments are those of `Answer`."""
        self._answers.append(Answer(**how))

    def heals(self) -> None:
        """From now on everything is answered well."""
        self._answers.clear()

    def texts(self, conversation: str = "") -> list[str]:
        """What was said, cards by their notification line."""
        return [
            post["activity"].get("text") or post["activity"].get("summary", "")
            for post in self.posts
            if conversation in ("", post["conversation"]) and post["activity"]["type"] == "message"
        ]

    async def receives(self, count: int, within: float = 5.0) -> list[Json]:
        """The accepted activities, as soon as there are `count` of them."""
        async with asyncio.timeout(within):
            while len(self.posts) < count:
                self._news.clear()
                await self._news.wait()
        return self.posts

    async def _open(self, request: web.Request) -> web.StreamResponse:
        wanted = await request.json()
        scripted = self._scripted(request, "open", "")
        await _hesitate(scripted)
        if scripted is not None and scripted.status >= 300:
            return _response(scripted)
        members = wanted.get("members") or [{}]
        if not wanted.get("tenantId") or not members[0].get("id") or wanted.get("isGroup"):
            return self._malformed("open: one member and a tenant are wanted")
        self.opened.append(wanted)
        return web.json_response({"id": f"a:{members[0]['id']}"}, status=201)

    async def _list(self, request: web.Request) -> web.StreamResponse:
        team = request.match_info["team"]
        scripted = self._scripted(request, "list", team)
        await _hesitate(scripted)
        if scripted is not None and scripted.status >= 300:
            return _response(scripted)
        every = self.channels.get(team) or [{"id": team, "type": "standard"}]
        first = int(request.query.get("continuationToken", "0"))
        last = first + self.page_size
        page: Json = {"conversations": every[first:last]}
        return web.json_response(page | ({"continuationToken": str(last)} if every[last:] else {}))

    async def _take(self, request: web.Request) -> web.StreamResponse:
        conversation = request.match_info["conversation"]
        activity_id = request.match_info.get("activity", "")
        kind = KINDS.get(request.method, "reply" if activity_id else "post")
        scripted = self._scripted(request, kind, conversation)
        if scripted is not None and scripted.resets and request.transport is not None:
            request.transport.abort()
            return web.Response()
        activity = await request.json() if kind != "delete" else {}
        await _hesitate(scripted)
        faults = _faults(kind, activity, activity_id)
        if faults:
            return self._malformed(*(f"{kind} to {conversation}: {fault}" for fault in faults))
        given = str(next(self._ids)) if kind in ("post", "reply") else activity_id
        if scripted is None or scripted.accepts or scripted.status < 300:
            self._keep(
                {
                    "conversation": conversation,
                    "activity": activity,
                    "kind": kind,
                    "status": scripted.status if scripted else 200,
                    "id": given,
                    "by_itself": BY_ITSELF in request.headers,
                }
            )
        if scripted is not None and scripted.drops and request.transport is not None:
            request.transport.close()
        if scripted is not None and scripted.cuts:
            return await _cut(request, given)
        if scripted is not None and (scripted.status >= 300 or scripted.body is not None):
            return _response(scripted)
        return web.json_response({"id": given}, status=201 if kind == "post" else 200)

    def _keep(self, post: Json) -> None:
        self.posts.append(post)
        self._news.set()

    def _scripted(self, request: web.Request, kind: str, conversation: str) -> Answer | None:
        headers = dict(request.headers)
        query = dict(request.query)
        self.requests.append(
            {"kind": kind, "conversation": conversation, "headers": headers, "query": query}
        )
        tenant = request.match_info.get("tenant", "")
        left_at = float(headers.get(LEFT_AT, time.monotonic()))
        if self.limits and self.limits.exceeded(tenant, conversation, left_at):
            self.throttled += 1
            return Answer(status=429, headers={"Retry-After": "1"})
        answer = next((each for each in self._answers if each.fits(kind, conversation)), None)
        if answer is not None:
            answer.times -= 1
        return answer

    def _malformed(self, *faults: str) -> web.Response:
        self.faults += faults
        return web.json_response({"error": {"code": "BadArgument"}}, status=400)


async def _hesitate(answer: Answer | None) -> None:
    if answer is not None and answer.delay:
        await asyncio.sleep(answer.delay)


async def _cut(request: web.Request, given: str) -> web.StreamResponse:
    """Half of the answer, where the whole was announced."""
    whole = b'{"id": "%s"}' % given.encode()
    response = web.StreamResponse(status=201, headers={"Content-Length": str(len(whole))})
    await response.prepare(request)
    await response.write(whole[:5])
    if request.transport is not None:
        request.transport.abort()
    return response


def _response(answer: Answer) -> web.Response:
    return web.Response(status=answer.status, headers=answer.headers, body=answer.body or b"{}")


def _faults(kind: str, activity: Json, activity_id: str) -> list[str]:
    """What Teams would refuse, or would show wrongly."""
    if kind == "delete":
        return []
    text, attachments = activity.get("text"), activity.get("attachments") or []
    has_card = any(item.get("contentType") == CARD for item in attachments)
    actions = (activity.get("suggestedActions") or {}).get("actions") or []
    summary = activity.get("summary") or ""
    is_message = activity.get("type") == "message"
    rules = {
        "unknown type": activity.get("type") in ("message", "typing"),
        "says nothing": bool(text or attachments) or not is_message,
        "text is not a string": isinstance(text, str | None),
        "text beside a card": not (has_card and text),
        "a card without summary": bool(summary) or not has_card,
        "a summary over 120 characters": len(summary) <= 120,
        "more than three suggestions": len(actions) <= 3,
        "suggestions beside a card": not (has_card and actions),
        "a null": not _has_null(activity),
        "replyToId is not the message replied to": kind != "reply"
        or activity.get("replyToId") == activity_id,
    }
    return [fault for fault, kept in rules.items() if not kept]


def _has_null(content: Any) -> bool:
    if isinstance(content, dict):
        return any(_has_null(part) for part in content.values())
    if isinstance(content, list):
        return any(_has_null(part) for part in content)
    return content is None
