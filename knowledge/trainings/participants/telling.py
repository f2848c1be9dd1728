"""What acts on others need: whether there is time for it, whom a name means, telling them."""

from collections.abc import Sequence
from datetime import datetime

from knowledge.delivery import outbox
from knowledge.delivery.messenger import Message
from knowledge.directory.models import Person
from knowledge.directory.places import fold
from knowledge.premises import Premises
from knowledge.storage.database import Writing
from knowledge.trainings.models import NOT_PUBLISHED, Training, TrainingStatus
from knowledge.trainings.participants.refusals import TooLate


class Telling:
    """Writes to one person, in the transaction that it is about; when `quiet_until` is over."""

    def __init__(self, premises: Premises) -> None:
        self._premises = premises

    async def tell(self, tx: Writing, person: Person, message: Message, key: str) -> None:
        its = self._premises
        wait = its.quiet_until(its.now())
        await outbox.enqueue_notice(tx, its.database, person, message, key, wait)


def is_changeable(training: Training, now: datetime) -> bool:
    """Whether there is still time to change who takes part."""
    is_off = training.status in (*NOT_PUBLISHED, TrainingStatus.CANCELLED)
    return not is_off and now < training.starts_at


def not_begun(training: Training, now: datetime) -> Training:
    """The training, while who takes part can be changed. Raises TooLate."""
    if not is_changeable(training, now):
        raise TooLate(training)
    return training


def words_of(name: str) -> list[str]:
    return fold(name, strip=False).split()


def called(name: str, found: Sequence[Person]) -> list[Person]:
    """Those whose names have all of these words."""
    words = words_of(name)
    return [one for one in found if words and {*words} <= {*words_of(one.name)}]
