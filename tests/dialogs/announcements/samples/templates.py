"""Announcements kept to write new ones from."""

from collections.abc import Iterator
from dataclasses import replace

from dialogs.announcements.cards import templates
from dialogs.conversation.paging import Page
from knowledge.directory.places import load_places
from knowledge.templates.models import MOST, Template
from tests.dialogs.announcements.samples.drafts import a_draft
from tests.dialogs.sampling import HOSTILE, WORDY, Sample, sample


def samples() -> Iterator[Sample]:
    places = load_places()
    for case, heading in (("everyday", "Möte"), ("long", WORDY), ("hostile", HOSTILE)):
        template = Template(1, "07", a_draft(heading=heading).words)
        most = [replace(template, id=number) for number in range(1, MOST + 1)]
        page = Page("use_template", MOST)
        yield sample(templates.listing, f"some, {case}", page, most[: page.size], places)
        whole = page.turned(0, MOST)
        yield sample(templates.listing, f"most, {case}", whole, most, places)
        yield sample(templates.ask_delete, case, template)
    one = [Template(1, "07", a_draft().words)]
    yield sample(templates.listing, "one", Page("use_template", 1), one, places)
