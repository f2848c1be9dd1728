"""A seat that waits for a word: a withdrawal is undone, or somebody in line is asked."""

from datetime import UTC, datetime, timedelta

import pytest

from knowledge.trainings import holding
from knowledge.trainings.asking.models import Question
from tests.support.builders import create_training
from tests.support.timers import the_time_has_come
from tests.support.town import Person, Town

pytestmark = pytest.mark.both_databases


async def the_only_seat_is_free(tryggve: Town, anna: Person, *waiting: Person) -> None:
    """Tomorrow's training: Anna had the seat, the others stand in line."""
    await create_training(tryggve, seats=1, starts_at=datetime.now(UTC) + timedelta(hours=23))
    for person in (anna, *waiting):
        await person.says("anmäl mig till lägesbild i praktiken")
    await anna.says("avanmäl mig")
    await anna.taps("Ja, avanmäl mig")
    anna.hears("Du är avanmäld", "tio minuter")
    await the_time_has_come(tryggve.tryggve, holding.KIND)


@pytest.mark.parametrize("typed", ["", "ångra", "jag ångrar mig", "ångra avanmälan"])
async def test_a_withdrawal_is_undone_with_a_tap_or_a_word(
    tryggve: Town, anna: Person, typed: str
) -> None:
    await create_training(tryggve)
    await anna.says("anmäl mig till lägesbild i praktiken")
    await anna.says("avanmäl mig")
    await anna.says("ja")
    await (anna.says(typed) if typed else anna.taps("Ångra"))
    anna.hears("Du är anmäld", "Lägesbild i praktiken", "Till kalendern (.ics)")


async def test_undo_is_heard_later_too_where_it_says_what(tryggve: Town, anna: Person) -> None:
    await create_training(tryggve)
    await anna.says("anmäl mig till lägesbild i praktiken")
    await anna.says("avanmäl mig")
    await anna.says("ja")
    await anna.says("vad är en lägesbild?")
    await anna.says("ångra avanmälan")
    anna.hears("Du är anmäld")
    await anna.says("ångra")
    anna.does_not_hear("Du är anmäld")


async def test_after_ten_minutes_it_is_too_late(tryggve: Town, anna: Person) -> None:
    berit = tryggve.person("Berit Berg")
    await the_only_seat_is_free(tryggve, anna, berit)
    await anna.taps("Ångra")
    anna.hears("Det har gått mer än tio minuter", "anmäla dig igen")


async def test_nothing_to_undo(tryggve: Town, anna: Person) -> None:
    await anna.says("ångra avanmälan")
    anna.hears("Du har inte avanmält dig från något")


async def test_who_is_asked_says_yes(tryggve: Town, anna: Person) -> None:
    berit = tryggve.person("Berit Berg")
    await the_only_seat_is_free(tryggve, anna, berit)
    await berit.is_told("Det finns en plats på Lägesbild i praktiken. Vill du ha den?")
    yes, no = berit.button("Ja, jag tar platsen"), berit.button("Nej, ge den till nästa")
    await berit.says("mina utbildningar")
    berit.hears("Du har fått frågan om en plats. Svara senast")
    await berit.taps_action(yes)
    berit.hears("Du är anmäld", "Till kalendern (.ics)")
    await berit.taps_action(no)
    berit.hears("Du har kvar din plats")


async def test_who_is_asked_answers_in_words(tryggve: Town, anna: Person) -> None:
    berit, cecilia = tryggve.person("Berit Berg"), tryggve.person("Cecilia Ceder")
    await the_only_seat_is_free(tryggve, anna, berit, cecilia)
    await berit.is_told("Vill du ha den?")
    await berit.says("mina erbjudanden")
    await berit.says("nej")
    berit.hears("Du har tackat nej", "Nästa i kön får frågan")
    await cecilia.is_told("Vill du ha den?")
    await cecilia.says("mina erbjudanden")
    await cecilia.says("kanske")
    cecilia.hears("Svara ”ja”")
    await cecilia.says("ja")
    cecilia.hears("Du är anmäld")


async def test_a_yes_out_of_the_blue_shows_what_it_would_be_to(tryggve: Town, anna: Person) -> None:
    berit = tryggve.person("Berit Berg")
    await the_only_seat_is_free(tryggve, anna, berit)
    await berit.is_told("Vill du ha den?")
    await berit.says("ja tack")
    berit.hears("Gäller det här?", "Det finns en plats på Lägesbild i praktiken")
    await berit.says("ja")
    berit.hears("Du är anmäld")


async def test_a_yes_to_anothers_offer_is_a_sign_up_like_any_other(
    tryggve: Town, anna: Person
) -> None:
    berit, cecilia = tryggve.person("Berit Berg"), tryggve.person("Cecilia Ceder")
    tomorrow = datetime.now(UTC) + timedelta(hours=23)
    asked = (Question("Vad vill du lära dig?", needed=True),)
    await create_training(tryggve, seats=1, starts_at=tomorrow, questions=asked)
    for person in (anna, berit):
        await person.says("anmäl mig till lägesbild i praktiken")
        await person.taps_action(person.button("Skicka anmälan"), answer_1="Allt")
    await anna.says("avanmäl mig")
    await anna.taps("Ja, avanmäl mig")
    await the_time_has_come(tryggve.tryggve, holding.KIND)
    await berit.is_told("Vill du ha den?")
    await cecilia.taps_action(berit.button("Ja, jag tar platsen"))
    cecilia.hears("Anmälan till Lägesbild i praktiken", "Det är fullt just nu")
    await cecilia.taps_action(cecilia.button("Skicka anmälan"), answer_1="Mer")
    cecilia.hears("Du står i kö")


async def test_an_answer_that_comes_late_is_told_what_happened(tryggve: Town, anna: Person) -> None:
    berit, cecilia = tryggve.person("Berit Berg"), tryggve.person("Cecilia Ceder")
    await the_only_seat_is_free(tryggve, anna, berit, cecilia)
    await berit.is_told("Vill du ha den?")
    yes, no = berit.button("Ja, jag tar platsen"), berit.button("Nej, ge den till nästa")
    await the_time_has_come(tryggve.tryggve, holding.KIND)
    await cecilia.is_told("Vill du ha den?")

    kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
    await kerstin.says("deltagare")
    await kerstin.taps("Visa kön")
    kerstin.hears("svarade inte när en plats erbjöds", "har inte svarat än")

    for late in (yes, no):
        await berit.taps_action(late)
        berit.hears("Svaret kom för sent", "Du står kvar i kön på plats 1")
    await berit.says("mina erbjudanden")
    berit.hears("Ingen ledig plats väntar på ditt svar")
