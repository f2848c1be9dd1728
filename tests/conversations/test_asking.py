"""The organiser asks something of who signs up; and what is at the same time is said first."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import func, select

from knowledge.retention import holds
from knowledge.retention.periods import Kind
from knowledge.trainings.asking.models import signup_answers
from tests.conversations.test_participants import works_in
from tests.conversations.test_plan_training import FORM, fields, fills_in
from tests.support.sheets import Sheet
from tests.support.town import TENANT, Person, Town, town

CLOCK = {"now": datetime(2026, 11, 21, 12, tzinfo=UTC)}

QUESTIONS = "Vilken verksamhet kommer du från? (obligatorisk)\nVad vill du veta?"


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


async def publishes(kerstin: Person, **changed: Any) -> None:
    await kerstin.says("ny utbildning")
    await fills_in(kerstin, **{**FORM, **changed})
    await kerstin.taps("Publicera")


async def asks(kerstin: Person, **changed: Any) -> None:
    await publishes(kerstin, food="true", questions=QUESTIONS, **changed)


async def answers(person: Person, *said: str) -> None:
    filled = {f"answer_{number}": one for number, one in enumerate(said, start=1)}
    await person.taps_action(person.button("Skicka anmälan"), **filled)


async def kept(tryggve: Town) -> int:
    async with tryggve.tryggve.database.read() as tx:
        return int(
            (await tx.execute(select(func.count()).select_from(signup_answers))).scalar_one()
        )


async def _excel(tryggve: Town, kerstin: Person) -> list[dict[str, str]]:
    await kerstin.taps("Hämta som Excel")
    url = kerstin.button("Öppna filen")["url"]
    async with tryggve.http.get(tryggve.url + url.partition("3978")[2]) as response:
        return Sheet(await response.read()).rows()


@pytest.mark.both_databases
async def test_from_the_question_to_the_list_and_its_end(november: Town, kerstin: Person) -> None:
    anna = november.person("Anna Alm")
    await asks(kerstin)
    kerstin.hears("Vilken verksamhet kommer du från?", "Behöver du specialkost?")
    await anna.says("utbildningar")
    await anna.taps("Anmäl mig till 1")
    anna.hears(
        "Anmälan till Trygga torg", "Platsen blir din när du har skickat svaren, inte innan.",
        "Bara de som håller den ser dem. De raderas 9 januari 2027.", "inga personnummer",
    )  # fmt: skip
    await anna.says("mina utbildningar")
    anna.hears("inte anmäld till någon")

    await anna.says("anmäl mig till Trygga torg på riktigt")
    await answers(anna, "vegetariskt", "")
    anna.hears("Något behöver rättas", "Den här frågan behöver du svara på.")
    assert fields(anna)["answer_1"] == "vegetariskt"
    await answers(anna, "vegetariskt", "Socialtjänsten, 19121212-1212")
    anna.hears("Du är anmäld", "Jag tog bort ett personnummer")

    await kerstin.says("deltagare")
    kerstin.hears(
        "Anna Alm", "Specialkost: vegetariskt",
        "Vilken verksamhet kommer du från?: Socialtjänsten",
    )  # fmt: skip
    kerstin.does_not_hear("1212")
    head, row = await _excel(november, kerstin)
    told = {title: row.get(column, "") for column, title in head.items()}
    assert told["Specialkost"] == "vegetariskt"
    assert told["Vilken verksamhet kommer du från?"].startswith("Socialtjänsten")

    await anna.says("ändra mina svar")
    assert fields(anna)["answer_1"] == "vegetariskt"
    await anna.taps_action(anna.button("Spara svaren"), answer_1="", answer_2="Polisen")
    anna.hears("Dina svar till Trygga torg på riktigt är sparade.")
    await kerstin.says("deltagare")
    kerstin.hears("Polisen")
    kerstin.does_not_hear("vegetariskt")

    CLOCK["now"] = datetime(2027, 1, 9, 10, tzinfo=UTC)
    assert await purged(november) == 0
    CLOCK["now"] = datetime(2027, 1, 9, 12, tzinfo=UTC)
    assert await purged(november) == 1
    assert await kept(november) == 0


@pytest.mark.both_databases
async def test_answers_are_typed(november: Town, kerstin: Person) -> None:
    anna = november.person("Anna Alm")
    await asks(kerstin)
    await anna.says("utbildningar")
    await anna.says("anmäl mig till 1")
    anna.hears("Anmälan till")
    await anna.says("Mat: utan nötter")
    anna.hears("Anmälan till")
    await anna.says("skicka")
    anna.hears("Den här frågan behöver du svara på.")
    await anna.says("Svar 2: Skolan")
    await anna.says("skicka")
    anna.hears("Du är anmäld")
    await kerstin.says("deltagare")
    kerstin.hears("Specialkost: utan nötter", "Skolan")


async def test_the_seat_is_the_first_ones_who_sends_the_form(
    november: Town, kerstin: Person
) -> None:
    anna, bo = november.person("Anna Alm"), november.person("Bo Berg")
    await asks(kerstin, seats="1")
    for one in (anna, bo):
        await one.says("utbildningar")
        await one.taps("Anmäl mig till 1")
    await answers(bo, "", "Skolan")
    bo.hears("Du är anmäld")
    await answers(anna, "", "Polisen")
    anna.hears("Du står i kö")
    await kerstin.says("deltagare")
    await kerstin.taps("Visa kön")
    kerstin.hears("Anna Alm", "Polisen")

    await bo.says("avanmäl mig")
    await bo.says("ja")
    await anna.is_told("Du har fått en plats")
    CLOCK["now"] = datetime(2026, 11, 23, 12, tzinfo=UTC)
    assert await purged(november) == 1
    assert await kept(november) == 1


async def test_a_form_from_before_the_questions_were_changed(
    november: Town, kerstin: Person
) -> None:
    anna = november.person("Anna Alm")
    await asks(kerstin)
    await anna.says("utbildningar")
    await anna.taps("Anmäl mig till 1")
    form = anna.button("Skicka anmälan")
    await kerstin.says("ändra utbildningen")
    await fills_in(kerstin, **{**fields(kerstin), "questions": "Vad gör du? (obligatorisk)"})
    await kerstin.taps("Spara ändringen")
    await anna.taps_action(form, answer_1="vegan", answer_2="Skolan", answer_3="")
    anna.hears("Den här frågan behöver du svara på.", "Vad gör du?")
    assert fields(anna) == {"answer_1": "vegan", "answer_2": ""}
    await answers(anna, "vegan", "Lärare")
    anna.hears("Du är anmäld")


async def test_an_invited_person_is_asked_too(november: Town, kerstin: Person) -> None:
    anna = await works_in(november, "Anna Alm", "Växjö")
    await asks(kerstin)
    await kerstin.says("deltagare")
    await kerstin.says("lägg till Anna Alm")
    await kerstin.says("ja")
    await anna.is_told("Trygga torg på riktigt")
    await anna.taps("Ja, anmäl mig")
    anna.hears("Anmälan till Trygga torg")
    await answers(anna, "", "Skolan")
    anna.hears("Du är anmäld")
    await kerstin.is_told("Anna Alm")


async def test_without_questions_it_stays_one_tap(november: Town, kerstin: Person) -> None:
    anna = november.person("Anna Alm")
    await publishes(kerstin)
    await anna.says("utbildningar")
    await anna.taps("Anmäl mig till 1")
    anna.hears("Du är anmäld")
    await anna.says("ändra mina svar")
    anna.hears("Du är inte anmäld till någon utbildning som frågar efter något")


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("\n".join(f"Fråga {n}?" for n in range(5)), "högst fyra olika frågor"),
        ("Samma?\nSamma?", "högst fyra olika frågor"),
        ("x" * 151, "högst 150 tecken"),
        ("Vad är ditt personnummer?", "Fråga inte efter personnummer"),
    ],
)
async def test_questions_that_cannot_be_asked(
    november: Town, kerstin: Person, written: str, told: str
) -> None:
    await publishes(kerstin)
    await kerstin.says("ny utbildning")
    await fills_in(kerstin, **{**FORM, "questions": written})
    kerstin.hears(told)
    assert fields(kerstin)["questions"] == written


@pytest.mark.both_databases
async def test_what_is_at_the_same_time_is_said_before(november: Town, kerstin: Person) -> None:
    anna = november.person("Anna Alm")
    await publishes(kerstin, meetings="17 december 2026 09-12")
    later = {"date": "2026-12-17", "starts": "11:30", "ends": "14:00"}
    await publishes(kerstin, title="Våld i nära relation", **later)
    await publishes(kerstin, title="Efteråt", date="2026-12-17", starts="12:00", ends="13:00")
    await anna.says("utbildningar")
    await anna.taps("Anmäl mig till 1")
    await anna.says("utbildningar")
    await anna.taps("Anmäl mig till 2")
    anna.hears("Du är redan anmäld till Trygga torg på riktigt samma tid.", "anmäla dig ändå?")
    await anna.taps("Nej, låt bli")
    await anna.says("mina utbildningar")
    anna.does_not_hear("Våld i nära")
    await anna.says("anmäl mig till Våld i nära relation")
    anna.hears("samma tid")
    await anna.says("ja")
    anna.hears("Du är anmäld", "Våld i nära relation")
    await anna.says("avanmäl mig från Trygga torg på riktigt")
    await anna.says("ja")
    await anna.says("anmäl mig till Efteråt")
    anna.hears("Du är redan anmäld till Våld i nära relation samma tid.")
    await anna.taps("Ja, anmäl mig ändå")
    anna.hears("Du är anmäld", "Efteråt")


async def test_what_follows_at_once_is_no_clash(november: Town, kerstin: Person) -> None:
    anna = november.person("Anna Alm")
    await publishes(kerstin)
    await publishes(kerstin, title="Efteråt", starts="12:00", ends="13:00")
    await anna.says("utbildningar")
    await anna.taps("Anmäl mig till 1")
    await anna.says("anmäl mig till Efteråt")
    anna.hears("Du är anmäld", "Efteråt")


async def test_a_tap_in_a_channel_goes_on_in_the_own_chat(november: Town, kerstin: Person) -> None:
    anna = november.person("Anna Alm")
    await anna.installs()
    await asks(kerstin)
    channel = await november.channel_is_added("General")
    await anna.says("@Tryggve utbildningar", channel=channel)
    await anna.taps("Anmäl mig till 1", channel=channel)
    await anna.is_told("Anmälan till Trygga torg")
    await answers(anna, "", "Skolan")
    anna.hears("Du är anmäld")


async def test_several_at_once_where_one_asks(november: Town, kerstin: Person) -> None:
    anna = november.person("Anna Alm")
    await asks(kerstin, title="Med frågor")
    await publishes(kerstin, title="Utan frågor", date="2026-12-11")
    await anna.says("utbildningar")
    await anna.says("anmäl mig till 1 och 2")
    await anna.says("ja")
    anna.hears("Anmälan till Med frågor", "Du är anmäld: Utan frågor")
    await answers(anna, "", "Skolan")
    anna.hears("Du är anmäld", "Med frågor")


async def test_a_clash_is_said_in_the_form_and_of_an_invitation(
    november: Town, kerstin: Person
) -> None:
    anna = await works_in(november, "Anna Alm", "Växjö")
    await publishes(kerstin, title="Den första")
    await anna.says("anmäl mig till Den första")
    await asks(kerstin, title="Den andra")
    await anna.says("anmäl mig till Den andra")
    anna.hears("Anmälan till Den andra", "Du är redan anmäld till Den första samma tid.")
    await publishes(kerstin, title="Den tredje")
    await kerstin.says("deltagare")
    await kerstin.says("lägg till Anna Alm")
    await kerstin.says("ja")
    await anna.is_told("Vill du gå Den tredje?")
    await anna.taps("Ja, anmäl mig")
    anna.hears("Du är redan anmäld till Den första samma tid. Vill du anmäla dig ändå?")
    await anna.says("ja, anmäl mig ändå")
    anna.hears("Du är anmäld", "Den tredje")


async def purged(november: Town) -> int:
    """How many people's answers went when it was looked what is over."""
    return (await november.tryggve.own_data.retention.purge())[Kind.ANSWERS]


async def test_answers_that_must_stay_are_not_erased(november: Town, kerstin: Person) -> None:
    anna = november.person("Anna Alm")
    await asks(kerstin)
    await anna.says("utbildningar")
    await anna.taps("Anmäl mig till 1")
    await answers(anna, "", "Skolan")
    async with november.tryggve.database.write() as tx:
        await holds.hold(tx, anna.tenant, anna.object_id, "Tillsyn 7", CLOCK["now"])
    CLOCK["now"] = datetime(2027, 3, 1, 12, tzinfo=UTC)

    assert await purged(november) == 0
    assert await kept(november) == 1
