"""What the tests of the edge share: a running endpoint, a fake Teams, and what Teams sends."""

import asyncio
import io
import itertools
import json
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import aiohttp
from aiohttp import web

from bot.teams.auth import DemoGate, Gate, HostAllowList, TeamsGate
from bot.teams.connector import Connector, Token
from bot.teams.endpoint import Endpoint, OnTurn
from bot.teams.floods import Floods
from bot.teams.messenger import TeamsMessenger, Undelivered
from bot.teams.signing_keys import KeyCache
from bot.web.server import Runner
from dialogs.conversation.talk import Place, Reply, Speak, Speaker, Turn
from knowledge.delivery.messenger import Address, Sent
from tests.support.connector import FakeConnector
from tests.support.issuer import APP_ID, Issuer

Json = dict[str, Any]

TENANT = "aaaaaaaa-1111-4111-8111-111111111111"
ANNA = {"id": "29:anna", "name": "Anna Ek", "aadObjectId": "bbbbbbbb-2222-4222-8222-222222222222"}
BOT = {"id": f"28:{APP_ID}", "name": "Tryggve"}
THREAD = "19:general@thread.tacv2;messageid=1700000000001"
LOOPBACK = HostAllowList(allow_loopback=True)

_ids = itertools.count(1)


def activity(kind: str, **changes: Any) -> Json:
    """A personal-chat activity as Teams sends it. A change to None takes the property away."""
    content = {
        "type": kind,
        "id": f"17000{next(_ids)}",
        "timestamp": "2026-11-02T08:00:00.000Z",
        "serviceUrl": "http://127.0.0.1/",
        "channelId": "msteams",
        "from": ANNA,
        "recipient": BOT,
        "conversation": {"conversationType": "personal", "tenantId": TENANT, "id": "a:anna"},
        "channelData": {"tenant": {"id": TENANT}},
    }
    content.update(changes)
    return {name: value for name, value in content.items() if value is not None}


def message(text: str = "Hej", **changes: Any) -> Json:
    return activity("message", text=text, textFormat="plain", **changes)


def channel_message(text: str, **changes: Any) -> Json:
    where = {
        "conversation": {"isGroup": True, "conversationType": "channel", "id": THREAD},
        "channelData": {
            "teamsTeamId": "19:general@thread.tacv2",
            "channel": {"id": "19:general@thread.tacv2"},
            "team": {"id": "19:general@thread.tacv2", "name": "Trygghet"},
            "tenant": {"id": TENANT},
        },
    }
    return message(text, **where | changes)


def card_action(verb: Any = "sign_up", data: Any = None, **changes: Any) -> Json:
    value = {"action": {"type": "Action.Execute", "verb": verb, "data": data or {}}}
    return activity("invoke", name="adaptiveCard/action", value=value, **changes)


@dataclass
class Edge:
    """A running endpoint, what its turns were, and what was handed to the outbox."""

    url: str
    teams: FakeConnector
    issuer: Issuer
    keys: KeyCache
    client: aiohttp.ClientSession
    endpoint: Endpoint = field(init=False)
    turns: list[Turn] = field(default_factory=list)
    undelivered: list[tuple[Turn, Reply, Sent]] = field(default_factory=list)

    async def send(
        self, content: Any, *, header: str | None = None, token: str | None = None, **how: Any
    ) -> tuple[int, str]:
        """Post an activity, signed as Teams would unless told otherwise. Status and body."""
        if isinstance(content, dict) and content.get("serviceUrl") == "http://127.0.0.1/":
            content = {**content, "serviceUrl": self.teams.url}
        if header is None:
            claim = content.get("serviceUrl", "") if isinstance(content, dict) else ""
            header = f"Bearer {token or self.issuer.token(serviceurl=claim)}"
        headers = {"Content-Type": "application/json", "Authorization": header}
        headers |= how.pop("headers", {})
        body = content if isinstance(content, bytes) else json.dumps(content).encode()
        async with self.client.request(
            how.pop("method", "POST"),
            self.url,
            data=io.BytesIO(body),
            headers={name: value for name, value in headers.items() if value},
            skip_auto_headers=("Content-Type",),
            **how,
        ) as response:
            return response.status, await response.text()

    def head(self, **headers: str) -> bytes:
        """The header of a post to the endpoint, in bytes."""
        every = {"Host": "x", "Content-Type": "application/json"} | headers
        lines = ["POST /api/messages HTTP/1.1", *(f"{name}: {every[name]}" for name in every)]
        return "\r\n".join([*lines, "", ""]).encode()

    async def says_in_bytes(self, *parts: bytes) -> bytes:
        """Everything that is answered to these bytes until the connection is closed."""
        host, port = self.url.split("/")[2].split(":")
        reader, writer = await asyncio.open_connection(host, int(port))
        for part in parts:
            writer.write(part)
            await writer.drain()
        answer = await reader.read()
        writer.close()
        return answer


async def echo(turn: Turn, speak: Speak) -> None:
    await speak(Reply(text=f"Du skrev: {turn.text or turn.verb}"))


@asynccontextmanager
async def running_edge(
    on_turn: OnTurn = echo,
    *,
    tenants: tuple[str, ...] = (TENANT,),
    clock: Callable[[], float] = time.monotonic,
    demo: bool = False,
    others: tuple[str, ...] = (),
    floods: Floods | None = None,
    undelivered: Undelivered | None = None,
    patience: float = 10.0,
    own_token: Token | None = None,
) -> AsyncIterator[Edge]:
    """The edge on a free port, with an issuer and a connector of its own."""
    with Issuer() as issuer:
        async with FakeConnector() as teams, aiohttp.ClientSession() as client:
            keys = KeyCache(issuer.metadata_url, clock=clock)
            gate: Gate = (
                DemoGate(others) if demo else TeamsGate(APP_ID, keys, LOOPBACK, tenants, others)
            )
            connector = Connector(LOOPBACK, own_token, timeout=2.0)
            edge = Edge("", teams, issuer, keys, client)
            edge.endpoint = Endpoint(
                gate=gate,
                messenger=TeamsMessenger(connector),
                on_turn=partial(_remembered, edge, on_turn),
                personal_address=_personal_address,
                undelivered=undelivered or partial(_kept, edge),
                shown=_shown,
                later=Reply("Vi återkommer."),
                too_fast=Reply("För fort."),
                floods=floods,
                tap_seconds=30.0,
                apology=lambda reference: Reply(text=f"Något gick fel. Referens: {reference}"),
                patience=patience,
            )
            async with _served(edge):
                yield edge
            await connector.close()


async def _remembered(edge: Edge, on_turn: OnTurn, turn: Turn, speak: Speak) -> None:
    edge.turns.append(turn)
    await on_turn(turn, speak)


async def _kept(edge: Edge, turn: Turn, reply: Reply, sent: Sent) -> None:
    edge.undelivered.append((turn, reply, sent))


async def _shown(_turn: Turn, _reply: Reply, _where: Address, _activity_id: str) -> None:
    """Nothing here is about announcements."""


async def _personal_address(speaker: Speaker, place: Place) -> Address:
    return Address(speaker.tenant_id, place.service_url, teams_id=speaker.teams_id)


@asynccontextmanager
async def _served(edge: Edge) -> AsyncIterator[None]:
    app = web.Application()
    app.add_routes(edge.endpoint.routes())
    runner = Runner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    edge.url = f"http://127.0.0.1:{runner.addresses[0][1]}/api/messages"
    try:
        yield
    finally:
        await runner.cleanup()
