"""The help of every command: examples that can be typed as they stand, and Swedish words."""

import argparse
import shlex
from collections.abc import Iterator

import pytest

from bot import commands
from bot.commands.swedish_parser import SwedishParser


def every(parser: SwedishParser) -> Iterator[SwedishParser]:
    """The parser and all inside it."""
    yield parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for inside in action.choices.values():
                yield from every(inside)


EVERY = {one.prog: one for one in every(commands._parser())}
CARRIED_OUT = [name for name, one in EVERY.items() if one.get_default("run")]


@pytest.mark.parametrize("name", CARRIED_OUT)
def test_every_example_can_be_typed(name: str) -> None:
    examples = (EVERY[name].epilog or "").splitlines()[1:]

    assert examples
    for example in examples:
        program, *words = shlex.split(example)
        chosen = commands._parser().parse_args(words)
        assert program == "tryggve"
        assert chosen.run == EVERY[name].get_default("run")


@pytest.mark.parametrize("name", EVERY)
def test_a_value_has_a_swedish_name_of_its_own(name: str) -> None:
    for action in EVERY[name]._actions:
        if action.option_strings and action.nargs != 0:
            assert action.metavar, action.option_strings
            assert action.metavar != action.dest.upper() or action.dest == "port"


def test_the_first_help_tells_what_the_exit_codes_mean_and_where_to_go_on() -> None:
    said = EVERY["tryggve"].format_help()

    for part in ("Slutkod: 0", "130", "tryggve KOMMANDO --help", "deploy/runbook.md"):
        assert part in said
    assert "  tryggve doctor  " in said
