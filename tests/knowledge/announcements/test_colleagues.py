"""What is to be done with a large announcement waits for a colleague, and is then done once."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from knowledge.announcements import proposals, repository
from knowledge.announcements.eyes import Act
from knowledge.announcements.models import Announcement, AnnouncementStatus
from knowledge.announcements.proposals import Proposal
from knowledge.announcements.refusals import (
    AnotherChangeWaits,
    DraftIncomplete,
    NotFound,
    NotWaiting,
    OwnAnnouncement,
    OwnProposal,
)
from knowledge.directory.models import Person
from knowledge.recipients.service import RecipientService
from knowledge.storage.database import Database
from tests.support.deliveries import rows
from tests.support.office import DRAFT, HALLAND, MOLNDAL, NOW, VASTRA_GOTALAND, Office

LATER = NOW + timedelta(days=3)
RIGHT = replace(DRAFT.words, text="Mallen har fått två nya avsnitt, och inte ett.")
PROCESSES = 5


@pytest.fixture
async def office(database: Database) -> Office:
    """A colleague is wanted from two recipients, and there are two."""
    office = Office(database, approval_from=2)
    await office.has_channel("Utskick")
    await office.employs("anna", at=MOLNDAL)
    return office


@pytest.fixture
async def sent(office: Office, kerstin: Person, karin: Person) -> Announcement:
    waits = await office.sends(kerstin, await office.saves(kerstin))
    done = await office.approvals.approve(karin, waits.id, waits.version, now=NOW)
    await office.delivers()
    return done


async def proposes(office: Office, person: Person, sent: Announcement) -> Proposal:
    done = await office.sent.correct(person, sent.id, RIGHT)
    assert isinstance(done, Proposal)
    return done


async def updates(database: Database) -> int:
    return sum(row["action"] == "update" for row in await rows(database))


async def told(office: Office, name: str) -> list[str]:
    await office.delivers()
    return [one.message.text for one in office.messenger.sent if one.whom == f"chat-{name}"]


async def text_of(office: Office, sent: Announcement, person: Person) -> str:
    return (await office.announcements.get(person, sent.id)).draft.words.text


async def test_nothing_is_corrected_before_a_colleague_has_read_it(
    office: Office, kerstin: Person, sent: Announcement
) -> None:
    await proposes(office, kerstin, sent)
    assert await updates(office.database) == 0
    assert await text_of(office, sent, kerstin) == DRAFT.words.text
    assert f"correct? {RIGHT.text}" in await told(office, "karin")
    assert (await office.sent.follow(kerstin, sent.id)).asked == 1


async def test_a_yes_corrects_every_copy_and_the_asker_is_told(
    office: Office, kerstin: Person, karin: Person, sent: Announcement
) -> None:
    proposal = await proposes(office, kerstin, sent)
    await office.colleagues.approve(karin, proposal.id)
    assert await updates(office.database) == 2
    assert await text_of(office, sent, kerstin) == RIGHT.text
    assert "approved correct karin" in await told(office, "kerstin")
    with pytest.raises(NotWaiting):
        await office.colleagues.approve(karin, proposal.id)


async def test_a_no_changes_nothing_and_says_why(
    office: Office, kerstin: Person, karin: Person, sent: Announcement
) -> None:
    proposal = await proposes(office, kerstin, sent)
    await office.colleagues.decline(karin, proposal.id, "Det är tre avsnitt")
    assert await updates(office.database) == 0
    assert "declined correct karin Det är tre avsnitt" in await told(office, "kerstin")
    with pytest.raises(NotWaiting):
        await office.colleagues.approve(karin, proposal.id)


async def test_the_second_eyes_are_somebody_elses(
    office: Office, kerstin: Person, karin: Person, sent: Announcement
) -> None:
    proposal = await proposes(office, karin, sent)
    assert await office.colleagues.list_waiting(karin) == []
    with pytest.raises(OwnProposal):
        await office.colleagues.approve(karin, proposal.id)
    with pytest.raises(OwnProposal):
        await office.colleagues.decline(karin, proposal.id, "Nej")
    await office.colleagues.approve(kerstin, proposal.id)
    assert await updates(office.database) == 2


async def test_who_has_sent_off_a_colleagues_draft_does_not_approve_it(
    office: Office, kerstin: Person, karin: Person
) -> None:
    draft = await office.saves(kerstin)
    changed = replace(DRAFT, words=RIGHT)
    await office.announcements.save_draft(karin, changed, id=draft.id)
    waits = await office.sends(karin, draft)
    assert await office.approvals.list_waiting(karin) == []
    with pytest.raises(OwnAnnouncement):
        await office.approvals.approve(karin, waits.id, waits.version, now=NOW)
    done = await office.approvals.approve(kerstin, waits.id, waits.version, now=NOW)
    assert done.status is AnnouncementStatus.SENT


async def test_other_counties_and_former_colleagues_decide_nothing(
    office: Office, kerstin: Person, karin: Person, sent: Announcement
) -> None:
    proposal = await proposes(office, kerstin, sent)
    hans = await office.employs("hans", coordinates=HALLAND)
    await office.directory.revoke(karin.tenant_id, karin.object_id, VASTRA_GOTALAND)
    for person in (hans, karin):
        assert await office.colleagues.list_waiting(person) == []
        for attempt in (
            office.colleagues.approve(person, proposal.id),
            office.colleagues.decline(person, proposal.id, "Nej"),
            office.colleagues.take_back(person, sent.id),
        ):
            with pytest.raises(NotFound):
                await attempt
    assert await updates(office.database) == 0


async def test_a_button_approves_what_its_card_shows_and_nothing_else(
    office: Office, kerstin: Person, karin: Person, sent: Announcement
) -> None:
    first = await proposes(office, kerstin, sent)
    other = replace(RIGHT, text="Något helt annat än det som Karin har läst.")
    second = await office.sent.correct(kerstin, sent.id, other)
    assert isinstance(second, Proposal)
    with pytest.raises(NotWaiting):
        await office.colleagues.approve(karin, first.id)
    await office.colleagues.approve(karin, second.id)
    assert await text_of(office, sent, kerstin) == other.text


async def test_asking_the_same_twice_asks_once(
    office: Office, kerstin: Person, sent: Announcement
) -> None:
    first = await proposes(office, kerstin, sent)
    assert (await proposes(office, kerstin, sent)).id == first.id
    asked = [one for one in await told(office, "karin") if one.startswith("correct?")]
    assert len(asked) == 1


async def test_the_same_words_once_more_ask_nobody(
    office: Office, kerstin: Person, sent: Announcement
) -> None:
    known = await office.sent.correct(kerstin, sent.id, sent.draft.words)
    assert isinstance(known, Announcement)
    assert await office.sent.resend_failed(kerstin, sent.id) == 0
    assert (await office.sent.follow(kerstin, sent.id)).waiting is None


async def test_a_faulty_correction_asks_nobody(
    office: Office, kerstin: Person, karin: Person, sent: Announcement
) -> None:
    with pytest.raises(DraftIncomplete):
        await office.sent.correct(kerstin, sent.id, replace(RIGHT, heading=""))
    assert await office.colleagues.list_waiting(karin) == []


async def test_nobody_elses_change_is_pushed_aside(
    office: Office, kerstin: Person, karin: Person, sent: Announcement
) -> None:
    proposal = await proposes(office, kerstin, sent)
    with pytest.raises(AnotherChangeWaits) as refused:
        await office.sent.correct(karin, sent.id, replace(RIGHT, text="Karins egna ord om saken."))
    assert refused.value.proposal == proposal
    await office.colleagues.take_back(kerstin, sent.id)
    with pytest.raises(NotWaiting):
        await office.colleagues.approve(karin, proposal.id)
    assert isinstance(await office.sent.correct(karin, sent.id, RIGHT), Proposal)


async def test_it_is_done_once_also_when_whoever_asked_has_lost_the_role(
    office: Office, kerstin: Person, karin: Person, sent: Announcement
) -> None:
    proposal = await proposes(office, kerstin, sent)
    await office.directory.revoke(kerstin.tenant_id, kerstin.object_id, VASTRA_GOTALAND)
    await office.colleagues.approve(karin, proposal.id)
    assert await updates(office.database) == 2
    assert await text_of(office, sent, karin) == RIGHT.text


async def test_what_was_withdrawn_meanwhile_is_not_corrected(
    office: Office, kerstin: Person, karin: Person, sent: Announcement
) -> None:
    proposal = await proposes(office, kerstin, sent)
    await office.sent.withdraw(kerstin, sent.id)
    assert await office.colleagues.list_waiting(karin) == []
    with pytest.raises(NotWaiting):
        await office.colleagues.approve(karin, proposal.id)
    await office.delivers()
    assert await updates(office.database) == 0


async def test_what_is_paused_is_corrected_and_not_sent(
    office: Office, kerstin: Person, karin: Person
) -> None:
    waits = await office.sends(kerstin, await office.saves(kerstin))
    sent = await office.approvals.approve(karin, waits.id, waits.version, now=NOW)
    await office.sent.pause(kerstin, sent.id)
    proposal = await proposes(office, kerstin, sent)
    await office.colleagues.approve(karin, proposal.id)
    known = await office.announcements.get(kerstin, sent.id)
    assert (known.status, known.draft.words) == (AnnouncementStatus.PAUSED, RIGHT)


async def test_what_has_left_in_its_time_is_not_sent_sooner_too(
    office: Office, kerstin: Person, karin: Person
) -> None:
    draft = await office.saves(kerstin, replace(DRAFT, send_at=LATER))
    waits = await office.sends(kerstin, draft)
    await office.approvals.approve(karin, waits.id, waits.version, now=NOW)
    known = await office.sending.send_now(kerstin, draft.id, now=NOW)
    assert known.status is AnnouncementStatus.SCHEDULED
    [(_, proposal)] = await office.colleagues.list_waiting(karin)
    assert proposal.act is Act.SEND_NOW
    assert len(await office.sending.send_due(LATER)) == 1
    with pytest.raises(NotWaiting):
        await office.colleagues.approve(karin, proposal.id)
    assert len([row for row in await rows(office.database) if row["action"] == "post"
                and row["group_key"] == known.group_key]) == 2  # fmt: skip


async def test_those_of_the_weekly_message_are_readers_too(
    database: Database, kerstin: Person, karin: Person, recipients: RecipientService
) -> None:
    small, strict = Office(database, approval_from=3), Office(database, approval_from=2)
    await small.has_channel("Utskick")
    await recipients.gather(await small.employs("anna", at=MOLNDAL))
    sent = await small.sends(kerstin, await small.saves(kerstin))
    assert sent.status is AnnouncementStatus.SENT
    assert len([row for row in await rows(database) if row["group_key"] == sent.group_key]) == 1
    assert isinstance(await strict.sent.correct(kerstin, sent.id, RIGHT), Proposal)


async def test_what_needed_two_once_needs_them_though_the_limit_is_raised(
    database: Database, kerstin: Person, sent: Announcement
) -> None:
    lenient = Office(database, approval_from=10_000)
    assert isinstance(await lenient.sent.correct(kerstin, sent.id, RIGHT), Proposal)


async def test_many_who_say_yes_at_once_correct_it_once(
    database_url: str, office: Office, kerstin: Person, karin: Person, sent: Announcement
) -> None:
    karl = await office.employs("karl", coordinates=VASTRA_GOTALAND)
    proposal = await proposes(office, kerstin, sent)
    databases = [Database(database_url) for _ in range(PROCESSES)]
    offices = [Office(database, approval_from=2) for database in databases]
    taps = [
        one.colleagues.approve(person, proposal.id) for one in offices for person in (karin, karl)
    ]
    answers = await asyncio.gather(*taps, return_exceptions=True)
    for database in databases:
        await database.close()
    assert sum(isinstance(answer, tuple) for answer in answers) == 1
    assert sum(isinstance(answer, NotWaiting) for answer in answers) == 2 * PROCESSES - 1
    assert await updates(office.database) == 2
    assert (await office.announcements.get(kerstin, sent.id)).version == sent.version + 1


async def test_control_without_holding_the_row_it_is_done_more_than_once(
    office: Office, kerstin: Person, sent: Announcement
) -> None:
    """The same, but looking in one transaction and writing in the next."""
    proposal = await proposes(office, kerstin, sent)
    ready = asyncio.Barrier(PROCESSES)

    async def look_then_write() -> bool:
        async with office.database.read() as tx:
            known = await repository.find(tx, sent.id)
            current = await proposals.find(tx, proposal.id)
        await ready.wait()
        if known is None or current is None or not current.fits(known):
            return False
        async with office.database.write() as tx:
            await repository.save(tx, replace(known, version=known.version + 1))
        return True

    done = await asyncio.gather(*(look_then_write() for _ in range(PROCESSES)))
    assert sum(done) > 1


async def test_a_yes_and_a_withdrawal_at_once_leave_nothing_half_done(
    office: Office, kerstin: Person, karin: Person, sent: Announcement
) -> None:
    proposal = await proposes(office, kerstin, sent)
    await asyncio.gather(
        office.colleagues.approve(karin, proposal.id),
        office.sent.withdraw(kerstin, sent.id),
        return_exceptions=True,
    )
    await office.delivers()
    deleted = [one for one in await rows(office.database) if one["action"] == "delete"]
    assert [one["status"] for one in deleted] == ["sent", "sent"]
    known = await office.announcements.get(kerstin, sent.id)
    assert known.status is AnnouncementStatus.WITHDRAWN
