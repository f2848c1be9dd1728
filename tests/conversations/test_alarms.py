"""What coordinators are told about the service itself, at most once a day."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import insert, select, update

from knowledge.alarms.watch import KIND
from knowledge.channels.models import channels
from knowledge.delivery import conversation_pace, pauses, tenant_pace
from knowledge.delivery.messenger import Address, Message
from knowledge.delivery.models import deliveries
from knowledge.timers.timers import timers
from tests.support.deliveries import enqueue, rows, to_channel
from tests.support.timers import the_time_has_come
from tests.support.town import TENANT, Person, Town, town

pytestmark = pytest.mark.both_databases

TENANTS = {TENANT: "0780"}


async def a_minute_later(tryggve: Town) -> None:
    await the_time_has_come(tryggve.tryggve, KIND)


async def lose_channel(tryggve: Town, team: str) -> None:
    """A team of the county's removes the bot."""
    row = insert(channels).values(
        tenant_id=TENANT,
        conversation_id=f"19:{team}",
        team_id=f"19:{team}",
        team_name=team,
        name="Allmänt",
        service_url=tryggve.teams.url,
        municipality="0780",
        installed=False,
    )
    async with tryggve.tryggve.database.write() as tx:
        await tx.execute(row)


async def let_something_wait(tryggve: Town, *, seconds: float) -> None:
    """Teams holds a tenant back, and something has been due there for so long."""
    database = tryggve.tryggve.database
    async with database.write() as tx:
        await tenant_pace.introduce(tx, database, ["tenant-1"])
        await tenant_pace.hold(tx, database, {"tenant-1": 600})
    await enqueue(database, to_channel(1))
    due = datetime.now(UTC).timestamp() - seconds
    async with database.write() as tx:
        await tx.execute(update(deliveries).values(due=due))


async def send_to_somewhere(tryggve: Town) -> None:
    to = Address(TENANT, tryggve.teams.url, "somewhere")
    await tryggve.tryggve.counted.post(to, Message("Hej!"))
    await tryggve.tryggve.counted.write_down()


async def ready(tryggve: Town) -> tuple[int, bool]:
    async with tryggve.http.get(f"{tryggve.url}/readyz") as response:
        return response.status, (await response.json())["secret"]


def told(person: Person, part: str) -> int:
    return sum(part in str(one) for one in person.inbox())


async def coordinator(tryggve: Town, name: str = "Kerstin Karlsson", county: str = "07") -> Person:
    person = await tryggve.coordinator(name, county)
    await person.installs()
    return person


async def test_a_channel_that_is_lost_is_told_to_its_county_once(database_url: str) -> None:
    async with town(database_url, tenants=TENANTS) as tryggve:
        kerstin = await coordinator(tryggve)
        sture = await coordinator(tryggve, "Sture i Skåne", "12")
        channel = await tryggve.channel_is_added()
        await a_minute_later(tryggve)
        assert told(kerstin, "Kanaler som jag inte når") == 0

        karin = tryggve.person("Karin Kanal")
        await karin.act({"type": "installationUpdate", "action": "remove"}, channel=channel)
        await a_minute_later(tryggve)
        await kerstin.is_told("Kanaler som jag inte når")
        kerstin.hears("Växjö: Trygghetsgruppen")
        await a_minute_later(tryggve)

        assert told(kerstin, "Kanaler som jag inte når") == 1
        assert told(sture, "Kanaler som jag inte når") == 0


async def test_a_second_channel_the_same_day_is_told_the_next(database_url: str) -> None:
    now = [datetime(2026, 11, 26, 9, tzinfo=UTC)]
    async with town(database_url, tenants=TENANTS, now=lambda: now[0]) as tryggve:
        kerstin = await coordinator(tryggve)
        for team in ("Första", "Andra"):
            await lose_channel(tryggve, team)
            await a_minute_later(tryggve)
        await kerstin.is_told("Första")
        assert told(kerstin, "Andra") == 0

        now[0] += timedelta(days=1)
        await a_minute_later(tryggve)
        await kerstin.is_told("Andra")
        assert told(kerstin, "Första") == 1


async def test_a_channel_that_came_back_and_is_lost_again_is_news(database_url: str) -> None:
    now = [datetime(2026, 11, 26, 9, tzinfo=UTC)]
    async with town(database_url, tenants=TENANTS, now=lambda: now[0]) as tryggve:
        kerstin = await coordinator(tryggve)
        await lose_channel(tryggve, "Första")
        await a_minute_later(tryggve)
        await kerstin.is_told("Första")

        for installed in (True, False):
            async with tryggve.tryggve.database.write() as tx:
                await tx.execute(update(channels).values(installed=installed))
            now[0] += timedelta(days=1)
            await a_minute_later(tryggve)
        await tryggve.until(lambda: told(kerstin, "Första") == 2)


async def test_a_queue_that_stands_still_is_told(tryggve: Town) -> None:
    kerstin = await coordinator(tryggve)
    await let_something_wait(tryggve, seconds=700)
    await a_minute_later(tryggve)
    await a_minute_later(tryggve)

    await kerstin.is_told("Utskick är försenade")
    kerstin.hears("har väntat i 11 minuter")
    assert told(kerstin, "Utskick är försenade") == 1


async def test_who_stands_in_the_line_that_stands_still_is_told_too(tryggve: Town) -> None:
    kerstin, database = await coordinator(tryggve), tryggve.tryggve.database
    await let_something_wait(tryggve, seconds=700)
    in_an_hour = datetime.now(UTC).timestamp() + 3600
    async with database.write() as tx:
        await tenant_pace.introduce(tx, database, [TENANT])
        hers = update(tenant_pace.paces).where(tenant_pace.paces.c.tenant_id == TENANT)
        await tx.execute(hers.values(next_at=in_an_hour))
        await conversation_pace.hold(tx, database, {(TENANT, kerstin.chat): 1})
        line = update(conversation_pace.conversation_paces)
        await tx.execute(line.values(next_at=in_an_hour))
    await a_minute_later(tryggve)

    await kerstin.is_told("Utskick är försenade")


@pytest.mark.parametrize("paused", [True, False], ids=["paused", "soon"])
async def test_what_waits_on_purpose_or_shortly_is_no_alarm(tryggve: Town, paused: bool) -> None:
    await coordinator(tryggve)
    await let_something_wait(tryggve, seconds=700 if paused else 500)
    if paused:
        async with tryggve.tryggve.database.write() as tx:
            await pauses.pause(tx, tryggve.tryggve.database, "group")
    await a_minute_later(tryggve)

    assert not any("alarm:" in row["group_key"] for row in await rows(tryggve.tryggve.database))


async def test_what_could_not_be_carried_out_is_told(tryggve: Town) -> None:
    kerstin = await coordinator(tryggve)
    now = datetime.now(UTC).timestamp()
    async with tryggve.tryggve.database.write() as tx:
        row = insert(timers).values(key="a", kind="x", payload="{}", due=now, status="stopped")
        await tx.execute(row)
    await a_minute_later(tryggve)

    await kerstin.is_told("Något blev inte gjort")


@pytest.mark.parametrize(
    ("today", "heard"),
    [
        (date(2027, 1, 29), None),
        (date(2027, 1, 30), "Om 30 dagar, 1 mars 2027"),
        (date(2027, 1, 31), None),
        (date(2027, 2, 6), "Om 23 dagar"),
        (date(2027, 2, 28), "Om 1 dag, 1 mars 2027"),
        (date(2027, 3, 2), None),
    ],
)
async def test_a_secret_that_will_expire_is_told_more_often_towards_the_end(
    sqlite_url: str, today: date, heard: str | None
) -> None:
    noon = datetime(today.year, today.month, today.day, 11, tzinfo=UTC)
    expires = date(2027, 3, 1)
    async with town(sqlite_url, now=lambda: noon, secret_expires=expires) as tryggve:
        kerstin = await coordinator(tryggve)
        await a_minute_later(tryggve)

        if heard:
            await kerstin.is_told("Min hemlighet går snart ut")
            kerstin.hears(heard)
        else:
            alarms = [
                row
                for row in await rows(tryggve.tryggve.database)
                if "alarm:expires" in row["group_key"]
            ]
            assert alarms == []


async def test_a_refused_secret_shows_in_readyz_and_is_told_when_it_is_over(tryggve: Town) -> None:
    kerstin = await coordinator(tryggve)
    tryggve.teams.answers(status=401, kind="post", conversation="somewhere")
    await send_to_somewhere(tryggve)
    assert await ready(tryggve) == (503, False)
    await a_minute_later(tryggve)
    assert told(kerstin, "Jag har inte kunnat skicka") == 0

    await send_to_somewhere(tryggve)
    assert await ready(tryggve) == (200, True)
    await a_minute_later(tryggve)
    await kerstin.is_told("Jag har inte kunnat skicka")
    await a_minute_later(tryggve)
    assert told(kerstin, "Jag har inte kunnat skicka") == 1


async def test_an_alarm_waits_for_the_morning(database_url: str) -> None:
    night = datetime(2040, 11, 26, 21, tzinfo=UTC)  # not yet, on the database's clock
    async with town(database_url, now=lambda: night, quiet_hours="20:00-07:00") as tryggve:
        await coordinator(tryggve)
        await let_something_wait(tryggve, seconds=700)
        await a_minute_later(tryggve)

        query = select(deliveries.c.due).where(deliveries.c.group_key.startswith("alarm:overdue"))
        async with tryggve.tryggve.database.read() as tx:
            due = (await tx.execute(query)).scalar_one()
        assert due == datetime(2040, 11, 27, 6, tzinfo=UTC).timestamp()
