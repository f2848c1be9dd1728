"""J3: finding a training, signing up, waiting, withdrawing."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest
from icalendar import Calendar

from knowledge.trainings import holding
from tests.support.builders import create_training
from tests.support.html import read_page
from tests.support.timers import the_time_has_come
from tests.support.town import TENANT, Person, Town, town

pytestmark = pytest.mark.both_databases


@pytest.fixture
async def in_november(database_url: str) -> AsyncIterator[Town]:
    """An installation on 21 November 2026."""
    async with town(database_url, now=lambda: datetime(2026, 11, 21, 12, tzinfo=UTC)) as running:
        yield running


async def test_trainings_are_listed_with_date_place_and_seats(in_november: Town) -> None:
    anna = in_november.person("Anna Alm")
    await create_training(in_november, seats=12, starts_at=datetime(2026, 12, 24, 12, tzinfo=UTC))
    await anna.says("utbildningar")

    anna.hears("torsdag 24 december 2026 kl. 13.00–16.00", "Plats: Växjö", "12 platser kvar")


async def test_trainings_are_found_by_month_county_and_theme(in_november: Town) -> None:
    anna = in_november.person("Anna Alm")
    march = datetime(2027, 3, 10, 9, tzinfo=UTC)
    await create_training(in_november, title="Mars i Lund", county="12", starts_at=march)
    may = datetime(2027, 5, 10, 9, tzinfo=UTC)
    await create_training(in_november, title="Maj i Växjö", themes=("pengar",), starts_at=may)

    for asked, found, missing in [
        ("utbildningar i mars", "Mars i Lund", "Maj i Växjö"),
        ("utbildningar i Kronoberg", "Maj i Växjö", "Mars i Lund"),
        ("utbildningar om pengar", "Maj i Växjö", "Mars i Lund"),
        ("kurser om lägesbild i Skåne", "Mars i Lund", "Maj i Växjö"),
    ]:
        await anna.says(asked)
        anna.hears(found)
        anna.does_not_hear(missing)
    await anna.says("utbildningar i juni")
    anna.hears("Det finns inga utbildningar i juni 2027")


async def test_trainings_are_found_by_every_place_that_is_named(in_november: Town) -> None:
    anna = in_november.person("Anna Alm")
    for county, title in (("07", "I Växjö"), ("12", "I Lund"), ("13", "I Laholm")):
        await create_training(in_november, title=title, county=county)
    for asked, found, heading in [
        ("utbildningar i Halland eller Skåne", {"I Lund", "I Laholm"}, "Skåne län"),
        ("utbildningar i lund, laholm och växjö", {"I Växjö", "I Lund", "I Laholm"}, "Hallands"),
        ("kurser i Skåne men inte i Halland", {"I Lund"}, "Skåne län"),
        ("kurser i lund, nej i växjö", {"I Växjö"}, "Kronobergs län"),
        ("utbildningar i närheten av Alvesta", {"I Växjö"}, "Kronobergs län"),
        ("utbildningar i Småland", {"I Växjö"}, "Jönköpings län, Kronobergs län"),
        ("utbildningar i Åhus", {"I Lund"}, "Skåne län"),
        ("utbildningar i kungsbaka", {"I Laholm"}, "Hallands län"),
        ("utbildningar i mark eller laholm", {"I Laholm"}, "Västra Götalands län"),
    ]:
        await anna.says(asked)
        anna.hears(heading, *found)
        for other in {"I Växjö", "I Lund", "I Laholm"} - found:
            anna.does_not_hear(other)


async def test_trainings_of_ones_own_county_are_found(tryggve: Town, anna: Person) -> None:
    await create_training(tryggve, title="I Växjö", county="07")
    await create_training(tryggve, title="I Lund", county="12")
    await anna.says("utbildningar i mitt län")
    anna.hears("Jag vet inte i vilket län du arbetar.")
    await anna.says("byt kommun till Växjö")
    for asked in ("utbildningar i mitt län", "kurser i närheten", "utbildningar i vart lan"):
        await anna.says(asked)
        anna.hears("I Växjö")
        anna.does_not_hear("I Lund")


async def test_trainings_are_found_by_the_time_that_is_said(in_november: Town) -> None:
    anna = in_november.person("Anna Alm")
    for title, day in [
        ("Nästa vecka i Lund", datetime(2026, 11, 24, 9, tzinfo=UTC)),
        ("Julavslutning", datetime(2026, 12, 23, 22, tzinfo=UTC)),
        ("Efter jul", datetime(2026, 12, 27, 9, tzinfo=UTC)),
        ("Vårkurs", datetime(2027, 5, 31, 21, tzinfo=UTC)),
        ("Sommarkurs", datetime(2027, 6, 1, 9, tzinfo=UTC)),
    ]:
        await create_training(in_november, title=title, starts_at=day)

    for asked, told, found, missing in [
        ("utbildningar nästa vecka", "23–29 november 2026", "Nästa vecka i Lund", "Julavslutning"),
        ("utbildningar före jul", "till och med 23 december 2026", "Julavslutning", "Efter jul"),
        ("utbildningar efter nyår", "från 1 januari 2027", "Vårkurs", "Efter jul"),
        ("utbildningar i vår", "1 mars–31 maj 2027", "Vårkurs", "Sommarkurs"),
        ("utbildningar i mars nej jag menade maj", "i maj 2027", "Vårkurs", "Sommarkurs"),
    ]:
        await anna.says(asked)
        anna.hears(f"Utbildningar {told}", found)
        anna.does_not_hear(missing)


async def test_the_countys_trainings_are_found_from_the_contact_card(
    tryggve: Town, anna: Person
) -> None:
    await create_training(tryggve, title="I Växjö", county="07")
    await create_training(tryggve, title="I Lund", county="12")
    await anna.says("byt kommun till Växjö")
    for act in (anna.taps, anna.says):
        await act("Utbildningar i länet")
        anna.hears("I Växjö")
        anna.does_not_hear("I Lund")
        await anna.says("min samordnare")


async def test_at_most_five_are_shown(tryggve: Town, anna: Person) -> None:
    for number in range(7):
        await create_training(tryggve, title=f"Kurs nummer {number}")
    await anna.says("utbildningar")

    anna.hears("5 – Kurs nummer 4")
    anna.does_not_hear("Kurs nummer 5")


async def test_one_tap_signs_up_and_gives_a_calendar_file(tryggve: Town, anna: Person) -> None:
    await create_training(tryggve, title="Lägesbild i praktiken")
    await anna.says("utbildningar")
    await anna.taps("Anmäl mig till 1")
    anna.hears("Du är anmäld", "Lägesbild i praktiken")

    path = anna.button("Till kalendern (.ics)")["url"].split("3978", 1)[1]
    async with tryggve.http.get(tryggve.url + path) as response:
        assert response.status == 200
        event = Calendar.from_ical(await response.read()).walk("VEVENT")[0]
    assert event["SUMMARY"] == "Lägesbild i praktiken"
    assert str(event["DTSTART"].dt.tzinfo) == "Europe/Stockholm"


async def test_the_link_answers_in_swedish_when_the_place_is_given_back(
    tryggve: Town, anna: Person
) -> None:
    await create_training(tryggve, title="Läges<b>bild</b>")
    await anna.says("utbildningar")
    await anna.taps("Anmäl mig till 1")
    anna.does_not_hear("kB")
    path = anna.button("Till kalendern (.ics)")["url"].split("3978", 1)[1]
    first = await _fetched(tryggve, path)
    await anna.says("mina utbildningar")
    await anna.taps("Avanmäl mig från 1")
    await anna.says("ja")

    async with tryggve.http.get(tryggve.url + path) as response:
        assert (response.status, response.content_type) == (410, "text/html")
        page = read_page(await response.text())
    assert page.attributes("html") == [{"lang": "sv"}]
    assert "Du är inte längre anmäld" in page.text
    assert "Läges<b>bild</b>" in page.text
    (removal,) = [one["href"] for one in page.attributes("a") if one["href"].endswith(".ics")]
    removed = await _fetched(tryggve, removal)
    assert removed["METHOD"] == "CANCEL"

    await anna.says("utbildningar")
    await anna.taps("Anmäl mig till 1")
    again = await _fetched(tryggve, path)
    events = [one.walk("VEVENT")[0] for one in (first, removed, again)]
    assert len({str(one["UID"]) for one in events}) == 1
    assert [one["SEQUENCE"] for one in events] == [0, 1, 2]


@pytest.mark.parametrize("path", ["gissad-nyckel-123.ics", "x.ics", "", "a/b", "%0d%0a.ics"])
async def test_a_link_to_nothing_answers_in_swedish(tryggve: Town, path: str) -> None:
    async with tryggve.http.get(f"{tryggve.url}/kalender/{path}") as response:
        assert response.status == 404
        assert "Kalenderfilen finns inte" in await response.text()


async def test_who_waits_has_no_file_yet(tryggve: Town, anna: Person) -> None:
    training = await create_training(tryggve, seats=0)
    await anna.says("utbildningar")
    await anna.taps("Ställ mig i kö till 1")
    person = await tryggve.tryggve.directory.find_person(TENANT, anna.object_id)
    assert person
    signup = await tryggve.tryggve.trainings.find_signup(person, training)
    assert signup
    url = f"{tryggve.url}/kalender/{signup.calendar_token}.ics"
    async with tryggve.http.get(url) as response:
        assert response.status == 410
        assert "Du står i kö" in await response.text()


async def _fetched(tryggve: Town, path: str) -> Any:
    async with tryggve.http.get(tryggve.url + path) as response:
        assert response.status == 200
        return Calendar.from_ical(await response.read())


async def test_a_second_tap_says_so_and_changes_nothing(tryggve: Town, anna: Person) -> None:
    training = await create_training(tryggve, seats=5)
    await anna.says("utbildningar")
    button = anna.button("Anmäl mig till 1")
    await anna.taps_action(button)
    await anna.taps_action(button)

    anna.hears("Du är redan anmäld")
    assert (await tryggve.tryggve.trainings.get(training)).taken == 1


async def test_everything_also_works_typed(tryggve: Town, anna: Person) -> None:
    await create_training(tryggve, title="Lägesbild i praktiken")
    await anna.says("utbildningar")
    await anna.says("anmäl mig till 1")
    anna.hears("Du är anmäld")
    await anna.says("mina utbildningar")
    anna.hears("Lägesbild i praktiken", "Du har en plats")
    await anna.says("avanmäl mig från lägesbild i praktiken")
    anna.hears("Vill du avanmäla dig från Lägesbild i praktiken?")
    await anna.says("kanske")
    anna.hears("Svara ”ja”")
    await anna.says("nej tack")
    anna.hears("Du har kvar din plats")
    await anna.says("avboka")
    await anna.says("Ja!")
    anna.hears("Du är avanmäld från Lägesbild i praktiken")
    await anna.says("mina utbildningar")
    anna.hears("Du är inte anmäld till någon utbildning")


async def test_a_full_training_puts_you_in_line_and_a_freed_seat_goes_to_the_first(
    tryggve: Town, anna: Person
) -> None:
    await create_training(tryggve, seats=1)
    berit, cecilia = tryggve.person("Berit Berg"), tryggve.person("Cecilia Ceder")
    await anna.says("utbildningar")
    await anna.taps("Anmäl mig till 1")
    for person, place in ((berit, 1), (cecilia, 2)):
        await person.says("utbildningar")
        person.hears("Fullt")
        await person.taps("Ställ mig i kö till 1")
        person.hears("Du står i kö", f"Du har plats {place} i kön")

    await anna.says("avanmäl mig")
    await anna.taps("Ja, avanmäl mig")
    await the_time_has_come(tryggve.tryggve, holding.KIND)

    await berit.is_told("Du har fått en plats")
    await cecilia.says("mina utbildningar")
    cecilia.hears("Du har plats 1 i kön.")


async def test_a_sign_up_in_a_channel_continues_in_the_own_chat(
    tryggve: Town, anna: Person
) -> None:
    await create_training(tryggve, title="Lägesbild i praktiken")
    await anna.says("hej")
    await anna.says("utbildningar", channel="19:kanalen")
    await anna.taps("Anmäl mig till 1", channel="19:kanalen")

    anna.hears("Jag svarar dig i vår egen chatt")
    told = tryggve.teams.posts[-1]
    assert told["conversation"] == anna.chat
    anna.hears("Du skrev till mig i Trygghetsgruppen", "Du är anmäld")


async def test_a_hostile_title_is_shown_as_plain_text(tryggve: Town, anna: Person) -> None:
    hostile = "[logga in](http://evil.example) **nu** <at>Chef</at> {{DATE(x)}}"
    await create_training(tryggve, title=hostile)
    await anna.says("utbildningar")

    anna.does_not_hear("[logga in](http")
    anna.does_not_hear("<at>")
    anna.does_not_hear("{{")
