"""The form that an announcement is written in. No field is marked required: the bot's own check
keeps what was written."""

from collections.abc import Sequence

from dialogs.announcements.cards import audience
from dialogs.announcements.offered import Offered
from dialogs.conversation import moments, swedish
from dialogs.conversation.card_parts import (
    Element,
    act,
    bold,
    card,
    group,
    heading,
    paragraph,
    rows,
    small,
    summary,
)
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text
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
    title = "correct_heading" if correcting else "form_heading"
    body = [heading(text(f"announcements.write.{title}"))]
    if faults:
        body.append(_wrong(faults, draft, too_long))
    body += _words(draft.words if draft else Words())
    if not correcting:
        body += _extras(draft, offered.attachable)
        body += audience.recipients(draft, offered)
        body += _moment(draft)
        body.append(small(text("announcements.write.form_typed")))
    verb = "announce_correct" if correcting else "announce_preview"
    title = "correct" if correcting else "preview"
    action = act(text(f"announcements.write.{title}"), verb, id=announcement_id, token=token)
    return Reply(
        card=card(body, [action]), summary=summary(text("announcements.write.form_summary"))
    )


def _wrong(faults: Sequence[str], draft: Draft | None, too_long: int) -> Element:
    """What has to be put right, at the top of the form."""
    lines = [paragraph(_fault(fault, draft, too_long)) for fault in faults]
    first = bold(text("announcements.write.something_wrong"))
    return group([first, *lines], style="attention")


def link_fields(number: int) -> tuple[str, str]:
    """The fields of a link's address and of its name; the first link's are called as ever."""
    ending = f"_{number}" if number > 1 else ""
    return f"link{ending}", f"link_title{ending}"


def _words(words: Words) -> list[Element]:
    """What is said and shown."""
    return [
        _typed("heading", words.heading, HEADING.stop - 1),
        _typed("text", words.text, TEXT.stop - 1, isMultiline=True),
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
    rest: Element = group([field for fields in more for field in fields], id="more_links")
    if len(links) > 1:
        return [*first, rest]
    unfold: Element = {"type": "Action.ToggleVisibility", "targetElements": ["more_links"]}
    unfold["title"] = text("announcements.write.more_links")
    return [*first, *rows(unfold), {**rest, "isVisible": False}]


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


def _extras(draft: Draft | None, trainings: Sequence[Training]) -> list[Element]:
    """A training to sign up for, and whether readers are asked to acknowledge."""
    chosen = draft.training_id if draft else None
    asks = bool(draft and draft.acknowledge)
    toggle = _field(
        "Input.Toggle",
        "acknowledge",
        title=text("announcements.write.ask_acknowledge"),
        value=str(asks).lower(),
        wrap=True,
    )
    if not trainings:
        return [toggle]
    none = {"title": text("announcements.write.no_training"), "value": NO_TRAINING}
    choices = [none, *(_choice(training) for training in trainings)]
    known = chosen in {training.id for training in trainings}
    value = str(chosen) if known else NO_TRAINING
    style = {"style": "compact", "wrap": True}
    return [_field("Input.ChoiceSet", "attached", value=value, choices=choices, **style), toggle]


def _moment(draft: Draft | None) -> list[Element]:
    """When it is to be sent; both empty for at once. What is no time stays as it was written."""
    day, time = moments.to_inputs(draft.send_at if draft else None)
    written = draft.written if draft else None
    if written:
        day, time = written.day, written.time
    return [
        _day_or_time("Input.Date", "send_date", day, moments.is_day(day)),
        _day_or_time("Input.Time", "send_time", time, moments.is_time(time)),
    ]


def _day_or_time(kind: str, name: str, value: str, is_good: bool) -> Element:
    """Teams shows nothing in such a field when it holds something else: then it is one for text."""
    kind = kind if is_good else "Input.Text"
    return _field(kind, name, **({"value": value} if value else {}))


def _choice(training: Training) -> Element:
    title = text(
        "announcements.write.training_choice",
        title=swedish.bare(training.title, 60),
        day=swedish.day(training.starts_at.astimezone(swedish.SWEDEN)),
    )
    return {"title": title, "value": str(training.id)}


def _field(kind: str, name: str, **more: object) -> Element:
    label = more.get("label") or text(f"announcements.write.label_{name}")
    return {"type": kind, "id": name, **more, "label": label}


def _fault(fault: str, draft: Draft | None, too_long: int) -> str:
    if fault == "size":
        return text("announcements.write.wrong_size", count=too_long)
    if draft and draft.written and fault == draft.written.fault:
        written = swedish.plain(f"{draft.written.day} {draft.written.time}".strip(), 60)
        return text(f"announcements.write.wrong_{fault}", written=written)
    if fault == "moment_missing" and draft and draft.send_at:
        moment = swedish.moment(draft.send_at)
        return text("announcements.write.wrong_moment_missing", moment=moment)
    return text(f"announcements.write.wrong_{fault}")
