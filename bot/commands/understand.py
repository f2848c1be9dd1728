"""`tryggve understand`: what Tryggve would make of a message, without doing any of it.

Read as somebody new, who is coordinator of Kronoberg and works in Växjö.
"""

import argparse
import json
import tomllib
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from importlib import import_module
from importlib.resources import files
from pkgutil import walk_packages
from typing import Any

import dialogs
from bot.terminal import Refusal, lines, say
from dialogs.conversation.dialog import Dialog, effects
from dialogs.conversation.swedish import SWEDEN
from dialogs.conversation.texts import text
from dialogs.understanding.slots import Shown, Slots, Which
from dialogs.understanding.understand import Understanding
from dialogs.understanding.vocabulary import Screen, commands
from dialogs.understanding.weigh import Context, Understood
from knowledge.answers.articles.loader import load, shipped_content
from knowledge.answers.library import Library

MOST_SHOWN = 5
COUNTY = "07"


def understand(chosen: argparse.Namespace) -> int:
    """Tell of one message, or with "-" of one JSON object for each line of standard input."""
    if chosen.commands:
        say("\n".join(commands()))
        return 0
    if not chosen.said:
        raise Refusal("commands.understand_what")
    reader = Reader(chosen.today or datetime.now(SWEDEN).date())
    for said, context in _messages(chosen.said, chosen.context):
        told = reader.read(said, context)
        say(json.dumps(told, ensure_ascii=False) if chosen.json else in_words(told))
    return 0


class Reader:
    """Understands with the shipped articles, and with the demo's trainings on the screen."""

    def __init__(self, today: date) -> None:
        self._today = today
        self._library = Library(load(shipped_content()))
        self._understanding = Understanding(effects(every_dialog()), self._library.base.articles)
        self._shown = tuple(_demo())

    def read(self, said: str, context: str) -> dict[str, Any]:
        """What a message means, as JSON."""
        screen = Screen(context)
        shown = self._shown if screen is Screen.LIST else ()
        here = Context(self._today, screen, shown)
        return as_json(self._understanding.understand(said, here, self._library.ask))


def as_json(understood: Understood) -> dict[str, Any]:
    return {
        "does": understood.does or None,
        "asks": understood.asks or None,
        "offers": [*understood.offers],
        "about": understood.about or None,
        "slots": _slots(understood.slots),
        "effect": understood.effect,
        "why": understood.why,
    }


def _slots(slots: Slots) -> dict[str, Any]:
    time = slots.time
    days = (time.since, time.until) if time else (None, None)
    return {
        "place": [*slots.place_names],
        "from": days[0] and days[0].isoformat(),
        "to": days[1] and days[1].isoformat(),
        "theme": ", ".join(slots.themes) or None,
        "online": slots.online,
        "free": slots.free or None,
        "which": _which(slots),
        "list": slots.recipients,
    }


def _which(slots: Slots) -> Which | list[Which] | None:
    if slots.role:
        return slots.role
    return slots.which[0] if len(slots.which) == 1 else [*slots.which] or None


def in_words(told: dict[str, Any]) -> str:
    """The same for people: what it would do or ask, and why."""
    if told["does"]:
        line = text("commands.understand_does", command=told["does"], why=told["why"])
    elif told["asks"]:
        line = text("commands.understand_asks", command=told["asks"], why=told["why"])
    else:
        offers = ", ".join(told["offers"]) or "–"
        line = text("commands.understand_offers", offers=offers, why=told["why"])
    slots = {name: value for name, value in told["slots"].items() if value and name != "list"}
    return f"{line}\n{json.dumps(slots, ensure_ascii=False)}" if slots else line


def every_dialog() -> Iterable[type[Dialog]]:
    """Every dialog there is, without starting the bot."""
    for module in walk_packages(dialogs.__path__, "dialogs."):
        import_module(module.name)
    return Dialog.__subclasses__()


def _messages(said: str, context: str) -> Iterator[tuple[str, str]]:
    if said != "-":
        yield said, context
        return
    for line in lines():
        try:
            given = json.loads(line)
            yield str(given["said"]), Screen(given.get("context") or "")
        except (ValueError, KeyError, TypeError, AttributeError):
            raise Refusal("commands.understand_line") from None


def _demo() -> list[Shown]:
    """The titles of the list that the demo shows first."""
    file = files("knowledge.trainings") / "demo.toml"
    rows = [
        one for one in tomllib.loads(file.read_text("utf-8"))["training"] if one["county"] == COUNTY
    ]
    rows.sort(key=lambda one: int(one["days_from_start"]))
    return [Shown(one["title"]) for one in rows[:MOST_SHOWN]]
