"""Cards about an announcement that lie in a coordinator's chat, and what became of it since."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from tests.conversations.test_schedule import DUE, TIME, Office, office
from tests.support.builders import create_training
from tests.support.town import Person, words_of

pytestmark = pytest.mark.both_databases


async def look_at_older_cards(here: Office) -> None:
    """The loop has looked, and what it had edited has left."""
    await here.tryggve.tryggve.background.do("progress cards")
    await here.tryggve.tryggve.background.do("older cards")


def in_chat(here: Office, kind: str = "reply") -> list[Any]:
    chat = here.kerstin.chat
    posts = here.tryggve.teams.posts
    return [one for one in posts if (one["conversation"], one["kind"]) == (chat, kind)]


def newest_card(here: Office) -> str:
    """Teams' id of the card that was shown last."""
    return str(in_chat(here)[-1]["id"])


def edited(here: Office, card: str) -> str:
    """What the card says since it was edited; empty when it has not been."""
    said = [words_of(one["activity"]) for one in in_chat(here, "update") if one["id"] == card]
    return said[-1] if said else ""


async def taps(kerstin: Person, title: str, card: str) -> None:
    """A tap whose answer takes the place of the card."""
    action = kerstin.button(title)
    value = {"action": {key: action[key] for key in ("type", "verb", "data")}}
    invoke = {"type": "invoke", "name": "adaptiveCard/action", "value": value}
    await kerstin.act({**invoke, "replyToId": card})


async def schedules(here: Office) -> str:
    """Something is scheduled in words. Returns the card that says so."""
    await here.writes(**TIME)
    await here.kerstin.says("schemalägg")
    here.kerstin.hears("är schemalagt")
    return newest_card(here)


async def leaves(here: Office) -> None:
    posts = len(here.posts)
    await here.comes(DUE)
    await here.tryggve.until(lambda: len(here.posts) > posts)


async def test_a_card_of_what_has_left_says_so(database_url: str) -> None:
    async with office(database_url) as here:
        card = await schedules(here)
        await look_at_older_cards(here)
        assert edited(here, card) == ""
        await leaves(here)
        await look_at_older_cards(here)
        await here.tryggve.until(lambda: "Levererade: " in edited(here, card))
        assert "schemalagt" not in edited(here, card)


async def test_a_card_of_what_waits_shows_no_training_as_it_was(database_url: str) -> None:
    async with office(database_url) as here:
        starts_at = DUE + timedelta(days=30)
        training = await create_training(here.tryggve, starts_at=starts_at)
        await here.writes(**TIME, attached=str(training))
        await here.kerstin.says("schemalägg")
        here.kerstin.hears("är schemalagt", "20 platser kvar")
        card = newest_card(here)
        await look_at_older_cards(here)
        assert edited(here, card) == ""
        await here.kerstin.says("utbildningar jag håller")
        await here.kerstin.taps("Visa 1")
        await here.kerstin.taps("Ställ in")
        cancel = here.kerstin.button("Ställ in utbildningen")
        await here.kerstin.taps_action(cancel, reason="Storm")
        await look_at_older_cards(here)
        await here.tryggve.until(lambda: "schemalagt" in edited(here, card))
        assert "platser kvar" not in edited(here, card)


async def test_a_card_that_said_on_its_way_says_in_the_end_that_it_is_done(
    database_url: str,
) -> None:
    async with office(database_url) as here:
        await schedules(here)
        here.tryggve.teams.answers(delay=2.0, kind="post", conversation=here.channel)
        await here.comes(DUE)
        await here.kerstin.says("hur går det med utskicket")
        here.kerstin.hears("Utskicket skickas nu")
        card = newest_card(here)
        await here.tryggve.until(lambda: len(here.posts) == 1)
        async with asyncio.timeout(15):
            while "Levererade: 1 av 1" not in edited(here, card):
                await look_at_older_cards(here)
                await asyncio.sleep(0.05)


async def test_a_card_of_what_was_called_off_says_so(database_url: str) -> None:
    async with office(database_url) as here:
        card = await schedules(here)
        await here.kerstin.says("ställ in")
        await look_at_older_cards(here)
        await here.tryggve.until(lambda: "är ett utkast" in edited(here, card))
        await here.kerstin.says("schemalägg")
        await look_at_older_cards(here)
        await here.tryggve.until(lambda: "är schemalagt" in edited(here, card))


async def test_a_card_of_what_was_corrected_or_withdrawn_says_so(database_url: str) -> None:
    async with office(database_url) as here:
        await schedules(here)
        await leaves(here)
        await here.kerstin.says("hur går det med utskicket")
        card = newest_card(here)
        await here.kerstin.says("rätta utskicket")
        await here.kerstin.says("Rubrik: Den rättade handboken")
        await here.kerstin.says("ja")
        await look_at_older_cards(here)
        await here.tryggve.until(lambda: "Den rättade handboken" in edited(here, card))
        await here.kerstin.says("dra tillbaka utskicket")
        await here.kerstin.says("ja")
        await look_at_older_cards(here)
        await here.tryggve.until(
            lambda: (
                "Utskicket dras tillbaka" in edited(here, card)
                or "Utskicket är tillbakadraget" in edited(here, card)
            )
        )


async def test_a_card_that_took_the_place_of_another_is_edited_there(database_url: str) -> None:
    async with office(database_url) as here:
        await here.writes(**TIME)
        card = "1700000000000"
        await taps(here.kerstin, "Schemalägg", card)
        here.kerstin.hears("är schemalagt")
        await leaves(here)
        await look_at_older_cards(here)
        await here.tryggve.until(lambda: "Levererade: " in edited(here, card))


async def test_a_form_that_took_its_place_is_left_to_whoever_writes_in_it(
    database_url: str,
) -> None:
    async with office(database_url) as here:
        card = await schedules(here)
        await taps(here.kerstin, "Ändra", card)
        here.kerstin.hears("Rubrik")
        other = await schedules(here)
        await leaves(here)
        await look_at_older_cards(here)
        await here.tryggve.until(lambda: edited(here, other) != "")
        assert edited(here, card) == ""


async def test_only_the_latest_cards_are_edited(database_url: str) -> None:
    async with office(database_url) as here:
        cards = [await schedules(here)]
        for _ in range(6):
            await here.kerstin.says("mina utskick")
            await here.kerstin.says("1")
            here.kerstin.hears("är schemalagt")
            cards.append(newest_card(here))
        await leaves(here)
        await look_at_older_cards(here)
        await here.tryggve.until(lambda: edited(here, cards[-1]) != "")
        await here.tryggve.until(lambda: all(edited(here, card) for card in cards[-5:]), 15)
        assert [edited(here, card) for card in cards[:2]] == ["", ""]


async def test_who_has_lost_the_role_is_told_no_more(database_url: str) -> None:
    async with office(database_url) as here:
        card = await schedules(here)
        kerstin = here.kerstin
        await here.tryggve.tryggve.directory.revoke(kerstin.tenant, kerstin.object_id, "07")
        await here.comes(DUE)
        await look_at_older_cards(here)
        await look_at_older_cards(here)
        assert edited(here, card) == ""
