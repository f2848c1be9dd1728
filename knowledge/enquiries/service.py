"""A recipient asks whoever wrote the announcement; the answer comes back, once."""

from dataclasses import replace

from knowledge import privacy
from knowledge.audit import repository as audit
from knowledge.audit.models import Kind
from knowledge.delivery import outbox
from knowledge.delivery.messenger import Message
from knowledge.directory import repository as directory
from knowledge.directory.models import Person
from knowledge.enquiries import repository
from knowledge.enquiries.models import Enquiry, Subject
from knowledge.enquiries.wording import Wording
from knowledge.errors import KnowledgeError
from knowledge.premises import Premises
from knowledge.storage.database import Writing

LONGEST = 1_000
MOST_OPEN = 5
"""Questions of one person that may wait for one coordinator."""

MOST_LISTED = 50
"""Older ones than these are not looked for by name."""


class NothingToAskAbout(KnowledgeError):
    """No such announcement has come to this person."""


class NobodyToAsk(KnowledgeError):
    """The county has no coordinator who can be reached."""

    def __init__(self, county: str) -> None:
        super().__init__(county)
        self.county = county


class TooManyOpen(KnowledgeError):
    """As many questions of the person as may already wait for this coordinator."""

    def __init__(self, county: str) -> None:
        super().__init__(county)
        self.county = county


class EnquiryNotFound(KnowledgeError):
    """There is no such enquiry, or it is none of this person's business."""


class AlreadyAnswered(KnowledgeError):
    """Somebody has answered: the asker gets one answer."""

    def __init__(self, enquiry: Enquiry) -> None:
        super().__init__(enquiry.id)
        self.enquiry = enquiry


class HandedOver(KnowledgeError):
    """The person coordinates the county no more, and somebody else has got the question."""


class EnquiryService:
    """The only exchange between two organisations: what the asker wrote, and the answer to it.

    Texts are masked here, whatever is handed in. Both wait until `quiet_until` is over.
    """

    def __init__(self, premises: Premises, wording: Wording) -> None:
        self.database = premises.database
        self.now = premises.now
        self._wording = wording
        self._wake = premises.wake
        self._quiet_until = premises.quiet_until

    async def subject(self, person: Person, announcement_id: int | None = None) -> Subject:
        """The announcement, or the newest that came to the person. Raises NothingToAskAbout."""
        async with self.database.read() as tx:
            subject = await repository.find_subject(tx, person, announcement_id)
        if subject is None:
            raise NothingToAskAbout
        return subject

    async def ask(self, person: Person, announcement_id: int, question: str, act: str) -> Enquiry:
        """Send the question to the author, or to who has taken over; once per `act`.

        Raises NothingToAskAbout, NobodyToAsk and TooManyOpen.
        """
        act = f"{person.tenant_id}:{person.object_id}:{announcement_id}:{act}"
        async with self.database.write() as tx:
            subject = await repository.find_subject(tx, person, announcement_id)
            if subject is None:
                raise NothingToAskAbout
            responder = await self._responder(tx, subject)
            await self._demand_room(tx, person, responder, subject, act)
            new = await repository.add(
                tx,
                self.database,
                asker=person,
                subject=subject,
                responder_id=responder.id,
                question=privacy.mask(question)[:LONGEST],
                act=act,
                now=self.now(),
            )
            enquiry = await repository.find_by_act(tx, act)
            assert enquiry is not None  # noqa: S101 - written above, now or before
            if new:
                await self._send_question(tx, enquiry, responder)
        self._wake()
        return replace(enquiry, already=not new)

    async def count_about(self, announcement_id: int) -> tuple[int, int]:
        """How many questions about it wait, and how many are answered; not whose they are."""
        async with self.database.read() as tx:
            return await repository.count_about(tx, announcement_id)

    async def list_open(self, person: Person) -> list[Enquiry]:
        """The questions that wait for the person's answer, the latest first."""
        async with self.database.read() as tx:
            return await repository.list_open(tx, person.id, MOST_LISTED)

    async def open(self, person: Person, enquiry_id: int) -> Enquiry:
        """A question that the person may answer. Raises EnquiryNotFound, HandedOver."""
        async with self.database.write() as tx:
            enquiry = await self._held(tx, enquiry_id)
            if await _may_answer(tx, person, enquiry):
                return enquiry
            await self._give_away(tx, person, enquiry)
        self._wake()
        raise HandedOver

    async def answer(self, person: Person, enquiry_id: int, answer: str) -> Enquiry:
        """Send the answer to the asker, once. Phone numbers stay: they may be the answer.

        Raises AlreadyAnswered, EnquiryNotFound, HandedOver.
        """
        async with self.database.write() as tx:
            enquiry = await self._held(tx, enquiry_id)
            mine = await _may_answer(tx, person, enquiry)
            if mine:
                enquiry = await self._settle(tx, person, enquiry, answer)
            else:
                await self._give_away(tx, person, enquiry)
        self._wake()
        if not mine:
            raise HandedOver
        return enquiry

    async def hand_over_left(self) -> int:
        """Pass on the questions that wait for somebody who has lost the role. Returns how many."""
        passed = 0
        async with self.database.write() as tx:
            for enquiry in await repository.list_open_for_update(tx):
                responder = await repository.find_person(tx, enquiry.responder_id)
                if not await _may_answer(tx, responder, enquiry):
                    passed += await self._pass_on(tx, enquiry)
        if passed:
            self._wake()
        return passed

    async def _held(self, tx: Writing, enquiry_id: int) -> Enquiry:
        enquiry = await repository.find_for_update(tx, enquiry_id)
        if enquiry is None:
            raise EnquiryNotFound
        return enquiry

    async def _settle(self, tx: Writing, by: Person, enquiry: Enquiry, answer: str) -> Enquiry:
        """Keep the answer and send it to the asker. Raises AlreadyAnswered."""
        if enquiry.answer:
            raise AlreadyAnswered(enquiry)
        kept = privacy.mask_personal_numbers(answer)[:LONGEST]
        await repository.set_answer(tx, enquiry.id, kept, self.now())
        answered = replace(enquiry, answer=kept)
        asker = await repository.find_person(tx, enquiry.asker_id)
        await self._write(tx, asker, self._wording.answer(answered), f"answer:{enquiry.id}")
        about = f"announcement:{enquiry.subject.announcement_id}"
        noted = (tx, Kind.ANNOUNCEMENT_ANSWER, by, about)
        await audit.note(*noted, counties=[enquiry.county], whom=asker)
        return answered

    async def _give_away(self, tx: Writing, person: Person, enquiry: Enquiry) -> None:
        """To another coordinator, when it was this person's to answer. Raises EnquiryNotFound."""
        if enquiry.responder_id != person.id or enquiry.answer:
            raise EnquiryNotFound
        if not await self._pass_on(tx, enquiry):
            raise EnquiryNotFound

    async def _pass_on(self, tx: Writing, enquiry: Enquiry) -> bool:
        """Give it to who coordinates the county now. False when nobody does."""
        coordinators = await directory.list_coordinators_of(tx, enquiry.county)
        if not coordinators:
            return False
        await repository.set_responder(tx, enquiry.id, coordinators[0].id)
        await self._send_question(tx, enquiry, coordinators[0])
        return True

    async def _responder(self, tx: Writing, subject: Subject) -> Person:
        """The author, or else somebody of the county. Raises NobodyToAsk."""
        coordinators = await directory.list_coordinators_of(tx, subject.county)
        if not coordinators:
            raise NobodyToAsk(subject.county)
        author = await repository.find_author(tx, subject.announcement_id)
        authors = [one for one in coordinators if author and one.id == author.id]
        return (authors or coordinators)[0]

    async def _demand_room(
        self, tx: Writing, person: Person, responder: Person, subject: Subject, act: str
    ) -> None:
        """Raises TooManyOpen. What was asked before takes no more room."""
        await repository.hold_person(tx, person.id)
        waiting = await repository.count_open(tx, person.id, responder.id)
        if waiting >= MOST_OPEN and not await repository.find_by_act(tx, act):
            raise TooManyOpen(subject.county)

    async def _send_question(self, tx: Writing, enquiry: Enquiry, responder: Person) -> None:
        key = f"enquiry:{enquiry.id}:{responder.id}"
        await self._write(tx, responder, self._wording.question(enquiry), key)

    async def _write(self, tx: Writing, person: Person, letter: Message, key: str) -> None:
        wait = self._quiet_until(self.now())
        await outbox.enqueue_notice(tx, self.database, person, letter, key, wait)


async def _may_answer(tx: Writing, person: Person, enquiry: Enquiry) -> bool:
    counties = await directory.list_counties_of(tx, person.tenant_id, person.object_id)
    return enquiry.county in counties
