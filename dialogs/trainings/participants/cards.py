"""Who takes part in a training: the counts first, then the list, page by page."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TypeVar

from dialogs.conversation import paging, swedish
from dialogs.conversation.card_parts import (
    Element,
    act,
    bold,
    card,
    group,
    heading,
    link,
    navigate,
    paragraph,
    paragraphs,
    small,
    summary,
)
from dialogs.conversation.paging import Page
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text
from dialogs.trainings.asking.wording import answered
from dialogs.trainings.meetings import first_in_words
from knowledge.directory.models import Position
from knowledge.directory.places import Places, swedish_order
from knowledge.trainings.models import Training
from knowledge.trainings.participants.models import (
    Counts,
    Group,
    Overview,
    Participant,
    PassedOver,
)

K = TypeVar("K")

MOST_PLACES = 15
"""More municipalities are in the file only."""


def participants(
    overview: Overview, group: Group, page: Page, rows: Sequence[Participant], places: Places
) -> Reply:
    """How the training stands, on the first page, and some of those on one of its two lists."""
    training, total = overview.training, overview.total
    title = swedish.plain(training.title)
    key = "heading" if group is Group.SEATED else "heading_waiting"
    body = [heading(text(f"trainings_participants.{key}", title=title))]
    if not page.first:
        body += _counts(overview, places)
    body += _listed(group, total, rows, places)
    body += paging.place_in_list(page)
    body.append(small(text("trainings_participants.typed")))
    said = text("trainings_participants.summary", title=title, **_taken(training))
    return Reply(card=card(body, _ways(training, group)), summary=summary(said))


def which(page: Page, trainings: Mapping[int, Training]) -> Reply:
    """The trainings that the reader holds: which one is meant?"""
    body: list[Element] = [heading(text("trainings_participants.which_heading"))]
    actions = []
    for number, id_ in zip(page.numbers, page.here, strict=True):
        one = trainings[id_]
        title = swedish.plain(one.title)
        named = bold(text("trainings_participants.which_row", number=number, title=title))
        moment = first_in_words(one)
        line = text("trainings_participants.which_line", moment=moment, **_taken(one))
        body.append(group([named, paragraph(line, spacing="none")]))
        shown = text("trainings_participants.which_show", number=number)
        actions.append(navigate(shown, "participants", training=id_))
    body += paging.place_in_list(page)
    body.append(small(text("trainings_participants.which_typed", number=page.first + 1)))
    said = text("trainings_participants.which_summary", count=page.total)
    return Reply(card=card(body, paging.buttons(page, actions)), summary=summary(said))


def file(training: Training, url: str, minutes: int) -> Reply:
    """The way to the file with everybody."""
    said = text("trainings_participants.file_heading", title=swedish.plain(training.title))
    body = [heading(said), paragraph(text("trainings_participants.file_note", count=minutes))]
    actions = [link(text("trainings_participants.file_open"), url), to_list(training)]
    return Reply(card=card(body, actions), summary=summary(said))


def settled(words: str, training: Training) -> Reply:
    """What came of an act, in place of the card that began it."""
    return Reply(card=card(paragraphs(words), [to_list(training)]), summary=summary(words))


def to_list(training: Training) -> Element:
    return navigate(text("trainings_participants.to_list"), "participants", training=training.id)


def municipality(code: str, places: Places) -> str:
    return places.name_of(code) or text("trainings_participants.no_municipality")


def position(known: Position | None) -> str:
    if known is None:
        return text("trainings_participants.no_position")
    return text(f"recipients.{known.value}")


def name(said: str) -> str:
    return swedish.plain(said) or text("trainings_participants.unnamed")


def _taken(training: Training) -> dict[str, int]:
    return {"taken": training.taken, "seats": training.seats}


def _counts(overview: Overview, places: Places) -> list[Element]:
    """Seats, the line and the municipalities; then by municipality, and by role where known."""
    training, total = overview.training, overview.total
    said = [text("trainings_participants.taken", **_taken(training))]
    if (held := training.taken - total.seated) > 0:
        said.append(text("trainings_participants.held", count=held))
    if total.waiting:
        said.append(text("trainings_participants.in_line", count=total.waiting))
    if overview.reached:
        said.append(text("trainings_participants.reached", count=overview.reached))
    body = [paragraph(first_in_words(training)), paragraph(" ".join(said))]
    if overview.by_municipality:
        told = _by(overview.by_municipality, partial(municipality, places=places))
        body.append(bold(text("trainings_participants.by_municipality")))
        body.append(paragraph(_some_of(told), spacing="none"))
    if {*overview.by_position} - {None}:
        told = _by(overview.by_position, position)
        body.append(bold(text("trainings_participants.by_position")))
        body.append(paragraph(" · ".join(told), spacing="none"))
    return body


def _by(counted: Mapping[K, Counts], named: Callable[[K], str]) -> list[str]:
    """ "Växjö 5 (+1 i kö)", most first."""
    by_name = {named(key): counts for key, counts in counted.items()}
    ordered = sorted(
        by_name.items(), key=lambda one: (-one[1].seated, -one[1].waiting, swedish_order(one[0]))
    )
    return [
        text(
            f"trainings_participants.counted{'_waiting' if counts.waiting else ''}",
            name=name,
            seated=counts.seated,
            waiting=counts.waiting,
        )
        for name, counts in ordered
    ]


def _some_of(told: Sequence[str]) -> str:
    shown, left = " · ".join(told[:MOST_PLACES]), len(told) - MOST_PLACES
    if left <= 0:
        return shown
    return text("trainings_participants.and_more", places=shown, count=left)


def _listed(
    group: Group, total: Counts, rows: Sequence[Participant], places: Places
) -> list[Element]:
    if not rows:
        return [paragraph(text(f"trainings_participants.nobody_{group.value}"))]
    count = total.seated if group is Group.SEATED else total.waiting
    body = [bold(text(f"trainings_participants.list_{group.value}", count=count))]
    for one in rows:
        body.append(paragraph(_row(one, places), spacing="none"))
        body += [small(line) for line in answered(one.answers)]
    return body


def _row(one: Participant, places: Places) -> str:
    row = text(
        f"trainings_participants.row{'_waiting' if one.place_in_line else ''}",
        place=one.place_in_line,
        name=name(one.name),
        municipality=municipality(one.municipality, places),
        day=swedish.day(one.since.astimezone(swedish.SWEDEN).date()),
    )
    if one.passed_over is None:
        return row
    reason = text(f"trainings_participants.reason_{one.passed_over.value}")
    is_asked = one.passed_over is PassedOver.ASKED
    key = "is_asked" if is_asked else "passed_over"
    return text(f"trainings_participants.{key}", row=row, reason=reason)


def _ways(training: Training, shown: Group) -> list[Element]:
    """What can be done with them; each can be typed too."""
    id_, other = training.id, Group.WAITING if shown is Group.SEATED else Group.SEATED
    label = text(f"trainings_participants.show_{other.value}")
    return [
        navigate(label, "participants", training=id_, group=other.value),
        navigate(text("trainings_participants.file"), "participants_file", training=id_),
        *(
            navigate(text(f"trainings_participants.write_{one.value}"), "announce", training=who)
            for one, who in ((one, audience_of(id_, one)) for one in Group)
        ),
        act(text("trainings_participants.add"), "participant_add", training=id_),
        act(text("trainings_participants.remove"), "participant_remove", training=id_),
    ]


def which_to_thank(page: Page, trainings: Mapping[int, Training]) -> Reply:
    """Those who came to which training are to be thanked?"""
    said = text("trainings_participants.thank_which")
    body: list[Element] = [heading(said)]
    actions = []
    for number, id_ in zip(page.numbers, page.here, strict=True):
        title = swedish.plain(trainings[id_].title)
        named = bold(text("trainings_participants.which_row", number=number, title=title))
        when = paragraph(swedish.moment(trainings[id_].starts_at), spacing="none")
        body.append(group([named, when]))
        label = text("trainings_participants.thank_number", number=number)
        actions.append(navigate(label, "announce", training=those_who_came(id_)))
    body += paging.place_in_list(page)
    body.append(small(text("trainings_participants.which_typed", number=page.first + 1)))
    return Reply(card=card(body, paging.buttons(page, actions)), summary=summary(said))


def those_who_came(training_id: int) -> str:
    """As the form of an announcement calls those who were there."""
    return f"{training_id}:present"


def audience_of(training_id: int, group: Group) -> str:
    """As the form of an announcement calls them."""
    part = "participants" if group is Group.SEATED else "waiting"
    return f"{training_id}:{part}"
