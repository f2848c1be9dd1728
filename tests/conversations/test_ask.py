"""J1: asking about the duties."""

import tomllib
from pathlib import Path

import pytest

from knowledge.answers.models import Outcome
from tests.support.town import Person, Town, library

REGRESSION = Path(__file__).parents[1] / "knowledge" / "answers" / "regression"


async def test_the_app_welcomes_once_and_offers_three_questions(anna: Person) -> None:
    await anna.installs()

    assert len(anna.heard) == 1
    anna.hears("Hej, jag heter Tryggve", "Jag gissar aldrig")
    await anna.taps("Måste kommunen ha en åtgärdsplan?")
    anna.hears("Ja", "5 §")


@pytest.mark.parametrize(
    "question",
    [
        "hur ofta ska vi uppdatera lägesbilden?",
        "hur ofta ska vi updatera lägesbiden",
        "hur ofta ska vi uppdatera lagesbilden",
        "uppdatera lägesbild ofta",
        "HUR OFTA SKA LÄGESBILDEN UPPDATERAS",
    ],
)
async def test_the_same_answer_however_it_is_typed(anna: Person, question: str) -> None:
    await anna.says(question)

    anna.hears(
        "Minst vartannat år",
        "6 §",
        "lagen.nu",
        "Granskad 27 november 2026",
        "Min samordnare",
        "Stämmer inte?",
    )


async def test_a_statute_says_which_wording_was_read(anna: Person) -> None:
    await anna.says("hur ofta ska vi uppdatera lägesbilden?")

    anna.hears("läst som den löd i september 2025")
    anna.does_not_hear("Det kan ha ändrats sedan dess")


async def test_what_is_older_than_its_topic_bears_is_said(anna: Person) -> None:
    await anna.says("vad är en social insatsgrupp?")

    anna.hears("En källa till svaret är från 29 oktober 2015. Det kan ha ändrats sedan dess.")


@pytest.mark.parametrize(
    "question", ["vad är det för paragraf med bör", "paragrafen med bör", "vad säger 7 §"]
)
async def test_section_7_is_a_must_however_it_is_asked_for(anna: Person, question: str) -> None:
    await anna.says(question)

    anna.hears("ska integreras", "inte ett ”bör”")


async def test_a_checklist_stands_in_the_answer(anna: Person) -> None:
    await anna.says("finns det en checklista för lägesbilden?")

    anna.hears("Lagen kräver", "- Gäller bilden hela kommunen (4 §)?", "Råd", "åtgärdsplanen")


async def test_may_we_tell_the_police_depends_on_where_the_asker_works(anna: Person) -> None:
    await anna.says("får kommunen lämna uppgifter till polisen?")
    anna.hears("Arbetar du i socialtjänsten, skolan eller någon annanstans?")

    await anna.says("någon annanstans")
    anna.hears("Det beror på var du arbetar", "Socialtjänsten:", "Skolan:", "Övriga kommunen:")


async def test_related_questions_lead_on(anna: Person) -> None:
    await anna.says("hur ofta ska vi uppdatera lägesbilden?")
    await anna.taps("Vad ska en lägesbild innehålla enligt lagen?")

    anna.hears("En lägesbild ska innehålla tre delar", "(4 §)", "Källa:")


async def test_outside_the_base_it_says_so_and_offers_the_coordinator(anna: Person) -> None:
    await anna.says("hur lagar jag pannkakor")
    anna.hears("Det har jag inget säkert svar på. Jag gissar inte.", "Min samordnare")

    await anna.says("hur söker jag semester")
    anna.hears("Inte heller det", "Min samordnare")


async def test_a_word_is_explained(anna: Person) -> None:
    await anna.says("vad betyder SIG?")

    anna.hears("social insatsgrupp")


async def test_a_wrong_answer_can_be_reported(tryggve: Town, anna: Person) -> None:
    await anna.says("hur ofta ska vi uppdatera lägesbilden?")
    await anna.taps("Stämmer inte?")
    anna.hears("Tack. Jag har noterat att uppgiften inte stämmer.")
    await anna.taps("Skicka", note="Det står fel paragraf")
    anna.hears("Din kommentar är sparad")

    kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
    await kerstin.says("anmälda fel")
    kerstin.hears("Hur ofta ska lägesbilden uppdateras?", "Det står fel paragraf")


async def test_reports_are_counted_and_leafed_through(tryggve: Town, anna: Person) -> None:
    for number in range(7):
        await anna.says("hur ofta ska vi uppdatera lägesbilden?")
        await anna.taps("Stämmer inte?")
        await anna.taps("Skicka", note=f"Fel nummer {number + 1}")
    kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
    await kerstin.says("anmälda fel")
    kerstin.hears("Fel nummer 7", "Fel nummer 3", "Visar 1–5 av 7.")
    await kerstin.says("fler")
    kerstin.hears("Fel nummer 2", "Fel nummer 1", "Visar 6–7 av 7.")


@pytest.fixture(scope="module")
def unsure() -> str:
    """A question that the engine is in doubt about, whichever it is today."""
    questions = [
        question
        for path in REGRESSION.glob("*.toml")
        if path.stem != "outside"
        for kinds in tomllib.loads(path.read_text("utf-8")).values()
        for question in kinds.get("plain", [])
    ]
    return next(one for one in questions if len(_choices(one)) == 3)


def _choices(question: str) -> list[str]:
    found = library().ask(question)
    return [m.title for m in found.matches] if found.outcome is Outcome.CHOICES else []


async def test_when_unsure_it_offers_three_questions_and_none_of_these(
    anna: Person, unsure: str
) -> None:
    first, second, third = _choices(unsure)
    await anna.says(unsure)
    anna.hears("Menade du något av det här?", first, second, third, "Inget av dessa")
    await anna.taps(f"2 – {second}")
    anna.hears(second, "Granskad")

    for typed, answer in [("3", third), ("ettan", first), (second.lower(), second)]:
        await anna.says(unsure)
        await anna.says(typed)
        anna.hears(answer, "Granskad")
    await anna.says(unsure)
    await anna.says("4")
    anna.hears("Skriv 1, 2 eller 3")
    await anna.says("inget av dessa")
    anna.hears("Då har jag inget säkert svar på din fråga", "Min samordnare")


async def test_a_new_question_instead_of_a_choice_is_answered(anna: Person, unsure: str) -> None:
    await anna.says(unsure)
    await anna.says("hur ofta ska lägesbilden uppdateras?")

    anna.hears("Minst vartannat år")


async def test_more_is_read_in_words(anna: Person) -> None:
    await anna.says("läs mer")
    anna.hears("Vi har inte pratat om något svar än")
    await anna.says("hur ofta ska lägesbilden uppdateras?")
    await anna.says("läs mer")

    anna.hears("Hinner ni inte i år?")


async def test_a_follow_up_is_read_in_the_light_of_the_answer_before(anna: Person) -> None:
    await anna.says("vad är en lägesbild?")
    await anna.says("och hur ofta ska den uppdateras?")
    anna.hears("Minst vartannat år")

    await anna.says("får kommunen kamerabevaka?")
    anna.does_not_hear("Minst vartannat år")


async def test_a_question_in_english_is_answered_in_swedish_and_says_so(anna: Person) -> None:
    await anna.says("how often must the situation report be updated?")

    anna.hears("This answer, in Swedish, is about: How often must", "Minst vartannat år")
    anna.does_not_hear("My answers are in Swedish")


@pytest.mark.parametrize("said", ["gäng rekryterar i chattar", "bråk utanför vår galleria"])
async def test_a_reading_that_is_another_word_is_never_told(anna: Person, said: str) -> None:
    await anna.says(said)

    anna.does_not_hear("Jag tolkade frågan som")
    anna.does_not_hear("Granskad")


@pytest.mark.parametrize("typed", ["6§", "6 §", "§ 6", "§6", "6 § 2 st", "§ 6 andra stycket"])
async def test_a_section_is_no_number_in_a_list(anna: Person, typed: str) -> None:
    await anna.says(typed)
    anna.hears("6 §")
    anna.does_not_hear("Jag väntar inte på något svar")
    await anna.says("utbildningar")
    await anna.says(typed)
    anna.hears("6 §")
