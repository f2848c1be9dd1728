"""Teams' words into ours: a request body becomes an activity, and the activity a `Turn`.

Whatever came from outside is checked for shape and cleaned here, once.
"""

import html
import json
import re
import unicodedata
from datetime import UTC, datetime
from typing import Any, NoReturn

from botbuilder.schema import Activity, ChannelAccount

from dialogs.conversation.talk import Kind, Place, Scope, Speaker, Turn
from knowledge.channels.models import Change

Json = dict[str, Any]

CARD_ACTION = "adaptiveCard/action"

MOST_LEVELS = 64
LONGEST_ID = 1_000
LONGEST_TEXT = 10_000
LONGEST_NAME = 200
_MOST_MENTIONS = 50
_LARGEST_NUMBER = 2**53  # beyond it JSON's readers disagree and databases refuse

_STRINGS = ("type", "text", "name", "action", "deliveryMode")
_IDS = ("id", "serviceUrl", "channelId")
_ACCOUNTS = ("conversation", "from", "recipient")
_LISTS = ("entities", "attachments", "membersAdded", "membersRemoved")
_USED = (*_STRINGS, *_IDS, *_ACCOUNTS, *_LISTS, "channelData", "value", "timestamp")

# Teams adds these to repeat what the text says, or to show what it answers.
_NOT_FILES = ("text/html", "messageReference", "forwardedMessageReference")

_CHANGES = {
    "channelCreated": Change.CHANNEL_CREATED,
    "channelRenamed": Change.CHANNEL_RENAMED,
    "channelDeleted": Change.CHANNEL_DELETED,
    "channelRestored": Change.CHANNEL_RESTORED,
    "teamRenamed": Change.TEAM_RENAMED,
    "teamDeleted": Change.TEAM_DELETED,
    "teamHardDeleted": Change.TEAM_DELETED,
    "teamRestored": Change.TEAM_RESTORED,
    "teamArchived": Change.TEAM_ARCHIVED,
    "teamUnarchived": Change.TEAM_UNARCHIVED,
}
_CHANNEL_KINDS = ("standard", "private", "shared")

_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9]*)\b[^<>]*>")
_TAGS_THAT_BREAK = frozenset(
    ["br", "p", "div", "li", "ul", "ol", "tr", "table", "blockquote", "pre", "h1", "h2", "h3", "h4"]
)
_BLANKS = re.compile(r" {2,}")
_UNSEEN = frozenset(("Cc", "Cf", "Cs"))  # controls; zero width and direction; lone surrogates


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
        _demand(_is_id(content.get(name) or "-"), name)
    for name in (*_ACCOUNTS, "channelData"):
        _demand(isinstance(content.get(name) or {}, dict), name)
    for name in _ACCOUNTS:
        _demand(_is_id((content.get(name) or {}).get("id") or "-"), name)
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


def _is_id(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= LONGEST_ID and value.isprintable()


def tenant_of(activity: Activity) -> str:
    # The SDK's conversation.tenant_id is always None: it reads another spelling than Teams'.
    return _at(activity.channel_data, "tenant", "id")


def turn_from(activity: Activity) -> Turn | None:
    """What happened, or None if it is nothing that a dialog answers."""
    kind = _kind(activity)
    if kind is None:
        return None
    verb, data = _tapped(activity) if kind is Kind.ACTION else ("", {})
    return Turn(
        activity_id=_occurrence(activity),
        kind=kind,
        place=place_of(activity),
        speaker=_speaker(activity),
        text=clean_text(_without_own_mention(activity)),
        verb=verb,
        data=data,
        awaits_card=activity.type == "invoke",
        has_attachment=any(
            item.content_type not in _NOT_FILES for item in activity.attachments or ()
        ),
        at=_moment(activity),
        change=_change(activity) if kind is Kind.CHANGED else None,
    )


def _kind(activity: Activity) -> Kind | None:
    match activity.type:
        case "message":
            return Kind.ACTION if activity.value not in (None, "", {}) else Kind.MESSAGE
        case "messageUpdate":
            return Kind.MESSAGE
        case "invoke":
            return Kind.ACTION if activity.name == CARD_ACTION else None
        case "installationUpdate":
            # An upgrade comes as "add-upgrade", beside a "remove-upgrade" that removes nothing.
            if activity.action == "remove":
                return Kind.UNINSTALLED
            return Kind.INSTALLED if (activity.action or "").startswith("add") else None
        case "conversationUpdate":
            if _is_among(activity.members_added, activity):
                return Kind.ADDED
            if _is_among(activity.members_removed, activity):
                return Kind.UNINSTALLED
            return Kind.CHANGED if _change(activity) else None
    return None


def _change(activity: Activity) -> Change | None:
    """What happened to a team or a channel of it; None when Teams does not say which."""
    data = activity.channel_data
    change = _CHANGES.get(_at(data, "eventType"))
    is_named = _at(data, "team", "id") and (
        _at(data, "channel", "id") or not (change or "").startswith("channel")
    )
    return change if is_named else None


def _moment(activity: Activity) -> datetime | None:
    when: datetime | None = activity.timestamp
    return when if when is None or when.tzinfo else when.replace(tzinfo=UTC)


def _is_among(members: list[ChannelAccount] | None, activity: Activity) -> bool:
    bot = activity.recipient
    return bool(bot and bot.id) and any(member.id == bot.id for member in members or ())


def _occurrence(activity: Activity) -> str:
    """An edit carries the id of the message it changes; here it must not look like a redelivery."""
    if activity.type == "messageUpdate" and activity.timestamp:
        return f"{activity.id or ''}@{activity.timestamp.isoformat()}"
    return activity.id or ""


def place_of(activity: Activity) -> Place:
    data = activity.channel_data
    scope = scope_of(activity)
    conversation_id = str(activity.conversation.id)
    chosen = "" if scope is not Scope.CHANNEL else _at(data, "settings", "selectedChannel", "id")
    channel_id = chosen or _at(data, "channel", "id") or _at(data, "teamsChannelId")
    if scope is Scope.CHANNEL and not channel_id:
        channel_id = conversation_id.partition(";messageid=")[0]
    # What is said about `channel` may be about another than the one that was chosen.
    elsewhere = channel_id != (_at(data, "channel", "id") or channel_id)
    kind = _at(data, "channel", "type").lower()
    return Place(
        tenant_id=tenant_of(activity),
        conversation_id=conversation_id,
        scope=scope,
        service_url=activity.service_url or "",
        team_id=_at(data, "team", "id"),
        team_name=clean_name(_at(data, "team", "name", is_id=False)),
        channel_id=channel_id,
        channel_name="" if elsewhere else clean_name(_at(data, "channel", "name", is_id=False)),
        channel_kind=kind if kind in _CHANNEL_KINDS and not elsewhere else "",
        channel_is_chosen=_is_chosen(activity),
    )


def _is_chosen(activity: Activity) -> bool:
    """Whether the channel is where the bot was added. An upgrade only repeats the first choice."""
    selected = _at(activity.channel_data, "settings", "selectedChannel", "id")
    if activity.type != "installationUpdate":
        return bool(selected)
    channel = _at(activity.channel_data, "channel", "id")
    return activity.action == "add" and bool(selected or channel)


def scope_of(activity: Activity) -> Scope:
    match activity.conversation.conversation_type:
        case "channel":
            return Scope.CHANNEL
        case "groupChat":
            return Scope.GROUP
    return Scope.GROUP if activity.conversation.is_group else Scope.PERSONAL


def _speaker(activity: Activity) -> Speaker:
    person = activity.from_property or ChannelAccount()
    object_id = person.aad_object_id or ""
    return Speaker(
        tenant_id=tenant_of(activity),
        object_id=object_id if _is_id(object_id) else "",
        teams_id=person.id or "",
        name=clean_name(person.name or ""),
    )


def _at(data: Any, *path: str, is_id: bool = True) -> str:
    for step in path:
        data = data.get(step) if isinstance(data, dict) else None
    if not isinstance(data, str) or (is_id and not _is_id(data)):
        return ""
    return data


def _tapped(activity: Activity) -> tuple[str, Json]:
    """Verb and data of a button: Action.Execute names them, Action.Submit mixes them."""
    value = activity.value if isinstance(activity.value, dict) else {}
    action = value.get("action") if activity.type == "invoke" else {"data": value}
    action = action if isinstance(action, dict) else {}
    data = action.get("data")
    data = _cleaned(data) if isinstance(data, dict) else {}
    verb = action.get("verb") or data.get("verb")
    rest = {name: part for name, part in data.items() if name != "verb"}
    return (verb if isinstance(verb, str) and _is_id(verb) else ""), rest


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return _visible(value)
    if isinstance(value, dict):
        return {_visible(str(name)): _cleaned(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_cleaned(part) for part in value]
    if isinstance(value, int | float) and not abs(value) < _LARGEST_NUMBER:
        return None
    return value


def _without_own_mention(activity: Activity) -> str:
    """The text, without the bot's name where Teams says that the bot is meant.

    `<at>` in the text proves nothing, because people can type it.
    """
    text = activity.text or ""
    own_id = activity.recipient.id if activity.recipient else None
    for entity in (activity.entities or [])[:_MOST_MENTIONS]:
        mention = entity.additional_properties
        mentioned = _at(mention, "mentioned", "id")
        # Without a recipient any bot will do: Teams' ids of bots begin with 28.
        is_own = mentioned == own_id if own_id else mentioned.startswith("28:")
        name = _at(mention, "text", is_id=False)
        if entity.type == "mention" and is_own and name:
            text = text.replace(name, " ", 1)
    return text


def clean_text(text: str) -> str:
    """What a person sees of a text, pasted tags gone."""
    return _visible(html.unescape(_TAG.sub(_gap, text)))


def clean_name(name: str) -> str:
    return clean_text(name).replace("\n", " ")[:LONGEST_NAME]


def _gap(tag: re.Match[str]) -> str:
    return "\n" if tag[1].lower() in _TAGS_THAT_BREAK else ""


def _visible(text: str) -> str:
    letters = (
        " " if letter.isspace() and letter != "\n" else letter
        for letter in text.replace("\r\n", "\n")
        if letter.isspace() or unicodedata.category(letter) not in _UNSEEN
    )
    joined = _BLANKS.sub(" ", "".join(letters))
    return unicodedata.normalize("NFC", joined).strip()[:LONGEST_TEXT]
