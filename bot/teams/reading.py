"""A request body becomes an activity: whatever came from outside is checked for shape, once."""

import json
from typing import Any, NoReturn

from botbuilder.schema import Activity

from bot.teams.cleaning import is_id

Json = dict[str, Any]

MOST_LEVELS = 64

_STRINGS = ("type", "text", "textFormat", "name", "action", "deliveryMode")
_IDS = ("id", "serviceUrl", "channelId")
_ACCOUNTS = ("conversation", "from", "recipient")
_LISTS = ("entities", "attachments", "membersAdded", "membersRemoved")
_USED = (*_STRINGS, *_IDS, *_ACCOUNTS, *_LISTS, "channelData", "value", "timestamp")


class NotAnActivity(ValueError):
    """The body cannot be handled; the message names the part at fault."""


def read_activity(body: bytes) -> Activity:
    """The activity in a request body, every part that we rely on being of the right type."""
    try:
        content = json.loads(body.decode(), parse_constant=_no_constants)
    except (ValueError, RecursionError) as error:
        raise NotAnActivity("json") from error
    # Counting brackets is cheap, and nearly every body has too few of them to be deep.
    if body.count(b"{") + body.count(b"[") > MOST_LEVELS and _deeper_than(MOST_LEVELS, content):
        raise NotAnActivity("depth")
    if not isinstance(content, dict):
        raise NotAnActivity("object")
    _check(content)
    try:
        # Only what we use: the SDK spends its time, and its complaints, on all the rest.
        used = {name: content[name] for name in _USED if name in content}
        activity: Activity = Activity().deserialize(used)  # type: ignore[no-untyped-call]
    except Exception as error:  # it complains in many ways about what is not checked above
        raise NotAnActivity("types") from error
    return activity


def _no_constants(name: str) -> NoReturn:
    raise ValueError(name)


def _deeper_than(levels: int, content: Any) -> bool:
    level = [content]
    for _ in range(levels):
        branches = [item.values() if isinstance(item, dict) else item for item in level]
        level = [child for branch in branches for child in branch if isinstance(child, dict | list)]
    return bool(level)


def _check(content: Json) -> None:
    for name in _STRINGS:
        _demand(isinstance(content.get(name) or "", str), name)
    for name in _IDS:
        _demand(is_id(content.get(name) or "-"), name)
    for name in (*_ACCOUNTS, "channelData"):
        _demand(isinstance(content.get(name) or {}, dict), name)
    for name in _ACCOUNTS:
        _demand(is_id((content.get(name) or {}).get("id") or "-"), name)
    for name in _LISTS:
        items = content.get(name) or []
        _demand(isinstance(items, list) and all(isinstance(item, dict) for item in items), name)
    _demand(bool(content.get("type")), "type")
    _demand(bool((content.get("conversation") or {}).get("id")), "conversation")
    if content["type"] in ("message", "messageUpdate", "invoke"):
        _demand(bool((content.get("from") or {}).get("id")), "from")


def _demand(met: bool, part: str) -> None:
    if not met:
        raise NotAnActivity(part)
