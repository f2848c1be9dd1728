"""A personal number goes nowhere: refused in announcements, taken out of everything else."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.conversations.test_announcements import TENANTS
from tests.conversations.test_compose import FORM, posts, values
from tests.support.town import Person, Town, town

NUMBERS = (
    "850101-1236",
    "8501011236",
    "19850101-1236",
    "19850101 1236",
    "85 01 01 - 12 36",
    "850161-1233",  # a co-ordination number
    "８５０１０１-１２３６",
)
NO_NUMBERS = ("850101-1237", "851301-1236", "2026-11-27 08.30", "0470-86 00 00", "4711-850101-12")


@pytest.fixture
async def tryggve(sqlite_url: str) -> AsyncIterator[Town]:
    async with town(sqlite_url, tenants=TENANTS) as built:
        await built.person("Anna Alm").says("byt kommun till Växjö")
        yield built


@pytest.fixture
async def kerstin(tryggve: Town) -> Person:
    return await tryggve.coordinator("Kerstin Karlsson", "07")


def anywhere(sqlite_url: str, number: str) -> bool:
    """Whether it stands somewhere in the database's files."""
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    return any(number.encode() in one.read_bytes() for one in path.parent.glob(f"{path.name}*"))


@pytest.mark.parametrize("number", NUMBERS)
async def test_an_announcement_with_one_is_refused_and_stays_as_it_was(
    kerstin: Person, number: str
) -> None:
    await kerstin.says("nytt utskick")
    for field, place in (
        ("heading", "i rubriken"),
        ("text", "i texten"),
        ("link_title", "i en länk"),
        ("link", "i en länk"),
        ("picture_alt", "i bildens beskrivning"),
    ):
        said = f"Ärendet {number}" if field != "link" else f"https://bra.se/{number}"
        if field == "link" and " " in number:
            continue
        written = {**FORM, field: said}
        await kerstin.taps("Förhandsgranska", **written)
        kerstin.hears("Något behöver rättas", f"Det står ett personnummer {place}")
        assert values(kerstin)[field] == said
    await kerstin.taps("Förhandsgranska", **FORM, picture_alt="")
    kerstin.hears("Så här ser utskicket ut")


@pytest.mark.parametrize("number", NO_NUMBERS)
async def test_other_numbers_are_no_personal_numbers(kerstin: Person, number: str) -> None:
    await kerstin.says("nytt utskick")
    await kerstin.taps("Förhandsgranska", **{**FORM, "text": f"Ärendet {number} är klart."})

    kerstin.hears("Så här ser utskicket ut", number)


async def test_a_typed_one_is_refused_and_not_kept(kerstin: Person, sqlite_url: str) -> None:
    number = NUMBERS[0]
    await kerstin.says("nytt utskick")
    await kerstin.says(f"Rubrik: Möte i rådet\nText: Det gäller {number} och rådet.")
    kerstin.hears("Det står ett personnummer i texten", number)
    await kerstin.says("Rubrik: Möte i rådet på fredag")
    kerstin.hears("Så här ser utskicket ut", "Det gäller [personnummer] och rådet.")
    kerstin.does_not_hear(number)

    assert not anywhere(sqlite_url, number)


async def test_a_correction_is_held_to_the_same(tryggve: Town, kerstin: Person) -> None:
    channel = await tryggve.channel_is_added()
    await kerstin.says("nytt utskick")
    await kerstin.taps("Förhandsgranska", **FORM)
    await kerstin.taps("Skicka")
    await kerstin.says("rätta utskicket")
    await kerstin.taps("Rätta", text=f"Det gäller {NUMBERS[1]} och rådet.")
    kerstin.hears("Det står ett personnummer i texten")

    assert NUMBERS[1] not in str(posts(tryggve, channel))


async def test_questions_and_answers_go_without_and_tell_so(
    tryggve: Town, kerstin: Person, sqlite_url: str
) -> None:
    anna, number = tryggve.person("Anna Alm"), NUMBERS[0]
    await kerstin.says("nytt utskick")
    await kerstin.taps("Förhandsgranska", **FORM, reach="people")
    await kerstin.taps("Skicka")
    await anna.is_told(FORM["heading"])
    await anna.taps("Fråga samordnaren")
    await anna.taps("Skicka frågan", question=f"Gäller det {number} också?")
    anna.hears("Jag tog bort ett personnummer ur det du skrev")
    await kerstin.is_told(r"Gäller det \[personnummer\] också?")
    await kerstin.taps("Svara")
    await kerstin.says(f"Nej, {number} är en annan sak.")
    kerstin.hears("Jag tog bort ett personnummer ur det du skrev")
    kerstin.hears("Ska jag skicka svaret till Anna Alm?")
    await kerstin.says("ja")
    await anna.is_told("Nej, [personnummer] är en annan sak.")

    assert not anywhere(sqlite_url, number)


async def test_a_question_about_somebody_is_still_turned_down(
    tryggve: Town, kerstin: Person
) -> None:
    anna = tryggve.person("Anna Alm")
    await kerstin.says("nytt utskick")
    await kerstin.taps("Förhandsgranska", **FORM, reach="people")
    await kerstin.taps("Skicka")
    await anna.is_told(FORM["heading"])
    await anna.says(f"fråga samordnaren: {NUMBERS[0]} är misstänkt, vad gör vi?")

    anna.hears("Det låter som att du skriver om en viss person.")


async def test_reports_and_stray_words_tell_it_too(tryggve: Town, sqlite_url: str) -> None:
    anna, number = tryggve.person("Anna Alm"), NUMBERS[2]
    await anna.says("hur ofta ska vi uppdatera lägesbilden?")
    await anna.says(f"fel: det gäller {number}")
    anna.hears("Jag tog bort ett personnummer ur det du skrev", "Din kommentar är sparad")
    await anna.says(f"samordnaren i {number}")
    anna.does_not_hear(number)

    assert not anywhere(sqlite_url, number)


@pytest.mark.parametrize(
    "line",
    [
        "Till: {}",
        "Via: {}",
        "Tema: {}",
        "Roll: {}",
        "Utbildning: {}",
        "Bifoga: {}",
        "Kvittens: {}",
        "Skicka: {}",
        "Skicka: fredag {}",
        "Bild: https://bra.se/{}.png",
        "Länk: {}",
        "Rubrik: {}",
    ],
)
async def test_one_in_any_line_of_a_refused_form_is_not_kept(
    kerstin: Person, sqlite_url: str, line: str
) -> None:
    number = NUMBERS[0]
    await kerstin.says("nytt utskick")
    await kerstin.says(f"Rubrik: Möte i rådet\nText: Vi ses.\n{line.format(number)}")
    kerstin.hears("Något behöver rättas")
    await kerstin.says("Rubrik: Möte i rådet på fredag")

    assert not anywhere(sqlite_url, number)


@pytest.mark.parametrize(
    "field", ["audience", "reach", "themes", "positions", "training", "send_date", "acknowledge"]
)
async def test_one_in_any_field_of_a_refused_form_is_not_kept(
    kerstin: Person, sqlite_url: str, field: str
) -> None:
    await kerstin.says("nytt utskick")
    await kerstin.taps("Förhandsgranska", **{**FORM, field: NUMBERS[0]})
    kerstin.hears("Något behöver rättas")

    assert not anywhere(sqlite_url, NUMBERS[0])


async def test_a_refused_form_that_teams_takes_later_is_kept_without_it(
    tryggve: Town, kerstin: Person, sqlite_url: str
) -> None:
    await kerstin.says("nytt utskick")
    tryggve.teams.answers(status=429, kind="reply")
    await kerstin.says(f"Rubrik: Möte i rådet\nText: Det gäller {NUMBERS[0]} och rådet.")
    await kerstin.is_told("Det står ett personnummer i texten")
    tryggve.problems.clear()  # it came by itself, when Teams took it

    assert not anywhere(sqlite_url, NUMBERS[0])
