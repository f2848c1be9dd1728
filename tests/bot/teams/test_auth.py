"""Who comes in: the case table of the design, against a real issuer with real keys."""

import asyncio
import io
import json
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from typing import Any

import jwt
import pytest
import requests
import structlog

from bot import log
from bot.login.faults import Kind, LoginFault
from bot.network import ShortAnswers
from bot.teams.auth import HostAllowList, TeamsGate
from bot.teams.own_token import KeptToken
from bot.teams.signing_keys import KeyCache
from knowledge.checksums import checksum
from tests.bot.teams.edge import TENANT, Edge, message, running_edge
from tests.support.issuer import APP_ID, MINUTE, Issuer, signing_key

LOOK_ALIKE = "https://smba.trafficmanager.net.evil.se/emea/"


class Clock:
    """Time that passes when told to."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def issuer() -> Iterator[Issuer]:
    with Issuer() as running:
        yield running


@pytest.fixture
async def edge() -> AsyncIterator[Edge]:
    async with running_edge() as running:
        yield running


def in_minutes(minutes: float) -> Callable[[], int]:
    """A time counted from when the test runs, not from when this file is read."""
    return lambda: int(time.time() + minutes * MINUTE)


def bearer(**how: Any) -> Callable[[Issuer, str], str]:
    def header(issuer: Issuer, url: str) -> str:
        now = {name: value() if callable(value) else value for name, value in how.items()}
        return f"Bearer {issuer.token(**{'serviceurl': url} | now)}"

    return header


def unsigned(issuer: Issuer, url: str) -> str:
    token = jwt.encode({"iss": "x"}, None, algorithm="none", headers={"kid": issuer.kid})
    _, payload, _ = issuer.token(serviceurl=url).split(".")
    return f"Bearer {token.split('.')[0]}.{payload}."


def signed_with_the_public_key(issuer: Issuer, url: str) -> str:
    return f"Bearer {issuer.token_signed_with_the_public_key(serviceurl=url)}"


# What is sent as Authorization, the status, and the reason that is counted.
HEADERS: dict[str, tuple[Callable[[Issuer, str], str], int, str]] = {
    "valid": (bearer(), 201, ""),
    "no header": (lambda *_: "", 401, "no_token"),
    "not a token": (lambda *_: "Bearer abc", 401, "no_token"),
    "three parts": (lambda *_: "Bearer abc def", 401, "no_token"),
    "a token and more": (lambda *given: f"{bearer()(*given)} more", 401, "no_token"),
    "a giant token": (lambda *_: f"Bearer {'a' * 6_000}.b.c", 401, "no_token"),
    "another scheme": (lambda *_: "Basic YTpiOmM=", 401, "no_token"),
    "three pieces of garbage": (lambda *_: "Bearer a.b.c", 401, "unreadable"),
    "deep garbage": (
        lambda *_: f"Bearer {'W1tb' * 1000}.{'W1tb' * 300}.c",
        401,
        "unreadable",
    ),
    "expired an hour ago": (bearer(exp=in_minutes(-60)), 403, "ExpiredSignatureError"),
    "expired 6 minutes ago": (bearer(exp=in_minutes(-6)), 403, "ExpiredSignatureError"),
    "expired 4 minutes ago": (bearer(exp=in_minutes(-4)), 201, ""),
    "valid in an hour": (bearer(nbf=in_minutes(60)), 403, "ImmatureSignatureError"),
    "valid in 6 minutes": (bearer(nbf=in_minutes(6)), 403, "ImmatureSignatureError"),
    "no exp": (bearer(without=("exp",)), 403, "exp"),
    "no nbf": (bearer(without=("nbf",)), 403, "nbf"),
    "another audience": (bearer(aud="another-bot"), 403, "aud"),
    "several audiences": (bearer(aud=[APP_ID, "another-bot"]), 403, "aud"),
    "no audience": (bearer(without=("aud",)), 403, "aud"),
    "another issuer": (bearer(iss="https://evil.example"), 403, "iss"),
    "no issuer": (bearer(without=("iss",)), 403, "iss"),
    "an attacker's key under a known id": (
        bearer(key=signing_key("attacker")),
        403,
        "InvalidSignatureError",
    ),
    "unknown key id": (bearer(kid="unknown"), 403, "unknown_key"),
    "no key id": (bearer(kid=None), 403, "kid"),
    "alg none": (unsigned, 403, "alg"),
    "HS256 with the public key": (signed_with_the_public_key, 403, "alg"),
    "RS512": (bearer(alg="RS512"), 403, "alg"),
    "another serviceUrl claimed": (
        bearer(serviceurl="https://smba.trafficmanager.net/"),
        403,
        "service_url",
    ),
    "no serviceUrl claimed": (bearer(without=("serviceurl",)), 403, "service_url"),
    "shaped for a skill": (bearer(ver="1.0", appid="another-bot"), 403, "skill"),
    "anonymous skill": (bearer(appid="AnonymousSkill"), 403, "skill"),
    "from the emulator": (
        bearer(iss="https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/", ver="1.0"),
        403,
        "iss",
    ),
}

BODIES: dict[str, tuple[dict[str, Any], int, str]] = {
    "no serviceUrl": ({"serviceUrl": None}, 403, "service_url"),
    "empty serviceUrl": ({"serviceUrl": ""}, 403, "service_url"),
    "plain http": ({"serviceUrl": "http://smba.trafficmanager.net/emea/"}, 403, "host"),
    "a look-alike host": ({"serviceUrl": LOOK_ALIKE}, 403, "host"),
    "another channel": ({"channelId": "directline"}, 403, "channel"),
    "Teams in capitals": ({"channelId": "MSTEAMS"}, 403, "channel"),
    "no channel": ({"channelId": None}, 403, "channel"),
    "a tenant we do not serve": ({"channelData": {"tenant": {"id": "another"}}}, 403, "tenant"),
    "no tenant": ({"channelData": None}, 403, "tenant"),
    "our tenant in capitals": ({"channelData": {"tenant": {"id": TENANT.upper()}}}, 201, ""),
}


@pytest.mark.parametrize("case", HEADERS)
async def test_only_a_good_token_comes_in(edge: Edge, case: str) -> None:
    make_header, expected, reason = HEADERS[case]

    status, body = await edge.send(message(), header=make_header(edge.issuer, edge.teams.url))

    assert (status, body) == (expected, "")
    assert edge.endpoint.refused == ({reason: 1} if reason else {})
    assert len(edge.turns) == len(edge.teams.posts) == (0 if reason else 1)


@pytest.mark.parametrize("case", BODIES)
async def test_a_good_token_does_not_open_for_a_bad_activity(edge: Edge, case: str) -> None:
    changes, expected, reason = BODIES[case]

    status, body = await edge.send(message(**changes))

    assert (status, body) == (expected, "")
    assert edge.endpoint.refused == ({reason: 1} if reason else {})
    assert len(edge.turns) == (0 if reason else 1)


OTHER_CHANNELS = ["directline", "webchat", "emulator", "slack", "email", "sms", "telegram"]


@pytest.mark.parametrize("channel", OTHER_CHANNELS)
async def test_only_teams_comes_in_whatever_the_key_is_good_for(edge: Edge, channel: str) -> None:
    edge.issuer.endorsements = ["msteams", *OTHER_CHANNELS]

    assert (await edge.send(message(channelId=channel)))[0] == 403
    assert edge.turns == []


@pytest.mark.parametrize(("endorsed", "expected"), [(True, 201), (False, 403)])
async def test_a_setting_lets_in_another_channel_as_a_guest(endorsed: bool, expected: int) -> None:
    async with running_edge(others=("webchat",)) as edge:
        edge.issuer.endorsements = ["msteams", *["webchat"] * endorsed]

        assert (await edge.send(message(channelId="webchat")))[0] == expected
        assert [turn.speaker.object_id for turn in edge.turns] == [""] * endorsed


async def test_the_demo_hears_teams_alone() -> None:
    async with running_edge(demo=True) as edge:
        assert (await edge.send(message(channelId="emulator"), header=""))[0] == 403
        assert (await edge.send(message(), header=""))[0] == 201


async def test_two_tokens_are_none(edge: Edge) -> None:
    good = f"Authorization: Bearer {edge.issuer.token()}\r\n".encode()
    head = edge.head(Connection="close", **{"Content-Length": "2"})[:-2]

    answer = await edge.says_in_bytes(head + good + good + b"\r\n{}")
    assert answer.startswith(b"HTTP/1.1 401 ")


@pytest.mark.parametrize(
    "case", ["shaped for a skill", "anonymous skill", "from the emulator", "no key id", "alg none"]
)
async def test_no_keys_are_fetched_for_a_token_of_another_shape(edge: Edge, case: str) -> None:
    make_header = HEADERS[case][0]

    await edge.send(message(), header=make_header(edge.issuer, edge.teams.url))

    assert edge.issuer.requests == []


async def test_with_no_tenants_nobody_comes_in() -> None:
    async with running_edge(tenants=()) as edge:
        assert (await edge.send(message()))[0] == 403


def test_without_an_app_id_there_is_no_gate() -> None:
    with pytest.raises(ValueError, match="DemoGate"):
        TeamsGate("", KeyCache(), HostAllowList(), [TENANT])


async def test_an_exact_replay_reaches_the_dialogs_with_the_same_id(edge: Edge) -> None:
    again = message()

    assert [(await edge.send(again))[0] for _ in range(2)] == [201, 201]
    assert len({turn.activity_id for turn in edge.turns}) == 1


@pytest.mark.parametrize(
    ("service_url", "expected"),
    [("http://127.0.0.1/", 201), ("http://localhost:1/", 201), ("https://evil.se/", 403)],
)
async def test_the_demo_answers_this_machine_only(service_url: str, expected: int) -> None:
    async with running_edge(demo=True) as edge:
        assert (await edge.send(message(serviceUrl=service_url), header=""))[0] == expected


async def test_a_rotated_key_is_accepted_without_a_restart() -> None:
    clock = Clock()
    async with running_edge(clock=clock) as edge:
        assert (await edge.send(message()))[0] == 201

        edge.issuer.rotate("second")
        assert (await edge.send(message()))[0] == 403  # asked less than a minute ago
        clock.seconds += 61
        assert (await edge.send(message()))[0] == 201


async def test_unknown_keys_are_asked_for_once_a_minute(issuer: Issuer) -> None:
    clock = Clock()
    keys = KeyCache(issuer.metadata_url, clock=clock)
    for _ in range(3):
        for attempt in range(20):
            with pytest.raises(PermissionError):
                await keys.get(f"unknown {attempt}")
        clock.seconds += 61

    assert issuer.requests.count("/keys") == 3


async def test_keys_are_parsed_once(issuer: Issuer) -> None:
    keys = KeyCache(issuer.metadata_url)

    assert await keys.get("first") is await keys.get("first")


@pytest.mark.parametrize("mode", ["down", "html", "bomb", "flood"])
async def test_known_keys_are_used_while_the_key_server_fails(issuer: Issuer, mode: str) -> None:
    clock = Clock()
    keys = KeyCache(issuer.metadata_url, clock=clock)
    known = await keys.get("first")

    issuer.mode = mode
    clock.seconds += 24 * 60 * MINUTE
    with pytest.raises(PermissionError):
        await keys.get("unknown")
    assert await keys.get("first") is known


@pytest.mark.parametrize("mode", ["down", "html", "bomb", "flood"])
async def test_without_keys_the_door_is_shut_until_they_come(mode: str) -> None:
    clock = Clock()
    async with running_edge(clock=clock) as edge:
        edge.issuer.mode = mode
        assert await edge.send(message()) == (503, "")
        assert not edge.keys.loaded

        edge.issuer.mode = "ok"
        clock.seconds += 6
        assert (await edge.send(message()))[0] == 201


async def test_a_slow_key_server_delays_only_those_who_need_it() -> None:
    clock = Clock()
    async with running_edge(clock=clock) as edge:
        assert (await edge.send(message()))[0] == 201
        clock.seconds += 61
        edge.issuer.delay = 2.0
        unknown = edge.issuer.token(kid="unknown", serviceurl=edge.teams.url)
        async with lag() as lags:
            stranger = asyncio.create_task(edge.send(message(), token=unknown))
            await asyncio.sleep(0.05)

            statuses = [(await edge.send(message()))[0] for _ in range(10)]

            assert set(statuses) == {201}
            assert not stranger.done()
            assert await stranger == (403, "")
        assert max(lags) < 1.0  # it waits for 2 s, and nobody else does


@asynccontextmanager
async def lag() -> AsyncIterator[list[float]]:
    """How late the event loop comes, again and again, in seconds."""
    lags: list[float] = []

    async def look() -> None:
        while True:
            began = time.perf_counter()
            await asyncio.sleep(0.01)
            lags.append(time.perf_counter() - began)

    looking = asyncio.create_task(look())
    await asyncio.sleep(0.02)
    yield lags
    looking.cancel()


async def test_keys_are_fetched_at_the_start(issuer: Issuer) -> None:
    keys = KeyCache(issuer.metadata_url)
    async with asyncio.timeout(5):
        freshness = asyncio.create_task(keys.refresh())
        while not keys.loaded:  # noqa: ASYNC110 - the cache has nobody to tell
            await asyncio.sleep(0.01)
    freshness.cancel()

    assert keys.age < 5


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("https://smba.trafficmanager.net/emea/", True),
        ("https://SMBA.trafficmanager.net", True),
        ("https://eu.api.botframework.com/", False),
        ("https://botframework.com/", False),
        ("https://evilbotframework.com/", False),
        ("https://x.smba.trafficmanager.net/", False),
        (LOOK_ALIKE, False),
        ("https://smba.trafficmanager.net@evil.se/", False),
        ("https://user:word@smba.trafficmanager.net/", False),
        ("https://evil.se\\@smba.trafficmanager.net/", False),
        ("https://evil.se#smba.trafficmanager.net/", False),
        ("https://smba.trafficmanager.net/?to=", False),
        ("https://smba.trafficmanager.net:8443/", False),
        ("https://smba.trafficmanager.net./", False),
        ("http://smba.trafficmanager.net/", False),
        ("http://127.0.0.1:3978/", False),
        ("ftp://smba.trafficmanager.net/", False),
        ("//smba.trafficmanager.net/", False),
        ("https://[::1", False),
        ("https://smba.trafficmanager.net:port/", False),
        ("", False),
    ],
)
def test_only_hosts_of_teams_are_allowed(address: str, allowed: bool) -> None:
    assert HostAllowList().allows(address) is allowed


class Entra:
    """Hands out tokens, slowly, and counts them; or refuses the first few times."""

    def __init__(self, delay: float = 0.0, refuses: int = 0, why: Kind = Kind.REFUSED) -> None:
        self.why = why
        self.delay = delay
        self.refuses = refuses
        self.given = 0

    def forget(self) -> None:
        """It remembers nothing."""

    def ask(self) -> str:
        time.sleep(self.delay)
        if self.refuses:
            self.refuses -= 1
            raise LoginFault(self.why, "AADSTS7000222" if self.why is Kind.REFUSED else "")
        self.given += 1
        return f"token {self.given}"


async def test_everybody_waits_for_the_same_token() -> None:
    entra = Entra(delay=0.1)
    token = KeptToken(entra)

    assert set(await asyncio.gather(*(token.get() for _ in range(20)))) == {"token 1"}
    assert await token.get() == "token 1"


async def test_a_slow_token_server_does_not_stop_the_event_loop() -> None:
    token = KeptToken(Entra(delay=0.5), timeout=0.1)
    asking = asyncio.create_task(token.get())
    turns = 0
    while not asking.done():
        await asyncio.sleep(0.001)
        turns += 1

    assert turns > 10
    with pytest.raises(LoginFault, match="timeout"):
        await asking
    await asyncio.sleep(0.5)
    assert await token.get() == "token 1"


@pytest.mark.parametrize("mode", ["bomb", "flood"])
def test_a_giant_answer_is_no_token(issuer: Issuer, mode: str) -> None:
    issuer.mode = mode
    with pytest.raises(requests.exceptions.RequestException):
        ShortAnswers().get(issuer.metadata_url)


def test_what_asks_for_tokens_reads_an_ordinary_answer(issuer: Issuer) -> None:
    assert "jwks_uri" in ShortAnswers().get(issuer.metadata_url).json()


async def test_a_refused_token_is_renewed_once() -> None:
    token = KeptToken(Entra())
    refused = await token.get()

    renewed = await asyncio.gather(*(token.renew(refused) for _ in range(5)))
    assert set(renewed) == {"token 2"}


@pytest.mark.parametrize(("refuses", "verdicts"), [(2, [True]), (5, [False, False, False, True])])
async def test_a_secret_that_entra_refuses_for_minutes_is_told(
    refuses: int, verdicts: list[bool]
) -> None:
    token, heard = KeptToken(Entra(refuses=refuses)), list[bool]()
    while True not in heard:
        await token.refresh(heard.append)

    assert heard[: len(verdicts)] == verdicts


@pytest.mark.parametrize("why", [Kind.DNS, Kind.PROXY, Kind.TLS, Kind.VAULT_DENIED])
async def test_a_broken_way_to_entra_is_no_refused_secret(why: Kind) -> None:
    token, heard = KeptToken(Entra(refuses=5, why=why)), list[bool]()
    for _ in range(5):
        await token.refresh(heard.append)
    assert heard == []
    assert token.trouble
    assert token.trouble.name == why.value

    await token.refresh(heard.append)
    assert heard == [True]
    assert token.trouble is None


async def test_a_good_token_is_no_trouble_while_the_next_one_is_late() -> None:
    entra = Entra()
    token = KeptToken(entra)
    await token.get()
    entra.refuses = 3
    troubles = []
    for _ in range(3):
        await token.refresh(lambda _: None)
        troubles.append(token.trouble and token.trouble.name)

    assert troubles == [None, None, "AADSTS7000222"]


async def test_the_line_of_a_refused_organisation_says_which() -> None:
    """Shortened as in all lines, so that whoever has the id can find it."""
    lines = io.StringIO()
    log.set_up(stream=lines)
    stranger = "0C5A9E1B-3D77-4E20-9F41-6B8D2A7C1E90"
    async with running_edge() as edge:
        await edge.send(message(channelData={"tenant": {"id": stranger}}))
        await edge.send(message(), header="")  # who has proved nothing is nobody's
    structlog.reset_defaults()

    told = [json.loads(line) for line in lines.getvalue().splitlines()]
    refused = [one for one in told if one["event"] == "refused"]
    assert [one.get("tenant") for one in refused] == [checksum(stranger.lower()), None]
    assert refused[0]["reason"] == "tenant"
