"""Articles change under a running bot: taken up whole, or not at all."""

import asyncio
import shutil
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.background import Background, Chore
from knowledge.answers.articles.loader import shipped_content
from knowledge.answers.live import LiveLibrary
from tests.knowledge.answers.content_folder import copy_topics

ID = "hur-ofta-uppdateras-lagesbilden"
FILE = f"lagesbild/{ID}.md"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copy_topics(tmp_path / "sv", "lagesbild", "bra")


def rewrite(folder: Path, old: str, new: str) -> None:
    text = (folder / FILE).read_text("utf-8")
    assert old in text
    (folder / FILE).write_text(text.replace(old, new), "utf-8")


async def test_an_edited_article_is_answered_from(folder: Path) -> None:
    live = LiveLibrary(folder)
    assert not await live.refresh()
    rewrite(folder, "Minst vartannat år", "Minst vart tredje år")

    assert await live.refresh()
    assert live.article(ID).answer.startswith("Minst vart tredje år")
    assert live.current.ask("hur ofta ska vi uppdatera lägesbilden").matches[0].id == ID


async def test_a_broken_file_is_named_once_and_the_old_answers_stay(folder: Path) -> None:
    live = LiveLibrary(folder)
    rewrite(folder, "wordings = [", "wordings = ")
    with capture_logs() as lines:
        assert not await live.refresh()
        assert not await live.refresh()

    assert {line["file"] for line in lines} == {FILE}
    assert live.current.ask("hur ofta ska vi uppdatera lägesbilden").matches[0].id == ID
    rewrite(folder, "wordings = ", "wordings = [")
    assert await live.refresh()


async def test_two_articles_that_clash_are_named_and_the_old_answers_stay(folder: Path) -> None:
    live = LiveLibrary(folder)
    twin = folder / "bra" / "kopia.md"
    shutil.copy(folder / FILE, twin)
    with capture_logs() as lines:
        assert not await live.refresh()

    assert {line["file"] for line in lines} <= {"bra/kopia.md", FILE}
    assert {line["field"] for line in lines} >= {"id", "title", "wordings"}
    assert live.current.ask("hur ofta ska vi uppdatera lägesbilden").matches[0].id == ID
    twin.unlink()
    assert await live.refresh()


async def test_a_new_and_a_removed_article_are_noticed(folder: Path) -> None:
    live = LiveLibrary(folder)
    count = len(live.base.articles)
    (folder / "bra" / "vem-ar-bras-generaldirektor.md").unlink()

    assert await live.refresh()
    assert len(live.base.articles) == count - 1


async def test_it_looks_by_itself_and_answers_meanwhile(folder: Path) -> None:
    live = LiveLibrary(folder)
    looking = Background([Chore("articles", 0.01, live.look)])
    looking.start(listens=True)
    rewrite(folder, "Minst vartannat år", "Minst vart tredje år")
    async with asyncio.timeout(10):
        while not live.article(ID).answer.startswith("Minst vart tredje år"):
            assert live.current.ask("hur ofta ska vi uppdatera lägesbilden").matches
            await asyncio.sleep(0.01)
    await looking.stop()


async def test_the_loop_goes_on_while_the_index_is_built(tmp_path: Path) -> None:
    """Built on the loop, it would let nobody else have a turn until it is done."""
    folder = Path(shutil.copytree(shipped_content(), tmp_path / "sv"))
    live = LiveLibrary(folder)
    rewrite(folder, "Minst vartannat år", "Minst vart tredje år")
    building = asyncio.create_task(live.refresh())
    turns = 0
    while not building.done():
        await asyncio.sleep(0.001)
        turns += 1
    assert turns > 10
