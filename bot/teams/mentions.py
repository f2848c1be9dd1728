"""The text of a message without the bot's own name, where Teams says that the bot is meant.

`<at>` in the text proves nothing, because people can type it: only what Teams lists is a mention.
"""

import html
import re

from botbuilder.schema import Activity, Entity

from bot.teams.cleaning import at_path

_MOST = 50

_TAGGED = re.compile(r"<at\b[^>]*>(.*?)</at>", re.IGNORECASE | re.DOTALL)
_BLANKS = re.compile(r"\s+")


def without_own_mention(activity: Activity) -> str:
    """The text without each true mention of the bot, wherever it stands."""
    text = activity.text or ""
    for entity in (activity.entities or [])[:_MOST]:
        if entity.type == "mention" and _is_own(entity, activity):
            text = _taken_out(text, entity, activity)
    return text


def _is_own(entity: Entity, activity: Activity) -> bool:
    mentioned = at_path(entity.additional_properties, "mentioned", "id").lower()
    own_id = (activity.recipient.id or "").lower() if activity.recipient else ""
    # Without a recipient any bot will do: Teams' ids of bots begin with 28.
    return mentioned == own_id if own_id else mentioned.startswith("28:")


def _taken_out(text: str, entity: Entity, activity: Activity) -> str:
    """Without one mention: as Teams spells it, or else by any spelling of the bot's names."""
    told = entity.additional_properties
    spelled = at_path(told, "text", as_id=False)
    if spelled and spelled in text:
        return text.replace(spelled, " ", 1)
    own = activity.recipient.name if activity.recipient else ""
    names = {
        _bare(name) for name in (spelled, at_path(told, "mentioned", "name", as_id=False), own)
    }
    names.discard("")
    for tag in _TAGGED.finditer(text):
        if _bare(tag[1]) in names:
            return f"{text[: tag.start()]} {text[tag.end() :]}"
    return _without_name_around(text, names)


def _without_name_around(text: str, names: set[str]) -> str:
    """Without the name before or behind it: some clients leave the tags out."""
    plain = _bare(text)
    for name in names:
        if plain.removeprefix("@").startswith(name):
            return _cut(text, name, at_start=True)
        if plain.endswith(name):
            return _cut(text, name, at_start=False)
    return text


def _cut(text: str, name: str, *, at_start: bool) -> str:
    words = r"\s+".join(re.escape(word) for word in name.split())
    pattern = rf"^\s*@?{words}\b" if at_start else rf"@?\b{words}\s*$"
    return re.sub(pattern, " ", _readable(text), count=1, flags=re.IGNORECASE)


def _bare(name: str | None) -> str:
    """A name as it is compared: untagged, unescaped, blanks alike, in small letters."""
    untagged = _TAGGED.sub(r"\1", name or "")
    return _BLANKS.sub(" ", _readable(untagged)).strip().casefold()


def _readable(text: str) -> str:
    return html.unescape(text).replace("\u00a0", " ")
