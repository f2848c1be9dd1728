""" "Ut med det nu": a draft loses its time and is shown so, what waits is named and asked about."""

from datetime import UTC, datetime

import pytest

from tests.conversations.test_schedule import DUE, SHOWN, TIME, Office, office

ASKED = "Ska jag skicka utskicket ”Ny handbok om lägesbilder” nu?"


async def _waits(here: Office) -> None:
    await here.writes(**TIME)
    await here.kerstin.taps("Schemalägg")


@pytest.mark.parametrize(
    "said",
    [
        "ut med det nu",
        "skicka det direkt i stället, vi väntar inte till måndag",
        "skicka ut det nu direkt istället",
        "kör iväg det på en gång",
        "det får gå ut med en gång i stället",
        "vänta inte längre, skicka det nu",
        "skicka nu",
    ],
)
@pytest.mark.both_databases
async def test_a_draft_with_a_time_is_shown_without_it_before_it_is_sent(
    database_url: str, said: str
) -> None:
    async with office(database_url) as here:
        await here.writes(**TIME)
        await here.kerstin.says(said)
        here.kerstin.hears("Så här ser utskicket ut", "det går så snart du skriver ”skicka”")
        here.kerstin.does_not_hear(SHOWN)
        assert here.posts == []
        await here.kerstin.says("skicka")

        await here.tryggve.until(lambda: len(here.posts) == 1)


@pytest.mark.parametrize("said", ["ut med det nu", "nöjd, ut med det"])
async def test_a_draft_without_a_time_is_named_and_sent_with_a_yes(
    sqlite_url: str, said: str
) -> None:
    async with office(sqlite_url) as here:
        await here.writes()
        await here.kerstin.says(said)
        here.kerstin.hears(ASKED)
        assert here.posts == []
        await here.kerstin.says("ja")

        await here.tryggve.until(lambda: len(here.posts) == 1)


@pytest.mark.parametrize(
    ("answer", "hears"),
    [("nej", "är schemalagt"), ("flytta det till onsdag 2 december kl 9", "Ska jag flytta")],
)
async def test_without_a_yes_it_waits_and_another_wish_is_heard(
    sqlite_url: str, answer: str, hears: str
) -> None:
    async with office(sqlite_url) as here:
        await _waits(here)
        await here.kerstin.says("ut med det nu")
        here.kerstin.hears(ASKED, f"går det som förut {SHOWN}")
        now = here.kerstin.button("Ja, skicka nu")
        await here.kerstin.says(answer)
        here.kerstin.hears(hears)
        await here.kerstin.taps_action(now)
        assert here.posts == []
        await here.comes(DUE)

        await here.tryggve.until(lambda: len(here.posts) == 1)


async def test_a_yes_sends_nothing_that_has_changed_meanwhile(sqlite_url: str) -> None:
    async with office(sqlite_url) as here:
        await _waits(here)
        await here.kerstin.says("ut med det nu")
        tryggve = here.tryggve.tryggve
        author = await tryggve.directory.find_person(here.kerstin.tenant, here.kerstin.object_id)
        await tryggve.announcements.sending.take_back(author, 1)
        await here.kerstin.says("ja")

        here.kerstin.hears("Utskicket har ändrats sedan jag frågade")
        assert here.posts == []


async def test_a_new_form_on_the_screen_sends_no_older_draft(sqlite_url: str) -> None:
    async with office(sqlite_url) as here:
        await here.writes()
        await here.kerstin.says("nytt utskick")
        for said in ("skicka det nu", "skicka nu", "schemalägg"):
            await here.kerstin.says(said)
            here.kerstin.does_not_hear("Ny handbok")

        assert here.posts == []


@pytest.mark.parametrize("said", ["schemalägg", "schemalägg det", "schemalägg utskicket"])
async def test_what_is_to_be_scheduled_keeps_its_time_and_is_never_sent_without(
    sqlite_url: str, said: str
) -> None:
    async with office(sqlite_url) as here:
        await here.writes()
        await here.kerstin.says(said)
        here.kerstin.hears("När ska utskicket gå?")
        assert here.posts == []
        await here.writes(**TIME)
        await here.kerstin.taps("Ändra")
        await here.kerstin.says(said)
        here.kerstin.hears("Så här ser utskicket ut", SHOWN)
        await here.kerstin.says(said)

        here.kerstin.hears("är schemalagt", SHOWN)


@pytest.mark.parametrize(
    ("said", "then"),
    [
        ("kan du skicka det på måndag morgon istället?", "måndag 23 november 2026 kl. 08.00"),
        ("skicka det tisdag eftermiddag", "tisdag 24 november 2026 kl. 13.00"),
    ],
)
async def test_a_part_of_a_day_is_a_time(sqlite_url: str, said: str, then: str) -> None:
    async with office(sqlite_url) as here:
        await here.writes()
        await here.kerstin.says(said)

        here.kerstin.hears(f"Skickas {then}")


async def test_a_part_of_the_day_that_has_begun_is_asked_about(sqlite_url: str) -> None:
    async with office(sqlite_url) as here:
        here.now = datetime(2026, 11, 23, 14, 20, tzinfo=UTC)
        await here.writes()
        await here.kerstin.says("skicka det i eftermiddag")
        here.kerstin.hears("När ska utskicket gå?")
        await here.kerstin.says("skicka det i eftermiddag kl 16")

        here.kerstin.hears("Skickas måndag 23 november 2026 kl. 16.00")


@pytest.mark.parametrize(
    "said",
    [
        "Skriv ett nytt utskick: Rubrik: Nätverksträff Text: Vi ses den 9 december i rådhuset.",
        "Nytt utskick till Växjö. Rubrik: Nätverksträff Text: Vi ses den 9 december i rådhuset.",
    ],
)
async def test_a_whole_one_is_written_on_one_line_without_signs_between(
    sqlite_url: str, said: str
) -> None:
    async with office(sqlite_url) as here:
        await here.kerstin.says(said)

        here.kerstin.hears("Så här ser utskicket ut", "\nNätverksträff\n", "Vi ses den 9 december")
