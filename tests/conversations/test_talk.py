"""What is said of the talk itself gets a fitting word and a way on."""

import pytest

from tests.support.town import Person, unsure


@pytest.mark.parametrize(
    ("said", "hears"),
    [
        ("vem är du", "är en bot, ingen människa"),
        ("är du en människa?", "är en bot, ingen människa"),
        ("är du en AI", "är en bot, ingen människa"),
        ("skriver jag med en robot eller en människa", "är en bot, ingen människa"),
        ("prata med en människa", "”min samordnare”"),
        ("kan jag få snacka med någon levande person", "”min samordnare”"),
        ("bra", "Okej"),
        ("tack bra", "Varsågod"),
        ("du är dålig", "Tråkigt att du är missnöjd"),
        ("du svarar fel", "Tråkigt att du är missnöjd"),
        ("vad dum du är då", "Tråkigt att du är missnöjd"),
        ("jag fattar inte", "Då försöker vi igen"),
        ("jag hänger inte alls med", "Då försöker vi igen"),
    ],
)
async def test_talk_gets_a_fitting_word(anna: Person, said: str, hears: str) -> None:
    await anna.says(said)

    anna.hears(hears)


@pytest.mark.both_databases
@pytest.mark.parametrize(
    "complaint", ["det var inte det jag frågade", "du svarar fel", "nej det är inte vad jag undrar"]
)
async def test_after_a_complaint_the_same_choices_do_not_come_back(
    anna: Person, complaint: str
) -> None:
    await anna.says(unsure())
    offered = [line[4:] for line in anna.words().split("\n") if line[1:4] == " – "]
    await anna.says(complaint)
    anna.hears("Tråkigt att jag inte svarade på din fråga", "Min samordnare")

    await anna.says(unsure())
    assert offered
    for title in offered:
        anna.does_not_hear(title)


async def test_a_sure_answer_that_was_complained_about_says_that_it_is_the_same(
    anna: Person,
) -> None:
    await anna.says("hur ofta ska lägesbilden uppdateras?")
    await anna.says("du svarar fel")
    anna.hears("Stämmer inte?")
    await anna.says("hur ofta uppdateras lägesbilden")

    anna.hears("Jag hittar samma svar som nyss", "Minst vartannat år")


async def test_what_is_not_understood_of_an_answer_leads_on(anna: Person) -> None:
    await anna.says("hur ofta ska lägesbilden uppdateras?")
    await anna.says("jag fattar inte")

    anna.hears("”läs mer”", "Min samordnare")


@pytest.mark.parametrize(
    "said",
    ["vem skriver åtgärdsplanen", "vad menas med samverkan", "vem har rätt att kamerabevaka"],
)
async def test_a_question_that_sounds_like_talk_is_one(anna: Person, said: str) -> None:
    await anna.says(said)

    anna.does_not_hear("är en bot")
    anna.does_not_hear("Då försöker vi igen")


async def test_a_subject_dies_after_two_other_turns(anna: Person) -> None:
    await anna.says("hur ofta ska lägesbilden uppdateras?")
    await anna.says("hej")
    await anna.says("tack")
    await anna.says("läs mer")
    anna.hears("Hinner ni inte i år?")

    for said in ("hej", "tack", "hejdå"):
        await anna.says(said)
    await anna.says("läs mer")
    anna.hears("Vi har inte pratat om något svar än")


@pytest.mark.parametrize("said", ["sekretess", "pengar", "lägesbild", "unga", "Brå"])
async def test_a_bare_theme_is_no_okay(anna: Person, said: str) -> None:
    await anna.says(said)

    anna.does_not_hear("Okej")


@pytest.mark.parametrize(
    "said",
    [
        "en elev har blivit hotad på skolan, vad gör vi",
        "jag är ny samordnare i Ljungby, vad ska jag börja med?",
    ],
)
async def test_a_question_is_not_told_that_nothing_was_done(anna: Person, said: str) -> None:
    await anna.says(said)

    anna.does_not_hear("Jag har inte gjort något")
