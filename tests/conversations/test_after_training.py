"""After a training: three questions without names, a certificate, and thanks to those who came."""

from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from knowledge.retention import holds
from knowledge.trainings.evaluations.models import (
    evaluation_answered,
    evaluation_answers,
    training_evaluations,
)
from tests.conversations.test_check_in import links, page_of, takes_part
from tests.conversations.test_plan_training import CLOCK, kerstin, november, publishes
from tests.support.lint import actions_of
from tests.support.town import Person, Town, words_of

__all__ = ["kerstin", "november"]

DAY = datetime(2026, 12, 10, 9, tzinfo=UTC)
NIGHT = datetime(2026, 12, 11, 1, tzinfo=UTC)
NEXT_MORNING = datetime(2026, 12, 11, 7, 5, tzinfo=UTC)
NAMES = ("Anna Alm", "Bo Berg", "Cia Ceder", "Dan Dahl", "Eva Ek", "Fia Falk")


@pytest.fixture
async def people(november: Town, kerstin: Person) -> list[Person]:
    """Six have a seat; the day has come, and the first five are there."""
    await publishes(kerstin, seats="10")
    found = await takes_part(november, *NAMES)
    CLOCK["now"] = DAY
    await kerstin.says("incheckning")
    await kerstin.says(", ".join(NAMES[:5]) + " är här")
    return found


async def looks_after(town: Town, now: datetime) -> None:
    CLOCK["now"] = now
    await town.tryggve.background.do("evaluations")


async def purges(town: Town, days: int) -> None:
    """So long after it was asked."""
    CLOCK["now"] = NEXT_MORNING + timedelta(days=days)
    await town.tryggve.background.do("retention")


def asked(person: Person) -> int:
    return sum("Vad tyckte du om" in words_of(one) for one in person.inbox())


@pytest.mark.both_databases
async def test_those_who_came_are_asked_once_in_the_morning(
    november: Town, kerstin: Person, people: list[Person]
) -> None:
    for moment in (DAY + timedelta(hours=4), NIGHT):
        await looks_after(november, moment)
    assert [asked(one) for one in people] == [0] * 6
    for _ in range(2):
        await looks_after(november, NEXT_MORNING)
    for one in people[:5]:
        await one.is_told("Vad tyckte du om Trygga torg på riktigt?")
    assert [asked(one) for one in people] == [1, 1, 1, 1, 1, 0]


@pytest.mark.both_databases
async def test_the_answers_have_no_names_and_show_from_five_on(
    november: Town, kerstin: Person, people: list[Person]
) -> None:
    await looks_after(november, NEXT_MORNING)
    for number, one in enumerate(people[:4], start=2):
        await one.says("utvärdering")
        one.hears("Vad tyckte du om Trygga torg på riktigt?", "Skriv inga namn")
        await one.taps(
            "Skicka svaret", useful=str(number), arranged="5", words="Mer tid för frågor"
        )
        one.hears("Tack för ditt svar!", "utan ditt namn", "Hämta intyg")
    await kerstin.says("utvärdering av Trygga torg på riktigt")
    kerstin.hears("4 av 5 har svarat.", "Jag visar inga svar förrän 5 har svarat")
    kerstin.does_not_hear("Mer tid")
    await people[4].says("utvärdering 1 2 Ont om kaffe")
    people[4].hears("Tack för ditt svar!")

    await kerstin.says("utvärdering av Trygga torg på riktigt")
    kerstin.hears(
        "5 av 5 har svarat.",
        "Nytta i arbetet: 3,0 av 5",
        "Ont om kaffe",
        "tas bort den 11 mars 2027",
    )
    kerstin.does_not_hear("Anna")
    url = next(
        node["url"] for card in kerstin.cards() for node in card["body"] if node["type"] == "Image"
    )
    status, kind, body = await page_of(november, url)
    assert (status, kind, body[:4]) == (200, "image/png", b"\x89PNG")
    async with november.tryggve.database.read() as tx:
        answers = (await tx.execute(select(evaluation_answers))).mappings().all()
        answered = (await tx.execute(select(evaluation_answered))).mappings().all()
    assert {*answers[0]} == {"id", "training_id", "useful", "arranged", "words"}
    assert len(answered) == 5


async def test_nobody_answers_twice(november: Town, kerstin: Person, people: list[Person]) -> None:
    anna = people[0]
    await looks_after(november, NEXT_MORNING)
    await anna.says("utvärdering")
    card = anna.button("Skicka svaret")
    await anna.taps_action(card, useful="4", arranged="")
    anna.hears("Svara på de två första frågorna")
    await anna.taps_action(card, useful="4", arranged="4")
    await anna.taps_action(card, useful="1", arranged="1")
    anna.hears("Du har redan svarat om Trygga torg på riktigt")
    await anna.says("utvärdering 1 1")
    anna.hears("Ingen utvärdering väntar på ditt svar")
    fia = people[5]
    await fia.taps_action(card, useful="1", arranged="1")
    fia.hears("Du har ingen utvärdering att svara på om den utbildningen")


async def test_the_words_are_forgotten(
    november: Town, kerstin: Person, people: list[Person]
) -> None:
    await looks_after(november, NEXT_MORNING)
    for one in people[:5]:
        await one.says("utvärdering 4 4 Skriv 0701234567 till mig, 900101-1239")
    await kerstin.says("utvärdering av Trygga torg på riktigt")
    kerstin.does_not_hear("900101")
    await purges(november, 89)
    async with november.tryggve.database.read() as tx:
        words = [*(await tx.execute(select(evaluation_answers.c.words))).scalars()]
    assert all(words)
    await purges(november, 91)
    async with november.tryggve.database.read() as tx:
        words = [*(await tx.execute(select(evaluation_answers.c.words))).scalars()]
        answered = (await tx.execute(select(evaluation_answered))).all()
        purged = (await tx.execute(select(training_evaluations.c.purged_at))).scalar_one()
    assert (words, answered) == ([""] * 5, [])
    assert purged is not None


@pytest.mark.both_databases
async def test_who_is_held_is_still_known_to_have_answered(
    november: Town, kerstin: Person, people: list[Person]
) -> None:
    await looks_after(november, NEXT_MORNING)
    for one in people[:5]:
        await one.says("utvärdering 4 4")
    anna = people[0]
    async with november.tryggve.database.write() as tx:
        await holds.hold(tx, anna.tenant, anna.object_id, "Tillsyn", NEXT_MORNING)
    await purges(november, 91)
    async with november.tryggve.database.read() as tx:
        answered = (await tx.execute(select(evaluation_answered.c.person_id))).all()
    assert len(answered) == 1


@pytest.mark.both_databases
async def test_where_nobody_was_ticked_all_with_a_seat_are_asked(
    november: Town, kerstin: Person
) -> None:
    await publishes(kerstin, seats="1")
    anna, bo = await takes_part(november, *NAMES[:2])
    await looks_after(november, NEXT_MORNING)
    await anna.is_told("Vad tyckte du om")
    assert (asked(anna), asked(bo)) == (1, 0)


async def test_the_organiser_turns_it_off(
    november: Town, kerstin: Person, people: list[Person]
) -> None:
    await kerstin.says("utvärdering av Trygga torg på riktigt")
    kerstin.hears("Frågorna går ut")
    await kerstin.taps("Fråga inte")
    kerstin.hears("Ingen får frågorna.")
    await looks_after(november, NEXT_MORNING)
    assert [asked(one) for one in people] == [0] * 6
    await kerstin.says("fråga ändå")
    kerstin.hears("Frågorna går ut dagen efter")
    await looks_after(november, NEXT_MORNING)
    await people[0].is_told("Vad tyckte du om")
    await kerstin.says("utvärdering av Trygga torg på riktigt")
    await kerstin.says("stäng av utvärderingen")
    kerstin.hears("har redan gått ut")
    await kerstin.says("logg utbildningar")
    kerstin.hears("bestämde att ingen ska få frågor", "bestämde att deltagarna ska få frågor")


async def test_what_was_called_off_is_not_asked_about(
    november: Town, kerstin: Person, people: list[Person]
) -> None:
    await kerstin.says("utbildningar jag håller")
    await kerstin.taps("Visa 1")
    await kerstin.taps("Ställ in")
    await kerstin.taps("Ställ in utbildningen", reason="Alla är sjuka.")
    await looks_after(november, NEXT_MORNING)
    assert [asked(one) for one in people] == [0] * 6


async def paper_of(town: Town, person: Person) -> PdfReader:
    url = next(one for one in links(person) if one.endswith("/fil"))
    status, kind, body = await page_of(town, url)
    assert (status, kind) == (200, "application/pdf")
    return PdfReader(BytesIO(body))


@pytest.mark.both_databases
async def test_who_was_there_has_a_certificate(
    november: Town, kerstin: Person, people: list[Person]
) -> None:
    anna = people[0]
    await anna.says("mitt intyg")
    anna.hears("Du har inte gått någon utbildning det senaste året")
    CLOCK["now"] = NEXT_MORNING
    await anna.says("mitt intyg")
    anna.hears("Intyg: Trygga torg på riktigt", "kontrollera det med koden")
    code = anna.words().split("koden ", 1)[1][:14]
    paper = await paper_of(november, anna)
    said = paper.pages[0].extract_text()
    for part in (
        "Anna Alm", "har deltagit i utbildningen", "Trygga torg på riktigt",
        "torsdag 10 december 2026 kl. 09.00–12.00", "Länsstyrelsen i Kronobergs län",
        "11 december 2026", code,
    ):  # fmt: skip
        assert part in said.replace("\u00a0", " "), part
    assert paper.metadata.title == "Intyg, Trygga torg på riktigt"
    assert paper.root_object["/Lang"] == "sv-SE"

    status, _, page = await page_of(november, f"https://x/intyg/{code.lower()}")
    assert (status, "Ja, intyget är äkta" in page.decode()) == (200, True)
    assert "Anna Alm" in page.decode()
    status, _, page = await page_of(november, "https://x/intyg/ABCD-EFGH-2345")
    assert (status, "Nej, intyget" in page.decode()) == (404, True)
    await anna.says("mitt intyg")
    anna.hears(code)


async def test_a_corrected_mark_takes_the_certificate_back(
    november: Town, kerstin: Person, people: list[Person]
) -> None:
    anna, fia = people[0], people[5]
    CLOCK["now"] = NEXT_MORNING
    await anna.says("intyg")
    anna.hears("kontrollera det med koden")
    code = anna.words().split("koden ", 1)[1][:14]
    await kerstin.says("incheckning")
    await kerstin.says("Anna Alm är borta")
    await kerstin.says("Fia Falk är här")
    status, _, page = await page_of(november, f"https://x/intyg/{code}")
    assert (status, "Anna Alm" in page.decode()) == (404, False)
    await anna.says("intyg")
    anna.hears("Ingen har prickat av att du var på Trygga torg på riktigt")
    await fia.says("hämta intyg")
    fia.hears("Intyg: Trygga torg på riktigt")


async def test_a_name_does_nothing_on_paper(november: Town, kerstin: Person) -> None:
    name = "Zoë <script>alert(1)</script> Đặng-Woźniak\r\nSet-Cookie: x"
    await publishes(kerstin)
    (zoe,) = await takes_part(november, name)
    CLOCK["now"] = DAY
    await kerstin.says("incheckning")
    await kerstin.says("alla är här")
    CLOCK["now"] = NEXT_MORNING
    await zoe.says("mitt intyg")
    paper = await paper_of(november, zoe)
    said = " ".join(paper.pages[0].extract_text().split())
    assert "Woźniak Set-Cookie: x har deltagit" in said
    code = zoe.words().split("koden ", 1)[1][:14]
    _, _, page = await page_of(november, f"https://x/intyg/{code}")
    assert "<script>" not in page.decode()


@pytest.mark.both_databases
async def test_those_who_came_are_thanked(
    november: Town, kerstin: Person, people: list[Person]
) -> None:
    CLOCK["now"] = NEXT_MORNING
    await kerstin.says("tacka och skicka material")
    kerstin.hears("De som kom: Trygga torg på riktigt")
    form = kerstin.button("Förhandsgranska")
    await kerstin.taps_action(form, link="https://lansstyrelsen.se/material")
    kerstin.hears("Tack för att du kom till Trygga torg på riktigt")


async def test_the_buttons_of_what_is_over(
    november: Town, kerstin: Person, people: list[Person]
) -> None:
    await kerstin.says("utbildningar jag håller")
    await kerstin.taps("Visa 1")
    titles = {one["title"] for card in kerstin.cards() for one in actions_of(card)}
    assert "Incheckning" in titles
    assert "Tacka deltagarna" not in titles
    CLOCK["now"] = NEXT_MORNING
    await kerstin.says("utbildningar jag håller")
    await kerstin.taps("Visa 1")
    for title in ("Incheckning", "Utvärdering", "Tacka deltagarna"):
        assert kerstin.button(title)
    await kerstin.taps("Utvärdering")
    kerstin.hears("Utvärdering: Trygga torg på riktigt")
