"""What a button or a form asks for: read, or told apart by the name of its field.

What is not understood is never left out: without it the list would be of more than was meant.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import partial
from typing import Any

from dialogs.conversation import fields, inputs, swedish
from dialogs.conversation.fields import Choices, Picked
from dialogs.conversation.paging import FIELD
from dialogs.conversation.texts import text
from dialogs.trainings import facets
from dialogs.trainings.wish import Wish

_WEEKDAYS = {str(number): str(number) for number in range(1, 8)}
_TICKS = {"yes": True, "no": False}

Unread = Mapping[str, tuple[str, ...]]
"""By field, what was written there and is none of its choices."""


def read_asked(asked: Mapping[str, Any], counties: Choices, themes: Choices) -> tuple[Wish, Unread]:
    """The wish of these fields, and what of them was not understood."""
    subjects = {key: one.name for key, one in facets.subjects().items()}
    groups = {key: one.name for key, one in facets.groups().items()}
    called = partial(inputs.themes_called, topics=themes)
    picked = {
        "counties": fields.several(asked.get("counties"), counties),
        "themes": fields.several(asked.get("themes"), {**themes, **subjects}, named=called),
        "groups": fields.several(asked.get("groups"), groups),
        "since": _day(asked.get("since")),
        "until": _day(asked.get("until")),
        "weekday": fields.one(asked.get("weekday"), _WEEKDAYS),
        "online": _tick(asked.get("online")),
        "free": _tick(asked.get("free")),
        "no_cost": _tick(asked.get("no_cost")),
    }
    days = {name: picked[name].only for name in ("since", "until")}
    wish = Wish(
        counties=picked["counties"].values,
        towns=_words(asked.get("towns")),
        themes=tuple(one for one in picked["themes"].values if one in themes),
        subjects=tuple(one for one in picked["themes"].values if one not in themes),
        groups=picked["groups"].values,
        since=date.fromisoformat(days["since"]) if days["since"] else None,
        until=date.fromisoformat(days["until"]) if days["until"] else None,
        weekday=int(picked["weekday"].only) if picked["weekday"].only else None,
        online=_TICKS.get(picked["online"].only),
        free=picked["free"].only == "yes",
        no_cost=picked["no_cost"].only == "yes",
        words=_words(asked.get("words")),
        either=asked.get("either") == "yes",
        without=_words(asked.get("without")),
    )
    return wish, {name: one.unread for name, one in picked.items() if one.unread}


def filled_in(data: Mapping[str, Any]) -> dict[str, Any]:
    """What the form of a list asks for, and what its button keeps of the list; the last day is
    one of the days there, and a county takes the place of a town."""
    kept = {name: value for name, value in data.items() if name != "verb"}
    written = {
        name.removeprefix(FIELD): value for name, value in kept.items() if name.startswith(FIELD)
    }
    kept = {name: value for name, value in kept.items() if not name.startswith(FIELD)}
    if kept.get("all"):
        return {}
    if not kept.pop("form", None):
        return kept
    if until := _day(written.get("until")).only:
        written["until"] = (date.fromisoformat(until) + timedelta(days=1)).isoformat()
    towns = "" if fields.as_text(written.get("counties")) else kept.get("towns", "")
    return {**kept, **written, "towns": towns}


def refusal(unread: Unread) -> str:
    """Which field it is, and what stood there."""
    told = []
    for name, words in unread.items():
        quoted = swedish.joined([f"”{swedish.plain(one)}”" for one in words])
        told.append(text(f"trainings.unread_{name}", words=quoted))
    return text("trainings.unread", fields=swedish.joined(told))


def _words(written: Any) -> tuple[str, ...]:
    return tuple(one for one in fields.as_text(written).split(",") if one)


def _day(written: Any) -> Picked:
    typed = fields.as_text(written)
    try:
        return Picked((date.fromisoformat(typed).isoformat(),)) if typed else Picked()
    except ValueError:
        return Picked(unread=(fields.shortened(typed),))


def _tick(written: Any) -> Picked:
    typed = fields.as_text(written)
    said = fields.yes(typed) if typed else None
    if typed and said is None:
        return Picked(unread=(fields.shortened(typed),))
    return Picked(() if said is None else ("yes" if said else "no",))
