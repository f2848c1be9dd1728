"""Things the tests talk about. The defaults are never what a test is about."""

from datetime import UTC, datetime, timedelta

from knowledge.trainings.models import Training, TrainingStatus
from tests.support.town import Town


async def create_training(town: Town, **about: object) -> int:
    """A training in two months with room for twenty. Returns its id."""
    starts_at = about.pop("starts_at", None) or datetime.now(UTC) + timedelta(days=60)
    values: dict[str, object] = {
        "title": "Lägesbild i praktiken",
        "county": "07",
        "themes": ("lagesbild",),
        "place": "Växjö",
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=3),  # type: ignore[operator]
        "seats": 20,
        "taken": 0,
        "summary": "Du lär dig att ta fram en lägesbild.",
        "status": TrainingStatus.OPEN,
        **about,
    }
    return await town.tryggve.trainings.add(Training(id=0, sequence=0, **values))  # type: ignore[arg-type]
