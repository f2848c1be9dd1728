""" "Menade du …?" holds answers and what we can do, side by side."""

from datetime import date

import pytest

from bot.commands.understand import every_dialog
from dialogs.conversation.dialog import effects
from dialogs.conversation.texts import text
from dialogs.conversation.wishes import (
    LEADS_TO_ACT,
    REACTIONS,
    SHOWN_INSTEAD,
    SMALL_TALK,
    WHOLE,
    act_of,
)
from dialogs.understanding.effect import Effect
from dialogs.understanding.understand import Understanding
from dialogs.understanding.vocabulary import wordings
from dialogs.understanding.weigh import Context, Understood
from knowledge.answers.models import Outcome
from tests.support.builders import create_training
from tests.support.town import Person, Town, library

VAGUE = (
    "anmälan kurs för politiker", "samordnare och kurs", "hur är det med min anmälan",
    "samordnarens utbildning", "vem håller kurserna", "det där med anmälan",
    "fråga om utbildning för samordnare",
)  # fmt: skip


def understood(said: str) -> Understood:
    base = library().base
    engine = Understanding(effects(every_dialog()), base.articles)
    return engine.understand(said, Context(date(2026, 11, 26)), library().ask)


def vague_about(command: str) -> str:
    """A message that offers this command and an answer, however it is weighed today."""
    return next(
        said
        for said in VAGUE
        if {command} <= {*(here := understood(said)).offers} & {*here.likely}
        and library().ask(said).outcome is Outcome.CHOICES
        and any(map(library().article, here.offers))
    )


def line_of(command: str, anna: Person) -> str:
    """The line that offers a command, with its number."""
    return next(line for line in anna.words().split("\n") if line.endswith(f"– {act_of(command)}"))


def test_every_command_has_a_line_to_be_offered_by() -> None:
    for one in wordings():
        if one.command not in {*SMALL_TALK, *REACTIONS, "cancel"}:
            assert text(f"conversation.wish.act.{one.command}")


def test_every_command_that_acts_says_how_it_is_said() -> None:
    acting = {name for name, effect in effects(every_dialog()).items() if effect is not Effect.NONE}
    for one in wordings():
        if one.command in (acting | LEADS_TO_ACT | WHOLE) - {*SHOWN_INSTEAD}:
            assert text(f"conversation.wish.exact.{one.command}")


@pytest.mark.parametrize(
    "said",
    ["hur länge kan jag ångra mig?", "vad händer om jag stänger av påminnelserna?",
     "vad händer med mina svar?", "finns det intyg?", "hur går incheckningen till?"],
)  # fmt: skip
async def test_what_is_asked_of_what_one_may_do_is_answered(anna: Person, said: str) -> None:
    await anna.says(said)
    anna.does_not_hear("Något gick fel")


@pytest.mark.both_databases
@pytest.mark.parametrize("answered", ["tap", "number", "title", "name"])
async def test_what_only_shows_is_done_when_it_is_chosen(
    tryggve: Town, anna: Person, answered: str
) -> None:
    await create_training(tryggve, title="Lägesbild i praktiken")
    await anna.says(vague_about("trainings"))
    anna.hears("Menade du något av det här?", "Visa utbildningar", "Inget av dessa")
    line = line_of("trainings", anna)

    if answered == "tap":
        await anna.taps(line)
    else:
        words = {"number": line.split(" ")[0], "title": "visa utbildningar", "name": "utbildningar"}
        await anna.says(words[answered])

    anna.hears("Lägesbild i praktiken")


@pytest.mark.parametrize("answered", ["tap", "number", "title"])
async def test_what_acts_asks_which_when_it_is_chosen(
    tryggve: Town, anna: Person, answered: str
) -> None:
    await create_training(tryggve, title="Lägesbild i praktiken")
    await anna.says(vague_about("sign_up"))
    line = line_of("sign_up", anna)

    if answered == "tap":
        await anna.taps(line)
    else:
        words = {"number": f"nr {line.split(' ')[0]}", "title": "anmäla dig till en utbildning"}
        await anna.says(words[answered])
    anna.hears("Lägesbild i praktiken", "anmäl mig till 1")

    await anna.says("mina utbildningar")
    anna.hears("Du är inte anmäld")


async def test_an_answer_among_commands_is_shown(anna: Person) -> None:
    said = vague_about("trainings")
    title = next(a.title for one in understood(said).offers if (a := library().article(one)))
    await anna.says(said)
    await anna.says(title)

    anna.hears(title, "Granskad")


async def test_what_was_turned_down_is_not_offered_again(anna: Person) -> None:
    said = vague_about("trainings")
    await anna.says(said)
    offered = [line[4:] for line in anna.words().split("\n") if line[1:4] == " – "]
    await anna.says("ingen av dem")
    await anna.says(said)

    for title in offered:
        anna.does_not_hear(title)


async def test_what_is_of_use_to_coordinators_only_is_not_offered_to_others(
    tryggve: Town, anna: Person
) -> None:
    await anna.says("skriva till folk")
    anna.does_not_hear("Skriva ett nytt utskick")


@pytest.mark.parametrize("said", ["Skriv en dikt om hösten", "sjung en sång", "hur bakar jag bröd"])
async def test_what_is_far_from_everything_is_offered_nothing(anna: Person, said: str) -> None:
    await anna.says(said)

    anna.hears("Det har jag inget säkert svar på")
