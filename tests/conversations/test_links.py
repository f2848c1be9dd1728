"""An announcement leads to up to three places: typed, in the form, corrected and kept."""

from collections.abc import Sequence
from typing import Any

import pytest

from dialogs.announcements.form import kept, restored
from knowledge.announcements.words import Link
from tests.support.lint import actions_of, nodes_of
from tests.support.town import TENANT, Person, Town, town

TENANTS = {TENANT: "0780"}
TYPED = "Rubrik: Ny handbok\nText: Brå har en ny handbok. Läs den före mötet.\n"
THREE = (
    "Länk: https://bra.se/handbok Till handboken\n"
    "Länk: https://www.msb.se\n"
    "Länk: Anmälan till mötet: https://anmalan.example/moten?id=7"
)
SHOWN = [
    ("Till handboken", "https://bra.se/handbok"),
    ("Öppna länk 2", "https://www.msb.se"),
    ("Anmälan till mötet", "https://anmalan.example/moten?id=7"),
]
LEADS = (
    "”Till handboken” går till bra.se och öppnas utanför Teams.",
    "”Öppna länk 2” går till msb.se och öppnas utanför Teams.",
    "”Anmälan till mötet” går till anmalan.example och öppnas utanför Teams.",
)
FORM = {
    "heading": "Ny handbok",
    "text": "Brå har en ny handbok. Läs den före mötet.",
    "link": "https://bra.se/handbok",
    "link_title": "Till handboken",
    "link_2": "https://www.msb.se",
    "link_3": "https://anmalan.example/moten?id=7",
    "link_title_3": "Anmälan till mötet",
}


def links(cards: Sequence[dict[str, Any]]) -> list[tuple[str, str]]:
    """The buttons that lead somewhere, with their addresses."""
    buttons = [action for card in cards for action in actions_of(card)]
    return [(one["title"], one["url"]) for one in buttons if one["type"] == "Action.OpenUrl"]


def posts(tryggve: Town, channel: str) -> list[dict[str, Any]]:
    return [
        post["activity"]["attachments"][0]["content"]
        for post in tryggve.teams.posts
        if post["conversation"] == channel and post["kind"] in ("post", "update")
    ]


def values(person: Person) -> dict[str, str]:
    """What the fields of the card last heard hold."""
    fields = [node for card in person.cards() for node in nodes_of(card)]
    return {node["id"]: node["value"] for node in fields if "id" in node and "value" in node}


async def writes(tryggve: Town, how: str) -> Person:
    kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
    await kerstin.says("nytt utskick")
    if how == "says":
        await kerstin.says(TYPED + THREE)
    else:
        await kerstin.taps("Förhandsgranska", **FORM)
    return kerstin


@pytest.mark.parametrize("how", ["says", "taps"])
async def test_three_links_are_three_buttons_and_tell_where_they_lead(
    database_url: str, how: str
) -> None:
    async with town(database_url, tenants=TENANTS) as tryggve:
        channel = await tryggve.channel_is_added()
        kerstin = await writes(tryggve, how)
        kerstin.hears("Så här ser utskicket ut", *LEADS)
        assert links(kerstin.cards()) == SHOWN

        await kerstin.says("skicka")
        await tryggve.until(lambda: bool(posts(tryggve, channel)))
        assert links(posts(tryggve, channel)) == SHOWN
        assert all(line in str(posts(tryggve, channel)) for line in LEADS)


async def test_a_single_link_reads_as_it_always_has(database_url: str) -> None:
    async with town(database_url, tenants=TENANTS) as tryggve:
        kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
        await kerstin.says("nytt utskick")
        await kerstin.says(f"{TYPED}Länk: https://www.msb.se")
        kerstin.hears("Länken går till msb.se och öppnas utanför Teams.")
        assert links(kerstin.cards()) == [("Öppna länken", "https://www.msb.se")]


async def test_a_fourth_link_is_one_too_many_and_nothing_is_lost(database_url: str) -> None:
    async with town(database_url, tenants=TENANTS) as tryggve:
        kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
        await kerstin.says("nytt utskick")
        await kerstin.says(f"{TYPED}{THREE}\nLänk: https://polisen.se")
        kerstin.hears("Något behöver rättas", "högst tre länkar")
        assert values(kerstin)["heading"] == "Ny handbok"
        await kerstin.says(THREE)

        kerstin.hears("Så här ser utskicket ut")
        assert links(kerstin.cards()) == SHOWN


async def test_one_of_the_links_can_be_changed_and_taken_away(database_url: str) -> None:
    async with town(database_url, tenants=TENANTS) as tryggve:
        kerstin = await writes(tryggve, "says")
        await kerstin.says("Länk 2: https://polisen.se Hos polisen")
        changed = [SHOWN[0], ("Hos polisen", "https://polisen.se"), SHOWN[2]]
        assert links(kerstin.cards()) == changed
        await kerstin.says("Länk 1:")
        assert links(kerstin.cards()) == changed[1:]
        await kerstin.says("Länk: http://osäker.example")
        kerstin.hears("Något behöver rättas", "Varje länk måste börja med https://")
        await kerstin.says("Länk:")
        kerstin.hears("Så här ser utskicket ut")
        assert links(kerstin.cards()) == []


async def test_an_address_put_right_keeps_its_name(database_url: str) -> None:
    async with town(database_url, tenants=TENANTS) as tryggve:
        kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
        await kerstin.says("nytt utskick")
        await kerstin.says(f"{TYPED}Länk: https://bra.se/handbok Till handboken")
        await kerstin.says("Länk: https://bra.se/handboken")
        assert links(kerstin.cards()) == [("Till handboken", "https://bra.se/handboken")]
        await kerstin.says("Länk: https://bra.se/handboken, Handboken (pdf)")
        assert links(kerstin.cards()) == [("Handboken (pdf)", "https://bra.se/handboken")]


async def test_links_are_corrected_everywhere_and_kept_in_a_template(database_url: str) -> None:
    async with town(database_url, tenants=TENANTS) as tryggve:
        channel = await tryggve.channel_is_added()
        kerstin = await writes(tryggve, "says")
        await kerstin.says("skicka")
        await tryggve.until(lambda: bool(posts(tryggve, channel)))
        await kerstin.says("spara som mall")
        await kerstin.says("mina utskick")
        await kerstin.says("visa 1")
        await kerstin.taps("Rätta")
        assert {name: values(kerstin)[name] for name in FORM} == FORM
        await kerstin.taps("Rätta", link_2="https://polisen.se", link_3="", link_title_3="")
        await tryggve.until(lambda: len(posts(tryggve, channel)) == 2)
        last = posts(tryggve, channel)[-1]
        assert links([last]) == [SHOWN[0], ("Öppna länk 2", "https://polisen.se")]

        await kerstin.says("mallar")
        await kerstin.says("använd 1")
        assert {name: values(kerstin)[name] for name in FORM} == FORM


async def test_a_name_without_an_address_is_told(database_url: str) -> None:
    async with town(database_url, tenants=TENANTS) as tryggve:
        kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
        await kerstin.says("nytt utskick")
        await kerstin.taps("Förhandsgranska", **{**FORM, "link_3": ""})
        kerstin.hears("Något behöver rättas", "Varje länk måste börja med https://")
        assert values(kerstin)["link_title_3"] == "Anmälan till mötet"


async def test_a_form_from_before_there_were_three_still_works(database_url: str) -> None:
    async with town(database_url, tenants=TENANTS) as tryggve:
        kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
        data = {"id": 0, "token": "t", "audience": "07", "reach": "channels"}
        only = ("heading", "text", "link", "link_title")
        data |= {name: FORM[name] for name in only}
        await kerstin.act(
            {
                "type": "invoke",
                "name": "adaptiveCard/action",
                "value": {
                    "action": {"type": "Action.Execute", "verb": "announce_preview", "data": data}
                },
            }
        )
        kerstin.hears("Så här ser utskicket ut")
        assert links(kerstin.cards()) == [SHOWN[0]]


def test_a_draft_that_was_kept_before_is_restored() -> None:
    before = {
        "heading": "Ny handbok",
        "text": "Brå har en ny handbok.",
        "link": "https://bra.se/handbok",
        "link_title": "Till handboken",
        "county": "07",
        "audience": "{}",
        "picture": "",
        "picture_alt": "",
        "training_id": None,
        "acknowledge": False,
        "send_at": None,
    }
    draft = restored(before)

    assert draft.words.links == (Link("https://bra.se/handbok", "Till handboken"),)
    assert kept(draft).keys() == {*before, "unread", "written"}
