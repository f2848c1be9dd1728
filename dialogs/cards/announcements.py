"""Cards for writing an announcement, and the announcement itself as it is posted."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from dialogs import swedish
from dialogs.announcement_facts import Facts
from dialogs.cards import announcement_fields, audience
from dialogs.cards.parts import (
    Element,
    act,
    bold,
    card,
    group,
    heading,
    link,
    navigate,
    notice,
    paragraph,
    paragraphs,
    rows,
    small,
    summary,
)
from dialogs.cards.trainings import attached
from dialogs.offered import Offered
from dialogs.talk import Reply
from dialogs.texts import text
from knowledge.announcements.models import Announcement, Draft
from knowledge.announcements.reach import Reach
from knowledge.trainings.models import Training, TrainingStatus


def post(
    draft: Draft,
    board: str,
    *,
    training: Training | None = None,
    announcement_id: int = 0,
    corrected: str = "",
    tested: bool = False,
) -> Reply:
    """The announcement as it appears in channels and chats.

    Without an id the buttons do nothing but tell so; `tested` says at the top that it is a test.
    """
    body = _body(draft, board, training, corrected)
    if tested:
        body.insert(0, notice(text("publish_announcement.test_notice"), "warning"))
    said = text(
        "publish_announcement.post_summary", board=board, heading=swedish.plain(draft.heading)
    )
    buttons = _buttons(draft, training, announcement_id)
    beside = [] if _are_wide(buttons) else buttons
    return Reply(card=card([*body, *_below(buttons)], beside), summary=summary(said))


def looks(draft: Draft, board: str, training: Training | None) -> Element:
    """The announcement inside another card, exactly as it will look."""
    shown, buttons = _body(draft, board, training), _buttons(draft, training, 0)
    if not _are_wide(buttons):
        shown.append({"type": "ActionSet", "actions": buttons})
    return group([*shown, *_below(buttons)], style="emphasis")


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
    body = [heading(text(f"publish_announcement.{title}"))]
    if faults:
        body.append(announcement_fields.wrong(faults, draft, too_long))
    body += announcement_fields.words(draft)
    if not correcting:
        body += announcement_fields.extras(draft, offered.attachable)
        body += audience.recipients(draft, offered)
        body += announcement_fields.moment(draft)
        body.append(small(text("publish_announcement.form_typed")))
    verb = "announce_correct" if correcting else "announce_preview"
    title = "correct" if correcting else "preview"
    action = act(text(f"publish_announcement.{title}"), verb, id=announcement_id, token=token)
    return Reply(
        card=card(body, [action]), summary=summary(text("publish_announcement.form_summary"))
    )


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
    body = [heading(text("publish_announcement.preview_heading"))]
    if note:
        body.append(notice(note, "warning"))
    body.append(looks(draft, facts.places.board_of(draft.county), facts.attached))
    body += audience.reaches(id_, draft.audience, reach, facts)
    body += when(draft)
    if needs_approval:
        body.append(paragraph(text("publish_announcement.needs_approval")))
    if confirm:
        body.append(_confirmation(confirm))
    body.append(small(text("publish_announcement.preview_typed")))
    send = "schedule" if draft.send_at else "send"
    about = {"id": id_, "version": announcement.version}
    actions = [act(text(f"publish_announcement.{send}"), "announce_send", **about)]
    if not reach.total:
        actions = []
    for title in ("change", "test", "save_template", "delete", "cancel"):
        verb = f"announce_{title}"
        actions.append(act(text(f"publish_announcement.{title}"), verb, id=id_))
    said = text("publish_announcement.preview_summary", heading=swedish.plain(draft.heading))
    return Reply(card=card(body, actions), summary=summary(said))


def ask_delete(announcement: Announcement) -> Reply:
    """What is deleted does not come back: ask once."""
    title = swedish.plain(announcement.draft.heading)
    said = text("publish_announcement.ask_delete", heading=title)
    body = [heading(said), paragraph(text("publish_announcement.ask_delete_note"))]
    id_ = announcement.id
    actions = [
        act(text("publish_announcement.yes_delete"), "announce_do_delete", id=id_),
        act(text("publish_announcement.no_delete"), "announce_keep", id=id_),
    ]
    return Reply(card=card(body, actions), summary=summary(said))


def when(draft: Draft) -> list[Element]:
    """The line that tells its time, when it has one."""
    if draft.send_at is None:
        return []
    moment = swedish.moment(draft.send_at)
    return [bold(text("publish_announcement.sent_later", moment=moment))]


def _body(
    draft: Draft, board: str, training: Training | None, corrected: str = ""
) -> list[Element]:
    body = [heading(swedish.plain(draft.heading))]
    if draft.picture:
        alt = swedish.bare(draft.picture_alt)
        body.append({"type": "Image", "url": draft.picture, "altText": alt})
    body += paragraphs(swedish.safe_markdown(draft.text))
    if training:
        body.append(attached(training))
    body.append(small(text("publish_announcement.from_board", board=board)))
    if corrected:
        body.append(small(text("publish_announcement.corrected", moment=corrected)))
    if draft.link:
        host = (urlsplit(draft.link).hostname or "").removeprefix("www.")
        body.append(small(text("publish_announcement.link_leads_to", host=host)))
    footer = "post_footer_acknowledge" if draft.acknowledge else "post_footer"
    body.append(small(text(f"publish_announcement.{footer}")))
    return body


def _buttons(draft: Draft, training: Training | None, announcement_id: int) -> list[Element]:
    actions = []
    if draft.link:
        title = swedish.bare(draft.link_title) or text("publish_announcement.open_link")
        actions.append(link(title, draft.link))
    if training and training.status is TrainingStatus.OPEN:
        about = {"training": training.id}
        actions.append(_button("sign_up", "sign_up", announcement_id, about))
    if draft.acknowledge:
        actions.append(_button("acknowledged", "acknowledge", announcement_id, {}))
    ask = text("ask_author.ask")
    if announcement_id:
        return [*actions, navigate(ask, "ask_author", id=announcement_id)]
    return [*actions, act(ask, "announce_tested")]


def _are_wide(buttons: Sequence[Element]) -> bool:
    """A name as long as a link's may be is cut on a phone, beside another button."""
    return len(buttons) > 1


def _below(buttons: Sequence[Element]) -> list[Element]:
    """Buttons that do not fit beside each other, one to a row."""
    return rows(*buttons) if _are_wide(buttons) else []


def _button(title: str, verb: str, announcement_id: int, about: dict[str, int]) -> Element:
    words = text(f"publish_announcement.{title}")
    if not announcement_id:
        return act(words, "announce_tested")
    return act(words, verb, announcement=announcement_id, **about)


def _confirmation(recipients: int) -> Element:
    return {
        "type": "Input.Text",
        "id": "recipients",
        "label": text("publish_announcement.confirm", count=recipients),
        "maxLength": 9,
    }
