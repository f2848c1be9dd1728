"""Once a week the coordinators hear which answers should have been reviewed."""

import asyncio
from collections.abc import Callable
from datetime import datetime

import structlog

from dialogs.cards import answers
from dialogs.swedish import SWEDEN
from knowledge.answers.library import Library
from knowledge.messenger import Message
from knowledge.questions.service import QuestionService

LOOK_EVERY = 3_600.0
FROM_HOUR = 8
"""Nobody is told on a Monday morning before this."""

log = structlog.get_logger()


class WeeklyNote:
    """Tells each coordinator once a week, for as long as some answer is past its date."""

    def __init__(
        self,
        library: Library,
        questions: QuestionService,
        wake: Callable[[], None],
        now: Callable[[], datetime],
    ) -> None:
        self.library = library
        self.questions = questions
        self.wake = wake
        self.now = now

    async def keep_telling(self, every: float = LOOK_EVERY) -> None:
        """Look every hour: a bot that was down on Monday tells on Tuesday."""
        while True:
            try:
                await self.tell()
            except Exception:
                # The database may be away for a while; the next look makes up for it.
                log.exception("weekly_note", outcome="failed")
            await asyncio.sleep(every)

    async def tell(self) -> int:
        """Queue this week's note, unless that is done. Returns how many coordinators get it."""
        now = self.now().astimezone(SWEDEN)
        late = [one for one in self.library.base.articles if one.review_by < now.date()]
        if not late or (now.weekday() == 0 and now.hour < FROM_HOUR):
            return 0
        reply = answers.overdue(sorted(late, key=lambda one: (one.review_by, one.id)))
        year, week, _ = now.isocalendar()
        message = Message(card=reply.card, summary=reply.summary)
        told = await self.questions.tell_coordinators(message, f"{year}-{week:02}")
        if told:
            self.wake()
        return told
