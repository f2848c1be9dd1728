"""What was there before a migration is there after it, and is right."""

from datetime import timedelta

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, select

import bot.app  # noqa: F401 - imports every table
from knowledge.storage import schema
from knowledge.storage.database import Database
from knowledge.storage.schema import migrate
from knowledge.trainings.models import signups
from knowledge.trainings.service import TrainingService
from tests.knowledge.trainings.test_service import TRAINING, people
from tests.support.wordings import PlainTrainings


async def back_to(database: Database, revision: str) -> None:
    def downgrade(connection: Connection) -> None:
        config = Config()
        config.set_main_option("script_location", str(schema.FOLDER))
        config.attributes["connection"] = connection
        command.downgrade(config, revision)

    async with database.write() as tx:
        await tx.run_sync(downgrade)


async def test_sign_ups_from_before_have_one_entry_for_each_person(database: Database) -> None:
    trainings = TrainingService(database, PlainTrainings(), undo_for=timedelta())
    training = await trainings.add(TRAINING)
    anna, bo = await people(database, 2)
    await trainings.sign_up(anna, training)
    await trainings.withdraw(anna, training)
    await trainings.sign_up(bo, training)
    await trainings.sign_up(anna, training)
    await back_to(database, "0009")
    await migrate(database)

    entry = (signups.c.calendar_uid, signups.c.calendar_sequence)
    async with database.read() as tx:
        first, other, second = await tx.execute(select(*entry).order_by(signups.c.id))
    assert first.calendar_uid == second.calendar_uid != other.calendar_uid
    assert {len(one.calendar_uid) for one in (first, other)} == {36}
    assert first.calendar_sequence < second.calendar_sequence
