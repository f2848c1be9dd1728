"""The post itself."""

from collections.abc import Iterator
from typing import Any

from dialogs.announcements.cards.post import post
from knowledge.directory.places import load_places
from knowledge.trainings.models import TrainingStatus
from tests.dialogs.announcements.samples.drafts import DRAFTS, EVERYTHING, a_draft
from tests.dialogs.sampling import HOSTILE, LONG_WORD, WORDY, Sample, sample
from tests.dialogs.trainings.samples.trainings import a_training

TRAININGS = {
    "training": a_training(),
    "full training": a_training(taken=20),
    "closed training": a_training(status=TrainingStatus.CANCELLED),
    "long training": a_training(title=WORDY, place=WORDY),
    "hostile training": a_training(title=HOSTILE, place=LONG_WORD),
}


def samples() -> Iterator[Sample]:
    board = max((one.board for one in load_places().counties.values()), key=len)
    for case, draft in DRAFTS.items():
        yield sample(post, case, draft, board, announcement_id=7)
    for case, training in TRAININGS.items():
        yield sample(post, case, EVERYTHING, board, training=training)
    about: dict[str, Any] = {"training": a_training(), "announcement_id": 7}
    yield sample(post, "live buttons", EVERYTHING, board, **about)
    yield sample(post, "test", EVERYTHING, board, training=a_training(), tested=True)
    corrected = "söndag 22 november 2026 kl. 13.00"
    yield sample(post, "corrected", a_draft(), board, corrected=corrected)
