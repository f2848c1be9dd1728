"""Everything between the socket and the dialogs, over real HTTP, with a fake Teams."""

import asyncio
import gzip
import io
import json
import logging
import re
import zlib
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
import structlog

from bot import log
from bot.teams.endpoint import LARGEST_BODY
from dialogs.conversation.talk import Reply, Speak, Turn
from knowledge.checksums import checksum
from knowledge.delivery.messenger import Outcome, Sent
from tests.bot.teams.edge import (
    ANNA,
    BOT,
    TENANT,
    THREAD,
    Edge,
    activity,
    card_action,
    channel_message,
    echo,
    message,
    running_edge,
)

CARD = {"type": "AdaptiveCard", "version": "1.5", "body": []}
CARD_TYPE = "application/vnd.microsoft.card.adaptive"
NOTICE_TYPE = "application/vnd.microsoft.activity.message"


@pytest.fixture
async def edge() -> AsyncIterator[Edge]:
    async with running_edge() as running:
        yield running


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """What is logged while the test runs."""
    stream = io.StringIO()
    log.set_up(stream=stream)
    yield stream
    structlog.reset_defaults()


def logged(lines: io.StringIO, event: str) -> list[dict[str, Any]]:
    entries = [json.loads(line) for line in lines.getvalue().splitlines()]
    return [entry for entry in entries if entry["event"] == event]


async def test_a_message_is_answered_in_its_conversation(edge: Edge) -> None:
    asked = message("Hej", id="17")

    assert await edge.send(asked) == (201, "")

    [post] = edge.teams.posts
    assert (post["kind"], post["conversation"]) == ("reply", "a:anna")
    assert post["activity"] == {
        "type": "message",
        "text": "Du skrev: Hej",
        "textFormat": "markdown",
        "conversation": {"id": "a:anna"},
        "from": {"id": BOT["id"]},
        "recipient": {"id": ANNA["id"]},
        "replyToId": "17",
    }
    assert edge.teams.faults == []


async def test_a_channel_is_answered_in_the_same_thread(edge: Edge) -> None:
    await edge.send(channel_message("Hej"))

    assert [post["conversation"] for post in edge.teams.posts] == [THREAD]


async def test_suggestions_are_shown_in_personal_chats_only() -> None:
    async def suggest(turn: Turn, speak: Speak) -> None:
        await speak(Reply(text="Vad vill du?", suggestions=("Hjälp", "Avbryt", "Fråga", "Mer")))

    async with running_edge(suggest) as edge:
        await edge.send(message())
        await edge.send(channel_message("Hej"))

        personal, channel = (post["activity"] for post in edge.teams.posts)
        sentences = [action["value"] for action in personal["suggestedActions"]["actions"]]
        assert sentences == ["Hjälp", "Avbryt", "Fråga"]
        assert "suggestedActions" not in channel
        assert edge.teams.faults == []


PACKED: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "deflate": zlib.compress,
    "DEFLATE": lambda body: zlib.compress(body, wbits=-zlib.MAX_WBITS),
}


def nested(levels: int) -> Any:
    """A list in a list, so many times."""
    return [nested(levels - 1)] if levels else 0


NOT_AN_ACTIVITY: dict[str, tuple[Any, dict[str, Any], int]] = {
    "GET": (message(), {"method": "GET"}, 405),
    "PUT": (message(), {"method": "PUT"}, 405),
    "DELETE": (message(), {"method": "DELETE"}, 405),
    "no content type": (message(), {"headers": {"Content-Type": ""}}, 415),
    "text/plain": (message(), {"headers": {"Content-Type": "text/plain"}}, 415),
    "2 MiB": (message("x" * 2 * 2**20), {}, 413),
    "just too big": (b" " * (LARGEST_BODY + 1), {}, 413),
    "not gzip": (b"{}", {"headers": {"Content-Encoding": "gzip"}}, 400),
    "half a gzip": (gzip.compress(b"{}" * 99)[:-9], {"headers": {"Content-Encoding": "gzip"}}, 400),
    "Brotli": (b"{}", {"headers": {"Content-Encoding": "br"}}, 415),
    "packed twice": (b"{}", {"headers": {"Content-Encoding": "gzip, gzip"}}, 415),
    "empty": (b"", {}, 400),
    "half a body": (b'{"type": "message"', {}, 400),
    "a list": ([message()], {}, 400),
    "10,000 levels": (b"[" * 10_000, {}, 400),
    "wrong types": (message(text=5), {}, 400),
    "no conversation": (message(conversation=None), {}, 400),
    "nobody said it": (message(**{"from": None}), {}, 400),
    "nobody tapped it": (card_action(**{"from": None}), {}, 400),
    "no type": (message(type=None), {}, 400),
    "too big, in pieces of unknown number": (b" " * (LARGEST_BODY + 1), {"chunked": True}, 413),
    "65 levels": (message(value=nested(65)), {}, 400),
    "10,001 values": (message(value=[0] * 10_001), {}, 400),
    "10,001 names": (message(value={str(number): 0 for number in range(10_001)}), {}, 400),
    "201 entities": (message(entities=[{"type": "mention"}] * 201), {}, 400),
    "an entity that is none": (message(entities=["mention"]), {}, 400),
    "entities in a text": (message(entities="mention"), {}, 400),
    "members that are none": (activity("conversationUpdate", membersAdded=[None]), {}, 400),
    "no number": (json.dumps(message(value={"training": float("nan")})).encode(), {}, 400),
    "an id in two lines": (message(id="17\n18"), {}, 400),
    "a giant id": (message(id="1" * 1_001), {}, 400),
    "half a letter in an id": (message(**{"from": {**ANNA, "id": "29:\ud800"}}), {}, 400),
    "a conversation in two lines": (message(conversation={"id": "a:\r\nb"}), {}, 400),
    "a time that is a number": (message(timestamp=1_700_000_000), {}, 400),
    "a time that is none": (message(timestamp="i morgon"), {}, 400),
    "a sender that is a text": (message(**{"from": "29:anna"}), {}, 400),
    "a tenant that is a text": (message(channelData=TENANT), {}, 400),
    "not UTF-8": ('{"type": "å"}'.encode("latin-1"), {}, 400),
}


@pytest.mark.parametrize("case", NOT_AN_ACTIVITY)
async def test_what_is_not_an_activity_is_refused(edge: Edge, case: str) -> None:
    content, how, expected = NOT_AN_ACTIVITY[case]

    status, body = await edge.send(content, **how)

    assert status == expected
    assert "Traceback" not in body
    assert edge.turns == []


@pytest.mark.parametrize("case", NOT_AN_ACTIVITY)
async def test_who_is_not_known_is_not_told_what_is_wrong_with_the_body(
    edge: Edge, case: str
) -> None:
    content, how, expected = NOT_AN_ACTIVITY[case]

    status, _ = await edge.send(content, header="", **how)

    assert status == (405 if expected == 405 else 401)
    assert edge.turns == []


@pytest.mark.parametrize(
    "more",
    [
        {"Content-Length": "100000"},
        {"Content-Length": "100000", "Content-Encoding": "gzip"},
        {"Transfer-Encoding": "chunked"},
        {"Content-Length": "100000", "Authorization": "Bearer a.b.c"},
        {"Content-Length": "100000", "Expect": "100-continue"},
    ],
)
async def test_the_body_of_a_stranger_is_not_waited_for(edge: Edge, more: dict[str, str]) -> None:
    answer = await edge.says_in_bytes(edge.head(**more))

    assert answer.startswith(b"HTTP/1.1 401 ")
    assert b"Connection: close" in answer


async def test_who_asks_first_is_told_to_go_on_when_known(edge: Edge) -> None:
    content = json.dumps(message("Hej", serviceUrl=edge.teams.url)).encode()
    known = f"Bearer {edge.issuer.token(serviceurl=edge.teams.url)}"
    head = edge.head(
        Authorization=known, Expect="100-continue", Connection="close",
        **{"Content-Length": str(len(content))},
    )  # fmt: skip

    answer = await edge.says_in_bytes(head, content)

    assert [line for line in answer.split(b"\r\n") if line.startswith(b"HTTP/")] == [
        b"HTTP/1.1 100 Continue",
        b"HTTP/1.1 201 Created",
    ]


@pytest.mark.parametrize("size", [2 * 2**20, 200 * 2**20])
@pytest.mark.parametrize(
    ("encoding", "pack"), [("gzip", gzip.compress), ("deflate", zlib.compress)]
)
async def test_a_bomb_is_refused(
    edge: Edge, size: int, encoding: str, pack: Callable[[bytes], bytes]
) -> None:
    status, _ = await edge.send(pack(b" " * size), headers={"Content-Encoding": encoding})

    assert status == 413


@pytest.mark.parametrize("encoding", PACKED)
async def test_a_compressed_activity_is_read(edge: Edge, encoding: str) -> None:
    content = json.dumps(message("Hej", serviceUrl=edge.teams.url)).encode()
    token = edge.issuer.token(serviceurl=edge.teams.url)

    status, _ = await edge.send(
        PACKED[encoding](content), token=token, headers={"Content-Encoding": encoding}
    )
    assert status == 201
    assert edge.teams.texts() == ["Du skrev: Hej"]


async def test_a_slow_sender_is_cut_off() -> None:
    async with running_edge(patience=0.1) as edge:
        host, port = edge.url.split("/")[2].split(":")
        reader, writer = await asyncio.open_connection(host, int(port))
        known = f"Bearer {edge.issuer.token()}"
        head = edge.head(Authorization=known, **{"Content-Length": "100"})
        writer.write(head + b'{"type"')
        async with asyncio.timeout(5):
            assert (await reader.readline()).startswith(b"HTTP/1.1 408")
        writer.close()


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (activity("typing"), 201),
        (activity("messageReaction", reactionsAdded=[{"type": "like"}]), 201),
        (activity("invoke", name="task/fetch", value={}), 501),
        (activity("invoke", name="composeExtension/query", value={}), 501),
    ],
)
async def test_what_no_dialog_answers_is_acknowledged(
    edge: Edge, content: dict[str, Any], expected: int
) -> None:
    assert await edge.send(content) == (expected, "")
    assert edge.turns == edge.teams.posts == []


async def test_a_tapped_card_is_answered_in_its_place() -> None:
    async def thank(turn: Turn, speak: Speak) -> None:
        await speak(Reply(card=CARD, summary="Du är anmäld"))
        await speak(Reply(text="Välkommen!"))

    async with running_edge(thank) as edge:
        status, body = await edge.send(card_action())

        assert status == 200
        assert json.loads(body) == {"statusCode": 200, "type": CARD_TYPE, "value": CARD}
        assert edge.teams.texts() == ["Välkommen!"]


async def test_a_tapped_card_can_be_answered_with_a_sentence(edge: Edge) -> None:
    status, body = await edge.send(card_action("okänt"))

    assert status == 200
    assert json.loads(body) == {
        "statusCode": 200,
        "type": NOTICE_TYPE,
        "value": "Du skrev: okänt",
    }


async def test_a_tapped_card_is_answered_even_by_silence() -> None:
    async def be_silent(turn: Turn, speak: Speak) -> None:
        return

    async with running_edge(be_silent) as edge:
        assert json.loads((await edge.send(card_action()))[1])["statusCode"] == 200


async def test_expected_replies_come_in_the_body(edge: Edge) -> None:
    status, body = await edge.send(message("Hej", deliveryMode="expectReplies"))

    assert status == 200
    assert [each["text"] for each in json.loads(body)["activities"]] == ["Du skrev: Hej"]
    assert edge.teams.posts == []


async def test_a_personal_reply_goes_to_the_speakers_own_chat() -> None:
    async def whisper(turn: Turn, speak: Speak) -> None:
        await speak(Reply(text="Bara till dig", personal=True))
        await speak(Reply(text="Till alla"))

    async with running_edge(whisper) as edge:
        await edge.send(channel_message("Hej"))
        assert [(post["conversation"], post["activity"]["text"]) for post in edge.teams.posts] == [
            ("a:29:anna", "Bara till dig"),
            (THREAD, "Till alla"),
        ]

        _, body = await edge.send(card_action())
        assert json.loads(body)["value"] == "Till alla"
        assert edge.teams.texts("a:anna") == ["Bara till dig"]


@pytest.mark.parametrize(
    ("status", "outcome"),
    [(429, Outcome.RETRY), (412, Outcome.RETRY), (503, Outcome.UNSURE)],
)
async def test_a_reply_that_can_be_sent_later_is_handed_over(
    edge: Edge, status: int, outcome: Outcome
) -> None:
    edge.teams.answers(status=status, headers={"Retry-After": "7"})

    assert (await edge.send(message("Hej")))[0] == 201

    [(turn, reply, sent)] = edge.undelivered
    assert (turn, reply.text) == (edge.turns[0], "Du skrev: Hej")
    assert (sent.outcome, sent.retry_after) == (outcome, 7.0)


@pytest.mark.parametrize("status", [400, 403, 404, 500])
async def test_a_reply_that_must_not_be_sent_again_is_let_go(
    edge: Edge, status: int, lines: io.StringIO
) -> None:
    edge.teams.answers(status=status)

    assert (await edge.send(message()))[0] == 201
    assert edge.undelivered == []
    assert logged(lines, "turn")[0]["outcome"] == "unsent"


async def take_a_second(turn: Turn, speak: Speak) -> None:
    await asyncio.sleep(1.2)
    await echo(turn, speak)


async def test_typing_is_shown_when_the_answer_takes_a_second() -> None:
    group = {"id": "19:group", "conversationType": "groupChat", "isGroup": True}
    asked = [
        message(),
        message(conversation=group),
        channel_message("Hej"),
        card_action(),
        message(deliveryMode="expectReplies"),
    ]
    async with running_edge(take_a_second) as edge:
        await asyncio.gather(*(edge.send(each) for each in asked))

        kinds = {"a:anna": [], "19:group": [], THREAD: []}
        for post in edge.teams.posts:
            kinds[post["conversation"]].append(post["activity"]["type"])
        assert kinds == {
            "a:anna": ["typing", "message"],
            "19:group": ["typing", "message"],
            THREAD: ["message"],
        }
        assert edge.teams.faults == []


async def test_typing_never_comes_after_the_answer() -> None:
    async def go_on_after_the_answer(turn: Turn, speak: Speak) -> None:
        await echo(turn, speak)
        await asyncio.sleep(1.2)

    async with running_edge(go_on_after_the_answer) as edge:
        await edge.send(message())
        assert [post["activity"]["type"] for post in edge.teams.posts] == ["message"]

    async with running_edge(take_a_second) as edge:
        edge.teams.answers(delay=0.5)  # the typing indicator is slow to arrive
        await edge.send(message())
        assert [post["activity"]["type"] for post in edge.teams.posts] == ["typing", "message"]


SECRET = "Anna Ek bor på Storgatan 1"


async def break_down(turn: Turn, speak: Speak) -> None:
    raise ValueError(SECRET)


async def test_a_failed_turn_ends_with_an_apology_and_a_reference(lines: io.StringIO) -> None:
    async with running_edge(break_down) as edge:
        assert await edge.send(message(SECRET)) == (201, "")

        [failure] = logged(lines, "turn_failed")
        assert edge.teams.texts() == [f"Något gick fel. Referens: {failure['reference']}"]
        assert re.fullmatch(r"[0-9a-f]{8}", failure["reference"])
        assert failure["error"] == "ValueError"
        assert failure["where"].startswith("tests/bot/teams/test_endpoint.py:")
        assert logged(lines, "turn")[0]["outcome"] == "failed"


async def test_a_failed_tap_gets_its_apology_as_the_answer() -> None:
    async with running_edge(break_down) as edge:
        status, body = await edge.send(card_action())

        assert status == 200
        assert json.loads(body)["value"].startswith("Något gick fel")
        assert edge.teams.posts == []


async def test_a_failure_that_cannot_even_be_apologised_for_is_acknowledged(
    lines: io.StringIO,
) -> None:
    async def fail_too(turn: Turn, reply: Reply, sent: Sent) -> None:
        raise OSError(SECRET)

    async with running_edge(break_down, undelivered=fail_too) as edge:
        edge.teams.answers(status=429)
        assert await edge.send(message()) == (201, "")

    [first], [second] = logged(lines, "turn_failed"), logged(lines, "apology_failed")
    assert first["reference"] == second["reference"]


async def test_the_log_says_what_happened_and_nothing_of_what_was_said(
    lines: io.StringIO,
) -> None:
    async with running_edge() as edge:
        await edge.send(message(SECRET))
        await edge.send(channel_message(SECRET), header="Bearer very.secret.token")
        edge.teams.answers(status=500, body=SECRET.encode())
        await edge.send(message(SECRET))
    async with running_edge(break_down) as edge:
        await edge.send(card_action(data={"namn": SECRET}))

    [first, *_] = logged(lines, "turn")
    assert first["level"] == "info"
    assert {"kind": "message", "scope": "personal", "outcome": "answered"}.items() <= first.items()
    assert first["tenant"] == checksum(TENANT)
    assert first["ms"] > 0
    assert datetime.fromisoformat(first["ts"])
    for private in (SECRET, "Storgatan", "Anna", ANNA["aadObjectId"], TENANT, "secret.token"):
        assert private not in lines.getvalue()


class Secrets:
    """A login of the bot's own, whose tokens must be in no line."""

    given = ("own.secret.token", "own.renewed.token")

    async def get(self) -> str:
        return self.given[0]

    async def renew(self, refused: str) -> str:
        return self.given[1]


@pytest.mark.parametrize("level", ["INFO", "DEBUG"])
async def test_no_token_is_in_a_line_whatever_becomes_of_it(lines: io.StringIO, level: str) -> None:
    """Neither Teams' nor the bot's own: let in, refused, answered, turned away, broken off."""
    log.set_up(level, stream=lines)
    logging.getLogger().setLevel(logging.NOTSET)
    seen: list[str] = [*Secrets.given]
    async with running_edge(own_token=Secrets()) as edge:
        for status in (201, 401, 403, 429, 500):
            edge.teams.answers(status=status, times=2)
            seen.append(edge.issuer.token(serviceurl=edge.teams.url))
            await edge.send(message(SECRET), token=seen[-1])
        for changes in ({"serviceUrl": "https://evil.se/"}, {"channelData": None}, {"text": 5}):
            seen.append(edge.issuer.token(serviceurl=edge.teams.url))
            await edge.send(message(**changes), token=seen[-1])
        for claims in ({"exp": 1}, {"aud": "x"}, {"kid": "unknown"}):
            seen.append(edge.issuer.token(**claims))
            await edge.send(message(), token=seen[-1])
        shown = {one["headers"].get("Authorization") for one in edge.teams.requests}
        assert shown == {f"Bearer {one}" for one in Secrets.given}
    logging.getLogger().setLevel(logging.WARNING)

    assert logged(lines, "refused")
    assert logged(lines, "not_sent")
    signatures = [token.split(".")[2] for token in seen[2:]]
    for told in (*seen, *signatures):
        assert told not in lines.getvalue()


async def test_libraries_are_logged_without_their_arguments(lines: io.StringIO) -> None:
    try:
        raise ValueError(SECRET)
    except ValueError:
        logging.getLogger("library").exception("Could not send %s", SECRET)
    logging.getLogger("msrest.serialization").warning("%s is not a known attribute", "x")

    [line] = logged(lines, "library")
    assert (line["template"], line["error"]) == ("Could not send %s", "ValueError")
    assert SECRET not in lines.getvalue()
