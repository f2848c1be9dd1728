"""Once a week the coordinators hear which answers should have been reviewed."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from dialogs.answers import cards
from dialogs.conversation.swedish import SWEDEN
from knowledge.answers.library import CurrentLibrary
from knowledge.questions.service import QuestionService
from knowledge.storage.database import Writing
from knowledge.timers.timers import Timer

KIND = "weekly_note"
LOOK_EVERY = timedelta(hours=1)
FROM_HOUR = 8
"""Nobody is told on a Monday morning before this."""


class WeeklyNote:
    """Tells each coordinator once a week, for as long as some answer is past its date."""

    def __init__(
        self,
        library: CurrentLibrary,
        questions: QuestionService,
        now: Callable[[], datetime],
    ) -> None:
        self.library = library
        self.questions = questions
        self.now = now

    async def look(self, tx: Writing, _timer: Timer) -> datetime:
        """A timer's handler: looks every hour, so that a bot down on Monday tells on Tuesday."""
        await self.tell(tx)
        return datetime.now(UTC) + LOOK_EVERY

    async def tell(self, tx: Writing) -> int:
        """Queue this week's note, unless that is done. Returns how many coordinators get it."""
        now = self.now().astimezone(SWEDEN)
        late = [one for one in self.library.base.articles if one.is_overdue(now.date())]
        if not late or (now.weekday() == 0 and now.hour < FROM_HOUR):
            return 0
        reply = cards.overdue(sorted(late, key=lambda one: (one.review_by, one.id)))
        year, week, _ = now.isocalendar()
        return await self.questions.tell_coordinators(tx, reply.message, f"{year}-{week:02}")
