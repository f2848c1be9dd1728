"""Trainings: found, planned, filled, held and looked back on."""

from collections.abc import Iterator
from itertools import chain

from tests.dialogs.sampling import Sample
from tests.dialogs.trainings.samples import (
    day,
    exchange,
    finding,
    participants,
    planning,
    trainings,
)

CARDS = (day, exchange, finding, participants, planning, trainings)


def samples() -> Iterator[Sample]:
    return chain.from_iterable(card.samples() for card in CARDS)
