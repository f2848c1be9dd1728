"""A mail that is pasted in is not taken for the draft on the screen; and a lone j is no yes."""

import pytest

from tests.conversations.test_schedule import FORM, Office, office

LINES = "Rubrik: Lunch på fredag\nText: Vi ses i matsalen."


def drafted(here: Office) -> None:
    here.kerstin.hears(FORM["heading"], FORM["text"])
    here.kerstin.does_not_hear("Lunch på fredag")


@pytest.mark.parametrize("lead", ["Från: Lisa Lind", "VB:\nFrån: Lisa\nSkickat: igår",
                                  "From: Lisa Lind <lisa@example.se>\nSent: Monday"])  # fmt: skip
async def test_a_forwarded_mail_leaves_the_draft_as_it_is(sqlite_url: str, lead: str) -> None:
    async with office(sqlite_url) as here:
        await here.writes()
        await here.kerstin.says(f"{lead}\n{LINES}")
        here.kerstin.hears("inklistrat mejl", "som förut")
        await here.kerstin.says("mina utskick")
        await here.kerstin.says("1")

        drafted(here)


async def test_the_draft_is_still_asked_about(sqlite_url: str) -> None:
    async with office(sqlite_url) as here:
        await here.writes()
        await here.kerstin.says(f"Från: Lisa\n{LINES}")
        await here.kerstin.says(LINES)

        here.kerstin.hears("Lunch på fredag", "Vi ses i matsalen.")


async def test_an_empty_form_takes_it(sqlite_url: str) -> None:
    async with office(sqlite_url) as here:
        await here.kerstin.says("nytt utskick")
        await here.kerstin.says(f"Från: Lisa\n{LINES}")

        here.kerstin.hears("Lunch på fredag", "Vi ses i matsalen.")


async def test_a_sender_in_the_text_is_part_of_it(sqlite_url: str) -> None:
    async with office(sqlite_url) as here:
        await here.writes()
        await here.kerstin.says("Text: Bussen går så här.\nFrån: Växjö klockan nio")

        here.kerstin.hears("Bussen går så här.", "Från: Växjö klockan nio")


@pytest.mark.parametrize("said", ["j", "J", "j."])
async def test_a_lone_j_sends_and_withdraws_nothing(sqlite_url: str, said: str) -> None:
    async with office(sqlite_url) as here:
        await here.writes()
        await here.kerstin.says(said)
        assert here.posts == []
        await here.kerstin.says("skicka")
        await here.tryggve.until(lambda: len(here.posts) == 1)
        await here.kerstin.says("dra tillbaka")
        await here.kerstin.says(said)

        here.kerstin.hears("”ja”", "”nej”")
        here.kerstin.does_not_hear("tillbakadraget")
