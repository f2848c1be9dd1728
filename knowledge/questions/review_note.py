"""Once a week the coordinators hear which answers should be reviewed: those past their date, and
those whose law has changed."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from knowledge.answers.library import CurrentLibrary
from knowledge.answers.models import Article
from knowledge.delivery import outbox
from knowledge.directory import repository as directory
from knowledge.laws import repository as laws
from knowledge.laws.comparison import rested_on, touched
from knowledge.questions.wording import Wording
from knowledge.storage.database import Database, Writing
from knowledge.timers.timers import Timer
from knowledge.times import SWEDEN

KIND = "weekly_note"  # as in the databases' rows
LOOK_EVERY = timedelta(hours=1)
FROM_HOUR = 8
"""Nobody is told on a Monday morning before this."""


class ReviewNote:
    """Tells each coordinator once a week, for as long as there is something to review."""

    def __init__(
        self,
        database: Database,
        library: CurrentLibrary,
        wording: Wording,
        now: Callable[[], datetime],
    ) -> None:
        self.database = database
        self.library = library
        self.wording = wording
        self.now = now

    async def look(self, tx: Writing, _timer: Timer) -> datetime:
        """A timer's handler: looks every hour, so that a bot down on Monday tells on Tuesday."""
        await self.tell(tx)
        return datetime.now(UTC) + LOOK_EVERY

    async def tell(self, tx: Writing) -> int:
        """Queue this week's note, unless that is done. Returns how many coordinators get it."""
        now = self.now().astimezone(SWEDEN)
        if now.weekday() == 0 and now.hour < FROM_HOUR:
            return 0
        base = self.library.base
        late = [one for one in base.articles if one.is_overdue(now.date())]
        changed = touched(base, await laws.list_seen(tx, rested_on(base)))
        if not late and not changed:
            return 0
        year, week, _ = now.isocalendar()
        return await self._queue(tx, _longest_first(late), changed, f"{year}-{week:02}")

    async def _queue(
        self, tx: Writing, late: Sequence[Article], changed: Sequence[Article], week: str
    ) -> int:
        message = self.wording.to_review(late, changed)
        coordinators = await directory.list_coordinators(tx)
        for person in coordinators:
            key = f"review:{week}:{person.id}"
            await outbox.enqueue_notice(tx, self.database, person, message, key)
        return len(coordinators)


def _longest_first(articles: Sequence[Article]) -> list[Article]:
    return sorted(articles, key=lambda one: (one.review_by, one.id))
