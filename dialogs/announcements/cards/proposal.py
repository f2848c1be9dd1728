"""Cards about what is to be done with a large announcement, when a colleague agrees."""

from dataclasses import replace

from dialogs.announcements.cards.post import looks, reads
from dialogs.announcements.cards.waiting import LONGEST_REASON, verdict
from dialogs.announcements.facts import Facts
from dialogs.conversation import swedish
from dialogs.conversation.card_parts import (
    Element,
    act,
    bold,
    card,
    group,
    heading,
    notice,
    paragraph,
    small,
    summary,
)
from dialogs.conversation.sizes import LARGEST, size_of
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text
from knowledge.announcements.eyes import Act
from knowledge.announcements.models import Announcement
from knowledge.announcements.proposals import Proposal
from knowledge.announcements.wording import Decision
from knowledge.announcements.words import Words

ROOM = 2_000
"""Bytes for what Teams is told around a card."""

LONGEST_BEGINNING = 500
"""Characters of what it says now, where there is no room for all of it beside what it will say."""


def question(announcement: Announcement, proposal: Proposal, facts: Facts) -> Reply:
    """What a colleague needs to say yes or no: of a correction, how it will look and how it looks.

    How it will look is always whole.
    """
    whole = _question(announcement, proposal, facts, _now(announcement, proposal, facts))
    if size_of(whole.message) <= LARGEST - ROOM:
        return whole
    return _question(announcement, proposal, facts, _beginning(announcement))


def what(announcement: Announcement, proposal: Proposal) -> str:
    """What is to be done, as the end of a sentence."""
    title = swedish.plain(announcement.heading)
    return text(f"announcements.approve.what_{proposal.act.value}", heading=title)


def waits(announcement: Announcement, proposal: Proposal, asked: int, county: str) -> list[Element]:
    """What its author sees in the card that tells how it goes."""
    said = text("announcements.approve.change_waits", what=what(announcement, proposal))
    key = "asked" if asked else "asked_nobody"
    told = text(f"announcements.approve.{key}", county=county, count=asked)
    return [
        notice(said, "warning"),
        paragraph(told),
        small(text("announcements.approve.typed_change")),
    ]


def take_back(announcement: Announcement) -> Element:
    title = text("announcements.approve.take_back_change")
    return act(title, "announce_take_back_change", id=announcement.id)


def news(
    announcement: Announcement,
    proposal: Proposal,
    decision: Decision,
    by: str,
    reason: str = "",
) -> Reply:
    """What a colleague has decided, for whoever asked."""
    done = what(announcement, proposal)
    key = f"announcements.approve.change_{decision.value}"
    said = text(key, by=swedish.plain(by), what=done)
    body = [heading(said)]
    if reason:
        body.append(group([paragraph(swedish.plain(reason, LONGEST_REASON))], style="emphasis"))
    body.append(paragraph(text(f"announcements.approve.after_change_{decision.value}")))
    verb = "announce_status" if announcement.has_left else "announce_open"
    button = act(text("announcements.write.show"), verb, id=announcement.id)
    return Reply(card=card(body, [button]), summary=summary(said))


def _question(
    announcement: Announcement, proposal: Proposal, facts: Facts, now: list[Element]
) -> Reply:
    asker = swedish.plain(proposal.asker_name)
    said = text(f"announcements.approve.question_{proposal.act.value}", author=asker)
    why = paragraph(text("announcements.approve.why_change"))
    shown = [*_after(announcement, proposal, facts), *now]
    fields, actions = verdict(proposal=proposal.id)
    return Reply(card=card([heading(said), why, *shown, *fields], actions), summary=summary(said))


def _after(announcement: Announcement, proposal: Proposal, facts: Facts) -> list[Element]:
    if proposal.act is not Act.CORRECT:
        return []
    before, after = announcement.draft.words, proposal.words
    draft = replace(announcement.draft, words=after)
    board = facts.places.board_of(draft.county)
    changed = ", ".join(changed_words(before, after))
    return [
        small(text("announcements.approve.changed", fields=changed)),
        bold(text("announcements.approve.after")),
        looks(draft, board, facts.attached),
    ]


def _now(announcement: Announcement, proposal: Proposal, facts: Facts) -> list[Element]:
    draft = announcement.draft
    show = reads if proposal.act is Act.CORRECT else looks  # no two buttons have the same name
    shown = show(draft, facts.places.board_of(draft.county), facts.attached)
    return [bold(text("announcements.approve.before")), shown]


def _beginning(announcement: Announcement) -> list[Element]:
    words = announcement.draft.words
    shown = [
        bold(swedish.plain(words.heading)),
        paragraph(swedish.plain(words.text, LONGEST_BEGINNING)),
        small(text("announcements.approve.before_cut")),
    ]
    return [bold(text("announcements.approve.before")), group(shown, style="emphasis")]


def changed_words(before: Words, after: Words) -> list[str]:
    """What differs, as it is called."""
    names = ("heading", "text", "links", "picture", "picture_alt")
    differ = [name for name in names if getattr(before, name) != getattr(after, name)]
    return [text(f"announcements.approve.changed_{name}") for name in differ]
