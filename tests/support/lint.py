"""What must be true of every message Tryggve sends (`B` and `C` rules of the UX guide)."""

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import jsonschema_rs

Json = dict[str, Any]

COMMAND = re.compile(r"”[^”]+”|\*\*[^*]+\*\*")
MAX_CARD_BYTES = 20_000
MAX_BUTTON = 22
TEAMS_KEYS = {"width", "entities"}


def turn_problems(heard: list[Json], activity: Json) -> list[str]:
    """What is wrong with the answer to one activity."""
    problems = []
    messages = [one for one in heard if one.get("type") == "message"]
    by_place: dict[str, int] = {}
    for one in messages:
        if not one.get("by_itself"):  # else it may come in the middle of an answer
            place = one.get("place", "")
            by_place[place] = by_place.get(place, 0) + 1
    if any(count > 1 for count in by_place.values()):
        problems.append(f"B11: more than one message to {activity.get('text', activity)}")
    if activity["type"] == "message" and not messages:
        problems.append(f"B05: no answer to {activity.get('text', activity)!r:.80}")
    for one in messages:
        problems += message_problems(one)
    return problems


def message_problems(message: Json) -> list[str]:
    """What is wrong with one message."""
    problems = []
    cards = [part["content"] for part in message.get("attachments", [])]
    text = message.get("text", "")
    ways_on = [action for card in cards for action in actions_of(card)]
    suggested = message.get("suggestedActions", {}).get("actions", [])
    said = " ".join([text, *(word for card in cards for word in words_of_card(card))])
    if not ways_on and not suggested and not COMMAND.search(said):
        problems.append(f"B06: no way on: {said[:100]}")
    if re.search(r"\{\w*\}", text):
        problems.append(f"a placeholder was not filled in: {text[:100]}")
    for card in cards:
        problems += card_problems(card)
    return problems


def card_problems(card: Json) -> list[str]:
    """The schema of Adaptive Cards 1.5, and the rules it does not hold."""
    problems = list(schema_errors(card))
    nodes = list(nodes_of(card))
    for node in nodes:
        problems += _node_problems(node)
    actions = [node for node in nodes if str(node.get("type", "")).startswith("Action.")]
    top = card.get("actions", [])
    if len(top) > 6:
        problems.append(f"C02: {len(top)} buttons in a row")
    titles = [action["title"] for action in actions_of(card)]
    if len(set(titles)) != len(titles):
        problems.append(f"C16: two buttons with the same title: {titles}")
    problems += [
        f"C03: “{action['title']}” is cut at 360 px"
        for action in top
        if len(action["title"]) > MAX_BUTTON and len(top) > 1
    ]
    for action in actions:
        if action["type"] == "Action.Execute" and "fallback" not in action:
            problems.append(f"C11: “{action['title']}” lacks a fallback")
    if card.get("version") != "1.5":
        problems.append("C10: version 1.5 is wanted")
    if len(json.dumps(card, ensure_ascii=False).encode()) > MAX_CARD_BYTES:
        problems.append("C17: over 20 kB")
    if set(card.get("msteams", {})) - TEAMS_KEYS:
        problems.append("C19: unknown msteams key")
    return problems


def _node_problems(node: Json) -> list[str]:
    problems = []
    kind = str(node.get("type", ""))
    if kind in ("TextBlock", "Input.ChoiceSet") and node.get("wrap") is not True:
        problems.append(f"C01: {kind} without wrap: {node.get('text', node.get('id'))}")
    if kind == "TextBlock":
        text = node["text"]
        if "{{" in text or re.search(r"</?(?!at>|/at>)[a-z]", text) or text.startswith("#"):
            problems.append(f"C08: not Teams' Markdown: {text[:80]}")
    if kind.startswith("Input.") and not node.get("label"):
        problems.append(f"C16: {kind} without label")
    if node.get("isRequired") and not node.get("errorMessage"):
        problems.append(f"C16: {kind} required without errorMessage")
    if kind == "Image" and not node.get("altText"):
        problems.append("C05: picture without altText")
    if kind == "Action.OpenUrl" and urlsplit(node["url"]).scheme not in ("https", "http"):
        problems.append(f"link: {node['url']}")
    return problems


def nodes_of(part: Any) -> Iterator[Json]:
    """Every element of a card, fallbacks and the bot's own data left out."""
    if isinstance(part, list):
        for child in part:
            yield from nodes_of(child)
    elif isinstance(part, dict):
        yield part
        for key, child in part.items():
            if key not in ("data", "fallback", "msteams"):
                yield from nodes_of(child)


def actions_of(card: Json) -> list[Json]:
    """Every button of a card."""
    return [n for n in nodes_of(card) if str(n.get("type", "")).startswith("Action.")]


def words_of_card(card: Json) -> list[str]:
    """Every text and button title of a card, in order."""
    shown = ("text", "title", "label", "value")
    return [
        str(node[key])
        for node in nodes_of(card)
        for key in shown
        if isinstance(node.get(key), str) and node.get("type") != "Input.ChoiceSet"
    ]


TEAMS_OWN = ("msteams", "choices.data")
"""What Teams knows beside the schema."""


@cache
def _definitions() -> Json:
    from importlib.resources import files

    schema = files("adaptive_cards") / "schemas" / "schema-1.5.json"
    found: Json = json.loads(schema.read_text("utf-8-sig"))["definitions"]
    return found


@cache
def _validator(kind: str) -> jsonschema_rs.Draft6Validator:
    schema = {"$ref": f"#/definitions/{kind}", "definitions": _definitions()}
    return jsonschema_rs.Draft6Validator(schema)


def schema_errors(node: Any, path: str = "") -> Iterator[str]:
    """One readable line for each fault: each element against the definition its type names."""
    if isinstance(node, list):
        for number, child in enumerate(node):
            yield from schema_errors(child, f"{path}/{number}")
    elif isinstance(node, dict):
        kind = node.get("type")
        own = {key: value for key, value in node.items() if key not in TEAMS_OWN}
        if kind in _definitions():
            errors = _validator(kind).iter_errors(own)
            yield from (f"{path or '/'}: {e.message}" for e in errors if len(e.instance_path) <= 1)
        elif kind is not None:
            yield f"{path or '/'}: unknown type {kind!r}"
        for key, child in own.items():
            if key != "data":
                yield from schema_errors(child, f"{path}/{key}")
