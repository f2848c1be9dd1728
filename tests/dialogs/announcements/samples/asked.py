"""Whether what waits or has left is to be changed, and what is to be stopped."""

from collections.abc import Iterator
from datetime import timedelta

from dialogs.announcements.cards import asked, now, stop
from dialogs.announcements.cards import audience as audience_cards
from knowledge.announcements.models import AnnouncementStatus
from knowledge.announcements.reach import Reach
from tests.dialogs.announcements.samples.drafts import (
    a_draft,
    an_announcement,
    hostile_draft,
    longest_draft,
    some_facts,
)
from tests.dialogs.sampling import HOSTILE, NOW, Sample, sample

WAITS, LEFT = AnnouncementStatus.SCHEDULED, AnnouncementStatus.SENT


def samples() -> Iterator[Sample]:
    facts, later = some_facts(), a_draft(send_at=NOW + timedelta(days=7))
    due = an_announcement(draft=a_draft(send_at=NOW), status=WAITS)
    left = an_announcement(status=LEFT)
    yield sample(asked.whether_to_change, "another time", due, later, facts)
    reworded = {"hostile": hostile_draft(), "longest": longest_draft()}
    for case, draft in reworded.items():
        yield sample(asked.whether_to_change, case, due, draft, facts)
        yield sample(asked.whether_to_correct, case, left, draft, facts)
        reach = Reach(channels=30, people=1_200, weekly=7, municipalities=2, left_out={})
        yield sample(audience_cards.whom, case, 1, draft, reach, facts)
    hostile = an_announcement(draft=a_draft(heading=HOSTILE), status=LEFT)
    unapproved = an_announcement(status=AnnouncementStatus.WAITING_APPROVAL)
    for case, one in {"due": due, "hostile": hostile, "unapproved": unapproved}.items():
        yield sample(stop.whether, case, one)
        yield sample(now.whether, case, one)
    yield sample(stop.which, "several", [hostile, due, unapproved, due, due])
