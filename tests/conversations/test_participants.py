"""Who takes part: seen, written to, added and removed by who holds the training."""

import pytest

from tests.support.builders import create_training
from tests.support.town import Person, Town

pytestmark = pytest.mark.both_databases


@pytest.fixture
async def kerstin(tryggve: Town) -> Person:
    return await tryggve.coordinator("Kerstin Karlsson", "07")


async def _signs_up(
    town: Town, name: str, municipality: str, training: str = "Lägesbild i praktiken"
) -> Person:
    person = await _works_in(town, name, municipality)
    await person.says(f"anmäl mig till {training}")
    return person


async def _works_in(town: Town, name: str, municipality: str) -> Person:
    person = town.person(name)
    await person.installs()
    await person.says(f"byt kommun till {municipality}")
    return person


async def test_the_coordinator_sees_the_counts_and_then_the_list(
    tryggve: Town, kerstin: Person
) -> None:
    await create_training(tryggve, seats=2)
    await _signs_up(tryggve, "Anna Alm", "Växjö")
    await _signs_up(tryggve, "Bo Berg", "Alvesta")
    await _signs_up(tryggve, "Cia Ceder", "Växjö")
    await kerstin.says("deltagare")

    kerstin.hears(
        "Deltagare: Lägesbild i praktiken",
        "2 av 2 platser är tagna. 1 person står i kö. De kommer från 2 kommuner.",
        "Växjö 1 (+1 i kö) · Alvesta 1",
        "2 har en plats",
        "Anna Alm, Växjö, sedan",
    )
    kerstin.does_not_hear("Cia Ceder")
    await kerstin.taps("Visa kön")
    kerstin.hears("Kö: Lägesbild i praktiken", "1 – Cia Ceder, Växjö, sedan")
    await kerstin.says("visa deltagare")
    kerstin.hears("Bo Berg, Alvesta")
