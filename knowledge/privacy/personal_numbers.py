"""Swedish personal numbers and co-ordination numbers in running text."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

_GAP = re.compile(r"(?:_|[^\w,:;!?…\"”'<>&#]){0,5}")
"""Spaces and every kind of dash, dot, bracket and markup, but no sign that ends or lists things."""

_CENTURIES = (18, 19, 20)
_COORDINATION = 60
"""Added to the day in a co-ordination number."""


def personal_numbers(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each number in a text with ASCII digits, however it is spaced.

    Twelve digits are tried before ten. No other digit may stand directly beside the number.
    """
    digits = [place for place, char in enumerate(text) if char in "0123456789"]
    end = 0
    for first, start in enumerate(digits):
        if start < end or (start and text[start - 1] in "0123456789"):
            continue
        for length in (12, 10):
            places = digits[first : first + length]
            if len(places) == length and _together(text, places) and _is_one(text, places):
                end = places[-1] + 1
                yield start, end
                break


def _together(text: str, places: list[int]) -> bool:
    """Nothing but spaces and separators between the digits, and no digit right behind them."""
    pairs = pairwise(places)
    after = text[places[-1] + 1 : places[-1] + 2]
    return after not in tuple("0123456789") and all(
        _GAP.fullmatch(text, one + 1, other) for one, other in pairs
    )


def _is_one(text: str, places: list[int]) -> bool:
    digits = "".join(text[place] for place in places)
    centuries = [int(digits[:2])] if len(digits) == 12 else list(_CENTURIES)
    if not set(centuries) <= set(_CENTURIES):
        return False
    short = digits[-10:]
    born = any(_is_day(century, short) for century in centuries)
    return born and short[6:9] != "000" and checks(short)


def _is_day(century: int, digits: str) -> bool:
    year, month, day = century * 100 + int(digits[:2]), int(digits[2:4]), int(digits[4:6])
    if day == _COORDINATION:
        return 1 <= month <= 12  # the day of birth is not known
    try:
        date(year, month, day - _COORDINATION if day > _COORDINATION else day)
    except ValueError:
        return False
    return True


def checks(digits: str) -> bool:
    """The modulus-10 check: weights 2 and 1 in turn, the sum of all digits ends in 0."""
    doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(digits))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0
