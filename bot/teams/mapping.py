"""Teams' words into ours: an activity becomes a `Turn`, its texts cleaned on the way."""

import re
import secrets
from datetime import UTC, datetime
from typing import Any

from botbuilder.schema import Activity, ChannelAccount

from bot.teams.cleaning import at_path, channel_kind, clean_data, clean_name, clean_text, is_id
from bot.teams.mentions import without_own_mention
from dialogs.conversation.talk import Kind, Place, Scope, Speaker, Turn
from knowledge.channels.models import Change

Json = dict[str, Any]

TEAMS = "msteams"
"""What the Bot Framework calls Teams among its channels."""

CARD_ACTION = "adaptiveCard/action"

_ACCOUNT = re.compile(r"[0-9a-z-]{1,64}")
"""What an account's object id looks like: nothing that would be another part of a key of ours."""

_SAID = (Kind.MESSAGE, Kind.ACTION)

# Teams adds these to repeat what the text says, or to show what it answers. What is forwarded is
# as little ours to read as a file.
_NOT_FILES = ("text/html", "messageReference")

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


def is_teams(activity: Activity) -> bool:
    """Only Teams vouches for who speaks and for what happens to teams and installations."""
    return bool(activity.channel_id == TEAMS)


def tenant_of(activity: Activity) -> str:
    # The SDK's conversation.tenant_id is always None: it reads another spelling than Teams'.
    return at_path(activity.channel_data, "tenant", "id").lower()


def turn_from(activity: Activity) -> Turn | None:
    """What happened, or None if it is nothing that anybody hears of."""
    kind = _kind(activity)
    if kind is None or not (is_teams(activity) or kind in _SAID):
        return None
    verb, data = _tapped(activity) if kind is Kind.ACTION else ("", {})
    return Turn(
        activity_id=_occurrence(activity),
        kind=kind,
        place=place_of(activity),
        speaker=_speaker(activity),
        text=clean_text(without_own_mention(activity), activity.text_format or ""),
        verb=verb,
        data=data,
        awaits_card=activity.type == "invoke",
        has_attachment=any(
            item.content_type not in _NOT_FILES for item in activity.attachments or ()
        ),
        at=_moment(activity),
        change=_change(activity) if kind is Kind.CHANGED else None,
        edits=activity.id if activity.type == "messageUpdate" else "",
    )


def _kind(activity: Activity) -> Kind | None:
    match activity.type:
        case "message":
            return Kind.ACTION if _is_tap(activity) else Kind.MESSAGE
        case "messageUpdate":
            return Kind.MESSAGE if _is_edit(activity) else None
        case "invoke":
            return Kind.ACTION if activity.name == CARD_ACTION else None
        case "installationUpdate":
            return _installation(activity)
        case "conversationUpdate":
            if not _is_of_one_channel(activity):
                if _is_among(activity.members_added, activity):
                    return Kind.ADDED
                if _is_among(activity.members_removed, activity):
                    return Kind.UNINSTALLED
            return Kind.CHANGED if _change(activity) else None
    return None


def _is_tap(activity: Activity) -> bool:
    """Whether a button's data came; beside a text it must name what is to be done."""
    value = activity.value
    return isinstance(value, dict) and bool(value) and ("verb" in value or not activity.text)


def _is_edit(activity: Activity) -> bool:
    """A deleted message that is restored says nothing new."""
    return bool(activity.id) and _event(activity).lower() != "undeletemessage"


def _installation(activity: Activity) -> Kind | None:
    """An upgrade comes as "add-upgrade" beside a "remove-upgrade": nobody came and nobody left."""
    match (activity.action or "").lower():
        case "add":
            return Kind.INSTALLED
        case "remove":
            if not _is_of_one_channel(activity):
                return Kind.UNINSTALLED
            return Kind.CHANGED if _change(activity) else None
        case "add-upgrade":
            return Kind.CHANGED
    return None


def _is_of_one_channel(activity: Activity) -> bool:
    """Whether it is about a single private or shared channel, and not about the team around it."""
    channel, event = _channel_of(activity.channel_data), _event(activity)
    if event.startswith("team") or (
        channel and channel == at_path(activity.channel_data, "team", "id")
    ):
        return False
    kind = channel_kind(at_path(activity.channel_data, "channel", "type"))
    return event.startswith("channelMember") or (bool(channel) and kind in ("private", "shared"))


def _change(activity: Activity) -> Change | None:
    """What happened to a team or a channel of it; None when Teams does not say which."""
    data = activity.channel_data
    change = _CHANGES.get(_event(activity)) or _let_in_or_out(activity)
    is_named = at_path(data, "team", "id") and (
        _channel_of(data) or not (change or "").startswith("channel")
    )
    return change if is_named else None


def _let_in_or_out(activity: Activity) -> Change | None:
    """To be let out of a channel is to lose it."""
    if not _is_of_one_channel(activity):
        return None
    if activity.type == "installationUpdate":
        return Change.CHANNEL_DELETED if (activity.action or "").lower() == "remove" else None
    if _is_among(activity.members_removed, activity):
        return Change.CHANNEL_DELETED
    return Change.CHANNEL_LET_IN if _is_among(activity.members_added, activity) else None


def _event(activity: Activity) -> str:
    return at_path(activity.channel_data, "eventType")


def _channel_of(data: Any) -> str:
    return at_path(data, "channel", "id") or at_path(data, "teamsChannelId")


def _moment(activity: Activity) -> datetime | None:
    when: datetime | None = activity.timestamp
    return when if when is None or when.tzinfo else when.replace(tzinfo=UTC)


def _is_among(members: list[ChannelAccount] | None, activity: Activity) -> bool:
    bot = activity.recipient
    own_id = (bot.id or "").lower() if bot else ""
    return bool(own_id) and any((member.id or "").lower() == own_id for member in members or ())


def _occurrence(activity: Activity) -> str:
    """Which delivery is one more of the same. What has no id is said anew each time.

    An edit carries the id of the message it changes.
    """
    if activity.type == "messageUpdate" and activity.timestamp:
        return f"{activity.id}@{activity.timestamp.isoformat()}"
    return activity.id or secrets.token_hex(16)


def place_of(activity: Activity) -> Place:
    data = activity.channel_data
    scope = scope_of(activity)
    conversation_id = str(activity.conversation.id)
    chosen = (
        "" if scope is not Scope.CHANNEL else at_path(data, "settings", "selectedChannel", "id")
    )
    channel_id = chosen or _channel_of(data)
    if scope is Scope.CHANNEL and not channel_id:
        channel_id = conversation_id.partition(";messageid=")[0]
    # What is said about `channel` may be about another than the one that was chosen.
    elsewhere = channel_id != (at_path(data, "channel", "id") or channel_id)
    return Place(
        tenant_id=tenant_of(activity),
        conversation_id=conversation_id,
        scope=scope,
        service_url=activity.service_url or "",
        team_id=at_path(data, "team", "id"),
        team_name=clean_name(at_path(data, "team", "name", as_id=False)),
        channel_id=channel_id,
        channel_name="" if elsewhere else clean_name(at_path(data, "channel", "name", as_id=False)),
        channel_kind="" if elsewhere else channel_kind(at_path(data, "channel", "type")),
        channel_is_chosen=_is_chosen(activity),
    )


def _is_chosen(activity: Activity) -> bool:
    """Whether the channel is where the bot was added. An upgrade only repeats the first choice."""
    selected = at_path(activity.channel_data, "settings", "selectedChannel", "id")
    if activity.type != "installationUpdate":
        return bool(selected)
    channel = at_path(activity.channel_data, "channel", "id")
    return activity.action == "add" and bool(selected or channel)


def scope_of(activity: Activity) -> Scope:
    match activity.conversation.conversation_type:
        case "channel" if is_teams(activity):
            return Scope.CHANNEL
        case "groupChat":
            return Scope.GROUP
    return Scope.GROUP if activity.conversation.is_group else Scope.PERSONAL


def _speaker(activity: Activity) -> Speaker:
    person = activity.from_property or ChannelAccount()
    # Teams compares these ids without regard to letter case, and so must we.
    object_id = (person.aad_object_id or "").lower()
    is_known = is_teams(activity) and _is_account(object_id) and _is_of_one_tenant(activity)
    return Speaker(
        tenant_id=tenant_of(activity),
        object_id=object_id if is_known else "",
        teams_id=person.id or "",
        name=clean_name(person.name or ""),
    )


def _is_account(object_id: str) -> bool:
    """Whether somebody has it. All who were anonymous would be one person with the empty one."""
    return bool(_ACCOUNT.fullmatch(object_id)) and bool(object_id.strip("0-"))


def _is_of_one_tenant(activity: Activity) -> bool:
    """Whether all who say whose it is say the same. Who comes from elsewhere, as into a channel
    that organisations share, is a guest: an account is somebody in its own tenant only."""
    person, conversation = activity.from_property, activity.conversation
    elsewhere = at_path(getattr(person, "properties", None), "tenantId")
    told = (tenant_of(activity), conversation.tenant_id or "", elsewhere)
    return len({one.lower() for one in told if one}) <= 1


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
