"""A request body becomes an activity: whatever came from outside is checked for shape, once."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, NoReturn

from botbuilder.schema import Activity, Attachment, ChannelAccount, ConversationAccount, Entity

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

_PEOPLE = {"from_property": "from", "recipient": "recipient"}
_TAKEN = {
    "type": "type",
    "id": "id",
    "service_url": "serviceUrl",
    "channel_id": "channelId",
    "text": "text",
    "text_format": "textFormat",
    "name": "name",
    "action": "action",
    "delivery_mode": "deliveryMode",
    "reply_to_id": "replyToId",
    "channel_data": "channelData",
    "value": "value",
}
"""What the SDK calls each, and what Teams does."""


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
    return _activity_of(content)


def _activity_of(content: Json) -> Activity:
    """Only what we use, put together by hand: the SDK's own way takes many times as long."""
    parts: Json = {attribute: content.get(name) for attribute, name in _TAKEN.items()}
    parts["timestamp"] = _moment(content.get("timestamp"))
    parts["conversation"] = _conversation(content["conversation"])
    for attribute, name in _PEOPLE.items():
        parts[attribute] = _account(content[name]) if content.get(name) else None
    for attribute, (name, read) in _EACH.items():
        parts[attribute] = [read(item) for item in content.get(name) or ()]
    return Activity(**parts)


def _account(told: Json) -> ChannelAccount:
    names = {"id": "id", "name": "name", "aad_object_id": "aadObjectId"}
    account = ChannelAccount(**{part: _text(told, name) for part, name in names.items()})
    account.properties = {"tenantId": _text(told, "tenantId")}
    return account


def _conversation(told: Json) -> ConversationAccount:
    names = {"conversation_type": "conversationType", "tenant_id": "tenantId"}
    parts = {"id": told["id"], **{part: _text(told, name) for part, name in names.items()}}
    return ConversationAccount(**parts, is_group=told.get("isGroup") is True)


def _entity(told: Json) -> Entity:
    entity = Entity(type=_text(told, "type"))
    entity.additional_properties = told
    return entity


def _attachment(told: Json) -> Attachment:
    return Attachment(content_type=_text(told, "contentType"))


def _text(told: Json, name: str) -> Any:
    text = told.get(name)
    return text if isinstance(text, str) else None


_EACH: dict[str, tuple[str, Callable[[Json], Any]]] = {
    "entities": ("entities", _entity),
    "attachments": ("attachments", _attachment),
    "members_added": ("membersAdded", _account),
    "members_removed": ("membersRemoved", _account),
}


def _moment(told: Any) -> datetime | None:
    """ISO 8601, from Teams with up to seven decimals."""
    if told is None:
        return None
    try:
        moment = datetime.fromisoformat(told)
        return moment.astimezone(UTC) if moment.tzinfo else moment
    except (TypeError, ValueError, OverflowError):
        raise NotAnActivity("timestamp") from None


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
