"""A request body becomes an activity: whatever came from outside is checked for shape, once."""

import json
from typing import Any, NoReturn

from botbuilder.schema import Activity

from bot.teams.cleaning import is_id

Json = dict[str, Any]

MOST_LEVELS = 64
MOST_PARTS = 10_000
"""Values in a body, however they are put together."""

_STRINGS = ("type", "text", "textFormat", "name", "action", "deliveryMode", "replyToId")
_IDS = ("id", "serviceUrl", "channelId")
_ACCOUNTS = ("conversation", "from", "recipient")
_LISTS = {"entities": 200, "attachments": 100, "membersAdded": 1_000, "membersRemoved": 1_000}
"""The longest that each may be: Teams' own are far shorter."""

_USED = (*_STRINGS, *_IDS, *_ACCOUNTS, "entities", "timestamp")
_PARTS = {"attachments": "contentType", "membersAdded": "id", "membersRemoved": "id"}
"""All that is wanted to know of each item in these lists."""
_OPAQUE = {"channelData": "channel_data", "value": "value"}
"""What the SDK would walk through, only to leave it as it is."""


class NotAnActivity(ValueError):
    """The body cannot be handled; the message names the part at fault."""


def read_activity(body: bytes) -> Activity:
    """The activity in a request body, every part that we rely on being of the right type."""
    try:
        content = json.loads(body.decode(), parse_constant=_no_constants)
    except (ValueError, RecursionError) as error:
        raise NotAnActivity("json") from error
    _demand(_few_enough(body) or _fits(content), "depth")
    if not isinstance(content, dict):
        raise NotAnActivity("object")
    _check(content)
    try:
        # Only what we use: the SDK spends its time, and its complaints, on all the rest.
        used = {name: content[name] for name in _USED if name in content}
        for name, part in _PARTS.items():
            used[name] = [{part: one[part]} for one in content.get(name) or () if part in one]
        activity: Activity = Activity().deserialize(used)  # type: ignore[no-untyped-call]
        for name, attribute in _OPAQUE.items():
            setattr(activity, attribute, content.get(name))
    except Exception as error:  # it complains in many ways about what is not checked above
        raise NotAnActivity("types") from error
    return activity


def _no_constants(name: str) -> NoReturn:
    raise ValueError(name)


def _few_enough(body: bytes) -> bool:
    """Whether so few brackets and commas can be neither deep nor many. Counting them is cheap."""
    brackets = body.count(b"{") + body.count(b"[")
    return brackets <= MOST_LEVELS and brackets + body.count(b",") <= MOST_PARTS


def _fits(content: Any) -> bool:
    """Neither too deep nor too much in it; looks no further than that."""
    level, parts = [content], 0
    for _ in range(MOST_LEVELS):
        children: list[Any] = []
        for branch in level:
            parts += len(branch)
            if parts > MOST_PARTS:
                return False
            inside = branch.values() if isinstance(branch, dict) else branch
            children += [child for child in inside if isinstance(child, dict | list)]
        level = children
    return not level


def _check(content: Json) -> None:
    for name in _STRINGS:
        _demand(isinstance(content.get(name) or "", str), name)
    for name in _IDS:
        _demand(is_id(content.get(name) or "-"), name)
    for name in (*_ACCOUNTS, "channelData"):
        _demand(isinstance(content.get(name) or {}, dict), name)
    for name in _ACCOUNTS:
        _demand(is_id((content.get(name) or {}).get("id") or "-"), name)
    for name, most in _LISTS.items():
        items = content.get(name) or []
        _demand(isinstance(items, list) and len(items) <= most, name)
        _demand(all(isinstance(item, dict) for item in items), name)
    _demand(bool(content.get("type")), "type")
    _demand(bool((content.get("conversation") or {}).get("id")), "conversation")
    if content["type"] in ("message", "messageUpdate", "invoke"):
        _demand(bool((content.get("from") or {}).get("id")), "from")


def _demand(met: bool, part: str) -> None:
    if not met:
        raise NotAnActivity(part)
