"""Organisations move: a municipality is merged, or it is another authority than was thought."""

import pytest
from sqlalchemy import update

from knowledge.audit.models import Operator
from knowledge.channels.models import channels
from knowledge.delivery.tenants import tenants
from knowledge.directory.models import people
from knowledge.directory.places import load_places
from knowledge.tenants.service import TenantService
from tests.support.builders import create_training
from tests.support.listed import listed
from tests.support.town import TENANT, Town, town

NO_MORE = "0799"
"""A code that begins as the county's, and that the directory does not have."""

ASKED = (
    "hej",
    "hjälp",
    "min samordnare",
    "min kommun",
    "byt kommun",
    "byt kommun till Alvesta",
    "utbildningar",
    "utbildningar i mitt län",
    "mina utbildningar",
    "mina uppgifter",
    "föreslå den för Bo Berg",
    "hur lagar man pannkakor?",
    "radera mig",
)


async def lies_where_nothing_is(known: Town, *, tenant_too: bool) -> None:
    """As after an upgrade whose directory has the merged municipality alone."""
    async with known.tryggve.database.write() as tx:
        for table in (people, channels):
            await tx.execute(update(table).values(municipality=NO_MORE))
        await tx.execute(update(people).values(moved_from=NO_MORE))
        if tenant_too:
            moved = update(tenants).where(tenants.c.tenant_id == TENANT)
            await tx.execute(moved.values(place=NO_MORE, by_command=True))


async def moves(known: Town, *places: str) -> None:
    service = TenantService(known.tryggve.database, load_places())
    for place in places:
        await service.add(Operator("root"), TENANT, place)
    await known.tryggve.background.do("tenants")


@pytest.mark.both_databases
@pytest.mark.parametrize("tenant_too", [False, True])
async def test_everything_is_answered_where_a_municipality_is_no_more(
    database_url: str, tenant_too: bool
) -> None:
    async with town(database_url, tenants={TENANT: "0780"}, build=listed) as before:
        anna = before.person("Anna Alm")
        await anna.installs()
        await before.channel_is_added()
        await create_training(before, title="Trygga torg")
        await anna.says("anmäl mig till Trygga torg")
        await lies_where_nothing_is(before, tenant_too=tenant_too)
        ids = before.ids
    async with town(database_url, tenants={TENANT: "0780"}, build=listed) as after:
        after.ids = ids  # what was said yesterday is not said again
        anna = after.person("Anna Alm")
        for words in ASKED:
            await anna.says(words)
            assert anna.heard, words
            anna.does_not_hear("Något gick fel")


@pytest.mark.both_databases
async def test_whose_municipality_was_merged_works_in_the_new_one(database_url: str) -> None:
    async with town(database_url, tenants={TENANT: "0780"}, build=listed) as before:
        await before.person("Anna Alm").installs()
        await lies_where_nothing_is(before, tenant_too=True)
        ids = before.ids
    async with town(database_url, tenants={}, build=listed) as after:
        after.ids = ids
        anna = after.person("Anna Alm")
        await moves(after, "0764")
        await anna.says("min samordnare")

        anna.hears("Stöder Alvesta")


@pytest.mark.parametrize(
    ("places", "told"),
    [
        (("07",), ""),  # and goes on working in the same municipality
        (("12",), "Skåne län"),
        (("12", "00"), ""),
        (("12", "0764"), "Alvesta"),
        (("1281", "00", "0780"), ""),
    ],
)
async def test_who_moves_more_than_once_before_writing_is_told_of_where_they_are(
    sqlite_url: str, places: tuple[str, ...], told: str
) -> None:
    async with town(sqlite_url, tenants={TENANT: "0780"}, build=listed) as known:
        anna = known.person("Anna Alm")
        await anna.installs()
        await moves(known, *places)
        await anna.says("hej")

        anna.hears("Hej Anna", told)
        anna.does_not_hear("Något gick fel")
