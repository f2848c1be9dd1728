"""Teams refuses what is over 28 KB in UTF-16: what the form lets through fits everywhere."""

import json
import string
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.teams.messenger import activity_of
from dialogs.announcements.cards import post as announcements
from dialogs.announcements.cards import preview, proposal, waiting
from dialogs.announcements.facts import Facts
from dialogs.conversation.sizes import LARGEST, excess
from dialogs.conversation.talk import Reply
from knowledge.announcements.audience import Audience
from knowledge.announcements.eyes import Act
from knowledge.announcements.models import Announcement, AnnouncementStatus, Draft
from knowledge.announcements.reach import LeftOut, Missed, Reach
from knowledge.announcements.wording import Decision
from knowledge.announcements.words import (
    HEADING,
    LONGEST_ALT,
    LONGEST_LINK,
    LONGEST_LINK_TITLE,
    MOST_LINKS,
    TEXT,
    Link,
    Words,
)
from knowledge.directory.models import Position
from knowledge.directory.places import load_places
from knowledge.trainings.models import Training, TrainingStatus
from tests.dialogs.announcements.samples.proposal import a_proposal
from tests.dialogs.sampling import LONG_WORD, base
from tests.support.office import NOW

PLACES = load_places()
BOARD = max((county.board for county in PLACES.counties.values()), key=len)
LETTERS = string.ascii_letters + "åäöÅÄÖ *_[](){}<>\"\\'&#|-\n"
TRAINING = Training(
    id=2**31 - 1,
    title=LONG_WORD,
    county="14",
    themes=(),
    place=LONG_WORD,
    starts_at=NOW,
    ends_at=NOW,
    seats=20,
    taken=8,
    summary="",
    status=TrainingStatus.OPEN,
    sequence=0,
)
EVERYWHERE = tuple(one.code for one in PLACES.municipalities_of("00"))
REACH = Reach(99_999, 99_999, 99_999, 290, dict.fromkeys(LeftOut, Missed(99_999, EVERYWHERE)))
THEMES = base().topics
AUDIENCE = Audience(
    counties=("14",),
    themes=tuple(THEMES),
    positions=tuple(Position),
    training=1,
    to_people=True,
)
FACTS = Facts(PLACES, THEMES, attached=TRAINING, narrowed_to=TRAINING)

typed = st.text(st.one_of(st.sampled_from(LETTERS), st.characters(), st.sampled_from("😀🇸🇪👩‍🏫")))


@st.composite
def texts(draw: st.DrawFn) -> str:
    """A text up to the limit: paragraphs, lists, å, ä, ö and emoji in every amount."""
    item = draw(typed.filter(bool))
    between = draw(st.sampled_from(["", " ", "\n", "\n\n", "\n- ", "\n\n- "]))
    whole = (item + between) * (TEXT.stop // len(item + between) + 1)
    return whole[: draw(st.integers(TEXT.start, TEXT.stop - 1))]


def announcement_of(draft: Draft) -> Announcement:
    return Announcement(
        id=2**31 - 1,
        author_tenant_id="tenant",
        author_object_id="object",
        author_name=LONG_WORD,
        draft=draft,
        status=AnnouncementStatus.DRAFT,
        version=1,
        message_id=None,
        created_at=NOW,
        sent_at=None,
    )


def everywhere(draft: Draft) -> Iterator[Reply]:
    """Every message that holds the whole announcement."""
    announcement = announcement_of(draft)
    about = {"training": TRAINING, "announcement_id": 2**31 - 1}
    yield announcements.post(draft, BOARD, **about, corrected="söndag 22 november 2026 kl. 13.00")
    yield announcements.post(draft, BOARD, training=TRAINING, tested=True)
    note = "x" * 200
    yield preview.preview(announcement, REACH, FACTS, confirm=99_999, note=note)
    for status in (AnnouncementStatus.SCHEDULED, AnnouncementStatus.WAITING_APPROVAL):
        waits = replace(announcement, status=status)
        yield waiting.waiting(waits, REACH, FACTS, note=note)
    yield waiting.approval(announcement, REACH, FACTS)
    yield proposal.question(announcement, a_proposal(words=draft.words), FACTS)
    short = announcement_of(replace(draft, words=Words("Kort", "En kort text.")))
    yield proposal.question(short, a_proposal(words=draft.words, asker=LONG_WORD), FACTS)
    yield proposal.question(announcement, a_proposal(Act.REMIND, asker=LONG_WORD), FACTS)


def utf16(reply: Reply) -> int:
    """The size of the whole activity, counted as Teams does."""
    return len(json.dumps(activity_of(reply), ensure_ascii=False).encode("utf-16-le"))


LONGEST_LINKS = (
    Link(f"https://www.example.se/{'a' * LONGEST_LINK}"[:LONGEST_LINK], "å" * LONGEST_LINK_TITLE),
) * MOST_LINKS
ORDINARY_LINK = Link("https://www.lansstyrelsen.se/kronoberg/traffar", "å" * LONGEST_LINK_TITLE)


def draft_of(text: str, links: tuple[Link, ...] = LONGEST_LINKS) -> Draft:
    return Draft(
        Words(
            heading=("ö" * HEADING.stop)[: HEADING.stop - 1],
            text=text,
            links=links,
            picture=f"https://www.example.se/{'b' * LONGEST_LINK}"[:LONGEST_LINK],
            picture_alt="ä" * LONGEST_ALT,
        ),
        county="14",
        audience=AUDIENCE,
        training_id=1,
        acknowledge=True,
        send_at=NOW,
    )


@pytest.mark.parametrize("links", [LONGEST_LINKS[:1], (ORDINARY_LINK,) * MOST_LINKS])
def test_an_ordinary_announcement_as_long_as_may_be_fits(links: tuple[Link, ...]) -> None:
    paragraph = "Länsstyrelsen bjuder in till en träff om lägesbilder på åtta orter i länet. " * 4
    text = (f"{paragraph}\n\n" * 20)[: TEXT.stop - 1]

    draft = draft_of(text, links)

    assert excess(announcements.post(draft, BOARD, training=TRAINING)) == 0


def test_a_long_list_with_a_paragraph_for_each_line_does_not_fit() -> None:
    post = announcements.post(draft_of(("- å\n\n" * 1_000)[: TEXT.stop - 1]), BOARD)

    assert excess(post) > 10_000


@given(texts())
@example("😀" * (TEXT.stop - 1))
@example(("ö\n\n" * TEXT.stop)[: TEXT.stop - 1])
def test_what_is_let_through_fits_in_every_message(text: str) -> None:
    draft = draft_of(text)
    if excess(announcements.post(draft, BOARD, training=TRAINING, announcement_id=2**31 - 1)):
        return
    assert [utf16(reply) for reply in everywhere(draft) if utf16(reply) > LARGEST] == []


@pytest.mark.parametrize("item", ["ö\n\n", "- 😀 en rad i en lång lista\n\n"])
def test_the_largest_that_is_let_through_fits_in_every_message(item: str) -> None:
    drafts = (draft_of(item * number) for number in range(TEXT.stop // len(item), 3, -1))
    largest = next(
        draft
        for draft in drafts
        if not excess(
            announcements.post(draft, BOARD, training=TRAINING, announcement_id=2**31 - 1)
        )
    )

    assert max(utf16(reply) for reply in everywhere(largest)) <= LARGEST


@pytest.mark.parametrize("text", ["😀" * 3_999, "å\n\n" * 1_333, "- 👩‍🏫 å\n\n" * 400])
def test_it_fits_when_as_much_is_taken_away_as_is_named(text: str) -> None:
    too_long = excess(announcements.post(draft_of(text), BOARD, training=TRAINING))
    shorter = draft_of(text[: max(TEXT.start, len(text) - too_long)])

    assert too_long > 0
    assert excess(announcements.post(shorter, BOARD, training=TRAINING)) == 0


def test_news_is_short() -> None:
    for decision in Decision:
        reply = waiting.news(announcement_of(draft_of("x" * 10)), decision, LONG_WORD, "skäl " * 60)
        assert utf16(reply) < LARGEST
