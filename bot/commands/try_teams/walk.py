"""The whole way: every step is tried that has something to stand on."""

import argparse
import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

import certifi
from yarl import URL

from bot import log
from bot.commands.try_teams import address, chain, microsoft
from bot.commands.try_teams.first_message import ANSWER_SECONDS, EVERY, UNAUTHORIZED, FirstMessage
from bot.commands.try_teams.steps import SLOW, Found, Step, is_broken, skipped, take
from bot.network import Network
from bot.settings import Settings, SettingsError, read_settings
from bot.teams import own_token
from bot.teams.signing_keys import METADATA_URL, KeyCache
from bot.terminal import Refusal, say
from dialogs.conversation.texts import text
from knowledge.alarms.service import AlarmService
from knowledge.delivery import first_words
from knowledge.delivery.first_words import Traffic
from knowledge.directory.places import load_places
from knowledge.storage.database import Database
from knowledge.tenants.service import TenantService

NET_SECONDS = 15.0
"""How long a step may take that asks somebody over the net."""

PATIENCE = 300
"""Seconds in which somebody finds Tryggve in Teams and writes to it."""

Named = tuple[str, Step]


@dataclass(frozen=True)
class Way:
    """What a walk asks: Microsoft, the issuers that everybody trusts. Tests bring their own."""

    ask: microsoft.AskToken
    metadata_url: str = METADATA_URL
    roots: str = certifi.where()
    every: float = EVERY
    seconds: float = NET_SECONDS


def try_teams(chosen: argparse.Namespace) -> int:
    """Walk and tell. Returns 1 when a step failed."""
    log.set_up("CRITICAL")  # what the server's parts log would stand between the lines
    settings = _settings()
    token = own_token.of(settings, Network(settings.ca_file))
    assert token is not None  # noqa: S101 not in the demo
    return asyncio.run(walk(settings, Way(token.get), wait=chosen.wait))


def _settings() -> Settings:
    settings = read_settings()
    if settings.demo:
        raise Refusal("try_teams.demo")
    if not settings.public_url:
        raise SettingsError("no_public_url", "TRYGGVE_PUBLIC_URL")
    if not _leads_somewhere(settings.public_url):
        raise SettingsError("wrong_value", "TRYGGVE_PUBLIC_URL")
    return settings


def _leads_somewhere(address: str) -> bool:
    try:
        return bool(URL(address).raw_host)
    except ValueError:
        return False


async def walk(settings: Settings, way: Way, *, wait: int | None = None) -> int:
    """`wait` is for the first message, in seconds; None waits only when all is well before it."""
    url = URL(settings.public_url.rstrip("/"))
    network = Network(settings.ca_file)
    keys = KeyCache(way.metadata_url, network=network)
    here: list[Named] = [
        ("name", partial(address.look_up, url)),
        ("tls", partial(chain.prove_certificate, url, way.roots)),
        ("endpoint", partial(address.ask_endpoint, url, way.roots)),
    ]
    reached = await _one_after_another(here, way.seconds)
    for step in (
        ("token", partial(microsoft.get_token, settings, way.ask)),
        ("keys", partial(microsoft.get_keys, keys, way.metadata_url, network)),
    ):
        reached = await _one_after_another([step], way.seconds) and reached
    if wait is None and not reached:
        _tell("message", [skipped("message_skipped")])
        return 1
    answered = await _first_message(settings, way, PATIENCE if wait is None else wait)
    say(text("try_teams.done" if reached and answered else "try_teams.not_done"))
    return 0 if reached and answered else 1


async def _one_after_another(steps: Sequence[Named], seconds: float) -> bool:
    """Whether all went well. What stands on a failed step is not tried."""
    broken = False
    for name, step in steps:
        standing = [skipped("stands_on_another")]
        findings = standing if broken else await take(name, step, seconds)
        _tell(name, findings)
        broken = broken or is_broken(findings)
    return not broken


async def _first_message(settings: Settings, way: Way, patience: float) -> bool:
    database = Database(settings.database_url)
    look, strangers = partial(_look, database), partial(_strangers, database)
    first = FirstMessage(look, strangers, every=way.every, patience=patience)
    say(text("try_teams.write_now", count=round(patience / 60) or 1))
    steps: list[Named] = [("message", first.arrives), ("answer", first.is_answered)]
    try:
        return await _one_after_another(steps, patience + ANSWER_SECONDS + NET_SECONDS)
    finally:
        await database.close()


async def _look(database: Database) -> Traffic:
    # To open it would make an empty one.
    if database.file and not database.file.path.exists():
        raise FileNotFoundError
    seen = await first_words.traffic(database)
    if seen.unsent_reply and not seen.reason and await AlarmService(database).refused_since():
        return replace(seen, reason=UNAUTHORIZED)  # then no message is at fault, and none says so
    return seen


async def _strangers(database: Database) -> dict[str, int]:
    _, refused = await TenantService(database, load_places()).list_all()
    return {one.tenant_id: one.times for one in refused}


def _tell(name: str, findings: Sequence[Found]) -> None:
    for found in findings:
        if found.key == SLOW:
            what = text(f"try_teams.slow.{name}", **found.values)
        else:
            what = text(f"try_teams.found.{found.key}", **found.values)
        step = text(f"try_teams.step.{name}")
        say(text(f"try_teams.{found.kind.value}", step=step, what=what))
