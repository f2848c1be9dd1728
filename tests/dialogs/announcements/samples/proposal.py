"""What is to be done with a large announcement when a colleague agrees."""

from collections.abc import Iterator
from typing import Any

from dialogs.announcements.cards import proposal as cards
from dialogs.announcements.cards import status
from dialogs.conversation.card_parts import rows
from knowledge.announcements.eyes import Act
from knowledge.announcements.models import AnnouncementStatus
from knowledge.announcements.proposals import POSSIBLE_IN, Proposal, ProposalStatus
from knowledge.announcements.wording import Decision
from knowledge.announcements.words import Words
from knowledge.delivery.models import Status
from knowledge.follow_up.models import Report
from tests.dialogs.announcements.samples.drafts import (
    a_draft,
    an_announcement,
    hostile_draft,
    longest_draft,
    some_facts,
)
from tests.dialogs.sampling import HOSTILE, LONG_WORD, NOW, WORDY, Sample, sample
from tests.dialogs.trainings.samples.trainings import a_training


def a_proposal(act: Act = Act.CORRECT, words: Words | None = None, asker: str = "") -> Proposal:
    """Kerstin wants it done."""
    if words is None:
        words = a_draft(heading="Ny handbok", links=()).words if act is Act.CORRECT else Words()
    asker = asker or "Kerstin Karlsson"
    return Proposal(1, 1, 1, act, words, "tenant", "object", asker, ProposalStatus.WAITING)


def samples() -> Iterator[Sample]:
    facts = some_facts()
    full = some_facts(attached=a_training(title=WORDY), narrowed_to=a_training(title=WORDY))
    for act in POSSIBLE_IN:
        known = an_announcement(status=POSSIBLE_IN[act][0], draft=a_draft(send_at=NOW))
        yield sample(cards.question, f"{act}", known, a_proposal(act), facts)
        for decision in (Decision.APPROVED, Decision.DECLINED):
            told = (known, a_proposal(act), decision, "Karin Lind")
            yield sample(cards.news, f"{decision}, {act}", *told)
        if known.status is not AnnouncementStatus.SCHEDULED:
            yield from _waiting(known, a_proposal(act))
    longest, hostile = longest_draft(), hostile_draft()
    was, proposal = an_announcement(draft=longest), a_proposal(words=longest.words)
    yield sample(cards.question, "longest", was, proposal, full)
    was, proposal = an_announcement(draft=hostile), a_proposal(words=hostile.words, asker=HOSTILE)
    yield sample(cards.question, "hostile", was, proposal, facts)
    yield sample(cards.question, "from hostile", was, a_proposal(asker=LONG_WORD), facts)
    yield sample(cards.news, "hostile", was, proposal, Decision.DECLINED, LONG_WORD, HOSTILE)
    yield from _waiting(was, proposal)


def _waiting(known: Any, proposal: Proposal) -> Iterator[Sample]:
    """The card that tells how it goes, with what waits."""
    for asked in (0, 1, 3):
        lines = cards.waits(known, proposal, asked, "Kronobergs län")
        shown = [*lines, *rows(cards.take_back(known))]
        case = f"{proposal.act} by {proposal.asker_name[:5]} waits for {asked}"
        yield sample(status.status, case, known, Report({Status.SENT: 5}), waiting=shown)
