"""What a technician reads when Microsoft gives no token or no keys."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
import requests

from bot.login.faults import Kind, LoginFault
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
        (entra("AADSTS7000215"), "(AADSTS7000215). Hemligheten är fel eller borttagen"),
        (entra("AADSTS7000222"), "(AADSTS7000222). Hemligheten har gått ut"),
        (entra("AADSTS700016"), "(AADSTS700016). Appen finns inte i organisationen"),
        (entra("AADSTS700024"), "(AADSTS700024). Serverns klocka går fel"),
        (entra("AADSTS700027"), "(AADSTS700027). Certifikatet är inte appens"),
        (entra("AADSTS90002"), "(AADSTS90002). Organisationen finns inte"),
        (entra("AADSTS7000112"), "(AADSTS7000112). Appen är avstängd"),
        (entra("AADSTS7000229"), "(AADSTS7000229). Appen saknar företagsprogram"),
        (entra("AADSTS53003"), "(AADSTS53003). En regel för villkorsstyrd åtkomst"),
        (entra("AADSTS99999"), "(AADSTS99999). Sök på koden"),
        (refuses(LoginFault(Kind.VAULT_DENIED)), "rollen Key Vault Secrets User"),
        (refuses(LoginFault(Kind.NO_IDENTITY)), "ingen hanterad identitet"),
        (refuses(LoginFault(Kind.UNREADABLE)), "tryggve doctor"),
    ],
)
async def test_what_microsoft_or_the_proof_lacks_is_told_with_its_cure(
    technician: Technician, ask: Ask, told: str
) -> None:
    async with technician.site():
        assert await technician.tries(ask=ask) == 1

    technician.reads("FEL  Botens bevis: ")
    technician.reads(told)
    technician.reads("ok   Microsofts nycklar: hämtade")


@pytest.mark.parametrize(
    ("ask", "told"),
    [
        (
            refuses(requests.ConnectionError("no route")),
            "login.microsoftonline.com går inte att nå",
        ),
        (refuses(requests.exceptions.ProxyError("Tunnel connection failed: 407 No")), "svar 407"),
        (
            refuses(requests.exceptions.ProxyError("Tunnel connection failed: 403 No")),
            "släpper inte",
        ),
        (refuses(requests.exceptions.ProxyError("no route")), "Proxyn på vägen till"),
        (refuses(requests.exceptions.SSLError("?")), "TRYGGVE_CA_FILE"),
        (refuses(requests.exceptions.ConnectTimeout("?")), "svarar inte i tid"),
        (refuses(OSError("no DNS")), "går inte att nå"),
        (refuses(ValueError("?")), "Något annat än Microsoft svarar"),
        (entra("AADSTS90033"), "kan inte svara just nu"),
    ],
)
async def test_what_is_on_the_way_leaves_the_secret_untried(
    technician: Technician, ask: Ask, told: str
) -> None:
    async with technician.site():
        assert await technician.tries(ask=ask) == 1

    technician.reads("FEL  Botens bevis: ")
    technician.reads(told)
    technician.reads("Hemligheten är inte prövad.")


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


@pytest.mark.parametrize(
    ("mode", "told"),
    [
        ("down", "det som svarar på"),
        ("html", "det som svarar på"),
        ("flood", "Något annat än Microsoft svarar"),
    ],
)
async def test_something_else_in_the_issuers_place_is_told(
    technician: Technician, mode: str, told: str
) -> None:
    technician.issuer.mode = mode
    async with technician.site():
        await technician.tries()

    technician.reads("FEL  Microsofts nycklar: ")
    technician.reads(told)


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("http://127.0.0.1:1", "127.0.0.1 går inte att nå. Öppna för den i brandväggen"),
        ("https://nycklar.invalid", "Namnet nycklar.invalid går inte att slå upp"),
    ],
)
async def test_an_issuer_out_of_reach_is_told(
    technician: Technician, monkeypatch: pytest.MonkeyPatch, address: str, told: str
) -> None:
    monkeypatch.delenv("HTTPS_PROXY", raising=False)
    async with technician.site():
        technician.issuer.metadata_url = f"{address}/.well-known/openidconfiguration"
        await technician.tries()

    technician.reads(f"FEL  Microsofts nycklar: {told}")


@pytest.mark.parametrize(("minutes", "kind"), [(2, "obs"), (20, "FEL")])
async def test_a_clock_that_is_wrong_is_told(
    technician: Technician, minutes: int, kind: str
) -> None:
    then = datetime.now(UTC) - timedelta(minutes=minutes)
    technician.issuer.date = format_datetime(then, usegmt=True)
    async with technician.site():
        await technician.tries()

    technician.reads(f"{kind}  Microsofts nycklar: serverns klocka går")
