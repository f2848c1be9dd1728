"""Cards stay in the chats for years: what a version sent out is understood by every later one.

`old_cards/0.1.json` holds each button of 0.1 with its data. It is never changed; a later version
adds files of its own, with the buttons that are new in it.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.dialogs.samples import cards
from tests.support.lint import actions_of
from tests.support.town import Town, town

Tap = dict[str, Any]

FOLDER = Path(__file__).parent / "old_cards"
TAPS: dict[str, list[Tap]] = {
    str(file.relative_to(FOLDER)): json.loads(file.read_text("utf-8"))
    for file in sorted(FOLDER.rglob("*.json"))
}


@pytest.mark.parametrize("file", TAPS)
async def test_a_card_of_an_earlier_version_is_still_understood(sqlite_url: str, file: str) -> None:
    async with town(sqlite_url) as tryggve:
        for number, tap in enumerate(TAPS[file]):
            kerstin = await tryggve.coordinator(f"Kerstin {number}", "07")
            await kerstin.taps_action(_as_action(tap))

            assert tap["verb"] in tryggve.tryggve.engine.verbs
            assert len([one for one in kerstin.heard if one["type"] != "typing"]) == 1, tap
            kerstin.does_not_hear("Något gick fel")


async def test_every_button_of_today_is_written_down(sqlite_url: str) -> None:
    written = {tap["verb"] for taps in TAPS.values() for tap in taps}
    replies = [build() for build in cards().values()]
    buttons = [action for reply in replies if reply.card for action in actions_of(reply.card)]
    verbs = {button.get("verb") or button.get("data", {}).get("verb") for button in buttons}

    assert verbs - {None} <= written
    async with town(sqlite_url) as tryggve:
        assert set(_verbs(tryggve)) <= written


def _verbs(tryggve: Town) -> list[str]:
    return list(tryggve.tryggve.engine.verbs)


def _as_action(tap: Tap) -> dict[str, Any]:
    if tap["type"] == "Action.Execute":
        return {"type": tap["type"], "verb": tap["verb"], "data": tap["data"], "title": ""}
    return {"type": tap["type"], "data": {"verb": tap["verb"], **tap["data"]}, "title": ""}
