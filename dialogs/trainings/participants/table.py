"""Everybody who takes part as rows of a table, in the words of the screen."""

from collections.abc import Iterable

from dialogs.conversation import swedish
from dialogs.conversation.texts import text
from dialogs.trainings.participants.cards import municipality, position
from knowledge.directory.places import Places
from knowledge.trainings.participants.models import Participant

_COLUMNS = ("name", "municipality", "position", "state", "place", "since", "note")


def header() -> list[str]:
    return [text(f"trainings_participants.column_{column}") for column in _COLUMNS]


def rows(participants: Iterable[Participant], places: Places) -> list[list[str]]:
    """One row for each."""
    return [_row(one, places) for one in participants]


def _row(one: Participant, places: Places) -> list[str]:
    why = one.passed_over
    return [
        swedish.bare(one.name),
        municipality(one.municipality, places),
        position(one.position),
        text(f"trainings_participants.state_{one.group.value}"),
        str(one.place_in_line or ""),
        f"{one.since.astimezone(swedish.SWEDEN):%Y-%m-%d %H:%M}",
        text(f"trainings_participants.reason_{why.value}") if why else "",
    ]
