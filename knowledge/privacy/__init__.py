"""What must not stay of what people write: who they are, and who they write about.

Personal numbers, phone numbers and e-mail addresses are taken out before a text is searched for,
stored or logged. What is not sure to be free of people is not stored as text at all.
"""

import re
from functools import cache

from knowledge.privacy import likeness
from knowledge.privacy.names import Knows, has_first_name, may_name, without_places
from knowledge.privacy.numbers import find, one_script, personal, replaced, without_times
from knowledge.privacy.somebody import describes_somebody
from knowledge.privacy.told import tells_of_one
from knowledge.privacy.words import common_names, words

SHORTEST_NUMBER = 10
"""So many characters has the shortest personal number."""

LONGEST_NAME = 3
"""So many words are in a name that somebody is quoted under."""

LIKELY, UNLIKELY = 1.75, -0.25
"""From the one on it is about somebody, though no rule says so. Below the other a strange word is
a place's or a firm's, and nobody's name. Both are chosen so that 2 of 100 ordinary sentences are
lost of writers whose sentences were not learnt from."""

_BORN = re.compile(
    r"(?<!\d)(?:19|20)?\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01]|[6-8]\d|9[01])([-+ ]?\d{4})?(?!\d)"
)
_FOLLOWABLE = re.compile(
    r"(?<!\w)@\w|\b\w+_\w+\b|\b(?:\d{1,3}\.){3}\d{1,3}\b|\b[A-ZÅÄÖ]{3} ?\d\d[A-Z\d]\b"
    r"|\b[A-ZÅÄÖ]\. ?[A-ZÅÄÖ]\.(?!\w)"
)
_DATE = re.compile(
    r"\b(?:19|20)\d\d[-./]\d\d[-./]\d\d\b|\b[0-3]?\d[./-][01]?\d\b"
    r"|\b[0-3]?\d(?::[ae])?\s+(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)",
    re.IGNORECASE,
)


def mask(typed: str) -> str:
    """The text with a word for its kind in place of everything personal."""
    return replaced(typed, find(typed), words()["shown"])


def has_personal_number(*typed: str) -> bool:
    """Whether a personal number stands in one of these."""
    return any(personal(one) for one in typed)


def mask_personal_numbers(typed: str) -> str:
    """The same for personal numbers alone: a correction may well be somebody's phone number."""
    found = personal(typed)
    return replaced(typed, found, words()["shown"]) if found else typed


def bare(typed: str) -> str:
    """The text without anything personal, for searching: the words of `mask` would be found."""
    found = find(typed)
    return " ".join(replaced(typed, found, {}).split()) if found else typed


def is_nobodys(typed: str, knows: Knows) -> bool:
    """Whether the text is sure to be free of people, named or not, so that it may be stored.

    `knows` tells the words of our own texts: a strange word may be a name.
    """
    if find(typed) or _leads_to_somebody(typed):
        return False
    typed = without_places(typed)
    if has_first_name(typed) or describes_somebody(typed) or tells_of_one(typed, knows):
        return False
    return likeness.odds(typed) < (UNLIKELY if may_name(typed, knows) else LIKELY)


def speaker_in(typed: str) -> bool:
    """Whether it begins with somebody's name and a colon: "Karin: ta bort det"."""
    head, colon, _ = typed.partition(":")
    said = [word.casefold() for word in head.split()]
    return bool(colon and said and len(said) <= LONGEST_NAME) and said[0] in common_names()


def _leads_to_somebody(typed: str) -> bool:
    """A day of birth, an address, a car, an account: what leads to somebody without a name."""
    plain = one_script(typed)
    if _FOLLOWABLE.search(plain) or _address().search(plain) or _aged().search(plain):
        return True
    is_birth = any(word in plain.casefold().split() for word in words()["case"]["born"])
    if is_birth and (_DATE.search(plain) or _BORN.search(plain)):
        return True
    # As long as a personal number, though its check fails: slipped in one figure, it is still one.
    return any(hit[1] for hit in _BORN.finditer(without_times(plain)))


@cache
def _aged() -> re.Pattern[str]:
    """ "Kille 17 med kniv", "ung tjej, 16, på torget", "80-årig kvinna": as in a headline."""
    one = f"(?:{'|'.join(words()['people']['private'])})"
    old = rf"{one} \(?\d\d\b|{one}, \d\d\b|\d\d-årig {one}\b"
    return re.compile(rf"^\W*\d\d-åring\b|\b(?:{old})", re.IGNORECASE)


@cache
def _address() -> re.Pattern[str]:
    streets = "|".join(words()["case"]["streets"])
    return re.compile(
        rf"\b\w{{2,}}(?:{streets})\s+\d+\s?[a-z]?\b|\blgh\b|\blägenhet\s+\d", re.IGNORECASE
    )
