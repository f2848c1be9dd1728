"""Issuing certificates to those who were there, and telling whether one is real."""

import secrets
from collections.abc import Callable
from datetime import datetime

from knowledge.directory.models import Person
from knowledge.storage.database import Database
from knowledge.trainings import repository as trainings
from knowledge.trainings.certificates import repository
from knowledge.trainings.certificates.models import REACHABLE, Certificate
from knowledge.trainings.certificates.refusals import NotOver, NotThere
from knowledge.trainings.models import Training, TrainingStatus

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Without those that are taken for others."""

CODE_LENGTH = 12


class CertificateService:
    """A certificate is issued when it is first asked for, and has one code ever after."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self.database = database
        self.now = now

    async def list_over(self, person: Person) -> list[tuple[Training, bool]]:
        """The person's trainings that are over since a year at most, the latest first; and
        whether the person was there."""
        now = self.now()
        async with self.database.read() as tx:
            found = await repository.list_over(tx, person.id, now - REACHABLE, now)
            return [
                (one, bool(await repository.list_attended(tx, one, person.id))) for one in found
            ]

    async def issue(self, person: Person, training_id: int) -> Certificate:
        """The person's certificate, the same each time. Raises NotThere and NotOver."""
        now = self.now()
        async with self.database.write() as tx:
            training = await trainings.find_training_for_update(tx, training_id)
            if training is None or training.ends_at <= now - REACHABLE:
                raise NotThere(training)
            attended = await repository.list_attended(tx, training, person.id)
            is_on = training.status is not TrainingStatus.CANCELLED
            if is_on and now < training.ends_at:
                raise NotOver(training)
            if not attended:
                raise NotThere(training)
            known = await repository.find_own(tx, training_id, person.id)
            if known is None:
                await repository.add(tx, _new_code(), training_id, person.id, now)
                known = await repository.find_own(tx, training_id, person.id)
        if known is None:
            raise NotThere(training)
        return known

    async def find(self, code: str) -> Certificate | None:
        """The certificate with this code, as it is now; None for none."""
        async with self.database.read() as tx:
            return await repository.find(tx, tidy(code))


def tidy(code: str) -> str:
    """As it is kept, however it was written."""
    return "".join(char for char in code.upper() if char.isalnum())


def shown(code: str) -> str:
    """In groups of four, to be read aloud."""
    return "-".join(code[place : place + 4] for place in range(0, len(code), 4))


def _new_code() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))
