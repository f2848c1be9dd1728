"""What is said without words, or to nothing that was asked, gets a short kind sentence."""

import pytest

from tests.support.builders import create_training
from tests.support.town import Person, Town

UPDATED = "hur ofta ska lägesbilden uppdateras?"


@pytest.mark.parametrize(
    ("said", "hears"),
    [
        *((sign, "Okej.") for sign in ("👍", "👍🏽👍", ":)", "🐧", "haha", "hahaha", "hihi")),
        *((sign, "Varsågod.") for sign in ("🙏", "😊", "❤️", "👏👏", "tack 😊", "toppen!")),
        *((said, "Varsågod.") for said in ("ok tack", "bra svar", "vilket bra svar!")),
        *((said, "Varsågod.") for said in ("bra jobbat 👍", "suveränt")),
        *((sign, "Tråkigt att du är missnöjd") for sign in ("😡", "👎", "😡😡", ":(")),
        ("🤔", "Då försöker vi igen"),
        ("👋", "Hej Anna"),
    ],
)
async def test_a_sign_gets_a_short_sentence(anna: Person, said: str, hears: str) -> None:
    await anna.says(said)

    anna.hears(hears)


async def test_after_an_answer_it_is_about_the_answer(anna: Person) -> None:
    await anna.says(UPDATED)
    await anna.says("bra svar 😊")
    anna.hears("Kul att det hjälpte")
    await anna.says("😡")
    anna.hears("Tråkigt att jag inte svarade på din fråga")


@pytest.mark.both_databases
@pytest.mark.parametrize("sign", ["👍", "🤷", "haha"])
async def test_a_sign_is_no_answer_and_the_question_waits(
    tryggve: Town, anna: Person, sign: str
) -> None:
    await create_training(tryggve, title="Orsaker i praktiken", place="Lund")
    await anna.says("utbildningar")
    await anna.says("den i Lund")
    await anna.says(sign)
    anna.hears("Det kan jag inte läsa som ett svar.")
    await anna.says("mina utbildningar")
    anna.hears("Du är inte anmäld till någon")
    await anna.says("utbildningar")
    await anna.says("den i Lund")
    await anna.says(sign)
    await anna.says("ja 👍")
    anna.hears("Du är anmäld")


@pytest.mark.parametrize("before", ["", "utbildningar", UPDATED, "tack"])
@pytest.mark.parametrize("said", ["ja", "nej", "ja tack", "ja det vill jag", "nej det behövs inte"])
async def test_a_yes_or_no_to_nothing_is_told_so(
    tryggve: Town, anna: Person, before: str, said: str
) -> None:
    await create_training(tryggve, title="Orsaker i praktiken")
    if before:
        await anna.says(before)
    await anna.says(said)

    anna.hears("Jag har inte frågat något just nu", "”hjälp”")
    anna.does_not_hear("Orsaker i praktiken")
