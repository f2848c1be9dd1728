"""What the sender makes of each thing that Teams can do, over real HTTP and on both databases."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import update

from bot.teams.auth import HostAllowList
from bot.teams.connector import Connector
from bot.teams.messenger import TeamsMessenger
from knowledge.delivery.messenger import Address
from knowledge.delivery.models import Target, deliveries
from knowledge.delivery.sender import Sender
from knowledge.storage.database import Database
from tests.support.connector import FakeConnector
from tests.support.deliveries import enqueue, rows, running, to_channel, to_person, until_settled
from tests.support.limits import TeamsLimits
from tests.support.postgres import free_port

SOON = {"Retry-After": "0.1"}

ANSWERS: dict[str, tuple[dict[str, Any], str, str, int]] = {
    # What Teams does: once, unless it says more. Then: status, reason, how many times we asked.
    "ok": ({"status": 201}, "sent", "", 1),
    "400": ({"status": 400}, "failed", "bad_argument", 1),
    "403 not in roster": ({"status": 403, "code": "BotNotInConversationRoster"}, "not_installed",
                          "not_in_roster", 1),
    "403 by user": ({"status": 403, "code": "ConversationBlockedByUser"}, "blocked", "user", 1),
    "403 writes": ({"status": 403, "code": "MessageWritesBlocked"}, "blocked", "user", 1),
    "403 by admin": ({"status": 403, "code": "BotDisabledByAdmin"}, "blocked", "admin", 1),
    "403 host": ({"status": 403, "code": "InvalidBotApiHost"}, "failed", "wrong_cloud", 1),
    "403 rights": ({"status": 403, "code": "NotEnoughPermissions"}, "failed", "not_permitted", 1),
    "403 new": ({"status": 403, "code": "SomethingNew"}, "blocked", "forbidden", 1),
    "403 empty": ({"status": 403}, "blocked", "forbidden", 1),
    "404": ({"status": 404}, "failed", "not_found", 1),
    "413": ({"status": 413}, "failed", "too_big", 1),
    "307": ({"status": 307, "headers": {"Location": "http://evil.se/"}}, "failed", "redirect", 1),
    "412": ({"status": 412, "headers": SOON}, "sent", "", 2),
    "429": ({"status": 429, "headers": SOON}, "sent", "", 2),
    "429 negative": ({"status": 429, "headers": {"Retry-After": "-1"}}, "sent", "", 2),
    "429 words": ({"status": 429, "headers": {"Retry-After": "abc"}}, "sent", "", 2),
    "429 the past": ({"status": 429, "headers": {"Retry-After": "Mon, 02 Nov 2026 08:00:00 GMT"}},
                     "sent", "", 2),
    "429 nothing": ({"status": 429}, "sent", "", 2),
    "500": ({"status": 500}, "uncertain", "http_500", 1),
    "502": ({"status": 502, "headers": SOON}, "sent", "", 2),
    "502 thrice": ({"status": 502, "headers": SOON, "times": 3}, "uncertain", "http_502", 3),
    "503": ({"status": 503, "headers": SOON}, "sent", "", 2),
    "504": ({"status": 504, "headers": SOON}, "sent", "", 2),
    "slow": ({"delay": 3.0}, "uncertain", "timeout", 1),
    "gone without a word": ({"drops": True}, "uncertain", "broken_off", 1),
    "reset": ({"resets": True}, "uncertain", "broken_off", 1),
    "cut": ({"cuts": True}, "uncertain", "broken_off", 1),
    "not json": ({"body": b"<html>"}, "uncertain", "unreadable_answer", 1),
}  # fmt: skip


@pytest.fixture
async def teams() -> AsyncIterator[FakeConnector]:
    async with FakeConnector(TeamsLimits()) as running:
        yield running


@pytest.fixture
async def messenger() -> AsyncIterator[TeamsMessenger]:
    connector = Connector(HostAllowList(allow_loopback=True), None, timeout=1.0)
    yield TeamsMessenger(connector)
    await connector.close()


def at(teams: FakeConnector, target: Target) -> Target:
    address = target.address
    return replace(target, address=replace(address, service_url=teams.url_of(address.tenant_id)))


def script(teams: FakeConnector, conversation: str, how: dict[str, Any]) -> None:
    how = dict(how)
    code = how.pop("code", "")
    if code:
        how["body"] = b'{"error": {"code": "%s"}}' % code.encode()
    teams.answers(conversation=conversation, **how)


async def test_each_answer_leads_to_one_end(
    database: Database, messenger: TeamsMessenger, teams: FakeConnector
) -> None:
    for number, (how, *_) in enumerate(ANSWERS.values()):
        script(teams, f"chat-{number}", how)
    people = [to_person(number, tenant=f"tenant-{number}") for number in range(len(ANSWERS))]
    await enqueue(database, *(at(teams, person) for person in people))
    async with running(Sender(database, messenger)):
        await until_settled(database, seconds=20)
    asked = Counter(request["conversation"] for request in teams.requests)
    found = {
        name: (row["status"], row["reason"], asked[row["conversation_id"]])
        for name, row in zip(ANSWERS, await rows(database), strict=True)
    }
    assert found == {name: tuple(end) for name, (_, *end) in ANSWERS.items()}


async def test_a_channel_is_never_posted_to_twice_by_itself(
    database: Database, messenger: TeamsMessenger, teams: FakeConnector
) -> None:
    for number, status in enumerate((502, 503, 504)):
        channel = to_channel(number, tenant=f"tenant-{number}")
        teams.answers(
            conversation=channel.address.conversation_id, status=status, accepts=True, headers=SOON
        )
        await enqueue(database, at(teams, channel))
    async with running(Sender(database, messenger)):
        await until_settled(database)
    assert {row["status"] for row in await rows(database)} == {"uncertain"}
    assert len(teams.requests) == 3


async def test_what_never_left_is_sent_when_teams_is_back(
    database: Database, messenger: TeamsMessenger, teams: FakeConnector
) -> None:
    nowhere = Address("tenant-1", f"http://127.0.0.1:{free_port()}/", "chat-1", "29:1")
    await enqueue(database, replace(to_person(1), address=nowhere))
    async with running(Sender(database, messenger)):
        await asyncio.sleep(1.0)
    (row,) = await rows(database)
    assert (row["status"], row["reason"], row["attempts"]) == ("pending", "unreachable", 1)
    async with database.write() as tx:
        await tx.execute(update(deliveries).values(service_url=teams.url, due=0.0))
    async with running(Sender(database, messenger)):
        await until_settled(database)
    assert len(teams.posts) == 1


async def test_half_of_everybody_throttled_everything_arrives_at_the_allowed_rate(
    database: Database, messenger: TeamsMessenger, teams: FakeConnector
) -> None:
    everybody = [to_person(number, tenant=f"tenant-{number % 5}") for number in range(60)]
    for person in everybody[::2]:
        script(teams, person.address.conversation_id, {"status": 429, "headers": SOON, "times": 2})
    await enqueue(database, *(at(teams, person) for person in everybody))
    async with running(Sender(database, messenger)):
        await until_settled(database, seconds=30)
    assert {row["status"] for row in await rows(database)} == {"sent"}
    assert max(row["attempts"] for row in await rows(database)) == 3
    assert len(teams.posts) == 60
    assert teams.limits is not None
    assert teams.limits.worst() <= 50


async def test_a_busy_conversation_keeps_to_teams_limits_and_the_others_do_not_wait(
    database: Database, messenger: TeamsMessenger, teams: FakeConnector
) -> None:
    for number in range(9):
        targets = [to_channel(1), *(to_person(100 * number + n) for n in range(5))]
        await enqueue(database, *(at(teams, each) for each in targets), group=f"group {number}")
    async with running(Sender(database, messenger)):
        await until_settled(database, seconds=20)
    channel = [number for number, post in enumerate(teams.posts) if "channel" in str(post)]
    assert teams.throttled == 0
    assert len(teams.posts) == 9 * 6
    assert channel[-3:] == [51, 52, 53]
