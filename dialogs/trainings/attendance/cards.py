"""Who came to a meeting: a list to tick in, and the code that people check in with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dialogs.conversation import paging, swedish
from dialogs.conversation.card_parts import (
    Element,
    act,
    bold,
    card,
    choice_set,
    group,
    heading,
    image,
    link,
    navigate,
    notice,
    paragraph,
    paragraphs,
    small,
    summary,
)
from dialogs.conversation.paging import Page
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text
from dialogs.trainings.participants.cards import municipality, name, to_list
from knowledge.directory.models import Person
from knowledge.directory.places import Places
from knowledge.trainings.attendance.models import Attendee, CheckedIn, Mark, MarkChange, Sheet
from knowledge.trainings.models import Training

LONGEST_NAME = 60
MOST_CHANGES = 10


@dataclass(frozen=True)
class Shown:
    """What of a sheet is on the card: some rows, of those with a `name` where one was searched
    for, and a line about what was just done. `changes` are those of a single row."""

    rows: Sequence[Attendee]
    name: str = ""
    note: str = ""
    changes: Sequence[MarkChange] = ()


def sheet(sheet: Sheet, page: Page, shown: Shown, places: Places) -> Reply:
    """The meeting, how many are marked, and a page of names to tick."""
    title = swedish.plain(sheet.training.title)
    said = text("trainings_attendance.heading", title=title)
    body: list[Element] = [heading(said)]
    body += [notice(shown.note, "good")] if shown.note else []
    body += [paragraph(meeting_line(sheet.training, sheet.meeting)), paragraph(counts(sheet))]
    if shown.name:
        about = {"name": swedish.plain(shown.name, LONGEST_NAME), "count": page.total}
        body.append(bold(text("trainings_attendance.found", **about)))
    rows = shown.rows[: page.size]
    if rows:
        body.append(_boxes(rows, places))
    elif not shown.name:
        body.append(paragraph(text("trainings_attendance.nobody")))
    body += _history(shown.changes) if len(rows) == 1 else []
    body += paging.place_in_list(page)
    body.append(_search(shown.name))
    body.append(small(text("trainings_attendance.typed")))
    return Reply(
        card=card(body, _ways(sheet, page, rows)), summary=summary(f"{said}. {counts(sheet)}")
    )


def which(page: Page, trainings: Mapping[int, Training]) -> Reply:
    """The trainings that have begun: which one is meant?"""
    said = text("trainings_attendance.which")
    body: list[Element] = [heading(said)]
    actions = []
    for number, id_ in zip(page.numbers, page.here, strict=True):
        one = trainings[id_]
        title = swedish.plain(one.title)
        named = bold(text("trainings.item", number=number, title=title))
        when = paragraph(swedish.moment(one.starts_at), spacing="none")
        body.append(group([named, when]))
        label = text("trainings_attendance.open_number", number=number)
        actions.append(navigate(label, "check_in", training=id_))
    body += paging.place_in_list(page)
    body.append(small(text("trainings_participants.which_typed", number=page.first + 1)))
    return Reply(card=card(body, paging.buttons(page, actions)), summary=summary(said))


def code(
    training: Training, meeting: int, code: str, picture: str, screen: str, note: str = ""
) -> Reply:
    """The code as a picture and as figures, and the way to a page for a screen or for print."""
    said = text("trainings_attendance.code_heading", title=swedish.plain(training.title))
    body: list[Element] = [heading(said)]
    body += [notice(note, "warning")] if note else []
    body += [
        paragraph(meeting_line(training, meeting)),
        image(picture, text("trainings_attendance.code_alt", code=code)),
        paragraph(text("trainings_attendance.code_note", code=code)),
    ]
    actions = [
        link(text("trainings_attendance.code_screen"), screen),
        navigate(text("trainings_attendance.to_sheet"), "check_in", training=training.id),
        to_list(training),
    ]
    return Reply(card=card(body, actions), summary=summary(said))


def checked_in(done: CheckedIn) -> Reply:
    """The reader is marked as present."""
    key = "already" if done.already else "done"
    title = swedish.plain(done.training.title)
    said = text(f"trainings_attendance.{key}", title=title)
    body = [heading(said), paragraph(meeting_line(done.training, done.meeting))]
    body.append(paragraph(text("trainings_attendance.done_note")))
    mine = navigate(text("trainings.mine"), "my_trainings")
    return Reply(card=card(body, [mine]), summary=summary(said))


def noted(training: Training, meeting: int, by: Person) -> Reply:
    """The reader came without a seat, and can say that it is not so."""
    title = swedish.plain(training.title)
    said = text("trainings_attendance.noted", title=title)
    body = [
        heading(said),
        paragraph(meeting_line(training, meeting)),
        paragraph(text("trainings_attendance.noted_note", name=name(by.name))),
    ]
    about = {"training": training.id, "meeting": meeting + 1}
    actions = [
        act(text("trainings_attendance.was_not_there"), "was_not_there", **about),
        navigate(text("trainings.mine"), "my_trainings"),
    ]
    return Reply(card=card(body, actions), summary=summary(said))


def settled(words: str) -> Reply:
    """Why nobody was checked in, with a way on."""
    mine = navigate(text("trainings.mine"), "my_trainings")
    return Reply(card=card(paragraphs(words), [mine]), summary=summary(words))


def meeting_line(training: Training, meeting: int) -> str:
    """When it is; which one of several."""
    every = training.each_meeting
    one = every[meeting]
    times = {"moment": swedish.moment(one.starts_at), "end": swedish.clock_time(one.ends_at)}
    if len(every) == 1:
        return text("trainings_attendance.meeting_only", **times)
    return text("trainings_attendance.meeting", number=meeting + 1, count=len(every), **times)


def counts(sheet: Sheet) -> str:
    marked = {"present": sheet.present, "absent": sheet.absent, "unknown": sheet.unknown}
    said = text("trainings_attendance.counts", **marked)
    if not sheet.walk_ins:
        return said
    return f"{said} {text('trainings_attendance.walk_ins', count=sheet.walk_ins)}"


def _boxes(rows: Sequence[Attendee], places: Places) -> Element:
    choices = {str(one.person_id): _row(one, places) for one in rows}
    present = [str(one.person_id) for one in rows if one.mark is Mark.PRESENT]
    label = text("trainings_attendance.boxes")
    return choice_set("here", label, choices, present, isMultiSelect=True, style="expanded")


def _row(one: Attendee, places: Places) -> str:
    key = "row_absent" if one.mark is Mark.ABSENT else "row"
    key = "row_walk_in" if one.walk_in else key
    called = swedish.bare(one.name, LONGEST_NAME) or name("")
    where = municipality(one.municipality, places)
    return text(f"trainings_attendance.{key}", name=called, municipality=where)


def _history(changes: Sequence[MarkChange]) -> list[Element]:
    """Who marked this person when, the latest last."""
    if not changes:
        return []
    body = [bold(text("trainings_attendance.history"))]
    for one in changes[-MOST_CHANGES:]:
        key = "history_self" if one.by_oneself else "history_by"
        line = text(
            f"trainings_attendance.{key}",
            moment=swedish.moment(one.at),
            was=text(f"trainings_attendance.mark_{one.was.value}"),
            became=text(f"trainings_attendance.mark_{one.became.value}"),
            name=name(one.by),
            number=one.meeting + 1,
        )
        body.append(paragraph(line, spacing="none"))
    return body


def _search(typed: str) -> Element:
    return {
        "type": "Input.Text",
        "id": "name",
        "label": text("trainings_attendance.search_label"),
        "value": typed[:LONGEST_NAME],
        "maxLength": LONGEST_NAME,
    }


def _ways(sheet: Sheet, page: Page, rows: Sequence[Attendee]) -> list[Element]:
    """What can be done with the sheet; each can be typed too."""
    about = {"training": sheet.training.id, "meeting": sheet.meeting + 1}
    ways = []
    if rows:
        ticked = [one.person_id for one in rows if one.mark is Mark.PRESENT]
        kept = {"was": ticked, "first": page.first, "searched": page.asked.get("name", "")}
        ways.append(act(text("trainings_attendance.save"), "attendance_save", **about, **kept))
    ways.append(act(text("trainings_attendance.search"), "attendance_search", **about))
    ways.append(navigate(text("trainings_attendance.show_code"), "check_in_code", **about))
    if sheet.unknown and sheet.seated:
        ways.append(act(text("trainings_attendance.rest"), "attendance_rest", **about))
    if len(sheet.held) > 1:
        place = sheet.held.index(sheet.meeting)
        other = sheet.held[place - 1]
        label = text("trainings_attendance.other_meeting", number=other + 1)
        other_way = {"training": sheet.training.id, "meeting": other + 1}
        ways.append(navigate(label, "check_in", **other_way))
    return [*ways, to_list(sheet.training)]
