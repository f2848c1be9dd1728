"""What a technician reads when Microsoft gives no token or no keys."""

from collections.abc import Awaitable, Callable

import aiohttp
import pytest
import requests

from bot.login_faults import Kind, LoginFault
from tests.bot.commands.try_teams.conftest import HOME, Technician, token

Ask = Callable[[], Awaitable[str]]


def refuses(error: Exception) -> Ask:
    async def ask() -> str:
        raise error

    return ask


def entra(code: str) -> Ask:
    """As the SDK says it."""
    said = f"Failed to get access token with error: invalid_client, error_description: {code}: No."
    return refuses(PermissionError(said))


@pytest.mark.parametrize(
    ("ask", "told"),
    [
        (entra("AADSTS7000215"), "hemligheten är fel (AADSTS7000215)"),
        (entra("AADSTS7000222"), "hemligheten har gått ut (AADSTS7000222)"),
        (entra("AADSTS700016"), "appen finns inte i den organisationen (AADSTS700016)"),
        (entra("AADSTS90002"), "organisationen finns inte (AADSTS90002)"),
        (entra("AADSTS7000229"), "appen saknar företagsprogram i sin egen organisation"),
        (entra("AADSTS99999"), "Microsoft gav inget (AADSTS99999)"),
        (refuses(requests.ConnectionError("no route")), "går inte att nå härifrån"),
        (refuses(requests.exceptions.ProxyError("407")), "Hemligheten är inte prövad"),
        (refuses(OSError("no DNS")), "går inte att nå härifrån"),
        (refuses(ValueError("?")), "går inte att nå härifrån (garbled)"),
        (refuses(LoginFault(Kind.VAULT_DENIED)), "går inte att hämta (vault_denied)"),
    ],
)
async def test_what_kept_the_token_away_is_told_with_its_cure(
    technician: Technician, ask: Ask, told: str
) -> None:
    async with technician.site():
        assert await technician.tries(ask=ask) == 1

    technician.reads("FEL  Botens bevis: ")
    technician.reads(told)
    technician.reads("ok   Microsofts nycklar: hämtade")


async def test_where_the_token_comes_from_is_told(technician: Technician) -> None:
    async with technician.site():
        await technician.tries()

    technician.reads(f"ok   Botens bevis: Microsoft gav ett, från organisationen {HOME}")


async def test_a_token_from_another_organisation_is_a_fault(technician: Technician) -> None:
    async def ask() -> str:
        return token(tid="botframework")

    async with technician.site():
        await technician.tries(ask=ask)

    technician.reads("FEL  Botens bevis: beviset kommer från botframework och inte från")


async def test_a_token_for_something_else_is_a_fault(technician: Technician) -> None:
    async def ask() -> str:
        return token(aud="https://graph.microsoft.com")

    async with technician.site():
        await technician.tries(ask=ask)

    technician.reads("FEL  Botens bevis: beviset gäller https://graph.microsoft.com")


async def test_a_token_that_nobody_can_read_is_taken_for_good(technician: Technician) -> None:
    async def ask() -> str:
        return "sealed"

    async with technician.site():
        await technician.tries(ask=ask)

    technician.reads("ok   Botens bevis")


async def test_the_old_kind_of_bot_is_noted(technician: Technician) -> None:
    technician.more["app_type"] = "MultiTenant"
    async with technician.site():
        await technician.tries()

    technician.reads("obs  Botens bevis: TRYGGVE_APP_TYPE är MultiTenant")


@pytest.mark.parametrize("mode", ["down", "html", "flood"])
async def test_something_else_in_the_issuers_place_is_told(
    technician: Technician, mode: str
) -> None:
    technician.issuer.mode = mode
    async with technician.site():
        await technician.tries()

    technician.reads("FEL  Microsofts nycklar: det som svarar på")


async def test_an_issuer_out_of_reach_is_told(technician: Technician) -> None:
    async with aiohttp.ClientSession(), technician.site():
        technician.issuer.metadata_url = "http://127.0.0.1:1/.well-known/openidconfiguration"
        await technician.tries()

    technician.reads("FEL  Microsofts nycklar: http://127.0.0.1:1/")
    technician.reads("går inte att nå härifrån")
