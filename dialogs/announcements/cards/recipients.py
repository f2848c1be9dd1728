"""Cards about an announcement's recipients: who is in which state, and who has acknowledged."""

from collections.abc import Sequence
from itertools import groupby

from dialogs.conversation import paging, swedish
from dialogs.conversation.card_parts import (
    Element,
    act,
    bold,
    card,
    heading,
    link,
    navigate,
    paragraph,
    small,
    summary,
)
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text
from knowledge.announcements.models import Announcement
from knowledge.follow_up.models import (
    ACKNOWLEDGED,
    ON_PAGE,
    Acknowledgements,
    Group,
    InMunicipality,
    Page,
    Recipient,
)

LIST = "list_recipients"
"""The dialog that turns the pages."""

_TOLD_BY_REASON = {
    ("failed", "not_found"),
    ("failed", "too_big"),
    ("failed", "gave_up"),
    ("blocked", "user"),
    ("blocked", "admin"),
    ("cancelled", "too_old"),
}
"""States of a message whose reason says more than the state."""


def reason(recipient: Recipient) -> str:
    """What became of the recipient's message, in plain words."""
    state, why = recipient.status.value, recipient.reason
    said = why if (state, why) in _TOLD_BY_REASON else state
    return text(f"announcements.follow.reason_{said}")


def failure(recipient: Recipient) -> str:
    """Who was not reached, and why."""
    return text("announcements.follow.failure", target=_who(recipient), reason=reason(recipient))


def missing(recipient: Recipient) -> str:
    """Where a correction or a withdrawal did not get, and why."""
    why = "no_id" if recipient.reason == "no_id" else recipient.status.value
    said = text(f"announcements.follow.missing_{why}")
    return text("announcements.follow.missing", target=_who(recipient), reason=said)


def _who(recipient: Recipient) -> str:
    who = swedish.plain(recipient.name) or text("announcements.follow.unnamed")
    return f"{who} ({recipient.municipality})" if recipient.municipality else who


def listing(announcement: Announcement, group: Group, page: Page) -> Reply:
    """A page of the recipients in one state, by municipality."""
    name = text(f"announcements.follow.figure_{group.value}")
    title = swedish.plain(announcement.heading)
    body = [heading(text("announcements.follow.list_heading", group=name, heading=title))]
    if not page.recipients:
        body.append(paragraph(text("announcements.follow.list_nobody")))
    with_reason = group is not Group.SENT
    for municipality, some in _by_municipality(page.recipients):
        body.append(bold(municipality))
        body += [paragraph(_told(one, with_reason), spacing="none") for one in some]
    here = in_list(announcement, group.value, page)
    body += paging.place_in_list(here)
    said = text("announcements.follow.list_summary", group=name, heading=title)
    actions = [_to_status(announcement)]
    return Reply(card=card(body, actions), summary=summary(said))


def acknowledgements(announcement: Announcement, found: Acknowledgements) -> Reply:
    """How many have acknowledged where, and a page of those who have not."""
    title = swedish.plain(announcement.heading)
    body = [heading(text("announcements.follow.acks_heading", heading=title))]
    body += [paragraph(line) for line in _overview(announcement, found)]
    body += _missing(found)
    here = in_list(announcement, ACKNOWLEDGED, found.missing)
    body += paging.place_in_list(here)
    actions = [_to_status(announcement)]
    if found.reminded:
        body.append(small(text("announcements.follow.acks_reminded")))
    elif found.missing.recipients:
        body.append(small(text("announcements.follow.remind_typed")))
        remind = text("announcements.follow.remind")
        actions.append(act(remind, "announce_remind", id=announcement.id))
    count, total = found.acknowledged, found.asked
    said = text("announcements.follow.acks_summary", heading=title, count=count, total=total)
    return Reply(card=card(body, actions), summary=summary(said))


def file(announcement: Announcement, url: str, minutes: int) -> Reply:
    """The way to the file with every recipient."""
    title = swedish.plain(announcement.heading)
    body = [
        heading(text("announcements.follow.file_heading", heading=title)),
        paragraph(text("announcements.follow.file_note", minutes=minutes)),
    ]
    actions = [link(text("announcements.follow.file_open"), url), _to_status(announcement)]
    said = text("announcements.follow.file_summary", heading=title)
    return Reply(card=card(body, actions), summary=summary(said))


def _overview(announcement: Announcement, found: Acknowledgements) -> list[str]:
    if not announcement.draft.acknowledge:
        return [text("announcements.follow.acks_none")]
    lines = [text("announcements.follow.acknowledged", count=found.acknowledged, total=found.asked)]
    if found.names:
        names = [swedish.plain(one) or text("announcements.follow.unnamed") for one in found.names]
        more = found.acknowledged + found.others - len(names)
        key = "acks_names_more" if more > 0 else "acks_names"
        lines.append(text(f"announcements.follow.{key}", names=swedish.joined(names), count=more))
    if found.others:
        lines.append(text("announcements.follow.acks_others", count=found.others))
    complete = sum(one.acknowledged == one.asked for one in found.by_municipality)
    if complete:
        lines.append(text("announcements.follow.acks_complete", count=complete))
    return lines


def _missing(found: Acknowledgements) -> list[Element]:
    """Who has not acknowledged, below how many have in their municipality."""
    places = {one.name: one for one in found.by_municipality}
    is_any = bool(found.missing.recipients)
    body = [paragraph(text("announcements.follow.acks_missing"))] if is_any else []
    for municipality, some in _by_municipality(found.missing.recipients):
        place = places.get(some[0].municipality, InMunicipality(municipality, len(some), 0))
        said = text(
            "announcements.follow.acks_place",
            municipality=municipality,
            count=place.acknowledged,
            total=place.asked,
        )
        body.append(bold(said))
        body += [paragraph(swedish.plain(one.name), spacing="none") for one in some]
    return body


def _by_municipality(recipients: Sequence[Recipient]) -> list[tuple[str, list[Recipient]]]:
    groups = groupby(recipients, key=lambda one: one.municipality)
    return [(name or "–", list(some)) for name, some in groups]


def _told(recipient: Recipient, with_reason: bool) -> str:
    name = swedish.plain(recipient.name) or text("announcements.follow.unnamed")
    if with_reason:
        return text("announcements.follow.failure", target=name, reason=reason(recipient))
    return name


def in_list(announcement: Announcement, shown: str, page: Page) -> paging.Page:
    """The page as one of a list that can be turned."""
    asked = {"id": str(announcement.id), "group": shown}
    return paging.Page(LIST, page.total, page.first, ON_PAGE, asked=asked)


def _to_status(announcement: Announcement) -> Element:
    return navigate(text("announcements.follow.show_status"), "announce_status", id=announcement.id)
