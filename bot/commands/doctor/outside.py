"""The way out, and what Microsoft says: the login, its clock, the keys, the token, Teams."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import requests

from bot.commands.doctor.findings import Finding, fault, fine, note, refused
from bot.login_faults import Kind, LoginFault, fault_of
from bot.network import Network
from bot.settings import Settings, SettingsError
from bot.teams import credentials
from bot.teams.signing_keys import METADATA_URL, KeyCache
from bot.terminal import Refusal
from dialogs.conversation.texts import text

KNOWN = (
    "AADSTS7000215",  # the secret is not the app's
    "AADSTS7000222",  # the secret has expired
    "AADSTS700016",  # there is no such app in this tenant
    "AADSTS700027",  # the certificate is not the app's
    "AADSTS700038",  # the app id is a placeholder
    "AADSTS7000112",  # the app is disabled
    "AADSTS7000229",  # the app has no service principal in this tenant
    "AADSTS90002",  # there is no such tenant
    "AADSTS900023",  # what stands for the tenant is no id
    "AADSTS900021",  # the tenant's id is all zeros
)

DRIFT, TOO_MUCH_DRIFT = 30.0, 300.0
"""Seconds between our clock and Microsoft's: from five minutes on, no token is good."""


def findings(settings: Settings) -> Iterator[Finding]:
    """Ask everybody that the bot will ask, in the way that it will."""
    if settings.demo:
        return
    network = Network(settings.ca_file)
    yield _way(network)
    yield from (
        fine("trusted", name=name, path=path) for name, path in network.trusted_files.items()
    )
    yield from _login(network)
    yield asyncio.run(_keys(network))
    yield from _token(settings, network)
    yield from _teams(settings, network)


def _way(network: Network) -> Finding:
    proxy = network.proxy(credentials.LOGIN)
    if not proxy:
        return fine("no_proxy")
    parts = urlsplit(proxy)
    return fine("proxy", proxy=f"{parts.hostname}:{parts.port or 80}")


def _login(network: Network) -> Iterator[Finding]:
    """Whether Microsoft's login answers, and what time it is there."""
    url = f"{credentials.LOGIN}/common/v2.0/.well-known/openid-configuration"
    try:
        answer = network.session().get(url)
    except requests.RequestException as error:
        yield _unreached(fault_of(error), credentials.LOGIN)
        return
    yield fine("login")
    try:
        theirs = parsedate_to_datetime(answer.headers.get("Date", ""))
    except (TypeError, ValueError):
        return
    drift = abs((datetime.now(UTC) - theirs).total_seconds())
    if drift > DRIFT:
        yield (fault if drift > TOO_MUCH_DRIFT else note)("clock", seconds=round(drift))
    else:
        yield fine("clock_right")


def _unreached(why: LoginFault, url: str) -> Finding:
    host = urlsplit(url).hostname
    return refused(Refusal(f"doctor.unreached.{why.kind.value}", host=host))


async def _keys(network: Network) -> Finding:
    keys = KeyCache(network=network)
    await keys.refresh()
    return fine("keys") if keys.loaded else fault("no_keys", host=urlsplit(METADATA_URL).hostname)


def _token(settings: Settings, network: Network) -> Iterator[Finding]:
    try:
        credentials.check(settings)
        credentials.Credentials(settings, network).ask()
    except SettingsError:
        return  # told already
    except LoginFault as why:
        yield of_fault(why)
    else:
        yield fine("token")


def of_fault(why: LoginFault) -> Finding:
    """Why there is no token, with Entra's own code, and what cures it."""
    if why.kind is not Kind.REFUSED:
        return _unreached(why, credentials.LOGIN)
    cure = text(f"doctor.refused.{why.code if why.code in KNOWN else 'other'}")
    return fault("token_refused", code=why.code or "?", cure=cure)


def _teams(settings: Settings, network: Network) -> Iterator[Finding]:
    """Any answer at all will do: without a token there is only a no."""
    for host in settings.service_hosts:
        try:
            network.session().get(f"https://{host}/", allow_redirects=False)
        except requests.exceptions.ContentDecodingError:
            pass
        except (requests.RequestException, ValueError) as error:
            yield _unreached(fault_of(error), f"https://{host}")
            continue
        yield fine("teams", host=host)
