"""Whatever happens in whatever order: never more people than seats, and first come, first served.

Hypothesis makes up the stories. After each step the database is looked at as it is.
"""

import asyncio
from collections import Counter
from collections.abc import Coroutine, Mapping, Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, Phase, settings
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
from knowledge.trainings.models import Training, TrainingStatus
from knowledge.trainings.quotas.models import Quota
from tests.knowledge.trainings.fairness import Stand, reserved, was_bothered, was_unfair
from tests.knowledge.trainings.line import QUIET, Line

NAMES = tuple("abcdefgh")
HOMES = dict(zip(NAMES, ["0780", "0780", "0781", "0880", "0880", "", "0880", "0780"], strict=True))
PLACES = ("0780", "0781", "0880")
A_PERSON = st.sampled_from(NAMES)
WHICH = st.integers(0, 7)
QUOTAS = st.sampled_from([{}, {"07": 1}, {"0780": 1}, {"07": 1, "0780": 1}, {"0880": 2}])

EXAMPLES, STEPS = 20, 20


class Stories(RuleBasedStateMachine):
    """Eight people from three municipalities, few seats, and a clock that goes on."""

    loop: asyncio.AbstractEventLoop
    database: Database

    def __init__(self) -> None:
        super().__init__()
        self.line = Line(self.database, quiet=QUIET)
        self.gone = set[str]()
        self.homes = dict(HOMES)
        self.stands = list[Stand]()
        self.training: Training | None = None
        self.wrong = ""
        self.files = dict[str, tuple[str, object, int]]()

    @initialize(
        seats=st.integers(1, 3),
        hours=st.sampled_from([20, 30, 22, 200]),
        crowd=st.permutations(NAMES),
        many=st.integers(4, 7),
        quotas=QUOTAS,
    )
    def opens(
        self, seats: int, hours: int, crowd: list[str], many: int, quotas: Mapping[str, int]
    ) -> None:
        self._does(self._starts(seats, hours, quotas))
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

    @rule(which=WHICH, gone=st.booleans(), silent=st.booleans())
    def two_leave(self, which: int, gone: bool, silent: bool) -> None:
        """For good; and the first in line may be gone, or who is asked may not answer."""
        waiting = [one.name for one in self.stands if one.waits]
        if gone and waiting:
            self.is_out_of_reach(waiting[0])
        seated = [one.name for one in self.stands if one.status == "confirmed"]
        for name in {*seated[which % 2 :][:2]}:
            self._does(self.line.leaves(name))
        for minutes in [11, 121] if silent else [11]:
            self._does(self.line.passes(minutes=minutes))

    @rule(name=A_PERSON, which=WHICH, how=st.sampled_from(["undoes", "comes"]))
    def comes_back(self, name: str, which: int, how: str) -> None:
        """Mostly to the seat that was just left."""
        left = [one.name for one in self.stands if one.is_held and one.status == "withdrawn"]
        name = _one_of(left, which, name)
        self._does(getattr(self.line, how)(name), here=name)

    @rule(name=A_PERSON, which=WHICH)
    def starts_over(self, name: str, which: int) -> None:
        """Mostly who has a seat: it is given back for good, and wanted again."""
        name = _one_of([one.name for one in self.stands if one.status == "confirmed"], which, name)
        self._does(self.line.leaves(name))
        self._does(self.line.passes(minutes=11))
        self._does(self.line.comes(name), here=name)

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
        if gone:
            self.is_out_of_reach(name)
        else:
            self._does(self.line.is_gone(name, gone=False))
            self.gone.discard(name)

    def is_out_of_reach(self, name: str) -> None:
        self._does(self.line.is_gone(name))
        self.gone.add(name)

    @rule(more=st.sampled_from([1, 0, 2, -1]), later=st.sampled_from([0, 0, 0, 48, -24]))
    def is_changed(self, more: int, later: int) -> None:
        self._does(self._changed(more, timedelta(hours=later)))

    @rule(
        name=st.sampled_from([name for name in NAMES if HOMES[name]]), home=st.sampled_from(PLACES)
    )
    def moves(self, name: str, home: str) -> None:
        self.homes[name] = home
        self._does(self._moved(name, home))

    @rule(quotas=QUOTAS, hours=st.sampled_from([6, 48, 0]))
    def keeps(self, quotas: Mapping[str, int], hours: int) -> None:
        self._does(self._kept(quotas, timedelta(hours=hours)))

    @rule(how=st.sampled_from(["close", "reopen", "reopen", "reopen", "reopen", "cancel"]))
    def is_turned(self, how: str) -> None:
        self._does(self._turned(how))

    @invariant()
    def seats_are_counted_right_and_never_too_many(self) -> None:
        training = self.training
        if training is None:
            return
        has_seat = [one for one in self.stands if one.has_seat]
        assert training.taken == len(has_seat) <= training.seats

    @invariant()
    def so_many_seats_are_kept_as_must_be(self) -> None:
        training = self.training
        if training is None:
            return
        assert training.taken + training.reserved <= training.seats
        assert training.reserved == reserved(self.stands, self._quotas())

    @invariant()
    def everybody_is_there_once(self) -> None:
        live = Counter(one.name for one in self.stands if one.status != "withdrawn")
        kept = Counter(one.name for one in self.stands if one.is_held)
        assert max([0, *(live | kept).values()]) <= 1

    @invariant()
    def no_seat_is_kept_for_longer_than_was_said(self) -> None:
        kept = [one.held_until for one in self.stands if one.held_until]
        assert [until for until in kept if until < self.line.now] == []

    @invariant()
    def nobody_is_told_of_a_seat_twice(self) -> None:
        told = Counter(self._run(self._told()))
        assert max([0, *told.values()]) <= 1

    @invariant()
    def nothing_went_wrong_on_the_way(self) -> None:
        assert self.wrong == ""

    def _does(self, act: Coroutine[Any, Any, object], here: str = "") -> None:
        """A refusal changes nothing; whatever happens, it is looked at what became of it."""
        before = self.stands
        with suppress(KnowledgeError):
            self._run(act)
        self.stands = self._run(self._looked())
        self.training = self._run(self.line.training())
        about = before, self.stands
        self.wrong = (
            self.wrong
            or was_unfair(*about, self._quotas(), gone=self.gone, here=here)
            or was_bothered(*about, gone=self.gone, here=here)
            or self._calendars_would_miss()
        )

    def _calendars_would_miss(self) -> str:
        """Whose entry has changed without a greater number: by RFC 5545 a calendar may keep what it
        has."""
        for name, newest in {one.name: one for one in self.stands}.items():
            uid, shown, number = self._file(newest)
            old_uid, before, last = self.files.get(name, (uid, None, -1))
            if uid != old_uid or number < last or (number == last and shown != before):
                return f"{name} has {number} after {last}"
            if shown or before:  # who has only stood in line has got no file
                self.files[name] = uid, shown, number
        return ""

    def _quotas(self) -> dict[str, int]:
        """What is kept now."""
        training = self.training
        if training is None or not training.keeps_seats(self.line.now):
            return {}
        return {one.place: one.seats for one in training.quotas}

    def _file(self, one: Stand) -> tuple[str, object, int]:
        """What the person's calendar gets: its number, and when and where, or nothing."""
        training = self.training
        assert training is not None
        is_on = one.status == "confirmed" and training.status is not TrainingStatus.CANCELLED
        shown = (training.starts_at, training.ends_at, training.place) if is_on else None
        return one.uid, shown, training.sequence + one.sequence

    async def _looked(self) -> list[Stand]:
        names = {person.id: name for name, person in self.line.known.items()}
        return [
            Stand(
                row["id"],
                names[row["person_id"]],
                row["status"],
                row["held_until"],
                row["passed_at"] is not None,
                row["calendar_uid"],
                row["calendar_sequence"],
                self.homes.get(names[row["person_id"]], ""),
                row["municipality"],
            )
            for row in await self.line.rows()
        ]

    async def _told(self) -> list[str]:
        ids = {f"notice:promoted:{one.id}" for one in self.stands}
        query = select(deliveries.c.group_key).where(deliveries.c.group_key.in_(ids))
        async with self.database.read() as tx:
            return [*(await tx.execute(query)).scalars()]

    async def _starts(self, seats: int, hours: int, quotas: Mapping[str, int]) -> None:
        """Nothing is left over from the story before."""
        await self.line.passes(days=1000)
        await self.line.opens(seats=max(seats, sum(quotas.values())),
                              starts_in=timedelta(hours=hours), quotas=_quotas(quotas),
                              quotas_until=self.line.now + timedelta(hours=18))  # fmt: skip
        for name, home in HOMES.items():
            await self.line.is_gone(name, gone=False)
            if home:
                await self._moved(name, home)

    async def _moved(self, name: str, home: str) -> None:
        await self.line.directory.choose_municipality(await self.line.person(name), home)

    async def _kept(self, quotas: Mapping[str, int], how_long: timedelta) -> None:
        until = self.line.now + how_long if how_long else None
        await self.line.gets(quotas=_quotas(quotas), quotas_until=until)

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


def _quotas(quotas: Mapping[str, int]) -> tuple[Quota, ...]:
    return tuple(Quota(place, seats) for place, seats in quotas.items())


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
                phases=[Phase.generate],  # a shorter story of what went wrong takes minutes
            ),
        )
    finally:
        loop.run_until_complete(database.close())
        loop.close()
