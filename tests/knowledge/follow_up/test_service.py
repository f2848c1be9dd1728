"""After sending: pausing, stopping, sending again, following what became of it."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert, update

from knowledge.announcements.models import Announcement, AnnouncementStatus
from knowledge.announcements.refusals import AlreadyReminded, NotFound, NotSent
from knowledge.delivery import claims
from knowledge.delivery.messenger import Outcome, Sent
from knowledge.delivery.models import Result, Status, deliveries
from knowledge.delivery.sender import Sender
from knowledge.directory.models import Person, people
from knowledge.follow_up.acknowledgements import acknowledgements
from knowledge.follow_up.models import Group
from knowledge.storage.database import Database
from tests.support.deliveries import (
    a_minute_passes,
    falls_silent,
    make_due,
    rows,
    statuses,
    until,
    until_settled,
)
from tests.support.fakes import FakeMessenger
from tests.support.office import (
    CARD,
    CORRECTED,
    DRAFT,
    GOTEBORG,
    HALLAND,
    MOLNDAL,
    NOW,
    VASTRA_GOTALAND,
    Office,
)

REFUSED = Sent(Outcome.FAILED, status=400, reason="bad_argument")
GONE = Sent(Outcome.NOT_INSTALLED, status=403, reason="not_in_roster")


@pytest.fixture
def office(database: Database) -> Office:
    return Office(database, approval_from=100_000, confirm_from=100_000)


@pytest.fixture
async def sent(office: Office, kerstin: Person) -> Announcement:
    """Sent to a channel and to Anna in Mölndal, who are asked to acknowledge. Not delivered yet."""
    await office.has_channel("Utskick")
    await office.employs("anna", at=MOLNDAL)
    return await office.sends(
        kerstin, await office.saves(kerstin, replace(DRAFT, acknowledge=True))
    )


async def claim(database: Database, lease: str = "a/1", *, most: int = 10) -> list[claims.Delivery]:
    async with database.write() as tx:
        return await claims.claim(tx, database, lease, most)


async def settle(database: Database, *results: Result) -> None:
    async with database.write() as tx:
        await claims.settle(tx, database, results)


# Pausing and stopping


async def test_what_is_paused_is_not_claimed_until_it_is_resumed(
    office: Office, kerstin: Person, sent: Announcement
) -> None:
    paused = await office.sent.pause(kerstin, sent.id)
    assert paused.status is AnnouncementStatus.PAUSED
    assert await claim(office.database) == []
    report = await office.sent.report(kerstin, sent.id)
    assert (report.counts, report.finished, report.at_rest) == ({Status.PENDING: 2}, False, True)
    resumed = await office.sent.resume(kerstin, sent.id)
    assert resumed.status is AnnouncementStatus.SENT
    assert len(await claim(office.database)) == 2


async def test_what_was_on_its_way_waits_when_it_did_not_arrive(
    office: Office, kerstin: Person, sent: Announcement
) -> None:
    claimed = await claim(office.database)
    await office.sent.pause(kerstin, sent.id)
    again = [Result(one, Status.PENDING, "throttled", retry_in=0) for one in claimed]
    await settle(office.database, *again)
    assert await statuses(office.database) == ["pending", "pending"]
    assert await claim(office.database, "a/2") == []


async def test_what_was_on_its_way_is_not_tried_again_after_a_stop(
    office: Office, kerstin: Person, sent: Announcement
) -> None:
    (first,) = await claim(office.database, most=1)
    await office.sent.stop(kerstin, sent.id)
    await settle(office.database, Result(first, Status.PENDING, "throttled", retry_in=0))
    assert await statuses(office.database) == ["cancelled", "cancelled"]


async def test_what_was_on_its_way_is_tried_again_when_the_pause_is_over(
    office: Office, kerstin: Person, sent: Announcement
) -> None:
    (first,) = await claim(office.database, most=1)
    await office.sent.pause(kerstin, sent.id)
    await office.sent.resume(kerstin, sent.id)
    await settle(office.database, Result(first, Status.PENDING, "throttled", retry_in=0))
    assert len(await claim(office.database, "a/2")) == 2


async def test_two_senders_obey_a_pause_and_deliver_each_once_afterwards(
    office: Office, kerstin: Person, database_url: str
) -> None:
    await populate(office, 200, tenants=2)
    announcement = await office.sends(kerstin, await office.saves(kerstin))
    other, messenger, stop = Database(database_url), FakeMessenger(delay=0.05), asyncio.Event()
    senders = [Sender(database, messenger) for database in (office.database, other)]
    running = [asyncio.create_task(sender.run(stop)) for sender in senders]
    await until(lambda: len(messenger.calls) > 10)
    await office.sent.pause(kerstin, announcement.id)
    assert await falls_silent(lambda: len(messenger.calls)) < 200
    await office.sent.resume(kerstin, announcement.id)
    await until_settled(office.database, seconds=30)
    stop.set()
    await asyncio.gather(*running)
    await other.close()
    assert sorted(call.whom for call in messenger.sent) == sorted(f"chat-{n}" for n in range(200))


async def test_stopping_keeps_what_has_arrived_and_sends_no_more(
    office: Office, kerstin: Person, sent: Announcement
) -> None:
    (first,) = await claim(office.database, most=1)
    await settle(office.database, Result(first, Status.SENT, activity_id="activity-1"))
    stopped = await office.sent.stop(kerstin, sent.id)
    assert stopped.status is AnnouncementStatus.CANCELLED
    report = await office.sent.report(kerstin, sent.id)
    assert (report.counts, report.finished) == ({Status.SENT: 1, Status.CANCELLED: 1}, True)
    for attempt in (office.sent.resume, office.sent.pause):
        assert (await attempt(kerstin, sent.id)).status is AnnouncementStatus.CANCELLED
    await office.delivers()
    assert office.messenger.calls == []


async def test_what_has_all_left_can_be_neither_paused_nor_stopped(
    office: Office, kerstin: Person, sent: Announcement
) -> None:
    await office.delivers()
    for attempt in (office.sent.pause, office.sent.stop):
        assert (await attempt(kerstin, sent.id)).status is AnnouncementStatus.SENT


async def test_a_pause_survives_that_the_sender_starts_anew(
    office: Office, kerstin: Person, sent: Announcement
) -> None:
    await office.sent.pause(kerstin, sent.id)
    await office.delivers()
    assert office.messenger.calls == []
    await office.sent.resume(kerstin, sent.id)
    await office.delivers()
    assert len(office.messenger.sent) == 2


async def test_a_correction_during_a_pause_reaches_who_has_it_and_is_what_the_others_get(
    office: Office, kerstin: Person, sent: Announcement
) -> None:
    (first,) = await claim(office.database, most=1)
    await settle(office.database, Result(first, Status.SENT, activity_id="activity-1"))
    await office.sent.pause(kerstin, sent.id)
    await office.corrects(kerstin, sent, "Ett fel i länken är rättat.")
    await office.delivers()
    assert [call.action for call in office.messenger.sent] == ["update"]
    await office.sent.resume(kerstin, sent.id)
    await office.delivers()
    assert [call.action for call in office.messenger.sent] == ["update", "post"]
    assert all(call.message.card == CORRECTED for call in office.messenger.sent)


async def test_withdrawing_what_is_paused_sends_none_of_it(
    office: Office, kerstin: Person, sent: Announcement
) -> None:
    await office.sent.pause(kerstin, sent.id)
    await office.sent.withdraw(kerstin, sent.id)
    resumed = await office.sent.resume(kerstin, sent.id)
    assert resumed.status is AnnouncementStatus.WITHDRAWN
    assert (await office.sent.report(kerstin, sent.id)).counts == {Status.CANCELLED: 2}


async def test_only_coordinators_of_the_county_steer_it(
    office: Office, kerstin: Person, sent: Announcement
) -> None:
    hans = await office.employs("hans", coordinates=HALLAND)
    for attempt in (
        office.sent.pause(hans, sent.id),
        office.sent.resume(hans, sent.id),
        office.sent.stop(hans, sent.id),
        office.sent.resend_failed(hans, sent.id),
        office.sent.retry_changes(hans, sent.id),
        office.sent.recipients(hans, sent.id, Group.SENT),
        office.sent.every_recipient(hans, sent.id),
        office.sent.acknowledgements(hans, sent.id),
        office.sent.follow(hans, sent.id),
        office.sent.remind(hans, sent.id),
    ):
        with pytest.raises(NotFound):
            await attempt
    assert await statuses(office.database) == ["pending", "pending"]


async def test_a_draft_cannot_be_steered(office: Office, kerstin: Person) -> None:
    draft = await office.saves(kerstin)
    for attempt in (office.sent.pause, office.sent.stop, office.sent.resend_failed):
        with pytest.raises(NotSent):
            await attempt(kerstin, draft.id)


# Sending again


async def test_ten_taps_by_two_coordinators_send_once_more_to_those_that_failed(
    office: Office, kerstin: Person, sent: Announcement
) -> None:
    karin = await office.employs("karin", coordinates=VASTRA_GOTALAND)
    office.messenger.will_answer("channel-Utskick", REFUSED)
    await office.delivers()
    assert (await office.sent.report(kerstin, sent.id)).again == 1
    taps = [office.sent.resend_failed(person, sent.id) for person in (kerstin, karin) * 5]
    assert sorted(await asyncio.gather(*taps)) == [0] * 9 + [1]
    await office.delivers()
    assert [call.whom for call in office.messenger.calls].count("channel-Utskick") == 2
    report = await office.sent.report(kerstin, sent.id)
    assert (report.counts, report.again) == ({Status.SENT: 2}, 0)


async def test_who_was_gone_gets_it_only_after_coming_back_and_where_they_are_now(
    office: Office, kerstin: Person, sent: Announcement
) -> None:
    office.messenger.will_answer("chat-anna", GONE)
    await office.delivers()
    await office.directory.mark_installed("tenant-gbg", "chat-anna", False)
    assert await office.sent.resend_failed(kerstin, sent.id) == 0
    anna = await office.directory.find_person("tenant-gbg", "object-anna")
    assert anna is not None
    await office.directory.remember_chat(anna.id, "chat-anna-2")
    assert await office.sent.resend_failed(kerstin, sent.id) == 1
    await office.delivers()
    assert office.messenger.sent[-1].whom == "chat-anna-2"


async def test_nothing_is_sent_again_of_what_is_stopped(
    office: Office, kerstin: Person, sent: Announcement
) -> None:
    (first,) = await claim(office.database, most=1)
    await settle(office.database, Result(first, Status.FAILED, "bad_argument"))
    await office.sent.stop(kerstin, sent.id)
    assert await office.sent.resend_failed(kerstin, sent.id) == 0


async def test_a_correction_that_did_not_go_through_is_tried_again(
    office: Office, kerstin: Person, sent: Announcement
) -> None:
    office.messenger.will_answer("chat-anna", Sent(Outcome.SENT), REFUSED)
    await office.delivers()
    await office.corrects(kerstin, sent, "Ett fel i länken är rättat.")
    await office.delivers()
    report = await office.sent.report(kerstin, sent.id)
    assert (report.changes, report.unchanged) == ({Status.SENT: 1, Status.FAILED: 1}, 1)
    assert await office.sent.retry_changes(kerstin, sent.id) == 1
    assert await office.sent.retry_changes(kerstin, sent.id) == 0
    await office.delivers()
    assert (await office.sent.report(kerstin, sent.id)).changes == {Status.SENT: 2}
    assert [call.action for call in office.messenger.sent].count("update") == 2


async def test_a_correction_of_a_correction_is_what_stays(
    office: Office, kerstin: Person, sent: Announcement
) -> None:
    await office.delivers()
    await office.corrects(kerstin, sent, "Ett fel i länken är rättat.")
    second = office.wording.corrected = {**CARD, "speak": "second"}
    words = replace(sent.draft.words, text="Ett fel till är rättat.")
    corrected = await office.sent.correct(kerstin, sent.id, words)
    await office.delivers()
    assert corrected.version == 3
    last = {call.activity_id: call.message.card for call in office.messenger.sent[2:]}
    assert list(last.values()) == [second, second]
    assert (await office.sent.report(kerstin, sent.id)).changes == {Status.SENT: 2}


# Ten thousand copies


@pytest.mark.parametrize("change", ["correct", "withdraw"])
async def test_a_change_of_ten_thousand_copies_goes_on_after_an_interruption(
    office: Office, kerstin: Person, change: str
) -> None:
    await populate(office, 10_000)
    known = await office.sends(kerstin, await office.saves(kerstin))
    async with office.database.write() as tx:
        await tx.execute(update(deliveries).values(status="sent", activity_id="activity-1"))
    if change == "correct":
        await office.corrects(kerstin, known, "Ett fel i länken är rättat.")
    else:
        await office.sent.withdraw(kerstin, known.id)
    await a_minute_passes(office.database)
    await interrupt_half_way(office, 5_000)
    await make_due(office.database)  # the dead sender's lease runs out
    await deliver_in_the_background(office, kerstin, known)

    report = await office.sent.report(kerstin, known.id)
    assert (report.changes, report.finished) == ({Status.SENT: 10_000}, True)
    assert {call.whom for call in office.messenger.sent} == {f"chat-{n}" for n in range(10_000)}


async def deliver_in_the_background(office: Office, kerstin: Person, known: Announcement) -> None:
    """Look at the report now and then: reading ten thousand rows all the time would take longer."""
    stop = asyncio.Event()
    task = asyncio.create_task(Sender(office.database, office.messenger).run(stop))
    async with asyncio.timeout(120):
        while not (await office.sent.report(kerstin, known.id)).finished:  # noqa: ASYNC110
            await asyncio.sleep(0.5)
    stop.set()
    await task


async def interrupt_half_way(office: Office, half: int) -> None:
    """A sender that dies with deliveries in hand: it gives nothing back."""
    task = asyncio.create_task(Sender(office.database, office.messenger).run(asyncio.Event()))
    await until(lambda: len(office.messenger.calls) >= half, seconds=120)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


# Who, and who not


async def test_the_recipients_are_listed_in_pages_by_municipality(
    office: Office, kerstin: Person
) -> None:
    await populate(office, 20)
    sent = await office.sends(kerstin, await office.saves(kerstin))
    office.messenger.will_answer("chat-3", Sent(Outcome.BLOCKED, status=403, reason="user"))
    await office.delivers()
    first = await office.sent.recipients(kerstin, sent.id, Group.SENT)
    last = await office.sent.recipients(kerstin, sent.id, Group.SENT, 99)
    assert (first.first, first.total, last.first) == (0, 19, 15)
    names = [one.name for one in (*first.recipients, *last.recipients)]
    assert sorted(names) == sorted(f"Person {n}" for n in range(20) if n != 3)
    places = [one.municipality for one in (*first.recipients, *last.recipients)]
    assert places == sorted(places)
    (blocked,) = (await office.sent.recipients(kerstin, sent.id, Group.BLOCKED)).recipients
    assert (blocked.name, blocked.reason) == ("Person 3", "user")
    assert len(await office.sent.every_recipient(kerstin, sent.id)) == 20


async def acknowledge(office: Office, sent: Announcement, name: str, tenant: str) -> None:
    async with office.database.write() as tx:
        row = insert(acknowledgements).values(
            announcement_id=sent.id, tenant_id=tenant, object_id=f"object-{name}", at=NOW
        )
        await tx.execute(row)


async def test_who_has_acknowledged_and_who_has_not(
    office: Office, kerstin: Person, sent: Announcement
) -> None:
    await office.employs("bo", at=MOLNDAL)
    await office.delivers()
    report = await office.sent.report(kerstin, sent.id)
    assert (report.asked, report.acknowledged) == (1, 0)
    await acknowledge(office, sent, "anna", "tenant-kba")  # another Anna, elsewhere
    found = await office.sent.acknowledgements(kerstin, sent.id)
    assert (found.asked, found.acknowledged, found.others) == (1, 0, 1)
    assert [one.name for one in found.missing.recipients] == ["anna"]
    await acknowledge(office, sent, "anna", "tenant-gbg")
    found = await office.sent.acknowledgements(kerstin, sent.id)
    assert (found.asked, found.acknowledged, found.missing.recipients) == (1, 1, ())
    recipients = await office.sent.every_recipient(kerstin, sent.id)
    assert {one.name: one.acknowledged_at for one in recipients} == {
        "anna": NOW,
        "Trygghetsgruppen / Utskick": None,
    }


async def test_those_who_have_not_acknowledged_are_reminded_once(
    office: Office, kerstin: Person
) -> None:
    karin = await office.employs("karin", coordinates=VASTRA_GOTALAND)
    await office.has_channel("Utskick")
    for name in ("anna", "bo"):
        await office.employs(name, at=MOLNDAL)
    asking = replace(DRAFT, acknowledge=True)
    sent = await office.sends(kerstin, await office.saves(kerstin, asking))
    await office.delivers()
    await acknowledge(office, sent, "anna", "tenant-gbg")

    taps = [office.sent.remind(person, sent.id) for person in (kerstin, karin) * 3]
    answers = await asyncio.gather(*taps, return_exceptions=True)
    assert [one for one in answers if not isinstance(one, AlreadyReminded)] == [1]
    await office.delivers()
    assert [call.whom for call in office.messenger.sent][3:] == ["chat-bo"]
    assert (await office.sent.acknowledgements(kerstin, sent.id)).reminded
    assert (await office.sent.report(kerstin, sent.id)).total == 3


async def test_nobody_is_written_to_again_in_quiet_hours(
    office: Office, kerstin: Person, sent: Announcement
) -> None:
    office.messenger.will_answer("channel-Utskick", REFUSED)
    await office.delivers()
    async with office.database.write() as tx:
        to_anna = update(deliveries).where(deliveries.c.is_person)
        await tx.execute(to_anna.values(status=Status.UNCERTAIN))
    later = datetime.now(UTC) + timedelta(hours=10)
    at_night = office.follow_up(lambda _now: later)
    assert await at_night.resend_failed(kerstin, sent.id) == 1
    assert await at_night.resend_uncertain(kerstin, sent.id) == 1
    again = {row["is_person"]: row["due"] for row in (await rows(office.database))[2:]}
    assert again[True] == pytest.approx(later.timestamp())
    assert again[False] <= datetime.now(UTC).timestamp()


async def test_a_reminder_waits_for_the_morning(
    office: Office, kerstin: Person, sent: Announcement
) -> None:
    await office.delivers()
    later = datetime.now(UTC) + timedelta(hours=10)
    at_night = office.follow_up(lambda _now: later)
    assert await at_night.remind(kerstin, sent.id) == 1
    assert (await rows(office.database))[-1]["due"] == pytest.approx(later.timestamp())


async def test_who_was_not_asked_is_not_reminded(office: Office, kerstin: Person) -> None:
    await office.employs("anna", at=MOLNDAL)
    sent = await office.sends(kerstin, await office.saves(kerstin))
    await office.delivers()
    assert (await office.sent.report(kerstin, sent.id)).asked == 0
    assert await office.sent.remind(kerstin, sent.id) == 0


async def test_a_reminder_goes_with_the_announcement(
    office: Office, kerstin: Person, sent: Announcement
) -> None:
    await office.delivers()
    await office.sent.remind(kerstin, sent.id)
    await office.delivers()
    await office.corrects(kerstin, sent, "Ett fel i länken är rättat.")
    await office.delivers()
    await office.sent.withdraw(kerstin, sent.id)
    await office.delivers()
    to_anna = [call.action for call in office.messenger.sent if call.whom == "chat-anna"]
    assert sorted(to_anna) == ["delete", "delete", "post", "post", "update", "update"]


async def test_a_channel_has_one_root_post_whatever_is_done(
    office: Office, kerstin: Person, sent: Announcement
) -> None:
    await office.delivers()
    await office.corrects(kerstin, sent, "Ett fel i länken är rättat.")
    await office.sent.resend_failed(kerstin, sent.id)
    await office.sent.resend_uncertain(kerstin, sent.id)
    await office.sent.remind(kerstin, sent.id)
    await office.sent.pause(kerstin, sent.id)
    await office.sent.resume(kerstin, sent.id)
    await office.delivers()
    in_channel = [one.action for one in office.messenger.sent if one.whom == "channel-Utskick"]
    assert in_channel == ["post", "update"]


async def populate(office: Office, how_many: int, *, tenants: int = 10_000) -> None:
    """People in Göteborg and Mölndal, in so many tenants that no limit slows the test."""
    crowd = [
        {
            "tenant_id": f"tenant-{n % tenants}",
            "object_id": f"object-{n}",
            "teams_id": f"29:{n}",
            "name": f"Person {n}",
            "municipality": GOTEBORG if n % 2 else MOLNDAL,
            "conversation_id": f"chat-{n}",
            "service_url": "https://smba.trafficmanager.net/emea/",
            "installed": True,
        }
        for n in range(how_many)
    ]
    async with office.database.write() as tx:
        await tx.execute(insert(people), crowd)
