"""The announcement itself, as it is posted and as it is shown inside other cards."""

from collections.abc import Sequence

from dialogs.conversation import swedish
from dialogs.conversation.card_parts import (
    Element,
    act,
    card,
    group,
    heading,
    link,
    navigate,
    notice,
    rows,
    small,
    summary,
)
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text
from dialogs.conversation.written import written
from dialogs.trainings.cards import attached
from knowledge import addresses
from knowledge.announcements.models import Draft
from knowledge.announcements.words import Link
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
        body.insert(0, notice(text("announcements.write.test_notice"), "warning"))
    said = text(
        "announcements.write.post_summary", board=board, heading=swedish.plain(draft.words.heading)
    )
    buttons = _buttons(draft, training, announcement_id)
    beside = [] if _are_wide(buttons) else buttons
    return Reply(card=card([*body, *_below(buttons)], beside), summary=summary(said))


def reads(draft: Draft, board: str, training: Training | None) -> Element:
    """What it says, without its buttons."""
    return group(_body(draft, board, training), style="emphasis")


def looks(draft: Draft, board: str, training: Training | None) -> Element:
    """The announcement inside another card, exactly as it will look."""
    shown, buttons = _body(draft, board, training), _buttons(draft, training, 0)
    if not _are_wide(buttons):
        shown.append({"type": "ActionSet", "actions": buttons})
    return group([*shown, *_below(buttons)], style="emphasis")


def _body(
    draft: Draft, board: str, training: Training | None, corrected: str = ""
) -> list[Element]:
    words = draft.words
    body = [heading(swedish.plain(words.heading))]
    if words.picture_address:
        alt = swedish.bare(words.picture_alt)
        body.append({"type": "Image", "url": words.picture_address, "altText": alt})
    body += written(words.text)
    if training:
        body.append(attached(training))
    body.append(small(text("announcements.write.from_board", board=board)))
    if corrected:
        body.append(small(text("announcements.write.corrected", moment=corrected)))
    body += [small(_leads_to(words.links, number)) for number in range(len(words.links))]
    footer = "post_footer_acknowledge" if draft.acknowledge else "post_footer"
    body.append(small(text(f"announcements.write.{footer}")))
    return body


def _buttons(draft: Draft, training: Training | None, announcement_id: int) -> list[Element]:
    links = draft.words.links
    actions = [
        link(swedish.bare(one.title) or _unnamed(links, number), one.address)
        for number, one in enumerate(links)
        if one.address
    ]
    if training and training.status is TrainingStatus.OPEN:
        about = {"training": training.id, "sequence": training.sequence}
        actions.append(_button("sign_up", "sign_up", announcement_id, about))
    if draft.acknowledge:
        actions.append(_button("acknowledged", "acknowledge", announcement_id, {}))
    ask = text("enquiries.ask")
    if announcement_id:
        return [*actions, navigate(ask, "ask_author", id=announcement_id)]
    return [*actions, act(ask, "announce_tested")]


def _leads_to(links: Sequence[Link], number: int) -> str:
    """The line that tells where a button leads; of several it names which."""
    host = addresses.host_of(links[number].url)
    if len(links) == 1:
        return text("announcements.write.link_leads_to", host=host)
    name = swedish.plain(links[number].title) or _unnamed(links, number)
    return text("announcements.write.named_link_leads_to", name=name, host=host)


def _unnamed(links: Sequence[Link], number: int) -> str:
    if len(links) == 1:
        return text("announcements.write.open_link")
    return text("announcements.write.open_link_number", number=number + 1)


def _are_wide(buttons: Sequence[Element]) -> bool:
    """A name as long as a link's may be is cut on a phone, beside another button."""
    return len(buttons) > 1


def _below(buttons: Sequence[Element]) -> list[Element]:
    """Buttons that do not fit beside each other, one to a row."""
    return rows(*buttons) if _are_wide(buttons) else []


def _button(title: str, verb: str, announcement_id: int, about: dict[str, int]) -> Element:
    words = text(f"announcements.write.{title}")
    if not announcement_id:
        return act(words, "announce_tested")
    return act(words, verb, announcement=announcement_id, **about)
