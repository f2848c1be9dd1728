"""The trainings that an announcement is about, read for its words and handed to them."""

from dataclasses import dataclass

from knowledge.announcements.models import Draft
from knowledge.storage.database import Reading, Writing
from knowledge.trainings.models import Training
from knowledge.trainings.repository import find_training


@dataclass(frozen=True)
class About:
    """`attached` is the training to sign up for, `narrowed_to` the one whose participants get it.

    None when there is none (any more).
    """

    attached: Training | None = None
    narrowed_to: Training | None = None


async def read_about(tx: Reading | Writing, draft: Draft) -> About:
    """The trainings as they are at this moment."""
    return About(
        attached=await _find(tx, draft.training_id),
        narrowed_to=await _find(tx, draft.audience.training),
    )


async def _find(tx: Reading | Writing, training_id: int | None) -> Training | None:
    return await find_training(tx, training_id) if training_id else None
