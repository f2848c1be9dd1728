"""The registry of all cards: each as it looks on an ordinary day, and on the worst one.

    for name, build in cards().items():
        reply = build()

Every room has its own `samples`.
"""

from functools import partial
from itertools import chain

from dialogs.conversation.talk import Reply
from tests.dialogs.alarms import samples as alarms
from tests.dialogs.announcements import samples as announcements
from tests.dialogs.answers import samples as answers
from tests.dialogs.channels import samples as channels
from tests.dialogs.conversation import samples as conversation
from tests.dialogs.digests import samples as digests
from tests.dialogs.directory import samples as directory
from tests.dialogs.enquiries import samples as enquiries
from tests.dialogs.logbook import samples as logbook
from tests.dialogs.own_data import samples as own_data
from tests.dialogs.recipients import samples as recipients
from tests.dialogs.trainings import samples as trainings

ROOMS = (
    alarms,
    announcements,
    answers,
    channels,
    conversation,
    digests,
    directory,
    enquiries,
    logbook,
    own_data,
    recipients,
    trainings,
)


def cards() -> dict[str, partial[Reply]]:
    """Every card by name."""
    found: dict[str, partial[Reply]] = {}
    for name, build in chain.from_iterable(room.samples() for room in ROOMS):
        assert name not in found, f"two cards are called {name}"
        found[name] = build
    return found
