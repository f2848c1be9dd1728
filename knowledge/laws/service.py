"""Reads the acts that answers rest on, remembers them, and tells what has changed."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from time import monotonic

import structlog

from knowledge.answers.models import Article, Base, Term
from knowledge.answers.sections import Section
from knowledge.laws import fingerprint, repository
from knowledge.laws.comparison import changed_for, changes, rested_on
from knowledge.laws.fingerprint import REPEALED
from knowledge.laws.models import ActState, Change, Fault, LawUnread, Reader, Seen
from knowledge.laws.statute import Statute, parse
from knowledge.storage.database import Database
from knowledge.times import SWEDEN

EVERY = 300.0
"""How often, in seconds, it is looked whether an act is due."""

PAUSE = 5.0
"""Seconds between two requests: nobody is in a hurry."""

EACH_ACT = timedelta(days=7)
AFTER_A_FAULT = timedelta(days=1)

KNOWN_FOR = 60.0
"""For so many seconds a process remembers what was read: every answer asks."""

MANY = 4
"""From so many changed sections on, more than half of those rested on are not believed."""

log = structlog.get_logger()


async def _nobody(_act: str) -> str:
    """Where no acts are fetched from."""
    raise LawUnread(Fault.UNREACHABLE)


@dataclass(frozen=True)
class Standing:
    """How it stands. `unread` were never read, `unreviewed` have no recorded wording."""

    changes: Sequence[Change]
    unread: Sequence[Section]
    unreviewed: Sequence[Section]
    acts: Sequence[ActState]
    seen: dict[Section, Seen]


class LawWatch:
    """The acts as they read today, the same in all processes. Without a reader none is fetched.

    `base` gives the articles as they stand at the moment.
    """

    def __init__(
        self,
        database: Database,
        base: Callable[[], Base],
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        reader: Reader = _nobody,
    ) -> None:
        self.database = database
        self.base = base
        self.now = now
        self.reader = reader
        self._known: tuple[Base, dict[Section, Seen]] | None = None
        self._known_until = float("-inf")

    @property
    def acts(self) -> list[str]:
        """The acts that something rests on."""
        return sorted({section.act for section in rested_on(self.base())})

    async def changed(self, resting: Article | Term) -> tuple[Section, ...]:
        """The sections under an answer that have changed since it was reviewed.

        What another process has read is known here within a minute.
        """
        if not resting.rests_on:
            return ()
        base = self.base()
        return changed_for(resting, base, await self._seen(base))

    async def _seen(self, base: Base) -> dict[Section, Seen]:
        """Every section that something rests on, as it was last read."""
        if self._known is None or self._known[0] is not base or monotonic() > self._known_until:
            self._known_until = monotonic() + KNOWN_FOR
            self._known = base, await repository.find_seen(self.database, rested_on(base))
        return self._known[1]

    async def standing(self) -> Standing:
        """Everything that an editor wants to know."""
        base = self.base()
        watched = rested_on(base)
        async with self.database.read() as tx:
            seen = await repository.list_seen(tx, watched)
            acts = await repository.list_acts(tx)
        return Standing(
            changes(base, seen),
            [one for one in watched if one not in seen],
            [one for one in watched if one in seen and one not in base.reviews],
            [one for one in acts if one.act in self.acts],
            seen,
        )

    async def words(self, found: Sequence[Change]) -> dict[str, str]:
        """The words of both wordings, by fingerprint, as far as they were ever read here."""
        wanted = {one for change in found for one in (change.before, change.after)}
        async with self.database.read() as tx:
            return await repository.find_words(tx, wanted - {REPEALED})

    async def look(self) -> float:
        """Read one act that is due, if there is one. Returns in how many seconds to look again."""
        now = self.now()
        async with self.database.write() as tx:
            await repository.follow_acts(tx, self.database, self.acts, now)
        again = now + AFTER_A_FAULT
        act = await repository.claim_act(self.database, self.acts, now, again, EACH_ACT)
        if act is None:
            return EVERY
        try:
            log.info("law", act=act, outcome="read", changed=await self.fetch(act))
        except LawUnread as error:  # noted, and tried again the day after
            log.warning("law", act=act, outcome=error.fault.value, status=error.status)
        return PAUSE

    async def fetch(self, act: str) -> int:
        """Read one act from where acts are published. Returns how many sections have changed.

        Raises LawUnread, when all that is known of the act stays as it was.
        """
        try:
            text = await self.reader(act)
            found = await asyncio.to_thread(parse, text, self.now().astimezone(SWEDEN).date())
            if found.act != act or not found.whole:
                raise LawUnread(Fault.NO_ACT)
            self._believe(found)
            return await self.take_up(found)
        except LawUnread as error:
            async with self.database.write() as tx:
                await repository.note_fault(tx, self.database, act, error, self.now())
            raise

    def _believe(self, found: Statute) -> None:
        """Raises LawUnread when most of what was reviewed reads otherwise: rather than the law it
        is the service that has changed, and every card would say that the answer is old."""
        reviews = self.base().reviews
        known = [one for one in reviews if one.act == found.act and found.sections.get(one.place)]
        changed = sum(
            fingerprint.of(found.sections[one.place])
            not in {review.fingerprint for review in reviews[one]}
            for one in known
        )
        if changed >= MANY and 2 * changed > len(known):
            raise LawUnread(Fault.DOUBTFUL)

    async def take_up(self, statute: Statute) -> int:
        """Remember an act as it reads today. Returns how many sections read otherwise than before.

        Raises LawUnread when it has less than half of what was read before: a page that is broken
        must not repeal the law.
        """
        now, act = self.now(), statute.act
        found = {place: fingerprint.of(words) for place, words in statute.sections.items()}
        words = {found[place]: told for place, told in statute.sections.items() if told}
        async with self.database.write() as tx:
            known = await repository.list_act(tx, act)
            if not found or (statute.whole and 2 * len(found) < len(known)):
                raise LawUnread(Fault.UNLIKE if found else Fault.NO_ACT)
            gone = known.keys() - found.keys() if statute.whole else ()
            found |= dict.fromkeys(gone, REPEALED)
            changed = await repository.save_sections(tx, self.database, act, found, known)
            await repository.save_wordings(tx, self.database, words)
            await repository.note_read(tx, self.database, act, now, now + EACH_ACT)
        self._known = None
        return changed
