"""What the commands are called by."""

import tomllib
from importlib.resources import files

import pytest

from bot.commands.understand import every_dialog
from dialogs.conversation.dialog import effects
from dialogs.conversation.intents import commands as known_by_heart
from dialogs.understanding.lexicon import lexicon_of_slots
from dialogs.understanding.tokens import template
from dialogs.understanding.vocabulary import expanded, wordings
from tests.dialogs.understanding.readers import told
from tests.dialogs.understanding.test_times import READ

FEWEST = 40


def test_every_command_is_called_by_many_names() -> None:
    few = {one.command: len({*one.exact, *one.like}) for one in wordings()}

    assert {name: count for name, count in few.items() if count < FEWEST} == {}


def test_no_wording_means_two_things() -> None:
    seen: dict[tuple[str, ...], str] = {}
    for one in wordings():
        for line in (*one.exact, *one.like):
            meant = seen.setdefault(template(line), one.command)
            assert meant == one.command, f"“{line}” means {meant} and {one.command}"


def test_every_command_that_can_be_done_has_a_step_with_an_effect() -> None:
    done = {one.command for one in wordings() if not one.later}

    assert done - effects(every_dialog()).keys() == set()


def test_what_was_known_by_heart_is_still_the_same_command() -> None:
    source = files("dialogs") / "locales" / "sv" / "intents.toml"
    exact = {template(line): one.command for one in wordings() for line in one.exact}
    for command, entry in tomllib.loads(source.read_text("utf-8")).items():
        assert command in known_by_heart()
        for says in entry["says"]:
            assert exact.get(template(says)) == command, says


@pytest.mark.parametrize("command", [one.command for one in wordings() if one.exact])
def test_an_exact_sentence_is_its_command(command: str) -> None:
    line = next(one.exact[0] for one in wordings() if one.command == command)
    here = told(line)

    assert command in (here["does"], here["asks"])
    assert here["why"] == "exact"


def test_a_line_holds_choices() -> None:
    assert expanded("(visa|lista) kurser (nu|)") == [
        "visa kurser nu", "visa kurser", "lista kurser nu", "lista kurser",
    ]  # fmt: skip


def test_no_time_is_missed_because_it_is_not_looked_for() -> None:
    """Most messages hold no time, and are not read for one."""
    gate = lexicon_of_slots().may_tell_time

    said = [str(one.values[0]) for one in READ if one.values[1] != "none"]

    assert [one for one in said if not gate.search(one.casefold())] == []
