"""The way out, and what Microsoft says: the login, its clock, the keys, the token, Teams."""

import asyncio
from collections.abc import Iterator
from urllib.parse import urlsplit

import requests

from bot.commands.doctor.findings import Finding, fault, fine, note, refused
from bot.login.faults import LoginFault, fault_of
from bot.login.words import as_refusal
from bot.network import DRIFT, TOO_MUCH_DRIFT, Network, clock_drift
from bot.settings import Settings, SettingsError
from bot.teams import credentials
from bot.teams.signing_keys import METADATA_URL, KeyCache


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
        yield refused(as_refusal(fault_of(error)))
        return
    yield fine("login")
    drift = clock_drift(answer)
    if drift is not None and drift > DRIFT:
        yield (fault if drift > TOO_MUCH_DRIFT else note)("clock", seconds=round(drift))
    elif drift is not None:
        yield fine("clock_right")


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
        yield refused(as_refusal(why))
    else:
        yield fine("token")


def _teams(settings: Settings, network: Network) -> Iterator[Finding]:
    """Any answer at all will do: without a token there is only a no."""
    for host in settings.service_hosts:
        try:
            network.session().get(f"https://{host}/", allow_redirects=False)
        except requests.exceptions.ContentDecodingError:
            pass
        except (requests.RequestException, ValueError) as error:
            yield refused(as_refusal(fault_of(error, host)))
            continue
        yield fine("teams", host=host)
