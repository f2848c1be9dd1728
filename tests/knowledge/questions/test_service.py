"""Open questions are counted, grouped by likeness, and forgotten after a year."""

from datetime import UTC, datetime

from knowledge.delivery.tallies import Counts
from knowledge.questions.gaps import group, near
from knowledge.questions.models import OpenQuestion, WhyOpen, verdicts
from knowledge.questions.service import QuestionService
from knowledge.storage.database import Database

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def asked(question: str, times: int = 1, county: str = "07") -> OpenQuestion:
    return OpenQuestion(question, WhyOpen.UNANSWERED, county, times, NOW)


def test_questions_that_are_alike_are_one_gap() -> None:
    gaps = group(
        [
            asked("hur anmäler vi till hedersregistret"),
            asked("hur anmäler man till heders registret", 3, "12"),
            asked("Anmäla till hedersregistret?"),
            asked("vad kostar en drönare"),
        ]
    )
    assert [gap.times for gap in gaps] == [5, 1]
    assert gaps[0].wordings[0] == "hur anmäler man till heders registret"
    assert gaps[0].counties == ("07", "12")


def test_the_same_beginning_is_not_the_same_matter() -> None:
    gaps = group([asked("hur gör vi med drönare"), asked("hur gör vi med skadegörelse")])

    assert len(gaps) == 2


def test_a_thousand_questions_are_grouped() -> None:
    assert len(group([asked(f"fråga {chr(97 + n % 26) * 8} {n}") for n in range(1_000)])) <= 1_000


async def test_the_same_question_is_counted(database: Database) -> None:
    questions = QuestionService(database, Counts(database), lambda: NOW)
    for county in ("07", "07", "12", ""):
        await questions.leave_open("vad kostar  en drönare", WhyOpen.UNANSWERED, county)

    [gap] = await questions.list_gaps()
    assert (gap.times, gap.wordings) == (4, ("vad kostar en drönare",))


async def test_no_text_about_somebody_is_stored_whoever_hands_it_in(database: Database) -> None:
    questions = QuestionService(database, Counts(database))
    await questions.leave_open("vem är 850101-1236, ring 0701234567", WhyOpen.UNANSWERED, "07")
    await questions.leave_open("x" * 395 + " 850101-1236", WhyOpen.UNANSWERED, "07")
    await questions.leave_open("misstänkt Kalle", WhyOpen.PRIVATE, "07")

    wordings = {wording for gap in await questions.list_gaps() for wording in gap.wordings}
    assert wordings == {near("")}
    assert await questions.count_private() == 1


async def test_settling_what_is_not_open_changes_nothing(database: Database) -> None:
    questions = QuestionService(database, Counts(database))
    await questions.leave_open("plan", WhyOpen.UNCHOSEN, "07")
    await questions.settle("rådet", "07")
    await questions.settle("plan", "12")

    assert [gap.times for gap in await questions.list_gaps()] == [1]


def test_no_verdict_has_a_key_that_leads_to_a_person() -> None:
    assert set(verdicts.c.keys()) == {"id", "article", "checked", "verdict", "given_at"}
