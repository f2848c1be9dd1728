"""Where a text to somebody else is awaited: what hesitates, regrets or asks is not that text."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from dialogs.understanding.dictated import Weight, weigh
from tests.conversations.test_answer_addressed import ROOM, asked
from tests.conversations.test_approvals import asked as judged
from tests.support.town import Person

LEAVES = ["vänta", "nja, vänta lite", "inte just nu", "oj, fel knapp", "jag svarar sen",
          "äsch, strunta i det", "nej låt bli", "ursäkta, jag ångrade mig"]  # fmt: skip

ASKS = ["måste höra med kommunchefen först", "vad var det hon undrade?", "visa den en gång till",
        "hur skriver jag här?", "vem är det som frågar?", "avbryt inte", "det var inte meningen",
        "jag tar det efter lunch", "förlåt, tryckte lite för fort", "torsdag"]  # fmt: skip


@asynccontextmanager
async def answering(url: str) -> AsyncIterator[tuple[Person, Person]]:
    """Kerstin is about to write what Anna gets as her answer."""
    async with asked(url) as (_, kerstin, anna, _bo):
        await kerstin.says("svara")
        await kerstin.says("2")
        kerstin.hears("Svara på frågan", ROOM)
        yield kerstin, anna


def answers(anna: Person) -> int:
    return sum("Svar från" in str(one) for one in anna.inbox())


@pytest.mark.parametrize("said", LEAVES)
async def test_no_answer_is_sent_and_it_is_told(sqlite_url: str, said: str) -> None:
    async with answering(sqlite_url) as (kerstin, anna):
        await kerstin.says(said)
        kerstin.hears("Svaret är inte skickat")
        await kerstin.says("Vi sitter i stora salen bredvid biblioteket.")

        kerstin.does_not_hear("Svaret är skickat.")
        assert answers(anna) == 0


@pytest.mark.both_databases
async def test_what_may_be_the_answer_is_sent_with_a_yes(database_url: str) -> None:
    async with answering(database_url) as (kerstin, anna):
        await kerstin.says("torsdag")
        kerstin.hears("Ska jag skicka svaret till Anna Alm?", ROOM, "torsdag")
        assert answers(anna) == 0
        await kerstin.says("ja")
        kerstin.hears("Svaret är skickat")

        await anna.is_told("torsdag")


@pytest.mark.parametrize("said", ASKS)
async def test_what_is_not_surely_the_answer_is_asked_about(sqlite_url: str, said: str) -> None:
    async with answering(sqlite_url) as (kerstin, anna):
        await kerstin.says(said)
        kerstin.hears("Ska jag skicka svaret till Anna Alm?", ROOM)
        await kerstin.says("nej")

        kerstin.hears("Svaret är inte skickat")
        assert answers(anna) == 0


@pytest.mark.parametrize("said", ["ja, kl 9", "I sal 3.", "Vi sitter i biblioteket bredvid."])
async def test_a_short_answer_goes_at_once(sqlite_url: str, said: str) -> None:
    async with answering(sqlite_url) as (kerstin, anna):
        await kerstin.says(said)
        kerstin.hears("Svaret är skickat")

        await anna.is_told(said)


@pytest.mark.parametrize(
    ("said", "stands"),
    [("nej, skriv kl 10", "kl 10"), ("nej kl 10 blir det", "kl 10 blir det"),
     ("ändra till torsdag", "torsdag"), ("det ska stå klockan tio", "klockan tio"),
     ("ja, men skriv vid porten", "vid porten"), ("vi möts vid porten", "vi möts vid porten")],
)  # fmt: skip
async def test_other_words_are_asked_about_in_turn(sqlite_url: str, said: str, stands: str) -> None:
    async with asked(sqlite_url) as (_, kerstin, anna, _bo):
        await kerstin.says("svara Anna att vi ses klockan nio")
        await kerstin.says(said)
        kerstin.hears("Ska jag skicka svaret till Anna Alm?", stands)
        assert answers(anna) == 0
        await kerstin.says("ja")

        await anna.is_told(stands)
        assert "klockan nio" not in str(anna.inbox())


@pytest.mark.parametrize("said", ["kanske det", "hmm", "vad menar du?"])
async def test_words_that_say_nothing_change_nothing(sqlite_url: str, said: str) -> None:
    async with asked(sqlite_url) as (_, kerstin, anna, _bo):
        await kerstin.says("svara Anna att vi ses klockan nio")
        await kerstin.says(said)
        kerstin.does_not_hear("Svaret är skickat.")
        assert answers(anna) == 0


@pytest.mark.parametrize("said", [*LEAVES, *ASKS, "jag har ingen fråga", "nej tack"])
async def test_no_question_is_sent_unasked(sqlite_url: str, said: str) -> None:
    async with asked(sqlite_url) as (_, kerstin, anna, _bo):
        before = str(kerstin.inbox()).count("Fråga om ett utskick")
        await anna.says("fråga samordnaren")
        await anna.says(said)
        anna.does_not_hear("Din fråga är skickad")
        await anna.says("nej")

        assert str(kerstin.inbox()).count("Fråga om ett utskick") == before


async def test_a_short_question_is_sent_with_a_yes(sqlite_url: str) -> None:
    async with asked(sqlite_url) as (_, kerstin, anna, _bo):
        await anna.says("fråga samordnaren")
        await anna.says("När är det?")
        anna.hears("Ska jag skicka frågan till samordnaren?", "När är det?")
        await anna.says("nej, skriv vilken dag är det?")
        anna.hears("Ska jag skicka frågan till samordnaren?", "vilken dag är det?")
        await anna.says("ja")
        anna.hears("Din fråga är skickad")

        await kerstin.is_told("vilken dag är det?")


@pytest.mark.parametrize("said", [*LEAVES, *ASKS, "jag menade ja", "det är inget fel på det"])
async def test_no_reason_is_sent_unasked(sqlite_url: str, said: str) -> None:
    async with judged(sqlite_url) as (_, kerstin, karin, _channel):
        await karin.is_told("Kerstin Karlsson vill skicka")
        await karin.says("att godkänna")
        await karin.says("säg nej")
        await karin.says(said)
        karin.does_not_hear("Du sa nej till utskicket")
        await karin.says("nej")
        karin.does_not_hear("Du sa nej till utskicket")
        await karin.says("att godkänna")

        karin.hears("Kerstin Karlsson vill skicka")
        assert "sa nej till utskicket" not in str(kerstin.inbox())


async def test_a_short_reason_is_given_with_a_yes(sqlite_url: str) -> None:
    async with judged(sqlite_url) as (_, kerstin, karin, _channel):
        await karin.is_told("Kerstin Karlsson vill skicka")
        await karin.says("att godkänna")
        await karin.says("säg nej")
        await karin.says("rubriken")
        karin.hears("Ska jag säga nej med skälet ”rubriken”?")
        await karin.says("nej, skriv länken")
        karin.hears("Ska jag säga nej med skälet ”länken”?")
        await karin.says("ja")
        karin.hears("Du sa nej till utskicket")

        await kerstin.is_told("länken")


LONG = (
    "Ni får vänta på bussen utanför stationen, den kommer fem minuter efter tåget varje vardag "
    "hela våren"
)


@pytest.mark.parametrize(
    ("said", "weight"),
    [("nej nej vänta", Weight.LEAVES), ("vänta?", Weight.UNSURE), ("”nej”", Weight.UNSURE),
     ("vänta, jag behöver prata med min chef innan jag svarar på det här", Weight.UNSURE),
     (LONG, Weight.TEXT), ("Nej, kursen är tyvärr full till hösten.", Weight.TEXT)],
)  # fmt: skip
def test_weighed(said: str, weight: Weight) -> None:
    assert weigh(said) is weight
