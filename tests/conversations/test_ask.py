"""J1: asking about the duties."""

import pytest

from tests.support.town import Person, Town


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
        "Granskad 21 november 2026",
        "Min samordnare",
        "Stämmer inte?",
    )


async def test_related_questions_lead_on(anna: Person) -> None:
    await anna.says("hur ofta ska vi uppdatera lägesbilden?")
    await anna.taps("Vad ska en lägesbild innehålla enligt lagen?")

    anna.hears("En lägesbild ska enligt 4 § innehålla tre delar", "Källa:")


async def test_outside_the_base_it_says_so_and_offers_the_coordinator(anna: Person) -> None:
    await anna.says("hur lagar jag pannkakor")
    anna.hears("Det har jag inget säkert svar på. Jag gissar inte.", "Min samordnare")

    await anna.says("vilken film ska jag se ikväll")
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
