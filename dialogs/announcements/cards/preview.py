"""An announcement before it is sent: how it looks, whom it reaches and when."""

from dialogs.announcements.cards import audience
from dialogs.announcements.cards.post import looks
from dialogs.announcements.facts import Facts
from dialogs.conversation import swedish
from dialogs.conversation.card_parts import (
    Element,
    act,
    bold,
    card,
    heading,
    notice,
    paragraph,
    small,
    summary,
)
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text
from knowledge.announcements.models import Announcement, Draft
from knowledge.announcements.reach import Reach


def preview(
    announcement: Announcement,
    reach: Reach,
    facts: Facts,
    *,
    confirm: int = 0,
    needs_approval: bool = False,
    note: str = "",
) -> Reply:
    """Exactly how it will look, whom it reaches and when.

    `confirm` is the number that must be written before it is sent, 0 for none. `note` is what
    came of the last tap.
    """
    draft, id_ = announcement.draft, announcement.id
    body = [heading(text("announcements.write.preview_heading"))]
    if note:
        body.append(notice(note, "warning"))
    body.append(looks(draft, facts.places.board_of(draft.county), facts.attached))
    body += audience.reaches(id_, draft.audience, reach, facts)
    body += asks(draft) + when(draft)
    if needs_approval:
        body.append(paragraph(text("announcements.write.needs_approval")))
    if confirm:
        body.append(_confirmation(confirm))
    body.append(small(typed(reach.total)))
    send = "schedule" if draft.send_at else "send"
    about = {"id": id_, "version": announcement.version}
    actions = [act(text(f"announcements.write.{send}"), "announce_send", **about)]
    if not reach.total:
        actions = []
    for title in ("change", "test", "save_template", "delete", "cancel"):
        verb = f"announce_{title}"
        actions.append(act(text(f"announcements.write.{title}"), verb, id=id_))
    said = text("announcements.write.preview_summary", heading=swedish.plain(draft.words.heading))
    return Reply(card=card(body, actions), summary=summary(said))


def ask_delete(announcement: Announcement) -> Reply:
    """What is deleted does not come back: ask once."""
    title = swedish.plain(announcement.heading)
    said = text("announcements.write.ask_delete", heading=title)
    body = [heading(said), paragraph(text("announcements.write.ask_delete_note"))]
    id_ = announcement.id
    actions = [
        act(text("announcements.write.yes_delete"), "announce_do_delete", id=id_),
        act(text("announcements.write.no_delete"), "announce_keep", id=id_),
    ]
    return Reply(card=card(body, actions), summary=summary(said))


def when(draft: Draft) -> list[Element]:
    """The line that tells its time, when it has one."""
    if draft.send_at is None:
        return []
    moment = swedish.moment(draft.send_at)
    return [bold(text("announcements.write.sent_later", moment=moment))]


def asks(draft: Draft) -> list[Element]:
    """The line that tells that readers are asked to acknowledge."""
    return [small(text("announcements.write.asks"))] if draft.acknowledge else []


def typed(recipients: int) -> str:
    """What can be written: to send it only where it reaches somebody."""
    return text(f"announcements.write.preview_{'typed' if recipients else 'typed_nobody'}")


def again(recipients: int) -> str:
    """The same when what was written was none of it."""
    return text(f"announcements.write.preview_{'again' if recipients else 'again_nobody'}")


def _confirmation(recipients: int) -> Element:
    return {
        "type": "Input.Text",
        "id": "recipients",
        "label": text("announcements.write.confirm", count=recipients),
        "maxLength": 9,
    }
