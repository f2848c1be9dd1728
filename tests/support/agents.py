"""A second edge, on Microsoft's living SDK: it shows that the archived one can be left.

`AgentsEndpoint` and `AgentsConnector` take the places of `Endpoint` and `Connector` in
`bot/app.py`, and nothing else changes. The SDK reads the token and the body, opens and closes the
turn and speaks with Teams. Ours stay who is let in, the turn and what becomes of its replies.
"""

import asyncio
import json
from collections.abc import Awaitable
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import aiohttp
from aiohttp import web
from microsoft_agents.activity import (
    Activity,
    ChannelAccount,
    ConversationParameters,
    InvokeResponse,
    ResourceResponse,
)
from microsoft_agents.hosting.aiohttp import CloudAdapter
from microsoft_agents.hosting.core import ChannelServiceClientFactoryBase, TurnContext
from microsoft_agents.hosting.core.authorization import AgentAuthConfiguration, ClaimsIdentity
from microsoft_agents.hosting.core.authorization.jwt import _authorize_request
from microsoft_agents.hosting.core.connector.teams import TeamsConnectorClient
from microsoft_agents.hosting.core.http import HttpResponse
from pydantic import ValidationError

from bot.network import Network
from bot.teams.answers import sent_of
from bot.teams.auth import Caller, HostAllowList, Refused
from bot.teams.connector import _NOT_REACHED, Token, _gone_is_done
from bot.teams.endpoint import LARGEST_BODY, Endpoint
from bot.teams.mapping import tenant_of, turn_from
from knowledge.delivery.messenger import Outcome, Sent

Json = dict[str, Any]


class AgentsEndpoint(Endpoint):
    """Where Teams' posts arrive, read and answered by the SDK's adapter."""

    def __init__(self, **parts: Any) -> None:
        super().__init__(**parts)
        app_id = getattr(self._gate, "_app_id", "")
        # Without an id everybody is let in, as in our own demo.
        self._known = AgentAuthConfiguration(client_id=app_id, anonymous_allowed=not app_id)
        self._adapter = CloudAdapter(channel_service_client_factory=_NoClients())
        # The stock one tells the chat what the exception says, and would make a turn of a refusal.
        self._adapter.on_turn_error = None

    async def receive(self, request: web.Request) -> web.StreamResponse:
        if (request.content_length or 0) > LARGEST_BODY:
            return self._refuse(Refused(413, "too_big"))
        caller = await _authorize_request(request.headers.get("Authorization"), self._known)
        if isinstance(caller, HttpResponse):
            return self._refuse(Refused(caller.status_code, "sdk"))
        request["claims_identity"] = caller
        try:
            return cast(web.Response, await self._adapter.process(request, self))
        except ValidationError:
            return self._refuse(Refused(400, "types"))
        except Refused as refused:
            return self._refuse(refused)

    async def on_turn(self, context: TurnContext) -> None:
        """What the SDK calls an agent."""
        activity = _read(context.activity)
        self._admit(context.identity, activity)
        turn = turn_from(activity)
        if turn is None:
            return
        response = await self._run(activity, turn)
        answer = json.loads(cast(bytes, response.body)) if response.body else None
        if activity.type == "invoke":
            said = InvokeResponse(status=200, body=answer)
            await context.send_activity(Activity(type="invokeResponse", value=said))
        elif answer:
            replies = [Activity.model_validate(reply) for reply in answer["activities"]]
            await context.send_activities(replies)

    def _admit(self, identity: ClaimsIdentity, activity: Any) -> None:
        """What the SDK does not ask for: that a token ends, the whole address, host and tenant.

        It does not tell which channels a key is good for, so that is not asked here.
        """
        claims = identity.claims
        if claims and not all(isinstance(claims.get(one), int) for one in ("exp", "nbf")):
            raise Refused(403, "exp")
        caller = Caller(claims.get("serviceurl", ""), endorsed=(activity.channel_id,))
        self._gate.admit(caller, activity, tenant_of(activity))


class AgentsConnector:
    """Posts, updates and deletes with the SDK's client; the same promises as `Connector`."""

    def __init__(
        self,
        hosts: HostAllowList,
        token: Token | None,
        *,
        network: Network | None = None,
        timeout: float = 15.0,
    ) -> None:
        self._hosts = hosts
        self._token = token
        self._limits = aiohttp.ClientTimeout(total=timeout)
        self._clients: dict[str, TeamsConnectorClient] = {}
        self.trace_configs: list[aiohttp.TraceConfig] = []

    async def close(self) -> None:
        for client in self._clients.values():
            await client.close()

    async def post(
        self, service_url: str, conversation_id: str, activity: Json, *, reply_to: str = ""
    ) -> Sent:
        body = Activity.model_validate(activity)

        def call(client: TeamsConnectorClient) -> Awaitable[ResourceResponse]:
            if reply_to:
                return client.conversations.reply_to_activity(conversation_id, reply_to, body)
            return client.conversations.send_to_conversation(conversation_id, body)

        return replace(await self._sent(service_url, call), conversation_id=conversation_id)

    async def update(
        self, service_url: str, conversation_id: str, activity_id: str, activity: Json
    ) -> Sent:
        body = Activity.model_validate(activity)
        sent = await self._sent(
            service_url,
            lambda client: client.conversations.update_activity(conversation_id, activity_id, body),
        )
        return _gone_is_done(sent, conversation_id, activity_id)

    async def delete(self, service_url: str, conversation_id: str, activity_id: str) -> Sent:
        sent = await self._sent(
            service_url,
            lambda client: client.conversations.delete_activity(conversation_id, activity_id),
        )
        return _gone_is_done(sent, conversation_id, activity_id)

    async def open_personal(self, service_url: str, tenant_id: str, teams_id: str) -> Sent:
        wanted = ConversationParameters(
            is_group=False,
            members=[ChannelAccount(id=teams_id)],
            tenant_id=tenant_id,
            channel_data={"tenant": {"id": tenant_id}},
        )
        opened = await self._sent(
            service_url, lambda client: client.conversations.create_conversation(wanted)
        )
        if opened.outcome is not Outcome.SENT:
            return opened
        return Sent(Outcome.SENT, status=opened.status, conversation_id=opened.activity_id)

    async def get(self, service_url: str, path: str) -> tuple[Sent, Any]:
        found: list[Any] = []

        async def read(client: TeamsConnectorClient) -> None:
            async with client.client.get(path.lstrip("/"), raise_for_status=True) as response:
                found.append(await response.json())

        sent = await self._sent(service_url, read)
        return sent, found[-1] if found else None

    def _client(self) -> "AgentsConnector":
        """The tests' towns add their trace configurations here."""
        return self

    async def _sent(self, service_url: str, call: Any) -> Sent:
        if not self._hosts.allows(service_url):
            return Sent(Outcome.FAILED, reason="host_refused")
        token = await self._token.get() if self._token else ""
        sent = await self._attempt(service_url, token, call)
        if sent.status == 401 and self._token:
            return await self._attempt(service_url, await self._token.renew(token), call)
        return sent

    async def _attempt(self, service_url: str, token: str, call: Any) -> Sent:
        client = self._client_of(service_url, token)
        try:
            answer = await call(client)
        except aiohttp.ClientResponseError as refused:
            return sent_of(refused.status, refused.headers or {}, refused.message.encode())
        except _NOT_REACHED:
            return Sent(Outcome.RETRY, reason="unreachable")
        except TimeoutError:
            return Sent(Outcome.UNCERTAIN, reason="timeout")
        except (aiohttp.ClientError, OSError):
            return Sent(Outcome.UNCERTAIN, reason="broken_off")
        except ValueError:  # pydantic's too
            return Sent(Outcome.UNCERTAIN, reason="unreadable_answer")
        return Sent(Outcome.SENT, status=200, activity_id=getattr(answer, "id", "") or "")

    def _client_of(self, service_url: str, token: str) -> TeamsConnectorClient:
        """One for each address: the SDK's own way is a new one in every turn."""
        if service_url not in self._clients:
            session = aiohttp.ClientSession(
                base_url=f"{service_url.rstrip('/')}/",
                timeout=self._limits,
                cookie_jar=aiohttp.DummyCookieJar(),
                trace_configs=self.trace_configs,
                middlewares=(_nowhere_else,),
            )
            self._clients[service_url] = TeamsConnectorClient(service_url, token, session=session)
        client = self._clients[service_url]
        if token:
            client.client.headers["Authorization"] = f"Bearer {token}"
        return client


async def _nowhere_else(
    request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType
) -> aiohttp.ClientResponse:
    """The SDK would follow to any other host."""
    response = await handler(request)
    if 300 <= response.status < 400:
        raise aiohttp.ClientResponseError(
            response.request_info, response.history, status=response.status
        )
    return response


class _NoClients(ChannelServiceClientFactoryBase):
    """The adapter wants two clients for every turn; what is said goes through `AgentsConnector`."""

    async def create_connector_client(self, *_given: Any, **_more: Any) -> Any:
        return SimpleNamespace(close=_nothing)

    async def create_user_token_client(self, *_given: Any, **_more: Any) -> Any:
        return SimpleNamespace(close=_nothing)


async def _nothing() -> None:
    await asyncio.sleep(0)


def _read(activity: Activity) -> Any:
    """The SDK's activity as ours is read: what it knows of mentions lies beside them there."""
    entities = [
        SimpleNamespace(
            type=entity.type, additional_properties=entity.model_dump(mode="json", by_alias=True)
        )
        for entity in activity.entities or ()
    ]
    return activity.model_copy(update={"entities": entities})
