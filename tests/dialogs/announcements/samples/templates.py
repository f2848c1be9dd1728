"""Announcements kept to write new ones from."""

from collections.abc import Iterator
from dataclasses import replace

from dialogs.announcements.cards import templates
from knowledge.directory.places import load_places
from knowledge.templates.models import MOST, Template
from tests.dialogs.announcements.samples.drafts import a_draft
from tests.dialogs.sampling import HOSTILE, WORDY, Sample, sample


def samples() -> Iterator[Sample]:
    places = load_places()
    for case, heading in (("everyday", "Möte"), ("long", WORDY), ("hostile", HOSTILE)):
        template = Template(1, a_draft(heading=heading))
        most = [replace(template, id=number) for number in range(1, MOST + 1)]
        yield sample(templates.listing, f"most, {case}", most, places)
        yield sample(templates.ask_delete, case, template)
    yield sample(templates.listing, "one", [Template(1, a_draft())], places)
