"""Whoever has lost the role has no power left: not on any old card, not in words, not by a link."""

import json
from typing import Any

import pytest
from sqlalchemy import select

from knowledge.announcements.models import announcements
from knowledge.announcements.proposals import proposals
from knowledge.audit.models import audit
from knowledge.delivery.models import deliveries
from knowledge.trainings.models import signups, trainings
from knowledge.trainings.participants.models import invitations
from tests.conversations.test_participants import signs_up
from tests.support.builders import create_training
from tests.support.lint import actions_of
from tests.support.town import TENANT, Person, Town, town

FORM = {"heading": "Ny handbok om lägesbilder", "text": "Brå har en ny handbok. Läs den."}
LATER = {**FORM, "heading": "Ett som väntar"}
WATCHED = (announcements, proposals, trainings, signups, invitations, deliveries, audit)

SCREENS = (
    "mina utskick",
    "mina utskick",
    "utbildningar jag håller",
    "deltagare",
    "att godkänna",
    "nytt utskick",
    "ny utbildning",
    "logg",
    "mina mallar",
    "anmälda fel",
)
"""What a coordinator looks at. Its cards are still in the chat when the role is gone."""

SAID = (
    "skicka",
    "pausa utskicket",
    "dra tillbaka utskicket",
    "skicka igen till dem som misslyckades",
    "påminn",
    "ställ in utbildningen",
    "publicera utbildningen",
    "stäng anmälan",
    "hämta listan till excel",
    "logg",
)


async def everything(town: Town) -> list[Any]:
    """All that a coordinator could change, as it is in the database."""
    found = []
    async with town.tryggve.database.read() as tx:
        for table in WATCHED:
            rows = (await tx.execute(select(table).order_by(*table.primary_key))).all()
            found.append([tuple(map(str, row)) for row in rows])
    return found


async def collects(kerstin: Person, old: dict[str, dict[str, Any]]) -> None:
    """Keep every button of what was last heard, each verb with each of its data once."""
    for card in kerstin.cards():
        for action in actions_of(card):
            data = action.get("data", {})
            if verb := action.get("verb") or data.get("verb"):
                old[json.dumps([verb, data])] = action


@pytest.mark.both_databases
async def test_no_old_card_has_power_left(database_url: str) -> None:
    async with town(database_url, tenants={TENANT: "0780"}, approval_from=1) as tryggve:
        await tryggve.channel_is_added()
        kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
        karin = await tryggve.coordinator("Karin Lind", "07")
        await kerstin.installs()
        await create_training(tryggve)
        await signs_up(tryggve, "Anna Alm", "Växjö")
        old: dict[str, dict[str, Any]] = {}
        for author, form in ((kerstin, FORM), (karin, LATER), (kerstin, LATER)):
            await author.says("nytt utskick")
            await author.taps("Förhandsgranska", **form)
            await collects(author, old)
            if form is FORM or author is karin:
                await author.taps("Skicka")
                await collects(author, old)
        for screen in SCREENS:
            await kerstin.says(screen)
            await collects(kerstin, old)
        verbs = {json.loads(one)[0] for one in old}
        assert {"announce_send", "announce_approve", "participants_file"} <= verbs
        await tryggve.tryggve.directory.revoke(TENANT, kerstin.object_id, "07")
        await kerstin.says("hej")
        before = await everything(tryggve)

        for action in old.values():
            await kerstin.taps_action(action)
        for words in SAID:
            await kerstin.says(words)

        assert await everything(tryggve) == before


async def test_an_old_link_to_a_list_opens_nothing(database_url: str) -> None:
    async with town(database_url, tenants={TENANT: "0780"}) as tryggve:
        kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
        await create_training(tryggve)
        await signs_up(tryggve, "Anna Alm", "Växjö")
        await kerstin.says("deltagare")
        await kerstin.taps("Hämta som Excel")
        url = tryggve.url + kerstin.button("Öppna filen")["url"].partition("3978")[2]
        await tryggve.tryggve.directory.revoke(TENANT, kerstin.object_id, "07")
        before = await everything(tryggve)

        async with tryggve.http.get(url) as answer:
            assert answer.status == 404
        assert await everything(tryggve) == before
