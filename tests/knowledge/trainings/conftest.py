"""The service that most tests of trainings ask."""

import pytest

from knowledge.storage.database import Database
from knowledge.trainings.service import TrainingService
from tests.support.wordings import PlainTrainings


@pytest.fixture
def trainings(database: Database) -> TrainingService:
    return TrainingService(database, PlainTrainings())
