"""A team in Teams: what Teams tells the bot about it, in the words it uses on the wire.

room = TeamRoom(tryggve)
await room.tells("installed", "nyheter")
await room.tells("channelRenamed", "nyheter", name="Aktuellt")
await announces(kerstin, "Ny handbok")
room.got("Ny handbok")  # ["nyheter"]
"""

import asyncio
import itertools
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select

from knowledge.delivery.models import Status, deliveries
from tests.support.town import BOT, TENANT, Person, Town, words_of

Json = dict[str, Any]

GENERAL = "general"
INSTALLED = {
    "installed": "add",
    "removed": "remove",
    "upgraded": "add-upgrade",
    "downgraded": "remove-upgrade",
}
MEMBERS = {"channelMemberAdded": "membersAdded", "channelMemberRemoved": "membersRemoved"}

_numbers = itertools.count(1)


@dataclass
class TeamRoom:
    """One team. Its channels go by short names; "general" has the team's own id."""

    town: Town
    tenant: str = TENANT
    id: str = "19:trygghet@thread.tacv2"
    name: str = "Trygghetsgruppen"
    sent: list[Json] = field(default_factory=list)

    def channel(self, short: str) -> str:
        return self.id if short == GENERAL else f"19:{short}-{self.id[3:]}"

    async def tells(
        self, event: str, channel: str = "", *, name: str = "", later: float = 0.0, **more: Any
    ) -> None:
        """Teams tells of something that happens `later` seconds from now."""
        activity = self.activity(event, channel, name, later) | more
        self.sent.append(activity)
        assert await self.town.post(activity) == (201, "")

    async def tells_again(self) -> None:
        """The latest activity comes once more, as Teams sends it when it got no answer."""
        assert await self.town.post(self.sent[-1]) == (201, "")

    def activity(self, event: str, channel: str, name: str, later: float) -> Json:
        data: Json = {"team": {"id": self.id}, "tenant": {"id": self.tenant}}
        if event in INSTALLED:
            kind: Json = {"type": "installationUpdate", "action": INSTALLED[event]}
            if channel:
                data["settings"] = {"selectedChannel": {"id": self.channel(channel)}}
            data["source"] = {"name": "message"}
        else:
            kind = {"type": "conversationUpdate"}
            data["eventType"] = event
            if channel:
                data["channel"] = {"id": self.channel(channel), "name": name or channel.title()}
            elif name:
                data["team"]["name"] = name
            if event in MEMBERS:
                kind[MEMBERS[event]] = [BOT]
                data["channel"]["type"] = "private"
        return {
            **kind,
            "id": f"f:{next(_numbers):08x}",
            "timestamp": (datetime.now(UTC) + timedelta(seconds=later)).isoformat(),
            "channelId": "msteams",
            "serviceUrl": self.town.teams.url,
            "from": {"id": "29:agare", "aadObjectId": "aaaaaaaa-0000-4000-8000-000000000001"},
            "recipient": BOT,
            "conversation": {
                "isGroup": True,
                "conversationType": "channel",
                "tenantId": self.tenant,
                "id": self.id,
            },
            "channelData": data,
        }

    async def hears(self, person: Person, words: str, channel: str, *, kind: str = "") -> None:
        """Somebody writes to the bot in a channel of this team."""
        await person.says(words, channel=self.channel(channel), **self._place(channel, kind))

    async def sees_tap(self, person: Person, title: str, where: str, **inputs: str) -> None:
        """Somebody taps a button on the card last heard, in a channel of this team."""
        action = person.button(title)
        data = {**action.get("data", {}), **inputs}
        value = {"action": {"type": "Action.Execute", "verb": action["verb"], "data": data}}
        invoke = {"type": "invoke", "name": "adaptiveCard/action", "value": value}
        await person.act({**invoke, **self._place(where, "")}, channel=self.channel(where))

    def _place(self, channel: str, kind: str) -> Json:
        here = {"id": self.channel(channel)} | ({"type": kind} if kind else {})
        data = {"team": {"id": self.id}, "channel": here, "tenant": {"id": self.tenant}}
        return {"channelData": data}

    def got(self, part: str) -> list[str]:
        """The channels, by their short names, that a post with these words came to."""
        shorts = {self.channel(short): short for short in self._shorts()}
        return [
            shorts.get(post["conversation"], post["conversation"])
            for post in self.town.teams.posts
            if post["kind"] == "post" and part in words_of(post["activity"])
        ]

    def _shorts(self) -> list[str]:
        return [GENERAL, "nyheter", "fika", "radet"]


async def announces(kerstin: Person, heading: str) -> None:
    """A coordinator sends an announcement to the whole county, and waits until it is done."""
    await kerstin.says("nytt utskick")
    await kerstin.says(f"Rubrik: {heading}\nText: Läs den före mötet, är ni snälla.")
    await kerstin.says("skicka")
    await until_done(kerstin)


async def sends_while_teams_is_busy(kerstin: Person, where: str, heading: str, via: str) -> None:
    """An announcement is sent, but Teams asks for two seconds first: it waits."""
    teams, database = kerstin.town.teams, kerstin.town.tryggve.database
    busy = {"Retry-After": "2"}
    teams.answers(status=429, headers=busy, kind="post", conversation=where)
    await kerstin.says("nytt utskick")
    await kerstin.says(f"Rubrik: {heading}\nText: Läs den före mötet, är ni snälla.\nVia: {via}")
    await kerstin.says("skicka")
    waits = select(deliveries.c.id).where(
        deliveries.c.status == Status.PENDING, deliveries.c.http_status == 429
    )
    for _ in range(500):
        async with database.read() as tx:
            if (await tx.execute(waits)).first():
                return
        await asyncio.sleep(0.01)
    raise AssertionError("nothing waits")


async def until_done(kerstin: Person) -> None:
    """Ask for the status until everything has been sent."""
    for _ in range(100):
        await kerstin.says("hur går det med utskicket")
        if "Utskicket är klart." in kerstin.words():
            return
        await asyncio.sleep(0.05)
    raise AssertionError(kerstin.words())
