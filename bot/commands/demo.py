"""Who and where the demo takes place. The same ids stand in the Playground's configuration."""

from datetime import date

from knowledge.directory.service import DirectoryService
from knowledge.storage.database import Database
from knowledge.trainings.demo import seed_demo_trainings

TENANT = "7d1c5f0e-3b52-4a86-9f1d-2c6e8a40b917"
CURRENT_USER = "5b0a9c34-7e1f-4d28-b6a5-0f3d91c27e84"
MUNICIPALITY = "0780"
COUNTY = "07"


async def seed(database: Database, today: date) -> int:
    """Invented trainings, and the coordinator's role for the current user and nobody else.

    Returns how many trainings were added: none the second time.
    """
    added = await seed_demo_trainings(database, today)
    await DirectoryService(database).grant(TENANT, CURRENT_USER, COUNTY)
    return added
