"""Drafts and announcements for the samples: an ordinary one, the longest, and a hostile one."""

from dataclasses import replace
from typing import Any

from dialogs.announcements.facts import Facts
from dialogs.announcements.offered import Offered
from knowledge.announcements.audience import Audience, TrainingPart
from knowledge.announcements.models import Announcement, AnnouncementStatus, Draft
from knowledge.announcements.words import (
    HEADING,
    LONGEST_ALT,
    LONGEST_LINK,
    LONGEST_LINK_TITLE,
    TEXT,
    Link,
    Words,
)
from knowledge.directory.models import Position
from knowledge.directory.places import load_places
from tests.dialogs.sampling import HOSTILE, LONG_WORD, NOW, NUMBERED, WORDY, base

HANDBOOK = Link("https://bra.se/handbok", "Till handboken (pdf)")
LONG_NAMED = Link("https://www.polisen.se/a?b=c", "Anmälan till mötet i Strömstad")


def a_draft(**about: Any) -> Draft:
    """An everyday draft, but for what is said `about` it or its words."""
    words = Words(
        heading="Ny handbok om lägesbilder",
        text="Brå har en **ny handbok**. Läs den före mötet:\n\n- kapitel 1\n- kapitel 2",
        links=(HANDBOOK,),
    )
    said = {name: about.pop(name) for name in vars(words) if name in about}
    everyday = Draft(replace(words, **said), "07", Audience(counties=("07",)))
    return replace(everyday, **about)


def longest_draft() -> Draft:
    """Everything as long as it may be, to some of the 49 municipalities of Västra Götaland."""
    inside = load_places().municipalities_of("14")
    return a_draft(
        heading=WORDY[: HEADING.stop - 1],
        text=(f"{WORDY}\n\n" * 40)[: TEXT.stop - 1],
        links=tuple(
            Link(f"https://www.{number}.example/{'a' * LONGEST_LINK}"[:LONGEST_LINK], title)
            for number, title in enumerate((WORDY[:LONGEST_LINK_TITLE], "", "Till anmälan"))
        ),
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
        links=(
            replace(HANDBOOK, title=title),
            Link("https://bra.se", "[x](y)"),
        ),
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
    "without link": a_draft(links=()),
    "link without a name": a_draft(links=(Link(HANDBOOK.url),)),
    "three links": a_draft(links=(HANDBOOK, Link("https://www.msb.se"), LONG_NAMED)),
    "longest": longest_draft(),
    "hostile": hostile_draft(),
    "numbered heading": a_draft(heading=NUMBERED),
}
