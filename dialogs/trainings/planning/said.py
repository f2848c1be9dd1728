"""Which of the trainings that are held is named beside what is to become of it."""

import re
from collections.abc import Sequence
from datetime import date

from dialogs.conversation import inputs
from dialogs.conversation.paging import Page
from dialogs.conversation.texts import text, texts
from dialogs.trainings.which import picked
from dialogs.understanding.slots import Shown, read
from knowledge.directory.places import fold
from knowledge.trainings.models import Training


def speaks_of_meeting(typed: str) -> bool:
    """Whether something is to become of a single meeting: "ställ in träff 2"."""
    if not inputs.is_plain(typed) or inputs.is_hedged(typed):
        return False
    verbs, nouns = (
        "|".join(fold(one, strip=False) for one in texts(f"trainings_planning.meeting_{kind}"))
        for kind in ("verbs", "nouns")
    )
    said = rf"(?:{verbs}) (?:den )?(?:(?:{nouns})(?: nr| nummer)? \d+|\w+ (?:{nouns}))\b.*"
    return bool(re.fullmatch(said, fold(typed, strip=False)))


def may_be_meant(typed: str, held: Sequence[Training]) -> Sequence[Training]:
    """Only what has several meetings, where one of them is spoken of."""
    series = [one for one in held if one.is_series]
    return series if series and speaks_of_meeting(typed) else held


def seats_in(typed: str) -> dict[str, str]:
    """The field of the seats, where it is said how many they are to be: "höj till 3 platser"."""
    words = fold(typed, strip=False).split()
    to, seats = (
        {fold(one, strip=False) for one in texts(f"trainings_planning.seats_{kind}")}
        for kind in ("to", "words")
    )
    if inputs.is_hedged(typed):
        return {}
    for at, word in enumerate(words[1:], start=1):
        if words[at - 1] in to and word.isascii() and word.isdigit():
            after = words[at + 1 : at + 2]
            if {*after} & seats or (not after and {*words} & seats):
                return {"seats": word}
    return {}


def how_to_change(typed: str, *, understood: bool) -> str:
    """What was said of the new time or place is not read, and so it is told where it is written;
    "" where nothing was."""
    if speaks_of_meeting(typed):
        return text("trainings_planning.one_meeting")
    return text("trainings_planning.nothing_changed_yet") if understood else ""


def said_to_be_meant(
    typed: str, held: Sequence[Training], today: date, *, by_title: bool
) -> tuple[int, ...] | None:
    """Those that fit what was said of it; None when nothing was, and then the context tells.

    `by_title`: a time or a place may be what it is to become, and names nothing.
    """
    named = _by_title(typed, held)
    if named or by_title:
        return named or None
    ids = tuple(one.id for one in held)
    page = Page("", len(ids), size=max(len(ids), 1), ids=ids, seen=len(ids))
    found = picked(typed, page, {one.id: one for one in held}, today, loosely=True)
    slots = read(typed, today, [Shown(one.title) for one in held]).slots
    told = slots.which or slots.time or slots.places.named
    return found.ids if found.ids or told else None


def _by_title(typed: str, held: Sequence[Training]) -> tuple[int, ...]:
    """Those whose whole titles were said, the longest: "Trygga torg 2" is not "Trygga torg"."""
    said = f" {fold(typed, strip=False)} "
    titles = {one.id: fold(one.title, strip=False) for one in held}
    named = {id_: title for id_, title in titles.items() if title and f" {title} " in said}
    longest = max((len(title) for title in named.values()), default=0)
    return tuple(id_ for id_, title in named.items() if len(title) == longest)
