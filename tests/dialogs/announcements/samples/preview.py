"""The preview: whom it reaches, and whom not."""

from collections.abc import Iterator
from dataclasses import replace

from dialogs.announcements.cards import audience, preview
from knowledge.announcements.reach import LeftOut, Missed, Reach
from knowledge.directory.places import load_places
from tests.dialogs.announcements.samples.drafts import (
    DRAFTS,
    EVERYTHING,
    a_draft,
    an_announcement,
    some_facts,
)
from tests.dialogs.sampling import HOSTILE, NOW, WORDY, Sample, sample
from tests.dialogs.trainings.samples.trainings import a_training

REACH = Reach(channels=3, people=120, weekly=7, municipalities=2, left_out={})
NARROWED = some_facts(narrowed_to=a_training(title=HOSTILE))
INSIDE = tuple(one.code for one in load_places().municipalities_of("14"))
EVERYBODY = tuple(one.code for one in load_places().municipalities_of("00"))


def samples() -> Iterator[Sample]:
    for case, draft in DRAFTS.items():
        yield sample(preview.preview, case, an_announcement(draft=draft), REACH, NARROWED)
    large = an_announcement(draft=replace(EVERYTHING, send_at=NOW))
    about = {"confirm": 15_000, "needs_approval": True, "note": WORDY}
    attached = some_facts(attached=a_training())
    yield sample(preview.preview, "large, later, noted", large, REACH, attached, **about)
    national = an_announcement(draft=a_draft(county="00"))
    yield sample(preview.preview, "national", national, REACH, NARROWED)
    for case, heading in (("everyday", "Möte"), ("long", WORDY), ("hostile", HOSTILE)):
        draft = an_announcement(draft=a_draft(heading=heading))
        yield sample(preview.ask_delete, case, draft)
    yield from _left_out()


def _left_out() -> Iterator[Sample]:
    places = load_places()
    for count, codes in ((1, INSIDE), (5, INSIDE), (49, INSIDE), (290, EVERYBODY)):
        missed = dict.fromkeys(LeftOut, Missed(count, codes[-count:]))
        missed[LeftOut.ELSEWHERE] = Missed(count, ())
        some = replace(REACH, left_out=missed)
        yield sample(preview.preview, f"{count} left out", an_announcement(), some, NARROWED)
        if count < 290:
            yield sample(audience.left_out, f"{count} for each reason", some, places)
    whole = replace(REACH, left_out={LeftOut.WITHOUT: Missed(290, EVERYBODY)})
    yield sample(audience.left_out, "the whole country", whole, places)
    yield sample(audience.left_out, "nobody", REACH, places)
    nobody = Reach(0, 0, 0, 0, {LeftOut.WITHOUT: Missed(49, INSIDE)})
    yield sample(preview.preview, "nobody", an_announcement(), nobody, NARROWED)
