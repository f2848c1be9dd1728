"""Reads which channels teams have, in the background: Teams tells only about changes."""

import asyncio
from typing import Any
from urllib.parse import quote

import structlog

from bot.teams.cleaning import channel_kind, clean_name, is_id
from bot.teams.connector import Connector
from knowledge.channels.readings import Listed, ListToRead, Page
from knowledge.channels.service import ChannelService
from knowledge.delivery.messenger import Outcome, Sent
from knowledge.delivery.retries import MOST_ATTEMPTS, backoff

EVERY = 5.0
"""How often, in seconds, to look whether another process wants a list."""

_HOPELESS = (Outcome.NOT_INSTALLED, Outcome.BLOCKED, Outcome.FAILED)

log = structlog.get_logger()


class ChannelLists:
    """Empties the table of lists that are wanted, page by page. Any number of processes may."""

    def __init__(self, channels: ChannelService, connector: Connector) -> None:
        self.channels = channels
        self.connector = connector

    async def read_wanted(self) -> None:
        """Read all that is wanted now."""
        while await self.read_one():
            pass

    async def read_one(self) -> bool:
        """Read the next page that is wanted, if any is. What fails is read again later."""
        item = await self.channels.next_list()
        if item is None:
            return False
        await asyncio.sleep(item.wait)
        sent, answer = await self.connector.get(item.service_url, _path(item))
        page = page_from(answer)
        if page is not None:
            await self.channels.keep_page(item, page)
        elif sent.outcome in _HOPELESS or item.attempts >= MOST_ATTEMPTS:
            log.warning("channels_given_up", status=sent.status, reason=sent.reason)
            await self.channels.give_up(item)
        else:
            await self._put_off(item, sent)
        return True

    async def _put_off(self, item: ListToRead, sent: Sent) -> None:
        seconds = sent.retry_after or backoff(item.attempts)
        await self.channels.put_off(item, seconds, hold=sent.status == 429)


def page_from(answer: Any) -> Page | None:
    """A part of a team's list; None when it is something else."""
    listed = answer.get("conversations") if isinstance(answer, dict) else None
    if not isinstance(listed, list):
        return None
    channels = [_listed(one) for one in listed if isinstance(one, dict)]
    token = answer.get("continuationToken")
    return Page(
        tuple(one for one in channels if one.conversation_id),
        token if isinstance(token, str) else "",
    )


def _listed(channel: dict[str, Any]) -> Listed:
    id_, name, kind = (
        part if isinstance(part := channel.get(key), str) else "" for key in ("id", "name", "type")
    )
    return Listed(id_ if is_id(id_) else "", clean_name(name), channel_kind(kind))


def _path(item: ListToRead) -> str:
    path = f"/v3/teams/{quote(item.team_id, safe='')}/conversations"
    return f"{path}?continuationToken={quote(item.token, safe='')}" if item.token else path
