"""Cards stay in the chats for years: what a version sent out is understood by every later one.

`taps_0_1.json` holds each button of 0.1 with its data. It is never changed; a later version adds
files of its own, with the buttons that are new in it.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.dialogs.samples import cards
from tests.support.lint import actions_of
from tests.support.town import Town, town

TAPS: list[dict[str, Any]] = [
    tap
    for file in sorted(Path(__file__).parent.glob("taps_*.json"))
    for tap in json.loads(file.read_text("utf-8"))
]


@pytest.mark.parametrize("tap", TAPS, ids=lambda tap: f"{tap['verb']} {tap['type'][7:]}")
async def test_a_card_of_an_earlier_version_is_still_understood(
    sqlite_url: str, tap: dict[str, Any]
) -> None:
    async with town(sqlite_url) as tryggve:
        kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
        await kerstin.taps_action(_as_action(tap))

        assert tap["verb"] in tryggve.tryggve.engine.verbs
        assert len([one for one in kerstin.heard if one["type"] != "typing"]) == 1
        kerstin.does_not_hear("Något gick fel")


async def test_every_button_of_today_is_written_down(sqlite_url: str) -> None:
    written = {tap["verb"] for tap in TAPS}
    replies = [build() for build in cards().values()]
    buttons = [action for reply in replies if reply.card for action in actions_of(reply.card)]
    verbs = {button.get("verb") or button.get("data", {}).get("verb") for button in buttons}

    assert verbs - {None} <= written
    async with town(sqlite_url) as tryggve:
        assert set(_verbs(tryggve)) <= written


def _verbs(tryggve: Town) -> list[str]:
    return list(tryggve.tryggve.engine.verbs)


def _as_action(tap: dict[str, Any]) -> dict[str, Any]:
    if tap["type"] == "Action.Execute":
        return {"type": tap["type"], "verb": tap["verb"], "data": tap["data"], "title": ""}
    return {"type": tap["type"], "data": {"verb": tap["verb"], **tap["data"]}, "title": ""}
