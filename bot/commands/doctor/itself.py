"""A round trip to the bot itself: on this machine, and by the address that Teams knows."""

from collections.abc import Iterator
from typing import Any

import requests

from bot.commands.doctor.findings import Finding, fault, fine, note
from bot.network import Network
from bot.settings import Settings

_ANYWHERE = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}  # noqa: S104 - to ask oneself, not to listen


def findings(settings: Settings) -> Iterator[Finding]:
    """Healthy, ready, and let in from outside?"""
    network = Network(settings.ca_file)
    host = _ANYWHERE.get(settings.host, settings.host)
    here = f"http://{host}:{settings.port}"
    alive, what = _get(network, f"{here}/healthz")
    if alive is None:
        yield note("not_running", url=here)
    elif what != {"alive": True}:
        yield fault("somebody_else", url=here)
    else:
        yield fine("running", url=here)
        yield _ready(network, here)
    if settings.public_url and not settings.demo:
        yield from _from_outside(network, settings.base_url)


def _ready(network: Network, here: str) -> Finding:
    status, told = _get(network, f"{here}/readyz")
    if status == 200:
        return fine("ready")
    told = told or {"?": False}
    missing = [name for name, good in told.items() if good is False]
    why = [str(told["fault"])] if "fault" in told else []
    return fault("not_ready", missing=", ".join([*missing, *why]))


def _from_outside(network: Network, url: str) -> Iterator[Finding]:
    """By the address that Teams knows, though from here: not every network leads back in."""
    try:
        answer = network.session().get(f"{url}/healthz", allow_redirects=False)
        knock = network.session().post(f"{url}/api/messages", json={}, allow_redirects=False)
    except requests.exceptions.SSLError:
        yield fault("public_tls", url=url)
        return
    except requests.RequestException:
        yield note("public_unreached", url=url)
        return
    if _json(answer) != {"alive": True}:
        yield fault("public_somebody_else", url=url, status=answer.status_code)
    elif knock.status_code not in (401, 403):
        yield fault("public_no_door", url=url, status=knock.status_code)
    else:
        yield fine("public", url=url)


def _get(network: Network, url: str) -> tuple[int | None, dict[str, Any] | None]:
    """Status and JSON; no status when nobody answers."""
    try:
        answer = network.session().get(url, allow_redirects=False)
    except requests.RequestException:
        return None, None
    return answer.status_code, _json(answer)


def _json(answer: requests.Response) -> dict[str, Any] | None:
    try:
        told = answer.json()
    except requests.exceptions.JSONDecodeError:
        return None
    return told if isinstance(told, dict) else None
