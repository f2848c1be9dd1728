"""The text of a message without the bot's own name, where Teams says that the bot is meant.

`<at>` in the text proves nothing, because people can type it: only what Teams lists is a mention.
"""

import html
import re
from itertools import islice

from botbuilder.schema import Activity, Entity

from bot.teams.cleaning import at_path

_MOST = 50
_LONGEST_NAME = 200

# Bounded, so that a text full of half tags takes no longer than any other.
_TAGGED = re.compile(r"<at\b[^<>]{0,200}>([^<]{0,400})</at>", re.IGNORECASE)
_BLANK = r"(?:\s|&nbsp;)"


def without_own_mention(activity: Activity) -> str:
    """The text without each true mention of the bot, wherever it stands."""
    text = activity.text or ""
    for entity in (activity.entities or [])[:_MOST]:
        if entity.type == "mention" and _is_own(entity, activity):
            before, text = text, _taken_out(text, entity, activity)
            if text == before:
                break
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
    mentioned = at_path(told, "mentioned", "name", as_id=False)
    own = activity.recipient.name if activity.recipient else ""
    names = {_bare(name or "") for name in (spelled, mentioned, own)} - {""}
    for tag in islice(_TAGGED.finditer(text), _MOST):
        if _bare(tag[1]) in names:
            return f"{text[: tag.start()]} {text[tag.end() :]}"
    return _without_name_around(text, names)


def _without_name_around(text: str, names: set[str]) -> str:
    """Without the name before or behind it: some clients leave the tags out."""
    near_end = max(0, len(text) - 5 * _LONGEST_NAME)
    for name in names:
        written = f"@?{_pattern(name)}"
        first = re.match(rf"{_BLANK}{{0,20}}{written}(?!\w)", text, re.IGNORECASE)
        if first:
            return text[first.end() :]
        last = re.search(rf"(?<!\w){written}{_BLANK}{{0,20}}$", text[near_end:], re.IGNORECASE)
        if last:
            return text[: near_end + last.start()]
    return text


def _pattern(name: str) -> str:
    """The name in a text, escaped there or not."""
    words = (f"(?:{re.escape(one)}|{re.escape(html.escape(one))})" for one in name.split())
    return f"{_BLANK}{{1,20}}".join(words)


def _bare(name: str) -> str:
    """A name as it is compared: untagged, unescaped, blanks alike, in small letters."""
    untagged = _TAGGED.sub(r"\1", name[: 2 * _LONGEST_NAME])
    return " ".join(html.unescape(untagged).split()).casefold()[:_LONGEST_NAME]
