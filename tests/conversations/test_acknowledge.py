"""“Jag har läst”, tapped under the post or typed in the own chat."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import select

from knowledge.follow_up.acknowledgements import acknowledgements
from tests.support.lint import actions_of
from tests.support.town import TENANT, Person, Town, town

OTHER = "99999999-2222-4333-8444-555555555555"
FORM = {
    "heading": "Ny handbok om lägesbilder",
    "text": "Brå har en ny handbok. Läs den.",
    "acknowledge": "true",
    "reach": "channels,people",
}


def posts(tryggve: Town, channel: str) -> list[dict[str, Any]]:
    return [one["activity"] for one in tryggve.teams.posts if one["conversation"] == channel]


async def kept(tryggve: Town) -> list[str]:
    """Who has acknowledged."""
    query = select(acknowledgements.c.object_id).order_by(acknowledgements.c.object_id)
    async with tryggve.tryggve.database.read() as tx:
        return list((await tx.execute(query)).scalars())


@asynccontextmanager
async def sent(database_url: str) -> AsyncIterator[tuple[Town, Person, str]]:
    """It has come to the channel and to Anna. Town, Anna, the channel."""
    async with town(database_url, tenants={TENANT: "0780", OTHER: "1281"}) as tryggve:
        channel = await tryggve.channel_is_added()
        anna = tryggve.person("Anna Alm")
        await anna.says("byt kommun till Växjö")
        kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
        await kerstin.says("nytt utskick")
        await kerstin.taps("Förhandsgranska", **FORM)
        await kerstin.taps("Skicka")
        await anna.is_told("Ny handbok om lägesbilder")
        await tryggve.until(lambda: bool(posts(tryggve, channel)))
        yield tryggve, anna, channel


def read(activity: dict[str, Any]) -> dict[str, Any]:
    """The button “Jag har läst”."""
    card = activity["attachments"][0]["content"]
    return next(action for action in actions_of(card) if action["title"] == "Jag har läst")


async def test_a_tap_is_thanked_for_once_and_kept_once(database_url: str) -> None:
    async with sent(database_url) as (tryggve, anna, _):
        button = anna.button("Jag har läst")
        for _ in range(3):
            await anna.taps_action(button)
            anna.hears("Tack. Nu vet länsstyrelsen att du har läst ”Ny handbok om lägesbilder”.")
            assert anna.cards() == []

        assert await kept(tryggve) == [anna.object_id]


async def test_taps_in_the_channel_say_nothing_there(database_url: str) -> None:
    async with sent(database_url) as (tryggve, _, channel):
        [post] = posts(tryggve, channel)
        readers = [tryggve.person(name) for name in ("Bo Berg", "Cilla Carl")]
        for reader in readers:
            await reader.taps_action(read(post), channel=channel)
            reader.hears("Tack. Nu vet länsstyrelsen")

        assert await kept(tryggve) == sorted(reader.object_id for reader in readers)
        assert len(posts(tryggve, channel)) == 1


async def test_it_can_be_typed(database_url: str) -> None:
    async with sent(database_url) as (tryggve, anna, channel):
        await anna.says("kvittera")
        anna.hears("Tack. Nu vet länsstyrelsen att du har läst ”Ny handbok om lägesbilder”.")
        bo = tryggve.person("Bo Berg")
        await bo.says("jag har läst", channel=channel)
        bo.hears("Jag svarar dig i vår egen chatt", "Tack. Nu vet länsstyrelsen")

        assert await kept(tryggve) == sorted([anna.object_id, bo.object_id])


async def test_a_client_without_execute_is_answered_in_the_own_chat(database_url: str) -> None:
    async with sent(database_url) as (tryggve, _, channel):
        bo = tryggve.person("Bo Berg")
        await bo.installs()
        [post] = posts(tryggve, channel)
        await bo.taps_action(read(post)["fallback"], channel=channel)

        bo.hears("Tack. Nu vet länsstyrelsen")
        assert await kept(tryggve) == [bo.object_id]


async def test_a_guest_is_refused_kindly(database_url: str) -> None:
    async with sent(database_url) as (tryggve, _, channel):
        guest = tryggve.person("Gäst", guest=True)
        [post] = posts(tryggve, channel)
        await guest.taps_action(read(post), channel=channel)

        guest.hears("Det här kan jag bara göra för dig som är inloggad")
        assert await kept(tryggve) == []


async def test_another_organisation_cannot_acknowledge(database_url: str) -> None:
    async with sent(database_url) as (tryggve, anna, _):
        lisa = tryggve.person("Lisa Lund", tenant=OTHER)
        await lisa.taps_action(anna.button("Jag har läst"))
        lisa.hears("Det utskicket går inte att kvittera")
        await lisa.says("kvittera")
        lisa.hears("Du har inget utskick att kvittera")
        for forged in (True, "1; DROP TABLE", 2**40, None, {"x": 1}):
            button = {"type": "Action.Execute", "verb": "acknowledge", "title": ""}
            await anna.taps_action({**button, "data": {"announcement": forged}})

        assert await kept(tryggve) == []
