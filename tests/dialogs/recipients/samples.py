"""What somebody chooses to be told."""

from collections.abc import Iterator

from dialogs.recipients import cards as choices
from knowledge.directory.models import Position
from knowledge.recipients.models import Choices
from tests.dialogs.sampling import Sample, base, sample


def samples() -> Iterator[Sample]:
    yield sample(choices.positions, "everyday")
    themes = base().topics
    nothing = Choices(None, muted=False, weekly=False, themes=())
    yield sample(choices.choices, "nothing chosen", nothing, themes)
    for case, muted, weekly in (("at once", 0, 0), ("weekly", 0, 1), ("muted", 1, 1)):
        chosen = Choices(Position.MUNICIPAL_CONTACT, bool(muted), bool(weekly), tuple(themes))
        yield sample(choices.choices, case, chosen, themes, saved=True)
