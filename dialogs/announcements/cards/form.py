"""The form that an announcement is written in: what every one needs first, the rest folded."""

from collections.abc import Mapping, Sequence
from itertools import chain

from dialogs.announcements.cards import audience
from dialogs.announcements.offered import Offered
from dialogs.conversation import moments, swedish
from dialogs.conversation.card_parts import (
    Element,
    act,
    bold,
    card,
    choice_set,
    heading,
    small,
    summary,
    unfold,
)
from dialogs.conversation.forms.parts import Said, at_fields, kind_of, something_wrong
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text
from knowledge.announcements.audience import Audience
from knowledge.announcements.models import Draft
from knowledge.announcements.words import (
    HEADING,
    LONGEST_ALT,
    LONGEST_LINK,
    LONGEST_LINK_TITLE,
    MOST_LINKS,
    TEXT,
    Link,
    Words,
)
from knowledge.trainings.models import Training

NO_TRAINING = "0"

AT_FIELD = {
    "heading": "heading",
    "text": "text",
    "size": "text",
    "audience": "audience",
    "recipients": "reach",
    "link": "link",
    "links": "link",
    "material": "link",
    "picture": "picture",
    "picture_kind": "picture",
    "picture_private": "picture",
    "picture_alt": "picture_alt",
    "personal_heading": "heading",
    "personal_text": "text",
    "personal_link": "link",
    "personal_picture": "picture_alt",
    "attached": "attached",
    "acknowledge": "acknowledge",
    "theme": "themes",
    "position": "positions",
    "training": "training",
}
"""At which field each fault is told; those of the time stand at its day."""


def form(
    draft: Draft | None,
    offered: Offered,
    *,
    faults: Sequence[str] = (),
    too_long: int = 0,
    announcement_id: int = 0,
    token: str = "",
    correcting: bool = False,
) -> Reply:
    """One form for everything. A correction leaves all but words and picture as it was.

    `too_long` is by how many characters, where "size" is among the faults.
    """
    draft = draft or Draft(Words(), "", Audience(counties=offered.at_first))
    needed = _needed(draft, offered, correcting=correcting)
    more = _more(draft, offered, correcting=correcting)
    said = [(_field_of(fault), _fault(fault, draft, too_long)) for fault in faults]
    title = "correct_heading" if correcting else "form_heading"
    body = [heading(text(f"announcements.write.{title}"))]
    if faults:
        body.append(something_wrong(said, [*needed, *chain.from_iterable(more.values())]))
    body += at_fields(needed, said)
    body += _folded(more, said, is_used=_uses_more(draft, correcting=correcting))
    if not correcting:
        body.append(small(text("announcements.write.form_typed")))
    verb = "announce_correct" if correcting else "announce_preview"
    title = "correct" if correcting else "preview"
    action = act(text(f"announcements.write.{title}"), verb, id=announcement_id, token=token)
    return Reply(
        card=card(body, [action]), summary=summary(text("announcements.write.form_summary"))
    )


def link_fields(number: int) -> tuple[str, str]:
    """The fields of a link's address and of its name; the first link's are called as ever."""
    ending = f"_{number}" if number > 1 else ""
    return f"link{ending}", f"link_title{ending}"


def _field_of(fault: str) -> str:
    return "send_date" if fault.startswith("moment_") else AT_FIELD.get(fault, "")


def _needed(draft: Draft, offered: Offered, *, correcting: bool) -> list[Element]:
    """What no announcement can do without, marked so."""
    words = draft.words
    fields = [
        _typed("heading", words.heading, HEADING.stop - 1, **_required("heading")),
        _typed("text", words.text, TEXT.stop - 1, isMultiline=True, **_required("text")),
    ]
    return fields if correcting else fields + audience.to_whom(draft, offered)


def _required(name: str) -> dict[str, object]:
    return {"isRequired": True, "errorMessage": text(f"announcements.write.wrong_{name}")}


def _more(draft: Draft, offered: Offered, *, correcting: bool) -> dict[str, list[Element]]:
    """What few announcements have, under titles."""
    shown = {"shown": _shown(draft.words)}
    if correcting:
        return shown
    return shown | {
        "extras": _extras(draft, offered.attachable),
        "narrowing": audience.narrowing(draft, offered),
        "later": _moment(draft),
    }


def _folded(parts: Mapping[str, list[Element]], said: Said, *, is_used: bool) -> list[Element]:
    """These parts behind a button; unfolded when some of it is used, or wrong."""
    body = []
    for title, fields in parts.items():
        body += [bold(text(f"announcements.write.more_{title}")), *at_fields(fields, said)]
    inside = {field.get("id") for field in chain.from_iterable(parts.values())}
    is_wrong = any(field in inside for field, _ in said)
    return unfold(text("announcements.write.more"), "more", body, is_open=is_used or is_wrong)


def _uses_more(draft: Draft, *, correcting: bool) -> bool:
    words, to = draft.words, draft.audience
    shows = bool(words.links or words.picture or words.picture_alt)
    narrowed = bool(to.themes or to.positions or to.training)
    extra = draft.training_id or draft.acknowledge or draft.send_at
    return shows or (not correcting and bool(narrowed or extra))


def _shown(words: Words) -> list[Element]:
    """Links and a picture."""
    return [
        *_links(words.links),
        _typed("picture", words.picture, LONGEST_LINK, style="url"),
        _typed("picture_alt", words.picture_alt, LONGEST_ALT),
    ]


def _links(links: Sequence[Link]) -> list[Element]:
    """One link, and below it those that few announcements have: unfolded when they are there."""
    first, *more = [
        _link(number, links[number - 1] if number <= len(links) else Link(""))
        for number in range(1, MOST_LINKS + 1)
    ]
    rest = [field for fields in more for field in fields]
    title = text("announcements.write.more_links")
    return [*first, *unfold(title, "more_links", rest, is_open=len(links) > 1)]


def _link(number: int, link: Link) -> list[Element]:
    url, title = link_fields(number)
    labels = [text("announcements.write.label_link"), text("announcements.write.label_link_title")]
    if number > 1:
        labels = [
            text("announcements.write.label_link_number", number=number),
            text("announcements.write.label_link_title_number", number=number),
        ]
    return [
        _typed(url, link.url, LONGEST_LINK, label=labels[0], style="url"),
        _typed(title, link.title, LONGEST_LINK_TITLE, label=labels[1]),
    ]


def _typed(name: str, value: str, longest: int, **more: object) -> Element:
    return _field("Input.Text", name, value=value, maxLength=longest, **more)


def _extras(draft: Draft, trainings: Sequence[Training]) -> list[Element]:
    """A training to sign up for, and whether readers are asked to acknowledge."""
    toggle = _field(
        "Input.Toggle",
        "acknowledge",
        title=text("announcements.write.ask_acknowledge"),
        value=str(draft.acknowledge).lower(),
        wrap=True,
    )
    unread = draft.unread.get("attached", ())
    if not trainings and not unread and not draft.training_id:
        return [toggle]
    choices = {NO_TRAINING: text("announcements.write.no_training")}
    choices |= {str(training.id): _title(training) for training in trainings}
    chosen = str(draft.training_id or NO_TRAINING)
    label = text("announcements.write.label_attached")
    return [choice_set("attached", label, choices, [chosen], unread=unread), toggle]


def _moment(draft: Draft) -> list[Element]:
    """When it is to be sent; both empty for at once. What is no time stays as it was written."""
    day, time = moments.to_inputs(draft.send_at)
    if draft.written:
        day, time = draft.written.day, draft.written.time
    return [
        _day_or_time("Input.Date", "send_date", day, moments.is_day(day)),
        _day_or_time("Input.Time", "send_time", time, moments.is_time(time)),
    ]


def _day_or_time(kind: str, name: str, value: str, is_good: bool) -> Element:
    return _field(kind_of(kind, is_good=is_good), name, **({"value": value} if value else {}))


def _title(training: Training) -> str:
    return text(
        "announcements.write.training_choice",
        title=swedish.bare(training.title, audience.LONGEST_TITLE),
        day=swedish.day(training.starts_at.astimezone(swedish.SWEDEN)),
    )


def _field(kind: str, name: str, **more: object) -> Element:
    label = more.get("label") or text(f"announcements.write.label_{name}")
    return {"type": kind, "id": name, **more, "label": label}


def _fault(fault: str, draft: Draft, too_long: int) -> str:
    if fault == "size":
        return text("announcements.write.wrong_size", count=too_long)
    if draft.written and fault == draft.written.fault:
        written = swedish.plain(f"{draft.written.day} {draft.written.time}".strip(), 60)
        return text(f"announcements.write.wrong_{fault}", written=written)
    if fault == "moment_missing" and draft.send_at:
        moment = swedish.moment(draft.send_at)
        return text("announcements.write.wrong_moment_missing", moment=moment)
    return text(f"announcements.write.wrong_{fault}")
