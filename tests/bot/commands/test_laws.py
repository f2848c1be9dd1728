"""`tryggve knowledge laws`: what the editor sees, and what it leaves behind."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import structlog
import time_machine

from bot.commands import main
from tests.knowledge.answers.content_folder import SUBJECTS, ContentFolder
from tests.support.riksdagen import Riksdagen, act

Command = Callable[..., Awaitable[tuple[int, str]]]


@pytest.fixture
def folder(tmp_path: Path) -> ContentFolder:
    (tmp_path / "sv").mkdir()
    return ContentFolder(tmp_path / "sv")


@pytest.fixture
async def riksdagen() -> AsyncIterator[Riksdagen]:
    async with Riksdagen() as running:
        running.publishes(act())
        yield running


@pytest.fixture
def clock() -> list[datetime]:
    """What day the editor has."""
    return [datetime(2026, 11, 27, 9, tzinfo=UTC)]


@pytest.fixture
async def run(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    folder: ContentFolder,
    sqlite_url: str,
    clock: list[datetime],
) -> AsyncIterator[Command]:
    """Runs `tryggve knowledge laws …` on a small content folder; returns exit code and output."""
    monkeypatch.setenv("TRYGGVE_DATABASE_URL", sqlite_url)

    async def command(*words: str) -> tuple[int, str]:
        arguments = ["knowledge", "laws", "--content", str(folder.root), *words]
        with time_machine.travel(clock[0]):
            code = await asyncio.to_thread(main, arguments)
        printed = capsys.readouterr()
        return code, printed.out + printed.err

    yield command
    structlog.reset_defaults()


@pytest.fixture
def copies(tmp_path: Path) -> Path:
    """A folder with the act, as it is read today."""
    path = tmp_path / "lagar"
    path.mkdir()
    (path / "sfs-2023-196-om-faglar.md").write_text(act(), "utf-8")
    return path


async def test_before_anything_is_read(run: Command) -> None:
    code, said = await run()
    assert code == 0
    assert "Aldrig läst, 2023:196: 4 §" in said
    assert "Ingen paragraf har ändrats" in said


async def test_a_change_is_shown_with_both_wordings_and_what_stands_on_it(
    run: Command, folder: ContentFolder, copies: Path
) -> None:
    glossary = folder.root / "glossary.toml"
    glossary.write_text(glossary.read_text("utf-8") + 'rests_on = ["2023:196 4"]\n', "utf-8")
    folder.change("Det står i lagen.", "Det står i lagen.\n\n- Räkna.", SUBJECTS[1])
    code, said = await run("--from", str(copies))
    assert (code, "Saknar granskad lydelse, 2023:196: 4 §" in said) == (0, True)
    code, said = await run("--reviewed")
    assert (code, "1 lydelse är inskriven" in said) == (0, True)

    (copies / "sfs-2023-196-om-faglar.md").write_text(act("varje år"), "utf-8")
    code, said = await run("--from", str(copies))
    assert code == 1
    for part in (
        "2023:196: läst. 1 paragraf har en annan lydelse än förra gången.",
        "4 § i 2023:196 har ändrats sedan svaren granskades.",
        "[vartannat]",
        "[varje]",
        "svar: Måste kommunen ha en lägesbild? (maste-vi-ha-lagesbild, granskat 15 januari 2026)",
        "checklista: Måste kommunen ha en trygghetsvandring?",
        "ord: lägesbild",
        "Ändrade paragrafer: 1. Svar att granska: 3. Ord i ordlistan: 1.",
    ):
        assert part in said
    assert max(map(len, said.splitlines())) <= 100


async def test_articles_are_reviewed_one_by_one(
    run: Command, folder: ContentFolder, copies: Path, clock: list[datetime]
) -> None:
    await run("--from", str(copies), "--reviewed")
    clock[0] += timedelta(days=1)
    (copies / "sfs-2023-196-om-faglar.md").write_text(act("varje år"), "utf-8")
    folder.change("checked = 2026-01-15", "checked = 2026-11-28")
    code, said = await run("--from", str(copies))
    assert (code, "Svar att granska: 3" in said) == (1, True)  # the day alone proves nothing

    code, said = await run("--reviewed", "2023:196")
    assert (code, "Svar att granska: 2" in said) == (1, True)
    assert "lägesbild" not in said.split("LYDELSEN NU")[1]


async def test_acts_are_fetched_where_the_setting_says(
    run: Command, riksdagen: Riksdagen, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, said = await run("--fetch")
    assert (code, "TRYGGVE_LAWS_URL är tom" in said) == (1, True)
    assert riksdagen.asked == []

    monkeypatch.setenv("TRYGGVE_LAWS_URL", riksdagen.url)
    code, said = await run("--fetch", "--reviewed")
    assert (code, "2023:196: läst." in said) == (0, True)

    riksdagen.answers(503)
    code, said = await run("--fetch")
    assert code == 1
    assert "2023:196: adressen svarade 503. Det som lästes 27 november 2026 gäller" in said


@pytest.mark.parametrize("url", ["http://data.example", "ftp://data.example", "data.example"])
async def test_acts_are_never_fetched_over_an_open_line(
    run: Command, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("TRYGGVE_LAWS_URL", url)
    code, said = await run("--fetch")
    assert (code, "TRYGGVE_LAWS_URL måste börja med https://" in said) == (1, True)


async def test_what_cannot_be_done_is_said(run: Command, tmp_path: Path) -> None:
    (tmp_path / "tom").mkdir()
    assert await run("--reviewed") == (
        1,
        "Ingen lag är läst, så det finns ingen lydelse att skriva in. "
        "Kör med --fetch eller --from först.\n",
    )
    (tmp_path / "kort").mkdir()
    (tmp_path / "kort" / "hel.txt").write_text(act(), "utf-8")
    assert (await run("--from", str(tmp_path / "kort")))[0] == 0
    (tmp_path / "kort" / "hel.txt").write_text("SFS nr: 2023:196\n\n1 § Kort.", "utf-8")
    code, said = await run("--from", str(tmp_path / "kort"))
    assert (code, "inte ens hälften" in said) == (1, True)
    assert "har ingen lagtext" in (await run("--from", str(tmp_path / "tom")))[1]
    assert "går inte att läsa" in (await run("--from", str(tmp_path / "finns-inte")))[1]
    assert "Inget svar står på 1999:1" in (await run("--reviewed", "1999:1"))[1]
