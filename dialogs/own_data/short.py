"""A short question about one's data or rights, in words about nothing else: "sparas det?"."""

import re
from functools import cache

from dialogs.conversation.texts import text
from dialogs.own_data.asked import answer_to
from knowledge.directory.places import fold

FEWEST, MOST = 2, 12
"""How many words it has. "Varför" alone may be about anything."""

_KNOWN = ("own", "that", "small", "matter")


def is_of_data(typed: str, *, beside_an_answer: bool = False, awaited: bool = False) -> bool:
    """Whether every word is one of asking, of the talk, or of data and rights; at least one tells
    which. `beside_an_answer`: "är det offentligt?" is about what was just read, and "är det jag
    skriver offentligt?" is not. `awaited`: where something waits, "kan jag bli raderad?" is asked
    and no wish."""
    plain = fold(typed, strip=False)
    words = plain.split()
    is_asked = _pattern("asks").match(plain) or typed.rstrip().endswith("?")
    if not is_asked or _pattern("wants").search(plain):
        return False
    known = _pattern("known_awaited" if awaited else "known")
    if not FEWEST <= len(words) <= MOST or not all(map(known.fullmatch, words)):
        return False
    is_own = any(map(_pattern("own").fullmatch, words))
    told = is_own or _pattern("alone").search(plain)
    if not told and (beside_an_answer or not any(map(_pattern("that").fullmatch, words))):
        return False
    return bool(answer_to(typed) or _pattern("kept").search(plain))


@cache
def _pattern(name: str) -> re.Pattern[str]:
    parts = {"known": _KNOWN, "known_awaited": (*_KNOWN, "erased")}.get(name, (name,))
    return re.compile("|".join(text(f"own_data.of_data.{part}") for part in parts))
