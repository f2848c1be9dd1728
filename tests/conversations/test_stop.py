""" "Stoppa": what waits is called off, what is being sent is stopped, and of both it is asked."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from tests.conversations.test_schedule import DUE, SHOWN, TIME, Office, office
from tests.support.deliveries import until_settled

WAITING = "Ska jag ställa in utskicket ”Ny handbok om lägesbilder”?"


async def _waits(here: Office) -> None:
    await here.writes(**TIME)
    await here.kerstin.taps("Schemalägg")


@asynccontextmanager
async def half_sent(database_url: str) -> AsyncIterator[Office]:
    """Most of "Möte i rådet" has not left."""
    many = {"confirm_from": 1_000, "approval_from": 10_000}
    async with office(database_url, **many) as here:
        here.tryggve.tryggve.announcements.progress.every = 3_600.0
        await here.tryggve.populates(100, "0780", tenants=1)
        await here.writes(heading="Möte i rådet", reach="people")
        await here.kerstin.says("skicka")
        await here.kerstin.says("pausa")
        here.kerstin.hears("Utskicket är pausat.", "Väntande:")
        yield here


@pytest.mark.parametrize(
    "said",
    ["stoppa", "stoppa utskicket", "avbryt utskicket", "Stoppa det!", "kan du stoppa utskicket?",
     "hejda det som ligger och väntar", "pausa", "dra tillbaka utskicket", "ta bort det",
     "skicka det inte", "vi skippar det här, det behövs inte längre", "nej, vi struntar i det",
     "det blir inget av, mötet är inställt"],
)  # fmt: skip
async def test_what_waits_on_the_screen_is_called_off_with_a_yes(
    sqlite_url: str, said: str
) -> None:
    async with office(sqlite_url) as here:
        await _waits(here)
        await here.kerstin.says(said)
        here.kerstin.hears(WAITING, SHOWN)
        await here.kerstin.says("ja")
        here.kerstin.hears("Utskicket är ett utkast igen. Inget har skickats.")
        await here.comes(DUE)

        assert here.posts == []


@pytest.mark.parametrize("said", ["vi skippar det här, det behövs inte längre", "stoppa det"])
async def test_it_is_called_off_from_its_form_as_well(sqlite_url: str, said: str) -> None:
    async with office(sqlite_url) as here:
        await _waits(here)
        await here.kerstin.taps("Ändra")
        await here.kerstin.says(said)
        here.kerstin.hears(WAITING, SHOWN)
        here.kerstin.does_not_hear("sparat som utkast")


@pytest.mark.parametrize("said", ["vi skippar det här, det behövs inte längre", "stoppa det",
                                  "gör om det till ett utkast"])  # fmt: skip
async def test_a_draft_is_told_to_be_one_and_no_other_is_shown(sqlite_url: str, said: str) -> None:
    async with office(sqlite_url) as here:
        await here.writes(heading="Möte i rådet")
        await here.kerstin.says("skicka")
        await here.tryggve.until(lambda: len(here.posts) == 1)
        await here.writes(**TIME)
        await here.kerstin.says(said)

        here.kerstin.hears("Inget skickas, för det är bara ett utkast.")
        here.kerstin.does_not_hear("Möte i rådet")
        here.kerstin.does_not_hear("Ska jag")


async def test_where_no_change_waits_none_is_offered_to_be_taken_back(sqlite_url: str) -> None:
    async with office(sqlite_url) as here:
        await here.writes()
        await here.kerstin.says("skicka")
        await here.tryggve.until(lambda: len(here.posts) == 1)
        await here.kerstin.says("skippa ändringen")

        here.kerstin.hears("Ingen ändring väntar på godkännande")


@pytest.mark.parametrize("answer", ["nej", "vänta", "ja?", "hjälp"])
async def test_without_a_yes_it_leaves(sqlite_url: str, answer: str) -> None:
    async with office(sqlite_url) as here:
        await _waits(here)
        await here.kerstin.says("stoppa")
        await here.kerstin.says(answer)
        await here.comes(DUE)

        await here.tryggve.until(lambda: len(here.posts) == 1)


@pytest.mark.parametrize("said", ["stoppa inte utskicket", "har du stoppat det?", "stoppa ligan"])
async def test_what_is_no_wish_to_stop_is_not_asked_about(sqlite_url: str, said: str) -> None:
    async with office(sqlite_url) as here:
        await _waits(here)
        await here.kerstin.says(said)
        here.kerstin.does_not_hear("Ska jag ställa in")
        await here.kerstin.says("ja")
        await here.comes(DUE)

        await here.tryggve.until(lambda: len(here.posts) == 1)


@pytest.mark.parametrize("first", ["utbildningar", "avbryt", "vad är en lägesbild?"])
async def test_the_only_one_that_can_be_stopped_is_meant_from_anywhere(
    sqlite_url: str, first: str
) -> None:
    async with office(sqlite_url) as here:
        await _waits(here)
        await here.writes(heading="Möte i rådet")
        await here.kerstin.says("skicka")
        await here.tryggve.until(lambda: len(here.posts) == 1)
        await until_settled(here.tryggve.tryggve.database)  # until then it can be stopped as well
        await here.kerstin.says(first)
        await here.kerstin.says("stoppa utskicket")
        here.kerstin.hears(WAITING, SHOWN)
        await here.kerstin.taps("Ja, ställ in")
        here.kerstin.hears("Utskicket är ett utkast igen.")
        await here.comes(DUE)

        assert len(here.posts) == 1


async def test_what_is_being_sent_on_the_screen_is_stopped_at_once(sqlite_url: str) -> None:
    async with half_sent(sqlite_url) as here:
        await here.kerstin.says("stoppa")

        here.kerstin.hears("Visa stoppade", "Möte i rådet")


@pytest.mark.both_databases
@pytest.mark.parametrize(
    ("picked", "hears"),
    [("1", "Visa stoppade"), ("ställ in 2", "Utskicket är ett utkast igen.")],
)
async def test_of_one_that_waits_and_one_under_way_it_is_asked_which(
    database_url: str, picked: str, hears: str
) -> None:
    async with half_sent(database_url) as here:
        await _waits(here)
        await here.kerstin.says("stoppa")
        here.kerstin.hears("Vilket utskick menar du?", "1 – Möte i rådet", "2 – Ny handbok", SHOWN)
        await here.kerstin.says("båda")
        here.kerstin.does_not_hear("ett utkast igen")
        await here.kerstin.says("stoppa")
        await here.kerstin.says(picked)

        here.kerstin.hears(hears)


async def test_what_can_be_stopped_is_chosen_by_a_tap(sqlite_url: str) -> None:
    async with half_sent(sqlite_url) as here:
        await _waits(here)
        await here.kerstin.says("utbildningar")
        await here.kerstin.says("stoppa")
        await here.kerstin.taps("Ställ in 2")
        here.kerstin.hears("Utskicket är ett utkast igen.")
        await here.kerstin.says("stoppa")
        here.kerstin.hears("Ska jag stoppa utskicket ”Möte i rådet” för gott?")
        await here.kerstin.says("nej")
        here.kerstin.hears("Utskicket är pausat.")


@pytest.mark.parametrize(
    ("said", "hears"),
    [
        ("status", "”Ny handbok om lägesbilder” är schemalagt"),
        ("ändra utskicket", "Ny handbok om lägesbilder"),
        ("påminn", "Jag vet inte vilket utskick du menar"),
        ("skicka igen", "Jag vet inte vilket utskick du menar"),
        ("fortsätt utskicket", "Jag vet inte vilket utskick du menar"),
    ],
)
async def test_a_command_is_about_what_is_shown_and_never_about_an_older_one(
    sqlite_url: str, said: str, hears: str
) -> None:
    async with half_sent(sqlite_url) as here:
        await _waits(here)
        await here.kerstin.says(said)

        here.kerstin.hears(hears)
        here.kerstin.does_not_hear("Möte i rådet")


@pytest.mark.parametrize("said", ["stoppa", "stoppa utskicket", "avbryt utskicket"])
async def test_nobody_else_stops_anything(sqlite_url: str, said: str) -> None:
    async with office(sqlite_url) as here:
        await _waits(here)
        anna = here.tryggve.person("Anna Alm")
        await anna.says(said)
        anna.hears("Utskick kan bara regionala samordnare")
        karin = await here.tryggve.coordinator("Karin Lind", "08")
        await karin.says(said)
        karin.hears("Jag vet inte vilket utskick du menar")
        await here.comes(DUE)

        await here.tryggve.until(lambda: len(here.posts) == 1)
