"""What is asked about a training that was shown, and more than one at a time."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from tests.support.builders import create_training
from tests.support.town import Person, Town, town

HELD = (
    ("Orsaker i praktiken", "Lund", 9),
    ("Fredade torg", "Växjö", 0),
    ("Råd i rådet", "Teams", 4),
)

CLOCK = {"now": datetime(2026, 11, 26, 12, tzinfo=UTC)}


@pytest.fixture
async def here(database_url: str) -> AsyncIterator[Town]:
    """An installation on 26 November 2026, with three trainings in December."""
    async with town(database_url, now=lambda: CLOCK["now"]) as running:
        for day, (title, place, seats) in enumerate(HELD, start=7):
            starts_at = datetime(2026, 12, day, 9, tzinfo=UTC)
            summary = f"Du övar på {title.lower()}."
            about = {"title": title, "place": place, "seats": seats, "summary": summary}
            await create_training(running, starts_at=starts_at, **about)
        yield running


@pytest.fixture
def anna(here: Town) -> Person:
    return here.person("Anna Alm")


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("vad handlar den om?", "Du övar på orsaker i praktiken."),
        ("berätta mer om kursen", "Du övar på orsaker i praktiken."),
        ("läs mer", "Du övar på orsaker i praktiken."),
        ("när börjar den", "börjar måndag 7 december 2026 kl. 10.00"),
        ("vilken dag är det", "börjar måndag 7 december 2026 kl. 10.00"),
        ("var är den", "Plats för Orsaker i praktiken: Lund."),
        ("är det i Växjö", "Plats för Orsaker i praktiken: Lund."),
        ("är den digital?", "Plats för Orsaker i praktiken: Lund."),
        ("vad kostar den", "Jag vet inte vad Orsaker i praktiken kostar."),
        ("är kursen gratis?", "Jag vet inte vad Orsaker i praktiken kostar."),
        ("finns det platser kvar", "Orsaker i praktiken: 8 platser kvar"),
        ("vem håller i den", "Jag vet inte vem som håller i Orsaker i praktiken."),
        ("hur länge håller den på", "håller på i 3 timmar, till kl. 13.00"),
        ("när slutar den", "håller på i 3 timmar, till kl. 13.00"),
        ("vem är den för?", "Jag vet inte mer om vem Orsaker i praktiken passar för"),
        ("vad ska jag ha med mig?", "Det vet jag inte om Orsaker i praktiken."),
        ("ingår lunch", "Det vet jag inte om Orsaker i praktiken."),
        ("vem är kursledare", "Jag vet inte vem som håller i Orsaker i praktiken."),
        ("hur många platser är det", "Orsaker i praktiken: 8 platser kvar"),
        ("what does it cost", "Jag vet inte vad Orsaker i praktiken kostar."),
    ],
)
async def test_what_was_just_signed_up_for_is_told_of(anna: Person, asked: str, told: str) -> None:
    await anna.says("utbildningar")
    await anna.says("anmäl mig till 1")
    await anna.says(asked)

    anna.hears(told, "måndag 7 december 2026 kl. 10.00–13.00")


async def test_two_questions_about_it_are_both_answered(anna: Person) -> None:
    await anna.says("utbildningar")
    await anna.says("anmäl mig till 1")
    await anna.says("var är den och vad kostar den?")

    anna.hears("Plats för Orsaker", "Jag vet inte vad Orsaker i praktiken kostar.")


@pytest.mark.both_databases
async def test_of_a_list_it_is_asked_which(anna: Person) -> None:
    await anna.says("utbildningar")
    await anna.says("vad handlar den om?")
    anna.hears("Vilken utbildning menar du?")
    await anna.says("2")
    anna.hears("Du övar på fredade torg.", "Fullt.")
    await anna.says("var är den?")
    anna.hears("Plats för Fredade torg: Växjö.")
    await anna.says("anmäl mig")
    anna.hears("Du står i kö", "Fredade torg")


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("vad kostar kursen i Lund", "vad Orsaker i praktiken kostar"),
        ("när börjar 2", "Fredade torg börjar tisdag 8 december"),
        ("vad handlar den sista om?", "Du övar på råd i rådet."),
        ("var är fredade torg?", "Plats för Fredade torg: Växjö."),
        ("berätta mer om 1:an", "Du övar på orsaker i praktiken."),
    ],
)
async def test_one_of_the_list_is_named_in_the_question(
    anna: Person, asked: str, told: str
) -> None:
    await anna.says("utbildningar")
    await anna.says(asked)

    anna.hears(told)


async def test_a_question_in_between_leaves_the_other_waiting(anna: Person) -> None:
    await anna.says("utbildningar")
    await anna.says("den i Lund")
    anna.hears("Ska jag anmäla dig till Orsaker i praktiken")
    await anna.says("vad kostar den?")
    anna.hears("Jag vet inte vad Orsaker", "Ska jag anmäla dig till Orsaker i praktiken")
    await anna.says("ja")
    anna.hears("Du är anmäld", "Orsaker i praktiken")
    await anna.says("avboka")
    await anna.says("när är den?")
    anna.hears("7 december", "Vill du avanmäla dig från Orsaker i praktiken?")
    await anna.says("nej")
    anna.hears("Du har kvar din plats")


@pytest.mark.parametrize("asked", ["vad kostar det att bryta mot kamerareglerna?", "vem är du"])
async def test_a_question_of_another_kind_is_not_about_the_training(
    anna: Person, asked: str
) -> None:
    await anna.says("utbildningar")
    await anna.says("anmäl mig till 1")
    await anna.says(asked)

    anna.does_not_hear("Orsaker i praktiken")


async def test_after_an_answer_it_takes_more_than_a_pronoun(anna: Person) -> None:
    await anna.says("utbildningar")
    await anna.says("anmäl mig till 1")
    await anna.says("hur ofta ska lägesbilden uppdateras?")
    await anna.says("vad handlar den om?")
    anna.does_not_hear("Orsaker i praktiken")
    await anna.says("när börjar kursen?")
    anna.hears("Orsaker i praktiken börjar")


@pytest.mark.both_databases
@pytest.mark.parametrize(
    "said", ["alla tre", "anmäl mig till alla tre", "anmäl mig till alla", "jag tar alla tre"]
)
async def test_all_are_asked_about_by_their_titles(anna: Person, said: str) -> None:
    await anna.says("utbildningar")
    await anna.says(said)
    anna.hears("Ska jag anmäla dig till", "Orsaker", "Fredade torg", "Råd i rådet")
    await anna.says("ja")
    anna.hears("Klart, 3 anmälningar")
    await anna.says("ångra")
    anna.hears("Vill du avanmäla dig från Orsaker i praktiken, Fredade torg och Råd i rådet?")
    await anna.says("ja")
    anna.hears("Du är avanmäld från Orsaker i praktiken, Fredade torg och Råd i rådet.")
    await anna.says("mina utbildningar")
    anna.hears("Du är inte anmäld till någon")


@pytest.mark.parametrize(
    "said", ["anmäl mig till båda", "båda två", "kan du anmäla mig till bägge?", "jag tar båda"]
)
async def test_both_of_two_are_meant_and_of_three_it_is_asked_which(
    anna: Person, said: str
) -> None:
    await anna.says("utbildningar")
    await anna.says(said)
    anna.hears("Listan visar 1–3. Vilka menar du?")
    await anna.says("1 och 3")
    anna.hears("Ska jag anmäla dig till Orsaker i praktiken", "Råd i rådet")
    await anna.says("båda")
    anna.hears("Klart, 2 anmälningar")


async def test_a_number_that_is_not_there_is_told(anna: Person) -> None:
    await anna.says("utbildningar")
    await anna.says("anmäl mig till 1 och 9")
    anna.hears("Jag hittar inget ”9” i listan.", "Ska jag anmäla dig till Orsaker i praktiken")


async def test_what_could_not_be_done_of_two_is_told(
    anna: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    await anna.says("utbildningar")
    await anna.says("1 och 2")
    monkeypatch.setitem(CLOCK, "now", datetime(2026, 12, 7, 12, tzinfo=UTC))
    await anna.says("ja")

    anna.hears("Orsaker i praktiken går inte längre att anmäla sig till")
    anna.hears("Du står i kö", "Fredade torg")


@pytest.mark.both_databases
@pytest.mark.parametrize(
    "said",
    [
        *("ångra", "ångra anmälan", "nej jag ångrar mig", "ta bort mig ur kön", "lämna kön"),
        *("jag vill inte stå i kö längre", "jag behöver inte stå kvar i kön", "cancel my booking"),
    ],
)
async def test_right_after_a_sign_up_it_is_what_is_regretted(anna: Person, said: str) -> None:
    await anna.says("utbildningar")
    await anna.says("anmäl mig till 1")
    await anna.says("ställ mig i kö till 2")
    anna.hears("Du står i kö")
    await anna.says(said)
    anna.hears("Vill du avanmäla dig från Fredade torg?")
    await anna.says("ja")
    anna.hears("Du är avanmäld från Fredade torg.")
    await anna.says("mina utbildningar")
    anna.hears("Orsaker i praktiken")


@pytest.mark.both_databases
async def test_withdrawing_from_both_never_signs_up(anna: Person) -> None:
    await anna.says("utbildningar")
    await anna.says("1 och 3")
    await anna.says("ja")
    await anna.says("avanmäl mig från båda")
    anna.hears("Vill du avanmäla dig från Orsaker i praktiken och Råd i rådet?")
    await anna.says("nej")
    await anna.says("utbildningar")
    await anna.says("avanmäl mig från alla fem")
    anna.hears("Mina utbildningar", "Orsaker i praktiken", "Råd i rådet")
    anna.does_not_hear("Fredade torg")


async def test_of_a_list_without_it_it_is_asked_which(anna: Person) -> None:
    await anna.says("utbildningar")
    await anna.says("var är den i Kiruna?")
    anna.hears("Vilken utbildning menar du?")


async def test_later_ångra_is_about_nothing(anna: Person) -> None:
    await anna.says("utbildningar")
    await anna.says("anmäl mig till 1")
    await anna.says("hur ofta ska lägesbilden uppdateras?")
    await anna.says("ångra")

    anna.hears("Vi håller inte på med något just nu")
