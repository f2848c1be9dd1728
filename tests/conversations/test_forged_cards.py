"""Whoever can post for a person can write anything into a button's data: nothing comes of it."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.town import town

TAPS: list[dict[str, Any]] = [
    tap
    for file in sorted((Path(__file__).parent / "old_cards" / "0.2").glob("*.json"))
    for tap in json.loads(file.read_text("utf-8"))
    if tap["type"] == "Action.Submit"
]
FORGED: dict[str, Any] = {
    "nothing": None,
    "a text": "x' OR 1=1 --",
    "a long text": "å" * 20_000,
    "marks": "\u202e**[x](http://evil)** <at>Chef</at> {{DATE(2026-01-01)}} \x00",
    "less than nothing": -1,
    "more than there is": 2**60,
    "more than a column holds": 2**40,
    "the same in a text": str(2**31),
    "half a letter": "\ud83d",
    "a part of one": 0.5,
    "yes": True,
    "a list": [1, {"id": 2}, None],
    "a box": {"id": {"id": 7}},
}


def forged(tap: dict[str, Any], name: str, value: Any) -> dict[str, Any]:
    data = {"verb": tap["verb"], **tap["data"], name: value}
    return {"type": "Action.Submit", "title": "", "data": data}


@pytest.mark.both_databases  # PostgreSQL takes neither NUL nor what is larger than the column
@pytest.mark.parametrize("case", FORGED)
async def test_forged_data_of_every_button_is_answered_and_breaks_nothing(
    database_url: str, case: str
) -> None:
    broken = []
    async with town(database_url) as tryggve:
        kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
        for tap in TAPS:
            for name in {*tap["data"]} - {"verb"}:
                await kerstin.taps_action(forged(tap, name, FORGED[case]))
                if "Något gick fel" in kerstin.words() or not kerstin.heard:
                    broken.append(f"{tap['verb']}.{name}")

    assert broken == []
