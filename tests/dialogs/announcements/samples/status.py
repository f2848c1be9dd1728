"""What was sent: how far it has come, and what its author may do."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from dialogs.announcements.cards import outcome
from dialogs.announcements.cards import status as cards
from dialogs.conversation.paging import Page
from knowledge.announcements.models import Announcement, AnnouncementStatus
from knowledge.delivery.models import Status
from knowledge.delivery.waiting import TOO_OLD
from knowledge.directory.places import load_places
from knowledge.follow_up.models import Effects, Report
from tests.dialogs.announcements.samples.drafts import a_draft, an_announcement
from tests.dialogs.announcements.samples.recipients import a_recipient
from tests.dialogs.sampling import AWKWARD, NOW, NUMBERED, WORDY, Sample, sample

PICTURE = "https://tryggve.example.se/utskick/x/utfall.png"


def samples() -> Iterator[Sample]:
    status = cards.status
    sent, withdrawn = an_announcement(), an_announcement(status=AnnouncementStatus.WITHDRAWN)
    paused = an_announcement(status=AnnouncementStatus.PAUSED)
    stopped = an_announcement(status=AnnouncementStatus.CANCELLED)
    yield sample(status, "sending", sent, Report({Status.SENT: 1, Status.PENDING: 4}))
    yield sample(status, "done", sent, Report({Status.SENT: 5}))
    yield sample(status, "already", sent, Report({Status.SENT: 5}), already=True)
    yield sample(status, "withdrawn", withdrawn, Report({Status.SENT: 5}))
    yield sample(status, "paused", paused, Report({Status.SENT: 1, Status.PENDING: 4}))
    yield sample(status, "stopped", stopped, Report({Status.SENT: 1, Status.CANCELLED: 4}))
    half = {Status.SENT: 3, Status.PENDING: 1, Status.FAILED: 1}
    for case, one in (("correcting", sent), ("withdrawing", withdrawn)):
        yield sample(status, case, one, Report({Status.SENT: 5}, changes=half))
    yield sample(status, "failures", sent, _failures("Trygghetsgruppen i Växjö"))
    for case, name in AWKWARD.items():
        worst = an_announcement(draft=a_draft(heading=name))
        yield sample(status, f"{case} failures", worst, _failures(name))
        yield sample(cards.ask_withdraw, case, worst)
        yield sample(cards.mine, f"five, {case}", Page("", 12), _five(heading=name))
    yield from _everything_at_once(sent)
    yield sample(cards.ask_withdraw, "everyday", sent)
    yield sample(cards.ask_withdraw, "numbered heading", _five(heading=NUMBERED)[0])
    yield sample(cards.mine, "one", Page("", 1), [sent])
    yield sample(cards.mine, "five", Page("", 5), _five())
    early = _in_states([*AnnouncementStatus][:3])
    yield sample(cards.mine, "not sent yet", Page("", 3), early)


def _everything_at_once(sent: Announcement) -> Iterator[Sample]:
    """The status card with all that it may hold."""
    report = replace(_failures(WORDY), asked=1_234, acknowledged=567, possibly_duplicated=3)
    picture = outcome.Picture(PICTURE, outcome.described(report.figures))
    effects = Effects(signups=12, questions=1, answered=2)
    case = "everything"
    yield sample(cards.status, case, sent, report, effects=effects, picture=picture)


def _five(**about: Any) -> list[Announcement]:
    """As many as are listed, in the states they may end in."""
    return _in_states([*AnnouncementStatus][-5:], **about)


def _in_states(states: Sequence[AnnouncementStatus], **about: Any) -> list[Announcement]:
    draft = a_draft(send_at=NOW, **about)
    return [
        an_announcement(number, draft=draft, status=state)
        for number, state in enumerate(states, start=1)
    ]


def _failures(name: str) -> Report:
    """Every state there is, every reason, and more recipients than are shown."""
    longest = max((one.name for one in load_places().municipalities.values()), key=len)
    reasons = [
        (Status.FAILED, ""),
        (Status.CANCELLED, TOO_OLD),
        (Status.BLOCKED, "admin"),
        (Status.NOT_INSTALLED, ""),
        (Status.UNCERTAIN, ""),
    ]
    failed = tuple(a_recipient(name, status, why, longest) for status, why in reasons)
    counts = dict.fromkeys(Status, 2)
    return Report(counts, unreached=8, failures=failed, again=3, changes=counts)
