"""What every edge promises, whichever SDK it stands on: ours, and one on the living SDK."""

import time
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from bot.teams.connector import Connector
from bot.teams.messenger import TeamsMessenger
from dialogs.conversation.talk import Kind, Reply, Scope, Speak, Turn
from knowledge.delivery.messenger import Address, Message, Outcome
from tests.bot.teams import edge as edges
from tests.bot.teams.edge import (
    ANNA,
    BOT,
    LOOPBACK,
    TENANT,
    THREAD,
    Edge,
    activity,
    card_action,
    channel_message,
    message,
    running_edge,
)
from tests.support.builders import create_training
from tests.support.connector import FakeConnector
from tests.support.issuer import ISSUER, MINUTE, signing_key
from tests.support.town import town

# The SDK keeps who was recognised under a name of its own in the request.
pytestmark = pytest.mark.filterwarnings("ignore::aiohttp.web_exceptions.NotAppKeyWarning")

CARD = {"type": "AdaptiveCard", "version": "1.5", "body": []}
CARD_TYPE = "application/vnd.microsoft.card.adaptive"
AT_BOT = {"type": "mention", "text": "<at>Tryggve</at>", "mentioned": BOT}
ACCEPTED, REFUSED = (200, 201, 202), (401, 403)


@pytest.fixture(params=["ours", pytest.param("living", marks=pytest.mark.agents)])
def on_sdk(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """The test runs on our edge, and once more with the other in its place."""
    if request.param == "living":
        from tests.support.agents import AgentsConnector, AgentsEndpoint

        for place in ("bot.app", "tests.bot.teams.edge", __name__):
            monkeypatch.setattr(f"{place}.Connector", AgentsConnector)
        for place in ("bot.app", "tests.bot.teams.edge"):
            monkeypatch.setattr(f"{place}.Endpoint", AgentsEndpoint)
    return str(request.param)


@pytest.fixture
async def edge(on_sdk: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Edge]:
    async with running_edge() as running:
        believe(on_sdk, running, monkeypatch)
        yield running


def believe(on_sdk: str, running: Edge, monkeypatch: pytest.MonkeyPatch) -> None:
    """The living SDK has the address of the keys built in."""
    if on_sdk == "living":
        from microsoft_agents.hosting.core.authorization._entra_issuers import (
            BOTFRAMEWORK_JWKS_URIS,
        )

        keys = running.issuer.metadata_url.replace(".well-known/openidconfiguration", "keys")
        monkeypatch.setitem(BOTFRAMEWORK_JWKS_URIS, ISSUER, keys)


async def test_a_message_is_answered_in_its_conversation(edge: Edge) -> None:
    status, _ = await edge.send(message("Hej", id="17"))

    assert status in ACCEPTED
    [post] = edge.teams.posts
    assert (post["kind"], post["conversation"]) == ("reply", "a:anna")
    said = post["activity"]
    assert (said["text"], said["replyToId"]) == ("Du skrev: Hej", "17")
    assert (said["from"]["id"], said["recipient"]["id"]) == (BOT["id"], ANNA["id"])
    assert edge.teams.faults == []


async def test_who_speaks_and_where_is_known(edge: Edge) -> None:
    await edge.send(channel_message("<at>Tryggve</at> hjälp", entities=[AT_BOT]))

    [turn] = edge.turns
    assert (turn.text, turn.place.scope) == ("hjälp", Scope.CHANNEL)
    assert (turn.speaker.tenant_id, turn.speaker.object_id) == (TENANT, ANNA["aadObjectId"])
    assert (turn.place.team_name, turn.place.channel_id) == ("Trygghet", "19:general@thread.tacv2")
    assert [post["conversation"] for post in edge.teams.posts] == [THREAD]


async def test_an_installation_is_told(edge: Edge) -> None:
    await edge.send(activity("installationUpdate", action="add"))
    await edge.send(activity("conversationUpdate", membersAdded=[BOT]))

    assert [turn.kind for turn in edge.turns] == [Kind.INSTALLED, Kind.ADDED]


@pytest.mark.parametrize("reply", [Reply(text="Klart."), Reply(card=CARD, summary="Kort")])
async def test_a_tap_is_answered_in_the_body(
    on_sdk: str, monkeypatch: pytest.MonkeyPatch, reply: Reply
) -> None:
    async def answer(_turn: Turn, speak: Speak) -> None:
        await speak(reply)

    async with running_edge(answer) as edge:
        believe(on_sdk, edge, monkeypatch)
        async with edge.client.post(
            edge.url,
            json=card_action("sign_up", {"training": 7}, serviceUrl=edge.teams.url),
            headers={"Authorization": f"Bearer {edge.issuer.token(serviceurl=edge.teams.url)}"},
        ) as response:
            status, body = response.status, await response.json()

    assert (status, body["statusCode"]) == (200, 200)
    assert body["value"] == (CARD if reply.card else "Klart.")
    assert [(turn.verb, turn.data) for turn in edge.turns] == [("sign_up", {"training": 7})]
    assert edge.teams.posts == []


async def test_an_invoke_that_nobody_knows_is_not_implemented(edge: Edge) -> None:
    status, _ = await edge.send(activity("invoke", name="task/fetch"))

    assert (status, edge.turns) == (501, [])


async def test_replies_come_in_the_body_where_that_is_expected(edge: Edge) -> None:
    status, body = await edge.send(message("Hej", deliveryMode="expectReplies"))

    assert status == 200
    assert "Du skrev: Hej" in body
    assert edge.teams.posts == []


def forged(**how: Any) -> Callable[[Edge], str]:
    return lambda edge: edge.issuer.token(**{"serviceurl": edge.teams.url} | how)


NOT_TEAMS: dict[str, Callable[[Edge], str]] = {
    "garbage": lambda _edge: "a.b.c",
    "another key": lambda edge: forged(key=signing_key("attacker"))(edge),
    "an unknown key": forged(kid="unknown"),
    "another bot's": forged(aud="another-bot"),
    "expired": lambda edge: forged(exp=int(time.time()) - 6 * MINUTE)(edge),
    "without an end": forged(without=("exp",)),
    "another address": forged(serviceurl="https://smba.trafficmanager.net/emea/"),
    "no address": forged(without=("serviceurl",)),
    "signed with the public key": lambda edge: edge.issuer.token_signed_with_the_public_key(
        serviceurl=edge.teams.url
    ),
}


@pytest.mark.parametrize("case", NOT_TEAMS)
async def test_only_teams_is_heard(edge: Edge, case: str) -> None:
    status, body = await edge.send(message(), token=NOT_TEAMS[case](edge))

    assert status in REFUSED
    assert "Traceback" not in body
    assert (edge.turns, edge.teams.posts) == ([], [])


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"channelData": {"tenant": {"id": "another"}}}, REFUSED),
        ({"serviceUrl": "https://smba.trafficmanager.net.evil.se/"}, REFUSED),
        ({"channelId": "webchat"}, REFUSED),
        ({"conversation": None}, (400,)),
        ({"text": 5}, (400,)),
    ],
)
async def test_what_is_not_ours_to_answer_is_refused(
    edge: Edge, changes: dict[str, Any], expected: tuple[int, ...]
) -> None:
    status, _ = await edge.send(message(**changes))

    assert status in expected
    assert edge.turns == []


@pytest.fixture
async def teams() -> AsyncIterator[FakeConnector]:
    async with FakeConnector() as running:
        yield running


@pytest.fixture
async def messenger(on_sdk: str) -> AsyncIterator[TeamsMessenger]:
    connector = Connector(LOOPBACK, None, timeout=1.0)
    yield TeamsMessenger(connector)
    await connector.close()


async def test_a_message_of_its_own_accord_is_sent_changed_and_taken_back(
    messenger: TeamsMessenger, teams: FakeConnector
) -> None:
    to = Address(TENANT, teams.url, THREAD)

    sent = await messenger.post(to, Message(card=CARD, summary="Ny utbildning"))
    changed = await messenger.update(to, sent.activity_id, Message(text="Ändrad"))
    removed = await messenger.delete(to, sent.activity_id)

    assert [one.outcome for one in (sent, changed, removed)] == [Outcome.SENT] * 3
    assert [post["kind"] for post in teams.posts] == ["post", "update", "delete"]
    [post, _, _] = teams.posts
    assert post["activity"]["attachments"] == [{"contentType": CARD_TYPE, "content": CARD}]
    assert {one["id"] for one in teams.posts} == {sent.activity_id}
    assert teams.faults == []


async def test_a_chat_is_opened_with_who_has_none(
    messenger: TeamsMessenger, teams: FakeConnector
) -> None:
    sent = await messenger.post(Address(TENANT, teams.url, teams_id="29:anna"), Message("Hej"))

    assert (sent.outcome, sent.conversation_id) == (Outcome.SENT, "a:29:anna")
    assert teams.opened[0]["tenantId"] == TENANT


ANSWERS: dict[str, tuple[dict[str, Any], Outcome]] = {
    "too fast": ({"status": 429, "headers": {"Retry-After": "30"}}, Outcome.RETRY),
    "blocked": (
        {"status": 403, "body": b'{"error": {"code": "ConversationBlockedByUser"}}'},
        Outcome.BLOCKED,
    ),
    "not installed": (
        {"status": 403, "body": b'{"error": {"code": "BotNotInConversationRoster"}}'},
        Outcome.NOT_INSTALLED,
    ),
    "gone": ({"status": 404}, Outcome.FAILED),
    "broken": ({"status": 500}, Outcome.UNCERTAIN),
    "away": ({"status": 502}, Outcome.UNSURE),
    "elsewhere": (
        {"status": 307, "headers": {"Location": "http://127.0.0.1:9/elsewhere"}},
        Outcome.FAILED,
    ),
    "not Teams": ({"body": b"<html>"}, Outcome.UNCERTAIN),
    "hung up": ({"drops": True}, Outcome.UNCERTAIN),
    "silent": ({"delay": 2.0}, Outcome.UNCERTAIN),
}


@pytest.mark.parametrize("case", ANSWERS)
async def test_what_teams_answers_means_the_same(
    messenger: TeamsMessenger, teams: FakeConnector, case: str
) -> None:
    how, outcome = ANSWERS[case]
    teams.answers(**how)

    sent = await messenger.post(Address(TENANT, teams.url, THREAD), Message("Hej"))

    assert sent.outcome is outcome
    assert sent.retry_after == (30.0 if case == "too fast" else 0.0)
    assert len(teams.requests) == 1


async def test_no_token_goes_to_a_host_that_is_not_teams(messenger: TeamsMessenger) -> None:
    poisoned = Address(TENANT, "https://smba.trafficmanager.net.evil.se/", THREAD)

    assert (await messenger.post(poisoned, Message("Hej"))).reason == "host_refused"


@pytest.mark.usefixtures("on_sdk")
async def test_a_newcomer_asks_finds_her_coordinator_and_signs_up(sqlite_url: str) -> None:
    async with town(sqlite_url) as tryggve:
        await create_training(tryggve, title="Lägesbild i praktiken", seats=12)
        anna = tryggve.person("Anna Alm")
        await anna.installs()
        anna.hears("Hej, jag heter Tryggve")
        await anna.says("hur ofta ska vi uppdatera lägesbilden?")
        anna.hears("6 §")
        await anna.says("samordnare i Lund")
        anna.hears("Skåne")
        await anna.says("utbildningar")
        await anna.taps("Anmäl mig till 1")
        anna.hears("Lägesbild i praktiken")
        await anna.says("mina utbildningar")
        anna.hears("Lägesbild i praktiken")
        assert type(tryggve.tryggve.endpoint) is edges.Endpoint
