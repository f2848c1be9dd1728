"""Whoever writes faster than anybody reads."""

from bot.teams.floods import Floods
from tests.support.town import town


async def test_whoever_writes_too_fast_is_told_once_and_shown_a_way_on(sqlite_url: str) -> None:
    async with town(sqlite_url, floods=Floods(most=1)) as tryggve:
        anna = tryggve.person("Anna Alm")
        await anna.says("hej")
        await anna.says("hej igen")

        anna.hears("Vänta en minut", "”hjälp”")
