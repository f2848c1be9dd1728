"""The words that `deploy/integritet.md` names for a person's rights do what it says."""

import re

import pytest

from tests.deploy.files import DEPLOY
from tests.support.town import Person, Town

SAID = {
    "mina uppgifter": "Det här sparar jag om dig",
    "vad vet du om mig": "Det här sparar jag om dig",
    "gdpr": "Det här sparar jag om dig",
    "integritet": "Det här sparar jag om dig",
    "registerutdrag": "Det här sparar jag om dig",
    "radera mig": "Ska jag radera dig?",
    "byt kommun": "din nya kommun",
    "ändra mina svar": "Ingen av dina utbildningar frågar efter något",
    "inga utskick": "Du får inga utskick",
}


def test_every_word_of_the_page_is_tried() -> None:
    page = (DEPLOY / "integritet.md").read_text("utf-8")

    assert set(re.findall("”([^”]+)”", page)) == set(SAID)


@pytest.mark.parametrize("word", SAID)
async def test_the_words_for_ones_rights_are_understood(anna: Person, word: str) -> None:
    await anna.says("byt kommun till Växjö")
    await anna.says(word)

    anna.hears(SAID[word])


async def test_the_question_tells_what_stays(anna: Person) -> None:
    await anna.says("byt kommun till Växjö")
    await anna.says("radera mig")

    anna.hears("Meddelanden som redan ligger i Teams kan jag inte ta bort.", "Säkerhetskopior")


async def test_the_help_leads_to_ones_own_data(tryggve: Town, anna: Person) -> None:
    await anna.says("hjälp")

    anna.hears("mina uppgifter")
