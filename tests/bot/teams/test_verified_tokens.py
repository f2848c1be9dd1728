"""A token that was verified once is spared its signature, and no other check."""

from typing import Any

import pytest

from bot.teams.signing_keys import KeyCache
from bot.teams.verified_tokens import LEEWAY_SECONDS, MOST, VerifiedTokens
from tests.bot.teams.edge import message, running_edge
from tests.support.issuer import Issuer

CLAIMS: dict[str, Any] = {"nbf": 1_000, "exp": 4_600}


async def test_the_same_token_comes_in_again() -> None:
    async with running_edge() as edge:
        token = edge.issuer.token(serviceurl=edge.teams.url)
        assert [(await edge.send(message(), token=token))[0] for _ in range(3)] == [201] * 3


@pytest.mark.parametrize(
    "changed",
    [
        {"serviceUrl": "http://127.0.0.1:9/"},
        {"channelId": "webchat"},
        {"channelData": {"tenant": {"id": "99999999-2222-4333-8444-555555555555"}}},
    ],
)
async def test_a_known_token_opens_for_nothing_else(changed: dict[str, Any]) -> None:
    async with running_edge() as edge:
        token = edge.issuer.token(serviceurl=edge.teams.url)
        assert (await edge.send(message(), token=token))[0] == 201

        assert (await edge.send({**message(), **changed}, token=token))[0] == 403


async def test_another_signature_on_known_claims_is_refused() -> None:
    async with running_edge() as edge:
        token = edge.issuer.token(serviceurl=edge.teams.url)
        assert (await edge.send(message(), token=token))[0] == 201
        forged = f"{token[:-8]}{'A' * 8}"

        assert (await edge.send(message(), token=forged))[0] == 403


async def test_a_withdrawn_key_ends_its_tokens() -> None:
    async with running_edge(clock=lambda: 0.0) as edge:
        token = edge.issuer.token(serviceurl=edge.teams.url)
        assert (await edge.send(message(), token=token))[0] == 201
        edge.issuer.rotate("second")
        await edge.keys._load()

        assert (await edge.send(message(), token=token))[0] == 403


@pytest.mark.parametrize(
    ("now", "good"),
    [
        (2_000, True),
        (1_000 - LEEWAY_SECONDS, True),
        (1_000 - LEEWAY_SECONDS - 1, False),
        (4_600 + LEEWAY_SECONDS, True),
        (4_600 + LEEWAY_SECONDS + 1, False),
    ],
)
async def test_a_known_token_runs_out(now: float, good: bool) -> None:
    with Issuer() as issuer:
        keys = KeyCache(issuer.metadata_url)
        await keys.get(issuer.kid)
        tokens = VerifiedTokens(keys, clock=lambda: now)
        tokens.keep("x", issuer.kid)

        assert tokens.holds("x", issuer.kid, CLAIMS) is good
        assert not tokens.holds("y", issuer.kid, CLAIMS)


async def test_no_more_than_so_many_are_kept() -> None:
    with Issuer() as issuer:
        keys = KeyCache(issuer.metadata_url)
        await keys.get(issuer.kid)
        tokens = VerifiedTokens(keys, clock=lambda: 2_000)
        for number in range(MOST + 1):
            tokens.keep(f"{number}", issuer.kid)

        assert not tokens.holds("0", issuer.kid, CLAIMS)
        assert tokens.holds(f"{MOST}", issuer.kid, CLAIMS)
