"""The words that `deploy/integritet.md` names for a person's rights do what it says."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from sqlalchemy import func, select

from knowledge.directory.models import people
from tests.deploy.files import DEPLOY
from tests.support.town import Person, Town, town

SAID = {
    "mina uppgifter": "Det här sparar jag om dig",
    "vad vet du om mig": "Det här sparar jag om dig",
    "gdpr": "Det här sparar jag om dig",
    "integritet": "Det här sparar jag om dig",
    "registerutdrag": "Det här sparar jag om dig",
    "radera mig": "Ska jag radera dig?",
    "byt kommun": "din nya kommun",
    "ändra mina svar": "frågar efter något",
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


async def test_a_file_that_is_fetched_is_not_kept(sqlite_url: str) -> None:
    folder = Path(sqlite_url.removeprefix("sqlite:///")).parent
    async with town(sqlite_url) as tryggve:
        anna = tryggve.person("Anna Alm")
        await anna.says("byt kommun till Växjö")
        before = {path.name for path in folder.iterdir()}
        await anna.says("mina uppgifter")
        path = urlsplit(anna.button("Hämta allt (fil)")["url"]).path
        async with tryggve.http.get(tryggve.url + path) as response:
            assert response.status == 200

        assert {path.name for path in folder.iterdir()} == before


async def test_of_a_guest_only_the_conversation_is_kept(sqlite_url: str) -> None:
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    async with town(sqlite_url) as tryggve:
        guest = tryggve.person("Gustaf Gästman", guest=True)
        await guest.says("vad kan du?")
        await guest.says("hur ofta ska vi uppdatera lägesbilden?")
        async with tryggve.tryggve.database.read() as tx:
            known = (await tx.execute(select(func.count()).select_from(people))).scalar_one()
    stored = b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))

    assert known == 0
    assert b"Gustaf" not in stored


async def test_ones_own_data_lead_to_the_page(tryggve: Town, anna: Person) -> None:
    await anna.says("mina uppgifter")
    anna.hears("Hur rättar, invänder eller klagar du, och hur når du dataskyddsombudet?")
    path = urlsplit(anna.button("Om personuppgifter")["url"]).path

    async with tryggve.http.get(tryggve.url + path) as response:
        assert response.status == 200
        assert "Så behandlar Tryggve personuppgifter" in await response.text()


@pytest.mark.parametrize(
    "words",
    [
        "vem är dataskyddsombud hos er?", "hur klagar jag på er hantering av mina uppgifter",
        "jag vill invända mot behandlingen", "kan chefen läsa vad jag har frågat?",
        "integritetspolicyn", "hur länge har ni kvar mina uppgifter",
        "skicka över allt ni vet om mig", "lagras mina uppgifter i usa?",
    ],
)  # fmt: skip
async def test_questions_of_ones_rights_lead_there_and_erase_nobody(
    anna: Person, words: str
) -> None:
    await anna.says("byt kommun till Växjö")
    await anna.says(words)

    anna.hears("Om personuppgifter")
    anna.does_not_hear("Ska jag radera dig?")


@pytest.mark.parametrize("words", ["mitt namn är felstavat", "ändra mitt namn"])
async def test_who_puts_a_name_right_is_told(anna: Person, words: str) -> None:
    await anna.says("byt kommun till Växjö")
    await anna.says(words)

    anna.hears("Ditt eget namn kommer från Teams, och rättas av den som sköter ditt konto.")
