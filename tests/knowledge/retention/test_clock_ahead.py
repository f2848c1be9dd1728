"""A clock that jumps ahead is not believed where what goes cannot come back."""

from datetime import UTC, datetime

import pytest
from structlog.testing import capture_logs

from knowledge.questions.models import open_questions
from knowledge.retention.clock_ahead import ClockAhead
from tests.knowledge.retention.test_crossing import leave_text
from tests.knowledge.retention.test_purge import amount
from tests.support.town import Town, town

DAY = 86400.0


@pytest.mark.parametrize(
    ("ran", "says", "ahead"),
    [(3600, 3600, False), (90 * DAY, 90 * DAY + 300, False), (3600, -DAY, False),
     (3600, 2 * DAY, True), (3600, 365 * DAY, True)],
)  # fmt: skip
def test_a_clock_is_ahead_of_what_the_process_has_run(ran: float, says: float, ahead: bool) -> None:
    clock, steady = [1_000.0], [5.0]
    watch = ClockAhead(lambda: clock[0], lambda: steady[0])
    clock[0] += says
    steady[0] += ran

    assert watch.was_put_ahead() is ahead


async def test_a_year_ahead_purges_nothing_until_the_clock_is_right(sqlite_url: str) -> None:
    clock = [1_000.0]
    async with town(sqlite_url) as tryggve:
        parts = tryggve.tryggve.own_data
        await _asked_long_ago(tryggve)
        parts.clock = ClockAhead(lambda: clock[0], lambda: 5.0)
        clock[0] += 365 * DAY
        with capture_logs() as lines:
            await parts.purge()
        assert [one["event"] for one in lines] == ["purging_waits_for_the_clock"]
        assert await amount(tryggve.tryggve.database, open_questions) == 1

        clock[0] -= 365 * DAY
        await parts.purge()
        assert await amount(tryggve.tryggve.database, open_questions) == 0


async def _asked_long_ago(tryggve: Town) -> None:
    database = tryggve.tryggve.database
    await leave_text(database, "Vad kostar en drönare?")
    async with database.write() as tx:
        await tx.execute(open_questions.update().values(asked_at=datetime(2020, 1, 1, tzinfo=UTC)))
