"""Each act of a coordinator or an operator leaves a line: `acts.toml` has all of them."""

import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from knowledge.audit.models import Kind
from tests.support.acts import every_writer, leaves_a_line

TABLE: dict[str, Any] = tomllib.loads(Path(__file__).with_name("acts.toml").read_text("utf-8"))
NOTED: dict[str, list[str]] = TABLE["noted"]
COMMANDS: dict[str, str] = TABLE["commands"]
IN_A_TRANSACTION_OF_OTHERS = ("knowledge.retention.holds.hold", "knowledge.retention.holds.release")


def test_everything_that_changes_something_has_its_place() -> None:
    unnoted = [one for some in TABLE["unnoted"].values() for one in some]
    told = Counter([*NOTED, *unnoted])

    assert {*told} - {*IN_A_TRANSACTION_OF_OTHERS} == every_writer()
    assert set(told.values()) == {1}


def test_every_kind_comes_from_somewhere() -> None:
    told = {kind for kinds in NOTED.values() for kind in kinds} | {*COMMANDS.values()}

    assert told == {kind.value for kind in Kind}


@pytest.mark.parametrize("act", [*NOTED, *COMMANDS])
def test_it_leaves_a_line(act: str) -> None:
    assert leaves_a_line(act)


def test_what_leaves_none_is_told_apart() -> None:
    assert not leaves_a_line("knowledge.recipients.service:RecipientService.mute")
    assert not leaves_a_line("knowledge.trainings.attendance.check_in:CheckInService.check_in")
