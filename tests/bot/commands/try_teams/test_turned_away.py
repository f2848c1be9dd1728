"""The first message came and was not let in: which of the many reasons is it?"""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

import pytest

from bot.app import Tryggve
from bot.teams.auth import HostAllowList, TeamsGate
from bot.teams.signing_keys import KeyCache
from tests.bot.commands.try_teams.conftest import Technician
from tests.support.issuer import APP_ID
from tests.support.town import TENANT, Town, town

STRANGER = "cccccccc-3333-4333-8333-333333333333"


@dataclass
class Door:
    """An installation that lets in what Microsoft has signed, and a Microsoft that signs."""

    installed: Town
    technician: Technician

    async def comes(self, *, tenant: str = TENANT, token: str = "", **changes: Any) -> None:
        """A message as Teams sends it, but for the changes; then what was counted is kept."""
        said = {"type": "message", "text": "hej", "textFormat": "plain", **changes}
        activity = self.installed.person("Tage Tekniker", tenant).activity(said)
        signed = token or self.technician.issuer.token(serviceurl=activity["serviceUrl"])
        headers = {"Authorization": f"Bearer {signed}"} if signed != "-" else {}
        address = f"{self.installed.url}/api/messages"
        async with self.installed.http.post(address, json=activity, headers=headers) as answer:
            await answer.read()
        await self.installed.tryggve.counts.write_down()
        await self.installed.tryggve.access.refused.write_down()

    async def tries(self, come: Callable[[], Awaitable[None]], *, wait: int = 20) -> int:
        """The technician tries; when the waiting begins, this comes."""
        trying = asyncio.create_task(self.technician.tries(wait=wait))
        await self.installed.until(self._waits)
        await asyncio.sleep(0.1)  # what was before has been looked at
        await come()
        return await trying

    def _waits(self) -> bool:
        self.technician.printed += self.technician.capsys.readouterr().out
        return "skriv ”hej”" in self.technician.printed


@asynccontextmanager
async def a_door(technician: Technician, hosts: HostAllowList | None = None) -> AsyncIterator[Door]:
    keys = KeyCache(technician.issuer.metadata_url)
    hosts = hosts or HostAllowList(allow_loopback=True)
    build = partial(Tryggve, gate=TeamsGate(APP_ID, keys, hosts, [TENANT]))
    async with technician.site(), town(technician.database_url, build=build) as installed:
        yield Door(installed, technician)


async def test_who_is_let_in_is_no_fault(technician: Technician) -> None:
    async with a_door(technician) as door:
        assert await door.tries(door.comes) == 0

    technician.reads("ok   Första meddelandet: kom fram och släpptes in")


async def test_an_organisation_that_is_not_let_in_is_named_with_the_command(
    technician: Technician,
) -> None:
    async with a_door(technician) as door:
        await door.comes(tenant=STRANGER)
        assert await door.tries(lambda: door.comes(tenant=STRANGER)) == 1

    technician.reads(f"en organisation som inte får använda Tryggve: {STRANGER}.")
    technician.reads(f"tryggve tenants add --tenant {STRANGER} --place")


@pytest.mark.parametrize(
    ("claims", "changes", "told"),
    [
        ({"serviceurl": "https://smba.trafficmanager.net/emea/"}, {}, "inte den som Microsoft har"),
        ({}, {"channelId": "webchat"}, "inte genom Teams"),
        ({"nbf": int(time.time()) + 3600}, {}, "serverns klocka går fel"),
        ({"exp": int(time.time()) - 3600}, {}, "serverns klocka går fel"),
    ],
)
async def test_what_microsoft_signed_and_is_refused_ends_the_waiting(
    technician: Technician, claims: dict[str, Any], changes: dict[str, Any], told: str
) -> None:
    async with a_door(technician) as door:
        address = {"serviceurl": door.installed.teams.url}
        token = technician.issuer.token(**address | claims)
        assert await door.tries(partial(door.comes, token=token, **changes)) == 1

    technician.reads("FEL  Första meddelandet: kom, men")
    technician.reads(told)


async def test_an_answer_to_a_host_that_is_not_on_the_list_is_told(technician: Technician) -> None:
    async with a_door(technician, HostAllowList()) as door:
        assert await door.tries(door.comes) == 1

    technician.reads("står i TRYGGVE_SERVICE_HOSTS")


@pytest.mark.parametrize(
    ("forged", "told"),
    [
        ({"aud": "99999999-2222-3333-4444-555555555555"}, "kom, men till en annan bot"),
        ({"kid": "gammal"}, "servern har inte Microsofts nycklar"),
    ],
)
async def test_what_anybody_may_have_sent_is_told_when_the_waiting_is_over(
    technician: Technician, forged: dict[str, Any], told: str
) -> None:
    async with a_door(technician) as door:
        token = technician.issuer.token(serviceurl=door.installed.teams.url, **forged)
        assert await door.tries(partial(door.comes, token=token), wait=1) == 1

    technician.reads(told)


async def test_a_header_that_got_lost_is_told(technician: Technician) -> None:
    async with a_door(technician) as door:

        async def twice() -> None:
            await door.comes(token="-")
            await door.comes(token="-")

        assert await door.tries(twice, wait=1) == 1

    technician.reads("tar proxyn bort rubriken Authorization")


async def test_a_turn_that_fails_is_no_good_answer(
    technician: Technician, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(*_: object) -> None:
        raise RuntimeError("boom")

    async with a_door(technician) as door:
        monkeypatch.setattr(door.installed.tryggve.endpoint, "_on_turn", fails)
        assert await door.tries(door.comes) == 1
        door.installed.problems.clear()

    technician.reads("Sök i serverns logg efter turn_failed")
