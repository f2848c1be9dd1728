"""Pointing a team's announcements at one of its channels, and telling the team about it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from knowledge.channels import repository as rows
from knowledge.channels.models import Channel
from knowledge.channels.wording import ChannelNews, Wording
from knowledge.delivery import outbox, waiting
from knowledge.delivery.messenger import Address
from knowledge.delivery.models import Target
from knowledge.storage.database import Database, Writing


class Moves:
    """What the services of channels have in common.

    `wake` tells the sender that there is something to send.
    """

    def __init__(
        self, database: Database, wording: Wording, wake: Callable[[], None] = lambda: None
    ) -> None:
        self.database = database
        self.wording = wording
        self.wake = wake

    async def point(
        self, tx: Writing, team: Channel, conversation_id: str, at: datetime | None
    ) -> Channel:
        """Announcements go there from now on, those that wait included."""
        if conversation_id != team.conversation_id:
            await waiting.move(tx, team.target, conversation_id)
        return replace(team, conversation_id=conversation_id, chosen_at=at or team.chosen_at)

    async def named(self, tx: Writing, team: Channel) -> Channel:
        """The team with the name that its channel has by now."""
        channel = await rows.find_channel_of(tx, team.tenant_id, team.team_id, team.conversation_id)
        return replace(team, name=channel.name if channel else "")

    async def tell(self, tx: Writing, conversation_id: str, news: ChannelNews, key: str) -> bool:
        """Post the news to one channel of the team, once for each key."""
        team = news.team
        group_key = f"channel-news:{team.id}:{key}"
        name = " / ".join(part for part in (team.team_name, team.name) if part)
        address = Address(team.tenant_id, team.service_url, conversation_id)
        target = Target(f"team:{team.id}", name, address, False, team.municipality)
        return await outbox.enqueue_once(
            tx, self.database, group_key=group_key, message=self.wording.news(news), target=target
        )
