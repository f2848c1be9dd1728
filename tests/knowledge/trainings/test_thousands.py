"""A conference of five thousand: everybody has a place, and hears of what changes."""

import asyncio
from datetime import timedelta

from sqlalchemy import insert, select

from knowledge.directory.models import Person, people
from knowledge.directory.repository import person_from
from knowledge.storage.database import Database
from knowledge.trainings.models import SignupStatus
from tests.knowledge.trainings.line import Line

MANY, SEATS = 5_000, 4_900


async def thousands(database: Database) -> list[Person]:
    known = {"tenant_id": "t", "name": "", "installed": True}
    rows = [{**known, "object_id": f"p{n}", "teams_id": f"29:{n}"} for n in range(MANY)]
    async with database.write() as tx:
        await tx.execute(insert(people), rows)
        its = select(people).where(people.c.object_id.startswith("p"))
        found = await tx.execute(its.order_by(people.c.id))
        return [person_from(row) for row in found.mappings()]


async def test_a_training_of_five_thousand(database: Database) -> None:
    line = Line(database)
    everybody = await thousands(database)
    await line.opens(seats=SEATS, starts_in=timedelta(days=30))
    served = await asyncio.gather(
        *(line.trainings.sign_up(person, line.training_id) for person in everybody)
    )

    waiting = [one.place_in_line for one in served if one.status is SignupStatus.WAITING]
    assert waiting == list(range(1, MANY - SEATS + 1))
    assert (await line.training()).taken == SEATS

    raised = await line.gets(seats=SEATS + 50)
    assert raised.taken == SEATS + 50
    kerstin = await line.person("kerstin")
    off = await line.planning.cancel(kerstin, line.training_id, "Snöstorm")
    assert off.told == MANY
