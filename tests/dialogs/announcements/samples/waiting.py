"""What waits for a colleague or for its time, and what its author is told."""

from collections.abc import Iterator
from dataclasses import replace

from dialogs.announcements.cards import waiting as cards
from knowledge.announcements.models import AnnouncementStatus
from knowledge.announcements.reach import LeftOut, Missed, Reach
from knowledge.announcements.wording import Decision
from knowledge.directory.places import load_places
from tests.dialogs.announcements.samples.drafts import (
    a_draft,
    an_announcement,
    hostile_draft,
    longest_draft,
    some_facts,
)
from tests.dialogs.sampling import HOSTILE, LONG_WORD, NOW, WORDY, Sample, sample
from tests.dialogs.trainings.samples.trainings import a_training


def samples() -> Iterator[Sample]:
    outside = tuple(one.code for one in load_places().municipalities_of("14"))
    reach = Reach(channels=30, people=1_200, weekly=7, municipalities=2, left_out={})
    some = replace(reach, left_out=dict.fromkeys(LeftOut, Missed(49, outside)))
    facts = some_facts()
    full = some_facts(attached=a_training(title=WORDY), narrowed_to=a_training(title=WORDY))
    waiting = (AnnouncementStatus.WAITING_APPROVAL, AnnouncementStatus.SCHEDULED)
    for state in waiting:
        for case, draft in (("everyday", a_draft(send_at=NOW)), ("hostile", hostile_draft())):
            waits = an_announcement(draft=draft, status=state)
            yield sample(cards.waiting, f"{state}, {case}", waits, reach, facts, approvers=2)
        longest = an_announcement(draft=longest_draft(), status=state)
        yield sample(cards.waiting, f"{state}, longest", longest, some, full, note=WORDY)
        yield sample(cards.approval, f"{state}, longest", longest, some, full)
    for state in (*waiting, AnnouncementStatus.DRAFT):
        told = an_announcement(status=state, draft=a_draft(heading=HOSTILE, send_at=NOW))
        yield sample(cards.present, state, told)
    yield sample(cards.approval, "everyday", an_announcement(), reach, facts)
    hostile = an_announcement(draft=hostile_draft(), author_name=HOSTILE)
    yield sample(cards.approval, "hostile", hostile, reach, facts)
    for decision in Decision:
        for state in AnnouncementStatus:
            told = an_announcement(status=state, draft=a_draft(send_at=NOW))
            yield sample(cards.news, f"{decision}, {state}", told, decision, "Karin Karlsson")
    worst = an_announcement(draft=a_draft(heading=HOSTILE), status=AnnouncementStatus.DRAFT)
    yield sample(cards.news, "hostile", worst, Decision.DECLINED, LONG_WORD, HOSTILE)
