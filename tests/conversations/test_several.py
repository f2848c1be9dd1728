"""Several questions in one message, greetings around them, and danger before everything."""

import tomllib
from dataclasses import dataclass

import pytest

from dialogs.conversation.asked import bare_question, is_danger, pieces
from knowledge.answers.models import Outcome
from tests.conversations.test_ask import REGRESSION
from tests.support.builders import create_training
from tests.support.town import Person, Town, library

HALF = "Hela svaret: "


def titles(anna: Person) -> list[str]:
    """The articles that the card answers with, each with a way to the whole of it."""
    lines = [line for line in anna.words().split("\n") if line.startswith(HALF)]
    return list(dict.fromkeys(line.removeprefix(HALF) for line in lines))


@pytest.mark.both_databases
@pytest.mark.parametrize(
    "said",
    [
        "vad är en lägesbild och vem beslutar åtgärdsplanen?",
        "Vad är en lägesbild? Vem beslutar åtgärdsplanen?",
        "hej! vad är en lägesbild, och vem beslutar åtgärdsplanen? tack på förhand",
        "jag undrar vad en lägesbild är och vem som beslutar åtgärdsplanen",
    ],
)
async def test_two_questions_are_both_answered(anna: Person, said: str) -> None:
    await anna.says(said)

    assert titles(anna) == ["Vad är en lägesbild?", "Vem beslutar om åtgärdsplanen?"]
    await anna.taps(f"{HALF}Vem beslutar om åtgärdsplanen?")
    anna.hears("Vem beslutar om åtgärdsplanen?", "Granskad")


async def test_the_second_is_read_in_the_light_of_the_first(anna: Person) -> None:
    await anna.says("Vad är en lägesbild? Och hur ofta ska den uppdateras?")

    assert titles(anna) == ["Vad är en lägesbild?", "Hur ofta ska lägesbilden uppdateras?"]


async def test_a_question_and_a_wish_are_both_answered(tryggve: Town, anna: Person) -> None:
    await create_training(tryggve, title="Lägesbild i praktiken")
    await anna.says("Vem är min samordnare? Och vad kostar utbildningarna?")
    anna.hears("Kostar Brås utbildningar något?", "Vilken kommun arbetar du i?")

    await anna.says("Växjö")
    anna.hears("Jag har noterat att du arbetar i Växjö")
    await anna.says("visa utbildningar och vem är min samordnare?")
    anna.hears("Lägesbild i praktiken", "Länsstyrelsen i Kronobergs län")
    await anna.taps("Anmäl mig till 1")
    anna.hears("Lägesbild i praktiken")


async def test_of_more_questions_it_asks_which_comes_first(anna: Person) -> None:
    await anna.says("vad är en lägesbild, hur ofta ska den uppdateras och vem beslutar planen?")
    anna.hears("Du frågar om flera saker. Vilken ska jag ta först?", "Inget av dessa")

    await anna.says("den andra")
    anna.hears("Minst vartannat år")


@pytest.mark.parametrize(
    ("said", "which"),
    [
        ("hur ofta ska lägesbilden uppdateras och hur lagar man pannkakor?", "första"),
        ("Hur lagar man pannkakor? Hur ofta ska lägesbilden uppdateras?", "andra"),
    ],
)
async def test_half_an_answer_says_that_it_is_half(anna: Person, said: str, which: str) -> None:
    await anna.says(said)

    anna.hears(f"Jag svarar på din {which} fråga", "Minst vartannat år", "pannkakor")
    anna.hears("inget säkert svar")


@pytest.mark.parametrize(
    "said",
    [
        "Kan vi hyra in ordningsvakter till centrum, och krävs det tillstånd?",
        "Vad är skillnaden mellan kartläggning och lägesbild?",
        "Hur och när ska åtgärdsplanen följas upp?",
    ],
)
async def test_one_question_with_an_and_in_it_stays_whole(anna: Person, said: str) -> None:
    await anna.says(said)

    assert titles(anna) == []


async def test_a_wish_that_acts_beside_a_question_is_not_carried_out(
    tryggve: Town, anna: Person
) -> None:
    await create_training(tryggve, title="Lägesbild i praktiken")
    await anna.says("utbildningar")
    await anna.says("anmäl mig till 1 och vad är en lägesbild?")
    anna.hears("har inte gjort något annat", "Vad är en lägesbild?")

    await anna.says("mina utbildningar")
    anna.hears("Du är inte anmäld till någon")


@dataclass
class Case:
    id: str
    question: str


def regression() -> list[Case]:
    return [
        Case(id_, question)
        for path in sorted(REGRESSION.glob("*.toml"))
        for id_, kinds in tomllib.loads(path.read_text("utf-8")).items()
        if path.stem != "outside"
        for questions in kinds.values()
        for question in questions
    ]


async def test_no_single_question_loses_its_answer(anna: Person) -> None:
    """Those that could be read as two, and have a sure and right answer as one."""
    asked = 0
    for one in regression():
        found = library().ask(one.question)
        sure = found.outcome is Outcome.ANSWER and found.matches[0].id == one.id
        if sure and len(pieces(one.question)) > 1:
            await anna.says("hej")
            await anna.says(one.question)
            anna.hears(found.matches[0].title)
            asked += 1
    assert asked > 10


def test_what_is_around_a_question_hides_nothing_of_what_is_found() -> None:
    """Without it the same is found, and as surely, or choices where there was nothing."""
    for one in regression():
        bare = bare_question(one.question)
        if bare != one.question:
            found, before = library().ask(bare), library().ask(one.question)
            if before.outcome is Outcome.UNKNOWN:
                assert found.outcome is not Outcome.ANSWER, one.question
                continue
            assert found.outcome is before.outcome, one.question
            assert found.matches[:1] == [] or found.matches[0].id == before.matches[0].id


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("hej, vad är en lägesbild?", "vad är en lägesbild?"),
        ("Hej Tryggve! Hur ofta?", "Hur ofta?"),
        ("tjena hur ofta ska den uppdateras", "hur ofta ska den uppdateras"),
        ("vad är SSPF? Mvh Anna", "vad är SSPF?"),
        ("tack! vem beslutar planen", "vem beslutar planen"),
        ("jag vet inte hur ofta vi ska mötas", "hur ofta vi ska mötas"),
        ("hej", "hej"),
        ("hej då", "hej då"),
        ("tack så mycket", "tack så mycket"),
    ],
)
def test_a_question_is_heard_without_what_is_around_it(said: str, asked: str) -> None:
    assert bare_question(said) == asked


@pytest.mark.parametrize(
    "said",
    [
        "jag är hotad", "min sambo slår mig", "jag orkar inte leva längre", "hjälp det brinner",
        "någon försöker bryta sig in hos mig", "jag tänker ta livet av mig",
        "my husband is beating me",
        "vad är en lägesbild? jag blev hotad på jobbet",
        "Min man slår mig. Och vad är en lägesbild?",
        "tack, men han hotar mig",
    ],
)  # fmt: skip
async def test_danger_comes_before_everything(anna: Person, said: str) -> None:
    await anna.says("vem har ansvaret för planen")
    await anna.says(said)

    anna.hears("ring 112 nu", "114 14")
    anna.does_not_hear("Vad är en lägesbild?")


async def test_danger_comes_before_what_is_awaited(anna: Person) -> None:
    await anna.says("min samordnare")
    await anna.says("min man slår mig")

    anna.hears("ring 112 nu")


def test_a_question_about_danger_is_a_question() -> None:
    told = [one.question for one in regression() if is_danger(one.question)]

    assert told == []
    for said in ("vad gör skolan när en elev hotas", "hur många känner sig rädda ute",
                 "får vi kamerabevaka där det brinner ofta"):  # fmt: skip
        assert not is_danger(said)
