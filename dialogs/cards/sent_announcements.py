"""Cards about announcements that have been sent: how it goes, and taking them back."""

from collections.abc import Sequence

from dialogs import swedish
from dialogs.cards.parts import (
    Element,
    act,
    bold,
    card,
    group,
    heading,
    navigate,
    paragraph,
    small,
    summary,
)
from dialogs.talk import Reply
from dialogs.texts import text
from knowledge.announcements.models import Announcement, AnnouncementStatus, Failure, Report
from knowledge.storage.outbox_models import Status
from knowledge.storage.outbox_waiting import TOO_OLD

MOST_FAILURES = 5

REASONS = {
    Status.NOT_INSTALLED: "publish_announcement.reason_not_installed",
    Status.BLOCKED: "publish_announcement.reason_blocked",
    Status.FAILED: "publish_announcement.reason_failed",
    Status.UNCERTAIN: "publish_announcement.reason_uncertain",
    Status.CANCELLED: "publish_announcement.reason_cancelled",
}


def status(announcement: Announcement, report: Report, *, already: bool = False) -> Reply:
    """Delivered and failed, per recipient with the reason, and what can be done now."""
    title = swedish.plain(announcement.draft.heading)
    body = [heading(text("publish_announcement.status_heading", heading=title))]
    body.append(paragraph(_state(announcement, report, already)))
    withdrawn = announcement.status is AnnouncementStatus.WITHDRAWN
    counts = _counts(report, withdrawn=withdrawn)
    body += [paragraph(line, spacing="none") for line in counts]
    body += [paragraph(_failure(failure)) for failure in report.failures[:MOST_FAILURES]]
    if len(report.failures) > MOST_FAILURES:
        left = len(report.failures) - MOST_FAILURES
        body.append(small(text("publish_announcement.failures_more", count=left)))
    body.append(small(text("publish_announcement.status_typed")))
    said = text(
        "publish_announcement.status_summary",
        heading=title,
        delivered=report.counts.get(Status.SENT, 0),
        total=report.total,
    )
    return Reply(card=card(body, _ways_on(announcement, report)), summary=summary(said))


def ask_withdraw(announcement: Announcement) -> Reply:
    """Taking back cannot be undone: ask once."""
    title = swedish.plain(announcement.draft.heading)
    said = text("publish_announcement.ask_withdraw", heading=title)
    body = [heading(said), paragraph(text("publish_announcement.ask_withdraw_note"))]
    id_ = announcement.id
    actions = [
        act(text("publish_announcement.yes_withdraw"), "announce_withdraw", id=id_),
        act(text("publish_announcement.no_withdraw"), "announce_status", id=id_),
    ]
    return Reply(card=card(body, actions), summary=summary(said))


def mine(announcements: Sequence[Announcement]) -> Reply:
    """The coordinator's latest, each with a way in."""
    body = [heading(text("publish_announcement.mine_heading"))]
    actions: list[Element] = []
    for number, announcement in enumerate(announcements, start=1):
        title = swedish.plain(announcement.draft.heading)
        row = text("publish_announcement.mine_row", number=number, heading=title)
        body.append(group([bold(row), paragraph(_mine_state(announcement), spacing="none")]))
        is_draft = announcement.status is AnnouncementStatus.DRAFT
        key = "mine_open_draft" if is_draft else "mine_open"
        opens = "announce_status" if announcement.has_left else "announce_open"
        verb = "announce_change" if is_draft else opens
        words = text(f"publish_announcement.{key}", number=number)
        actions.append(act(words, verb, id=announcement.id))
    actions.append(navigate(text("publish_announcement.new"), "announce"))
    said = text("publish_announcement.mine_summary", count=len(announcements))
    return Reply(card=card(body, actions), summary=summary(said))


def _state(announcement: Announcement, report: Report, already: bool) -> str:
    if already:
        return text("publish_announcement.status_already")
    if announcement.status is AnnouncementStatus.WITHDRAWN:
        return text("publish_announcement.status_withdrawn")
    key = "status_done" if report.finished else "status_sending"
    return text(f"publish_announcement.{key}")


def _counts(report: Report, *, withdrawn: bool) -> list[str]:
    counts = report.counts
    sent = counts.get(Status.SENT, 0)
    waiting = counts.get(Status.PENDING, 0) + counts.get(Status.SENDING, 0)
    uncertain = counts.get(Status.UNCERTAIN, 0)
    failed = report.total - sent - waiting - uncertain
    lines = [text("publish_announcement.delivered", count=sent, total=report.total)]
    if report.changes:
        key = "removed" if withdrawn else "corrected_count"
        changed, every = report.changes.get(Status.SENT, 0), sum(report.changes.values())
        lines.append(text(f"publish_announcement.{key}", count=changed, total=every))
    if waiting:
        lines.append(text("publish_announcement.waiting", count=waiting))
    if failed:
        lines.append(text("publish_announcement.failed", count=failed))
    if uncertain:
        lines.append(text("publish_announcement.uncertain", count=uncertain))
    return lines


def _failure(failure: Failure) -> str:
    who = swedish.plain(failure.target_name)
    if failure.municipality:
        who = f"{who} ({failure.municipality})"
    key = "publish_announcement.reason_too_old" if failure.reason == TOO_OLD else ""
    reason = text(key or REASONS[failure.status])
    return text("publish_announcement.failure", target=who, reason=reason)


def _ways_on(announcement: Announcement, report: Report) -> list[Element]:
    id_ = announcement.id
    actions = [act(text("publish_announcement.refresh"), "announce_status", id=id_)]
    if announcement.status is AnnouncementStatus.SENT:
        actions.append(act(text("publish_announcement.correct"), "announce_edit", id=id_))
        withdraw = text("publish_announcement.withdraw")
        actions.append(act(withdraw, "announce_ask_withdraw", id=id_))
        if report.counts.get(Status.UNCERTAIN, 0):
            title = text("publish_announcement.resend_uncertain")
            actions.append(act(title, "announce_resend", id=id_))
    actions.append(navigate(text("publish_announcement.new"), "announce"))
    return actions


def _mine_state(announcement: Announcement) -> str:
    if announcement.status is AnnouncementStatus.SENT and announcement.sent_at:
        moment = swedish.moment(announcement.sent_at)
        return text("publish_announcement.mine_state_sent", moment=moment)
    if announcement.status is AnnouncementStatus.SCHEDULED and announcement.draft.send_at:
        moment = swedish.moment(announcement.draft.send_at)
        return text("publish_announcement.mine_state_scheduled", moment=moment)
    return text(f"publish_announcement.mine_state_{announcement.status.value}")
