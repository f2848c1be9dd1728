"""Cards about announcements that have been sent: how it goes, and taking them back."""

from collections.abc import Sequence

from dialogs.announcements.cards.outcome import Picture
from dialogs.announcements.cards.recipients import failure, missing
from dialogs.conversation import swedish
from dialogs.conversation.card_parts import (
    Element,
    act,
    bold,
    card,
    group,
    heading,
    image,
    navigate,
    paragraph,
    rows,
    small,
    summary,
)
from dialogs.conversation.paging import Page, buttons, place_in_list
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text
from knowledge.announcements.models import Announcement, AnnouncementStatus
from knowledge.follow_up.models import ACKNOWLEDGED, Effects, Group, Report


def status(
    announcement: Announcement,
    report: Report,
    *,
    already: bool = False,
    effects: Effects | None = None,
    picture: Picture | None = None,
    waiting: Sequence[Element] = (),
) -> Reply:
    """Delivered and failed, per recipient with the reason, and what can be done now.

    `waiting` tells what a colleague must see before it is done, with a way to take that back.
    """
    title = swedish.plain(announcement.heading)
    body = [heading(text("announcements.follow.status_heading", heading=title))]
    body.append(paragraph(_state(announcement, report, already)))
    body += waiting
    if picture:
        body.append(image(picture.url, picture.description))
    body += _counts(announcement, report)
    body += [paragraph(line, spacing="none") for line in _effects(effects or Effects())]
    body += _failures(report)
    body += rows(*_again(announcement, report))
    body.append(small(text("announcements.follow.status_typed")))
    sent, total = report.count(Group.SENT), report.total
    said = text("announcements.follow.status_summary", heading=title, delivered=sent, total=total)
    return Reply(card=card(body, _ways_on(announcement, report)), summary=summary(said))


def ask_withdraw(announcement: Announcement) -> Reply:
    """Taking back cannot be undone: ask once."""
    title = swedish.plain(announcement.heading)
    said = text("announcements.follow.ask_withdraw", heading=title)
    body = [heading(said), paragraph(text("announcements.follow.ask_withdraw_note"))]
    id_ = announcement.id
    actions = [
        act(text("announcements.follow.yes_withdraw"), "announce_withdraw", id=id_),
        act(text("announcements.follow.no_withdraw"), "announce_status", id=id_),
    ]
    return Reply(card=card(body, actions), summary=summary(said))


def mine(page: Page, announcements: Sequence[Announcement]) -> Reply:
    """A page of the coordinator's own, each with a way in."""
    body = [heading(text("announcements.follow.mine_heading"))]
    actions: list[Element] = []
    for number, announcement in zip(page.numbers, announcements, strict=True):
        title = swedish.plain(announcement.heading)
        row = text("announcements.follow.mine_row", number=number, heading=title)
        body.append(group([bold(row), paragraph(_mine_state(announcement), spacing="none")]))
        is_draft = announcement.status is AnnouncementStatus.DRAFT
        key = "mine_open_draft" if is_draft else "mine_open"
        opens = "announce_status" if announcement.has_left else "announce_open"
        verb = "announce_change" if is_draft else opens
        words = text(f"announcements.follow.{key}", number=number)
        actions.append(act(words, verb, id=announcement.id))
    body += place_in_list(page)
    new = navigate(text("announcements.write.new"), "announce")
    said = text("announcements.follow.mine_summary", count=page.total)
    return Reply(card=card(body, buttons(page, actions, new)), summary=summary(said))


def _state(announcement: Announcement, report: Report, already: bool) -> str:
    if already:
        return text("announcements.follow.status_already")
    if announcement.status is AnnouncementStatus.PAUSED:
        return text("announcements.follow.status_paused")
    if announcement.status is AnnouncementStatus.WITHDRAWN:
        key = _withdrawn(report) if report.finished else "status_withdrawing"
    elif report.count(Group.WAITING):
        key = "status_sending"
    elif not report.finished:
        key = "status_correcting"
    else:
        is_stopped = announcement.status is AnnouncementStatus.CANCELLED
        key = "status_cancelled" if is_stopped else "status_done"
    return text(f"announcements.follow.{key}")


def _withdrawn(report: Report) -> str:
    if report.changes and not report.changed:
        return "status_not_withdrawn"
    return "status_partly_withdrawn" if report.not_changed else "status_withdrawn"


def _counts(announcement: Announcement, report: Report) -> list[Element]:
    """One line for each state, to tap for the names behind it."""
    shown = [one for one in Group if report.count(one) or one is Group.SENT]
    lines = [_count(announcement, report, one) for one in shown]
    if report.changes:
        withdrawn = announcement.status is AnnouncementStatus.WITHDRAWN
        key = "removed" if withdrawn else "corrected_count"
        changed, every = report.changed, sum(report.changes.values())
        said = text(f"announcements.follow.{key}", count=changed, total=every)
        lines[1:1] = [paragraph(line, spacing="small") for line in (said, *_missing(report))]
    if report.possibly_duplicated:
        said = text("announcements.follow.duplicated", count=report.possibly_duplicated)
        lines.append(paragraph(said, spacing="small"))
    if report.asked:
        said = text(
            "announcements.follow.acknowledged", count=report.acknowledged, total=report.asked
        )
        lines.append(_line(said, ACKNOWLEDGED, announcement))
    elif announcement.draft.acknowledge:
        lines.append(_line(text("announcements.follow.acks_asked"), ACKNOWLEDGED, announcement))
    return lines


def _count(announcement: Announcement, report: Report, group: Group) -> Element:
    key = "delivered" if group is Group.SENT else group.value
    said = text(f"announcements.follow.{key}", count=report.count(group), total=report.total)
    return _line(said, group.value, announcement)


def _line(said: str, shown: str, announcement: Announcement) -> Element:
    """A line to tap. Its name begins as the typed command and ends with what is seen."""
    title = text("announcements.follow.show", what=said[:1].lower() + said[1:])
    return {
        "type": "Container",
        "spacing": "small",
        "selectAction": navigate(title, "announce_list", id=announcement.id, group=shown),
        "items": [paragraph(said, color="accent")],
    }


def _effects(effects: Effects) -> list[str]:
    lines = []
    if effects.signups:
        lines.append(text("announcements.follow.signups", count=effects.signups))
    if effects.questions:
        lines.append(text("announcements.follow.questions_waiting", count=effects.questions))
    if effects.answered:
        lines.append(text("announcements.follow.questions_answered", count=effects.answered))
    return lines


def _missing(report: Report) -> list[str]:
    """Where a correction or a withdrawal did not get, by name and with the reason."""
    lines = [missing(one) for one in report.missing]
    left = report.not_changed - len(report.missing)
    return [*lines, text("announcements.follow.missing_more", count=left)] if left else lines


def _failures(report: Report) -> list[Element]:
    """The first that were not reached, with the reason, and how many more there are."""
    body = [paragraph(failure(one)) for one in report.failures]
    left = report.unreached - len(report.failures)
    if left:
        body.append(small(text("announcements.follow.failures_more", count=left)))
    return body


def _again(announcement: Announcement, report: Report) -> list[Element]:
    """What can be tried once more."""
    id_, found = announcement.id, []
    if announcement.status is AnnouncementStatus.SENT:
        if report.again:
            found.append(("resend_failed", "announce_resend_failed"))
        if report.count(Group.UNCERTAIN):
            found.append(("resend_uncertain", "announce_resend"))
    if report.unchanged:
        found.append(("retry_changes", "announce_retry"))
    return [act(text(f"announcements.follow.{key}"), verb, id=id_) for key, verb in found]


def _ways_on(announcement: Announcement, report: Report) -> list[Element]:
    id_ = announcement.id
    actions = [act(text("announcements.follow.refresh"), "announce_status", id=id_)]
    if announcement.status is AnnouncementStatus.PAUSED:
        actions.append(act(text("announcements.follow.resume"), "announce_resume", id=id_))
    elif announcement.status is AnnouncementStatus.SENT and report.count(Group.WAITING):
        actions.append(act(text("announcements.follow.pause"), "announce_pause", id=id_))
    if len(actions) > 1:
        actions.append(act(text("announcements.follow.stop"), "announce_stop", id=id_))
    if announcement.status is not AnnouncementStatus.WITHDRAWN:
        actions.append(act(text("announcements.write.correct"), "announce_edit", id=id_))
        withdraw = text("announcements.follow.withdraw")
        actions.append(act(withdraw, "announce_ask_withdraw", id=id_))
    actions.append(navigate(text("announcements.follow.excel"), "announce_file", id=id_))
    if len(actions) < 6:
        actions.append(navigate(text("announcements.write.new"), "announce"))
    return actions


def _mine_state(announcement: Announcement) -> str:
    if announcement.status is AnnouncementStatus.SENT and announcement.sent_at:
        moment = swedish.moment(announcement.sent_at)
        return text("announcements.follow.mine_state_sent", moment=moment)
    if announcement.status is AnnouncementStatus.SCHEDULED and announcement.draft.send_at:
        moment = swedish.moment(announcement.draft.send_at)
        return text("announcements.follow.mine_state_scheduled", moment=moment)
    return text(f"announcements.follow.mine_state_{announcement.status.value}")
