"""Keeping what was left open, masked and without anybody's name; counting verdicts."""

from collections.abc import Callable
from datetime import UTC, date, datetime

from knowledge import privacy
from knowledge.delivery import tallies
from knowledge.delivery.tallies import Counts
from knowledge.questions import repository
from knowledge.questions.gaps import Gap, group, near
from knowledge.questions.models import QuestionOutcome, Verdict, VerdictCount, WhyOpen
from knowledge.storage.database import Database

LONGEST = 400

_OUTCOMES = {
    WhyOpen.UNANSWERED: QuestionOutcome.UNKNOWN,
    WhyOpen.UNCHOSEN: QuestionOutcome.CHOICES,
    WhyOpen.PRIVATE: QuestionOutcome.PRIVATE,
}


class QuestionService:
    """Open questions and verdicts. Text is stored only when it is sure to be nobody's.

    `knows` tells the words of our own texts; without it every other word may be a name.
    """

    def __init__(
        self,
        database: Database,
        counts: Counts,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        *,
        knows: Callable[[str], bool] = lambda _: False,
    ) -> None:
        self.database = database
        self.counts = counts
        self.now = now
        self._knows = knows

    def answered(self) -> None:
        """A question got its answer straight away: nothing is kept of it but the number."""
        self._count(QuestionOutcome.ANSWERED)

    def keepable(self, question: str) -> str:
        """The question as it may be stored: "" unless it is sure to be free of people."""
        plain = " ".join(question.split())
        return plain[:LONGEST].strip() if privacy.is_nobodys(plain, self._knows) else ""

    async def leave_open(self, question: str, why: WhyOpen, county: str, nearest: str = "") -> None:
        """Count a question that got no answer, and keep what may be kept of it.

        Of one that may be about somebody that is the article that came `nearest`, and of a
        private one nothing.
        """
        text = "" if why is WhyOpen.PRIVATE else self._kept(question, nearest)
        if text or why is WhyOpen.PRIVATE:
            await repository.count_question(self.database, text, why, county, self.now())
        self._count(_OUTCOMES[why])

    async def settle(self, question: str, county: str, nearest: str = "") -> None:
        """One of the offered questions was chosen after all."""
        kept = self._kept(question, nearest)
        async with self.database.write() as tx:
            await repository.uncount_question(tx, kept, WhyOpen.UNCHOSEN, county)

    async def give_verdict(self, article: str, checked: date, verdict: Verdict) -> None:
        """Count a verdict on this version. Nothing is kept that could lead to whose it is: that it
        is counted once is seen to where it is given."""
        await repository.save_verdict(self.database, article, checked, verdict, self.now())

    async def list_gaps(self) -> list[Gap]:
        """What people ask and we cannot answer, biggest first."""
        async with self.database.read() as tx:
            return group(await repository.list_open(tx))

    async def count_outcomes(self) -> dict[QuestionOutcome, int]:
        """What has become of all questions, in every process, but for the latest two seconds."""
        async with self.database.read() as tx:
            counted = await tallies.totals(tx)
        return {one: counted.get(_tally(one), 0) for one in QuestionOutcome}

    async def count_private(self) -> int:
        """How often a question was turned down because it was about somebody."""
        async with self.database.read() as tx:
            found = await repository.list_open(tx)
        return sum(one.times for one in found if one.why is WhyOpen.PRIVATE)

    async def count_verdicts(self) -> list[VerdictCount]:
        """How often each verdict was given, by article and version."""
        async with self.database.read() as tx:
            return await repository.count_verdicts(tx)

    def _kept(self, question: str, nearest: str) -> str:
        return self.keepable(question) or near(nearest)

    def _count(self, outcome: QuestionOutcome) -> None:
        self.counts.count(_tally(outcome))


def _tally(outcome: QuestionOutcome) -> str:
    return f"question_{outcome.value}"
