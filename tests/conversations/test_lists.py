"""Long lists: how many there are, going on, and numbers that keep their meaning."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.conversations.test_schedule import FORM
from tests.support.builders import create_training
from tests.support.team_room import TeamRoom
from tests.support.town import TENANT, Person, Town, town

pytestmark = pytest.mark.both_databases

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
HELD = (
    {"county": "07", "place": "Växjö, Länsstyrelsen", "themes": ("lagesbild",)},
    {"county": "12", "place": "Lund", "themes": ("sekretess",)},
    {"county": "07", "place": "Digitalt i Teams", "themes": ("pengar",)},
    {"county": "13", "place": "Laholm", "themes": ("unga",)},
    {"county": "12", "place": "Malmö", "themes": ("samverkan",)},
)
"""Where and about what the trainings are, by turns."""


@pytest.fixture
async def here(database_url: str) -> AsyncIterator[Town]:
    """An installation with 23 trainings, nine days apart."""
    async with town(database_url, tenants={TENANT: "0780"}, now=lambda: NOW) as running:
        for number in range(23):
            about: dict[str, Any] = {"title": f"Kurs {number + 1}", **HELD[number % len(HELD)]}
            starts_at = NOW + timedelta(days=3 + 9 * number)
            await create_training(running, starts_at=starts_at, **about)
        yield running


@pytest.fixture
def anna(here: Town) -> Person:
    return here.person("Anna Alm")


async def test_trainings_go_on_from_where_the_list_was(anna: Person) -> None:
    await anna.says("utbildningar")
    anna.hears("5 – Kurs 5", "Visar 1–5 av 23.")
    await anna.says("fler utbildningar")
    anna.hears("6 – Kurs 6", "10 – Kurs 10", "Visar 6–10 av 23.")
    await anna.taps("Visa fler")
    anna.hears("11 – Kurs 11", "Visar 11–15 av 23.")
    await anna.says("föregående")
    anna.hears("6 – Kurs 6", "Visar 6–10 av 23.")
    await anna.says("tillbaka")
    anna.hears("1 – Kurs 1", "Visar 1–5 av 23.")
    await anna.says("föregående")
    anna.hears("Här börjar listan, som har 23 rader.")
    await anna.says("visa alla")
    anna.hears("1 – Kurs 1", "23 – Kurs 23")
    await anna.says("fler")
    anna.hears("Det finns bara de 23 som du har sett.")


async def test_a_narrowed_list_goes_on_narrowed(anna: Person) -> None:
    await anna.says("utbildningar i Kronoberg eller Skåne")
    anna.hears("Kronobergs län och Skåne län", "Visar 1–5 av 19.")
    first_page = anna.button("Visa fler")
    await anna.taps("Visa fler")
    anna.hears("Kronobergs län och Skåne län", "Visar 6–10 av 19.")
    await anna.says("utbildningar i Halland")
    await anna.taps_action(first_page)
    anna.hears("Kronobergs län och Skåne län", "Visar 6–10 av 19.")


async def test_a_number_means_the_same_on_every_page(anna: Person) -> None:
    await anna.says("utbildningar")
    await anna.says("fler")
    await anna.says("anmäl mig till 7")
    anna.hears("Du är anmäld", "Kurs 7")
    await anna.says("anmäl mig till 2")
    anna.hears("Du är anmäld", "Kurs 2")
    await anna.says("anmäl mig till 12")
    anna.hears("Ska jag anmäla dig till Kurs 12")
    await anna.says("ja")
    anna.hears("Du är anmäld", "Kurs 12")
    await anna.says("anmäl mig till 24")
    anna.hears("Kommande utbildningar")
    await anna.says("mina utbildningar")
    anna.hears("Kurs 2", "Kurs 7", "3 – Kurs 12")
    anna.does_not_hear("4 – ")


async def test_what_was_leafed_past_has_not_been_seen(anna: Person) -> None:
    await anna.says("utbildningar")
    await anna.says("sida 4")
    anna.hears("16 – Kurs 16", "Visar 16–20 av 23.")
    await anna.says("anmäl mig till 12")
    anna.hears("Ska jag anmäla dig till Kurs 12")
    await anna.says("nej, den 17 april")
    anna.does_not_hear("Du är anmäld")


async def test_an_empty_list_leaves_no_numbers_behind(anna: Person) -> None:
    await anna.says("utbildningar på fredagar")
    await anna.says("utbildningar imorgon")
    anna.hears("Det finns inga utbildningar fredag 27 november 2026.")
    await anna.says("anmäl mig till 2")
    anna.does_not_hear("Du är anmäld")


async def test_a_number_is_not_moved_by_what_is_added_meanwhile(here: Town, anna: Person) -> None:
    await anna.says("utbildningar")
    await create_training(here, title="Inskjuten", starts_at=NOW + timedelta(days=1))
    await anna.says("fler")
    anna.hears("6 – Kurs 6")
    await anna.says("anmäl mig till 1")

    anna.hears("Du är anmäld", "Kurs 1")


async def test_ones_own_trainings_are_all_counted(here: Town, anna: Person) -> None:
    await anna.says("visa alla utbildningar")
    for number in range(1, 8):
        await anna.says(f"anmäl mig till {number}")
    await anna.says("mina utbildningar")
    anna.hears("5 – Kurs 5", "Visar 1–5 av 7.")
    await anna.says("fler")
    anna.hears("6 – Kurs 6", "7 – Kurs 7", "Visar 6–7 av 7.")
    await anna.says("avanmäl mig från 6")
    anna.hears("Vill du avanmäla dig från Kurs 6?")
    await anna.says("ja")
    await anna.says("mina utbildningar")
    anna.hears("Visar 1–5 av 6.")
    await anna.says("avanmäl mig från den i Lund")
    anna.does_not_hear("Du är avanmäld")


@pytest.mark.parametrize(
    ("said", "asks"),
    [
        ("anmäl mig till den i Lund", ""),
        ("anmäl mig till den digitala", ""),
        ("anmäl mig till den sista", ""),
        ("anmäl mig till den om sekretess", ""),
        ("den i Lund", "Ska jag anmäla dig till Kurs 2,"),
        ("den sista", "Ska jag anmäla dig till Kurs 5,"),
        ("1:an", "Ska jag anmäla dig till Kurs 1,"),
        ("den 8 december", "Ska jag anmäla dig till Kurs 2,"),
        ("jag skulle vilja gå den i Laholm", "Ska jag anmäla dig till Kurs 4,"),
        ("1 och 3", "Kurs 1, söndag 29 november 2026 kl. 13.00 och Kurs 3,"),
        ("den i Skåne", "Vilken menar du, ”2” eller ”5”?"),
        ("anmäl mig till 2 eller 3", "Vilken menar du, ”2” eller ”3”?"),
    ],
)
async def test_one_of_the_list_is_picked_as_people_say_it(
    anna: Person, said: str, asks: str
) -> None:
    await anna.says("utbildningar")
    await anna.says(said)
    anna.hears(asks or "Du är anmäld")
    if asks:
        anna.does_not_hear("Du är anmäld")
        await anna.says("mina utbildningar")
        anna.hears("Du är inte anmäld till någon")


async def test_both_are_asked_about_and_both_are_booked(anna: Person) -> None:
    await anna.says("utbildningar")
    await anna.says("anmäl mig till 1 och 3")
    anna.hears("Ska jag anmäla dig till Kurs 1, ")
    await anna.says("ja")
    anna.hears("Klart, 2 anmälningar", "Kurs 1", "Kurs 3")
    await anna.says("mina utbildningar")
    anna.hears("Kurs 1", "Kurs 3")


async def test_which_of_two_is_heard(anna: Person) -> None:
    await anna.says("anmäl mig")
    await anna.says("den i Skåne")
    anna.hears("Vilken menar du, ”2” eller ”5”?")
    await anna.says("1")
    anna.does_not_hear("Du är anmäld")
    await anna.says("5")
    anna.hears("Du är anmäld", "Kurs 5")


@pytest.mark.parametrize(
    "said",
    ["inte den i Lund", "är den i Lund bra?", "den i Lund?", "min kollega vill gå den i Lund",
     "hur ofta ska lägesbilden uppdateras i Lund", "den i Borås", "ångra", "7 av 10"],
)  # fmt: skip
async def test_what_only_names_one_of_the_list_books_nothing(anna: Person, said: str) -> None:
    await anna.says("anmäl mig")
    await anna.says(said)
    anna.does_not_hear("Du är anmäld")
    await anna.says("mina utbildningar")
    anna.hears("Du är inte anmäld till någon")


@pytest.mark.parametrize(
    ("said", "hears"),
    [
        ("utbildningar på distans i vår", ("på distans 1 mars–31 maj 2027", "Kurs 13", "Kurs 18")),
        ("digitala kurser v. 4–7", ("på distans 25 januari–21 februari 2027", "Kurs 8")),
        ("utbildningar på tisdagar", ("Utbildningar på tisdagar", "Kurs 2", "Kurs 9")),
        ("kurser om sekretess eller pengar", ("Kurs 2", "Kurs 3", "Kurs 7")),
        ("utbildningar i Lund där det finns plats", ("i Skåne län med lediga platser", "Kurs 2")),
        ("utbildningar med lunch i mars", ("i mars 2027", "Jag förstod inte ”lunch”")),
        ("utbildningar för rektorer", ("Det finns inga utbildningar för skolans personal",)),
        ("kurser om keramik", ("Jag förstod inte ”keramik”", "Kurs 1")),
        ("utbildningar i Hogwarts", ("Jag förstod inte ”Hogwarts”", "Kurs 1")),
        ("utbildningar som inte är digitala", ("Utbildningar på plats", "Kurs 1")),
    ],
)
async def test_all_of_a_wish_is_heard(anna: Person, said: str, hears: tuple[str, ...]) -> None:
    await anna.says(said)

    anna.hears(*hears)


async def test_what_was_not_understood_is_not_said_of_what_was(anna: Person) -> None:
    for said in ("utbildningar", "jag skulle vilja gå på nån kurs i maj", "kurser i Halland"):
        await anna.says(said)
        anna.does_not_hear("Jag förstod inte")


async def test_announcements_are_leafed_through(here: Town) -> None:
    await here.channel_is_added()
    kerstin = await here.coordinator("Kerstin Karlsson", "07")
    for number in range(1, 13):
        await kerstin.says("nytt utskick")
        await kerstin.taps("Förhandsgranska", **{**FORM, "heading": f"Utskick nummer {number}"})
    await kerstin.says("mina utskick")
    kerstin.hears("1 – Utskick nummer 12", "Visar 1–5 av 12.")
    await kerstin.says("fler utskick")
    kerstin.hears("6 – Utskick nummer 7", "Visar 6–10 av 12.")
    await kerstin.says("visa 7")
    kerstin.hears("Utskick nummer 6")
    await kerstin.says("mina utskick")
    await kerstin.says("visa alla")
    kerstin.hears("12 – Utskick nummer 1")
    await kerstin.says("12")
    kerstin.hears("Utskick nummer 1")


async def test_channels_are_leafed_through(here: Town) -> None:
    for number in range(1, 31):
        team = TeamRoom(here, id=f"19:team-{number}@thread.tacv2")
        await team.tells("teamRenamed", name=f"Grupp {number:02}")
    kerstin = await here.coordinator("Kerstin Karlsson", "07")
    await kerstin.says("mina kanaler")
    kerstin.hears("Visar 1–5 av 30.")
    await kerstin.says("fler")
    kerstin.hears("6 – Växjö: Grupp 06", "Visar 6–10 av 30.")
    await kerstin.says("fler kanaler")
    kerstin.hears("Visar 11–15 av 30.")
    await kerstin.taps("Föregående")
    kerstin.hears("Visar 6–10 av 30.")
    await kerstin.says("visa alla")
    kerstin.hears("30 – Växjö: Grupp 30")
    await kerstin.says("visa 27")
    kerstin.hears("Grupp 27 i Växjö")


async def test_mer_of_a_list_is_its_next_page(anna: Person) -> None:
    await anna.says("utbildningar")
    await anna.says("visa mer")

    anna.hears("Visar 6–10 av 23.")


async def test_fler_goes_on_with_the_list_that_was_shown_last(here: Town) -> None:
    await TeamRoom(here).tells("installed", "nyheter")
    kerstin = await here.coordinator("Kerstin Karlsson", "07")
    await kerstin.says("utbildningar")
    await kerstin.says("mina kanaler")
    await kerstin.says("anmäl mig till 2")
    kerstin.does_not_hear("Du är anmäld")
    await kerstin.says("utbildningar")
    await kerstin.says("hjälp")
    await kerstin.says("fler")
    kerstin.hears("Visar 6–10 av 23.")


async def test_tillbaka_leaves_what_is_under_way_where_no_list_can_be_turned(anna: Person) -> None:
    await anna.says("min samordnare")
    await anna.says("tillbaka")

    anna.hears("Jag har avbrutit.")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"county": "99"}, "länet ”99”"),
        ({"county": "07;Utopien"}, "länet ”Utopien”"),
        ({"county": ["07", {}]}, "länet ”null”"),
        ({"county": 12, "theme": "drönare"}, "ämnet ”drönare”"),
        ({"theme": "lagesbild,spöken"}, "ämnet ”spöken”"),
        ({"county": "länet", "theme": "spöken"}, "länet ”länet” och ämnet ”spöken”"),
    ],
)
async def test_a_field_that_is_not_understood_is_refused_by_name(
    anna: Person, data: dict[str, Any], said: str
) -> None:
    await anna.act({"type": "message", "value": {"verb": "trainings", **data}})
    anna.hears(f"Jag förstår inte {said}, så jag visar ingen lista.")
    await anna.says("fler")
    anna.does_not_hear("Kurs")


@pytest.mark.parametrize(
    ("data", "heading", "total"),
    [
        ({"county": "07"}, "Utbildningar i Kronobergs län", 10),
        ({"county": "Kronobergs län; 13"}, "Utbildningar i Kronobergs län och Hallands län", 14),
        ({"county": ["12", "13"]}, "Utbildningar i Skåne län och Hallands län", 13),
        ({"theme": "Unga"}, "Utbildningar om ", 4),
        ({"county": "", "theme": None}, "Kommande utbildningar", 23),
    ],
)
async def test_a_field_may_hold_values_and_titles_with_any_sign_between(
    anna: Person, data: dict[str, Any], heading: str, total: int
) -> None:
    await anna.act({"type": "message", "value": {"verb": "trainings", **data}})
    anna.hears(heading)
    anna.hears(f"av {total}.") if total > 5 else anna.hears(f"{total} – ")


@pytest.mark.parametrize(
    ("field", "written"),
    [("since", "2026-13-01"), ("until", "i vår"), ("weekday", "8"), ("online", "kanske")],
)
async def test_a_page_of_a_list_that_is_not_understood_is_not_a_page_of_all(
    anna: Person, field: str, written: str
) -> None:
    turned = {"verb": "turn_page", "of": "find_training", "first": "5", "size": "5"}
    await anna.act({"type": "message", "value": {**turned, field: written}})
    anna.hears(f"”{written}”", "så jag visar ingen lista")
