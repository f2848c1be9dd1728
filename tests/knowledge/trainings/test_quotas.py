"""Seats that are kept for people of some places, until a given time."""

from datetime import timedelta

import pytest

from knowledge.storage.database import Database
from knowledge.trainings import history
from knowledge.trainings.planning.refusals import PlanFaulty
from knowledge.trainings.quotas.models import Quota
from knowledge.trainings.quotas.refusals import QuotasTooLarge
from tests.knowledge.trainings.line import NOON, QUIET, Line

VAXJO, LJUNGBY, KALMAR = "0780", "0781", "0880"
KRONOBERG = "07"
MONTH, WEEK = timedelta(days=30), timedelta(days=7)


@pytest.fixture
def line(database: Database) -> Line:
    return Line(database, quiet=QUIET)


async def keeps(line: Line, *quotas: Quota, seats: int, until: timedelta = WEEK) -> None:
    kept = {"quotas": quotas, "quotas_until": NOON + until}
    await line.opens(seats=seats, starts_in=MONTH, **kept)


async def stand(line: Line, *names: str) -> list[str]:
    return [await line.stands(name) for name in names]


async def left(line: Line) -> tuple[int, int]:
    """Seats for all, and seats that are kept."""
    training = await line.training()
    return training.seats_left, training.reserved


async def test_seats_that_are_kept_for_others_are_not_given(line: Line) -> None:
    await keeps(line, Quota(KRONOBERG, 1), seats=2)
    await line.comes("kalle", KALMAR)
    await line.comes("karin", KALMAR)
    await line.comes("vera", VAXJO)

    assert await stand(line, "kalle", "karin", "vera") == ["seat", "1", "seat"]
    assert await left(line) == (0, 0)


async def test_the_municipality_comes_before_the_county_and_that_before_all_others(
    line: Line,
) -> None:
    await keeps(line, Quota(KRONOBERG, 1), Quota(VAXJO, 1), seats=3)
    await line.comes("vera", VAXJO)
    assert await left(line) == (1, 1)
    await line.comes("vilma", VAXJO)
    assert await left(line) == (1, 0)
    await line.comes("viggo", VAXJO)
    assert await left(line) == (0, 0)
    await line.comes("lisa", LJUNGBY)
    assert await line.stands("lisa") == "1"


async def test_who_has_told_no_municipality_uses_no_quota(line: Line) -> None:
    await keeps(line, Quota(KRONOBERG, 1), seats=1)
    await line.comes("anna")
    assert await line.stands("anna") == "1"


async def test_who_is_at_home_passes_those_for_whom_nothing_is_kept(line: Line) -> None:
    await keeps(line, Quota(KRONOBERG, 1), seats=1)
    await line.comes("kalle", KALMAR)
    await line.comes("vera", VAXJO)
    await line.comes("viggo", VAXJO)
    assert await stand(line, "kalle", "vera", "viggo") == ["1", "seat", "2"]

    await line.leaves("vera")
    await line.passes(minutes=11)
    assert await stand(line, "kalle", "viggo") == ["1", "seat"]


async def test_a_seat_that_is_given_back_is_kept_again_when_the_place_has_too_few(
    line: Line,
) -> None:
    await keeps(line, Quota(KRONOBERG, 2), seats=3)
    for name in ("vera", "viggo", "vilma"):
        await line.comes(name, VAXJO)
    await line.comes("kalle", KALMAR)
    await line.leaves("vera")
    await line.passes(minutes=11)
    assert await stand(line, "kalle") == ["seat"]  # two of Kronoberg have theirs

    await line.leaves("viggo")
    await line.passes(minutes=11)
    assert await left(line) == (0, 1)


async def test_when_the_time_is_out_the_seats_are_those_of_who_waits_in_order(line: Line) -> None:
    await keeps(line, Quota(KRONOBERG, 2), seats=2)
    for name in ("kalle", "karin", "kim"):
        await line.comes(name, KALMAR)
    await line.passes(days=6, hours=23)
    assert await stand(line, "kalle", "karin", "kim") == ["1", "2", "3"]

    await line.passes(hours=1)
    assert await stand(line, "kalle", "karin", "kim") == ["seat", "seat", "1"]
    assert [await line.told(name) for name in ("kalle", "kim")] == [["promoted"], []]
    assert await left(line) == (0, 0)
    async with line.database.read() as tx:
        told = await history.list_of_training(tx, line.training_id)
    assert [one.note for one in told] == ["", "released"]
    assert (await line.training()).version == 1  # so that posts are edited


async def test_who_moves_counts_where_they_belonged_when_they_got_the_seat(line: Line) -> None:
    await keeps(line, Quota(KRONOBERG, 1), seats=2)
    await line.comes("vera", VAXJO)
    await line.directory.choose_municipality(await line.person("vera"), KALMAR)
    await line.comes("kalle", KALMAR)
    assert await left(line) == (0, 0)


async def test_another_day_keeps_them_longer_and_an_earlier_lets_them_go(line: Line) -> None:
    await keeps(line, Quota(KRONOBERG, 1), seats=1)
    await line.comes("kalle", KALMAR)
    await line.gets(quotas_until=NOON + 2 * WEEK)
    await line.passes(days=8)
    assert await line.stands("kalle") == "1"

    await line.gets(quotas_until=NOON + timedelta(days=9))
    await line.passes(days=1)
    assert await line.stands("kalle") == "seat"


async def test_quotas_that_are_taken_away_let_who_waits_in(line: Line) -> None:
    await keeps(line, Quota(KRONOBERG, 1), seats=1)
    await line.comes("kalle", KALMAR)
    await line.gets(quotas=(), quotas_until=None)
    assert await line.stands("kalle") == "seat"
    assert (await line.training()).reserved == 0


async def test_quotas_that_come_later_count_those_who_are_there(line: Line) -> None:
    await line.opens(seats=3, starts_in=MONTH)
    await line.comes("vera", VAXJO)
    await line.comes("kalle", KALMAR)
    await line.gets(quotas=(Quota(KRONOBERG, 2),))
    assert await left(line) == (0, 1)

    with pytest.raises(QuotasTooLarge):
        await line.gets(quotas=(Quota(KRONOBERG, 3),))
    with pytest.raises(QuotasTooLarge):
        await line.gets(seats=2)
    assert await left(line) == (0, 1)


async def test_fewer_seats_and_fewer_kept_at_once(line: Line) -> None:
    await keeps(line, Quota(KRONOBERG, 15), seats=20)
    await line.gets(seats=10, quotas=(Quota(KRONOBERG, 5),))
    assert await left(line) == (5, 5)
    await line.gets(seats=20, quotas=(Quota(KRONOBERG, 20),))
    assert await left(line) == (0, 20)


@pytest.mark.parametrize(
    "wrong",
    [
        (Quota(KRONOBERG, 11),),
        (Quota(KRONOBERG, 6), Quota(VAXJO, 5)),
        (Quota(VAXJO, 0),),
        (Quota(VAXJO, -1),),
        (Quota(VAXJO, 1), Quota(VAXJO, 2)),
    ],
)
async def test_what_cannot_be_kept_is_refused(line: Line, wrong: tuple[Quota, ...]) -> None:
    await line.opens(seats=10, starts_in=MONTH)
    with pytest.raises(PlanFaulty):
        await line.gets(quotas=wrong)
    assert (await line.training()).quotas == ()


async def test_the_day_before_a_kept_seat_is_offered_to_its_own(line: Line) -> None:
    await line.opens(
        seats=1, starts_in=timedelta(hours=20), quotas=(Quota(KRONOBERG, 1),), quotas_until=None
    )
    await line.comes("vera", VAXJO)
    await line.comes("kalle", KALMAR)
    await line.comes("viggo", VAXJO)
    await line.leaves("vera")
    await line.passes(minutes=11)
    assert await stand(line, "kalle", "viggo") == ["1", "offered"]
    await line.passes(hours=2)
    assert await stand(line, "kalle", "viggo") == ["1", "2"]
    assert await left(line) == (0, 1)
