"""A training of several meetings, from the form to everybody's calendar."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from io import StringIO
from typing import Any

import pytest
from dateutil import tz

from tests.conversations.test_plan_training import FORM, fields, fills_in
from tests.support.town import TENANT, Person, Town, town

CLOCK = {"now": datetime(2026, 11, 21, 12, tzinfo=UTC)}

MEETINGS = "17 december 2026 09-12\n2027-01-14 13.00–15.30\ntorsdag 21 januari 2027 kl. 9–12"


@pytest.fixture
async def november(database_url: str) -> AsyncIterator[Town]:
    """An installation on 21 November 2026."""
    CLOCK["now"] = datetime(2026, 11, 21, 12, tzinfo=UTC)
    quiet = {"quiet_hours": "20:00-07:00", "tenants": {TENANT: "0780"}}
    async with town(database_url, now=lambda: CLOCK["now"], **quiet) as running:
        yield running


@pytest.fixture
async def kerstin(november: Town) -> Person:
    """Coordinator of Kronoberg."""
    return await november.coordinator("Kerstin Karlsson", "07")


async def plans(kerstin: Person, **changed: Any) -> None:
    await kerstin.says("ny utbildning")
    await fills_in(kerstin, **{**FORM, "meetings": MEETINGS, **changed})


@pytest.mark.both_databases
async def test_a_series_is_one_seat_at_all_its_meetings(november: Town, kerstin: Person) -> None:
    anna = november.person("Anna Alm")
    await plans(kerstin)
    kerstin.hears(
        "Så här ser utbildningen ut", "4 träffar, och platsen gäller alla",
        "torsdag 10 december 2026 kl. 09.00–12.00", "torsdag 17 december 2026 kl. 09.00–12.00",
        "torsdag 14 januari 2027 kl. 13.00–15.30", "torsdag 21 januari 2027 kl. 09.00–12.00",
    )  # fmt: skip
    await kerstin.taps("Publicera")
    await kerstin.says("utbildningar jag håller")
    kerstin.hears("Sedan 17 december, 14 januari 2027 och 21 januari 2027 (4 träffar).")

    await anna.says("utbildningar")
    anna.hears("torsdag 10 december 2026 kl. 09.00–12.00", "(4 träffar)")
    await anna.says("hur länge håller 1 på?")
    anna.hears("4 träffar, sammanlagt 11 timmar och 30 minuter")
    await anna.says("anmäl mig till 1")
    anna.hears("Du är anmäld", "torsdag 14 januari 2027 kl. 13.00–15.30")
    await anna.says("mina utbildningar")
    anna.hears("Sedan 17 december", "(4 träffar)")


@pytest.mark.both_databases
async def test_one_meeting_moves_and_one_is_dropped_in_everybodys_calendar(
    november: Town, kerstin: Person
) -> None:
    anna = november.person("Anna Alm")
    await plans(kerstin)
    await kerstin.taps("Publicera")
    await anna.says("utbildningar")
    await anna.taps("Anmäl mig till 1")
    first = await calendar(november, anna)
    assert [one["STATUS"] for one in first] == ["CONFIRMED"] * 4
    assert len({one["UID"] for one in first}) == 4

    await kerstin.says("ändra utbildningen")
    moved = "2026-12-18 09:00–12:00\n2027-01-21 09:00–12:00"
    await fills_in(kerstin, **{**fields(kerstin), "meetings": moved})
    kerstin.hears("3 träffar", "1 person får veta den nya tiden")
    await kerstin.taps("Spara ändringen")
    kerstin.hears("Ändringen är sparad. 1 person får veta det.")
    await anna.is_told("Ändrad tid eller plats")
    anna.hears(
        "Flyttad: torsdag 17 december 2026 kl. 09.00–12.00. "
        "Nu: fredag 18 december 2026 kl. 09.00–12.00.",
        "Träffen är struken: torsdag 14 januari 2027 kl. 13.00–15.30.",
    )
    second = await calendar(november, anna)
    was, now = ({one["UID"]: one for one in some} for some in (first, second))
    assert {*was} == {*now}
    assert all(int(now[uid]["SEQUENCE"]) > int(was[uid]["SEQUENCE"]) for uid in was)
    ends = {one["when"]: one["STATUS"] for one in second}
    assert ends == {
        datetime(2026, 12, 10, 8, tzinfo=UTC): "CONFIRMED",
        datetime(2026, 12, 18, 8, tzinfo=UTC): "CONFIRMED",
        datetime(2027, 1, 21, 8, tzinfo=UTC): "CONFIRMED",
        datetime(2027, 1, 14, 12, tzinfo=UTC): "CANCELLED",
    }
    told = [one for one in anna.inbox() if "Ändrad tid eller plats" in str(one)]
    assert len(told) == 1

    CLOCK["now"] = datetime(2026, 11, 22, 12, tzinfo=UTC)
    bo = november.person("Bo Berg")
    await bo.says("utbildningar")
    await bo.taps("Anmäl mig till 1")
    assert [one["STATUS"] for one in await calendar(november, bo)] == ["CONFIRMED"] * 3


async def calendar(tryggve: Town, person: Person) -> list[dict[str, Any]]:
    """The events of the file on the card last heard, taken apart by hand; their moments by the
    file's own time zone."""
    url = person.button("Till kalendern (.ics)")["url"]
    path = url[url.index("/kalender") :]
    async with tryggve.http.get(f"{tryggve.url}{path}") as response:
        assert response.status == 200
        lines = (await response.text()).replace("\r\n ", "").split("\r\n")
    zone = tz.tzical(StringIO("\n".join(lines))).get("Europe/Stockholm")
    events: list[dict[str, Any]] = []
    for line in lines[lines.index("END:VTIMEZONE") :]:
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            events.append({})
        elif events:
            events[-1][name.partition(";")[0]] = value
    for one in events:
        local = datetime.strptime(one["DTSTART"], "%Y%m%dT%H%M%S")  # noqa: DTZ007 - local
        one["when"] = local.replace(tzinfo=zone).astimezone(UTC)
    return events


@pytest.mark.both_databases
async def test_a_series_is_signed_up_for_one_meeting_at_a_time(
    november: Town, kerstin: Person
) -> None:
    anna = november.person("Anna Alm")
    await plans(kerstin, series="singly", meetings="17 december 2026 09-12")
    kerstin.hears("Serie med 2 träffar", "torsdag 17 december 2026 kl. 09.00–12.00")
    await kerstin.taps("Ändra")
    assert fields(kerstin)["meetings"] == "2026-12-17 09:00–12:00"
    assert fields(kerstin)["series"] == "singly"
    await fills_in(kerstin, **{**fields(kerstin), "meetings": MEETINGS})
    kerstin.hears("Serie med 4 träffar")
    await kerstin.says("utbildningar jag håller")
    kerstin.hears("Utkast.", "Ingår i en serie.")
    kerstin.does_not_hear("Visa 2")
    await kerstin.taps("Visa 1")
    await kerstin.taps("Granska och publicera")
    await kerstin.taps("Publicera")
    kerstin.hears("Publicerad. Alla 4 träffar", "En ändring gäller bara den här träffen")

    await anna.says("utbildningar")
    anna.hears("torsdag 10 december 2026", "torsdag 21 januari 2027")
    await anna.taps("Anmäl mig till 3")
    anna.hears("Du är anmäld", "torsdag 14 januari 2027 kl. 13.00–15.30")
    anna.does_not_hear("träffar")
    await kerstin.says("utbildningar jag håller")
    await kerstin.taps("Visa 3")
    kerstin.hears("1 av 2 platser är tagna")


async def test_a_series_is_typed(november: Town, kerstin: Person) -> None:
    await kerstin.says(
        "Ny utbildning\nTitel: Fyra kvällar\nPlats: Växjö\nPlatser: 10\nÄmne: lägesbild\n"
        f"Träffar:\n{MEETINGS}"
    )
    kerstin.hears("Fyra kvällar", "3 träffar, och platsen gäller alla", "17 december 2026")
    await kerstin.says("Serie: träff för träff")
    kerstin.hears("Serie med 3 träffar")
    await kerstin.says("publicera")
    kerstin.hears("Publicerad. Alla 3 träffar")


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("17 dec", "Rad 1, ”17 dec”: jag kan inte läsa raden"),
        ("17 december 2026 09-12\nnån kväll 18-20", "Rad 2, ”nån kväll 18-20”"),
        ("17 december 2026 12-09", "Rad 1, ”17 december 2026 12-09”: träffen slutar innan"),
        ("1 december 2026 09-12", "träffen börjar före den som står innan"),
        ("10 december 2026 11-13", "träffen börjar innan den förra är slut"),
        ("10 november 2026 11-13", "den tiden har redan varit"),
        ("28 mars 2027 02.30-05", "klockan ställs fram"),
        ("20 december 2028 09-12", "mer än ett år bort"),
        ("31 februari 2027 09-12", "jag kan inte läsa raden"),
        ("12-14 januari 2027 09-12", "jag kan inte läsa raden"),
        ("\n".join(f"{day} januari 2027 09-12" for day in range(4, 26)), "högst 20 träffar"),
    ],
)
async def test_a_line_that_is_wrong_is_told_and_nothing_is_lost(
    november: Town, kerstin: Person, lines: str, told: str
) -> None:
    await plans(kerstin, meetings=lines, summary="Kvar")
    kerstin.hears("Något behöver rättas", told)
    assert fields(kerstin)["meetings"] == lines
    assert fields(kerstin)["summary"] == "Kvar"
    await kerstin.says(f"Träffar: {MEETINGS}")
    kerstin.hears("Så här ser utbildningen ut", "4 träffar")


async def test_a_series_that_has_begun_keeps_what_has_been(november: Town, kerstin: Person) -> None:
    anna, bo = november.person("Anna Alm"), november.person("Bo Berg")
    await plans(kerstin, seats="1")
    await kerstin.taps("Publicera")
    for one in (anna, bo):
        await one.says("utbildningar")
        await one.says("anmäl mig till 1")
    CLOCK["now"] = datetime(2026, 12, 11, 12, tzinfo=UTC)
    await kerstin.says("utbildningar jag håller")
    await kerstin.taps("Visa 1")
    await kerstin.taps("Ändra")
    before = fields(kerstin)
    await fills_in(kerstin, **{**before, "date": "2026-12-12"})
    kerstin.hears("En träff som redan har börjat kan inte ändras")
    await fills_in(kerstin, **{**before, "meetings": "2026-12-17 10:00–12:00", "seats": "2"})
    kerstin.hears("2 personer får veta den nya tiden")
    kerstin.does_not_hear("får en plats")
    await kerstin.taps("Spara ändringen")
    kerstin.hears("Ändringen är sparad. 2 personer får veta det.")
    await anna.is_told("Träffen är struken: torsdag 14 januari")
    bo.does_not_hear("Du har fått en plats")
    await kerstin.says("ställ in utbildningen")
    await kerstin.says("Orsak: Sjukdom")
    await kerstin.says("ja")
    await anna.is_told("Utbildningen är inställd")


async def test_a_series_is_copied_for_other_days(november: Town, kerstin: Person) -> None:
    await plans(kerstin)
    await kerstin.taps("Publicera")
    await kerstin.says("kopiera")
    kerstin.hears("Det här är en kopia", "de andra träffarna under ”Fler val”")
    assert fields(kerstin)["title"] == FORM["title"]
    assert not fields(kerstin)["meetings"]


async def test_meetings_on_both_nights_of_the_clock(november: Town, kerstin: Person) -> None:
    anna = november.person("Anna Alm")
    nights = "28 mars 2027 01.30-04\n31 oktober 2027 01-04"
    await plans(kerstin, meetings=nights)
    await kerstin.taps("Publicera")
    await anna.says("utbildningar")
    await anna.taps("Anmäl mig till 1")
    anna.hears("söndag 28 mars 2027 kl. 01.30–04.00", "söndag 31 oktober 2027 kl. 01.00–04.00")
    when = [one["when"] for one in await calendar(november, anna)]
    assert when[1:] == [
        datetime(2027, 3, 28, 0, 30, tzinfo=UTC), datetime(2027, 10, 30, 23, tzinfo=UTC)
    ]  # fmt: skip


@pytest.mark.both_databases
@pytest.mark.parametrize(
    ("said", "which"),
    [
        ("utbildningar i januari", "Träff 3 av 4: torsdag 14 januari 2027 kl. 13.00–15.30"),
        ("finns det någon kurs den 21 januari?", "Träff 4 av 4: torsdag 21 januari 2027"),
        ("kurser i Växjö efter nyår", "Träff 3 av 4: torsdag 14 januari 2027"),
    ],
)
async def test_it_is_found_by_each_of_its_meetings(
    november: Town, kerstin: Person, said: str, which: str
) -> None:
    anna = november.person("Anna Alm")
    await plans(kerstin)
    await kerstin.taps("Publicera")
    await anna.says(said)
    anna.hears("Trygga torg på riktigt", which, "Anmäl mig till 1")


async def test_by_its_first_meeting_no_other_is_named(november: Town, kerstin: Person) -> None:
    anna = november.person("Anna Alm")
    await plans(kerstin)
    await kerstin.taps("Publicera")
    await anna.says("utbildningar i december")
    anna.hears("Trygga torg på riktigt", "torsdag 10 december 2026")
    anna.does_not_hear("Träff 1 av")
    await anna.says("utbildningar i februari")
    anna.does_not_hear("Trygga torg på riktigt")
    for never in ("utbildningar på fredagar i januari", "utbildningar i början av januari"):
        await anna.says(never)
        anna.does_not_hear("Träff")


async def test_one_of_a_list_is_meant_by_any_meeting(november: Town, kerstin: Person) -> None:
    anna = november.person("Anna Alm")
    await plans(kerstin)
    await kerstin.taps("Publicera")
    await plans(kerstin, title="Lugna skolor", meetings="", date="2026-12-11")
    await kerstin.taps("Publicera")
    await anna.says("utbildningar")
    await anna.says("den i januari")
    anna.hears("Ska jag anmäla dig till Trygga torg på riktigt")


async def test_what_has_begun_is_not_offered(november: Town, kerstin: Person) -> None:
    anna = november.person("Anna Alm")
    await plans(kerstin)
    await kerstin.taps("Publicera")
    CLOCK["now"] = datetime(2026, 12, 12, 12, tzinfo=UTC)
    await anna.says("utbildningar i januari")
    anna.hears("Det finns inga utbildningar att anmäla sig till just nu")
    anna.does_not_hear("Anmäl mig till")
