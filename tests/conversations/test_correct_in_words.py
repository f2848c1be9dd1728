"""A correction in words is shown and asked about before it reaches those who have got it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from tests.conversations import test_changes_approved as approved
from tests.conversations.test_schedule import Office, office
from tests.support.town import words_of


@asynccontextmanager
async def sent(database_url: str) -> AsyncIterator[Office]:
    """Kerstin has sent it, and sees how it went."""
    async with office(database_url) as here:
        await here.writes()
        await here.kerstin.says("skicka")
        await here.tryggve.until(lambda: len(here.posts) == 1)
        yield here


def everything(here: Office) -> str:
    """What the channel has read so far."""
    posts = here.tryggve.teams.posts
    seen = [words_of(one["activity"]) for one in posts if one["conversation"] == here.channel]
    return "\n".join(seen)


@pytest.mark.both_databases
@pytest.mark.parametrize("how", ["typed", "tapped"])
async def test_it_leaves_with_a_yes_and_not_before(database_url: str, how: str) -> None:
    async with sent(database_url) as here:
        await here.kerstin.says("rätta")
        await here.kerstin.says("Text: Handboken kommer i mars i stället.")
        here.kerstin.hears("Ska jag rätta utskicket ”Ny handbok om lägesbilder”", "Ändrat: texten.")
        here.kerstin.hears("Så här blir det:", "Handboken kommer i mars i stället.")
        assert "i mars" not in everything(here)

        await (here.kerstin.taps("Ja, rätta") if how == "tapped" else here.kerstin.says("ja"))
        await here.tryggve.until(lambda: "Handboken kommer i mars" in everything(here))


@pytest.mark.parametrize(
    "said",
    ["ändra texten till Handboken kommer i mars.", "texten ska vara Handboken kommer i mars.",
     "Rubrik: Handboken kommer i mars"],
)  # fmt: skip
@pytest.mark.parametrize("answer", ["nej", "vänta", "hjälp", "kanske", "ja?"])
async def test_without_a_yes_nobody_gets_it(sqlite_url: str, said: str, answer: str) -> None:
    async with sent(sqlite_url) as here:
        await here.kerstin.says("rätta")
        await here.kerstin.says(said)
        here.kerstin.hears("Ska jag rätta utskicket", "Handboken kommer i mars")
        await here.kerstin.says(answer)
        await here.kerstin.says("mina utskick")

        assert "i mars" not in everything(here)


async def test_what_is_to_be_corrected_can_be_said_at_once(sqlite_url: str) -> None:
    async with sent(sqlite_url) as here:
        await here.kerstin.says("ändra texten till Handboken kommer i mars.")
        here.kerstin.hears("Ska jag rätta utskicket", "Handboken kommer i mars.")
        assert "i mars" not in everything(here)
        await here.kerstin.says("ja")

        await here.tryggve.until(lambda: "Handboken kommer i mars" in everything(here))


async def test_more_words_build_on_those_just_asked_about(sqlite_url: str) -> None:
    async with sent(sqlite_url) as here:
        await here.kerstin.says("rätta")
        await here.kerstin.says("Text: Handboken kommer i mars i stället.")
        await here.kerstin.says("ändra rubriken till Handboken dröjer")
        here.kerstin.hears("Ändrat: rubriken och texten.", "Handboken kommer i mars i stället.")
        await here.kerstin.says("ja")

        await here.tryggve.until(lambda: "Handboken dröjer" in everything(here))
        assert "Handboken kommer i mars" in everything(here)


async def test_whom_it_goes_to_cannot_be_corrected(sqlite_url: str) -> None:
    async with sent(sqlite_url) as here:
        await here.kerstin.says("rätta")
        await here.kerstin.says("bara till Växjö")

        here.kerstin.hears("Jag har inte ändrat något", "rubriken, texten, länkarna och bilden")


async def test_an_old_yes_corrects_nothing(sqlite_url: str) -> None:
    async with sent(sqlite_url) as here:
        await here.kerstin.says("rätta")
        await here.kerstin.says("Text: Handboken kommer i mars i stället.")
        yes = here.kerstin.button("Ja, rätta")
        await here.kerstin.taps("Nej, låt det vara")
        await here.kerstin.taps_action(yes)
        await here.kerstin.says("mina utskick")

        assert "i mars" not in everything(here)


async def test_a_yes_counts_for_what_it_read_like_when_it_was_asked(sqlite_url: str) -> None:
    async with sent(sqlite_url) as here:
        await here.kerstin.says("rätta")
        form = here.kerstin.button("Rätta")
        card = here.kerstin.card_of(form)
        await here.kerstin.says("Text: Handboken kommer i mars i stället.")
        karin = await here.tryggve.coordinator("Karin Lind", "07")
        karin.heard = [{"attachments": [_attached(card)]}]
        await karin.taps("Rätta", heading="Karins rubrik")
        await here.tryggve.until(lambda: "Karins rubrik" in everything(here))
        await here.kerstin.says("ja")

        here.kerstin.hears("har ändrats sedan jag frågade", "Karins rubrik")
        assert "i mars" not in everything(here)


def _attached(card: object) -> dict[str, object]:
    return {"contentType": "application/vnd.microsoft.card.adaptive", "content": card}


async def test_a_large_one_waits_for_a_colleague_after_the_yes(sqlite_url: str) -> None:
    async with approved.sent(sqlite_url) as (tryggve, kerstin, karin, channel):
        await kerstin.says("mina utskick")
        await kerstin.says("1")
        await kerstin.says("ändra texten till Handboken kommer i mars.")
        assert not any("i mars" in str(one) for one in karin.inbox())
        await kerstin.says("ja")
        kerstin.hears("Väntar på godkännande")
        await karin.is_told("Kerstin Karlsson vill rätta ett stort utskick")

        assert len(approved.posts(tryggve, channel)) == 1
