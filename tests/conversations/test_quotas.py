"""A coordinator keeps seats for a county or a municipality, and they go to its people."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from knowledge.trainings.quotas import release
from tests.support.timers import the_time_has_come
from tests.support.town import TENANT, Person, Town, town

CLOCK = {"now": datetime(2026, 11, 21, 12, tzinfo=UTC)}

LINES = """Titel: Trygga torg på riktigt
Datum: 10 december 2026
Tid: 9-12
Plats: Växjö
Platser: 3"""


@pytest.fixture
async def november(database_url: str) -> AsyncIterator[Town]:
    CLOCK["now"] = datetime(2026, 11, 21, 12, tzinfo=UTC)
    quiet = {"quiet_hours": "20:00-07:00", "tenants": {TENANT: "0780"}}
    async with town(database_url, now=lambda: CLOCK["now"], **quiet) as running:
        yield running


@pytest.fixture
async def kerstin(november: Town) -> Person:
    """Coordinator of Kronoberg."""
    return await november.coordinator("Kerstin Karlsson", "07")


async def plans(kerstin: Person, *lines: str) -> None:
    await kerstin.says("ny utbildning")
    await kerstin.says("\n".join([LINES, *lines]))


@pytest.mark.both_databases
async def test_seats_are_kept_until_the_day_and_then_for_all(
    november: Town, kerstin: Person
) -> None:
    kalle, vera = november.person("Kalle Karp"), november.person("Vera Vik")
    await kalle.says("byt kommun till Kalmar")
    await kalle.says("Kalmar kommun")
    await plans(kerstin, "Kvoter: Kronoberg 2", "Kvoterna släpps: 1 december 2026")
    kerstin.hears(
        "1 plats kvar, och 2 som hålls för Kronobergs län till 1 december 2026",
        "Hålls till 1 december 2026: 2 platser för Kronobergs län.",
    )
    await kerstin.taps("Publicera")
    kerstin.hears("Hålls till 1 december 2026: 2 platser för Kronobergs län.")

    kim = november.person("Kim Kvist")
    await kim.says("byt kommun till Torsås")
    await kim.says("utbildningar")
    kim.hears("1 plats kvar, och 2 som hålls för Kronobergs län till 1 december 2026")
    await kim.taps("Anmäl mig till 1")
    kim.hears("Du är anmäld")

    await kalle.says("utbildningar")
    kalle.hears("Platser kvar för Kronobergs län: 2. Andra ställs i kö till 1 december 2026.")
    await kalle.taps("Anmäl mig till 1")
    kalle.hears(
        "Du har plats 1 i kön",
        "Platserna som är kvar hålls för Kronobergs län till 1 december 2026. Därefter går de till"
        " kön i ordning",
    )
    kalle.does_not_hear("full")
    await vera.says("utbildningar")
    await vera.taps("Anmäl mig till 1")
    vera.hears("Du har plats 2 i kön", "Skriv ”byt kommun till” och namnet på din kommun.")
    await vera.says("byt kommun till Växjö")
    await vera.says("utbildningar")
    await vera.says("anmäl mig till 1")
    vera.hears("anmäld")
    await kalle.says("mina utbildningar")
    kalle.hears("Du har plats 1 i kön.")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Kronoberg 4", "Kvoten är 4 platser, men utbildningen har bara 3."),
        ("Kronoberg 2, Växjö 2", "Kvoterna är tillsammans 4 platser, men"),
        ("Blåkulla 1", "Jag känner inte igen platsen ”Blåkulla”."),
        ("Kalmar 1", "Menar du Kalmar kommun eller Kalmar län? Skriv till exempel"),
        ("Växjö 0", "En kvot är minst 1 plats. Ta bort Växjö kommun"),
        ("Växjö -2", "En kvot är minst 1 plats."),
        ("Växjö 1, Växjö kommun 1", "Växjö kommun står två gånger."),
        ("några till Växjö", "Jag kan inte läsa ”några till Växjö”."),
        ("hela landet 1", "Jag känner inte igen platsen"),
        ("Kronoberg och Kalmar län 1", "Jag"),
    ],
)
async def test_a_quota_that_cannot_be_is_told_in_the_form(
    kerstin: Person, line: str, said: str
) -> None:
    await plans(kerstin, f"Kvoter: {line}")
    kerstin.hears(said)
    kerstin.does_not_hear("Publicera")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Kronoberg 2", "2 platser för Kronobergs län."),
        ("Kronobergs län: 2", "2 platser för Kronobergs län."),
        ("2 till Växjö", "2 platser för Växjö kommun."),
        ("1 plats för Kalmar län och 2 Lund", "1 plats för Kalmar län och 2 platser för Lunds"),
        ("Kronoberg 1; Växjö 2 platser", "1 plats för Kronobergs län och 2 platser för Växjö"),
    ],
)
async def test_it_is_written_as_people_write(kerstin: Person, line: str, said: str) -> None:
    await plans(kerstin, f"Kvot: {line}")
    kerstin.hears(f"Hålls tills utbildningen börjar: {said}")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("1 november 2026", "Den tiden har redan varit."),
        ("11 december 2026", "Kvoterna måste släppas innan utbildningen börjar."),
        ("vid midsommar", "Jag kan inte läsa tiden ”vid midsommar”."),
    ],
)
async def test_a_time_that_cannot_be_is_told_too(kerstin: Person, line: str, said: str) -> None:
    await plans(kerstin, "Kvoter: Växjö 1", f"Kvoterna släpps: {line}")
    kerstin.hears(said)
    kerstin.does_not_hear("Publicera")


async def test_what_others_have_taken_cannot_be_kept_and_nothing_is_changed(
    november: Town, kerstin: Person
) -> None:
    await plans(kerstin, "Kvoter: Växjö 1", "Kvoterna släpps: 1 december 2026 kl 12")
    await kerstin.taps("Publicera")
    for name in ("Kalle Karp", "Kim Kvist"):
        person = november.person(name)
        await person.says("byt kommun till Torsås")
        await person.says("utbildningar")
        await person.taps("Anmäl mig till 1")
    await kerstin.says("utbildningar jag håller")
    await kerstin.taps("Visa 1")
    await kerstin.taps("Ändra")
    await kerstin.says("Kvoter: Växjö 2")
    await kerstin.taps("Spara ändringen")
    kerstin.hears("Så många platser kan inte hållas", "2 av 3 platser är redan tagna")
    await kerstin.says("utbildningar jag håller")
    await kerstin.taps("Visa 1")
    kerstin.hears("Hålls till 1 december 2026 kl. 12.00: 1 plats för Växjö kommun.")


async def test_when_the_day_comes_who_waits_is_told_of_a_seat(
    november: Town, kerstin: Person
) -> None:
    kalle = november.person("Kalle Karp")
    await kalle.says("byt kommun till Torsås")
    await plans(kerstin, "Kvoter: Växjö 3", "Kvoterna släpps: 1 december 2026")
    await kerstin.taps("Publicera")
    await kalle.says("utbildningar")
    await kalle.taps("Anmäl mig till 1")
    kalle.hears("Du har plats 1 i kön")
    CLOCK["now"] += timedelta(days=12)
    await the_time_has_come(november.tryggve, release.KIND)
    await kalle.is_told("Du har fått en plats")
