"""Who must have seen what reaches readers: every cell of the table, done and looked at."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from knowledge.announcements.eyes import WHO_SEES, Act, Eyes, needs_colleague
from knowledge.announcements.models import Announcement, AnnouncementStatus, announcements
from knowledge.announcements.proposals import proposals
from knowledge.delivery.models import Action, Status, deliveries
from knowledge.directory.models import Person
from knowledge.storage.database import Database
from knowledge.templates.models import templates
from tests.support.audit import kinds_noted
from tests.support.office import DRAFT, MOLNDAL, NOW, ONLY_CHANNELS, Office, reworded

LATER = NOW + timedelta(days=3)
ASKS = replace(DRAFT, acknowledge=True)
OTHER_WORDS = "Något helt annat, och en länk till en annan plats."


class Case:
    """Kerstin's announcement to a channel and to Anna, with a limit above or below the two."""

    def __init__(self, office: Office, kerstin: Person, karin: Person) -> None:
        self.office, self.kerstin, self.karin = office, kerstin, karin
        self.id, self.now = 0, NOW

    async def saves(self) -> None:
        self.id = (await self.office.saves(self.kerstin, ASKS)).id

    async def schedules(self) -> None:
        self.id = (await self.office.saves(self.kerstin, replace(ASKS, send_at=LATER))).id
        await self.sends()

    async def sends(self) -> None:
        await self.office.sending.send(self.kerstin, self.id, now=NOW)
        await self.is_approved()

    async def is_sent(self, status: Status | None = None) -> None:
        await self.saves()
        await self.sends()
        await self.office.delivers()
        if status:
            await self._become(Action.POST, status)

    async def is_corrected(self) -> None:
        await self.is_sent()
        await self.corrects()
        await self.is_approved()
        await self.office.delivers()
        await self._become(Action.UPDATE, Status.FAILED)

    async def is_withdrawn(self) -> None:
        await self.is_sent()
        await self.office.sent.withdraw(self.kerstin, self.id)
        await self.office.delivers()
        await self._become(Action.DELETE, Status.FAILED)

    async def is_half_sent(self) -> None:
        await self.saves()
        await self.sends()

    async def is_paused(self) -> None:
        await self.is_half_sent()
        await self.office.sent.pause(self.kerstin, self.id)

    async def was_small(self) -> None:
        """It was scheduled for the channel alone; its time has come, and people have come, too."""
        small = replace(ASKS, send_at=LATER, audience=ONLY_CHANNELS)
        self.id = (await self.office.saves(self.kerstin, small)).id
        await self.office.sending.send(self.kerstin, self.id, now=NOW)
        grown = {"audience": ASKS.audience.to_json()}
        await self._update(announcements, announcements.c.id == self.id, **grown)
        self.now = LATER

    async def waits(self) -> None:
        await self.is_sent()
        await self.corrects()

    async def corrects(self) -> object:
        words = replace(DRAFT.words, text=OTHER_WORDS)
        return await self.office.sent.correct(self.kerstin, self.id, words)

    async def is_approved(self) -> None:
        """Karin says yes to whatever she was asked."""
        for one in await self.office.approvals.list_waiting(self.karin):
            await self.office.approvals.approve(self.karin, one.id, one.version, now=self.now)
        for _, proposal in await self.office.colleagues.list_waiting(self.karin):
            await self.office.colleagues.approve(self.karin, proposal.id)

    async def _become(self, action: Action, status: Status) -> None:
        which = (deliveries.c.action == action) & deliveries.c.group_key.startswith("announcement:")
        await self._update(deliveries, which, status=status)

    async def _update(self, table: object, which: object, **values: object) -> None:
        async with self.office.database.write() as tx:
            await tx.execute(update(table).where(which).values(**values))  # type: ignore[arg-type]

    async def questions(self) -> list[str]:
        """What waits for Karin's eyes."""
        first = [f"{one.id}" for one in await self.office.approvals.list_waiting(self.karin)]
        waiting = await self.office.colleagues.list_waiting(self.karin)
        return [*first, *(f"{one.act}" for _, one in waiting)]

    async def readers_have(self) -> list[tuple[object, ...]]:
        """What readers have got, or will."""
        row = deliveries.c
        query = select(row.id, row.message_id, row.action, row.status).where(
            row.group_key.contains("announcement:")
        )
        async with self.office.database.read() as tx:
            return [tuple(one) for one in await tx.execute(query.order_by(row.id))]

    async def everything(self) -> list[list[tuple[object, ...]]]:
        found = []
        async with self.office.database.read() as tx:
            for table in (announcements, templates, proposals, deliveries):
                rows = await tx.execute(select(table).order_by(table.c.id))
                found.append([tuple(one) for one in rows])
        return found


Step = Callable[[Case], Awaitable[object]]

ACTS: dict[Act, tuple[Step, Step]] = {
    Act.DRAFT: (Case.schedules, lambda one: one.office.announcements.save_draft(
        one.kerstin, reworded(ASKS, text=OTHER_WORDS), id=one.id)),
    Act.TEST: (Case.saves, lambda one: one.office.sending.send_test(one.kerstin, one.id, "x")),
    Act.SAVE_TEMPLATE: (Case.is_sent, lambda one: one.office.templates.save(one.kerstin, one.id)),
    Act.DELETE_DRAFT: (
        Case.saves, lambda one: one.office.announcements.delete_draft(one.kerstin, one.id)),
    Act.SEND: (Case.saves, lambda one: one.office.sending.send(one.kerstin, one.id, now=NOW)),
    Act.LEAVE: (Case.was_small, lambda one: one.office.sending.send_due(LATER)),
    Act.SEND_NOW: (
        Case.schedules, lambda one: one.office.sending.send_now(one.kerstin, one.id, now=NOW)),
    Act.TAKE_BACK: (
        Case.schedules, lambda one: one.office.sending.take_back(one.kerstin, one.id)),
    Act.CORRECT: (Case.is_sent, Case.corrects),
    Act.RESEND_FAILED: (
        lambda one: one.is_sent(Status.FAILED),
        lambda one: one.office.sent.resend_failed(one.kerstin, one.id)),
    Act.RESEND_UNCERTAIN: (
        lambda one: one.is_sent(Status.UNCERTAIN),
        lambda one: one.office.sent.resend_uncertain(one.kerstin, one.id)),
    Act.RETRY_CORRECTION: (
        Case.is_corrected, lambda one: one.office.sent.retry_changes(one.kerstin, one.id)),
    Act.RETRY_WITHDRAWAL: (
        Case.is_withdrawn, lambda one: one.office.sent.retry_changes(one.kerstin, one.id)),
    Act.REMIND: (Case.is_sent, lambda one: one.office.sent.remind(one.kerstin, one.id)),
    Act.PAUSE: (Case.is_half_sent, lambda one: one.office.sent.pause(one.kerstin, one.id)),
    Act.RESUME: (Case.is_paused, lambda one: one.office.sent.resume(one.kerstin, one.id)),
    Act.STOP: (Case.is_half_sent, lambda one: one.office.sent.stop(one.kerstin, one.id)),
    Act.WITHDRAW: (Case.is_sent, lambda one: one.office.sent.withdraw(one.kerstin, one.id)),
    Act.TAKE_BACK_CHANGE: (
        Case.waits, lambda one: one.office.colleagues.take_back(one.kerstin, one.id)),
}  # fmt: skip
"""How each act begins, and how it is done."""


async def a_case(database: Database, *, is_large: bool) -> Case:
    office = Office(database, confirm_from=100, approval_from=2 if is_large else 3)
    kerstin = await office.employs("kerstin", coordinates="14")
    karin = await office.employs("karin", coordinates="14")
    await office.has_channel("Utskick")
    await office.employs("anna", at=MOLNDAL)
    return Case(office, kerstin, karin)


def test_every_act_is_tried() -> None:
    assert ACTS.keys() == WHO_SEES.keys() == {*Act}


@pytest.mark.parametrize("is_large", [False, True], ids=["below", "from the limit"])
@pytest.mark.parametrize("act", Act)
async def test_whoever_must_see_it_does(database: Database, act: Act, is_large: bool) -> None:
    case = await a_case(database, is_large=is_large)
    begins, does = ACTS[act]
    await begins(case)
    before, had = await case.everything(), await case.readers_have()
    already = await kinds_noted(database)
    await does(case)
    noted = (await kinds_noted(database))[len(already) :]

    assert noted == _told_of(act, asks=needs_colleague(act, is_large=is_large), is_large=is_large)
    if not needs_colleague(act, is_large=is_large):
        assert await case.questions() == []
        assert await case.everything() != before or (act is Act.TAKE_BACK_CHANGE and not is_large)
        return
    assert len(await case.questions()) == 1
    assert await case.readers_have() == had
    await case.is_approved()
    assert await case.readers_have() != had
    assert await case.questions() == []


def _told_of(act: Act, *, asks: bool, is_large: bool) -> list[str]:
    """What the log says of it afterwards."""
    if act is Act.DRAFT:  # of what waits for its time
        return ["announcement_take_back"]
    if act is Act.TEST or (act is Act.TAKE_BACK_CHANGE and not is_large):
        return []
    if not asks:
        return [f"announcement_{act}"]
    leaves = act in (Act.SEND, Act.LEAVE)
    return ["announcement_ask" if leaves else "announcement_propose"]


def test_below_the_limit_nobody_else_is_asked() -> None:
    assert {below for below, _ in WHO_SEES.values()} == {Eyes.OWN}


def test_what_stops_a_mistake_is_done_by_one() -> None:
    for act in (Act.PAUSE, Act.STOP, Act.WITHDRAW, Act.TAKE_BACK, Act.RETRY_WITHDRAWAL):
        assert not needs_colleague(act, is_large=True)


@pytest.mark.parametrize("changed", [
    reworded(ASKS, picture="https://bild.example/a.png", picture_alt="En annan bild"),
    replace(ASKS, training_id=7),
    replace(ASKS, audience=replace(ASKS.audience, counties=("14",))),
    replace(ASKS, acknowledge=False),
    replace(ASKS, send_at=LATER + timedelta(hours=1)),
], ids=["picture", "training", "audience", "acknowledgement", "time"])  # fmt: skip
async def test_whatever_is_exchanged_in_an_approved_one_is_approved_anew(
    database: Database, changed: object
) -> None:
    case = await a_case(database, is_large=True)
    await case.schedules()
    known = await case.office.announcements.save_draft(case.kerstin, changed, id=case.id)  # type: ignore[arg-type]
    assert (known.status, known.is_approved) == (AnnouncementStatus.DRAFT, False)
    waits = await case.office.sending.send(case.kerstin, case.id, now=NOW)
    assert waits.status is AnnouncementStatus.WAITING_APPROVAL


async def test_a_template_of_an_approved_one_is_approved_anew(database: Database) -> None:
    case = await a_case(database, is_large=True)
    await case.is_sent()
    await case.office.templates.save(case.kerstin, case.id)
    [template] = await case.office.templates.list_mine(case.kerstin)
    again = await case.office.saves(case.kerstin, replace(ASKS, words=template.words))
    waits = await case.office.sending.send(case.kerstin, again.id, now=NOW)
    assert waits.status is AnnouncementStatus.WAITING_APPROVAL


async def test_nothing_but_words_can_be_changed_in_what_has_left(database: Database) -> None:
    case = await a_case(database, is_large=False)
    await case.is_sent()
    known = await case.office.announcements.get(case.kerstin, case.id)
    done = await case.corrects()
    assert isinstance(done, Announcement)
    assert replace(done.draft, words=known.draft.words) == known.draft
