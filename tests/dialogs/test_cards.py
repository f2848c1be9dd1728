"""Every card Tryggve can send, against the rules that all cards keep."""

import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any, get_type_hints

import pytest

import dialogs
from dialogs.conversation.card_parts import MAX_SUMMARY
from dialogs.conversation.talk import Card, Reply
from dialogs.conversation.texts import speaking_to
from tests.dialogs.answers.samples import whole_base
from tests.dialogs.samples import cards
from tests.support import lint
from tests.support.town import CARD

CARDS = cards()

LIST_MARKER = re.compile(r"^\s*(\d+[.)]|[-+*])\s")
ESCAPED = re.compile(r"\\")


def message_of(reply: Reply) -> dict[str, Any]:
    """The message as the lint reads it."""
    attachment = {"contentType": CARD, "content": reply.card}
    return {"type": "message", "attachments": [attachment], "summary": reply.summary}


def card_functions() -> Iterator[Callable[..., Reply]]:
    """Every public function that builds a message, in the files and folders of cards."""
    for found in pkgutil.walk_packages(dialogs.__path__, "dialogs."):
        if not re.search(r"cards\b", found.name):
            continue
        module = import_module(found.name)
        for name, function in inspect.getmembers(module, inspect.isfunction):
            is_own = function.__module__ == module.__name__ and not name.startswith("_")
            if is_own and get_type_hints(function).get("return") is Reply:
                yield function


def test_no_card_is_forgotten() -> None:
    registered = {build.func for build in CARDS.values()}

    assert {f.__qualname__ for f in card_functions() if f not in registered} == set()


@pytest.mark.parametrize("coordinator", [False, True])
@pytest.mark.parametrize("name", CARDS)
def test_a_card_is_well_formed(name: str, coordinator: bool) -> None:
    with speaking_to(coordinator=coordinator):
        reply = CARDS[name]()

    assert reply.card
    assert not reply.text
    assert lint.message_problems(message_of(reply)) == []


def test_every_answer_in_the_base_makes_a_well_formed_card() -> None:
    problems = {name: lint.message_problems(message_of(reply)) for name, reply in whole_base()}

    assert {name: found for name, found in problems.items() if found} == {}


def test_the_notification_is_one_short_line_of_plain_text() -> None:
    summaries = {name: build().summary for name, build in CARDS.items()}

    assert {
        name: said
        for name, said in summaries.items()
        if not 0 < len(said) <= MAX_SUMMARY or "\n" in said or ESCAPED.search(said)
    } == {}


def test_buttons_show_no_backslashes() -> None:
    """Teams shows a title as it stands: what Markdown needs is seen there."""
    assert _found("title", ESCAPED, lambda node: str(node.get("type")).startswith("Action.")) == {}


def test_a_title_never_turns_into_a_list() -> None:
    """A line that begins with "1. " is a list to Markdown, and is drawn indented."""
    assert _found("text", LIST_MARKER, lambda node: node.get("weight") == "bolder") == {}
    assert _found("text", LIST_MARKER, lambda node: node.get("color") == "accent") == {}


def test_nobody_can_mention_or_run_anything_through_us() -> None:
    forbidden = re.compile(r"<at>Chef|<script|\{\{|\u202e")

    assert _found("text", forbidden) == {}
    assert _found("title", forbidden) == {}


def _found(
    key: str, pattern: re.Pattern[str], of: Callable[[Card], bool] = lambda node: True
) -> dict[str, list[str]]:
    """Which cards show the pattern under `key` of an element, and where."""
    hits = {
        name: [
            node[key]
            for node in lint.nodes_of(build().card)
            if key in node and of(node) and pattern.search(node[key])
        ]
        for name, build in CARDS.items()
    }
    return {name: shown for name, shown in hits.items() if shown}
