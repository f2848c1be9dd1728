"""A seat that is kept for a while: for who may undo a withdrawal, and for who is asked."""

from datetime import UTC, datetime, timedelta

import pytest

from knowledge.storage.database import Database
from knowledge.trainings import history
from knowledge.trainings.models import SignupStatus
from knowledge.trainings.participants import repository as participants
from knowledge.trainings.participants.models import Group, PassedOver
from knowledge.trainings.planning.refusals import TooFewSeats
from knowledge.trainings.refusals import NotOffered, TooLateToUndo
from tests.knowledge.trainings.line import NOON, QUIET, Line

MONTH, TOMORROW = timedelta(days=30), timedelta(hours=20)
EVENING = datetime(2040, 3, 5, 18, tzinfo=UTC)  # 19.00


@pytest.fixture
def line(database: Database) -> Line:
    return Line(database, quiet=QUIET)


async def full(line: Line, *waiting: str, starts_in: timedelta = MONTH) -> None:
    """Anna has the only seat, the others stand in line."""
    await line.opens(seats=1, starts_in=starts_in)
    for name in ("anna", *waiting):
        await line.comes(name)


async def test_a_withdrawal_is_undone_within_ten_minutes(line: Line) -> None:
    await full(line, "berit")
    [before, _] = await line.rows()
    await line.leaves("anna")
    assert await line.stands("anna") == ""
    await line.passes(minutes=9)
    assert await line.told("berit") == []

    back = await line.undoes("anna")
    assert (back.status, back.id) == (SignupStatus.CONFIRMED, before["id"])
    assert back.calendar_uid == before["calendar_uid"]
    assert back.calendar_sequence == before["calendar_sequence"] + 2
    await line.passes(minutes=9)
    assert (await line.stands("anna"), await line.stands("berit")) == ("seat", "1")
    assert (await line.training()).taken == 1


async def test_after_ten_minutes_the_seat_is_the_next_ones(line: Line) -> None:
    await full(line, "berit")
    await line.leaves("anna")
    await line.passes(minutes=11)

    assert await line.told("berit") == ["promoted"]
    with pytest.raises(TooLateToUndo):
        await line.undoes("anna")
    assert (await line.stands("anna"), await line.stands("berit")) == ("", "seat")


async def test_who_signs_up_again_meanwhile_has_the_same_seat(line: Line) -> None:
    await full(line, "berit")
    await line.leaves("anna")
    back = await line.comes("anna")

    assert (back.status, back.already) == (SignupStatus.CONFIRMED, False)
    await line.passes(minutes=11)
    assert await line.stands("berit") == "1"


async def test_a_place_in_line_is_undone_too_and_is_the_same(line: Line) -> None:
    await full(line, "berit", "cecilia")
    await line.leaves("berit")
    assert await line.stands("cecilia") == "1"
    await line.undoes("berit")
    assert (await line.stands("berit"), await line.stands("cecilia")) == ("1", "2")

    await line.leaves("berit")
    await line.passes(minutes=11)
    with pytest.raises(TooLateToUndo):
        await line.undoes("berit")


async def test_undoing_twice_and_undoing_nothing(line: Line) -> None:
    await full(line)
    await line.leaves("anna")
    assert (await line.undoes("anna")).already is False
    assert (await line.undoes("anna")).already is True
    with pytest.raises(TooLateToUndo):
        await line.undoes("berit")


async def test_what_is_called_off_meanwhile_is_not_undone(line: Line) -> None:
    await full(line)
    await line.leaves("anna")
    await line.planning.cancel(await line.person("kerstin"), line.training_id, "Föreläsaren sjuk")
    with pytest.raises(TooLateToUndo):
        await line.undoes("anna")
    await line.passes(minutes=11)
    assert (await line.training()).taken == 0


async def test_shortly_before_a_freed_seat_is_offered_and_passes_on(line: Line) -> None:
    await full(line, "berit", "cecilia", starts_in=TOMORROW)
    await line.leaves("anna")
    await line.passes(minutes=11)
    assert (await line.stands("berit"), await line.stands("cecilia")) == ("offered", "2")
    assert await line.told("berit") == ["offer"]

    await line.passes(hours=2)
    assert (await line.stands("berit"), await line.stands("cecilia")) == ("1", "offered")
    assert (await line.training()).taken == 1
    async with line.database.read() as tx:
        waiting = await participants.list_participants(tx, line.training_id, Group.WAITING)
    assert [one.passed_over for one in waiting] == [PassedOver.UNANSWERED, PassedOver.ASKED]


async def test_yes_takes_the_seat_and_is_confirmed_once(line: Line) -> None:
    await full(line, "berit", starts_in=TOMORROW)
    await line.leaves("anna")
    await line.passes(minutes=11)
    taken = await line.comes("berit")

    assert (taken.status, taken.already) == (SignupStatus.CONFIRMED, False)
    await line.passes(hours=3)
    assert await line.stands("berit") == "seat"
    assert (await line.comes("berit")).already


async def test_no_leaves_the_line_and_asks_the_next(line: Line) -> None:
    await full(line, "berit", "cecilia", starts_in=TOMORROW)
    await line.leaves("anna")
    await line.passes(minutes=11)
    await line.declines("berit")

    assert (await line.stands("berit"), await line.stands("cecilia")) == ("", "offered")
    with pytest.raises(NotOffered):
        await line.declines("berit")
    await line.undoes("berit")
    assert (await line.stands("berit"), await line.stands("cecilia")) == ("1", "offered")


async def test_a_late_yes_keeps_the_place_and_is_asked_again(line: Line) -> None:
    await full(line, "berit", "cecilia", starts_in=TOMORROW)
    await line.leaves("anna")
    await line.passes(hours=3)
    late = await line.comes("berit")
    assert (late.status, late.already, late.place_in_line) == (SignupStatus.WAITING, True, 1)

    await line.declines("cecilia")
    assert await line.stands("berit") == "offered"


async def test_a_late_yes_gets_the_seat_that_nobody_else_wanted(line: Line) -> None:
    await full(line, "berit", starts_in=TOMORROW)
    await line.leaves("anna")
    await line.passes(hours=3)
    assert (await line.training()).taken == 0

    assert (await line.comes("berit")).status is SignupStatus.CONFIRMED


async def test_an_offer_runs_in_the_day_only(line: Line) -> None:
    line.now = EVENING
    await full(line, "berit", "cecilia", starts_in=timedelta(hours=22))
    await line.leaves("anna")
    await line.passes(minutes=10)
    [_, offered, _] = await line.rows()
    assert offered["held_until"] == datetime(2040, 3, 6, 7, 10, tzinfo=UTC)  # 8.10

    await line.declines("berit")  # 19.10, and nobody is asked at night
    await line.passes(hours=12)
    assert await line.stands("cecilia") == "offered"


async def test_an_offer_at_night_is_sent_in_the_morning_and_not_over_before(line: Line) -> None:
    line.now = EVENING + timedelta(hours=3)
    await full(line, "berit", starts_in=timedelta(hours=20))
    await line.leaves("anna")
    await line.passes(minutes=10)

    morning = datetime(2040, 3, 6, 6, tzinfo=UTC)  # 7.00
    assert await line.waits_until("berit") == morning
    [_, offered] = await line.rows()
    assert offered["held_until"] == morning + timedelta(hours=2)


async def test_nobody_is_asked_when_it_begins_before_they_may_be(line: Line) -> None:
    line.now = EVENING + timedelta(hours=3)
    await full(line, "berit", starts_in=timedelta(hours=8))
    await line.leaves("anna")
    await line.passes(minutes=11)

    assert await line.told("berit") == []
    assert (await line.training()).taken == 0


async def test_an_offer_does_not_outlast_the_beginning(line: Line) -> None:
    await full(line, "berit", starts_in=timedelta(hours=1))
    await line.leaves("anna")
    await line.passes(minutes=11)
    [_, offered] = await line.rows()
    assert offered["held_until"] == NOON + timedelta(hours=1)
    await line.passes(hours=2)
    assert (await line.training()).taken == 0


async def test_who_has_removed_the_app_is_not_asked_and_keeps_the_place(line: Line) -> None:
    await full(line, "berit", "cecilia", starts_in=TOMORROW)
    await line.is_gone("berit")
    await line.leaves("anna")
    await line.passes(minutes=11)

    assert (await line.stands("berit"), await line.stands("cecilia")) == ("1", "offered")


async def test_more_seats_are_given_in_order_and_offered_shortly_before(line: Line) -> None:
    await full(line, "berit", "cecilia", "doris", starts_in=timedelta(hours=30))
    await line.gets(seats=2)
    assert await line.stands("berit") == "seat"
    await line.passes(hours=7)
    await line.gets(seats=3)
    assert (await line.stands("cecilia"), await line.stands("doris")) == ("offered", "2")
    with pytest.raises(TooFewSeats):
        await line.gets(seats=2)


async def test_what_is_moved_still_offers_the_seat_and_takes_the_old_offer_back(
    line: Line,
) -> None:
    line.now = EVENING + timedelta(hours=3)
    await full(line, "berit", starts_in=timedelta(hours=20))
    await line.leaves("anna")
    await line.passes(minutes=10)
    await line.gets(place="Kalmar")

    assert await line.told("berit") == ["training"]
    assert (await line.comes("berit")).status is SignupStatus.CONFIRMED


@pytest.mark.parametrize(
    ("evening", "morning"),
    [
        (datetime(2027, 3, 27, 18, 30, tzinfo=UTC), datetime(2027, 3, 28, 6, 30, tzinfo=UTC)),
        (datetime(2026, 10, 24, 17, 30, tzinfo=UTC), datetime(2026, 10, 25, 7, 30, tzinfo=UTC)),
    ],
    ids=["forwards", "back"],
)
async def test_an_offer_over_the_night_when_the_clocks_change(
    line: Line, evening: datetime, morning: datetime
) -> None:
    """From 19.30 until 8.30 by the clocks on the wall, both nights."""
    line.now = evening
    await full(line, "berit", starts_in=timedelta(hours=20))
    kerstin = await line.person("kerstin")
    await line.planning.close(kerstin, line.training_id)
    await line.gets(seats=2)

    [_, offered] = await line.rows()
    assert offered["held_until"] == morning


@pytest.mark.parametrize(
    "starts_at",
    [datetime(2041, 3, 31, 7, tzinfo=UTC), datetime(2041, 10, 27, 8, tzinfo=UTC)],
    ids=["forwards", "back"],
)
async def test_the_cut_off_and_the_reminders_are_whole_days_in_hours_when_the_clocks_change(
    line: Line, starts_at: datetime
) -> None:
    """One morning the hour on the wall is another: nothing is lost, and nothing comes twice."""
    line.now = starts_at - timedelta(days=30)
    await full(line, "berit", "cecilia", starts_in=timedelta(days=30))
    await line.passes(days=28, hours=23)
    assert await line.told("anna") == ["reminder"]
    await line.gets(seats=2)
    assert await line.stands("berit") == "seat"
    await line.passes(hours=2)
    assert await line.told("anna") == ["reminder", "reminder"]
    await line.gets(seats=3)
    assert await line.stands("cecilia") == "offered"


async def test_all_of_it_can_be_read_back(line: Line) -> None:
    await full(line, "berit", starts_in=TOMORROW)
    await line.leaves("anna")
    await line.passes(hours=3)
    await line.comes("berit")
    berit = (await line.person("berit")).id
    async with line.database.read() as tx:
        told = await history.list_of_signups(tx, line.training_id, berit)

    assert [(one.act.by, one.became, one.note) for one in told] == [
        (berit, "waiting", ""),
        (None, "waiting", "offered"),
        (None, "waiting", "expired"),
        (None, "waiting", "offered"),
        (berit, "confirmed", ""),
    ]
