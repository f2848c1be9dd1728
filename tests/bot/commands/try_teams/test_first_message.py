"""The first message: has it arrived, and did Teams take the answer?"""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from bot.commands import main
from tests.bot.commands.try_teams.conftest import Technician
from tests.support.town import town


async def test_the_first_answer_ends_the_walk_well(technician: Technician) -> None:
    async with technician.site(), town(technician.database_url) as installed:
        trying = asyncio.create_task(technician.tries(wait=20))
        await installed.until(lambda: "skriv ”hej”" in _said(technician))
        await installed.person("Tage Tekniker").says("hej")

        assert await trying == 0
    technician.reads("ok   Första meddelandet: kom fram och släpptes in")
    technician.reads("ok   Första svaret: Teams tog emot det")
    technician.reads("Klart: Tryggve svarar i Teams.")


async def test_unauthorized_leads_to_the_page_about_it(technician: Technician) -> None:
    async with technician.site(), town(technician.database_url) as installed:
        installed.teams.answers(status=401, times=50)
        trying = asyncio.create_task(technician.tries(wait=20))
        await installed.until(lambda: "skriv ”hej”" in _said(technician))
        await installed.person("Tage Tekniker").says("hej")

        assert await trying == 1
        installed.problems.clear()  # that nothing was heard is the point
    technician.reads("FEL  Första svaret: Teams godtog inte botens bevis (401 Unauthorized)")
    technician.reads("Inte klart.")


@pytest.mark.parametrize(
    ("how", "told"),
    [
        ({"status": 403}, "Teams nekar boten att skriva till den personen (forbidden)"),
        ({"status": 403, "body": b'{"error":{"code":"BotDisabledByAdmin"}}'}, "(admin)"),
        ({"status": 404}, "Teams tog inte emot det (not_found). Sök i serverns logg"),
        ({"status": 400}, "Teams tog inte emot det (bad_argument)"),
        ({"status": 302, "headers": {"Location": "https://proxy.example/"}}, "(redirect)"),
        ({"status": 200, "body": b"<html>Sidan \xc3\xa4r sp\xc3\xa4rrad"}, "(unreadable_answer)"),
        ({"status": 429}, "Teams kunde inte ta emot just nu (throttled)"),
        ({"status": 500}, "Teams kunde inte ta emot just nu (http_500)"),
        ({"status": 502}, "Teams kunde inte ta emot just nu (http_502)"),
        ({"resets": True}, "svaret fastnade på vägen till Teams (broken_off)"),
    ],
)
async def test_an_answer_that_is_not_taken_is_told_with_its_reason(
    technician: Technician, how: dict[str, Any], told: str
) -> None:
    async with technician.site(), town(technician.database_url) as installed:
        installed.teams.answers(times=50, **how)
        trying = asyncio.create_task(technician.tries(wait=20))
        await installed.until(lambda: "skriv ”hej”" in _said(technician))
        await installed.person("Tage Tekniker").says("hej")

        assert await trying == 1
        installed.problems.clear()  # that nothing was heard is the point
    technician.reads("FEL  Första svaret: ")
    technician.reads(told)


async def test_no_message_is_told_with_where_to_look(technician: Technician) -> None:
    async with technician.site(), town(technician.database_url):
        assert await technician.tries(wait=0) == 1

    technician.reads("FEL  Första meddelandet: inget kom på 1 minut")
    technician.reads("Azure-botens meddelandeadress är fel")
    technician.reads("–    Första svaret: prövas när steget före är rätt")


async def test_what_was_said_before_does_not_count(technician: Technician) -> None:
    async with technician.site(), town(technician.database_url) as installed:
        await installed.person("Anna Alm").says("hej")

        assert await technician.tries(wait=0) == 1


async def test_nobody_is_waited_for_while_something_else_is_wrong(technician: Technician) -> None:
    technician.public_url = "https://tryggve.invalid"

    assert await technician.tries(wait=None) == 1
    technician.reads("–    Första meddelandet: prövas när det ovan är rätt")


async def test_a_database_that_is_not_there_is_told_and_not_made(
    technician: Technician, tmp_path: Path
) -> None:
    technician.database_url = f"sqlite:///{tmp_path}/borta.db"
    async with technician.site():
        assert await technician.tries(wait=0) == 1

    technician.reads("FEL  Första meddelandet: databasen går inte att läsa")
    assert not (tmp_path / "borta.db").exists()


def test_the_demo_has_no_address_to_try(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TRYGGVE_DEMO", "true")

    assert main(["try-teams"]) == 1
    assert "Exempelläget har ingen adress i Teams" in capsys.readouterr().err


def test_without_a_public_address_it_is_asked_for(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TRYGGVE_APP_ID", "11111111-2222-3333-4444-555555555555")
    monkeypatch.setenv("TRYGGVE_TENANTS", '{"11111111-1111-1111-1111-111111111111": "0780"}')

    assert main(["try-teams"]) == 1
    assert "TRYGGVE_PUBLIC_URL" in capsys.readouterr().err


@pytest.mark.parametrize(
    "address", ["https://", "https://värd:port", "https:///api", f"https://{'å' * 70}.se"]
)
def test_an_address_that_leads_nowhere_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], address: str
) -> None:
    monkeypatch.setenv("TRYGGVE_APP_ID", "11111111-2222-3333-4444-555555555555")
    monkeypatch.setenv("TRYGGVE_TENANTS", '{"11111111-1111-1111-1111-111111111111": "0780"}')
    monkeypatch.setenv("TRYGGVE_PUBLIC_URL", address)

    assert main(["try-teams"]) == 1
    assert "TRYGGVE_PUBLIC_URL" in capsys.readouterr().err


def _said(technician: Technician) -> str:
    technician.printed += technician.capsys.readouterr().out
    return technician.printed
