"""Whose data is meant: one's own, or somebody else's, which nobody is shown and nobody erases."""

import re
from functools import cache
from itertools import pairwise

from dialogs.conversation.texts import text, texts
from knowledge.directory.places import fold
from knowledge.privacy.names import is_first_name
from knowledge.privacy.people import people


def is_about_another(typed: str) -> bool:
    """ "Vad vet du om Bo?", and not "ser min chef att jag är anmäld?"."""
    words = fold(typed, strip=False).split()
    return not _is_own(words) and not {*texts("own_data.says_about")}.isdisjoint(words[:-1])


def names_another(typed: str) -> bool:
    """ "Ta bort Bo Berg", "radera allt om bo" and "radera min chef"; and not "min rätt att bli
    glömd enligt GDPR"."""
    typed = _polite().sub("", typed, count=1)
    words = fold(typed, strip=False).split()
    if _is_own(words):
        return False
    about = (after for before, after in pairwise(words) if before in texts("own_data.says_about"))
    return not {*about} <= {*texts("own_data.asks_for")} or _is_somebody(typed)


def erases_another(typed: str) -> bool:
    """ "Radera allt om min kollega", in so many words that nothing else is meant: who takes a
    participant from a list speaks of no data."""
    plain = fold(_polite().sub("", typed, count=1), strip=False)
    verb = _pattern("erases").match(plain)
    if not verb or _pattern("of_lists").search(plain) or _is_own(plain.split()):
        return False
    said = (_pattern(name).search(plain) for name in ("forgets", "data_of_another", "everybody"))
    return any(said) and _is_somebody(typed)


def _is_own(words: list[str]) -> bool:
    """ "My data", and not "my colleague"."""
    own, others = {*texts("own_data.says_own")}, {*texts("own_data.says_others")}
    return any(one in own and after not in others for one, after in pairwise([*words, ""]))


def _is_somebody(typed: str) -> bool:
    small = re.findall(r"\w+", typed.casefold())
    named = (word for word in typed.split()[1:] if word[:1].isupper() and word[1:].islower())
    whose = [word.removesuffix("s") for word in small]  # "min kollegas uppgifter"
    pointed = not {*texts("own_data.says_others")}.isdisjoint(small)
    folded = fold(typed, strip=False)
    every = _pattern("everybody").search(folded)
    found = any(people(small)) or any(people(whose)) or any(map(is_first_name, folded.split()))
    return bool(pointed or every or found or any(named))


@cache
def _polite() -> re.Pattern[str]:
    """What leads to a wish: "jag vill att ni tar bort", "kan du radera"."""
    return re.compile(rf"^(?:(?:{text('own_data.another.polite')})\W+)+", re.IGNORECASE)


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{text(f'own_data.another.{name}')})\b")
