"""What a coordinator sees of acknowledgements, and of an announcement that reaches nobody."""

import pytest

from tests.conversations.test_acknowledge import sent
from tests.conversations.test_schedule import FORM, TIME, office

ASKED = "Kvittens: ja."
OWN = {"acknowledge": "true", "reach": "channels,people"}


@pytest.mark.both_databases
@pytest.mark.parametrize("said", ["vem har läst det", "vilka har kvitterat", "visa kvittenser"])
async def test_who_has_read_it_is_told_by_name(database_url: str, said: str) -> None:
    async with sent(database_url) as (tryggve, anna, channel):
        kerstin = tryggve.person("Kerstin Karlsson")
        await kerstin.says(said)
        kerstin.hears("Kvitterade: 0 av 1", "Har inte kvitterat:\nVäxjö", "Anna Alm")
        kerstin.does_not_hear("Har kvitterat:")
        await anna.says("jag har läst")
        await tryggve.person("Bo Berg").says("jag har läst", channel=channel)
        await kerstin.says(said)

        kerstin.hears("Kvitterade: 1 av 1", "Har kvitterat: Bo Berg och Anna Alm.")
        kerstin.does_not_hear("Har inte kvitterat:")


async def test_nobody_is_missing_or_reminded_who_was_not_asked(sqlite_url: str) -> None:
    async with office(sqlite_url) as here:
        anna = here.tryggve.person("Anna Alm")
        await anna.says("byt kommun till Växjö")
        await here.writes(reach="channels,people")
        here.kerstin.does_not_hear(ASKED)
        await here.kerstin.says("skicka")
        await anna.is_told(FORM["heading"])
        await here.kerstin.says("visa kvittenser")
        here.kerstin.hears("Mottagarna ombads inte att kvittera.")
        here.kerstin.does_not_hear("Påminn")
        here.kerstin.does_not_hear("Anna Alm")
        await here.kerstin.says("påminn dem")

        here.kerstin.hears("Det finns ingen att påminna")


async def test_its_author_sees_that_it_is_to_be_acknowledged(sqlite_url: str) -> None:
    async with office(sqlite_url) as here:
        await here.writes(**OWN, **TIME)
        here.kerstin.hears(ASKED)
        await here.kerstin.taps("Schemalägg")
        here.kerstin.hears("är schemalagt", ASKED)
        await here.kerstin.says("ta bort kvittensen")
        await here.kerstin.says("ja")

        here.kerstin.hears("är schemalagt")
        here.kerstin.does_not_hear(ASKED)


async def test_a_post_in_channels_only_tells_that_it_is_to_be_acknowledged(
    sqlite_url: str,
) -> None:
    async with office(sqlite_url) as here:
        await here.writes(acknowledge="true")
        await here.kerstin.says("skicka")

        here.kerstin.hears("Kvitterade: ingen har fått utskicket i egen chatt än.")


async def test_nobody_is_told_to_send_what_reaches_nobody(sqlite_url: str) -> None:
    async with office(sqlite_url) as here:
        await here.writes()
        await here.kerstin.says("bara till Ljungby")
        here.kerstin.hears("Utskicket når ingen än", "Skriv ”ändra”")
        here.kerstin.does_not_hear("”skicka”")
        await here.kerstin.says("abrakadabra")
        here.kerstin.hears("Utskicket når ingen än, så det går inte att skicka.", "”Till: …”")
        await here.kerstin.says("skicka")
        here.kerstin.hears("Utskicket når ingen än")
        here.kerstin.does_not_hear("”skicka”")
        await here.kerstin.says("bara till Växjö")

        here.kerstin.hears("”skicka”")
