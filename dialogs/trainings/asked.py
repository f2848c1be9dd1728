"""What a button or a form asks for: read, or told apart by the name of its field.

What is not understood is never left out: without it the list would be of more than was meant.
"""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

from dialogs.conversation import fields, inputs, swedish
from dialogs.conversation.fields import Choices, Picked
from dialogs.conversation.texts import text
from dialogs.trainings.wish import Wish

_WEEKDAYS = {str(number): str(number) for number in range(1, 8)}
_TICKS = {"yes": True, "no": False}

Unread = Mapping[str, tuple[str, ...]]
"""By field, what was written there and is none of its choices."""


def read_asked(asked: Mapping[str, Any], counties: Choices, themes: Choices) -> tuple[Wish, Unread]:
    """The wish of these fields, and what of them was not understood."""
    called = partial(inputs.themes_called, topics=themes)
    picked = {
        "counties": fields.several(asked.get("counties"), counties),
        "themes": fields.several(asked.get("themes"), themes, named=called),
        "since": _day(asked.get("since")),
        "until": _day(asked.get("until")),
        "weekday": fields.one(asked.get("weekday"), _WEEKDAYS),
        "online": _tick(asked.get("online")),
        "free": _tick(asked.get("free")),
    }
    days = {name: picked[name].only for name in ("since", "until")}
    wish = Wish(
        counties=picked["counties"].values,
        themes=picked["themes"].values,
        since=date.fromisoformat(days["since"]) if days["since"] else None,
        until=date.fromisoformat(days["until"]) if days["until"] else None,
        weekday=int(picked["weekday"].only) if picked["weekday"].only else None,
        online=_TICKS.get(picked["online"].only),
        free=picked["free"].only == "yes",
        words=_words(asked.get("words")),
        either=asked.get("either") == "yes",
        without=_words(asked.get("without")),
    )
    return wish, {name: one.unread for name, one in picked.items() if one.unread}


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
