"""The law changes: from the published act to the card, the editor and the coordinator, and back."""

import asyncio
import itertools
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine

from bot.commands import main
from knowledge.answers.live import LiveLibrary
from tests.knowledge.answers.content_folder import ContentFolder
from tests.support.riksdagen import Riksdagen, act
from tests.support.town import Town, town

pytestmark = pytest.mark.both_databases

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
CHANGED = "Lagen har ändrats sedan svaret granskades – vi ser över det."
QUESTION = "Måste kommunen ha en lägesbild?"


async def reads_the_law(tryggve: Town) -> None:
    await tryggve.tryggve.background.do("laws")


async def tell(tryggve: Town) -> None:
    async with tryggve.tryggve.database.write() as tx:
        await tryggve.tryggve.answers.review_note.tell(tx)
    tryggve.tryggve.bell.ring()


async def test_from_the_changed_act_to_the_card_and_back(
    database_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    now = [MONDAY]
    (tmp_path / "sv").mkdir()
    folder = ContentFolder(tmp_path / "sv")
    glossary = folder.root / "glossary.toml"
    glossary.write_text(glossary.read_text("utf-8") + 'rests_on = ["2023:196 4"]\n', "utf-8")

    async def laws(*words: str) -> tuple[int, str]:
        arguments = ["knowledge", "laws", "--content", str(folder.root), *words]
        with time_machine.travel(now[0]):
            code = await asyncio.to_thread(main, arguments)
        return code, capsys.readouterr().out

    async with Riksdagen() as riksdagen:
        monkeypatch.setenv("TRYGGVE_DATABASE_URL", database_url)
        open_data = {"laws_url": riksdagen.url, "now": lambda: now[0]}
        riksdagen.publishes(act())
        async with town(database_url, answers=LiveLibrary(folder.root), **open_data) as tryggve:
            anna = tryggve.person("Anna Alm")
            kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
            await kerstin.installs()
            await reads_the_law(tryggve)
            await laws("--reviewed")
            await tryggve.tryggve.background.do("articles")
            await anna.says(QUESTION)
            anna.does_not_hear(CHANGED)
            await tell(tryggve)

            riksdagen.publishes(act("varje år"))
            now[0] += timedelta(days=7)
            await reads_the_law(tryggve)

            code, said = await laws()
            assert code == 1
            assert "4 § i 2023:196 har ändrats" in said
            assert "[vartannat]" in said
            assert "[varje]" in said
            await tell(tryggve)
            await kerstin.is_told("Lagen har ändrats sedan 3 svar granskades.")
            await kerstin.taps(QUESTION)
            kerstin.hears(CHANGED)

        # Whoever starts anew, and every other process, says the same.
        async with town(database_url, answers=LiveLibrary(folder.root), **open_data) as tryggve:
            tryggve.ids = itertools.count(1_000)  # what was said before is not said again
            anna = tryggve.person("Anna Alm")
            await anna.says(QUESTION)
            anna.hears("Granskad 15 januari 2026", CHANGED)
            await anna.says("vad betyder lägesbild")
            anna.hears("En bild.", CHANGED)
            await anna.says(f"{QUESTION} Måste kommunen ha en trygghetsvandring?")
            anna.hears("Hela svaret", CHANGED)

            now[0] += timedelta(days=1)
            folder.change("checked = 2026-01-15", "checked = 2026-12-01")
            await laws("--reviewed")
            await tryggve.tryggve.background.do("articles")
            await anna.says(QUESTION)
            anna.does_not_hear(CHANGED)
            await anna.says("Måste kommunen ha en trygghetsvandring?")
            anna.hears(CHANGED)
