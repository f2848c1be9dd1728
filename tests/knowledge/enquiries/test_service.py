"""A question to the author, and the one answer that comes back."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from knowledge.announcements.models import Announcement
from knowledge.delivery.models import Status
from knowledge.directory.models import NATIONAL, Person
from knowledge.enquiries.models import Enquiry
from knowledge.enquiries.service import (
    MOST_OPEN,
    AlreadyAnswered,
    EnquiryNotFound,
    EnquiryService,
    HandedOver,
    NobodyToAsk,
    NothingToAskAbout,
    TooManyOpen,
)
from knowledge.premises import Premises
from tests.support.deliveries import rows
from tests.support.office import GOTEBORG, HALLAND, VASTRA_GOTALAND, Office
from tests.support.wordings import PlainEnquiries

QUESTION, ANSWER = "När börjar mötet?", "Klockan nio."


@pytest.fixture
def enquiries(office: Office) -> EnquiryService:
    return EnquiryService(Premises(office.database, wake=office._wake), PlainEnquiries())


@pytest.fixture
async def anna(office: Office) -> Person:
    return await office.employs("anna", at=GOTEBORG)


@pytest.fixture
async def sent(office: Office, kerstin: Person, anna: Person) -> Announcement:
    """Sent to Anna in her own chat, and to nobody else."""
    return await office.sends(kerstin, await office.saves(kerstin))


@pytest.fixture
async def asked(enquiries: EnquiryService, anna: Person, sent: Announcement) -> Enquiry:
    return await enquiries.ask(anna, sent.id, QUESTION, "tap-1")


async def told(office: Office) -> list[tuple[str, str]]:
    """Whom the outbox has notices for, and which."""
    await office.delivers()
    notices = [call for call in office.messenger.sent if call.message.text]
    return [(call.whom, call.message.text) for call in notices]


async def test_the_question_reaches_the_author_and_the_answer_the_asker(
    office: Office, enquiries: EnquiryService, kerstin: Person, asked: Enquiry
) -> None:
    assert (asked.asker_name, asked.municipality, asked.already) == ("anna", GOTEBORG, False)
    assert await enquiries.list_open(kerstin) == [asked]
    await enquiries.answer(kerstin, asked.id, ANSWER)

    assert sorted(await told(office)) == [
        ("chat-anna", f"!{ANSWER}"),
        ("chat-kerstin", f"?{QUESTION}"),
    ]
    assert await enquiries.list_open(kerstin) == []


async def test_ten_taps_are_one_question(
    office: Office, enquiries: EnquiryService, anna: Person, sent: Announcement
) -> None:
    taps = [enquiries.ask(anna, sent.id, QUESTION, "tap-1") for _ in range(10)]
    already = [enquiry.already for enquiry in await asyncio.gather(*taps)]
    assert sorted(already) == [False] + [True] * 9
    assert await told(office) == [("chat-kerstin", f"?{QUESTION}")]

    assert not (await enquiries.ask(anna, sent.id, "Och var?", "tap-2")).already


async def test_ten_answers_are_one_answer(
    office: Office, enquiries: EnquiryService, kerstin: Person, asked: Enquiry
) -> None:
    karin = await office.employs("karin", coordinates=VASTRA_GOTALAND)
    answers = [
        enquiries.answer(person, asked.id, f"{ANSWER} {number}")
        for number, person in enumerate((kerstin, karin) * 5)
    ]
    found = await asyncio.gather(*answers, return_exceptions=True)
    assert sum(isinstance(one, AlreadyAnswered) for one in found) == 9
    (said,) = [one.answer for one in found if isinstance(one, Enquiry)]
    assert ("chat-anna", f"!{said}") in await told(office)
    assert len([row for row in await rows(office.database) if "answer" in row["group_key"]]) == 1


async def test_five_questions_of_one_person_may_wait_for_a_coordinator(
    office: Office,
    enquiries: EnquiryService,
    kerstin: Person,
    anna: Person,
    sent: Announcement,
) -> None:
    asked = [enquiries.ask(anna, sent.id, f"Fråga {n}?", f"tap-{n}") for n in range(20)]
    found = await asyncio.gather(*asked, return_exceptions=True)
    kept = [one for one in found if isinstance(one, Enquiry)]

    assert len(kept) == MOST_OPEN
    assert sum(isinstance(one, TooManyOpen) for one in found) == 20 - MOST_OPEN
    assert len(await told(office)) == MOST_OPEN
    again = await enquiries.ask(anna, sent.id, kept[0].question, f"tap-{kept[0].question[6:-1]}")
    assert again.already

    await enquiries.answer(kerstin, kept[0].id, ANSWER)
    assert not (await enquiries.ask(anna, sent.id, "Nu då?", "tap-21")).already


async def test_the_questions_of_others_wait_for_themselves(
    office: Office, enquiries: EnquiryService, kerstin: Person, anna: Person
) -> None:
    bo = await office.employs("bo", at=GOTEBORG)
    sent = await office.sends(kerstin, await office.saves(kerstin))
    for number in range(MOST_OPEN):
        await enquiries.ask(anna, sent.id, QUESTION, f"tap-{number}")

    assert not (await enquiries.ask(bo, sent.id, QUESTION, "tap-1")).already


async def test_personal_things_are_taken_out_before_anything_is_kept(
    office: Office, enquiries: EnquiryService, kerstin: Person, anna: Person, sent: Announcement
) -> None:
    question = "Ring mig på 070-123 45 67, mitt nummer är 811218-9876"
    kept = await enquiries.ask(anna, sent.id, question, "tap")
    assert "811218" not in kept.question
    assert "070" not in kept.question
    answered = await enquiries.answer(kerstin, kept.id, "811218-9876, ring 010-223 70 00")
    assert "811218" not in answered.answer
    assert "010-223 70 00" in answered.answer


async def test_who_was_not_sent_it_cannot_ask_about_it(
    office: Office, enquiries: EnquiryService, anna: Person, sent: Announcement
) -> None:
    stranger = await office.employs("stranger", at=GOTEBORG, tenant="tenant-kba")
    for person, id_ in ((stranger, sent.id), (anna, sent.id + 1)):
        with pytest.raises(NothingToAskAbout):
            await enquiries.subject(person, id_)
        with pytest.raises(NothingToAskAbout):
            await enquiries.ask(person, id_, QUESTION, "tap")
    with pytest.raises(NothingToAskAbout):
        await enquiries.subject(stranger)
    assert (await enquiries.subject(anna)).announcement_id == sent.id


async def test_a_team_that_got_it_may_ask_but_no_other_organisations(
    office: Office, enquiries: EnquiryService, kerstin: Person
) -> None:
    await office.has_channel("Utskick")
    await office.sends(kerstin, await office.saves(kerstin))
    bo = await office.employs("bo")
    dan = await office.employs("dan", tenant="tenant-kba")
    assert (await enquiries.subject(bo)).heading == "Ny lägesbild"
    with pytest.raises(NothingToAskAbout):
        await enquiries.subject(dan)


async def test_what_was_taken_back_is_not_asked_about(
    office: Office, enquiries: EnquiryService, kerstin: Person, anna: Person, sent: Announcement
) -> None:
    await office.sent.withdraw(kerstin, sent.id)
    with pytest.raises(NothingToAskAbout):
        await enquiries.subject(anna)


async def test_a_colleague_gets_the_question_when_the_author_has_left(
    office: Office, enquiries: EnquiryService, kerstin: Person, anna: Person, sent: Announcement
) -> None:
    nils = await office.employs("nils", coordinates=NATIONAL)
    karin = await office.employs("karin", coordinates=VASTRA_GOTALAND)
    for gone, next_up in ((kerstin, karin), (karin, nils)):
        await office.directory.revoke(gone.tenant_id, gone.object_id, VASTRA_GOTALAND)
        asked = await enquiries.ask(anna, sent.id, QUESTION, gone.name)
        assert asked.responder_id == next_up.id
    await office.directory.revoke(nils.tenant_id, nils.object_id, NATIONAL)
    with pytest.raises(NobodyToAsk):
        await enquiries.ask(anna, sent.id, QUESTION, "nobody")


async def test_who_lost_the_role_hands_the_question_over(
    office: Office, enquiries: EnquiryService, kerstin: Person, asked: Enquiry
) -> None:
    karin = await office.employs("karin", coordinates=VASTRA_GOTALAND)
    await office.directory.revoke(kerstin.tenant_id, kerstin.object_id, VASTRA_GOTALAND)
    with pytest.raises(HandedOver):
        await enquiries.answer(kerstin, asked.id, ANSWER)
    with pytest.raises(EnquiryNotFound):
        await enquiries.open(kerstin, asked.id)

    await enquiries.answer(karin, asked.id, ANSWER)
    assert ("chat-karin", f"?{QUESTION}") in await told(office)
    assert ("chat-anna", f"!{ANSWER}") in await told(office)


async def test_what_waits_for_somebody_without_the_role_is_passed_on_by_itself(
    office: Office, enquiries: EnquiryService, kerstin: Person, asked: Enquiry
) -> None:
    assert await enquiries.hand_over_left() == 0
    await office.directory.revoke(kerstin.tenant_id, kerstin.object_id, VASTRA_GOTALAND)
    assert await enquiries.hand_over_left() == 0  # there is nobody to take it
    karin = await office.employs("karin", coordinates=VASTRA_GOTALAND)
    assert [await enquiries.hand_over_left() for _ in range(2)] == [1, 0]
    assert (await enquiries.open(karin, asked.id)).question == QUESTION


async def test_nobody_else_reads_or_answers_it(
    office: Office, enquiries: EnquiryService, anna: Person, asked: Enquiry
) -> None:
    hans = await office.employs("hans", coordinates=HALLAND)
    for person in (hans, anna):
        for id_ in (asked.id, asked.id + 1):
            with pytest.raises(EnquiryNotFound):
                await enquiries.open(person, id_)
            with pytest.raises(EnquiryNotFound):
                await enquiries.answer(person, id_, ANSWER)


async def test_questions_and_answers_wait_for_the_morning(
    office: Office, kerstin: Person, anna: Person, sent: Announcement
) -> None:
    await office.delivers()
    morning = datetime.now(UTC) + timedelta(hours=8)
    night = Premises(office.database, wake=office._wake, quiet_until=lambda _now: morning)
    at_night = EnquiryService(night, PlainEnquiries())
    asked = await at_night.ask(anna, sent.id, QUESTION, "tap")
    await at_night.answer(kerstin, asked.id, ANSWER)
    waits = [row["due"] for row in await rows(office.database) if row["status"] == Status.PENDING]
    assert waits == [pytest.approx(morning.timestamp())] * 2
