"""Cards for writing an announcement, and the announcement itself as it is posted."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from dialogs import swedish
from dialogs.cards import audience
from dialogs.cards.parts import (
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
    rows,
    small,
    summary,
)
from dialogs.offered import Offered
from dialogs.talk import Reply
from dialogs.texts import text
from knowledge.announcements.models import LONGEST_LINK_TITLE, Announcement, Draft
from knowledge.announcements.reach import Reach


def post(draft: Draft, board: str, *, id: int, corrected: str = "") -> Reply:
    """The announcement as it appears in channels and chats."""
    actions = []
    if draft.link:
        title = swedish.bare(draft.link_title) or text("publish_announcement.open_link")
        actions.append(link(title, draft.link))
    said = text(
        "publish_announcement.post_summary", board=board, heading=swedish.plain(draft.heading)
    )
    return Reply(card=card(_post_body(draft, board, id, corrected), actions), summary=summary(said))


def form(
    draft: Draft | None,
    offered: Offered,
    *,
    faults: Sequence[str] = (),
    announcement_id: int = 0,
    token: str = "",
    correcting: bool = False,
) -> Reply:
    """One form for everything. A correction leaves the recipients as they were."""
    title = "correct_heading" if correcting else "form_heading"
    body = [heading(text(f"publish_announcement.{title}"))]
    if faults:
        wrong = text("publish_announcement.something_wrong")
        body.append(
            group([bold(wrong), *(paragraph(_fault(f)) for f in faults)], style="attention")
        )
    body += _words(draft)
    if not correcting:
        body += audience.recipients(draft, offered)
        body.append(small(text("publish_announcement.form_typed")))
    verb = "announce_correct" if correcting else "announce_preview"
    data = {"id": announcement_id, "token": token}
    action = act(text("publish_announcement.preview"), verb, **data)
    if correcting:
        action = act(text("publish_announcement.correct"), verb, **data)
    return Reply(
        card=card(body, [action]), summary=summary(text("publish_announcement.form_summary"))
    )


def preview(announcement: Announcement, reach: Reach, offered: Offered) -> Reply:
    """Exactly how it will look, and whom it reaches."""
    draft = announcement.draft
    id_ = announcement.id
    looks = _post_body(draft, offered.places.board_of(draft.county), id_)
    if draft.link:
        title = swedish.bare(draft.link_title) or text("publish_announcement.open_link")
        looks.append({"type": "ActionSet", "actions": [link(title, draft.link)]})
    body = [
        heading(text("publish_announcement.preview_heading")),
        group(looks, style="emphasis"),
        *audience.reaches(id_, draft.audience, reach, offered),
        small(text("publish_announcement.preview_typed")),
    ]
    actions = [act(text("publish_announcement.send"), "announce_send", id=id_)]
    if not reach.total:
        actions = []
    actions.append(act(text("publish_announcement.change"), "announce_change", id=id_))
    actions.append(act(text("publish_announcement.cancel"), "announce_cancel", id=id_))
    said = text("publish_announcement.preview_summary", heading=swedish.plain(draft.heading))
    return Reply(card=card(body, actions), summary=summary(said))


def _post_body(draft: Draft, board: str, id_: int, corrected: str = "") -> list[Element]:
    body = [
        heading(swedish.plain(draft.heading)),
        *paragraphs(swedish.safe_markdown(draft.text)),
        small(text("publish_announcement.from_board", board=board)),
    ]
    if corrected:
        body.append(small(text("publish_announcement.corrected", moment=corrected)))
    if draft.link:
        host = (urlsplit(draft.link).hostname or "").removeprefix("www.")
        body.append(small(text("publish_announcement.link_leads_to", host=host)))
    body.append(small(text("publish_announcement.post_footer")))
    # On a row of its own, because a link's name may be too long to share one.
    return body + rows(navigate(text("ask_author.ask"), "ask_author", id=id_))


def _fault(fault: str) -> str:
    keys = {
        "heading": "publish_announcement.heading_error",
        "text": "publish_announcement.body_error",
        "link": "publish_announcement.link_error",
        "recipients": "publish_announcement.reach_error",
        "audience": "publish_announcement.audience_error",
        "theme": "audience.theme_error",
        "position": "audience.position_error",
        "training": "audience.training_error",
    }
    return text(keys[fault])


def _words(draft: Draft | None) -> list[Element]:
    """The fields for what is said. Never marked required: the bot's own check keeps the input."""
    return [
        _field("heading", "heading", draft.heading if draft else "", maxLength=100),
        _field("text", "body", draft.text if draft else "", maxLength=4000, isMultiline=True),
        _field("link", "link", draft.link if draft else "", maxLength=1000, style="url"),
        _field(
            "link_title",
            "link_title",
            draft.link_title if draft else "",
            maxLength=LONGEST_LINK_TITLE,
        ),
    ]


def _field(id_: str, label: str, value: str, **more: object) -> Element:
    return {
        "type": "Input.Text",
        "id": id_,
        "label": text(f"publish_announcement.{label}"),
        "value": value,
        **more,
    }
