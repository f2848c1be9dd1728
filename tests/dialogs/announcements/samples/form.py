"""The form: empty, filled in and wrong."""

from collections.abc import Iterator
from dataclasses import replace

from dialogs.announcements.cards.form import form
from dialogs.announcements.offered import MOST_TRAININGS
from knowledge.announcements.audience import Audience
from knowledge.announcements.models import WrittenMoment
from knowledge.announcements.words import Link
from knowledge.directory.places import load_places
from tests.dialogs.announcements.samples.drafts import (
    a_draft,
    hostile_draft,
    longest_draft,
    offered,
)
from tests.dialogs.sampling import HOSTILE, NOW, WORDY, Sample, sample
from tests.dialogs.trainings.samples.trainings import a_training

MOMENTS = ("time", "day", "missing", "past")


def samples() -> Iterator[Sample]:
    faults = (
        "heading",
        "text",
        "link",
        "links",
        "picture",
        "picture_alt",
        "recipients",
        "audience",
    )
    chosen = ("theme", "position", "training")
    more_faults = ("attached", "acknowledge", "size", *(f"moment_{fault}" for fault in MOMENTS))
    attachable = tuple(a_training(n, title=WORDY) for n in range(1, MOST_TRAININGS + 1))
    fewest, most = offered("07"), attachable[:12]
    full = {"trainings": most, "attachable": attachable}
    yield sample(form, "empty", None, fewest, token="t")
    yield sample(form, "49 municipalities", None, offered("14", **full), token="t")
    every = offered(*load_places().counties, **full)
    yield sample(form, "every county", None, every, token="t")
    yield sample(form, "the nation", None, offered("00"), token="t")
    yield sample(form, "longest draft", longest_draft(), offered("14", **full), announcement_id=7)
    # Municipalities that were typed are kept, also where only whole counties are offered.
    yield sample(form, "the nation, typed", longest_draft(), offered("00"), announcement_id=7)
    timed = a_draft(send_at=NOW)
    yield sample(form, "other faults", timed, fewest, faults=more_faults, too_long=1_234)
    for fault in ("moment_unread", "moment_far"):
        unusable = replace(a_draft(), written=WrittenMoment(HOSTILE[:100], "24:00", fault))
        yield sample(form, fault, unusable, fewest, faults=unusable.faults)
    nowhere = Audience(to_channels=False)
    empty = a_draft(heading="", text="", links=(Link("ftp://x"),), audience=nowhere)
    yield sample(form, "all wrong", empty, fewest, faults=(*faults, *chosen), token="t")
    hostile = offered("07", trainings=(a_training(title=HOSTILE),))
    yield sample(form, "hostile", hostile_draft(), hostile, announcement_id=7)
    about = {"announcement_id": 7, "correcting": True}
    yield sample(form, "correcting", a_draft(), fewest, **about)
    yield sample(form, "correcting, wrong", empty, fewest, faults=faults[:3], **about)
