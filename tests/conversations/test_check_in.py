"""The day of the training: ticked in a list or checked in with a code, and corrected afterwards."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from knowledge.trainings.attendance.models import attendance_history
from tests.conversations.test_plan_training import CLOCK, kerstin, november, publishes
from tests.support.lint import actions_of, nodes_of
from tests.support.town import Json, Person, Town

__all__ = ["kerstin", "november"]

MORNING = datetime(2026, 12, 10, 7, 45, tzinfo=UTC)


async def takes_part(town: Town, *names: str) -> list[Person]:
    people = []
    for name in names:
        person = town.person(name)
        await person.installs()
        await person.says("anmäl mig till Trygga torg på riktigt")
        people.append(person)
    return people


@pytest.fixture
async def people(november: Town, kerstin: Person) -> list[Person]:
    """Anna, Bo and Cia have a seat, Dan waits; the day has come."""
    await publishes(kerstin, seats="3")
    found = await takes_part(november, "Anna Alm", "Bo Berg", "Cia Berg", "Dan Dahl")
    CLOCK["now"] = MORNING
    return found


def boxes(person: Person) -> Json:
    return next(
        node for card in person.cards() for node in nodes_of(card) if node.get("id") == "here"
    )


def ticked(person: Person) -> set[str]:
    field = boxes(person)
    titles = {one["value"]: one["title"] for one in field["choices"]}
    return {titles[one].split(",")[0] for one in field["value"].split(",") if one}


def value_of(person: Person, name: str) -> str:
    return next(one["value"] for one in boxes(person)["choices"] if name in one["title"])


async def code_of(kerstin: Person) -> str:
    await kerstin.says("visa qr-kod")
    return kerstin.words().split("”incheckning ", 1)[1][:6]


async def page_of(town: Town, url: str) -> tuple[int, str, bytes]:
    path = "/" + url.split("/", 3)[3]
    async with town.http.get(f"{town.url}{path}") as response:
        body = await response.read()
        return response.status, response.content_type, body


def links(person: Person) -> list[str]:
    return [one["url"] for card in person.cards() for one in actions_of(card) if "url" in one]


@pytest.mark.both_databases
async def test_ticking_in_the_list(november: Town, kerstin: Person, people: list[Person]) -> None:
    await kerstin.says("incheckning")
    kerstin.hears(
        "Incheckning: Trygga torg på riktigt",
        "0 är här, 0 är borta och 3 har inte prickats.",
        "Anna Alm, Okänd kommun",
    )
    kerstin.does_not_hear("Dan Dahl")
    await kerstin.taps("Spara", here=f"{value_of(kerstin, 'Anna')},{value_of(kerstin, 'Cia')}")
    kerstin.hears("Sparat. 2 är här.", "2 är här, 0 är borta och 1 har inte prickats.")
    assert ticked(kerstin) == {"Anna Alm", "Cia Berg"}
    await kerstin.taps("Spara", here=value_of(kerstin, "Anna"))
    kerstin.hears("Sparat. 1 är här.")
    await kerstin.taps("Resten är borta")
    kerstin.hears("2 personer är nu prickade som borta.", "Bo Berg, Okänd kommun (borta)")
    await kerstin.says("logg utbildningar")
    kerstin.hears(
        "prickade av 2 deltagare på utbildningen ”Trygga torg på riktigt”.",
        "prickade av en deltagare på utbildningen ”Trygga torg på riktigt”.",
    )


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("Anna Alm är här", "Anna Alm är prickad som här."),
        ("pricka av anna", "Anna Alm är prickad som här."),
        ("Anna Alm och Bo är här", "Anna Alm och Bo Berg är prickad som här."),
        ("borta: Cia Berg", "Cia Berg är prickad som borta."),
        ("Cia kom inte", "Cia Berg är prickad som borta."),
        ("Cia är inte här", "Cia Berg är prickad som borta."),
        ("resten är borta", "3 personer är nu prickade som borta."),
        ("alla är här", "3 personer är nu prickade som här."),
        ("Berg är här", "Flera heter ”Berg”"),
        ("Dan Dahl är här", "Jag hittar ingen med en plats som heter ”Dan Dahl”"),
        ("sök Cia", "1 heter ”Cia”"),
    ],
)
async def test_the_same_is_typed(
    november: Town, kerstin: Person, people: list[Person], words: str, told: str
) -> None:
    await kerstin.says("incheckning")
    await kerstin.says(words)
    kerstin.hears(told)


@pytest.mark.parametrize("words", ["är Anna Alm här?", "kanske är Anna Alm här", "Anna är här?"])
async def test_what_is_only_asked_marks_nobody(
    november: Town, kerstin: Person, people: list[Person], words: str
) -> None:
    await kerstin.says("incheckning")
    await kerstin.says(words)
    kerstin.does_not_hear("är prickad")


@pytest.mark.both_databases
async def test_who_has_a_seat_checks_in_with_the_code(
    november: Town, kerstin: Person, people: list[Person]
) -> None:
    anna, bo, _, dan = people
    code = await code_of(kerstin)
    await anna.says(f"incheckning {code}")
    anna.hears("Du är incheckad på Trygga torg på riktigt", "torsdag 10 december 2026 kl. 09.00")
    await anna.says(f"jag är här {code}")
    anna.hears("Du var redan incheckad")
    await bo.says("jag är på plats")
    bo.hears("Skriv ”incheckning” och siffrorna")
    await bo.says(code)
    bo.hears("Du är incheckad på Trygga torg på riktigt")
    await dan.says(f"incheckning {code}")
    dan.hears("du står i kö", "Jag har inte checkat in dig")
    eva = november.person("Eva Ek")
    await eva.says(f"checka in {code}")
    eva.hears("du har ingen plats på Trygga torg på riktigt")
    await bo.says("incheckning")
    bo.hears("siffrorna som visas där utbildningen hålls")

    await kerstin.says("incheckning")
    assert ticked(kerstin) == {"Anna Alm", "Bo Berg"}


async def test_who_checked_in_meanwhile_stays_so(
    november: Town, kerstin: Person, people: list[Person]
) -> None:
    await kerstin.says("incheckning")
    card, bo = kerstin.button("Spara"), value_of(kerstin, "Bo")
    code = await code_of(kerstin)
    await people[0].says(f"incheckning {code}")
    await kerstin.taps_action(card, here=bo)

    assert ticked(kerstin) == {"Anna Alm", "Bo Berg"}


@pytest.mark.both_databases
async def test_wrong_codes_are_not_guessed_for_long(
    november: Town, kerstin: Person, people: list[Person]
) -> None:
    anna = people[0]
    code = await code_of(kerstin)
    wrong = f"{(int(code) + 1) % 1_000_000:06}"
    for _ in range(5):
        await anna.says(f"incheckning {wrong}")
        anna.hears(f"Ingen utbildning har koden {wrong} i dag")
    await anna.says(f"incheckning {code}")
    anna.hears("provar inga fler före kl. 09.45")
    CLOCK["now"] = MORNING + timedelta(minutes=61)
    await anna.says(f"incheckning {code}")
    anna.hears("Du är incheckad")
    await anna.says("incheckning 4711")
    anna.hears("Koden har sex siffror")


async def test_the_code_counts_on_its_day_only(
    november: Town, kerstin: Person, people: list[Person]
) -> None:
    code = await code_of(kerstin)
    CLOCK["now"] = MORNING - timedelta(days=1)
    await people[0].says(f"incheckning {code}")
    people[0].hears("Ingen utbildning har koden")
    await kerstin.says("incheckning till Trygga torg på riktigt")
    kerstin.hears("har inte börjat", "QR-koden kan du skriva ut redan nu")
    CLOCK["now"] = MORNING + timedelta(days=1)
    await people[0].says(f"incheckning {code}")
    people[0].hears("Ingen utbildning har koden")
    await kerstin.says("visa qr-kod")
    kerstin.hears("är slut, så koden gäller inte längre")


async def test_the_code_is_shown_on_a_screen_and_leads_to_the_chat(
    november: Town, kerstin: Person, people: list[Person]
) -> None:
    code = await code_of(kerstin)
    screen = next(url for url in links(kerstin) if url.endswith("/skarm"))
    status, _, body = await page_of(november, screen)
    assert (status, code in body.decode(), "data:image/png" in body.decode()) == (200, True, True)
    status, kind, body = await page_of(november, screen.replace("/skarm", "/kod.png"))
    assert (status, kind, body[:4]) == (200, "image/png", b"\x89PNG")
    status, _, body = await page_of(november, f"https://x/incheckning/{code}")
    assert status == 200
    assert f"incheckning {code}" in body.decode()

    await november.tryggve.directory.revoke(kerstin.tenant, kerstin.object_id, "07")
    assert (await page_of(november, screen))[0] == 404


async def test_a_mark_is_corrected_and_its_history_is_kept(
    november: Town, kerstin: Person, people: list[Person]
) -> None:
    anna = people[0]
    await anna.says(f"incheckning {await code_of(kerstin)}")
    CLOCK["now"] = MORNING + timedelta(days=3)
    await kerstin.says("incheckning")
    await kerstin.says("Anna Alm är borta")
    await kerstin.says("sök Anna Alm")
    kerstin.hears(
        "från inte prickad till här, av personen själv",
        "från här till borta, av Kerstin Karlsson",
    )
    async with november.tryggve.database.read() as tx:
        rows = (await tx.execute(select(attendance_history).order_by("id"))).mappings().all()
    assert [(one["was"], one["became"]) for one in rows] == [
        ("unknown", "present"),
        ("present", "absent"),
    ]


async def test_who_withdraws_is_not_present(
    november: Town, kerstin: Person, people: list[Person]
) -> None:
    anna = people[0]
    await anna.says(f"incheckning {await code_of(kerstin)}")
    await anna.says("avanmäl mig från Trygga torg på riktigt")
    await anna.says("ja")
    await kerstin.says("incheckning")
    kerstin.hears("0 är här")
    kerstin.does_not_hear("Anna Alm")


async def test_only_who_holds_it_may_tick(
    november: Town, kerstin: Person, people: list[Person]
) -> None:
    await kerstin.says("incheckning")
    card = kerstin.button("Spara")
    await people[0].taps_action(card, here=value_of(kerstin, "Anna"))
    people[0].hears("Bara samordnaren som håller utbildningen")
    kalle = await november.coordinator("Kalle Kalmar", "08")
    await kalle.taps_action(card, here="1")
    kalle.hears("hålls av Kronobergs län")
    await november.tryggve.directory.revoke(kerstin.tenant, kerstin.object_id, "07")
    await kerstin.taps_action(card, here="1")
    kerstin.does_not_hear("Sparat")


async def test_an_old_card_after_a_cancellation_marks_nobody(
    november: Town, kerstin: Person, people: list[Person]
) -> None:
    await kerstin.says("incheckning")
    card = kerstin.button("Spara")
    code = await code_of(kerstin)
    await kerstin.says("utbildningar jag håller")
    await kerstin.taps("Visa 1")
    await kerstin.taps("Ställ in")
    await kerstin.taps("Ställ in utbildningen", reason="Alla är sjuka.")
    await kerstin.taps_action(card, here="1")
    kerstin.hears("är inställd, så det finns ingen att pricka av")
    await people[0].says(f"incheckning {code}")
    people[0].hears("Ingen utbildning har koden")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("alla är här utom bo", ("Bo Berg är prickad som borta.", "2 personer är nu prickade som")),
        ("alla utom Bo och Cia kom", ("Bo Berg och Cia Berg", "1 person är nu prickad som här.")),
        ("alla är borta förutom Anna", ("Anna Alm är prickad som här.", "2 personer är nu")),
        ("cilla e borta", ("Jag hittar ingen med en plats som heter ”cilla”",)),
        ("cia e borta", ("Cia Berg är prickad som borta.",)),
        ("bo har inte kommit", ("Bo Berg är prickad som borta.",)),
        ("resten e här", ("3 personer är nu prickade som här.",)),
    ],
)
async def test_some_are_left_out(
    november: Town, kerstin: Person, people: list[Person], words: str, told: tuple[str, ...]
) -> None:
    await kerstin.says("incheckning")
    await kerstin.says(words)
    kerstin.hears(*told)


@pytest.mark.parametrize("words", ["alla är här utom Sixten", "alla är här utom Berg"])
async def test_who_is_left_out_must_be_known_before_anybody_is_marked(
    november: Town, kerstin: Person, people: list[Person], words: str
) -> None:
    await kerstin.says("incheckning")
    await kerstin.says(words)
    kerstin.hears("Sixten" if "Sixten" in words else "Flera heter ”Berg”")
    kerstin.does_not_hear("prickad")
    await kerstin.says("incheckning")
    kerstin.hears("0 är här, 0 är borta")


@pytest.mark.parametrize(
    "between", ["nästan alla är väl här", "hon e borta va", "vem är du", "vad är en lägesbild?"]
)
@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("anna är inte här", "Anna Alm är prickad som borta."),
        ("resten är borta", "3 personer är nu prickade som borta."),
        ("alla är här", "3 personer är nu prickade som här."),
    ],
)
async def test_the_list_is_still_meant_after_something_else(
    november: Town, kerstin: Person, people: list[Person], between: str, words: str, told: str
) -> None:
    await kerstin.says("incheckning")
    await kerstin.says(between)
    kerstin.does_not_hear("är prickad")
    await kerstin.says(words)
    kerstin.hears(told)


@pytest.mark.parametrize("words", ["är alla här?", "anna är inte borta", "hon är här", "vi är här"])
async def test_later_too_what_is_asked_or_not_so_marks_nobody(
    november: Town, kerstin: Person, people: list[Person], words: str
) -> None:
    await kerstin.says("incheckning")
    await kerstin.says("vem är du")
    await kerstin.says(words)
    kerstin.does_not_hear("nu prickad")
    kerstin.does_not_hear("är prickad")
