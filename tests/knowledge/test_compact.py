"""JSON as it is stored and sent."""

import json
from enum import StrEnum
from typing import Any

import pytest

from knowledge.compact import compact


class Colour(StrEnum):
    RED = "röd"


@pytest.mark.parametrize(
    "value",
    [
        {"text": "Hej på dig", "tal": [1, 2.5, None, True], "tuple": (1, "två")},
        {1: "ett", "färg": Colour.RED},
        "🚲 – § ‘’ \u2028",
        "half a pair: \ud83d",
        {"much": 10**30},
    ],
)
def test_what_is_written_is_read_as_the_standard_library_would(value: Any) -> None:
    assert json.loads(compact(value)) == json.loads(json.dumps(value))
