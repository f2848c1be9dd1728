"""Teams' words into ours: an activity becomes a `Turn`, its texts cleaned on the way."""

from datetime import UTC, datetime
from typing import Any

from botbuilder.schema import Activity, ChannelAccount

from bot.teams.cleaning import channel_kind, clean_data, clean_name, clean_text, is_id
from dialogs.conversation.talk import Kind, Place, Scope, Speaker, Turn
from knowledge.channels.models import Change

Json = dict[str, Any]

CARD_ACTION = "adaptiveCard/action"

_MOST_MENTIONS = 50

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
        text=clean_text(_without_own_mention(activity), activity.text_format or ""),
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
    return Place(
        tenant_id=tenant_of(activity),
        conversation_id=conversation_id,
        scope=scope,
        service_url=activity.service_url or "",
        team_id=_at(data, "team", "id"),
        team_name=clean_name(_at(data, "team", "name", as_id=False)),
        channel_id=channel_id,
        channel_name="" if elsewhere else clean_name(_at(data, "channel", "name", as_id=False)),
        channel_kind="" if elsewhere else channel_kind(_at(data, "channel", "type")),
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
        object_id=object_id if is_id(object_id) else "",
        teams_id=person.id or "",
        name=clean_name(person.name or ""),
    )


def _at(data: Any, *path: str, as_id: bool = True) -> str:
    for step in path:
        data = data.get(step) if isinstance(data, dict) else None
    if not isinstance(data, str) or (as_id and not is_id(data)):
        return ""
    return data


def _tapped(activity: Activity) -> tuple[str, Json]:
    """Verb and data of a button: Action.Execute names them, Action.Submit mixes them."""
    value = activity.value if isinstance(activity.value, dict) else {}
    action = value.get("action") if activity.type == "invoke" else {"data": value}
    action = action if isinstance(action, dict) else {}
    data = action.get("data")
    data = clean_data(data) if isinstance(data, dict) else {}
    verb = action.get("verb") or data.get("verb")
    rest = {name: part for name, part in data.items() if name != "verb"}
    return (verb if isinstance(verb, str) and is_id(verb) else ""), rest


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
        name = _at(mention, "text", as_id=False)
        if entity.type == "mention" and is_own and name:
            text = text.replace(name, " ", 1)
    return text
