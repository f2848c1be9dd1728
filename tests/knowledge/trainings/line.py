"""A training with a line, people who are reached or not, and a clock that only we move."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import RowMapping, select, update

from knowledge.delivery.models import Status, deliveries
from knowledge.directory.models import Met, Person
from knowledge.directory.service import DirectoryService
from knowledge.premises import Premises
from knowledge.storage.database import Database
from knowledge.timers import timers
from knowledge.timers.clockwork import Clockwork
from knowledge.times import QuietHours, QuietUntil, never_quiet
from knowledge.trainings import holding, reminders
from knowledge.trainings.models import Signup, Training, signups
from knowledge.trainings.planning.models import Plan
from knowledge.trainings.planning.service import PlanningService
from knowledge.trainings.quotas import release
from knowledge.trainings.reminders import TrainingReminders
from knowledge.trainings.service import TrainingService
from tests.knowledge.trainings.test_service import TRAINING
from tests.support.timers import ring_all
from tests.support.wordings import PlainTrainings

NIGHT = QuietHours.parse("20:00-07:00")
assert NIGHT is not None
QUIET: QuietUntil = NIGHT.until

NOON = datetime(2040, 3, 5, 11, tzinfo=UTC)
"""12.00 in Sweden, a Monday that no real clock will see: timers ring when we say so."""


@dataclass
class Line:
    """What happens at one training. Call `opens` first."""

    database: Database
    now: datetime = NOON
    quiet: QuietUntil = never_quiet
    known: dict[str, Person] = field(default_factory=dict)
    training_id: int = 0

    def __post_init__(self) -> None:
        words = PlainTrainings()
        here = Premises(self.database, lambda: self.now, quiet_until=self.quiet)
        self.trainings = TrainingService(here, words)
        self.planning = PlanningService(here, words)
        reminding = TrainingReminders(here, words)
        self.clockwork = Clockwork(self.database)
        self.clockwork.on(holding.KIND, self.trainings.held_seats.pass_on)
        self.clockwork.on(release.KIND, self.trainings.quotas.let_go)
        self.clockwork.on(reminders.KIND, reminding.remind)
        self.directory = DirectoryService(self.database)

    async def opens(self, *, seats: int, starts_in: timedelta, **about: Any) -> None:
        """A new training, held by Kerstin."""
        kerstin = await self.person("kerstin")
        await self.directory.grant(kerstin.tenant_id, kerstin.object_id, "07")
        starts_at = self.now + starts_in
        known = replace(TRAINING, seats=seats, starts_at=starts_at, **about)
        known = replace(known, ends_at=starts_at + timedelta(hours=3))
        self.training_id = await self.trainings.add(known)

    async def person(self, name: str, municipality: str = "") -> Person:
        if name not in self.known:
            met = Met(tenant_id="t", object_id=name, teams_id=f"29:{name}")
            person = await self.directory.meet(met)
            if municipality:
                await self.directory.choose_municipality(person, municipality)
            found = await self.directory.find_person("t", name)
            assert found is not None
            self.known[name] = found
        return self.known[name]

    async def comes(self, name: str, municipality: str = "") -> Signup:
        person = await self.person(name, municipality)
        return await self.trainings.sign_up(person, self.training_id)

    async def leaves(self, name: str) -> None:
        await self.trainings.withdraw(await self.person(name), self.training_id)

    async def declines(self, name: str) -> None:
        await self.trainings.decline(await self.person(name), self.training_id)

    async def undoes(self, name: str) -> Signup:
        return await self.trainings.undo_withdrawal(await self.person(name), self.training_id)

    async def stands(self, name: str) -> str:
        """ "seat", "offered", a place in line, or "" for nowhere."""
        person = await self.person(name)
        signup = await self.trainings.find_signup(person, self.training_id)
        if signup is None:
            return ""
        if signup.is_offered:
            return "offered"
        return str(signup.place_in_line) if signup.place_in_line else "seat"

    async def is_gone(self, name: str, *, gone: bool = True) -> None:
        """Removes the app, or is here again."""
        person = await self.person(name)
        await self.directory.remember_chat(person.id, f"a:{name}")
        await self.directory.mark_installed(person.tenant_id, f"a:{name}", not gone)

    async def gets(self, **changes: Any) -> Training:
        """Kerstin changes the training."""
        kerstin = await self.person("kerstin")
        held = await self.planning.get(kerstin, self.training_id)
        plan = replace(Plan.of(held.training), **changes)
        changed = await self.planning.change(kerstin, self.training_id, held.training.version, plan)
        return changed.training

    async def training(self) -> Training:
        return await self.trainings.get(self.training_id)

    async def rows(self) -> list[RowMapping]:
        """All sign-ups, the first first."""
        its = signups.c.training_id == self.training_id
        async with self.database.read() as tx:
            found = await tx.execute(select(signups).where(its).order_by(signups.c.id))
            return [*found.mappings()]

    async def passes(self, **time: float) -> None:
        """So much time goes by, and what is due meanwhile happens."""
        until = self.now + timedelta(**time)
        table = timers.timers
        while True:
            first = select(table.c.due).where(table.c.due > 0.0, table.c.due <= until.timestamp())
            async with self.database.read() as tx:
                found = await tx.execute(first.order_by(table.c.due).limit(1))
                due = found.scalar_one_or_none()
            if due is None:
                break
            self.now = max(self.now, datetime.fromtimestamp(due, UTC))
            async with self.database.write() as tx:
                await tx.execute(update(table).where(table.c.due <= due).values(due=0.0))
            await ring_all(self.clockwork)
        self.now = until

    async def told(self, name: str) -> list[str]:
        """What the outbox has for somebody, the first first."""
        return [row["group_key"].split(":")[1] for row in await self._on_its_way(name)]

    async def waits_until(self, name: str) -> datetime:
        """When the last of it leaves at the earliest."""
        return datetime.fromtimestamp((await self._on_its_way(name))[-1]["due"], UTC)

    async def _on_its_way(self, name: str) -> list[RowMapping]:
        its = deliveries.c.target == f"person:{(await self.person(name)).id}"
        query = select(deliveries).where(its, deliveries.c.status != Status.CANCELLED)
        async with self.database.read() as tx:
            return [*(await tx.execute(query.order_by(deliveries.c.id))).mappings()]
