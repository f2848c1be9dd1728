"""A coordinator hears once a week which answers are past their date."""

from datetime import UTC, datetime

import pytest

from tests.support.town import Person, Town, library, town

pytestmark = pytest.mark.both_databases

MONDAY = datetime(2030, 1, 7, 9, tzinfo=UTC)
EARLY = datetime(2030, 1, 7, 5, tzinfo=UTC)
NEXT_MONDAY = datetime(2030, 1, 14, 9, tzinfo=UTC)


async def tell(tryggve: Town) -> int:
    async with tryggve.tryggve.database.write() as tx:
        return await tryggve.tryggve.answers.review_note.tell(tx)


def notes(person: Person) -> int:
    return sum("Svar att granska" in str(one) for one in person.inbox())


async def test_the_coordinator_is_told_once_a_week(database_url: str) -> None:
    now = [EARLY]
    async with town(database_url, now=lambda: now[0]) as tryggve:
        kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
        anna = tryggve.person("Anna Alm")
        await kerstin.installs()
        await anna.installs()
        assert await tell(tryggve) == 0

        for now[0] in (MONDAY, MONDAY, NEXT_MONDAY):
            assert await tell(tryggve) == 1
        tryggve.tryggve.bell.ring()
        await tryggve.until(lambda: notes(kerstin) == 2)
        kerstin.heard = kerstin.inbox()[-1:]
        kerstin.hears(f"{len(library().base.articles)} svar skulle redan ha granskats")
        assert notes(anna) == 0


async def test_nobody_is_told_while_every_answer_is_fresh(sqlite_url: str) -> None:
    async with town(sqlite_url, now=lambda: datetime(2026, 11, 22, 9, tzinfo=UTC)) as tryggve:
        kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
        await kerstin.installs()

        assert await tell(tryggve) == 0
