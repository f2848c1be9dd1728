"""A card shows a training as it was: a tap tells how it is now, before anybody is signed up."""

import pytest

from tests.conversations.test_compose import named, posts, writes
from tests.conversations.test_hold_trainings import changes
from tests.conversations.test_plan_training import kerstin, november, publishes
from tests.support.town import Person, Town

__all__ = ["kerstin", "november"]

pytestmark = pytest.mark.both_databases


async def moves_to(kerstin: Person, **changed: str) -> None:
    await changes(kerstin, **changed)
    await kerstin.says("spara")


@pytest.mark.parametrize("changed", [{"date": "2026-12-11"}, {"place": "Alvesta, Folkets hus"}])
async def test_a_new_time_or_place_is_told_before_anything_is_done(
    november: Town, kerstin: Person, changed: dict[str, str]
) -> None:
    anna = november.person("Anna Alm")
    await publishes(kerstin)
    await anna.says("utbildningar")
    old = anna.button("Anmäl mig till 1")
    await moves_to(kerstin, **changed)
    await anna.taps_action(old)
    anna.hears("Tiden eller platsen är ändrad", "Du är inte anmäld än.")
    anna.hears(*("fredag 11 december" if "date" in changed else "Alvesta" for _ in changed))
    await anna.taps("Anmäl mig")
    anna.hears("Du är anmäld")
    await anna.taps_action(old)
    anna.hears("Du är redan anmäld")


async def test_it_is_answered_in_words_too(november: Town, kerstin: Person) -> None:
    anna, berit = november.person("Anna Alm"), november.person("Berit Berg")
    await publishes(kerstin)
    for one in (anna, berit):
        await one.says("utbildningar")
    old = anna.button("Anmäl mig till 1")
    await moves_to(kerstin, place="Alvesta")
    for one, said in ((anna, "ja"), (berit, "nej")):
        await one.taps_action(old)
        await one.says(said)
    anna.hears("Du är anmäld")
    await berit.says("mina utbildningar")
    berit.hears("Du är inte anmäld till någon utbildning")


async def test_a_card_from_before_and_a_training_that_has_moved(
    november: Town, kerstin: Person
) -> None:
    anna = november.person("Anna Alm")
    await publishes(kerstin)
    await anna.says("utbildningar")
    number = anna.button("Anmäl mig till 1")["data"]["training"]
    await moves_to(kerstin, place="Alvesta")
    old = {"type": "Action.Execute", "verb": "sign_up", "data": {"training": number}}
    await anna.taps_action(old)
    anna.hears("Tiden eller platsen är ändrad")


async def test_another_description_changes_nothing(november: Town, kerstin: Person) -> None:
    anna = november.person("Anna Alm")
    await publishes(kerstin)
    await anna.says("utbildningar")
    old = anna.button("Anmäl mig till 1")
    await moves_to(kerstin, summary="Vi ses.")
    await anna.taps_action(old)
    anna.hears("Du är anmäld")


async def test_the_details_have_a_map_and_the_queue(november: Town, kerstin: Person) -> None:
    people = [november.person(name) for name in ("Anna Alm", "Berit Berg", "Cecilia Ceder")]
    await publishes(kerstin, seats="1")
    for one in people:
        await one.says("utbildningar")
        await one.says("berätta mer om 1")
        if one is not people[2]:
            await one.taps("Anmäl mig" if one is people[0] else "Ställ mig i kö")
    people[2].hears("Fullt.", "1 person står i kö.")
    url = people[2].button("Karta")["url"]
    assert url == (
        "https://www.openstreetmap.org/search?query=V%C3%A4xj%C3%B6%2C%20L%C3%A4nsstyrelsen"
    )


async def test_a_training_on_a_screen_has_no_map(november: Town, kerstin: Person) -> None:
    anna = november.person("Anna Alm")
    await publishes(kerstin, online="true", place="Länk kommer")
    await anna.says("utbildningar")
    await anna.says("berätta mer om 1")
    anna.does_not_hear("Karta")


async def test_an_old_post_in_a_channel_tells_whoever_taps_it(
    november: Town, kerstin: Person
) -> None:
    """Also somebody who has never talked with Tryggve: it goes on in a chat of their own."""
    channel = await november.channel_is_added()
    dora, emil = november.person("Dora Dal"), november.person("Emil Eng")
    await publishes(kerstin)
    await writes(kerstin, attached="1")
    await kerstin.taps("Skicka")
    await november.until(lambda: bool(posts(november, channel)))
    old = named(posts(november, channel)[0], "Anmäl mig")
    await moves_to(kerstin, place="Alvesta, Folkets hus")
    await dora.taps_action(old, channel=channel)
    dora.hears("Jag svarar dig i vår egen chatt", "Tiden eller platsen är ändrad", "Alvesta")
    await dora.says("mina utbildningar")
    dora.hears("Du är inte anmäld till någon utbildning")

    await kerstin.says("utbildningar jag håller")
    await kerstin.taps("Visa 1")
    await kerstin.taps("Ställ in")
    await kerstin.taps_action(kerstin.button("Ställ in utbildningen"), reason="Storm")
    await emil.taps_action(old, channel=channel)
    emil.hears("Inställd: Storm. Trygga torg på riktigt går inte längre att anmäla sig till.")


async def test_who_has_no_chat_of_their_own_is_told_in_the_channel_how_to_get_one(
    november: Town, kerstin: Person
) -> None:
    await november.channel_is_added()
    dora = november.person("Dora Dal")
    await publishes(kerstin)
    await dora.says("utbildningar", channel="19:kanalen")
    november.teams.answers(kind="open", status=403)
    await dora.taps("Anmäl mig till 1", channel="19:kanalen")
    dora.hears("Jag når dig inte i egen chatt än.", "Lägg till appen Tryggve för dig själv")
