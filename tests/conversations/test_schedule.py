"""An announcement that waits for its time: seen, changed, called off, sent sooner."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.support import lint
from tests.support.town import TENANT, Person, Town, town

FORM = {
    "heading": "Ny handbok om lägesbilder",
    "text": "Brå har en **ny handbok**. Läs den före mötet.",
}
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
DUE = datetime(2026, 12, 1, 7, 30, tzinfo=UTC)
TIME = {"send_date": "2026-12-01", "send_time": "08:30"}
SHOWN = "tisdag 1 december 2026 kl. 08.30"


class Office:
    """A town with a channel, a coordinator, and a clock that the test sets."""

    def __init__(self, tryggve: Town, kerstin: Person, channel: str) -> None:
        self.tryggve = tryggve
        self.kerstin = kerstin
        self.channel = channel
        self.now = NOW

    @property
    def posts(self) -> list[Any]:
        posts = self.tryggve.teams.posts
        return [
            one for one in posts if one["conversation"] == self.channel and one["kind"] == "post"
        ]

    async def comes(self, moment: datetime) -> None:
        """It is that time, and the loop has looked."""
        self.now = moment
        await self.tryggve.tryggve.background.do("scheduled announcements")

    async def writes(self, **changed: str) -> None:
        await self.kerstin.says("nytt utskick")
        await self.kerstin.taps("Förhandsgranska", **{**FORM, **changed})


@asynccontextmanager
async def office(database_url: str, **settings: Any) -> AsyncIterator[Office]:
    clock = [lambda: NOW]
    settings = {"tenants": {TENANT: "0780"}, **settings}
    async with town(database_url, now=lambda: clock[0](), **settings) as tryggve:
        channel = await tryggve.channel_is_added()
        kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
        built = Office(tryggve, kerstin, channel)
        clock[0] = lambda: built.now
        yield built


async def test_it_leaves_at_its_minute(database_url: str) -> None:
    async with office(database_url) as here:
        await here.writes(**TIME)
        here.kerstin.hears(f"Skickas {SHOWN}.")
        await here.kerstin.taps("Schemalägg")
        here.kerstin.hears("är schemalagt", SHOWN)
        await here.kerstin.says("mina utskick")
        here.kerstin.hears(f"Skickas {SHOWN}")
        await here.comes(datetime(2026, 12, 1, 7, 29, 59, tzinfo=UTC))
        assert here.posts == []
        await here.comes(DUE)
        await here.tryggve.until(lambda: len(here.posts) == 1)
        await here.comes(DUE)
        await here.kerstin.says("mina utskick")
        here.kerstin.hears(f"Skickat {SHOWN}")
        assert len(here.posts) == 1


async def test_it_can_be_typed(database_url: str) -> None:
    async with office(database_url) as here:
        await here.kerstin.says("nytt utskick")
        await here.kerstin.says(
            "Rubrik: Möte i rådet\nText: Vi ses i Växjö.\nSkicka: 2026-12-01 08.30"
        )
        here.kerstin.hears(f"Skickas {SHOWN}.", "Schemalägg")
        await here.kerstin.says("schemalägg")
        here.kerstin.hears("är schemalagt")
        await here.comes(DUE)

        await here.tryggve.until(lambda: len(here.posts) == 1)


async def test_a_second_tap_on_the_preview_does_not_send_it_early(database_url: str) -> None:
    async with office(database_url) as here:
        await here.writes(**TIME)
        schedule = here.kerstin.button("Schemalägg")
        await here.kerstin.taps_action(schedule)
        await here.kerstin.taps_action(schedule)
        here.kerstin.hears("är schemalagt")

        assert here.posts == []


async def test_it_is_sent_at_once_by_a_tap_or_a_word(database_url: str) -> None:
    async with office(database_url) as here:
        await here.writes(**TIME)
        await here.kerstin.taps("Schemalägg")
        await here.kerstin.taps("Skicka nu")
        here.kerstin.hears("Utskicket ”Ny handbok om lägesbilder”")
        await here.tryggve.until(lambda: len(here.posts) == 1)
        await here.writes(**TIME, heading="Ett till")
        await here.kerstin.says("skicka")
        await here.kerstin.says("skicka nu")
        await here.tryggve.until(lambda: len(here.posts) == 2)
        await here.comes(DUE)
        await here.kerstin.says("skicka nu")

        here.kerstin.hears("Det har inte skickats igen")
        assert len(here.posts) == 2


async def test_it_is_called_off_by_a_tap_or_a_word(database_url: str) -> None:
    async with office(database_url) as here:
        await here.writes(**TIME)
        await here.kerstin.taps("Schemalägg")
        await here.kerstin.taps("Ställ in")
        here.kerstin.hears("Utskicket är ett utkast igen. Inget har skickats.", "Schemalägg")
        await here.kerstin.says("schemalägg")
        await here.kerstin.says("mina utskick")
        await here.kerstin.taps("Visa 1")
        here.kerstin.hears("är schemalagt")
        await here.kerstin.says("ställ in")
        here.kerstin.hears("Utskicket är ett utkast igen.")
        await here.comes(DUE)

        assert here.posts == []


async def test_it_is_changed_and_confirmed_again(database_url: str) -> None:
    async with office(database_url) as here:
        await here.writes(**TIME)
        await here.kerstin.taps("Schemalägg")
        await here.kerstin.taps("Ändra")
        await here.kerstin.taps("Förhandsgranska", heading="En ny rubrik", send_time="08:00")
        here.kerstin.hears("kl. 08.00", "Schemalägg")
        await here.comes(DUE)
        assert here.posts == []

        await here.kerstin.taps("Schemalägg")
        here.kerstin.hears("Något behöver rättas", "Tiden har redan passerat")
        await here.kerstin.says("Skicka: nu")
        here.kerstin.hears("Så här ser utskicket ut", "En ny rubrik")
        await here.kerstin.says("skicka")
        await here.tryggve.until(lambda: len(here.posts) == 1)


async def test_both_nights_of_the_clock(database_url: str) -> None:
    async with office(database_url) as here:
        await here.writes(send_date="2027-03-28", send_time="02:30")
        here.kerstin.hears(
            "Den tiden finns inte", "Jag har fyllt i den närmaste: söndag 28 mars 2027 kl. 03.00"
        )
        await here.kerstin.taps("Förhandsgranska")
        here.kerstin.hears("Skickas söndag 28 mars 2027 kl. 03.00.")
        await here.kerstin.taps("Schemalägg")
        await here.comes(datetime(2027, 3, 28, 0, 59, 59, tzinfo=UTC))
        assert here.posts == []
        await here.comes(datetime(2027, 3, 28, 1, 0, tzinfo=UTC))
        await here.tryggve.until(lambda: len(here.posts) == 1)

        await here.writes(send_date="2027-10-31", send_time="02:30", heading="Hösten")
        await here.kerstin.taps("Schemalägg")
        await here.comes(datetime(2027, 10, 31, 0, 29, 59, tzinfo=UTC))
        assert len(here.posts) == 1
        await here.comes(datetime(2027, 10, 31, 0, 30, tzinfo=UTC))
        await here.tryggve.until(lambda: len(here.posts) == 2)


async def test_wrong_times_are_told_and_lose_nothing(database_url: str) -> None:
    async with office(database_url) as here:
        for time, said in (
            ({"send_date": "2026-11-22", "send_time": "08:00"}, "Tiden har redan passerat"),
            ({"send_date": "2026-12-01", "send_time": ""}, "inget klockslag"),
            ({"send_date": "", "send_time": "15:00"}, "ingen dag"),
            ({"send_date": "2030-01-01", "send_time": "08:00"}, "inom ett år"),
            ({"send_date": "x" * 5_000, "send_time": "{}"}, "Jag kan inte läsa tiden"),
        ):
            await here.writes(**time)
            here.kerstin.hears("Något behöver rättas", said)
            assert FORM["text"] in str(here.kerstin.cards())


async def test_a_demoted_author_can_neither_send_nor_call_off(database_url: str) -> None:
    async with office(database_url) as here:
        await here.writes(**TIME)
        await here.kerstin.taps("Schemalägg")
        now, off = here.kerstin.button("Skicka nu"), here.kerstin.button("Ställ in")
        await here.tryggve.tryggve.directory.revoke(TENANT, here.kerstin.object_id, "07")
        for action in (now, off):
            await here.kerstin.taps_action(action)
            here.kerstin.hears("Utskick kan bara regionala samordnare")
        await here.comes(DUE)
        await here.kerstin.is_told("skickades inte")

        assert here.posts == []


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("tisdag 1 december kl 8.30", SHOWN),
        ("imorgon bitti", "måndag 23 november 2026 kl. 08.00"),
        ("i dag 22.38", "söndag 22 november 2026 kl. 22.38"),
        ("på fredag kl 9", "fredag 27 november 2026 kl. 09.00"),
    ],
)
async def test_a_time_is_typed_as_people_say_it(sqlite_url: str, typed: str, shown: str) -> None:
    async with office(sqlite_url) as here:
        await here.writes()
        await here.kerstin.says(f"Skicka: {typed}")
        here.kerstin.hears(f"Skickas {shown}.", "Schemalägg")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ({"send_date": "2026-12-01", "send_time": "24:00"}, "Jag kan inte läsa tiden ”2026-12-01"),
        ({"send_date": "12/01/2026", "send_time": "08:30"}, "Jag kan inte läsa tiden ”12/01/2026"),
        ({"send_date": "när det passar"}, "Jag kan inte läsa tiden ”när det passar”"),
        ({"send_date": "2099-12-01", "send_time": "08:30"}, "längre bort än ett år"),
    ],
)
async def test_a_time_that_cannot_be_used_is_kept_and_never_becomes_now(
    sqlite_url: str, written: dict[str, str], said: str
) -> None:
    async with office(sqlite_url) as here:
        await here.writes(**written)
        here.kerstin.hears(said)
        fields = {
            node["id"]: node.get("value", "")
            for card in here.kerstin.cards()
            for node in lint.nodes_of(card)
            if str(node.get("id", "")).startswith("send_")
        }
        assert {name: fields[name] for name in written} == written
        for again in (
            lambda: here.kerstin.taps("Förhandsgranska"),
            lambda: here.kerstin.says("Text: En annan text om samma sak"),
            lambda: here.kerstin.says("skicka"),
        ):
            await again()
            here.kerstin.does_not_hear("Schemalägg")
            assert here.posts == []
        await here.kerstin.says("Skicka: tisdag 1 december kl 8.30")
        here.kerstin.hears(f"Skickas {SHOWN}.", "Schemalägg")


async def test_what_clients_send_in_the_fields_is_read(sqlite_url: str) -> None:
    async with office(sqlite_url) as here:
        for time in ("08:30:00", "8:30 AM", "8.30"):
            await here.writes(send_date="2026-12-01", send_time=time)
            here.kerstin.hears(f"Skickas {SHOWN}.")


async def test_a_new_time_is_typed_for_what_waits(sqlite_url: str) -> None:
    async with office(sqlite_url) as here:
        await here.writes(**TIME)
        await here.kerstin.taps("Schemalägg")
        await here.kerstin.says("Skicka: onsdag 2 december kl 10")
        here.kerstin.hears("Skickas onsdag 2 december 2026 kl. 10.00.", "Schemalägg")
        await here.comes(DUE)

        assert here.posts == []


async def test_the_author_gets_a_receipt_when_it_has_left(database_url: str) -> None:
    async with office(database_url) as at_work:
        await at_work.writes(**TIME)
        await at_work.kerstin.taps("Schemalägg")
        await at_work.comes(DUE)
        await at_work.comes(DUE)
        await at_work.kerstin.is_told("Utskicket ”Ny handbok om lägesbilder” skickas nu")
        await at_work.kerstin.says("mina utskick")
        at_work.kerstin.hears("Skickat tisdag 1 december")
        at_work.kerstin.does_not_hear("sparat som utkast")
    receipts = [one for one in at_work.kerstin.inbox() if "skickas nu" in str(one)]
    assert len(receipts) == 1
