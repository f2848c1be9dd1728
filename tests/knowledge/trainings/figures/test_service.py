"""A year in figures, from the rows."""

from collections.abc import Iterable
from datetime import UTC, datetime

import pytest

from knowledge.directory.models import Met
from knowledge.directory.places import load_places
from knowledge.directory.service import DirectoryService
from knowledge.premises import Premises
from knowledge.storage.database import Database
from knowledge.trainings.attendance.models import Mark
from knowledge.trainings.attendance.repository import set_marks
from knowledge.trainings.figures.models import Hidden
from knowledge.trainings.figures.service import FiguresService, NoSuchYear
from knowledge.trainings.history import Act
from knowledge.trainings.models import Training, TrainingStatus
from knowledge.trainings.service import TrainingService
from tests.support.wordings import PlainTrainings

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
BEFORE = datetime(2026, 1, 2, 9, tzinfo=UTC)
TOWNS = ["0780", "0764", "0780", "1280", "0780", "0764"]


async def hold(database: Database, month: int, people: int, **about: object) -> int:
    """A training that month, with so many people from Växjö, Alvesta and Malmö."""
    values: dict[str, object] = {
        "title": f"I månad {month}", "county": "07", "themes": ("lagesbild",), "place": "Växjö",
        "starts_at": datetime(2026, month, 10, 9, tzinfo=UTC),
        "ends_at": datetime(2026, month, 10, 12, tzinfo=UTC),
        "seats": 30, "taken": 0, "summary": "", "status": TrainingStatus.OPEN,
    } | about  # fmt: skip
    service = TrainingService(Premises(database, lambda: BEFORE), PlainTrainings())
    open_ = Training(id=0, sequence=0, **{**values, "status": TrainingStatus.OPEN})  # type: ignore[arg-type]
    if people:
        id_ = await service.add(open_)
        directory = DirectoryService(database)
        for number in range(people):
            person = await directory.meet(Met("t", f"p{number}", f"29:{number}", f"P {number}"))
            await directory.choose_municipality(person, TOWNS[number % len(TOWNS)])
            await service.sign_up(person, id_)
        return id_
    return await service.add(Training(id=0, sequence=0, **values))  # type: ignore[arg-type]


async def came(
    database: Database, training: int, *, meetings: Iterable[int], who: Iterable[int]
) -> None:
    """These people have been ticked off."""
    directory = DirectoryService(database)
    for number in who:
        person = await directory.find_person("t", f"p{number}")
        assert person is not None
        act = Act(person.id, BEFORE)
        async with database.write() as tx:
            for meeting in meetings:
                was = {person.id: Mark.UNKNOWN}
                await set_marks(tx, database, act, training, meeting, was, Mark.PRESENT)


def service(database: Database) -> FiguresService:
    return FiguresService(database, load_places(), lambda: NOW)


async def test_the_year_is_counted_by_quarter_and_theme(database: Database) -> None:
    await hold(database, 2, 6)
    await hold(database, 3, 5)
    await hold(database, 8, 12, themes=("unga", "lagesbild"))
    await hold(database, 9, 0, status=TrainingStatus.CANCELLED)
    await hold(database, 12, 0)
    await hold(database, 5, 0, status=TrainingStatus.DRAFT)
    await hold(database, 5, 9, county="08")

    found = await service(database).of(None, 2026, "07")

    assert (found.total.trainings, found.total.people["seated"]) == (3, 23)
    assert [one.people["seated"] for one in found.quarters] == [11, 0, 12, 0]
    assert {one.key: one.people["seated"] for one in found.themes} == {"lagesbild": 11, "unga": 12}
    assert (found.persons, found.reached, found.of_all) == (12, 2, 8)
    assert (found.cancelled, found.coming) == (1, 1)


async def test_a_small_quarter_cannot_be_reckoned(database: Database) -> None:
    await hold(database, 2, 3)
    await hold(database, 5, 12)
    await hold(database, 8, 7)

    found = await service(database).of(None, 2026, "07")

    assert [one.people["seated"] for one in found.quarters] == [Hidden.FEW, 12, Hidden.APART, 0]
    assert found.total.people["seated"] == 22


async def test_a_small_year_tells_nothing_of_people(database: Database) -> None:
    await hold(database, 2, 3)

    found = await service(database).of(None, 2026, "07")

    assert found.total.people["seated"] is Hidden.FEW
    assert isinstance(found.persons, Hidden)
    assert isinstance(found.reached, Hidden)


@pytest.mark.parametrize("year", [1999, 2022, 2027])
async def test_years_without_figures_are_refused(database: Database, year: int) -> None:
    with pytest.raises(NoSuchYear):
        await service(database).of(None, year, "07")


async def test_those_who_came_are_counted_and_few_are_not_shown(database: Database) -> None:
    first = await hold(database, 2, 8)
    second = await hold(database, 5, 9)
    await came(database, first, meetings=(0, 1), who=range(6))
    await came(database, second, meetings=(0,), who=range(3))

    found = await service(database).of(None, 2026, "07")

    assert [one.people["attended"] for one in found.quarters] == [Hidden.APART, Hidden.FEW, 0, 0]
    assert found.total.people["attended"] == 9


async def test_who_came_without_a_seat_took_part(database: Database) -> None:
    """Twice at one training, and once where they have a seat: they are one person each."""
    first, second = await hold(database, 2, 8), await hold(database, 5, 6)
    await came(database, first, meetings=(0,), who=range(8))
    for training, meeting, name in ((second, 0, "p7"), (second, 1, "p7"), (first, 1, "p0")):
        person = await DirectoryService(database).find_person("t", name)
        assert person is not None
        async with database.write() as tx:
            about = (Act(person.id, BEFORE), training, meeting, {person.id: Mark.UNKNOWN})
            await set_marks(tx, database, *about, Mark.PRESENT, walk_in=True)

    found = await service(database).of(None, 2026, "07")

    assert (found.total.people["seated"], found.total.people["attended"]) == (15, 9)
    assert found.persons == 8


async def test_who_has_given_the_seat_back_has_not_come(database: Database) -> None:
    id_ = await hold(database, 2, 6)
    await came(database, id_, meetings=(0,), who=range(6))
    trainings = TrainingService(Premises(database, lambda: BEFORE), PlainTrainings())
    somebody = await DirectoryService(database).find_person("t", "p0")
    assert somebody is not None
    await trainings.withdraw(somebody, id_)

    found = await service(database).of(None, 2026, "07")

    assert (found.total.people["seated"], found.total.people["attended"]) == (5, 5)
