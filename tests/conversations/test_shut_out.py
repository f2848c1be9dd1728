"""An organisation that is shut out: what its coordinators left behind has no power any more."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from knowledge.announcements.models import announcements
from knowledge.audit.models import Operator
from knowledge.directory.places import load_places
from knowledge.tenants.service import TenantService
from tests.conversations.test_announcements import FORM
from tests.support.builders import create_training
from tests.support.listed import listed
from tests.support.town import TENANT, Person, Town, town

BOARD = "33333333-2222-4333-8444-555555555555"
NOW = datetime.now(UTC)


@pytest.fixture
def clock() -> list[datetime]:
    return [NOW]


@pytest.fixture
async def real(database_url: str, clock: list[datetime]) -> AsyncIterator[Town]:
    """An installation for Växjö and for the county board of Kronoberg."""
    tenants = {TENANT: "0780", BOARD: "07"}
    async with town(database_url, tenants=tenants, build=listed, now=lambda: clock[0]) as running:
        yield running


@pytest.fixture
async def kerstin(real: Town) -> Person:
    one = await real.coordinator("Kerstin Karlsson", "07", BOARD)
    await one.installs()
    return one


async def shut_out(real: Town) -> None:
    await TenantService(real.tryggve.database, load_places()).suspend(Operator("root"), BOARD)


async def opens(real: Town, url: str) -> int:
    path = url[url.index("/", len("https://")) :]
    async with real.http.get(real.url + path) as response:
        return response.status


@pytest.mark.both_databases
async def test_no_link_opens_any_more(real: Town, kerstin: Person) -> None:
    training = await create_training(real, title="Lägesbild i praktiken")
    anna = real.person("Anna Alm")
    await anna.says("anmäl mig till Lägesbild i praktiken")
    parts, person = real.tryggve, await real.tryggve.directory.find_person(BOARD, kerstin.object_id)
    assert person
    links = [
        (await parts.own_data.files.link(person))[0],
        (await parts.training_parts.files.link(person, training))[0],
        (await parts.training_parts.into.link(person))[0],
    ]
    assert [await opens(real, one) for one in links] == [200, 200, 200]
    await shut_out(real)

    assert [await opens(real, one) for one in links] == [404, 404, 404]


@pytest.mark.both_databases
async def test_what_was_scheduled_does_not_leave(
    real: Town, kerstin: Person, clock: list[datetime]
) -> None:
    anna = real.person("Anna Alm")
    await anna.installs()
    await kerstin.says("nytt utskick")
    day = (NOW + timedelta(days=9)).date().isoformat()
    form = {**FORM, "reach": "people", "send_date": day, "send_time": "10:00"}
    await kerstin.taps("Förhandsgranska", **form)
    await kerstin.taps("Schemalägg")
    await shut_out(real)
    clock[0] += timedelta(days=10)
    await real.tryggve.announcements.sending.send_due(clock[0])

    async with real.tryggve.database.read() as tx:
        assert (await tx.execute(select(announcements.c.status))).scalars().all() == ["draft"]


async def test_who_was_erased_is_no_organisation(database_url: str) -> None:
    """What is left of somebody is a number without a tenant, and none to be shut out."""
    async with town(database_url, tenants={TENANT: "0780"}, build=listed) as real:
        anna = real.person("Anna Alm")
        await anna.says("radera mig")
        await anna.says("ja")
    async with town(database_url, tenants={TENANT: "0780"}, build=listed) as real:
        known, _ = await TenantService(real.tryggve.database, load_places()).list_all()

    assert [one.tenant_id for one in known] == [TENANT]
