"""Cards about announcements that have not left: waiting for their time, or for a colleague."""

from dialogs.announcements.cards import audience
from dialogs.announcements.cards.post import looks
from dialogs.announcements.cards.preview import asks, when
from dialogs.announcements.facts import Facts
from dialogs.conversation import swedish
from dialogs.conversation.card_parts import (
    Element,
    act,
    card,
    group,
    heading,
    notice,
    paragraph,
    small,
    summary,
)
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text
from dialogs.conversation.written import written
from knowledge.announcements.models import Announcement, AnnouncementStatus
from knowledge.announcements.reach import Reach
from knowledge.announcements.wording import Decision

LONGEST_REASON = 300


def waiting(
    announcement: Announcement,
    reach: Reach,
    facts: Facts,
    *,
    approvers: int = 0,
    note: str = "",
) -> Reply:
    """What its author sees: what it waits for, how it will look, and ways to stop it.

    `approvers` is how many colleagues were asked, where it waits for one of them. `note` is what
    came of the last tap.
    """
    draft, id_, places = announcement.draft, announcement.id, facts.places
    title = swedish.plain(announcement.heading)
    said = text(f"announcements.approve.{announcement.status.value}", heading=title)
    body = [heading(said), *when(draft)]
    if note:
        body.append(notice(note, "good"))
    actions = [
        act(text("announcements.write.change"), "announce_change", id=id_),
        act(text("announcements.write.test"), "announce_test", id=id_),
    ]
    if announcement.status is AnnouncementStatus.WAITING_APPROVAL:
        key = "asked" if approvers else "asked_nobody"
        body.append(paragraph(_asked(key, places.name_of(draft.county), approvers)))
        take_back = text("announcements.approve.take_back")
        body.append(small(text("announcements.approve.waiting_typed")))
    else:
        now = text("announcements.approve.send_now")
        actions.insert(0, act(now, "announce_send_now", id=id_))
        take_back = text("announcements.approve.call_off")
        body.append(small(text("announcements.approve.scheduled_typed")))
    actions.append(act(take_back, "announce_take_back", id=id_))
    body += [looks(draft, places.board_of(draft.county), facts.attached)]
    body += [*audience.reaches(id_, draft.audience, reach, facts), *asks(draft)]
    return Reply(card=card(body, actions), summary=summary(said))


def present(announcement: Announcement) -> Reply:
    """In place of an older card, when it is not as that card says."""
    status, title = announcement.status, swedish.plain(announcement.heading)
    said = text(f"announcements.approve.{status.value}", heading=title)
    body = [heading(said), *when(announcement.draft)]
    if status is not AnnouncementStatus.WAITING_APPROVAL:
        body.append(paragraph(text(f"announcements.approve.after_{status.value}")))
    button = act(text("announcements.write.show"), "announce_open", id=announcement.id)
    return Reply(card=card(body, [button]), summary=summary(said))


def approval(announcement: Announcement, reach: Reach, facts: Facts) -> Reply:
    """What a colleague needs to say yes or no; a no wants a reason."""
    draft = announcement.draft
    author = swedish.plain(announcement.author_name)
    fields, actions = verdict(id=announcement.id, version=announcement.version)
    said = text("announcements.approve.question", author=author)
    body: list[Element] = [
        heading(said),
        paragraph(text("announcements.approve.why")),
        looks(draft, facts.places.board_of(draft.county), facts.attached),
        *audience.reaches(announcement.id, draft.audience, reach, facts),
        *asks(draft),
        *(when(draft) or [paragraph(text("announcements.approve.at_once"))]),
        *fields,
    ]
    return Reply(card=card(body, actions), summary=summary(said))


def verdict(**about: int) -> tuple[list[Element], list[Element]]:
    """The field for a reason, and the buttons for yes and no."""
    fields: list[Element] = [
        {
            "type": "Input.Text",
            "id": "reason",
            "label": text("announcements.approve.reason"),
            "maxLength": LONGEST_REASON,
            "isMultiline": True,
        },
        small(text("announcements.approve.typed")),
    ]
    actions = [
        act(text("announcements.approve.approve"), "announce_approve", **about),
        act(text("announcements.approve.decline"), "announce_decline", **about),
    ]
    return fields, actions


def news(announcement: Announcement, decision: Decision, by: str = "", reason: str = "") -> Reply:
    """What has become of it, for its author."""
    title = swedish.plain(announcement.heading)
    said = text(f"announcements.approve.news_{decision.value}", heading=title, by=swedish.plain(by))
    body = [heading(said)]
    if reason:
        body.append(group(written(reason, as_markdown=False), style="emphasis"))
    after = "sent" if announcement.has_left else announcement.status.value
    body.append(paragraph(text(f"announcements.approve.after_{after}")))
    if announcement.status is AnnouncementStatus.SCHEDULED:
        body += when(announcement.draft)
    verb = "announce_change" if announcement.status is AnnouncementStatus.DRAFT else "announce_open"
    key = "change" if verb == "announce_change" else "show"
    button = act(text(f"announcements.write.{key}"), verb, id=announcement.id)
    return Reply(card=card(body, [button]), summary=summary(said))


def _asked(key: str, county: str, approvers: int) -> str:
    return text(f"announcements.approve.{key}", county=county, count=approvers)
