"""What is too long is told with the number, and never cut: nothing is answered or kept of it."""

import pytest
from sqlalchemy import func, select

from dialogs.conversation.sizes import LONGEST_MESSAGE, LONGEST_QUESTION
from knowledge.announcements.words import LONGEST_ALT, LONGEST_LINK, MOST_LINKS, TEXT
from knowledge.questions.models import open_questions
from tests.conversations.test_approvals import asked
from tests.support.town import TENANT, Person, Town, town

TENANTS = {TENANT: "0780"}
ASKED = "Hur ofta ska lägesbilden uppdateras? "
TOLD = "Det du skrev är på 10 001 tecken. Här går det att skriva högst 10 000."
FORM = {"heading": "Ny handbok", "text": "Brå har en ny handbok. Läs den före mötet."}


def long(length: int, begins: str = "") -> str:
    """Words of that length, as somebody pastes them."""
    return (begins + "kommunen har frågat om möten och " * length)[: length - 1] + "x"


async def kept(tryggve: Town) -> int:
    async with tryggve.tryggve.database.read() as tx:
        return int(
            (await tx.execute(select(func.count()).select_from(open_questions))).scalar_one()
        )


async def test_a_message_over_the_limit_is_told(anna: Person, tryggve: Town) -> None:
    await anna.says(long(LONGEST_MESSAGE + 1))
    anna.hears(TOLD, "Korta det och skriv igen, eller skriv ”hjälp”.")
    assert await kept(tryggve) == 0


async def test_a_question_is_read_whole_or_not_at_all(anna: Person, tryggve: Town) -> None:
    await anna.says(long(LONGEST_QUESTION + 1, ASKED))
    anna.hears(f"Din fråga är på {LONGEST_QUESTION + 1} tecken", f"högst {LONGEST_QUESTION}")
    assert await kept(tryggve) == 0
    await anna.says(ASKED.strip())
    anna.hears("vartannat år")


async def test_what_is_under_way_goes_on_after_a_message_that_was_too_long(
    database_url: str,
) -> None:
    async with town(database_url, tenants=TENANTS) as tryggve:
        kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
        await kerstin.says("nytt utskick")
        await kerstin.says(f"Rubrik: Ny handbok\nText: {'å' * LONGEST_MESSAGE}")
        kerstin.hears("Här går det att skriva högst 10 000")
        await kerstin.says(f"Rubrik: Ny handbok\nText: {'å' * TEXT.stop}")
        kerstin.hears("Något behöver rättas", "Skriv en text på 10–4 000 tecken.")
        await kerstin.says("Text: En kort text i stället.")
        kerstin.hears("Så här ser utskicket ut", "En kort text i stället.")


async def test_a_field_over_the_limit_is_told_beside_the_card(database_url: str) -> None:
    async with town(database_url, tenants=TENANTS) as tryggve:
        kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
        await kerstin.says("nytt utskick")
        form = kerstin.button("Förhandsgranska")
        await kerstin.taps_action(form, **FORM, picture_alt=long(LONGEST_MESSAGE + 1))
        kerstin.hears(TOLD)
        assert kerstin.cards() == []  # an answer without a card leaves the form where it is
        await kerstin.taps_action(form, **FORM, audience="07", reach="channels")
        kerstin.hears("Så här ser utskicket ut")


def test_a_whole_announcement_can_be_typed_in_one_message() -> None:
    most = MOST_LINKS * (LONGEST_LINK + 50) + LONGEST_LINK + LONGEST_ALT + TEXT.stop
    labels_and_audience = 1_000

    assert most + labels_and_audience < LONGEST_MESSAGE


@pytest.mark.parametrize("way", ["says", "taps"])
async def test_a_reason_that_is_too_long_is_not_cut(sqlite_url: str, way: str) -> None:
    async with asked(sqlite_url) as (_, kerstin, karin, _channel):
        await karin.is_told("Kerstin Karlsson vill skicka")
        if way == "says":
            await karin.says("att godkänna")
            await karin.says(f"säg nej: {long(301)}")
        else:
            await karin.taps("Säg nej", reason=long(301))
        karin.hears("Det du skrev är på 301 tecken. Här går det att skriva högst 300.")
        await karin.says("Datumet är fel")
        karin.hears("Ska jag säga nej med skälet ”Datumet är fel”?")
        await karin.says("ja")
        karin.hears("Du sa nej till utskicket")
        await kerstin.is_told("Datumet är fel")


async def test_a_comment_that_is_too_long_is_not_cut(anna: Person) -> None:
    await anna.says(ASKED.strip())
    await anna.says(f"fel: {long(1_001)}")
    anna.hears("Det du skrev är på 1 001 tecken. Här går det att skriva högst 1 000.")
    await anna.says("fel: det står vartannat år men ska vara varje")
    anna.does_not_hear("Här går det att skriva")


async def test_a_question_to_the_coordinator_and_its_answer_are_not_cut(database_url: str) -> None:
    async with town(database_url, tenants=TENANTS) as tryggve:
        anna = tryggve.person("Anna Alm")
        await anna.says("byt kommun till Växjö")
        kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
        await kerstin.says("nytt utskick")
        await kerstin.taps("Förhandsgranska", **FORM, reach="people")
        await kerstin.says("skicka")
        await anna.is_told("Ny handbok")
        await anna.says(f"fråga samordnaren: {long(1_001)}")
        anna.hears("Här går det att skriva högst 1 000")
        await anna.says("När börjar mötet om handboken?")
        anna.hears("Din fråga är skickad")
        await kerstin.is_told("När börjar mötet")
        await kerstin.says(f"svara: {long(1_001)}")
        kerstin.hears("Här går det att skriva högst 1 000")
        await kerstin.says("Klockan nio.")
        kerstin.hears("Ska jag skicka svaret till Anna Alm?")
        await kerstin.says("ja")
        kerstin.hears("Svaret är skickat")
        await anna.is_told("Klockan nio.")
