"""Who came: with many meetings, with many people, and by whose word."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert

from knowledge.directory.models import Met, Person, people
from knowledge.directory.service import DirectoryService
from knowledge.premises import Premises
from knowledge.storage.database import Database
from knowledge.trainings.attendance.models import Mark
from knowledge.trainings.attendance.refusals import NotHeldYet
from knowledge.trainings.attendance.service import AttendanceService
from knowledge.trainings.certificates.service import CertificateService
from knowledge.trainings.models import Meeting, SignupStatus, Training, signups
from knowledge.trainings.service import TrainingService
from tests.knowledge.trainings.test_service import TRAINING
from tests.support.wordings import PlainTrainings

FIRST = datetime(2026, 10, 6, 7, tzinfo=UTC)
LATER = FIRST + timedelta(days=14)
THREE = tuple(
    Meeting(one, one + timedelta(hours=3)) for one in (FIRST, LATER, FIRST + timedelta(40))
)
SERIES = replace(
    TRAINING,
    starts_at=FIRST,
    ends_at=THREE[-1].ends_at,
    meetings=THREE,
    county="07",
    owners=("07",),
)


async def person(database: Database, name: str) -> Person:
    directory = DirectoryService(database)
    met = Met("t", name, f"29:{name}", name, f"a:{name}", at=datetime.now(UTC), added=True)
    return await directory.meet(met)


async def held(
    database: Database, training: Training, *names: str
) -> tuple[int, Person, list[int]]:
    """A training with these people, and who holds it."""
    await DirectoryService(database).grant("t", "Kerstin", "07")
    kerstin = await person(database, "Kerstin")
    id_ = await TrainingService(Premises(database), PlainTrainings()).add(training)
    ids = [(await person(database, name)).id for name in names]
    await _seat(database, id_, ids)
    return id_, kerstin, ids


async def _seat(database: Database, training_id: int, ids: list[int]) -> None:
    rows = [
        {
            "training_id": training_id,
            "person_id": id_,
            "status": SignupStatus.CONFIRMED.value,
            "calendar_token": f"token-{id_}",
            "calendar_uid": f"uid-{id_}",
            "created_at": FIRST,
        }
        for id_ in ids
    ]
    async with database.write() as tx:
        await tx.execute(insert(signups), rows)


async def test_each_meeting_has_its_own_marks(database: Database) -> None:
    training, kerstin, (anna, bo) = await held(database, SERIES, "Anna Alm", "Bo Berg")
    service = AttendanceService(database, lambda: LATER)
    await service.mark(kerstin, training, 0, [anna, bo], Mark.PRESENT)
    sheet = await service.mark(kerstin, training, 1, [bo], Mark.ABSENT)

    assert (sheet.meeting, sheet.held, sheet.present, sheet.absent, sheet.unknown) == (
        1,
        (0, 1),
        0,
        1,
        1,
    )
    assert (await service.sheet(kerstin, training)).meeting == 1
    assert (await service.sheet(kerstin, training, 0)).present == 2
    with pytest.raises(NotHeldYet):
        await service.mark(kerstin, training, 2, [anna], Mark.PRESENT)


async def test_a_certificate_names_the_meetings_that_one_was_at(database: Database) -> None:
    training, kerstin, (anna,) = await held(database, SERIES, "Anna Alm")
    after = THREE[-1].ends_at + timedelta(hours=1)
    service = AttendanceService(database, lambda: after)
    for meeting in (0, 2):
        await service.mark(kerstin, training, meeting, [anna], Mark.PRESENT)
    certificate = await CertificateService(database, lambda: after).issue(
        await person(database, "Anna Alm"), training
    )

    assert certificate.attended == (THREE[0], THREE[2])


async def test_who_has_no_seat_is_not_marked(database: Database) -> None:
    training, kerstin, _ = await held(database, SERIES, "Anna Alm")
    other = await person(database, "Dan Dahl")
    service = AttendanceService(database, lambda: LATER)
    sheet = await service.mark(kerstin, training, 0, [other.id, 999_999], Mark.PRESENT)

    assert (sheet.seated, sheet.present) == (1, 0)
    assert await service.changes(kerstin, training, other.id) == []


async def test_what_is_so_already_is_noted_once(database: Database) -> None:
    training, kerstin, (anna,) = await held(database, SERIES, "Anna Alm")
    service = AttendanceService(database, lambda: LATER)
    for mark in (Mark.PRESENT, Mark.PRESENT, Mark.UNKNOWN, Mark.ABSENT):
        await service.mark(kerstin, training, 0, [anna], mark)
    noted = await service.changes(kerstin, training, anna)

    assert [(one.was, one.became, one.by) for one in noted] == [
        (Mark.UNKNOWN, Mark.PRESENT, "Kerstin"),
        (Mark.PRESENT, Mark.UNKNOWN, "Kerstin"),
        (Mark.UNKNOWN, Mark.ABSENT, "Kerstin"),
    ]


async def test_five_thousand_are_searched_paged_and_marked(database: Database) -> None:
    training, kerstin, _ = await held(database, replace(SERIES, seats=5000), "Åsa Öberg")
    crowd = [
        {"tenant_id": "t", "object_id": f"o{n}", "teams_id": f"29:{n}", "name": f"Person {n:04}"}
        for n in range(4999)
    ]
    empty = {"municipality": "0780", "conversation_id": "", "service_url": "", "installed": True}
    async with database.write() as tx:
        added = insert(people).returning(people.c.id)
        ids = [*(await tx.execute(added, [one | empty for one in crowd])).scalars()]
    await _seat(database, training, ids)
    service = AttendanceService(database, lambda: LATER)

    page = await service.page(kerstin, training, 0, first=4980, limit=20)
    assert len(page) == 20
    found = await service.page(kerstin, training, 0, "asa oberg")
    assert [one.name for one in found] == ["Åsa Öberg"]
    sheet, count = await service.mark_rest(kerstin, training, 0, Mark.PRESENT)
    assert (count, sheet.present, sheet.unknown) == (5000, 5000, 0)
