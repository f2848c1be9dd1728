"""Where the answer differs by who asks, Tryggve asks who it is: tapped or typed."""

import pytest

from tests.support.town import Person

ASKS = "Arbetar du i socialtjänsten, skolan eller någon annanstans?"
SOCIAL = "Får socialtjänsten berätta för polisen?"
FIELD = "Får en fältare eller fritidsledare berätta för polisen om en ungdom?"
TEACHER = "Får en lärare själv berätta för polisen?"
NURSE = "Får skolkuratorn eller skolsköterskan berätta för polisen?"
SCHOOL = "Gäller andra regler när skolan lämnar uppgifter till polisen?"
OTHERS = "Övriga kommunen:"


@pytest.mark.parametrize(
    ("said", "hears"),
    [
        ("soc", SOCIAL),
        ("Socialtjänsten", SOCIAL),
        ("jag är socialsekreterare", SOCIAL),
        ("i hemtjänsten", SOCIAL),
        ("1", SOCIAL),
        ("fritidsgård", FIELD),
        ("jag jobbar som fältare", FIELD),
        ("jag är rektor", SCHOOL),
        ("lärare", TEACHER),
        ("skolsköterska", NURSE),
        ("jag sitter på miljökontoret", OTHERS),
        ("jag jobbar på verkstaden", OTHERS),
        ("någon annanstans", OTHERS),
        ("inget av dem", OTHERS),
        ("den sista", OTHERS),
    ],
)
async def test_a_typed_role_gets_its_answer(anna: Person, said: str, hears: str) -> None:
    await anna.says("får jag berätta för polisen?")
    anna.hears(ASKS)
    anna.does_not_hear("Granskad")

    await anna.says(said)
    anna.hears(hears, "Granskad")


@pytest.mark.parametrize(
    ("said", "hears"),
    [
        ("lärare", TEACHER),
        ("2", TEACHER),
        ("kuratorn", NURSE),
        ("rektor", SCHOOL),
        ("sista", SCHOOL),
    ],
)
@pytest.mark.parametrize("school", ["på skola", "jag jobbar på en skola", "2"])
async def test_in_school_it_also_depends_on_as_what(
    anna: Person, school: str, said: str, hears: str
) -> None:
    await anna.says("får jag berätta för polisen?")
    await anna.says(school)
    anna.hears("Vad gör du i skolan?")

    await anna.says(said)
    anna.hears(hears, "Granskad")


async def test_a_tapped_role_gets_its_answer(anna: Person) -> None:
    await anna.says("får jag berätta för polisen?")
    await anna.taps("2 – Skolan")
    await anna.taps("1 – Rektor")

    anna.hears(SCHOOL, "Granskad")


async def test_the_question_is_kept_in_mind(anna: Person) -> None:
    await anna.says("får vi varna polisen för att en nittonåring planerar ett brott?")
    anna.hears(ASKS)

    await anna.says("soc")
    anna.hears("Får socialtjänsten berätta för polisen att en ungdom riskerar att begå brott?")


@pytest.mark.parametrize(
    ("said", "hears"),
    [
        ("jag är socialsekreterare, får jag berätta för polisen?", SOCIAL),
        ("får rektorn lämna uppgifter till polisen?", SCHOOL),
        ("som fältare, får jag tipsa polisen?", FIELD),
        ("jag är kurator på en skola, får jag berätta för polisen?", NURSE),
        ("I am a social worker, may I tell the police?", SOCIAL),
    ],
)
async def test_who_says_the_role_is_answered_at_once(anna: Person, said: str, hears: str) -> None:
    await anna.says(said)

    anna.does_not_hear(ASKS)
    anna.hears(hears, "Granskad")


@pytest.mark.parametrize(
    ("other", "hears"),
    [
        ("hur ofta ska lägesbilden uppdateras?", "Minst vartannat år"),
        ("får skolan ha kameror inomhus?", "kameror"),
        ("utbildningar", "utbildning"),
        ("samordnare i Kalmar", "Kalmar"),
        ("hjälp", "min samordnare"),
    ],
)
async def test_another_question_ends_it(anna: Person, other: str, hears: str) -> None:
    await anna.says("får jag berätta för polisen?")
    await anna.says(other)
    anna.hears(hears)
    anna.does_not_hear("Arbetar du i socialtjänsten")

    await anna.says("2")
    anna.does_not_hear("Vad gör du i skolan?")


async def test_a_number_that_was_not_offered_asks_once_more(anna: Person) -> None:
    await anna.says("får jag berätta för polisen?")
    await anna.says("9")
    anna.hears("Skriv ett tal från 1 till 4")

    await anna.says("1")
    anna.hears(SOCIAL)


async def test_what_goes_on_from_an_answer_is_for_the_same_role(anna: Person) -> None:
    await anna.says("jag är socialsekreterare, får jag berätta för polisen?")
    await anna.says("och om brottet redan har hänt?")

    anna.does_not_hear(ASKS)


async def test_an_english_question_is_asked_back_in_english(anna: Person) -> None:
    await anna.says("may we tell the police?")
    anna.hears("Do you work in social services", "Social services", ASKS)

    await anna.says("2")
    anna.hears("What do you do at the school?")
    await anna.taps("2 – Teacher, mentor or assistant")
    anna.hears("This answer, in Swedish, is about: May a teacher tell the police?", TEACHER)


async def test_a_chosen_answer_that_depends_asks_first(anna: Person) -> None:
    await anna.says("som lärare, får jag berätta för polisen?")
    await anna.says("finns det undantag från skyldigheten att lämna uppgifter till polisen?")
    await anna.taps("Får kommunen lämna uppgifter till polisen?")

    anna.hears(ASKS)


async def test_it_may_stand_beside_another_answer(anna: Person) -> None:
    await anna.says("Hur ofta ska lägesbilden uppdateras? Och får jag berätta för polisen?")
    anna.hears("Minst vartannat år", ASKS)

    await anna.says("soc")
    anna.hears(SOCIAL)


async def test_it_comes_also_while_something_else_is_awaited(anna: Person) -> None:
    await anna.says("min samordnare")
    anna.hears("Vilken kommun arbetar du i?")

    await anna.says("får jag berätta för polisen?")
    anna.hears(ASKS)


async def test_an_old_card_still_leads_on(anna: Person) -> None:
    await anna.says("får vi varna polisen för att en nittonåring planerar ett brott?")
    social = anna.button("1 – Socialtjänsten")
    await anna.says("hur ofta ska lägesbilden uppdateras?")
    await anna.taps_action(social)

    anna.hears("Får socialtjänsten berätta för polisen att en ungdom riskerar att begå brott?")
