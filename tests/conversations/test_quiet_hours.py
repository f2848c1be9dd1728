"""People are left in peace at night; channels, which nobody carries in a pocket, are not."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from knowledge.delivery.models import Status
from knowledge.trainings import holding
from tests.support.builders import create_training
from tests.support.deliveries import rows
from tests.support.timers import the_time_has_come
from tests.support.town import TENANT, Town, town

EVENING = datetime(2040, 11, 26, 20, 30, tzinfo=UTC)  # 21.30 in Sweden; not yet by any real clock
MORNING = datetime(2040, 11, 27, 6, tzinfo=UTC)  # 07.00
FORM = {"heading": "Ny handbok", "text": "Brå har en ny handbok om lägesbilder."}


@pytest.fixture
async def at_night(database_url: str) -> AsyncIterator[Town]:
    async with town(
        database_url, now=lambda: EVENING, tenants={TENANT: "0780"}, quiet_hours="20:00-07:00"
    ) as running:
        yield running


async def test_an_announcement_at_night_reaches_channels_now_and_people_in_the_morning(
    at_night: Town,
) -> None:
    channel = await at_night.channel_is_added()
    anna = at_night.person("Anna Alm")
    await anna.says("byt kommun till Växjö")
    kerstin = await at_night.coordinator("Kerstin Karlsson", "07")
    await kerstin.says("nytt utskick")
    await kerstin.taps("Förhandsgranska", **FORM, reach="channels,people")
    await kerstin.taps("Skicka")

    await at_night.until(lambda: bool(at_night.teams.texts(channel)))
    waiting = [row for row in await rows(at_night.tryggve.database) if row["is_person"]]
    assert [(row["status"], row["due"]) for row in waiting] == [
        (Status.PENDING, MORNING.timestamp())
    ]
    assert not any("Ny handbok" in str(said) for said in anna.inbox())


async def test_an_answer_comes_at_once_whatever_the_hour(at_night: Town) -> None:
    anna = at_night.person("Anna Alm")
    await create_training(at_night, starts_at=EVENING + timedelta(days=60))
    await anna.says("utbildningar")
    anna.hears("Kommande utbildningar")


async def test_a_freed_seat_is_told_in_the_morning(at_night: Town) -> None:
    await create_training(at_night, seats=1, starts_at=EVENING + timedelta(days=60))
    anna, berit = at_night.person("Anna Alm"), at_night.person("Berit Berg")
    for person, button in ((anna, "Anmäl mig till 1"), (berit, "Ställ mig i kö till 1")):
        await person.says("utbildningar")
        await person.taps(button)
    await anna.says("avanmäl mig")
    await anna.taps("Ja, avanmäl mig")
    await the_time_has_come(at_night.tryggve, holding.KIND)

    [told] = [
        row for row in await rows(at_night.tryggve.database) if "promoted:" in row["group_key"]
    ]
    assert told["due"] == MORNING.timestamp()
    await berit.says("mina utbildningar")
    berit.hears("Du har en plats.")
