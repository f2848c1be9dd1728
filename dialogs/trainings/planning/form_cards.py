"""The form that a training is written in: what every one needs first, the rest folded."""

from collections.abc import Mapping

from dialogs.conversation import moments
from dialogs.conversation.card_parts import (
    Element,
    act,
    card,
    choice_set,
    heading,
    small,
    summary,
    unfold,
)
from dialogs.conversation.forms.parts import at_fields, kind_of, something_wrong
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text
from dialogs.trainings.planning.form import MORE, WHOLE, Written, sign_ups
from dialogs.trainings.planning.offered import Offered
from knowledge.addresses import LONGEST as LONGEST_LINK
from knowledge.trainings.planning.models import LONGEST, TITLE

USUAL = ("owners", "series")
"""Fields that are filled in before anybody has used them."""

LONGEST_LINES = 2000

SHORT = 10
"""No number is longer."""


def form(
    written: Written,
    offered: Offered,
    *,
    faults: Mapping[str, str],
    training_id: int = 0,
    version: int = 0,
    token: str = "",
    published: bool = False,
) -> Reply:
    """The form as it was written, with each fault at its field."""
    needed = [*_needed(written, offered)]
    more = [*_more(written, offered, published=published)]
    said = [*faults.items()]
    title = "form_heading_change" if published else "form_heading"
    body = [heading(text(f"trainings_planning.{title}"))]
    if said:
        body.append(something_wrong(said, [*needed, *more]))
    body += at_fields(needed, said)
    is_open = bool({*faults} & {*MORE}) or any(_is_used(name, written) for name in MORE)
    unfolded = at_fields(more, said)
    body += unfold(text("trainings_planning.more"), "more", unfolded, is_open=is_open)
    body.append(small(text("trainings_planning.form_typed")))
    about = {"id": training_id, "version": version, "token": token}
    action = act(text("trainings_planning.preview"), "training_preview", **about)
    return Reply(
        card=card(body, [action]), summary=summary(text("trainings_planning.form_summary"))
    )


def _is_used(name: str, written: Written) -> bool:
    return name not in USUAL and written.get(name, "") not in ("", "false")


def _needed(written: Written, offered: Offered) -> list[Element]:
    return [
        _text("title", written, TITLE.stop - 1, **_required("title")),
        _day("date", written, **_required("date")),
        _time("starts", written, **_required("starts")),
        _time("ends", written, **_required("ends")),
        _text("place", written, LONGEST["place"]),
        _text("seats", written, SHORT, **_required("seats")),
        _choices("themes", written, offered.themes),
    ]


def _more(written: Written, offered: Offered, *, published: bool) -> list[Element]:
    return [
        _in_lines("meetings", written),
        *([] if published else [_sign_ups(written)]),
        _text("summary", written, LONGEST["summary"], isMultiline=True),
        *(_text(name, written, LONGEST[name]) for name in ("for_whom", "organizer")),
        _text("price", written, SHORT),
        _tick("online", written),
        _text("join_link", written, LONGEST_LINK, style="url"),
        _text("bring", written, LONGEST["bring"]),
        _tick("food", written),
        _in_lines("questions", written),
        _day("sign_up_until", written),
        _day("withdraw_until", written),
        _day("end_date", written),
        _choices("owners", written, offered.owners),
    ]


def _text(name: str, written: Written, longest: int, **more: object) -> Element:
    """What is too long stays as it was written: the client would cut it."""
    value = written.get(name, "")
    return _field("Input.Text", name, value=value, maxLength=max(longest, len(value)), **more)


def _in_lines(name: str, written: Written) -> Element:
    """One in each line, with an example of what is to stand there."""
    example = text(f"trainings_planning.example_{name}")
    return _text(name, written, LONGEST_LINES, isMultiline=True, placeholder=example)


def _tick(name: str, written: Written) -> Element:
    title, value = text(f"trainings_planning.is_{name}"), _ticked(written.get(name, ""))
    return _field("Input.Toggle", name, title=title, value=value, wrap=True)


def _sign_ups(written: Written) -> Element:
    """What is none of the choices stays, as a choice that says so."""
    said, choices = written.get("series", "") or WHOLE, sign_ups()
    known = [said] if said in choices else []
    unread = [] if known else [said]
    return choice_set(
        "series", text("trainings_planning.label_series"), choices, known, unread=unread
    )


def _day(name: str, written: Written, **more: object) -> Element:
    value = written.get(name, "")
    return _when("Input.Date", name, value, moments.is_day(value), **more)


def _time(name: str, written: Written, **more: object) -> Element:
    value = written.get(name, "")
    return _when("Input.Time", name, value, moments.is_time(value), **more)


def _when(kind: str, name: str, value: str, is_good: bool, **more: object) -> Element:
    shown = {"value": value} if value else {}
    return _field(kind_of(kind, is_good=is_good), name, **shown, **more)


def _choices(name: str, written: Written, choices: Mapping[str, str]) -> Element:
    """What is none of the choices stays, as a choice that says so."""
    parts = [part for part in written.get(name, "").split(",") if part]
    known = [part for part in parts if part in choices]
    unread = [part for part in parts if part not in choices]
    label = text(f"trainings_planning.label_{name}")
    return choice_set(name, label, choices, known, unread=unread, isMultiSelect=True)


def _required(name: str) -> dict[str, object]:
    return {"isRequired": True, "errorMessage": text(f"trainings_planning.needed_{name}")}


def _ticked(written: str) -> str:
    return "true" if written.casefold() in ("true", "ja", "1") else "false"


def _field(kind: str, name: str, **more: object) -> Element:
    return {"type": kind, "id": name, "label": text(f"trainings_planning.label_{name}"), **more}
