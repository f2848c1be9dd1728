"""What may be told of people in the parts of a year."""

from collections.abc import Hashable, Mapping, Sequence

from knowledge.trainings.figures.models import Cell, Held
from knowledge.trainings.figures.suppression import Parts, Sums, hidden_in

SEATED, ATTENDED, ABSENT = "seated", "attended", "absent"
"""What people did; the third is shown nowhere, and is the first less the second."""

TOTAL = "total"


def told_of_people(
    groups: Mapping[str, Sequence[Held]], tables: Sequence[Sequence[str]]
) -> dict[str, dict[str, Cell]]:
    """What is told of people in each part of the year; nor can be reckoned who was absent."""
    held = groups[TOTAL]
    counts: dict[Hashable, int] = {(ATTENDED, one.id): one.people[ATTENDED] for one in held}
    counts |= {(ABSENT, one.id): one.people[SEATED] - one.people[ATTENDED] for one in held}
    made_of = {SEATED: (ATTENDED, ABSENT), ATTENDED: (ATTENDED,), ABSENT: (ABSENT,)}
    of = {
        (name, key): [(part, one.id) for part in parts for one in some]
        for name, parts in made_of.items()
        for key, some in groups.items()
    }
    adds_up = [
        Parts([(name, key) for key in table], (name, TOTAL)) for name in made_of for table in tables
    ]
    adds_up += [Parts([(ATTENDED, key), (ABSENT, key)], (SEATED, key)) for key in groups]
    last, unseen = [(name, TOTAL) for name in made_of], [(ABSENT, key) for key in groups]
    hidden = hidden_in(Sums(of, counts, adds_up, last, unseen))
    return {
        key: {
            name: hidden.get((name, key), sum(counts[one] for one in of[name, key]))
            for name in (SEATED, ATTENDED)
        }
        for key in groups
    }
