"""Asking a colleague about what is to be done with a large announcement, and doing it then.

What can be asked about registers here how it is done, so that it is done in the same way whether
its coordinator may do it alone or a colleague has said yes.
"""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Protocol

from knowledge.announcements import access, noting, proposals, repository
from knowledge.announcements.about import read_about
from knowledge.announcements.eyes import Act, needs_colleague
from knowledge.announcements.models import Announcement
from knowledge.announcements.proposals import Proposal, ProposalStatus
from knowledge.announcements.refusals import (
    AnotherChangeWaits,
    NotFound,
    NotWaiting,
    OwnProposal,
)
from knowledge.announcements.release import Release
from knowledge.announcements.wording import Decision
from knowledge.announcements.words import Words
from knowledge.audit.models import Kind
from knowledge.delivery import outbox
from knowledge.directory import repository as directory
from knowledge.directory.models import Person
from knowledge.storage.database import Reading, Writing


class Task(Protocol):
    """Something to do with an announcement, made ready before its row is held."""

    async def has_work(self, tx: Writing, known: Announcement) -> bool:
        """Whether it would change anything. Raises what doing it would raise."""
        ...

    async def carry_out(self, tx: Writing, known: Announcement) -> Announcement | int:
        """Do it; what has no work changes nothing."""
        ...


NO_WORDS = Words()
"""Of what says nothing new."""

MakeReady = Callable[[int, Words, datetime], Awaitable[Task]]
"""Makes a task about the announcement with this id, in these words, at this moment."""


class Colleagues:
    """Sees to it that two have seen what the table in `eyes.py` says that two must see.

    `wake` tells the sender that there is work.
    """

    def __init__(
        self,
        release: Release,
        wake: Callable[[], None],
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.database = release.database
        self._release = release
        self._wake = wake
        self._now = now
        self._ways: dict[Act, MakeReady] = {}

    def will_do(self, act: Act, make_ready: MakeReady) -> None:
        """This is how it is done when a colleague has said yes."""
        self._ways[act] = make_ready

    def is_large(self, known: Announcement, readers: int) -> bool:
        """Whether it is one that two must see; what was approved once stays so."""
        return readers >= self._release.approval_from or known.is_approved

    async def do_or_ask(
        self,
        tx: Writing,
        asker: Person,
        known: Announcement,
        act: Act,
        task: Task,
        *,
        readers: int,
        words: Words = NO_WORDS,
    ) -> Announcement | int | Proposal:
        """Carry it out, or put it to the colleagues. The asker may, and the row is held.

        Raises AnotherChangeWaits when something else of it already does.
        """
        is_large, has_work = self.is_large(known, readers), await task.has_work(tx, known)
        if not has_work or not needs_colleague(act, is_large=is_large):
            if has_work:
                await noting.note(tx, noting.kind_of(act), asker, known)
            return await task.carry_out(tx, known)
        before = await proposals.find_waiting(tx, known)
        if before and not (before.act is act and before.is_by(asker.tenant_id, asker.object_id)):
            raise AnotherChangeWaits(known, before)
        if before and before.words == words:
            return before
        await proposals.clear(tx, known, asker, self._now())
        await noting.note(tx, Kind.ANNOUNCEMENT_PROPOSE, asker, known)
        return await self._ask(tx, asker, known, act, words)

    async def list_waiting(self, person: Person) -> list[tuple[Announcement, Proposal]]:
        """What the person may say yes or no to, the oldest first."""
        found = []
        async with self.database.read() as tx:
            counties = await access.counties_of(tx, person)
            for one in await proposals.list_waiting(tx, counties):
                known = await repository.find(tx, one.announcement_id)
                is_own = one.is_by(person.tenant_id, person.object_id)
                if known and one.fits(known) and not is_own:
                    found.append((known, one))
        return found

    async def approve(self, person: Person, proposal_id: int) -> tuple[Announcement, Proposal]:
        """Let it be done, now and once; whoever asked is told.

        It is done also when whoever asked has lost the role: who approves has read it and answers
        for it. Raises NotWaiting when it was decided about or overtaken, OwnProposal, NotFound,
        and what doing it raises.
        """
        proposal, now = await self._find(proposal_id), self._now()
        make_ready = self._ways[proposal.act]
        task = await make_ready(proposal.announcement_id, proposal.words, now)
        async with self.database.write() as tx:
            known, proposal = await self._get_waiting(tx, person, proposal)
            known = replace(
                known, approver_tenant_id=person.tenant_id, approver_object_id=person.object_id
            )
            await noting.note(tx, Kind.ANNOUNCEMENT_APPROVE, person, known)
            await noting.note(tx, noting.kind_of(proposal.act), person, known)
            await task.carry_out(tx, known)
            await proposals.settle(tx, proposal, ProposalStatus.APPROVED, person, now)
            await self._tell(tx, known, proposal, Decision.APPROVED, person.name)
        self._wake()
        return known, proposal

    async def decline(
        self, person: Person, proposal_id: int, reason: str
    ) -> tuple[Announcement, Proposal]:
        """Nothing is done; whoever asked is told who said no, and why.

        Raises NotWaiting, OwnProposal, NotFound.
        """
        proposal = await self._find(proposal_id)
        async with self.database.write() as tx:
            known, proposal = await self._get_waiting(tx, person, proposal)
            await proposals.settle(tx, proposal, ProposalStatus.DECLINED, person, self._now())
            await noting.note(tx, Kind.ANNOUNCEMENT_DECLINE, person, known)
            await self._tell(tx, known, proposal, Decision.DECLINED, person.name, reason)
        self._wake()
        return known, proposal

    async def take_back(self, person: Person, announcement_id: int) -> Announcement:
        """Nothing of this announcement waits for a colleague any more. Raises NotFound."""
        async with self.database.write() as tx:
            known = await access.get_for_update(tx, person, announcement_id)
            if await proposals.find_waiting(tx, known):
                kind = noting.kind_of(Act.TAKE_BACK_CHANGE)
                await noting.note(tx, kind, person, known)
            await proposals.clear(tx, known, person, self._now())
            return known

    async def _ask(
        self, tx: Writing, asker: Person, known: Announcement, act: Act, words: Words
    ) -> Proposal:
        """Put the question to the others who may act for its county."""
        proposal = await proposals.add(tx, asker, known, act, words, self._now())
        about = await read_about(tx, known.draft)
        message = self._release.wording.ask_about(known, proposal, about)
        for colleague in await list_others(tx, known, proposal):
            key = f"proposal:{proposal.id}:{colleague.id}"
            await outbox.enqueue_notice(tx, self.database, colleague, message, key)
        return proposal

    async def _find(self, proposal_id: int) -> Proposal:
        async with self.database.read() as tx:
            proposal = await proposals.find(tx, proposal_id)
        if proposal is None:
            raise NotFound(proposal_id)
        return proposal

    async def _get_waiting(
        self, tx: Writing, person: Person, proposal: Proposal
    ) -> tuple[Announcement, Proposal]:
        """Both as they are while the announcement is held."""
        known = await access.get_for_update(tx, person, proposal.announcement_id)
        current = await proposals.find(tx, proposal.id)
        if current is None or not current.fits(known):
            raise NotWaiting(known)
        if current.is_by(person.tenant_id, person.object_id):
            raise OwnProposal(known)
        return known, current

    async def _tell(
        self,
        tx: Writing,
        known: Announcement,
        proposal: Proposal,
        decision: Decision,
        by: str,
        reason: str = "",
    ) -> None:
        identity = (proposal.asker_tenant_id, proposal.asker_object_id)
        asker = await directory.find_reachable(tx, *identity)
        if asker:
            message = self._release.wording.tell_asker(known, proposal, decision, by, reason)
            key = f"decided:{proposal.id}"
            await outbox.enqueue_notice(tx, self.database, asker, message, key)


async def list_others(
    tx: Reading | Writing, known: Announcement, proposal: Proposal
) -> list[Person]:
    """Who may say yes or no to it."""
    found = await directory.list_coordinators_of(tx, known.county)
    return [one for one in found if not proposal.is_by(one.tenant_id, one.object_id)]
