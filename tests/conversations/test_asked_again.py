"""What is asked once more says again whom and what it is about, and what is promised holds."""

import pytest

from tests.conversations.test_plan_training import kerstin, november, publishes
from tests.support.town import Person, Town

__all__ = ["kerstin", "november"]


async def joins(person: Person) -> None:
    await person.says("utbildningar")
    await person.says("anmäl mig till 1")


async def test_another_name_does_not_become_who_is_removed(november: Town, kerstin: Person) -> None:
    await publishes(kerstin)
    for name in ("Anna Alm", "Bo Berg"):
        await joins(november.person(name))
    await kerstin.says("deltagare")
    await kerstin.says("ta bort Bo Berg")
    await kerstin.says("Anna Alm")
    kerstin.hears("Svara ”ja” eller ”nej”", "Ska jag ta bort Bo Berg", "Ja, ta bort")
    await kerstin.says("nej")
    kerstin.hears("Inget är ändrat")


async def test_which_colleague_is_asked_about_is_said_again(
    november: Town, kerstin: Person
) -> None:
    await publishes(kerstin)
    anna, bo = november.person("Anna Alm"), november.person("Bo Berg")
    for one in (anna, bo):
        await one.says("byt kommun till Växjö")
    await anna.says("utbildningar")
    await anna.says("berätta mer om 1")
    await anna.says("föreslå en kollega")
    await anna.says("Bo Berg")
    await anna.says("kanske")
    anna.hears("Svara ”ja” eller ”nej”", "Ska jag fråga Bo Berg", "Ja, fråga")


@pytest.mark.parametrize("between", ["tack", "mina utbildningar", "vad är en lägesbild?"])
async def test_a_withdrawal_is_undone_as_it_was_promised_whatever_came_between(
    november: Town, kerstin: Person, between: str
) -> None:
    await publishes(kerstin)
    anna = november.person("Anna Alm")
    await joins(anna)
    await anna.says("avanmäl mig")
    await anna.says("ja")
    anna.hears("Skriv ”ångra avanmälan” inom tio minuter")
    await anna.says(between)
    await anna.says("ångra")
    anna.hears("Skriv ”ångra avanmälan”")
    await anna.says("ångra avanmälan")
    anna.hears("Du är anmäld")
