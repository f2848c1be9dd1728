"""Who has it, who has read it, and who has not."""

from collections.abc import Iterator
from dataclasses import replace

from dialogs.announcements.cards import recipients
from knowledge.delivery.models import Status
from knowledge.follow_up.models import (
    MOST_NAMED,
    Acknowledgements,
    Group,
    InMunicipality,
    Page,
    Recipient,
)
from tests.dialogs.announcements.samples.drafts import a_draft, an_announcement
from tests.dialogs.sampling import AWKWARD, Sample, sample


def samples() -> Iterator[Sample]:
    listing = recipients.listing
    yield sample(listing, "nobody", an_announcement(), Group.FAILED, Page((), 0, 0))
    for case, name in {"everyday": "Trygghetsgruppen / Utskick", **AWKWARD}.items():
        worst = an_announcement(draft=a_draft(heading=name[:100], acknowledge=True))
        for group in Group:
            people = tuple(a_recipient(name, status) for status in group.statuses * 5)
            yield sample(listing, f"{group}, {case}", worst, group, Page(people, 15, 40))
        yield sample(recipients.acknowledgements, case, worst, _acknowledgements(name))
        yield sample(recipients.file, case, worst, "https://tryggve.example.se/utskick/x", 15)
    reminded = replace(_acknowledgements("Anna Alm"), reminded=True)
    asking = an_announcement(draft=a_draft(acknowledge=True))
    yield sample(recipients.acknowledgements, "reminded", asking, reminded)
    nobody = Acknowledgements((), 0, Page((), 0, 0), reminded=False)
    yield sample(recipients.acknowledgements, "not asked", an_announcement(), nobody)


def a_recipient(name: str, status: Status, reason: str = "", place: str = "Växjö") -> Recipient:
    return Recipient(name, place, is_person=True, status=status, reason=reason)


def _acknowledgements(name: str) -> Acknowledgements:
    """A full page of people who have not acknowledged, in two municipalities."""
    places = ("Upplands Väsby", "Växjö")
    counted = tuple(InMunicipality(place, asked=12, acknowledged=5) for place in places)
    complete = InMunicipality("Alvesta", asked=3, acknowledged=3)
    missing = tuple(a_recipient(name, Status.SENT, place=place) for place in places * 7)
    by_place = tuple(sorted(missing, key=lambda one: one.municipality))
    page, names = Page(by_place, 0, 28), (name,) * MOST_NAMED
    return Acknowledgements((*counted, complete), 2, page, reminded=False, names=names)
