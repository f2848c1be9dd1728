"""Whether what waits, or what has left, is to be changed: how it will be, before it is so."""

from collections.abc import Sequence
from dataclasses import replace

from dialogs.announcements.cards.post import looks
from dialogs.announcements.cards.proposal import changed_words
from dialogs.announcements.facts import Facts
from dialogs.conversation import swedish
from dialogs.conversation.card_parts import (
    Element,
    act,
    bold,
    card,
    heading,
    paragraph,
    small,
    summary,
)
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text
from knowledge.announcements.models import Announcement, Draft
from knowledge.directory.places import Places

BESIDE = ("audience", "training_id", "acknowledge", "send_at")


def changed(before: Draft, after: Draft, places: Places, left: Sequence[str] = ()) -> str:
    """What is changed in a draft, to whom it goes where that is, and what was said and `left`."""
    after = after.tidy()
    names = _changed(before, after)
    said = [text("announcements.spoken.unchanged")]
    if names:
        said = [text("announcements.spoken.changed", fields=swedish.joined(names))]
    if before.audience.places != after.audience.places:
        said.append(text("announcements.spoken.goes_to", places=whom(after, places)))
    if left:
        said.append(not_done(left))
    return " ".join(said)


def not_done(left: Sequence[str]) -> str:
    """What was asked for beside something else, and was not surely understood."""
    quoted = swedish.joined([f"”{swedish.plain(one, 60)}”" for one in left])
    return text("announcements.spoken.not_done", said=quoted)


def whom(draft: Draft, places: Places) -> str:
    """The places that a draft goes to."""
    return swedish.joined([places.name_of(code) for code in draft.audience.places])


def whether_to_change(known: Announcement, after: Draft, facts: Facts) -> Reply:
    """Of what waits: a change of its time alone is told in one sentence."""
    before, title = known.draft, swedish.plain(known.heading)
    moment = swedish.moment(after.send_at) if after.send_at else ""
    if replace(before, send_at=after.send_at) == after.tidy():
        said = text("announcements.spoken.ask_move", heading=title, moment=moment)
        shown: list[Element] = []
    else:
        names = swedish.joined(_changed(before, after.tidy()))
        said = text("announcements.spoken.ask_change", fields=names, heading=title)
        shown = [
            looks(after, facts.places.board_of(after.county), facts.attached),
            paragraph(text("announcements.spoken.goes_to", places=whom(after, facts.places))),
        ]
    if before.send_at:
        stands = swedish.moment(before.send_at)
        shown.append(small(text("announcements.spoken.until_then", moment=stands)))
    actions = [
        act(text("announcements.spoken.yes_change"), "announce_yes_change", id=known.id),
        act(text("announcements.spoken.let_be"), "announce_no_change", id=known.id),
    ]
    return _whether(said, shown, actions)


def whether_to_correct(known: Announcement, after: Draft, facts: Facts) -> Reply:
    """Of what has left: how it will look everywhere."""
    names = swedish.joined(changed_words(known.draft.words, after.words))
    title = swedish.plain(known.heading)
    said = text("announcements.spoken.ask_correct", heading=title)
    shown = [
        paragraph(text("announcements.approve.changed", fields=names)),
        bold(text("announcements.approve.after")),
        looks(after, facts.places.board_of(after.county), facts.attached),
    ]
    actions = [
        act(text("announcements.spoken.yes_correct"), "announce_yes_correct", id=known.id),
        act(text("announcements.spoken.let_be"), "announce_no_correct", id=known.id),
    ]
    return _whether(said, shown, actions)


def _whether(said: str, shown: list[Element], actions: list[Element]) -> Reply:
    body = [heading(said), *shown, small(text("announcements.spoken.yes_or_no"))]
    return Reply(card=card(body, actions), summary=summary(said))


def _changed(before: Draft, after: Draft) -> list[str]:
    beside = [
        text(f"announcements.spoken.field_{name}")
        for name in BESIDE
        if getattr(before, name) != getattr(after, name)
    ]
    return [*changed_words(before.words, after.words), *beside]
