"""What who holds trainings hears at the desk: how it stands, and nothing that cannot be done."""

from datetime import UTC, datetime, timedelta

import pytest

from knowledge.trainings.models import Meeting
from tests.conversations.test_participants import works_in
from tests.conversations.test_plan_training import fields
from tests.support.builders import create_training
from tests.support.town import Person, Town


@pytest.fixture
async def kerstin(tryggve: Town) -> Person:
    return await tryggve.coordinator("Kerstin Karlsson", "07")


async def test_a_seat_that_is_held_is_told_of(tryggve: Town, kerstin: Person) -> None:
    await create_training(tryggve, seats=2, starts_at=datetime.now(UTC) + timedelta(hours=23))
    anna = tryggve.person("Anna Alm")
    await anna.says("anmäl mig till lägesbild i praktiken")
    await kerstin.says("deltagare")
    kerstin.hears("1 av 2 platser är tagna.")
    kerstin.does_not_hear("hålls en stund")
    await anna.says("avanmäl mig")
    await anna.says("ja")
    await kerstin.says("deltagare")
    kerstin.hears("1 av 2 platser är tagna.", "1 av dem hålls en stund", "Ingen har en plats än.")


@pytest.mark.parametrize("said", ["ändra tiden", "kan jag ändra tiden", "jag vill byta lokal"])
async def test_without_a_training_nothing_is_to_be_written(kerstin: Person, said: str) -> None:
    await kerstin.says(said)
    kerstin.does_not_hear("Skriv det nya i kortet")


@pytest.fixture
async def anna(tryggve: Town, kerstin: Person) -> Person:
    """Anna, with a seat in one of two trainings; no list is on the organiser's screen."""
    await create_training(tryggve, title="Trygga torg")
    await create_training(tryggve, title="Lagen först")
    anna = await works_in(tryggve, "Anna Alm", "Växjö")
    await anna.says("anmäl mig till Trygga torg")
    return anna


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("ta bort Anna Alm från Trygga torg", "Ska jag ta bort Anna Alm från Trygga torg?"),
        ("stryk anna ur trygga torg", "Ska jag ta bort Anna Alm från Trygga torg?"),
        (
            "ta bort Anna Alm från Trygga torg, hon har slutat",
            "Ska jag ta bort Anna Alm från Trygga torg?",
        ),
        ("lägg till Anna Alm i Lagen först", "Ska jag fråga Anna Alm om en plats på Lagen först?"),
        ("lägg till Nils Nord i Trygga torg", "Jag hittar ingen som heter ”Nils Nord”"),
        ("deltagare Trygga torg", "Deltagare: Trygga torg"),
        ("deltagarlistan Lagen först", "Deltagare: Lagen först"),
    ],
)
@pytest.mark.parametrize("before", ["vem är du", "deltagare till Lagen först"])
async def test_somebody_and_a_training_are_named_at_once(
    kerstin: Person, anna: Person, before: str, said: str, told: str
) -> None:
    await kerstin.says(before)
    await kerstin.says(said)
    kerstin.hears(told)


@pytest.mark.parametrize(
    "said",
    [
        "har du tagit bort Anna Alm från Trygga torg?",
        "ta inte bort Anna Alm från Trygga torg",
        "ta bort Anna Alm från Trygga torg?",
        "ta bort Anna Alm från registret",
    ],
)
async def test_a_question_or_a_no_asks_for_nobody(kerstin: Person, anna: Person, said: str) -> None:
    await kerstin.says(said)
    kerstin.does_not_hear("Ska jag ta bort")


async def test_on_the_list_why_is_no_part_of_the_name(kerstin: Person, anna: Person) -> None:
    await kerstin.says("deltagare till Trygga torg")
    await kerstin.says("ta bort anna, hon har slutat")
    kerstin.hears("Ska jag ta bort Anna Alm från Trygga torg?")


async def test_who_holds_nothing_is_asked_nothing_about_others(tryggve: Town, anna: Person) -> None:
    await anna.says("ta bort Bo Berg från Trygga torg")
    anna.does_not_hear("Ska jag ta bort")


async def test_those_who_take_part_are_written_to_and_not_thanked(
    kerstin: Person, anna: Person
) -> None:
    await kerstin.says("skriv till deltagarna")
    kerstin.hears("Vilken utbildning menar du?", "Trygga torg", "Lagen först")
    kerstin.does_not_hear("tacka")
    await kerstin.says("deltagare till Trygga torg")
    await kerstin.says("vem är du")
    await kerstin.says("skriv till deltagarna")
    kerstin.hears("Nytt utskick")


@pytest.mark.parametrize(
    "said", ["flytta träff 2 till den 12 mars", "ställ in träff 2", "ta bort träffen 2"]
)
async def test_a_single_meeting_is_changed_in_the_form_of_the_series(
    tryggve: Town, kerstin: Person, anna: Person, said: str
) -> None:
    first = datetime.now(UTC) + timedelta(days=40)
    each = [first + timedelta(days=7 * week) for week in range(3)]
    meetings = tuple(Meeting(one, one + timedelta(hours=2)) for one in each)
    about = {"starts_at": first, "ends_at": meetings[-1].ends_at, "meetings": meetings}
    await create_training(tryggve, title="Kursen i tre delar", **about)
    await kerstin.says(said)
    kerstin.hears("Träff 1 står överst i kortet", "Kursen i tre delar", "Förhandsgranska")


@pytest.mark.parametrize("said", ["ställ inte in träff 2", "ska vi ställa in träff 2?"])
async def test_a_meeting_that_is_only_spoken_of_stays(kerstin: Person, said: str) -> None:
    await kerstin.says(said)
    kerstin.does_not_hear("Träff 1 står överst")


@pytest.mark.parametrize(
    ("said", "seats"),
    [
        ("ändra antal platser till 30", "30"),
        ("höj till 30 platser", "30"),
        ("höj antalet platser till 30", "30"),
        ("höj antalet platser", "20"),
        ("flytta kursen till 30 mars", "20"),
    ],
)
async def test_how_many_seats_are_wanted_stands_in_the_form_and_is_not_saved(
    tryggve: Town, kerstin: Person, said: str, seats: str
) -> None:
    await create_training(tryggve)
    await kerstin.says(said)
    assert fields(kerstin)["seats"] == seats
    await kerstin.says("deltagare")
    kerstin.hears("0 av 20 platser är tagna.")
