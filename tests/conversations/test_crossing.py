"""Something comes by itself between a question and its answer: a yes may be meant for either."""

import pytest

from tests.conversations.test_ask_author import _announced
from tests.support.town import Town

CROSSED = "Det har kommit ett meddelande till dig sedan jag frågade"


@pytest.mark.both_databases
async def test_a_yes_to_what_came_in_between_takes_nothing_back(tryggve: Town) -> None:
    kerstin, anna = await _announced(tryggve)
    await kerstin.says("visa utskicket")
    await kerstin.says("dra tillbaka")
    kerstin.hears("Vill du dra tillbaka")
    await anna.says("fråga samordnaren: Ska vi anmäla oss?")
    await kerstin.is_told("Ska vi anmäla oss?")
    await kerstin.says("ja")
    kerstin.hears(CROSSED, "Jag frågade: ”Vill du dra tillbaka")
    await kerstin.says("ja")
    kerstin.hears("Utskicket är tillbakadraget")


async def test_without_anything_in_between_a_yes_is_a_yes(tryggve: Town) -> None:
    kerstin, anna = await _announced(tryggve)
    await anna.says("fråga samordnaren: Ska vi anmäla oss?")
    await kerstin.is_told("Ska vi anmäla oss?")
    await kerstin.says("visa utskicket")
    await kerstin.says("dra tillbaka")
    await kerstin.says("ja")
    kerstin.does_not_hear(CROSSED)


async def test_a_no_or_another_matter_is_heard_all_the_same(tryggve: Town) -> None:
    kerstin, anna = await _announced(tryggve)
    await kerstin.says("visa utskicket")
    await kerstin.says("dra tillbaka")
    await anna.says("fråga samordnaren: Ska vi anmäla oss?")
    await kerstin.is_told("Ska vi anmäla oss?")
    await kerstin.says("hur ofta ska lägesbilden uppdateras?")
    kerstin.does_not_hear(CROSSED)
    await kerstin.says("dra tillbaka")
    await anna.says("fråga samordnaren: Eller inte?")
    await kerstin.is_told("Eller inte?")
    await kerstin.says("nej")
    kerstin.does_not_hear(CROSSED)


@pytest.mark.parametrize("said", ["nej, ändra rubriken till Ny tid", "nä, visa mina utskick"])
async def test_after_a_no_and_another_wish_nothing_waits_for_a_yes(
    tryggve: Town, said: str
) -> None:
    kerstin, _ = await _announced(tryggve)
    await kerstin.says("visa utskicket")
    await kerstin.says("dra tillbaka")
    kerstin.hears("Vill du dra tillbaka")
    await kerstin.says(said)
    await kerstin.says("ja")
    kerstin.does_not_hear("Utskicket är tillbakadraget")
    await kerstin.says("visa utskicket")
    kerstin.does_not_hear("Utskicket är tillbakadraget")
