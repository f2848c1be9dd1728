"""Announcements: written, looked at, sent and followed up."""

from collections.abc import Iterator
from itertools import chain

from tests.dialogs.announcements.samples import (
    asked,
    form,
    post,
    preview,
    proposal,
    recipients,
    status,
    templates,
    waiting,
)
from tests.dialogs.sampling import Sample

CARDS = (asked, form, post, preview, proposal, recipients, status, templates, waiting)


def samples() -> Iterator[Sample]:
    return chain.from_iterable(card.samples() for card in CARDS)
