"""An audience on its way out: counted, approved and scheduled like everything that is sent."""

from dataclasses import replace
from datetime import timedelta

import pytest

from knowledge.announcements.audience import Audience
from knowledge.announcements.models import Announcement, AnnouncementStatus
from knowledge.announcements.refusals import NotConfirmed, OutsideCounty
from knowledge.directory.models import NATIONAL, Person
from knowledge.recipients.service import RecipientService
from knowledge.storage.database import Database
from tests.support.deliveries import rows
from tests.support.office import (
    DRAFT,
    HALLAND,
    KUNGSBACKA,
    MOLNDAL,
    NOW,
    VASTRA_GOTALAND,
    Office,
)

LATER = NOW + timedelta(days=3)
PEOPLE = replace(DRAFT, audience=replace(DRAFT.audience, to_channels=False))


@pytest.fixture
def office(database: Database) -> Office:
    """A number is wanted from two recipients, and a colleague from three."""
    return Office(database, confirm_from=2, approval_from=3)


async def follows_weekly(office: Office, name: str, *, at: str = MOLNDAL) -> Person:
    person = await office.employs(name, at=at)
    await RecipientService(office.database).gather(person)
    return person


async def told(office: Office, beginning: str) -> list[str]:
    found = await rows(office.database)
    return [row["target_name"] for row in found if row["group_key"].startswith(beginning)]


async def test_who_is_told_on_monday_counts_as_a_recipient(office: Office, kerstin: Person) -> None:
    await office.employs("anna", at=MOLNDAL)
    await follows_weekly(office, "bo")
    draft = await office.saves(kerstin, PEOPLE)
    with pytest.raises(NotConfirmed) as refused:
        await office.sending.send(kerstin, draft.id, now=NOW, confirmed=1)
    assert refused.value.recipients == 2
    await office.sending.send(kerstin, draft.id, now=NOW, confirmed=2)
    assert await told(office, "announcement:") == ["anna"]


async def test_one_that_is_only_told_on_monday_is_sent_too(office: Office, kerstin: Person) -> None:
    await follows_weekly(office, "bo")
    sent = await office.sends(kerstin, await office.saves(kerstin, PEOPLE))
    assert sent.status is AnnouncementStatus.SENT
    assert await rows(office.database) == []


async def three_wait(office: Office, kerstin: Person) -> Announcement:
    """Large, because of those who are told on Monday."""
    await office.employs("anna", at=MOLNDAL)
    for name in ("bo", "cilla"):
        await follows_weekly(office, name)
    draft = await office.saves(kerstin, PEOPLE)
    return await office.sending.send(kerstin, draft.id, now=NOW, confirmed=3)


async def test_a_national_coordinator_is_asked_and_may_approve(
    office: Office, kerstin: Person
) -> None:
    nils = await office.employs("nils", coordinates=NATIONAL)
    await office.employs("hans", coordinates=HALLAND)
    waiting = await three_wait(office, kerstin)
    assert waiting.status is AnnouncementStatus.WAITING_APPROVAL
    assert await told(office, "notice:approval:") == ["nils"]
    assert [one.id for one in await office.approvals.list_waiting(nils)] == [waiting.id]
    sent = await office.approvals.approve(nils, waiting.id, waiting.version, now=NOW)
    assert sent.status is AnnouncementStatus.SENT


async def test_who_has_the_role_twice_is_asked_once(office: Office, kerstin: Person) -> None:
    for county in (VASTRA_GOTALAND, NATIONAL):
        await office.employs("nils", coordinates=county)
    waiting = await three_wait(office, kerstin)
    assert await told(office, "notice:approval:") == ["nils"]
    assert await office.approvals.count_approvers(kerstin, waiting.id) == 1


async def test_whom_it_reaches_is_found_when_it_leaves(office: Office, kerstin: Person) -> None:
    await office.employs("anna", at=MOLNDAL)
    draft = await office.saves(kerstin, replace(PEOPLE, send_at=LATER))
    await office.sends(kerstin, draft)
    await follows_weekly(office, "anna")
    bo = await office.employs("bo", at=MOLNDAL)
    await RecipientService(office.database).mute(bo)
    await office.employs("cilla", at=MOLNDAL)
    assert [one.id for one in await office.sending.send_due(LATER)] == [draft.id]
    assert await told(office, "announcement:") == ["cilla"]


async def test_who_has_lost_one_of_the_counties_sends_nothing(
    office: Office, kerstin: Person
) -> None:
    await office.directory.grant(kerstin.tenant_id, kerstin.object_id, HALLAND)
    await office.employs("anna", at=KUNGSBACKA)
    both = Audience(counties=(VASTRA_GOTALAND, HALLAND), to_people=True)
    wanted = replace(DRAFT, audience=both, send_at=LATER)
    draft = await office.sends(kerstin, await office.saves(kerstin, wanted))
    assert draft.status is AnnouncementStatus.SCHEDULED
    await office.directory.revoke(kerstin.tenant_id, kerstin.object_id, HALLAND)
    with pytest.raises(OutsideCounty):
        await office.sending.send_now(kerstin, draft.id, now=NOW)
    assert await office.sending.send_due(LATER) == []
    assert await told(office, "announcement:") == []
    assert await told(office, "notice:news:") == ["kerstin"]
