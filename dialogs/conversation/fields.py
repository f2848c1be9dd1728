"""What is filled in where there are choices, tapped or typed.

What is not understood is told apart and never left out: without it the rest means something else.
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dialogs.conversation import inputs
from knowledge.directory.places import fold

Choices = Mapping[str, str]
"""What may be chosen: titles by their values."""

Named = Callable[[str], Sequence[str]]
"""Finds the values that other words than a title stand for; none for what is no such word."""

LONGEST_UNREAD = 60

_NO_CHOICE = "null"
"""Stands for what a client cannot have meant: an object, or nothing inside a list."""

MOST = 400
"""More parts are no list of places, which are what there is most of."""

_BETWEEN = re.compile(r"(\s*[,;\n]\s*|\s+(?:och|samt)\s+|\s*&\s*)")


@dataclass(frozen=True)
class Picked:
    """The chosen values, each once; and, as it was written, what is none of the choices."""

    values: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()

    @property
    def only(self) -> str:
        """The one that is chosen; empty for none."""
        return self.values[0] if self.values else ""


def _nothing(typed: str) -> Sequence[str]:
    return ()


def several(
    written: Any, choices: Choices, *, named: Named = _nothing, none: Collection[str] = ()
) -> Picked:
    """Where any number can be chosen: values or titles, with commas, semicolons or "och" between.

    `none` are the words that take every choice away.
    """
    if _is_one_of(written, none):
        return Picked()
    typed = as_text(written)
    parts = _BETWEEN.split(typed)
    if len(parts) > 2 * MOST:
        return Picked(unread=(shortened(typed),))
    if whole := _values(typed, choices, named):
        return Picked(whole)
    known = _by_words(choices)
    longest = max((len(_BETWEEN.split(title)) for title in choices.values()), default=1)
    values: list[str] = []
    unread: list[str] = []
    while parts:
        size, found = _longest_known(parts[:longest], known)
        meant = [found] if found else named(parts[0])
        values += meant
        unread += [shortened(parts[0])] if parts[0].strip() and not meant else []
        parts = parts[size + 1 :]
    return Picked(tuple(dict.fromkeys(values)), tuple(dict.fromkeys(unread)))


def one(
    written: Any, choices: Choices, *, named: Named = _nothing, none: Collection[str] = ()
) -> Picked:
    """Where one can be chosen."""
    typed = as_text(written)
    if not typed or _is_one_of(written, none):
        return Picked()
    found = _values(typed, choices, named)
    return Picked(found) if len(found) == 1 else Picked(unread=(shortened(typed),))


def yes(written: Any) -> bool | None:
    """What a tick says, also in words; None when it is neither yes nor no."""
    typed = as_text(written)
    if not typed:
        return False
    said = {"true": True, "1": True, "false": False, "0": False}.get(typed.casefold())
    return inputs.yes_or_no(typed) if said is None else said


def as_text(written: Any) -> str:
    """A field is sent as text; what a client makes of it otherwise is read the same."""
    if isinstance(written, list):
        parts = (as_text(part) for part in written)
        return ";".join(part or _NO_CHOICE for part in parts)
    if isinstance(written, dict):
        return _NO_CHOICE
    return "" if written is None else str(written).strip()


def _is_one_of(written: Any, words: Collection[str]) -> bool:
    return fold(as_text(written), strip=False) in {fold(word, strip=False) for word in words}


def _by_words(choices: Choices) -> dict[str, str]:
    """Values by themselves and by their titles, both without regard to capitals and signs."""
    by_title = {fold(title, strip=False): value for value, title in choices.items()}
    by_value = {fold(value, strip=False): value for value in choices}
    return {words: value for words, value in (by_title | by_value).items() if words}


def _values(typed: str, choices: Choices, named: Named) -> tuple[str, ...]:
    known = _by_words(choices).get(fold(typed, strip=False))
    return (known,) if known else tuple(named(typed))


def _longest_known(parts: Sequence[str], known: Mapping[str, str]) -> tuple[int, str]:
    """How many parts together are one choice, for a title may have a comma of its own."""
    for size in range(len(parts), 0, -2):
        found = known.get(fold("".join(parts[:size]), strip=False))
        if found:
            return size, found
    return 1, ""


def shortened(typed: str) -> str:
    """As it can be shown in a sentence."""
    flat = " ".join(typed.split())
    return flat if len(flat) <= LONGEST_UNREAD else flat[: LONGEST_UNREAD - 1].rstrip() + "…"
