"""The service that most tests of trainings ask."""

from datetime import timedelta

import pytest

from knowledge.premises import Premises
from knowledge.storage.database import Database
from knowledge.trainings.service import TrainingService
from tests.support.wordings import PlainTrainings


@pytest.fixture
def trainings(database: Database) -> TrainingService:
    """What is given back goes to the next at once; `test_held_seats` is about the time to undo."""
    return TrainingService(Premises(database), PlainTrainings(), undo_for=timedelta())
