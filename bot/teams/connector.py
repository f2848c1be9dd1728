"""The Bot Connector's REST calls on one pooled client."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, Protocol
from urllib.parse import quote
from weakref import WeakValueDictionary

import aiohttp
import structlog
from yarl import URL

from bot.network import Network
from bot.teams.answers import ReadAnswer, sent_of
from bot.teams.auth import HostAllowList
from bot.teams.bodies import ACCEPTED, Garbled, TooLarge, read_limited
from knowledge.compact import compact
from knowledge.delivery.messenger import Outcome, Sent
from knowledge.spans import span

Json = dict[str, Any]

LARGEST_ANSWER = 512 * 1024
"""Room for a page of a team's channels; what else Teams answers is a few hundred bytes."""

_CONNECT_SECONDS = 5.0
_UNREADABLE = b"\0"

_NOT_REACHED = (
    aiohttp.ClientConnectorError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.ClientHttpProxyError,  # the proxy would not let us through
)

log = structlog.get_logger()


class Token(Protocol):
    """Where the bot's own token comes from."""

    async def get(self) -> str: ...

    async def renew(self, refused: str) -> str: ...


class Connector:
    """Posts, updates and deletes activities. Never raises for what the network or Teams does.

    Messages to one conversation go one at a time, in the order they were handed over. Without a
    token (demo) requests are unsigned.
    """

    def __init__(
        self,
        hosts: HostAllowList,
        token: Token | None,
        *,
        network: Network | None = None,
        timeout: float = 15.0,
    ) -> None:
        self._hosts = hosts
        self._network = network or Network()
        self._token = token
        self._limits = aiohttp.ClientTimeout(total=timeout, sock_connect=_CONNECT_SECONDS)
        self._session: aiohttp.ClientSession | None = None
        self._queues: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()

    async def post(
        self,
        service_url: str,
        conversation_id: str,
        activity: Json,
        *,
        reply_to: str = "",
    ) -> Sent:
        """Send to a conversation; on a channel's own id this starts a new thread."""
        path = _path(conversation_id, reply_to)
        async with self._queue(conversation_id):
            sent = await self._call("POST", service_url, path, activity)
        return replace(sent, conversation_id=conversation_id)

    async def update(
        self, service_url: str, conversation_id: str, activity_id: str, activity: Json
    ) -> Sent:
        path = _path(conversation_id, activity_id)
        async with self._queue(conversation_id):
            sent = await self._call("PUT", service_url, path, activity)
        return _gone_is_done(sent, conversation_id, activity_id)

    async def delete(self, service_url: str, conversation_id: str, activity_id: str) -> Sent:
        path = _path(conversation_id, activity_id)
        async with self._queue(conversation_id):
            sent = await self._call("DELETE", service_url, path)
        return _gone_is_done(sent, conversation_id, activity_id)

    async def open_personal(self, service_url: str, tenant_id: str, teams_id: str) -> Sent:
        """The 1:1 chat with a person. Asked twice, Teams names the same conversation twice."""
        wanted = {
            "isGroup": False,
            "members": [{"id": teams_id}],
            "tenantId": tenant_id,
            "channelData": {"tenant": {"id": tenant_id}},
        }
        opened = await self._call("POST", service_url, "/v3/conversations", wanted)
        if opened.outcome is not Outcome.SENT:
            return opened
        if not opened.activity_id:
            return replace(opened, outcome=Outcome.UNCERTAIN, reason="unreadable_answer")
        return replace(opened, conversation_id=opened.activity_id, activity_id="")

    async def get(self, service_url: str, path: str) -> tuple[Sent, Any]:
        """Read something. The answer's JSON comes beside what became of it, None without any."""
        found: list[Any] = []

        def read(status: int, headers: Mapping[str, str], body: bytes) -> Sent:
            sent = sent_of(status, headers, body)
            if sent.outcome is Outcome.SENT:
                found.append(json.loads(body or b"null"))
            return sent

        sent = await self._call("GET", service_url, path, read=read)
        return sent, found[-1] if found else None

    def _queue(self, conversation_id: str) -> asyncio.Lock:
        # The lock lives as long as somebody holds it or waits for it.
        return self._queues.setdefault(conversation_id, asyncio.Lock())

    async def _call(
        self,
        method: str,
        service_url: str,
        path: str,
        activity: Json | None = None,
        read: ReadAnswer = sent_of,
    ) -> Sent:
        if not self._hosts.allows(service_url):
            # A saved reference can be poisoned: checked here, before there is a token to steal.
            log.error("host_refused")
            return Sent(Outcome.FAILED, reason="host_refused")
        url = URL(service_url.rstrip("/") + path, encoded=True)
        with span("connector", method=method):
            sent = await self._signed(partial(self._attempt, method, url, activity, read))
        if sent.outcome is not Outcome.SENT:
            log.warning("not_sent", outcome=sent.outcome, status=sent.status, reason=sent.reason)
        return sent

    async def _signed(self, attempt: Callable[[str], Awaitable[Sent]]) -> Sent:
        if self._token is None:
            return await attempt("")
        token = await _or_nothing(self._token.get())
        if not token:
            return Sent(Outcome.RETRY, reason="no_token")
        sent = await attempt(token)
        if sent.status == 401:
            renewed = await _or_nothing(self._token.renew(token))
            return await attempt(renewed) if renewed else sent
        return sent

    async def _attempt(
        self, method: str, url: URL, activity: Json | None, read: ReadAnswer, token: str
    ) -> Sent:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        try:
            async with self._client().request(
                method,
                url,
                json=activity,
                headers=headers,
                proxy=self._network.proxy(str(url.origin())),
                allow_redirects=False,
            ) as response:
                return read(response.status, response.headers, await _body(response))
        except _NOT_REACHED:
            return Sent(Outcome.RETRY, reason="unreachable")
        except TimeoutError:
            return Sent(Outcome.UNCERTAIN, reason="timeout")
        except (aiohttp.ClientError, OSError):
            return Sent(Outcome.UNCERTAIN, reason="broken_off")

    def _client(self) -> aiohttp.ClientSession:
        # Made at the first call: it belongs to the running event loop.
        if self._session is None:
            # As many connections as it takes: the time limit would also run while one of a hundred
            # is waited for, and what has not been sent would be taken for uncertain.
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=0, ssl=self._network.tls),
                timeout=self._limits,
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"Accept-Encoding": ACCEPTED},
                auto_decompress=False,
                json_serialize_bytes=compact,
            )
        return self._session


async def _body(response: aiohttp.ClientResponse) -> bytes:
    """The answer's body; of one that is too large or garbled only that it is there.

    A refusal is known by its status. What was accepted is taken for uncertain, like other answers
    that are not Teams' own.
    """
    encoding = response.headers.get("Content-Encoding", "")
    try:
        return await read_limited(response.content, encoding, LARGEST_ANSWER)
    except (TooLarge, Garbled):
        response.close()
        return _UNREADABLE


async def _or_nothing(token: Awaitable[str]) -> str:
    try:
        return await token
    except Exception as error:  # Entra, MSAL or the time limit: nothing has been sent either way
        log.warning("no_token", exc_info=error)
        return ""


def _path(conversation_id: str, activity_id: str) -> str:
    tail = f"/{quote(activity_id, safe='')}" if activity_id else ""
    return f"/v3/conversations/{quote(conversation_id, safe='')}/activities{tail}"


def _gone_is_done(sent: Sent, conversation_id: str, activity_id: str) -> Sent:
    """The message being gone is as good as changed or taken back: somebody removed it."""
    gone = sent.status == 404
    return replace(
        sent,
        outcome=Outcome.SENT if gone else sent.outcome,
        reason="gone" if gone else sent.reason,
        activity_id=activity_id,
        conversation_id=conversation_id,
    )
