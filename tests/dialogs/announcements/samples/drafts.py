"""Drafts and announcements for the samples: an ordinary one, the longest, and a hostile one."""

from dataclasses import replace
from typing import Any

from dialogs.announcements.facts import Facts
from dialogs.announcements.offered import Offered
from knowledge.announcements.audience import Audience, TrainingPart
from knowledge.announcements.models import (
    HEADING,
    LONGEST_ALT,
    LONGEST_LINK,
    LONGEST_LINK_TITLE,
    TEXT,
    Announcement,
    AnnouncementStatus,
    Draft,
)
from knowledge.directory.models import Position
from knowledge.directory.places import load_places
from tests.dialogs.sampling import HOSTILE, LONG_WORD, NOW, NUMBERED, WORDY, base


def a_draft(**about: Any) -> Draft:
    everyday = Draft(
        heading="Ny handbok om lägesbilder",
        text="Brå har en **ny handbok**. Läs den före mötet:\n\n- kapitel 1\n- kapitel 2",
        link="https://bra.se/handbok",
        link_title="Till handboken (pdf)",
        county="07",
        audience=Audience(counties=("07",)),
    )
    return replace(everyday, **about)


def longest_draft() -> Draft:
    """Everything as long as it may be, to some of the 49 municipalities of Västra Götaland."""
    inside = load_places().municipalities_of("14")
    return a_draft(
        heading=WORDY[: HEADING.stop - 1],
        text=(f"{WORDY}\n\n" * 40)[: TEXT.stop - 1],
        link=f"https://www.example.se/{'a' * LONGEST_LINK}"[:LONGEST_LINK],
        link_title=WORDY[:LONGEST_LINK_TITLE],
        county="14",
        audience=Audience(
            municipalities=tuple(one.code for one in inside[1:]),
            themes=tuple(base().topics),
            positions=tuple(Position),
            training=1,
            training_part=TrainingPart.WAITING,
            to_people=True,
        ),
        picture=f"https://www.bild.example/{'b' * LONGEST_LINK}"[:LONGEST_LINK],
        picture_alt=WORDY[:LONGEST_ALT],
        training_id=1,
        acknowledge=True,
        send_at=NOW,
    )


def hostile_draft() -> Draft:
    heading, title = HOSTILE[: HEADING.stop - 1], LONG_WORD[:LONGEST_LINK_TITLE]
    return a_draft(
        heading=heading,
        text=f"{HOSTILE}\n\n{LONG_WORD}",
        link_title=title,
        picture="https://bild.example/a.png",
        picture_alt=HOSTILE,
        acknowledge=True,
    )


def an_announcement(id_: int = 1, **about: Any) -> Announcement:
    everyday = Announcement(
        id=id_,
        author_tenant_id="tenant",
        author_object_id="object",
        author_name="Kerstin Karlsson",
        draft=a_draft(),
        status=AnnouncementStatus.SENT,
        version=1,
        message_id=1,
        created_at=NOW,
        sent_at=NOW,
    )
    return replace(everyday, **about)


def offered(*counties: str, **about: Any) -> Offered:
    return Offered(load_places(), counties, base().topics, **about)


def some_facts(**about: Any) -> Facts:
    return Facts(load_places(), base().topics, **about)


EVERYTHING = a_draft(
    picture="https://bild.example/a.png",
    picture_alt="Omslaget till handboken",
    training_id=1,
    acknowledge=True,
)
DRAFTS = {
    "everyday": a_draft(),
    "without link": a_draft(link="", link_title=""),
    "link without a name": a_draft(link_title=""),
    "longest": longest_draft(),
    "hostile": hostile_draft(),
    "numbered heading": a_draft(heading=NUMBERED),
}
