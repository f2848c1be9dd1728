"""From draft to sent: confirmed by number, approved by a colleague, in its time, and once."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from knowledge.announcements import repository
from knowledge.announcements.models import Announcement, AnnouncementStatus
from knowledge.announcements.refusals import (
    AlreadySent,
    ChangedSince,
    MomentPassed,
    NotACoordinator,
    NotConfirmed,
    NotFound,
    NotWaiting,
    OwnAnnouncement,
)
from knowledge.directory.models import Met, Person
from knowledge.storage.database import Database
from tests.support.deliveries import rows
from tests.support.office import DRAFT, HALLAND, MOLNDAL, NOW, VASTRA_GOTALAND, Office, reworded

LATER = NOW + timedelta(days=3)
TIMED = replace(DRAFT, send_at=LATER)
PROCESSES = 5


@pytest.fixture
async def office(database: Database) -> Office:
    """A number is wanted from three recipients, and a colleague from four."""
    office = Office(database, confirm_from=3, approval_from=4)
    await office.has_channel("Utskick")
    return office


@pytest.fixture
async def waiting(office: Office, kerstin: Person, karin: Person) -> Announcement:
    """Kerstin's announcement to four, which waits for Karin."""
    return await asks(office, kerstin)


async def asks(office: Office, person: Person) -> Announcement:
    for name in ("anna", "bo", "cilla"):
        await office.employs(name, at=MOLNDAL)
    draft = await office.saves(person)
    return await office.sending.send(person, draft.id, now=NOW, confirmed=4)


async def groups(database: Database, beginning: str) -> list[str]:
    """To whom messages of these groups are on their way."""
    found = await rows(database)
    return [row["target_name"] for row in found if row["group_key"].startswith(beginning)]


@pytest.mark.parametrize("written", [0, 2, 30])
async def test_only_the_right_number_sends_a_large_one(
    office: Office, kerstin: Person, written: int
) -> None:
    for name in ("anna", "bo"):
        await office.employs(name, at=MOLNDAL)
    draft = await office.saves(kerstin)
    with pytest.raises(NotConfirmed) as refused:
        await office.sending.send(kerstin, draft.id, now=NOW, confirmed=written)
    assert refused.value.recipients == 3
    assert await rows(office.database) == []
    sent = await office.sending.send(kerstin, draft.id, now=NOW, confirmed=3)
    assert sent.status is AnnouncementStatus.SENT


async def test_who_has_come_since_the_preview_must_be_counted(
    office: Office, kerstin: Person
) -> None:
    for name in ("anna", "bo"):
        await office.employs(name, at=MOLNDAL)
    draft = await office.saves(kerstin)
    await office.directory.meet(
        Met(
            tenant_id="tenant-gbg", object_id="object-new", teams_id="29:new", conversation_id="new"
        )
    )
    new = await office.directory.find_person("tenant-gbg", "object-new")
    assert new is not None
    await office.directory.choose_municipality(new, MOLNDAL)
    with pytest.raises(NotConfirmed) as refused:
        await office.sending.send(kerstin, draft.id, now=NOW, confirmed=3)
    assert refused.value.recipients == 4


async def test_a_very_large_one_waits_for_a_colleague(
    office: Office, kerstin: Person, waiting: Announcement
) -> None:
    assert waiting.status is AnnouncementStatus.WAITING_APPROVAL
    assert await groups(office.database, "announcement:") == []
    assert await groups(office.database, "notice:approval:") == ["karin"]
    assert await office.approvals.count_approvers(kerstin, waiting.id) == 1
    with pytest.raises(AlreadySent):
        await office.sending.send(kerstin, waiting.id, now=NOW, confirmed=4)


async def test_a_colleague_lets_it_go_and_the_author_is_told(
    office: Office, karin: Person, waiting: Announcement
) -> None:
    [asked] = await office.approvals.list_waiting(karin)
    done = await office.approvals.approve(karin, asked.id, asked.version, now=NOW)
    assert (done.status, done.approver_object_id) == (AnnouncementStatus.SENT, "object-karin")
    assert len(await groups(office.database, "announcement:")) == 4
    await office.delivers()
    told = [call.message.text for call in office.messenger.sent if call.whom == "chat-kerstin"]
    assert told == ["approved karin"]


async def test_nobody_approves_their_own(
    office: Office, kerstin: Person, waiting: Announcement
) -> None:
    assert await office.approvals.list_waiting(kerstin) == []
    with pytest.raises(OwnAnnouncement):
        await office.approvals.approve(kerstin, waiting.id, waiting.version, now=NOW)
    with pytest.raises(OwnAnnouncement):
        await office.approvals.decline(kerstin, waiting.id, waiting.version, "Nej")
    assert await groups(office.database, "announcement:") == []


async def test_rights_to_approve_are_read_when_it_is_tapped(
    office: Office, karin: Person, waiting: Announcement
) -> None:
    hans = await office.employs("hans", coordinates=HALLAND)
    await office.directory.revoke(karin.tenant_id, karin.object_id, VASTRA_GOTALAND)
    for person in (hans, karin):
        assert await office.approvals.list_waiting(person) == []
        with pytest.raises(NotFound):
            await office.approvals.approve(person, waiting.id, waiting.version, now=NOW)
        with pytest.raises(NotFound):
            await office.approvals.decline(person, waiting.id, waiting.version, "Nej")
    assert await groups(office.database, "announcement:") == []


async def test_two_approvers_at_once_send_it_once(
    office: Office, karin: Person, waiting: Announcement
) -> None:
    karl = await office.employs("karl", coordinates=VASTRA_GOTALAND)
    taps = [
        office.approvals.approve(person, waiting.id, waiting.version, now=NOW)
        for person in (karin, karl) * 3
    ]
    answers = await asyncio.gather(*taps, return_exceptions=True)
    assert sum(isinstance(answer, Announcement) for answer in answers) == 1
    assert sum(isinstance(answer, NotWaiting) for answer in answers) == 5
    assert len(await groups(office.database, "announcement:")) == 4
    assert await groups(office.database, "notice:news:") == ["kerstin"]


async def test_a_no_makes_it_a_draft_again_with_the_reason(
    office: Office, karin: Person, waiting: Announcement
) -> None:
    declined = await office.approvals.decline(karin, waiting.id, waiting.version, "Fel datum")
    assert declined.status is AnnouncementStatus.DRAFT
    await office.delivers()
    told = [call.message.text for call in office.messenger.sent if call.whom == "chat-kerstin"]
    assert told == ["declined karin Fel datum"]
    with pytest.raises(NotWaiting):
        await office.approvals.approve(karin, waiting.id, waiting.version, now=NOW)


async def test_an_old_card_does_not_approve_what_it_does_not_show(
    office: Office, kerstin: Person, karin: Person, waiting: Announcement
) -> None:
    changed = reworded(DRAFT, text="Något helt annat än det som Karin har läst.")
    await office.announcements.save_draft(kerstin, changed, id=waiting.id)
    again = await office.sending.send(kerstin, waiting.id, now=NOW, confirmed=4)
    with pytest.raises(NotWaiting):
        await office.approvals.approve(karin, waiting.id, waiting.version, now=NOW)
    assert await groups(office.database, "notice:approval:") == ["karin", "karin"]
    done = await office.approvals.approve(karin, again.id, again.version, now=NOW)
    assert done.draft.words == changed.words


async def test_a_post_made_before_a_change_is_not_sent(office: Office, kerstin: Person) -> None:
    draft = await office.saves(kerstin)
    post = await office.release.compose(draft.id)
    changed = reworded(DRAFT, text="Något helt annat än det som posten säger.")
    known = await office.announcements.save_draft(kerstin, changed, id=draft.id)
    async with office.database.write() as tx:
        recipients = await office.release.find_recipients(tx, known)
        with pytest.raises(ChangedSince):
            await office.release.let_go(tx, known, recipients, post, NOW)
    assert (await office.announcements.get(kerstin, draft.id)).status is AnnouncementStatus.DRAFT
    assert await rows(office.database) == []


async def test_approval_of_a_timed_one_keeps_its_time(
    office: Office, kerstin: Person, karin: Person
) -> None:
    for name in ("anna", "bo", "cilla"):
        await office.employs(name, at=MOLNDAL)
    draft = await office.saves(kerstin, TIMED)
    waits = await office.sending.send(kerstin, draft.id, now=NOW, confirmed=4)
    done = await office.approvals.approve(karin, waits.id, waits.version, now=NOW)
    assert done.status is AnnouncementStatus.SCHEDULED
    [sent] = await office.sending.send_due(LATER)
    assert sent.status is AnnouncementStatus.SENT


@pytest.fixture
async def scheduled(office: Office, kerstin: Person) -> Announcement:
    draft = await office.saves(kerstin, TIMED)
    return await office.sending.send(kerstin, draft.id, now=NOW)


async def test_it_leaves_in_its_time_and_not_before(
    office: Office, scheduled: Announcement
) -> None:
    assert scheduled.status is AnnouncementStatus.SCHEDULED
    assert await office.sending.send_due(LATER - timedelta(seconds=1)) == []
    assert await rows(office.database) == []
    [sent] = await office.sending.send_due(LATER)
    assert (sent.id, sent.sent_at) == (scheduled.id, LATER)
    assert await office.sending.send_due(LATER) == []


async def test_it_goes_to_those_whom_it_reaches_when_it_leaves(
    office: Office, scheduled: Announcement
) -> None:
    await office.employs("anna", at=MOLNDAL)
    await office.sending.send_due(LATER)
    assert await groups(office.database, "announcement:") == ["Trygghetsgruppen / Utskick", "anna"]


async def test_many_processes_send_it_once(database_url: str, scheduled: Announcement) -> None:
    databases = [Database(database_url) for _ in range(PROCESSES)]
    offices = [Office(database) for database in databases]
    sent = await asyncio.gather(*(office.sending.send_due(LATER) for office in offices))
    assert sorted(len(one) for one in sent) == [0, 0, 0, 0, 1]
    for database in databases:
        await database.close()


async def test_control_without_holding_the_row_it_is_sent_more_than_once(
    office: Office, scheduled: Announcement
) -> None:
    """The same, but looking in one transaction and writing in the next."""
    ready = asyncio.Barrier(PROCESSES)

    async def look_then_write() -> bool:
        async with office.database.read() as tx:
            known = await repository.find(tx, scheduled.id)
        await ready.wait()
        if known is None or known.status is not AnnouncementStatus.SCHEDULED:
            return False
        async with office.database.write() as tx:
            await repository.save(tx, replace(known, status=AnnouncementStatus.SENT))
        return True

    sent = await asyncio.gather(*(look_then_write() for _ in range(PROCESSES)))
    assert sum(sent) > 1


async def test_it_can_be_sent_at_once_before_its_time(
    office: Office, kerstin: Person, scheduled: Announcement
) -> None:
    taps = [office.sending.send_now(kerstin, scheduled.id, now=NOW) for _ in range(5)]
    answers = await asyncio.gather(*taps, return_exceptions=True)
    assert sum(isinstance(answer, Announcement) for answer in answers) == 1
    assert sum(isinstance(answer, AlreadySent) for answer in answers) == 4
    assert await office.sending.send_due(LATER) == []
    assert len(await rows(office.database)) == 1


async def test_a_second_tap_on_schedule_does_not_send(
    office: Office, kerstin: Person, scheduled: Announcement
) -> None:
    with pytest.raises(AlreadySent):
        await office.sending.send(kerstin, scheduled.id, now=NOW)
    assert await rows(office.database) == []


async def test_what_is_called_off_does_not_leave(
    office: Office, kerstin: Person, scheduled: Announcement
) -> None:
    draft = await office.sending.take_back(kerstin, scheduled.id)
    assert draft.status is AnnouncementStatus.DRAFT
    assert (await office.sending.take_back(kerstin, scheduled.id)).version == draft.version
    assert await office.sending.send_due(LATER) == []
    assert await rows(office.database) == []


async def test_what_is_changed_must_be_confirmed_again(
    office: Office, kerstin: Person, scheduled: Announcement
) -> None:
    sooner = replace(TIMED, send_at=NOW + timedelta(hours=1))
    await office.announcements.save_draft(kerstin, sooner, id=scheduled.id)
    assert await office.sending.send_due(LATER) == []
    await office.sending.send(kerstin, scheduled.id, now=NOW)
    assert len(await office.sending.send_due(NOW + timedelta(hours=1))) == 1


async def test_what_waits_stays_in_sight(
    office: Office, kerstin: Person, scheduled: Announcement
) -> None:
    for _ in range(6):
        newest = await office.saves(kerstin)
    found = await office.announcements.list_mine(kerstin)
    assert [one.id for one in found][:2] == [scheduled.id, newest.id]


async def test_an_old_preview_does_not_send_what_it_does_not_show(
    office: Office, kerstin: Person
) -> None:
    draft = await office.saves(kerstin)
    changed = reworded(DRAFT, heading="En annan rubrik")
    await office.announcements.save_draft(kerstin, changed, id=draft.id)
    with pytest.raises(ChangedSince):
        await office.sending.send(kerstin, draft.id, now=NOW, version=draft.version)
    assert await rows(office.database) == []


async def test_what_has_left_is_neither_called_off_nor_changed(
    office: Office, kerstin: Person, scheduled: Announcement
) -> None:
    await office.sending.send_due(LATER)
    with pytest.raises(AlreadySent):
        await office.sending.take_back(kerstin, scheduled.id)
    with pytest.raises(AlreadySent):
        await office.announcements.save_draft(kerstin, DRAFT, id=scheduled.id)


async def test_a_time_that_has_passed_sends_nothing(office: Office, kerstin: Person) -> None:
    draft = await office.saves(kerstin, replace(DRAFT, send_at=NOW))
    with pytest.raises(MomentPassed):
        await office.sending.send(kerstin, draft.id, now=NOW)
    assert await rows(office.database) == []


async def test_an_author_who_lost_the_role_sends_nothing(
    office: Office, kerstin: Person, scheduled: Announcement
) -> None:
    await office.directory.revoke(kerstin.tenant_id, kerstin.object_id, VASTRA_GOTALAND)
    assert await office.sending.send_due(LATER) == []
    assert await groups(office.database, "announcement:") == []
    assert await groups(office.database, "notice:news:") == ["kerstin"]
    with pytest.raises(NotACoordinator):
        await office.sending.send_now(kerstin, scheduled.id, now=LATER)


async def test_its_author_learns_that_it_reached_nobody(
    office: Office, kerstin: Person, scheduled: Announcement
) -> None:
    await office.channels.leave("tenant-gbg", "team-Utskick", datetime.now(UTC))
    assert await office.sending.send_due(LATER) == []
    kept = await office.announcements.get(kerstin, scheduled.id)
    assert kept.status is AnnouncementStatus.DRAFT
    await office.delivers()
    assert [call.message.text for call in office.messenger.sent] == ["nobody"]


async def test_what_has_grown_large_by_its_time_waits_for_a_colleague(
    office: Office, kerstin: Person, karin: Person, scheduled: Announcement
) -> None:
    for name in ("anna", "bo", "cilla"):
        await office.employs(name, at=MOLNDAL)
    assert await office.sending.send_due(LATER) == []
    [asked] = await office.approvals.list_waiting(karin)
    done = await office.approvals.approve(karin, asked.id, asked.version, now=LATER)
    assert done.status is AnnouncementStatus.SENT


async def test_one_that_cannot_be_sent_does_not_stop_the_others(
    office: Office, kerstin: Person
) -> None:
    for heading in ("Trasigt", "Helt"):
        draft = await office.saves(kerstin, reworded(TIMED, heading=heading))
        await office.sending.send(kerstin, draft.id, now=NOW)
    office.wording.breaks_at = "Trasigt"
    [sent] = await office.sending.send_due(LATER)
    assert sent.heading == "Helt"
    office.wording.breaks_at = ""
    assert [one.heading for one in await office.sending.send_due(LATER)] == ["Trasigt"]


async def test_a_test_reaches_the_author_alone_and_counts_nowhere(
    office: Office, kerstin: Person
) -> None:
    draft = await office.saves(kerstin)
    for key in ("tap-1", "tap-1", "tap-2"):
        await office.sending.send_test(kerstin, draft.id, key)
    await office.delivers()
    assert [call.whom for call in office.messenger.sent] == ["chat-kerstin", "chat-kerstin"]
    assert (await office.sent.report(kerstin, draft.id)).total == 0


async def test_a_deleted_draft_is_gone_and_its_id_is_not_used_again(
    office: Office, kerstin: Person
) -> None:
    draft = await office.saves(kerstin)
    await office.announcements.delete_draft(kerstin, draft.id)
    assert await office.announcements.list_mine(kerstin) == []
    assert (await office.saves(kerstin)).id != draft.id
    for attempt in (
        office.announcements.get(kerstin, draft.id),
        office.announcements.delete_draft(kerstin, draft.id),
        office.sending.send(kerstin, draft.id, now=NOW),
        office.sending.send_test(kerstin, draft.id, "tap"),
    ):
        with pytest.raises(NotFound):
            await attempt


async def test_only_drafts_are_deleted(
    office: Office, kerstin: Person, scheduled: Announcement
) -> None:
    with pytest.raises(AlreadySent):
        await office.announcements.delete_draft(kerstin, scheduled.id)
    assert len(await office.sending.send_due(LATER)) == 1


async def test_the_other_countys_coordinator_can_do_none_of_it(
    office: Office, scheduled: Announcement
) -> None:
    hans = await office.employs("hans", coordinates=HALLAND)
    for attempt in (
        office.sending.send_now(hans, scheduled.id, now=NOW),
        office.sending.take_back(hans, scheduled.id),
        office.sending.send_test(hans, scheduled.id, "tap"),
        office.approvals.count_approvers(hans, scheduled.id),
        office.announcements.delete_draft(hans, scheduled.id),
        office.templates.save(hans, scheduled.id),
    ):
        with pytest.raises(NotFound):
            await attempt
