"""Every card Tryggve can send, against the rules that all cards keep."""

import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any, get_type_hints

import pytest

import dialogs.cards
from dialogs.cards.parts import MAX_SUMMARY
from dialogs.talk import Card, Reply
from tests.support import lint
from tests.support.cards import cards, whole_base
from tests.support.town import CARD

CARDS = cards()

LIST_MARKER = re.compile(r"\s*(\d+[.)]|[-+*•])\s")


def built(name: str) -> Card:
    card = CARDS[name]().card
    assert card is not None
    return card


def message_of(reply: Reply) -> dict[str, Any]:
    """The message as the lint reads it."""
    attachment = {"contentType": CARD, "content": reply.card}
    return {"type": "message", "attachments": [attachment], "summary": reply.summary}


def card_functions() -> Iterator[Callable[..., Reply]]:
    """Every public function in dialogs/cards/ that builds a message."""
    for found in pkgutil.iter_modules(dialogs.cards.__path__):
        module = import_module(f"dialogs.cards.{found.name}")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            is_own = function.__module__ == module.__name__ and not name.startswith("_")
            if is_own and get_type_hints(function).get("return") is Reply:
                yield function


def test_no_card_is_forgotten() -> None:
    registered = {build.func for build in CARDS.values()}

    assert {f.__qualname__ for f in card_functions() if f not in registered} == set()


@pytest.mark.parametrize("name", CARDS)
def test_a_card_is_well_formed(name: str) -> None:
    reply = CARDS[name]()

    assert reply.card
    assert not reply.text
    assert lint.message_problems(message_of(reply)) == []


def test_every_answer_in_the_base_makes_a_well_formed_card() -> None:
    problems = {name: lint.message_problems(message_of(reply)) for name, reply in whole_base()}

    assert {name: found for name, found in problems.items() if found} == {}


@pytest.mark.parametrize("name", CARDS)
def test_the_notification_is_one_short_line_of_plain_text(name: str) -> None:
    summary = CARDS[name]().summary

    assert 0 < len(summary) <= MAX_SUMMARY
    assert "\n" not in summary
    assert not re.search(r"\\|\*\*|\]\(", summary), summary


@pytest.mark.parametrize("name", CARDS)
def test_buttons_show_no_markdown(name: str) -> None:
    """Teams shows a button's title as it stands."""
    titles = [action["title"] for action in lint.actions_of(built(name))]

    assert [title for title in titles if re.search(r"\\|\*\*|\]\(", title)] == []


@pytest.mark.parametrize("name", CARDS)
def test_a_title_never_turns_into_a_list(name: str) -> None:
    """ "1. Exempel" alone is a list to Markdown, and is drawn indented."""
    titles = [node["text"] for node in lint.nodes_of(built(name)) if node.get("weight") == "bolder"]

    assert [title for title in titles if LIST_MARKER.match(title)] == []


@pytest.mark.parametrize("name", [name for name in CARDS if "hostile" in name])
def test_nobody_can_mention_or_run_anything_through_us(name: str) -> None:
    shown = [
        str(node[key])
        for node in lint.nodes_of(built(name))
        for key in ("text", "title")
        if key in node
    ]

    for forbidden in ("<at>Chef", "<script", "{{", "\u202e"):
        assert [words for words in shown if forbidden in words] == []
