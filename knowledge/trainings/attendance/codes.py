"""The codes that are shown where a meeting is held.

Six digits that follow from the installation's key, the meeting and its day: nothing is kept, the
same code shows in every process, and a meeting that is moved has another one.
"""

import hashlib
import hmac
from collections.abc import Iterable, Iterator
from datetime import datetime

from knowledge.times import SWEDEN
from knowledge.trainings.attendance.models import CODE_LENGTH, is_today
from knowledge.trainings.models import Training, TrainingStatus


def code_of(key: str, training: Training, meeting: int) -> str:
    """The code of one meeting; `meeting` counts from 0."""
    day = training.each_meeting[meeting].starts_at.astimezone(SWEDEN).date()
    about = f"check-in:{training.id}:{meeting}:{day.isoformat()}".encode()
    digest = hmac.new(key.encode(), about, hashlib.sha256).digest()
    return f"{int.from_bytes(digest[:8]) % 10**CODE_LENGTH:0{CODE_LENGTH}}"


def meetings_with(
    key: str, code: str, trainings: Iterable[Training], now: datetime
) -> Iterator[tuple[Training, int]]:
    """The meetings of today that have this code: hardly ever more than one."""
    for training in trainings:
        if training.status is TrainingStatus.CANCELLED:
            continue
        for number, meeting in enumerate(training.each_meeting):
            is_it = hmac.compare_digest(code_of(key, training, number), code)
            if is_it and is_today(meeting, now):
                yield training, number
