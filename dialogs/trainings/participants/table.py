"""Everybody who takes part as rows of a table, in the words of the screen."""

from collections.abc import Iterable, Sequence

from dialogs.conversation import swedish
from dialogs.conversation.texts import text
from dialogs.trainings.asking.wording import short_question
from dialogs.trainings.participants.cards import municipality, position
from knowledge.directory.places import Places
from knowledge.trainings.asking.models import LONGEST_ANSWER
from knowledge.trainings.participants.models import Participant

_COLUMNS = ("name", "municipality", "position", "state", "place", "since", "note")


def asked(participants: Iterable[Participant]) -> list[str]:
    """What has been asked, now or before: each question has a column."""
    return [*dict.fromkeys(words for one in participants for words in one.answers)]


def header(questions: Sequence[str] = ()) -> list[str]:
    named = [text(f"trainings_participants.column_{column}") for column in _COLUMNS]
    return [*named, *map(short_question, questions)]


def rows(
    participants: Iterable[Participant], places: Places, questions: Sequence[str] = ()
) -> list[list[str]]:
    """One row for each."""
    return [
        [
            *_row(one, places),
            *(swedish.bare(one.answers.get(words, ""), LONGEST_ANSWER) for words in questions),
        ]
        for one in participants
    ]


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
