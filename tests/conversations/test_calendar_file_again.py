"""The calendar file once more: in my trainings, and on the card of a training I have a seat in."""

from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar

from tests.support.builders import create_training
from tests.support.lint import actions_of
from tests.support.town import Person, Town


def files(person: Person) -> list[str]:
    every = [one for card in person.cards() for one in actions_of(card)]
    return [one["url"] for one in every if one.get("url", "").endswith(".ics")]


async def opened(person: Person) -> str:
    """What the entry of the only file is called."""
    (url,) = files(person)
    async with person.town.http.get(f"{person.town.url}/{url.split('/', 3)[3]}") as response:
        calendar = Calendar.from_ical(await response.read())
    return str(calendar.walk("VEVENT")[0]["SUMMARY"])


@pytest.mark.parametrize(
    "said",
    [
        "kalenderfil",
        "skicka kalenderfilen igen",
        "jag hittar inte kalenderfilen",
        "kan du skicka kalenderfilen en gång till?",
        "kalenderfilen till lägesbild",
        "mina utbildningar",
        "vad handlar lägesbild i praktiken om?",
    ],
)
async def test_who_has_a_seat_gets_the_file_again(tryggve: Town, anna: Person, said: str) -> None:
    await create_training(tryggve)
    await anna.says("utbildningar")
    await anna.says("anmäl mig till lägesbild i praktiken")
    await anna.says(said)
    assert "Lägesbild i praktiken" in await opened(anna)


async def test_each_seat_has_its_own_file_and_a_place_in_line_none(
    tryggve: Town, anna: Person
) -> None:
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    titles = {"Lagen först": 0, "Medling sedan": 20, "Vandring sist": 0}
    for day, (title, taken) in enumerate(titles.items(), start=3):
        starts_at = tomorrow + timedelta(days=day)
        await create_training(tryggve, title=title, taken=taken, starts_at=starts_at)
        await anna.says(f"anmäl mig till {title}")
    await anna.says("kalenderfilen")
    anna.hears(*titles)
    assert len(files(anna)) == 2
    anna.hears("Kalenderfil 1 (.ics)", "Kalenderfil 3 (.ics)")


@pytest.mark.parametrize("said", ["kalenderfilen", "skicka kalenderfilen igen"])
async def test_without_a_seat_there_is_no_file(tryggve: Town, anna: Person, said: str) -> None:
    await create_training(tryggve)
    await anna.says(said)
    anna.hears("Du är inte anmäld till någon utbildning")
    assert not files(anna)
