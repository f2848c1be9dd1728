"""Did it help? And which questions are left open."""

from datetime import date

import pytest

from knowledge.questions.models import Verdict, WhyOpen
from tests.support.town import Person, Town, unsure

pytestmark = pytest.mark.both_databases

ASKED = "hur ofta ska vi uppdatera lägesbilden?"
ARTICLE = "hur-ofta-uppdateras-lagesbilden"


async def counted(tryggve: Town) -> dict[Verdict, int]:
    verdicts = await tryggve.tryggve.questions.count_verdicts()
    assert all((one.article, one.checked) == (ARTICLE, date(2026, 11, 27)) for one in verdicts)
    return {one.verdict: one.times for one in verdicts}


async def test_that_it_helped_is_counted_for_the_version_that_was_read(
    tryggve: Town, anna: Person
) -> None:
    await anna.says(ASKED)
    await anna.taps("Det hjälpte")
    anna.hears("Kul att det hjälpte")

    assert await counted(tryggve) == {Verdict.HELPED: 1}


async def test_a_second_tap_on_the_same_answer_counts_nothing(tryggve: Town, anna: Person) -> None:
    await anna.says(ASKED)
    button = anna.button("Det hjälpte")
    await anna.taps_action(button)
    await anna.taps_action(button)
    await anna.says("det hjälpte")

    assert await counted(tryggve) == {Verdict.HELPED: 1}


async def test_it_can_be_typed(tryggve: Town, anna: Person) -> None:
    await anna.says(ASKED)
    await anna.says("Tack, det hjälpte!")
    anna.hears("Kul att det hjälpte")
    await anna.says(ASKED)
    await anna.says("det hjälpte inte")
    anna.hears("Synd att det inte hjälpte", "Min samordnare")

    assert await counted(tryggve) == {Verdict.HELPED: 1, Verdict.NOT_HELPED: 1}


async def test_a_wrong_answer_is_counted_once_with_its_comment(tryggve: Town, anna: Person) -> None:
    await anna.says(ASKED)
    await anna.taps("Stämmer inte?")
    await anna.taps("Skicka", note="Det står fel paragraf")

    assert await counted(tryggve) == {Verdict.WRONG: 1}


async def test_words_about_no_answer_are_not_counted(tryggve: Town, anna: Person) -> None:
    await anna.says("det hjälpte")
    await anna.taps_action(
        {"type": "Action.Submit", "data": {"verb": "helped", "id": "finns-inte"}}
    )

    assert await counted(tryggve) == {}


async def test_offered_questions_are_open_until_one_is_chosen(tryggve: Town, anna: Person) -> None:
    questions = tryggve.tryggve.questions
    await anna.says(unsure())
    anna.hears("Menade du")
    [gap] = await questions.list_gaps()
    assert gap.questions[0].why is WhyOpen.UNCHOSEN

    await anna.says("1")
    assert await questions.list_gaps() == []


async def test_none_of_these_leaves_the_question_open(tryggve: Town, anna: Person) -> None:
    await anna.says(unsure())
    await anna.taps("Inget av dessa")

    [gap] = await tryggve.tryggve.questions.list_gaps()
    assert gap.wordings == (unsure(),)


async def test_the_twenty_first_report_of_a_day_is_declined(tryggve: Town, anna: Person) -> None:
    await anna.says("hur ofta ska lägesbilden uppdateras?")
    wrong = anna.button("Stämmer inte?")
    for _ in range(20):
        await anna.taps_action(wrong)
        anna.hears("Tack")
    await anna.taps_action(wrong)
    anna.hears("Du har rapporterat 20 fel i dag")
