"""What people say, and what they mean."""

import tomllib
from pathlib import Path

import pytest

from dialogs.intents import commands, understand

EXAMPLES = tomllib.loads((Path(__file__).parent / "intents_sv.toml").read_text("utf-8"))
PAIRS = [(said, meant) for meant, sayings in EXAMPLES.items() for said in sayings]


@pytest.mark.parametrize(("said", "meant"), PAIRS)
def test_what_is_said_is_what_is_meant(said: str, meant: str) -> None:
    intent = understand(said)

    assert (intent.name if intent else "question") == meant


def test_no_sentence_means_two_things() -> None:
    seen: dict[str, str] = {}
    for name, sayings in commands().items():
        for said in sayings:
            assert seen.setdefault(said, name) == name, f"“{said}” means {seen[said]} and {name}"


def test_every_sentence_means_what_it_is_listed_for() -> None:
    for name, sayings in commands().items():
        for said in sayings:
            intent = understand(said)
            assert intent is not None
            assert intent.name == name


def test_what_follows_a_command_is_kept_as_typed() -> None:
    intent = understand("Utbildningar i  Växjö och Umeå")

    assert intent is not None
    assert intent.rest == "Växjö och Umeå"
