"""What is sent to Teams, in what order, and what its answers are taken to mean."""

import asyncio
import gzip
import itertools
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.teams.answers import sent_of
from bot.teams.auth import HostAllowList
from bot.teams.connector import Connector
from bot.teams.messenger import TeamsMessenger
from knowledge.delivery.messenger import Address, Message, Outcome
from tests.bot.teams.edge import LOOPBACK, TENANT, THREAD
from tests.support.connector import CARD, FakeConnector

NOW = datetime(2026, 11, 2, 8, 0, 0, tzinfo=UTC)
HELLO = Message(text="Hej!")


class Tokens:
    """Gives out numbered tokens, or none."""

    def __init__(self, broken: bool = False) -> None:
        self.broken = broken
        self.numbers = itertools.count(1)
        self.kept = ""

    async def get(self) -> str:
        if self.broken:
            raise ConnectionError
        self.kept = self.kept or f"token-{next(self.numbers)}"
        return self.kept

    async def renew(self, refused: str) -> str:
        self.kept = ""
        return await self.get()


@pytest.fixture
async def teams() -> AsyncIterator[FakeConnector]:
    async with FakeConnector() as running:
        yield running


@pytest.fixture
async def connector() -> AsyncIterator[Connector]:
    made = Connector(LOOPBACK, Tokens(), timeout=0.5)
    yield made
    await made.close()


@pytest.fixture
def messenger(connector: Connector) -> TeamsMessenger:
    return TeamsMessenger(connector)


def anna(teams: FakeConnector) -> Address:
    return Address(TENANT, teams.url, "a:anna")


def code(name: str) -> bytes:
    return b'{"error": {"code": "%s", "message": "..."}}' % name.encode()


SUBCODE = b'{"errorCode": 209, "message": "{\\"subCode\\":\\"MessageWritesBlocked\\"}"}'


@pytest.mark.parametrize(
    ("status", "body", "outcome", "reason"),
    [
        (200, b'{"id": "1"}', Outcome.SENT, ""),
        (201, b'{"id": "1"}', Outcome.SENT, ""),
        (202, b"", Outcome.SENT, ""),
        (200, b"null", Outcome.UNCERTAIN, "unreadable_answer"),
        (200, b"<html>", Outcome.UNCERTAIN, "unreadable_answer"),
        (201, b'{"id": "1', Outcome.UNCERTAIN, "unreadable_answer"),
        (301, b"", Outcome.FAILED, "redirect"),
        (307, b"", Outcome.FAILED, "redirect"),
        (400, code("BadArgument"), Outcome.FAILED, "bad_argument"),
        (401, code("BotNotRegistered"), Outcome.RETRY, "unauthorized"),
        (403, code("BotDisabledByAdmin"), Outcome.BLOCKED, "admin"),
        (403, code("BotNotInConversationRoster"), Outcome.NOT_INSTALLED, "not_in_roster"),
        (403, code("ConversationBlockedByUser"), Outcome.BLOCKED, "user"),
        (403, SUBCODE, Outcome.BLOCKED, "user"),
        (403, code("InvalidBotApiHost"), Outcome.FAILED, "wrong_cloud"),
        (403, code("NotEnoughPermissions"), Outcome.FAILED, "not_permitted"),
        (403, code("SomethingNew"), Outcome.BLOCKED, "forbidden"),
        (403, b"", Outcome.BLOCKED, "forbidden"),
        (404, code("ConversationNotFound"), Outcome.FAILED, "not_found"),
        (405, b"", Outcome.FAILED, "http_405"),
        (408, b"", Outcome.UNCERTAIN, "http_408"),
        (412, code("PreconditionFailed"), Outcome.RETRY, "precondition_failed"),
        (413, code("MessageSizeTooBig"), Outcome.FAILED, "too_big"),
        (429, code("Throttled"), Outcome.RETRY, "throttled"),
        (500, code("ServiceError"), Outcome.UNCERTAIN, "http_500"),
        (501, b"", Outcome.UNCERTAIN, "http_501"),
        (502, b"", Outcome.UNSURE, "http_502"),
        (503, b"", Outcome.UNSURE, "http_503"),
        (504, b"", Outcome.UNSURE, "http_504"),
        (507, b"", Outcome.UNCERTAIN, "http_507"),
    ],
)
def test_each_answer_has_one_meaning(
    status: int, body: bytes, outcome: Outcome, reason: str
) -> None:
    sent = sent_of(status, {}, body)

    assert (sent.outcome, sent.reason, sent.status) == (outcome, reason, status)
    assert sent.activity_id == ("1" if outcome is Outcome.SENT and body else "")


@pytest.mark.parametrize(
    ("retry_after", "seconds"),
    [
        ("30", 30.0),
        (" 1.5 ", 1.5),
        ("0", 0.0),
        ("999999", 900.0),
        ("9" * 20, 900.0),
        ("Mon, 02 Nov 2026 08:01:00 GMT", 60.0),
        ("Mon, 02 Nov 2026 07:00:00 GMT", 0.0),
        ("Mon, 02 Nov 2099 08:01:00 GMT", 900.0),
        ("Mon, 02 Nov 2026 08:01:00 -0000", 0.0),
        ("-1", 0.0),
        ("abc", 0.0),
        ("nan", 0.0),
        ("inf", 0.0),
        ("٣", 0.0),
        ("1e3", 0.0),
        ("9" * 400, 0.0),
        ("", 0.0),
    ],
)
def test_retry_after_is_read_or_left(retry_after: str, seconds: float) -> None:
    assert sent_of(429, {"Retry-After": retry_after}, b"", NOW).retry_after == seconds


def test_only_what_is_tried_again_waits() -> None:
    assert sent_of(503, {"Retry-After": "5"}, b"").retry_after == 5.0
    assert sent_of(403, {"Retry-After": "5"}, b"").retry_after == 0.0


async def test_a_text_and_a_card_arrive_as_teams_wants_them(
    teams: FakeConnector, messenger: TeamsMessenger
) -> None:
    sent = await messenger.post(anna(teams), HELLO)
    await messenger.post(anna(teams), Message(card={"type": "AdaptiveCard"}, summary="x" * 200))

    assert (sent.outcome, sent.conversation_id) == (Outcome.SENT, "a:anna")
    text, card = (post["activity"] for post in teams.posts)
    assert text == {"type": "message", "text": "Hej!", "textFormat": "markdown"}
    assert card["attachments"] == [{"contentType": CARD, "content": {"type": "AdaptiveCard"}}]
    assert card["summary"] == "x" * 120
    assert sent.activity_id == teams.posts[0]["id"]
    assert teams.faults == []


@pytest.mark.parametrize("conversation", [THREAD, "19:general@thread.tacv2", "a:1/2 å?%2F"])
async def test_a_conversation_id_arrives_as_it_was(
    teams: FakeConnector, messenger: TeamsMessenger, conversation: str
) -> None:
    await messenger.post(Address(TENANT, teams.url, conversation), HELLO)

    assert [(post["kind"], post["conversation"]) for post in teams.posts] == [
        ("post", conversation)
    ]


async def test_a_person_without_a_chat_gets_one(
    teams: FakeConnector, messenger: TeamsMessenger
) -> None:
    sent = await messenger.post(Address(TENANT, teams.url, teams_id="29:anna"), HELLO)

    assert sent.conversation_id == teams.posts[0]["conversation"] == "a:29:anna"
    assert teams.opened == [
        {
            "isGroup": False,
            "members": [{"id": "29:anna"}],
            "tenantId": TENANT,
            "channelData": {"tenant": {"id": TENANT}},
        }
    ]


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (403, Outcome.BLOCKED),
        (429, Outcome.RETRY),
        (500, Outcome.RETRY),
        (502, Outcome.RETRY),
    ],
)
async def test_a_chat_that_may_have_opened_means_that_nothing_was_said(
    teams: FakeConnector, messenger: TeamsMessenger, status: int, outcome: Outcome
) -> None:
    teams.answers(kind="open", status=status)

    sent = await messenger.post(Address(TENANT, teams.url, teams_id="29:anna"), HELLO)
    assert sent.outcome is outcome
    assert teams.posts == []


async def test_a_message_is_updated_and_taken_back(
    teams: FakeConnector, messenger: TeamsMessenger
) -> None:
    assert (await messenger.update(anna(teams), "17", HELLO)).outcome is Outcome.SENT
    assert (await messenger.delete(anna(teams), "17")).outcome is Outcome.SENT

    assert [(post["kind"], post["id"]) for post in teams.posts] == [
        ("update", "17"),
        ("delete", "17"),
    ]


async def test_a_message_that_is_gone_counts_as_changed(
    teams: FakeConnector, messenger: TeamsMessenger
) -> None:
    teams.answers(status=404, times=2)

    updated = await messenger.update(anna(teams), "17", HELLO)
    deleted = await messenger.delete(anna(teams), "17")

    assert [(sent.outcome, sent.reason) for sent in (updated, deleted)] == [
        (Outcome.SENT, "gone"),
        (Outcome.SENT, "gone"),
    ]


async def test_messages_to_one_conversation_keep_their_order(
    teams: FakeConnector, messenger: TeamsMessenger
) -> None:
    teams.answers(conversation="a:anna", delay=0.2)
    bo = Address(TENANT, teams.url, "a:bo")
    await asyncio.gather(
        messenger.post(anna(teams), Message(text="ett")),
        messenger.post(anna(teams), Message(text="två")),
        messenger.post(bo, Message(text="till Bo")),
    )

    assert teams.texts("a:anna") == ["ett", "två"]
    assert teams.texts()[0] == "till Bo"


@pytest.mark.parametrize(
    ("script", "outcome", "reason"),
    [
        ({"delay": 2.0}, Outcome.UNCERTAIN, "timeout"),
        ({"drops": True}, Outcome.UNCERTAIN, "broken_off"),
        ({"body": b"<html>"}, Outcome.UNCERTAIN, "unreadable_answer"),
        ({"status": 502, "accepts": True}, Outcome.UNSURE, "http_502"),
    ],
)
async def test_an_answer_that_never_came_may_have_been_delivered(
    teams: FakeConnector,
    messenger: TeamsMessenger,
    script: dict[str, Any],
    outcome: Outcome,
    reason: str,
) -> None:
    teams.answers(**script)

    sent = await messenger.post(anna(teams), HELLO)
    assert (sent.outcome, sent.reason) == (outcome, reason)
    assert len(teams.requests) == 1


HUGE = b'{"id": "1", "more": "' + b"x" * 3_000_000 + b'"}'  # read whole it would be an id
GZIP = {"Content-Encoding": "gzip"}


@pytest.mark.parametrize(
    ("status", "outcome", "reason"),
    [
        (200, Outcome.UNCERTAIN, "unreadable_answer"),
        (201, Outcome.UNCERTAIN, "unreadable_answer"),
        (403, Outcome.BLOCKED, "forbidden"),
        (404, Outcome.FAILED, "not_found"),
        (429, Outcome.RETRY, "throttled"),
        (500, Outcome.UNCERTAIN, "http_500"),
    ],
)
@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ({}, HUGE),
        (GZIP, gzip.compress(HUGE)),
        (GZIP, b"no gzip"),
        ({"Content-Encoding": "br"}, b"x"),
    ],
    ids=["huge", "bomb", "garbled", "unknown"],
)
async def test_an_answer_is_read_to_a_limit(
    teams: FakeConnector,
    messenger: TeamsMessenger,
    headers: dict[str, str],
    body: bytes,
    status: int,
    outcome: Outcome,
    reason: str,
) -> None:
    teams.answers(status=status, headers=headers, body=body)

    sent = await messenger.post(anna(teams), HELLO)

    assert (sent.outcome, sent.reason) == (outcome, reason)
    assert (await messenger.post(anna(teams), HELLO)).outcome is Outcome.SENT


async def test_a_packed_answer_is_read(teams: FakeConnector, messenger: TeamsMessenger) -> None:
    teams.answers(headers=GZIP, body=gzip.compress(b'{"id": "17"}'))

    assert (await messenger.post(anna(teams), HELLO)).activity_id == "17"


async def test_a_refused_connection_can_be_tried_again(messenger: TeamsMessenger) -> None:
    sent = await messenger.post(Address(TENANT, "http://127.0.0.1:9/", "a:anna"), HELLO)

    assert (sent.outcome, sent.reason) == (Outcome.RETRY, "unreachable")


async def test_a_redirect_is_not_followed(teams: FakeConnector, messenger: TeamsMessenger) -> None:
    async with FakeConnector() as elsewhere:
        teams.answers(status=307, headers={"Location": elsewhere.url})

        sent = await messenger.post(anna(teams), HELLO)
        assert (sent.outcome, sent.reason) == (Outcome.FAILED, "redirect")
        assert elsewhere.requests == []


async def test_a_poisoned_address_never_sees_the_token(teams: FakeConnector) -> None:
    connector = Connector(HostAllowList(), Tokens())

    sent = await TeamsMessenger(connector).post(anna(teams), HELLO)

    assert (sent.outcome, sent.reason) == (Outcome.FAILED, "host_refused")
    assert teams.requests == []


async def test_a_refused_token_is_renewed_and_the_message_sent(
    teams: FakeConnector, messenger: TeamsMessenger
) -> None:
    teams.answers(status=401)

    assert (await messenger.post(anna(teams), HELLO)).outcome is Outcome.SENT
    assert [request["headers"]["Authorization"] for request in teams.requests] == [
        "Bearer token-1",
        "Bearer token-2",
    ]


async def test_a_token_refused_twice_leaves_the_message_to_be_sent_later(
    teams: FakeConnector, messenger: TeamsMessenger
) -> None:
    teams.answers(status=401, times=9)

    sent = await messenger.post(anna(teams), HELLO)
    assert (sent.outcome, sent.status, len(teams.requests)) == (Outcome.RETRY, 401, 2)


async def test_without_a_token_nothing_is_sent(teams: FakeConnector) -> None:
    connector = Connector(LOOPBACK, Tokens(broken=True))

    sent = await TeamsMessenger(connector).post(anna(teams), HELLO)
    assert (sent.outcome, sent.reason) == (Outcome.RETRY, "no_token")
    assert teams.requests == []


async def test_the_demo_sends_no_token(teams: FakeConnector) -> None:
    connector = Connector(LOOPBACK, None)

    await TeamsMessenger(connector).post(anna(teams), HELLO)
    assert "Authorization" not in teams.requests[0]["headers"]
    await connector.close()


@pytest.mark.parametrize(
    ("activity", "fault"),
    [
        ({"type": "poem", "text": "x"}, "unknown type"),
        ({"type": "message"}, "says nothing"),
        ({"type": "message", "text": 7}, "text is not a string"),
        ({"type": "message", "text": "x", "summary": None}, "a null"),
        ({"type": "message", "attachments": [{"contentType": CARD}]}, "a card without summary"),
        (
            {"type": "message", "text": "x", "suggestedActions": {"actions": [{}] * 4}},
            "more than three suggestions",
        ),
    ],
)
async def test_the_fake_refuses_what_teams_would(
    teams: FakeConnector, connector: Connector, activity: dict[str, Any], fault: str
) -> None:
    assert (await connector.post(teams.url, "a:anna", activity)).outcome is Outcome.FAILED
    assert teams.faults == [f"post to a:anna: {fault}"]
    assert teams.posts == []
