"""A question or a wish in English finds what the Swedish one finds."""

import pytest

from tests.conversations.test_acknowledge import sent
from tests.support.builders import create_training
from tests.support.town import Person, Town


@pytest.mark.parametrize(
    ("said", "hears"),
    [
        ("what does the law require", "Vilka är lagens huvudkrav?"),
        ("Hi! What is a situation report?", "Vad är en lägesbild?"),
        ("do we need a coordinator", "ha en brottsförebyggande samordnare?"),
        ("who is my coordinator", "Vilken kommun arbetar du i?"),
        ("who is the coordinator for Kalmar", "Kalmar"),
        ("i want to sign up for a course", "Lägesbild i praktiken"),
        ("which courses can i take", "Lägesbild i praktiken"),
        ("show my trainings", "Du är inte anmäld till någon"),
        ("help", "min samordnare"),
        ("are you a human", "är en bot, ingen människa"),
    ],
)
async def test_it_finds_the_same(tryggve: Town, anna: Person, said: str, hears: str) -> None:
    await create_training(tryggve, title="Lägesbild i praktiken")
    await anna.says(said)

    anna.hears(hears)


async def test_it_is_told_in_english_what_the_answer_is_about(anna: Person) -> None:
    await anna.says("what does the law require")

    anna.hears("This answer, in Swedish, is about: What does the law require of the municipality?")


async def test_choices_for_an_english_question_are_in_english(anna: Person) -> None:
    await anna.says("what happens with the report and the plan")
    anna.hears("My answers are in Swedish", "2 – What happens to the plan and the council")

    await anna.says("2")
    anna.hears("This answer, in Swedish, is about: What happens to the plan and the council")


async def test_a_word_is_told_of_as_well(anna: Person) -> None:
    await anna.says("what does SSPF mean")

    anna.hears("This answer, in Swedish, is about: ")


async def test_what_acts_asks_also_in_english(anna: Person) -> None:
    await anna.says("stop sending me announcements")
    anna.hears("Ska jag sluta skicka utskick till dig?")


@pytest.mark.parametrize("said", ["don't sign me up", "I haven't read it", "how do I sign up"])
async def test_what_is_no_wish_does_nothing(sqlite_url: str, said: str) -> None:
    async with sent(sqlite_url) as (_tryggve, anna, _channel):
        await anna.says(said)

        anna.does_not_hear("Ska jag")
        anna.does_not_hear("Klart")


@pytest.mark.parametrize(
    "said",
    [
        "anmäl min kollega till kursen", "kan du anmäla Lisa", "hur anmäler jag min kollega",
        "kan du boka in Ahmed på utbildningen", "sign up my colleague",
    ],
)  # fmt: skip
@pytest.mark.parametrize("before", ["utbildningar", "vem har ansvaret för planen"])
async def test_nobody_else_is_signed_up(
    tryggve: Town, anna: Person, said: str, before: str
) -> None:
    await create_training(tryggve, title="Lägesbild i praktiken")
    await anna.says(before)
    await anna.says(said)
    anna.hears("kolleg")  # a colleague is asked, and answers in the own chat

    await anna.says("mina utbildningar")
    anna.hears("Du är inte anmäld till någon")


async def test_a_stray_yes_is_told_that_nothing_waits(anna: Person) -> None:
    await anna.says("ja")

    anna.hears("Jag har inte frågat något just nu")
