"""Whatever happens in whatever order: never more people than seats, and first come, first served.

Hypothesis makes up the stories. After each step the database is looked at as it is.
"""

import asyncio
from collections import Counter
from collections.abc import Coroutine, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from knowledge.delivery.models import deliveries
from knowledge.errors import KnowledgeError
from knowledge.storage.database import Database
from tests.knowledge.trainings.line import QUIET, Line

NAMES = tuple("abcdefgh")
A_PERSON = st.sampled_from(NAMES)
WHICH = st.integers(0, 7)

EXAMPLES, STEPS = 25, 20


@dataclass(frozen=True)
class Stand:
    """One person's sign-up as it lies in the database."""

    id: int
    name: str
    status: str
    is_held: bool
    is_passed: bool
    uid: str
    sequence: int

    @property
    def waits(self) -> bool:
        return self.status == "waiting" and not self.is_held


class Stories(RuleBasedStateMachine):
    """Eight people, few seats, and a clock that goes on."""

    loop: asyncio.AbstractEventLoop
    database: Database

    def __init__(self) -> None:
        super().__init__()
        self.line = Line(self.database, quiet=QUIET)
        self.gone = set[str]()
        self.stands = list[Stand]()
        self.is_fair = True
        self.entries = dict[str, tuple[str, int]]()

    @initialize(
        seats=st.integers(1, 3),
        hours=st.sampled_from([20, 30, 200]),
        crowd=st.permutations(NAMES),
        many=st.integers(2, 6),
    )
    def opens(self, seats: int, hours: int, crowd: list[str], many: int) -> None:
        self._does(self._starts(seats, hours))
        for name in crowd[:many]:
            self._does(self.line.comes(name), here=name)

    @rule(name=A_PERSON)
    def comes(self, name: str) -> None:
        self._does(self.line.comes(name), here=name)

    @rule(name=A_PERSON, which=WHICH)
    def leaves(self, name: str, which: int) -> None:
        """Mostly a seat."""
        seated = [one.name for one in self.stands if one.status == "confirmed"]
        self._does(self.line.leaves(_one_of(seated, which, name)))

    @rule(name=A_PERSON, which=WHICH, how=st.sampled_from(["undoes", "comes"]))
    def comes_back(self, name: str, which: int, how: str) -> None:
        """Mostly to the seat that was just left."""
        left = [one.name for one in self.stands if one.is_held and one.status == "withdrawn"]
        name = _one_of(left, which, name)
        self._does(getattr(self.line, how)(name), here=name)

    @rule(name=A_PERSON, which=WHICH, how=st.sampled_from(["comes", "declines"]))
    def answers(self, name: str, which: int, how: str) -> None:
        """Mostly who is asked."""
        asked = [one.name for one in self.stands if one.is_held and one.status == "waiting"]
        name = _one_of(asked, which, name)
        self._does(getattr(self.line, how)(name), here=name if how == "comes" else "")

    @rule(minutes=st.sampled_from([11, 5, 121, 700, 1500]))
    def waits(self, minutes: int) -> None:
        self._does(self.line.passes(minutes=minutes))

    @rule(name=A_PERSON, gone=st.booleans())
    def is_gone(self, name: str, gone: bool) -> None:
        self._does(self.line.is_gone(name, gone=gone))
        (self.gone.add if gone else self.gone.discard)(name)

    @rule(more=st.sampled_from([1, 0, 2, -1]), later=st.sampled_from([0, 0, 0, 48, -24]))
    def is_changed(self, more: int, later: int) -> None:
        self._does(self._changed(more, timedelta(hours=later)))

    @rule(how=st.sampled_from(["close", "reopen", "reopen", "reopen", "reopen", "cancel"]))
    def is_turned(self, how: str) -> None:
        self._does(self._turned(how))

    @invariant()
    def seats_are_counted_right_and_never_too_many(self) -> None:
        training = self._run(self.line.training())
        has_seat = [one for one in self.stands if one.is_held or one.status == "confirmed"]
        assert training.taken == len(has_seat) <= training.seats

    @invariant()
    def everybody_is_there_once(self) -> None:
        live = Counter(one.name for one in self.stands if one.status != "withdrawn")
        kept = Counter(one.name for one in self.stands if one.is_held)
        assert max([0, *(live | kept).values()]) <= 1

    @invariant()
    def calendars_hear_of_one_entry_whose_number_rises(self) -> None:
        for one in self.stands:
            uid, last = self.entries.get(one.name, (one.uid, 0))
            newest = max(each.sequence for each in self.stands if each.name == one.name)
            assert (one.uid, newest >= last) == (uid, True)
            self.entries[one.name] = uid, newest

    @invariant()
    def nobody_is_told_of_a_seat_twice(self) -> None:
        told = Counter(self._run(self._told()))
        assert max([0, *told.values()]) <= 1

    @invariant()
    def nobody_got_a_seat_before_somebody_who_stood_before(self) -> None:
        assert self.is_fair

    def _does(self, act: Coroutine[Any, Any, object], here: str = "") -> None:
        """A refusal changes nothing; whatever happens, it is looked at who was served."""
        before = self.stands
        with suppress(KnowledgeError):
            self._run(act)
        self.stands = self._run(self._looked())
        after = {one.id: one for one in self.stands}
        able = [
            one.id
            for one in before
            if one.waits
            and one.name not in self.gone
            and (not one.is_passed or one.name == here)
            and after[one.id].status != "withdrawn"
        ]
        served = [not after[id_].waits for id_ in able]
        passed = [after[id_].is_passed for id_ in able]  # asked, and did not answer in time
        got = [one or two for one, two in zip(served, passed, strict=True)]
        self.is_fair = self.is_fair and got == sorted(got, reverse=True)

    async def _looked(self) -> list[Stand]:
        names = {person.id: name for name, person in self.line.known.items()}
        return [
            Stand(
                row["id"],
                names[row["person_id"]],
                row["status"],
                row["held_until"] is not None,
                row["passed_at"] is not None,
                row["calendar_uid"],
                row["calendar_sequence"],
            )
            for row in await self.line.rows()
        ]

    async def _told(self) -> list[str]:
        ids = {f"notice:promoted:{one.id}" for one in self.stands}
        query = select(deliveries.c.group_key).where(deliveries.c.group_key.in_(ids))
        async with self.database.read() as tx:
            return [*(await tx.execute(query)).scalars()]

    async def _starts(self, seats: int, hours: int) -> None:
        """Nothing is left over from the story before."""
        await self.line.passes(days=1000)
        await self.line.opens(seats=seats, starts_in=timedelta(hours=hours))
        for name in NAMES:
            await self.line.is_gone(name, gone=False)

    async def _changed(self, more: int, later: timedelta) -> None:
        training = await self.line.training()
        seats = training.taken + more
        at = training.starts_at + later
        await self.line.gets(seats=seats, starts_at=at, ends_at=at + timedelta(hours=3))

    async def _turned(self, how: str) -> None:
        reason = ["Föreläsaren är sjuk"] if how == "cancel" else []
        kerstin = await self.line.person("kerstin")
        await getattr(self.line.planning, how)(kerstin, self.line.training_id, *reason)

    def _run(self, act: Coroutine[Any, Any, Any]) -> Any:
        return self.loop.run_until_complete(act)


def _one_of(those: Sequence[str], which: int, else_: str) -> str:
    return those[which % len(those)] if those else else_


def test_whatever_happens_the_seats_are_right(database_url: str) -> None:
    loop = asyncio.new_event_loop()
    database = Database(database_url)

    class Here(Stories):
        pass

    Here.loop, Here.database = loop, database
    try:
        run_state_machine_as_test(  # type: ignore[no-untyped-call]
            Here,
            settings=settings(
                max_examples=EXAMPLES,
                stateful_step_count=STEPS,
                suppress_health_check=[*HealthCheck],
                deadline=None,
                derandomize=True,
            ),
        )
    finally:
        loop.run_until_complete(database.close())
        loop.close()
