"""Several changes in one message: all of them are done, or it is said which was not."""

import pytest

from tests.conversations.test_schedule import SHOWN, TIME, office

NOT_DONE = "Det här gjorde jag inte:"


@pytest.mark.parametrize(
    ("said", "hears"),
    [
        (
            "ändra rubriken till Frukost och skicka bara till Växjö",
            ("Ändrat: rubriken och mottagarna.", "\nFrukost\n", "Mottagare: Växjö."),
        ),
        (
            "Ändra rubriken till Frukost. Be om kvittens, och skicka bara till Växjö.",
            ("Ändrat: rubriken, mottagarna och kvittensen.", "\nFrukost\n"),
        ),
        (
            "kan du ändra rubriken till ”Mat och ta med bröd” och sedan skicka bara till Växjö?",
            ("\nMat och ta med bröd\n", "Mottagare: Växjö."),
        ),
        ("lägg till Alvesta och ta bort Växjö", ("Mottagare: Alvesta, Lessebo",)),
        (
            "bara till Växjö och skicka det fredag 4 december kl 9",
            ("Mottagare: Växjö.", "Skickas fredag 4 december 2026 kl. 09.00"),
        ),
        ("ändra texten till Kom i tid. Ta med legitimation.", ("Kom i tid. Ta med legitimation.",)),
    ],
)
async def test_all_of_them_are_done_in_a_draft(
    sqlite_url: str, said: str, hears: tuple[str, ...]
) -> None:
    async with office(sqlite_url) as here:
        await here.writes()
        await here.kerstin.says(said)

        here.kerstin.hears("Inget har skickats än.", *hears)
        here.kerstin.does_not_hear(NOT_DONE)
        assert here.posts == []


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("ändra rubriken till Frukost och lägg till en bild", "”lägg till en bild”"),
        ("ändra rubriken till Frukost och skicka", "”skicka”"),
        ("ändra rubriken till Frukost och skicka bara till chefer i Växjö", "”skicka bara till c"),
    ],
)
async def test_the_one_that_is_not_done_is_named(sqlite_url: str, said: str, left: str) -> None:
    async with office(sqlite_url) as here:
        await here.writes()
        await here.kerstin.says(said)

        here.kerstin.hears("Ändrat: rubriken.", f"{NOT_DONE} {left}", "\nFrukost\n")
        assert here.posts == []


@pytest.mark.parametrize(
    "said",
    [
        "bara till Växjö och skicka till Ljungby",
        "ändra rubriken till Frukost och skicka bara till Växjö?",
    ],
)
async def test_what_contradicts_itself_or_is_asked_leaves_the_audience(
    sqlite_url: str, said: str
) -> None:
    async with office(sqlite_url) as here:
        await here.writes()
        await here.kerstin.says(said)
        await here.kerstin.says("vem får det?")

        here.kerstin.hears("Utskicket är till Kronobergs län")


async def test_of_what_waits_both_are_asked_about_at_once(sqlite_url: str) -> None:
    async with office(sqlite_url) as here:
        await here.writes(**TIME)
        await here.kerstin.taps("Schemalägg")
        await here.kerstin.says("flytta det till onsdag 2 december och skicka bara till Växjö")
        here.kerstin.hears("Ska jag ändra mottagarna och tiden", "Mottagare: Växjö.", SHOWN)
        await here.kerstin.says("ja")

        here.kerstin.hears("onsdag 2 december 2026 kl. 08.30")


async def test_of_what_waits_nothing_is_done_half(sqlite_url: str) -> None:
    async with office(sqlite_url) as here:
        await here.writes(**TIME)
        await here.kerstin.taps("Schemalägg")
        await here.kerstin.says("flytta det till onsdag 2 december och skicka nu")

        here.kerstin.hears(f"går fortfarande {SHOWN}")
        assert here.posts == []


async def test_what_cannot_be_corrected_beside_a_correction_is_named(sqlite_url: str) -> None:
    async with office(sqlite_url) as here:
        await here.writes()
        await here.kerstin.says("skicka")
        await here.kerstin.says("ändra rubriken till Frukost och skicka bara till Växjö")

        here.kerstin.hears("Ska jag rätta utskicket", "\nFrukost\n", f"{NOT_DONE} ”skicka bara")


@pytest.mark.parametrize(
    "said",
    [
        "oj, den skulle ut redan nu",
        "den skulle ha gått ut nu",
        "det skulle redan ha gått iväg",
        "utskicket ska gå nu direkt",
    ],
)
async def test_what_should_have_left_is_asked_about(sqlite_url: str, said: str) -> None:
    async with office(sqlite_url) as here:
        await here.writes(**TIME)
        await here.kerstin.taps("Schemalägg")
        await here.kerstin.says(said)
        here.kerstin.hears("Ska jag skicka utskicket nu?")
        assert here.posts == []
        await here.kerstin.says("ja")

        await here.tryggve.until(lambda: len(here.posts) == 1)


@pytest.mark.parametrize(
    "said",
    [
        "det ska gå kl 9 istället för 8.30",
        "Flytta det till kl 9, inte 8.30",
        "skicka det kl 9 i stället för kl 8.30 på morgonen",
    ],
)
async def test_another_time_is_read_without_the_one_it_replaces(sqlite_url: str, said: str) -> None:
    async with office(sqlite_url) as here:
        await here.writes(**TIME)
        await here.kerstin.taps("Schemalägg")
        await here.kerstin.says(said)

        here.kerstin.hears("Ska jag flytta utskicket", "tisdag 1 december 2026 kl. 09.00", SHOWN)
