"""The weekly message: once a week, only when there is something to tell, from many processes."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from knowledge.answers.models import Article, Base
from knowledge.delivery.messenger import Message
from knowledge.delivery.models import Status
from knowledge.digests import repository
from knowledge.digests.models import Digest
from knowledge.digests.service import DigestService, NotGathered
from knowledge.directory.models import Person
from knowledge.premises import Premises
from knowledge.recipients.service import RecipientService
from knowledge.storage.database import Database
from knowledge.trainings.models import Training, TrainingStatus
from knowledge.trainings.service import TrainingService
from tests.support.deliveries import rows, statuses
from tests.support.office import (
    CARD,
    CORRECTED,
    DRAFT,
    GOTEBORG,
    MOLNDAL,
    VASTRA_GOTALAND,
    Office,
    reworded,
)
from tests.support.wordings import PlainDigests, PlainTrainings

SUNDAY = datetime(2026, 11, 22, 9, tzinfo=UTC)
EARLY = datetime(2026, 11, 23, 6, 59, tzinfo=UTC)  # 07.59 in Sweden
MONDAY = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
TUESDAY = datetime(2026, 11, 24, 12, tzinfo=UTC)
NEXT_MONDAY = datetime(2026, 11, 30, 7, 0, tzinfo=UTC)


class Shelf:
    """A library of articles checked on these days."""

    def __init__(self, *checked: date) -> None:
        shown = {"wordings": (), "colloquial": (), "english": (), "sources": (), "related": ()}
        self.base = Base(
            tuple(
                Article(f"a{n}", f"Svar {n}", f"Answer {n}", "unga", answer="", more="", known=True,
                        owner="", checked=day, review_by=day, **shown)  # type: ignore[arg-type]
                for n, day in enumerate(checked, start=1)
            )
        )  # fmt: skip


class Week:
    """An office, and a digest service that keeps what it was asked to word."""

    def __init__(self, database: Database, *checked: date) -> None:
        self.office = Office(database)
        self.recipients = RecipientService(database, lambda: SUNDAY)
        self.worded: list[Digest] = []
        self.service = DigestService(
            Premises(database, wake=self.office._wake),
            Shelf(*checked),  # type: ignore[arg-type]
            PlainDigests(self._compose),
        )

    def _compose(self, digest: Digest) -> Message:
        self.worded.append(digest)
        return Message(card=CARD, summary="Kort rapport")

    async def subscriber(self, name: str, at: str = GOTEBORG) -> Person:
        person = await self.office.employs(name, at=at)
        await self.recipients.gather(person)
        return person

    async def announces(self, heading: str, **changed: Any) -> int:
        """To people in Göteborg and Mölndal. Returns the announcement's id."""
        kerstin = await self.office.employs("kerstin", coordinates=VASTRA_GOTALAND)
        draft = replace(reworded(DRAFT, heading=heading), **changed)
        return (await self.office.sends(kerstin, await self.office.saves(kerstin, draft))).id


@pytest.fixture
def week(database: Database) -> Week:
    return Week(database)


async def test_an_announcement_comes_only_in_the_weekly_message(week: Week) -> None:
    await week.subscriber("anna")
    await week.office.employs("bo", at=GOTEBORG)
    await week.announces("Ny lägesbild")
    assert [row["target_name"] for row in await rows(week.office.database)] == ["bo"]

    assert await week.service.send_due(MONDAY) == 1
    assert [row["target_name"] for row in await rows(week.office.database)] == ["bo", "anna"]
    (told,) = week.worded
    assert [one.heading for one in told.announcements] == ["Ny lägesbild"]


@pytest.mark.parametrize(
    ("moments", "told"),
    [
        ([SUNDAY, EARLY], 0),
        ([MONDAY, MONDAY, TUESDAY], 1),
        ([TUESDAY], 1),  # a bot that was down on Monday
        ([MONDAY, NEXT_MONDAY], 1),  # nothing new is nothing sent
    ],
)
async def test_it_is_sent_on_monday_at_eight_once(
    week: Week, moments: list[datetime], told: int
) -> None:
    await week.subscriber("anna")
    await week.announces("Ny lägesbild")

    assert sum([await week.service.send_due(moment) for moment in moments]) == told


@pytest.mark.parametrize(
    ("monday", "hour"), [((2026, 10, 26), 7), ((2027, 3, 29), 6), ((2027, 6, 7), 6)]
)
async def test_eight_is_eight_also_after_the_clocks_have_changed(
    week: Week, monday: tuple[int, int, int], hour: int
) -> None:
    at_eight = datetime(*monday, hour, tzinfo=UTC)
    week.recipients.now = lambda: at_eight - timedelta(days=2)
    await week.subscriber("anna")
    await week.announces("Ny lägesbild")

    assert await week.service.send_due(at_eight - timedelta(seconds=1)) == 0
    assert await week.service.send_due(at_eight) == 1


async def test_what_comes_during_the_week_waits_for_the_next(week: Week) -> None:
    await week.subscriber("anna")
    await week.announces("Före")
    await week.service.send_due(MONDAY)
    await week.announces("Efter")
    assert await week.service.send_due(TUESDAY) == 0

    assert await week.service.send_due(NEXT_MONDAY) == 1
    assert [one.heading for one in week.worded[-1].announcements] == ["Efter"]


async def test_ten_processes_tell_everybody_once(week: Week) -> None:
    for name in ("anna", "bo", "cia"):
        await week.subscriber(name)
    await week.announces("Ny lägesbild")

    assert sum(await asyncio.gather(*(week.service.send_due(MONDAY) for _ in range(10)))) == 3
    assert await statuses(week.office.database) == [Status.PENDING] * 3


async def test_without_the_guard_ten_processes_word_it_many_times(
    week: Week, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: what keeps the processes apart is the guarded week."""

    async def unguarded(*_: Any) -> bool:
        return True

    monkeypatch.setattr(repository, "take_week", unguarded)
    week.service = DigestService(
        Premises(week.office.database, wake=week.office._wake),
        Shelf(SUNDAY.date()),  # type: ignore[arg-type]
        PlainDigests(week._compose),
    )
    await week.subscriber("anna")

    await asyncio.gather(*(week.service.send_due(MONDAY) for _ in range(10)))
    assert len(week.worded) == 10


async def test_nobody_is_told_of_what_was_taken_back(week: Week) -> None:
    await week.subscriber("anna")
    id_ = await week.announces("Ny lägesbild")
    kerstin = await week.office.employs("kerstin")
    await week.office.sent.withdraw(kerstin, id_)

    assert await week.service.send_due(MONDAY) == 0


async def test_who_mutes_or_has_gone_is_told_nothing(week: Week) -> None:
    anna, bo = await week.subscriber("anna"), await week.subscriber("bo")
    await week.announces("Ny lägesbild")
    await week.recipients.mute(anna)
    await week.office.directory.mark_installed(bo.tenant_id, bo.conversation_id, False)

    assert await week.service.send_due(MONDAY) == 0


async def test_who_wants_them_one_by_one_again_loses_nothing(week: Week) -> None:
    anna = await week.subscriber("anna")
    await week.announces("Ny lägesbild")
    await week.recipients.scatter(anna)

    assert await week.service.send_due(MONDAY) == 1


async def test_new_trainings_in_the_own_county_are_told(week: Week) -> None:
    added = [SUNDAY]
    trainings = TrainingService(Premises(week.office.database, lambda: added[0]), PlainTrainings())
    await week.subscriber("anna")
    for county, added[0] in (("14", TUESDAY), ("13", TUESDAY), ("14", SUNDAY - timedelta(days=9))):
        starts_at = SUNDAY + timedelta(days=90)
        await trainings.add(
            Training(0, f"{county} {added[0].date()}", county, (), "", starts_at, starts_at, 9, 0,
                     "", TrainingStatus.OPEN, 0)
        )  # fmt: skip

    assert await week.service.send_due(NEXT_MONDAY) == 1
    assert [one.title for one in week.worded[0].trainings] == ["14 2026-11-24"]


async def test_each_checked_answer_is_told_in_one_week(database: Database) -> None:
    days = [date(2026, 11, day) for day in (21, 22, 23, 24, 29, 30)]
    week = Week(database, *days)
    await week.subscriber("anna")
    for monday in (MONDAY, NEXT_MONDAY, NEXT_MONDAY + timedelta(days=7)):
        assert await week.service.send_due(monday) == 1

    told = [[one.checked.day for one in digest.articles] for digest in week.worded]
    assert told == [[22], [29, 24, 23], [30]]


async def test_the_whole_of_it_is_read_by_whom_it_was_kept_for(week: Week) -> None:
    anna, bo = await week.subscriber("anna"), await week.office.employs("bo", at=MOLNDAL)
    id_ = await week.announces("Ny lägesbild")
    with pytest.raises(NotGathered):  # not told yet
        await week.service.read(anna, id_)
    await week.service.send_due(MONDAY)
    assert await week.service.list_latest(anna) == [id_]
    assert (await week.service.read(anna, id_)).card == CARD

    kerstin = await week.office.employs("kerstin")
    sent = await week.office.announcements.get(kerstin, id_)
    await week.office.corrects(kerstin, sent, "Ett fel i länken är rättat.")
    assert (await week.service.read(anna, id_)).card == CORRECTED
    with pytest.raises(NotGathered):
        await week.service.read(bo, id_)
    await week.office.sent.withdraw(kerstin, id_)
    with pytest.raises(NotGathered):
        await week.service.read(anna, id_)
    assert await week.service.list_latest(anna) == []
