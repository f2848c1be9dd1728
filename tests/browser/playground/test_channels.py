"""Microsoft's own local client tells about channels, and a team chooses, in a real browser."""

import asyncio

import pytest

from tests.browser.playground.chat import CHANNEL, OWN_CHAT, Chat

# One after the other: the Playground and the bot keep their logs in the same folder.
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("playground")]


async def tells(chat: Chat, menu_item: str) -> None:
    """The Playground sends an activity about the channel that is open."""
    await chat.page.get_by_role("button", name="Mock an Activity").click()
    await chat.page.get_by_text(menu_item, exact=True).click()
    await chat.page.get_by_text("Send activity", exact=True).click()


async def test_a_team_chooses_and_hears_when_its_channel_is_deleted(
    sigrid: Chat,
) -> None:
    async with asyncio.timeout(80):
        await sigrid.opens(CHANNEL)
        await sigrid.hears("Hej allihop")
        await sigrid.posts("välj kanal")
        await sigrid.hears("Var ska utskick komma?", "i kanalen Utskick och nyheter")
        await sigrid.photographs("choose-channel")
        await sigrid.posts("utskick hit")
        await sigrid.hears("Utskick kommer i Utskick och nyheter")
        await tells(sigrid, "Remove channel")
        await sigrid.photographs("channel-deleted")
        await sigrid.opens(OWN_CHAT)
        await sigrid.says("mina kanaler")
        await sigrid.hears("Team och kanaler i Kronobergs län", "Utskick kommer i Allmänt.")
        await sigrid.photographs("my-channels")
