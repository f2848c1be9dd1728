"""Several that have been sent are listed: what reaches others is asked about, not guessed."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from tests.conversations.test_announcements import FORM
from tests.support.town import TENANT, Person, town

FIRST, SECOND = "Frukostmöte om råd", "Nytt underlag om skolan"


@asynccontextmanager
async def two_sent(url: str) -> AsyncIterator[tuple[Person, Person]]:
    """Kerstin has sent two announcements to Anna, both to be acknowledged; hers are listed."""
    async with town(url, tenants={TENANT: "0780"}) as tryggve:
        anna = tryggve.person("Anna Alm")
        await anna.says("byt kommun till Växjö")
        kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
        for title in (FIRST, SECOND):
            await kerstin.says("nytt utskick")
            form = {**FORM, "reach": "people", "acknowledge": "true", "heading": title}
            await kerstin.taps("Förhandsgranska", **form)
            await kerstin.says("skicka")
            await anna.is_told(title)
        await kerstin.says("mina utskick")
        kerstin.hears(FIRST, SECOND)
        yield kerstin, anna


def reminders(anna: Person) -> list[str]:
    return [str(one) for one in anna.inbox() if "Påminnelse från" in str(one)]


@pytest.mark.both_databases
async def test_a_reminder_asks_which(database_url: str) -> None:
    async with two_sent(database_url) as (kerstin, anna):
        await kerstin.says("påminn")
        kerstin.hears("Vilket av dina utskick menar du?")
        assert reminders(anna) == []
        await kerstin.says("2")
        kerstin.hears(FIRST)
        await kerstin.says("påminn")
        kerstin.hears("har fått en påminnelse")
        await anna.is_told("Påminnelse från")

        assert FIRST in reminders(anna)[0]
        assert len(reminders(anna)) == 1


@pytest.mark.parametrize("opened", ["1", "2"])
async def test_the_list_asks_anew_after_one_was_opened(sqlite_url: str, opened: str) -> None:
    async with two_sent(sqlite_url) as (kerstin, anna):
        await kerstin.says(opened)
        await kerstin.says("mina utskick")
        await kerstin.says("påminn")

        kerstin.hears("Vilket av dina utskick menar du?")
        assert reminders(anna) == []


async def test_a_wish_that_is_agreed_to_asks_which_too(sqlite_url: str) -> None:
    async with two_sent(sqlite_url) as (kerstin, anna):
        await kerstin.says("påminn dem som inte läst")
        await kerstin.says("ja")

        kerstin.hears("Vilket av dina utskick menar du?")
        assert reminders(anna) == []


@pytest.mark.parametrize("said", ["pausa", "fortsätt skicka", "försök igen"])
async def test_so_does_what_else_is_done_at_once(sqlite_url: str, said: str) -> None:
    async with two_sent(sqlite_url) as (kerstin, _anna):
        await kerstin.says(said)

        kerstin.hears("Vilket av dina utskick menar du?")


async def test_a_tap_is_about_its_own_card(sqlite_url: str) -> None:
    async with two_sent(sqlite_url) as (kerstin, anna):
        await kerstin.says("2")
        await kerstin.says("visa kvittenser")
        remind = kerstin.button("Påminn")
        await kerstin.says("mina utskick")
        await kerstin.taps_action(remind)
        await anna.is_told("Påminnelse från")

        assert FIRST in reminders(anna)[0]
