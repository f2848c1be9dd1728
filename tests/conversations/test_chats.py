"""People's own chats: kept right through removal, another address of Teams' own, and poison."""

import pytest
from sqlalchemy import select, update

from knowledge.delivery.models import deliveries
from knowledge.directory.models import people
from tests.support.connector import FakeConnector
from tests.support.team_room import sends_while_teams_is_busy, until_done
from tests.support.town import TENANT, Person, Town, town

pytestmark = pytest.mark.both_databases

TENANTS = {TENANT: "0780"}
HEADING = "Ny handbok"


async def _writes_to_people(kerstin: Person, heading: str = HEADING) -> None:
    await kerstin.says("nytt utskick")
    await kerstin.says(f"Rubrik: {heading}\nText: Läs den före mötet.\nVia: personer")
    await kerstin.says("skicka")


async def test_the_newest_address_is_used_also_for_what_waits(database_url: str) -> None:
    async with town(database_url, tenants=TENANTS) as tryggve, FakeConnector() as moved:
        anna = await _anna_in_vaxjo(tryggve)
        kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
        await sends_while_teams_is_busy(kerstin, anna.chat, HEADING, "personer")
        hello = {"type": "message", "text": "hej", "serviceUrl": moved.url}
        await tryggve.post(anna.activity(hello))
        await until_done(kerstin)

        assert any(HEADING in said for said in moved.texts(anna.chat))
        assert all(HEADING not in said for said in tryggve.teams.texts(anna.chat))


async def test_a_poisoned_address_gets_nothing(database_url: str) -> None:
    async with town(database_url, tenants=TENANTS) as tryggve:
        anna = await _anna_in_vaxjo(tryggve)
        kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
        async with tryggve.tryggve.database.write() as tx:
            poison = "https://smba.trafficmanager.net.evil.example/"
            await tx.execute(
                update(people)
                .where(people.c.object_id == anna.object_id)
                .values(service_url=poison)
            )
        await _writes_to_people(kerstin)
        await until_done(kerstin)
        kerstin.hears("Misslyckade: 1")
        async with tryggve.tryggve.database.read() as tx:
            failed = deliveries.c.is_person & (deliveries.c.reason != "")
            query = select(deliveries.c.reason).where(failed)
            assert (await tx.execute(query)).scalars().all() == ["host_refused"]

        await anna.says("hej")
        await _writes_to_people(kerstin, "Nästa handbok")
        await anna.is_told("Nästa handbok")


async def test_who_removed_the_app_gets_nothing_that_waited_and_the_next_again(
    database_url: str,
) -> None:
    async with town(database_url, tenants=TENANTS) as tryggve:
        anna = await _anna_in_vaxjo(tryggve)
        kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
        await sends_while_teams_is_busy(kerstin, anna.chat, HEADING, "personer")
        await anna.uninstalls()
        await anna.installs()
        await until_done(kerstin)
        kerstin.hears("Levererade: 0 av 1")
        assert HEADING not in str(anna.inbox())

        await _writes_to_people(kerstin, "Nästa handbok")
        await anna.is_told("Nästa handbok")


async def test_a_chat_that_teams_no_longer_knows_is_not_tried_again(database_url: str) -> None:
    async with town(database_url, tenants=TENANTS) as tryggve:
        anna = await _anna_in_vaxjo(tryggve)
        kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
        tryggve.teams.answers(status=404, kind="post", conversation=anna.chat)
        await _writes_to_people(kerstin)
        await until_done(kerstin)
        kerstin.hears("Misslyckade: 1")
        await kerstin.says("nytt utskick")
        await kerstin.says("Rubrik: Nästa handbok\nText: Läs den före mötet.\nVia: personer")
        kerstin.hears("Utskicket når ingen än")

        await anna.says("hej")
        await _writes_to_people(kerstin, "Nästa handbok")
        await anna.is_told("Nästa handbok")


async def _anna_in_vaxjo(tryggve: Town) -> Person:
    anna = tryggve.person("Anna Alm")
    await anna.installs()
    await anna.says("byt kommun till Växjö")
    return anna
