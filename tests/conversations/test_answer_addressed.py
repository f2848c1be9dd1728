"""An answer that is addressed: to whom, and on what, is shown before it is sent."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from tests.conversations.test_announcements import FORM
from tests.support.town import TENANT, Person, Town, town

ROOM, TIME = "Vilken lokal är vi i?", "När börjar träffen för oss?"
ANSWER = "Sal 3, en trappa upp."


@asynccontextmanager
async def asked(database_url: str) -> AsyncIterator[tuple[Town, Person, Person, Person]]:
    """Anna in Växjö has asked about the room, Bo in Alvesta about the time."""
    async with town(database_url, tenants={TENANT: "0780"}) as tryggve:
        anna, bo = tryggve.person("Anna Alm"), tryggve.person("Bo Berg")
        await anna.says("byt kommun till Växjö")
        await bo.says("byt kommun till Alvesta")
        kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
        await kerstin.says("nytt utskick")
        await kerstin.taps("Förhandsgranska", **{**FORM, "reach": "people"})
        await kerstin.says("skicka")
        await anna.is_told("Ny handbok om lägesbilder")
        await bo.is_told("Ny handbok om lägesbilder")
        await anna.says(f"fråga samordnaren: {ROOM}")
        await kerstin.is_told(ROOM)
        await bo.says(f"fråga samordnaren: {TIME}")
        await kerstin.is_told(TIME)
        yield tryggve, kerstin, anna, bo


@pytest.mark.both_databases
@pytest.mark.parametrize("how", ["typed", "tapped"])
async def test_an_answer_by_name_is_sent_with_a_yes(database_url: str, how: str) -> None:
    async with asked(database_url) as (_, kerstin, anna, bo):
        await kerstin.says(f"svara Anna: {ANSWER}")
        kerstin.hears("Ska jag skicka svaret till Anna Alm?", ROOM, "Ny handbok om lägesbilder")
        kerstin.does_not_hear(TIME)
        assert ANSWER not in str(anna.inbox())
        await (kerstin.says("ja") if how == "typed" else kerstin.taps("Skicka svaret"))
        kerstin.hears("Svaret är skickat")

        await anna.is_told(ANSWER)
        assert ANSWER not in str(bo.inbox())


@pytest.mark.parametrize(
    "said",
    [f"svara anna alm: {ANSWER}", f"svara Växjö: {ANSWER}", f"svara på Annas fråga: {ANSWER}",
     f"svara på frågan om lokalen: {ANSWER}", f"svara Anna att {ANSWER}",
     f"kan du svara Anna att {ANSWER}"],
)  # fmt: skip
async def test_whoever_or_whatever_is_named_is_meant(sqlite_url: str, said: str) -> None:
    async with asked(sqlite_url) as (_, kerstin, anna, _bo):
        await kerstin.says(said)
        kerstin.hears("Ska jag skicka svaret till Anna Alm?", ROOM)
        await kerstin.says("ja")

        await anna.is_told(ANSWER)


async def test_it_is_heard_while_a_draft_is_on_the_screen(sqlite_url: str) -> None:
    async with asked(sqlite_url) as (_, kerstin, anna, _bo):
        await kerstin.says("nytt utskick")
        await kerstin.taps("Förhandsgranska", **FORM)
        await kerstin.says(f"svara Anna: {ANSWER}")
        kerstin.hears("sparat som utkast", "Ska jag skicka svaret till Anna Alm?")
        await kerstin.says("ja")

        await anna.is_told(ANSWER)


@pytest.mark.parametrize("answer", ["nej", "vänta", "hjälp", "kanske", "vad är en lägesbild?"])
async def test_without_a_yes_nobody_gets_it(sqlite_url: str, answer: str) -> None:
    async with asked(sqlite_url) as (_, kerstin, anna, bo):
        await kerstin.says(f"svara Anna: {ANSWER}")
        await kerstin.says(answer)
        kerstin.does_not_hear("Svaret är skickat.")
        await kerstin.says("svara")

        kerstin.hears(ROOM, TIME)
        assert "Svar från" not in f"{anna.inbox()} {bo.inbox()}"


@pytest.mark.parametrize("said", [f"svara: {ANSWER}", f"svara på frågan: {ANSWER}"])
@pytest.mark.parametrize("picked", ["2", "svara 2", "tapped"])
async def test_of_several_it_is_asked_which(sqlite_url: str, said: str, picked: str) -> None:
    async with asked(sqlite_url) as (_, kerstin, anna, bo):
        await kerstin.says(said)
        kerstin.hears("Vilken fråga vill du svara på?", "1 – Bo Berg, Alvesta", TIME)
        kerstin.hears("2 – Anna Alm, Växjö", ROOM)
        await (kerstin.taps("Svara 2") if picked == "tapped" else kerstin.says(picked))
        kerstin.hears("Ska jag skicka svaret till Anna Alm?", ROOM)
        await kerstin.says("ja")

        await anna.is_told(ANSWER)
        assert "Svar från" not in str(bo.inbox())


@pytest.mark.parametrize("whom", ["Cecilia", "på Cecilias fråga", "Kalmar"])
async def test_nobody_by_that_name_has_asked(sqlite_url: str, whom: str) -> None:
    async with asked(sqlite_url) as (_, kerstin, anna, bo):
        await kerstin.says(f"svara {whom}: {ANSWER}")
        kerstin.hears("Jag hittar ingen fråga från den du nämner", "Anna Alm", "Bo Berg")
        await kerstin.says("ja")

        assert "Svar från" not in f"{anna.inbox()} {bo.inbox()}"


@pytest.mark.parametrize(
    "said", ["svara på frågan: Det går bra.", "svara: Det går bra.", "svara Anna: Det går bra."]
)
async def test_no_question_waits(tryggve: Town, said: str) -> None:
    kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
    await kerstin.says(said)
    kerstin.hears("Ingen fråga väntar på svar från dig")
    anna = tryggve.person("Anna Alm")
    await anna.says(said)

    anna.hears("Ingen fråga väntar på svar från dig")


@pytest.mark.parametrize(
    "said",
    ["svara på medborgarförslag", "kan du svara på frågor om kameror",
     "kan du svara på en sak: får vi filma torget?"],
)  # fmt: skip
async def test_a_question_that_begins_with_the_word_is_a_question(
    sqlite_url: str, said: str
) -> None:
    async with asked(sqlite_url) as (_, kerstin, _anna, _bo):
        await kerstin.says(said)

        kerstin.does_not_hear("Vilken fråga vill du svara på?")
        kerstin.does_not_hear("Ska jag skicka svaret")
