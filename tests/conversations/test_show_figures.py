"""The year in figures, asked for in the chat."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import update

from knowledge.trainings.models import trainings
from tests.support.browser import Browser
from tests.support.builders import create_training
from tests.support.sheets import Sheet
from tests.support.town import Person, Town

pytestmark = pytest.mark.both_databases

YEAR = datetime.now(UTC).year


@pytest.fixture
async def kerstin(tryggve: Town) -> Person:
    return await tryggve.coordinator("Kerstin Karlsson", "07")


async def held(town: Town, title: str, *names: str) -> None:
    """A training that these people had a seat at, earlier in the year."""
    id_ = await create_training(town, title=title)
    for name in names:
        person = town.person(name)
        await person.installs()
        await person.says("byt kommun till Växjö")
        await person.says(f"anmäl mig till {title}")
    then = datetime(YEAR, 1, 1, 9, tzinfo=UTC)
    async with town.tryggve.database.write() as tx:
        over = update(trainings).where(trainings.c.id == id_)
        await tx.execute(over.values(starts_at=then, ends_at=then))


NAMES = ("Anna Alm", "Bo Berg", "Cia Ceder", "Dan Dahl", "Eva Ek")


async def test_the_year_on_a_card_as_a_file_and_as_a_picture(
    tryggve: Town, kerstin: Person
) -> None:
    await held(tryggve, "Lägesbild i praktiken", *NAMES)
    await kerstin.says(f"siffror för {YEAR}")
    kerstin.hears(
        f"Utbildningar {YEAR}, Kronobergs län",
        "1 utbildning har hållits.",
        "Deltagare med plats: 5. Olika personer: 5.",
        "Kommuner i länet som har nåtts: 1 av 8.",
        "Kvartal 1: 1 utbildning, deltagare: 5",
        "Lägesbild: 1 utbildning, deltagare: 5",
    )
    browser = Browser(tryggve)
    await browser.opens(kerstin.button("Hämta som Excel")["url"])
    rows = Sheet(browser.content).rows()
    # Nobody has been ticked yet, and nought among five would tell of each of them.
    assert rows[1] == {"A": "Hela året", "B": "1", "C": "1", "D": "5", "E": "färre än 5"}
    (card,) = kerstin.cards()
    picture = next(one for one in card["body"] if one["type"] == "Image")
    assert "Kvartal 1 5" in picture["altText"]
    await browser.opens(picture["url"])
    assert Image.open(BytesIO(browser.content)).size[0] <= 1024
    await kerstin.taps(f"Siffror för {YEAR - 1}")
    kerstin.hears(f"har inte hållit någon utbildning i Tryggve under {YEAR - 1}")


async def test_few_people_are_not_told_of(tryggve: Town, kerstin: Person) -> None:
    await held(tryggve, "Lägesbild i praktiken", *NAMES[:4])
    await kerstin.says(f"siffror för {YEAR}")

    kerstin.hears(
        "Deltagare med plats: färre än 5", "Kvartal 1: 1 utbildning, deltagare: färre än 5"
    )


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("siffror för 1999", "Jag har inga siffror för 1999"),
        ("siffror för nästa år", f"Jag har inga siffror för {YEAR + 1}"),
        ("siffror för 2024 och 2025", "ett år i taget"),
        ("siffror för Kalmar län", "Du ser bara ditt eget läns siffror"),
        ("siffror för i år", f"under {YEAR}"),
        ("siffror för förra året", f"under {YEAR - 1}"),
        ("årsrapport", "har inte hållit någon utbildning"),
        ("kan du ta fram statistik för året", "har inte hållit någon utbildning"),
    ],
)
async def test_the_year_and_the_county_that_are_meant(
    tryggve: Town, kerstin: Person, said: str, heard: str
) -> None:
    await kerstin.says(said)

    kerstin.hears(heard)


async def test_figures_of_something_else_are_a_question(tryggve: Town, kerstin: Person) -> None:
    await kerstin.says("siffror för våldsbrott i Växjö")
    kerstin.does_not_hear("utbildning i Tryggve under")


async def test_others_do_not_see_them(tryggve: Town) -> None:
    anna = tryggve.person("Anna Alm")
    await anna.installs()
    await anna.says("siffror för 2026")

    anna.hears("Bara regionala samordnare på länsstyrelsen ser länets siffror.")
