"""Announcements: who may write them, whom they reach, and what can be done afterwards."""

import asyncio
from dataclasses import replace

import pytest
from sqlalchemy import update

from knowledge.announcements.audience import Audience
from knowledge.announcements.models import Announcement, AnnouncementStatus, Draft
from knowledge.announcements.reach import LeftOut, Missed, Reach
from knowledge.announcements.refusals import (
    AlreadySent,
    DraftIncomplete,
    NobodyToReach,
    NotACoordinator,
    NotFound,
    NotSent,
    OutsideCounty,
    Withdrawn,
)
from knowledge.announcements.words import Link
from knowledge.audit.models import Account
from knowledge.delivery.messenger import Outcome, Sent
from knowledge.delivery.models import Action, Status, deliveries
from knowledge.directory.models import Person
from knowledge.follow_up.models import Report
from knowledge.logbook.service import LogbookService
from tests.support.deliveries import rows, statuses
from tests.support.office import (
    CARD,
    CORRECTED,
    DRAFT,
    GOTEBORG,
    HALLAND,
    KUNGSBACKA,
    MOLNDAL,
    NOW,
    VASTRA_GOTALAND,
    Office,
    reworded,
)


@pytest.fixture
async def sent(office: Office, kerstin: Person) -> Announcement:
    """Sent to a channel and to Anna in Mölndal, and not delivered yet."""
    await office.has_channel("Utskick")
    await office.employs("anna", at=MOLNDAL)
    return await office.sends(kerstin, await office.saves(kerstin))


async def test_a_draft_is_kept_as_written_and_can_be_changed(
    office: Office, kerstin: Person
) -> None:
    kept = await office.saves(kerstin, reworded(DRAFT, heading="  Ny lägesbild "))
    assert kept.draft == DRAFT
    changed = replace(
        reworded(DRAFT, heading="Ny mall"), audience=Audience(counties=(VASTRA_GOTALAND,))
    )
    await office.announcements.save_draft(kerstin, changed, id=kept.id)
    assert (await office.announcements.get(kerstin, kept.id)).draft == changed
    assert [found.id for found in await office.announcements.list_mine(kerstin)] == [kept.id]


NO_WAY = replace(DRAFT.audience, to_channels=False, to_people=False)


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (reworded(DRAFT, heading=" a "), "heading"),
        (reworded(DRAFT, heading="a" * 101), "heading"),
        (reworded(DRAFT, text="too short"), "text"),
        (reworded(DRAFT, text="a" * 4001), "text"),
        (reworded(DRAFT, links=(Link("http://www.bra.se"),)), "link"),
        (reworded(DRAFT, links=(Link("https://"),)), "link"),
        (reworded(DRAFT, links=(Link("https://[bra.se"),)), "link"),
        (reworded(DRAFT, links=(Link("https://bra.se@evil.example"),)), "link"),
        (reworded(DRAFT, links=(Link("https://www.bra.se/a b"),)), "link"),
        (reworded(DRAFT, links=(Link("", "Utan adress"),)), "link"),
        (reworded(DRAFT, links=(Link("https://www.bra.se", "a" * 31),)), "link"),
        (reworded(DRAFT, links=(*DRAFT.words.links, Link("http://bra.se"))), "link"),
        (reworded(DRAFT, links=DRAFT.words.links * 4), "links"),
        (reworded(DRAFT, links=(Link("javascript:alert(1)"),)), "link"),
        (replace(DRAFT, audience=NO_WAY), "recipients"),
        (replace(DRAFT, audience=Audience()), "audience"),
    ],
)
def test_what_is_missing_or_wrong_is_named(draft: Draft, field: str) -> None:
    assert draft.tidy().faults == (field,)


async def test_an_incomplete_draft_is_not_kept(office: Office, kerstin: Person) -> None:
    with pytest.raises(DraftIncomplete) as refused:
        await office.saves(kerstin, reworded(DRAFT, heading="", links=(Link("http://bra.se"),)))
    assert refused.value.fields == ("heading", "link")
    assert await office.announcements.list_mine(kerstin) == []


async def test_only_a_coordinator_of_the_county_writes_for_it(office: Office) -> None:
    anna = await office.employs("anna", at=GOTEBORG)
    hans = await office.employs("hans", coordinates=HALLAND)
    # What the person object claims is not what counts.
    for person in (anna, hans, replace(anna, counties=(VASTRA_GOTALAND,))):
        with pytest.raises(NotACoordinator) as refused:
            await office.saves(person)
        assert refused.value.county == VASTRA_GOTALAND


async def test_every_municipality_lies_in_the_county(office: Office, kerstin: Person) -> None:
    no_place = "1400"  # though it begins as those of the county do
    audience = Audience(municipalities=(GOTEBORG, KUNGSBACKA, "0000", no_place))
    with pytest.raises(OutsideCounty) as refused:
        await office.saves(kerstin, replace(DRAFT, audience=audience))
    assert refused.value.codes == (KUNGSBACKA, "0000", no_place)
    told, _ = await LogbookService(office.database).list_of_counties(kerstin, 0, 1)
    assert [(one.kind, one.by) for one in told] == [
        ("announcement_refuse", Account(kerstin.tenant_id, kerstin.object_id))
    ]


async def test_nobody_else_learns_that_an_announcement_exists(
    office: Office, kerstin: Person, sent: Announcement
) -> None:
    hans = await office.employs("hans", coordinates=HALLAND)
    for id_ in (sent.id, 4711, -1, 10**30):
        for attempt in (
            office.announcements.get(hans, id_),
            office.announcements.reach(hans, id_),
            office.sent.report(hans, id_),
            office.sent.withdraw(hans, id_),
            office.sent.resend_uncertain(hans, id_),
            office.sending.send(hans, id_, now=NOW),
            office.sent.correct(hans, id_, DRAFT.words),
        ):
            with pytest.raises(NotFound):
                await attempt


async def test_the_same_person_in_another_tenant_is_somebody_else(
    office: Office, kerstin: Person, sent: Announcement
) -> None:
    with pytest.raises(NotFound):
        await office.announcements.get(replace(kerstin, tenant_id="tenant-kba"), sent.id)


async def test_a_colleague_in_the_same_county_may_follow_it_up(
    office: Office, kerstin: Person, sent: Announcement
) -> None:
    karin = await office.employs("karin", coordinates=VASTRA_GOTALAND)
    assert (await office.announcements.get(karin, sent.id)).author_name == "kerstin"
    assert await office.announcements.list_mine(karin) == []


async def test_the_dry_run_counts_channels_people_and_who_is_left_out(
    office: Office, kerstin: Person
) -> None:
    await office.has_channel("Utskick")
    await office.has_channel("Utskick-kba", tenant="tenant-kba")
    await office.employs("anna", at=GOTEBORG)
    await office.employs("bo", at=KUNGSBACKA)
    draft = await office.saves(kerstin)
    reach = await office.announcements.reach(kerstin, draft.id)
    assert reach == Reach(1, 1, 0, 1, {LeftOut.WITHOUT: Missed(1, (MOLNDAL,))})
    assert await rows(office.database) == []


async def test_the_whole_county_has_49_municipalities(office: Office, kerstin: Person) -> None:
    audience = Audience(counties=(VASTRA_GOTALAND,))
    draft = await office.saves(kerstin, replace(DRAFT, audience=audience))
    reach = await office.announcements.reach(kerstin, draft.id)
    assert reach.left_out[LeftOut.WITHOUT].count == 49


async def test_who_has_removed_the_bot_is_not_written_to(office: Office, kerstin: Person) -> None:
    await office.has_channel("Utskick")
    anna = await office.employs("anna", at=GOTEBORG)
    await office.directory.mark_installed(anna.tenant_id, "chat-anna", False)
    await office.sends(kerstin, await office.saves(kerstin))
    assert [row["conversation_id"] for row in await rows(office.database)] == ["channel-Utskick"]


async def test_sending_reaches_channels_and_people_with_the_card(
    office: Office, sent: Announcement
) -> None:
    assert (sent.status, sent.sent_at) == (AnnouncementStatus.SENT, NOW)
    assert office.woken == 1
    await office.delivers()
    assert {call.whom for call in office.messenger.sent} == {"channel-Utskick", "chat-anna"}
    assert all(call.message.card == CARD for call in office.messenger.sent)
    (channel, person) = await rows(office.database)
    assert channel["target_name"] == "Trygghetsgruppen / Utskick"
    assert (person["target_name"], person["municipality"]) == ("anna", MOLNDAL)


async def test_ten_taps_by_two_coordinators_send_it_once(office: Office, kerstin: Person) -> None:
    karin = await office.employs("karin", coordinates=VASTRA_GOTALAND)
    await office.has_channel("Utskick")
    draft = await office.saves(kerstin)
    taps = [office.sends(person, draft) for person in (kerstin, karin) * 5]
    answers = await asyncio.gather(*taps, return_exceptions=True)
    refusals = [answer for answer in answers if isinstance(answer, AlreadySent)]
    assert len(refusals) == 9
    assert {refusal.announcement.status for refusal in refusals} == {AnnouncementStatus.SENT}
    assert len(await rows(office.database)) == 1


async def test_what_reaches_nobody_is_not_sent(office: Office, kerstin: Person) -> None:
    draft = await office.saves(kerstin)
    with pytest.raises(NobodyToReach):
        await office.sends(kerstin, draft)
    kept = await office.announcements.get(kerstin, draft.id)
    assert kept.status is AnnouncementStatus.DRAFT


async def test_a_role_taken_away_after_the_preview_stops_the_sending(
    office: Office, kerstin: Person
) -> None:
    await office.has_channel("Utskick")
    draft = await office.saves(kerstin)
    as_known = replace(kerstin, counties=(VASTRA_GOTALAND,))  # from when the turn began
    await office.directory.revoke(kerstin.tenant_id, kerstin.object_id, VASTRA_GOTALAND)
    for person in (kerstin, as_known):
        with pytest.raises(NotACoordinator):
            await office.sends(person, draft)
    assert await rows(office.database) == []
    assert await office.announcements.list_mine(kerstin) == []


async def test_what_was_sent_is_no_draft_any_more(
    office: Office, kerstin: Person, sent: Announcement
) -> None:
    with pytest.raises(AlreadySent):
        await office.announcements.save_draft(kerstin, DRAFT, id=sent.id)


async def report(office: Office, person: Person, announcement: Announcement) -> Report:
    return await office.sent.report(person, announcement.id)


async def test_the_report_names_who_was_not_reached_and_why(
    office: Office, kerstin: Person, sent: Announcement
) -> None:
    before = await report(office, kerstin, sent)
    assert (before.counts, before.total, before.finished) == ({Status.PENDING: 2}, 2, False)
    blocked = Sent(Outcome.BLOCKED, status=403, reason="user")
    office.messenger.will_answer("chat-anna", blocked)
    await office.delivers()
    after = await report(office, kerstin, sent)
    assert after.counts == {Status.SENT: 1, Status.BLOCKED: 1}
    assert after.finished
    (failure,) = after.failures
    assert (failure.name, failure.municipality) == ("anna", "Mölndal")
    assert (failure.status, failure.reason) == (Status.BLOCKED, "user")


async def test_a_correction_changes_what_has_arrived(
    office: Office, kerstin: Person, sent: Announcement
) -> None:
    await office.delivers()
    corrected = await office.corrects(kerstin, sent, "Ett fel i länken är rättat.")
    assert (corrected.version, corrected.draft.words.text) == (2, "Ett fel i länken är rättat.")
    assert not (await report(office, kerstin, sent)).finished
    await office.delivers()
    posts, updates = office.messenger.sent[:2], office.messenger.sent[2:]
    assert [call.action for call in updates] == ["update", "update"]
    assert {call.activity_id for call in updates} == {call.activity_id for call in posts}
    assert all(call.message.card == CORRECTED for call in updates)
    after = await report(office, kerstin, sent)
    assert (after.counts, after.changes) == ({Status.SENT: 2}, {Status.SENT: 2})


async def test_a_correction_before_delivery_is_what_arrives(
    office: Office, kerstin: Person, sent: Announcement
) -> None:
    await office.corrects(kerstin, sent, "Ett fel i länken är rättat.")
    await office.delivers()
    assert [call.message.card for call in office.messenger.sent] == [CORRECTED, CORRECTED]


async def test_the_same_correction_twice_is_one(
    office: Office, kerstin: Person, sent: Announcement
) -> None:
    await office.delivers()
    for _ in range(2):
        again = await office.corrects(kerstin, sent, "Ett fel i länken är rättat.")
    assert again.version == 2
    assert len(await rows(office.database, action=Action.UPDATE)) == 2


async def test_a_withdrawal_deletes_everywhere_and_stays(
    office: Office, kerstin: Person, sent: Announcement
) -> None:
    await office.delivers()
    for _ in range(2):
        withdrawn = await office.sent.withdraw(kerstin, sent.id)
    assert withdrawn.status is AnnouncementStatus.WITHDRAWN
    await office.delivers()
    deleted = [call for call in office.messenger.sent if call.action == "delete"]
    assert {call.whom for call in deleted} == {"channel-Utskick", "chat-anna"}
    assert len(deleted) == 2
    assert (await report(office, kerstin, sent)).changes == {Status.SENT: 2}
    with pytest.raises(Withdrawn):
        await office.corrects(kerstin, sent, "Det här är för sent att rätta.")
    with pytest.raises(AlreadySent):
        await office.sends(kerstin, sent)


async def test_a_withdrawal_before_delivery_sends_nothing(
    office: Office, kerstin: Person, sent: Announcement
) -> None:
    await office.sent.withdraw(kerstin, sent.id)
    await office.delivers()
    assert office.messenger.calls == []
    assert (await report(office, kerstin, sent)).counts == {Status.CANCELLED: 2}


async def test_a_draft_can_be_neither_corrected_nor_withdrawn(
    office: Office, kerstin: Person
) -> None:
    draft = await office.saves(kerstin)
    with pytest.raises(NotSent):
        await office.corrects(kerstin, draft, "Det finns inget att rätta än.")
    with pytest.raises(NotSent):
        await office.sent.withdraw(kerstin, draft.id)
    with pytest.raises(NotSent):
        await office.sent.resend_uncertain(kerstin, draft.id)


async def test_what_is_uncertain_is_sent_again_on_request_only(
    office: Office, kerstin: Person, sent: Announcement
) -> None:
    office.messenger.will_answer("channel-Utskick", Sent(Outcome.UNCERTAIN, status=500))
    await office.delivers()
    assert (await report(office, kerstin, sent)).counts == {Status.SENT: 1, Status.UNCERTAIN: 1}
    assert await office.sent.resend_uncertain(kerstin, sent.id) == 1
    assert await office.sent.resend_uncertain(kerstin, sent.id) == 0
    await office.delivers()
    after = await report(office, kerstin, sent)
    assert (after.counts, after.failures) == ({Status.SENT: 2}, ())
    assert await statuses(office.database) == ["uncertain", "sent", "sent"]


async def test_after_a_withdrawal_only_the_deleting_is_tried_again(
    office: Office, kerstin: Person, sent: Announcement
) -> None:
    uncertain = Sent(Outcome.UNCERTAIN, status=500)
    office.messenger.will_answer("channel-Utskick", uncertain)
    office.messenger.will_answer("chat-anna", Sent(Outcome.SENT), uncertain)
    await office.delivers()
    await office.sent.withdraw(kerstin, sent.id)
    await office.delivers()
    assert await office.sent.resend_uncertain(kerstin, sent.id) == 0
    assert await office.sent.retry_changes(kerstin, sent.id) == 1
    assert await office.sent.retry_changes(kerstin, sent.id) == 0
    await office.delivers()
    assert [call.action for call in office.messenger.sent] == ["post", "delete"]


async def test_what_may_have_come_twice_is_counted(
    office: Office, kerstin: Person, sent: Announcement
) -> None:
    async with office.database.write() as tx:
        await tx.execute(update(deliveries).values(possibly_duplicated=1))
    await office.delivers()
    assert (await report(office, kerstin, sent)).possibly_duplicated == 2
