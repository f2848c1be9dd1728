"""What who holds trainings hears at the desk: how it stands, and nothing that cannot be done."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.support.builders import create_training
from tests.support.town import Person, Town


@pytest.fixture
async def kerstin(tryggve: Town) -> Person:
    return await tryggve.coordinator("Kerstin Karlsson", "07")


async def test_a_seat_that_is_held_is_told_of(tryggve: Town, kerstin: Person) -> None:
    await create_training(tryggve, seats=2, starts_at=datetime.now(UTC) + timedelta(hours=23))
    anna = tryggve.person("Anna Alm")
    await anna.says("anmäl mig till lägesbild i praktiken")
    await kerstin.says("deltagare")
    kerstin.hears("1 av 2 platser är tagna.")
    kerstin.does_not_hear("hålls en stund")
    await anna.says("avanmäl mig")
    await anna.says("ja")
    await kerstin.says("deltagare")
    kerstin.hears("1 av 2 platser är tagna.", "1 av dem hålls en stund", "Ingen har en plats än.")


@pytest.mark.parametrize("said", ["ändra tiden", "kan jag ändra tiden", "jag vill byta lokal"])
async def test_without_a_training_nothing_is_to_be_written(kerstin: Person, said: str) -> None:
    await kerstin.says(said)
    kerstin.does_not_hear("Skriv det nya i kortet")
