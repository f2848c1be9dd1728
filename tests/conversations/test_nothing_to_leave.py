"""Old buttons of a place that is gone: the training was called off, or is over."""

from datetime import UTC, datetime

import pytest

from tests.conversations.test_plan_training import CLOCK, kerstin, november, publishes
from tests.support.town import Json, Person, Town

__all__ = ["kerstin", "november"]


@pytest.fixture
async def anna(november: Town, kerstin: Person) -> Person:
    """Somebody with the only seat; another waits."""
    await publishes(kerstin, seats="1")
    anna = november.person("Anna Alm")
    for one in (anna, november.person("Bo Berg")):
        await one.says("utbildningar")
        await one.says("anmäl mig till 1")
    return anna


async def ways_out(anna: Person) -> tuple[Json, Json]:
    """The button that asks, and the one that says yes."""
    await anna.says("mina utbildningar")
    asks = anna.button("Avanmäl mig från 1")
    await anna.taps_action(asks)
    return asks, anna.button("Ja, avanmäl mig")


async def test_who_waits_leaves_a_place_in_line(november: Town, anna: Person) -> None:
    bo = november.person("Bo Berg")
    await bo.says("avanmäl mig")
    bo.hears("Du lämnar din plats i kön.")
    bo.does_not_hear("går till den som står först")


async def test_nobody_leaves_what_is_called_off(
    november: Town, kerstin: Person, anna: Person
) -> None:
    buttons = await ways_out(anna)
    await kerstin.says("ställ in utbildningen")
    await kerstin.says("Orsak: sjukdom")
    await kerstin.says("ja")
    for button in buttons:
        await anna.taps_action(button)
        anna.hears("är inställd, så du behöver inte avanmäla dig")
        anna.does_not_hear("ångra")


async def test_nobody_leaves_what_has_been(november: Town, kerstin: Person, anna: Person) -> None:
    buttons = await ways_out(anna)
    CLOCK["now"] = datetime(2026, 12, 10, 12, tzinfo=UTC)
    for button in buttons:
        await anna.taps_action(button)
        anna.hears("har redan varit")
    await kerstin.says("utbildningar jag håller")
    kerstin.hears("1 av 1 platser är tagna")
