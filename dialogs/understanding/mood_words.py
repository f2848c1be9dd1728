"""The words of `locales/sv/understanding/moods.toml`, as patterns."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files

from dialogs.understanding.tokens import canonical
from knowledge.answers.search.text import fold

_RINGS = re.compile("[åäö]")


class Pattern:
    """Lines of words as one expression; å, ä and ö count where the message has any."""

    def __init__(self, listed: str) -> None:
        lines = [line.strip().lower() for line in listed.splitlines() if line.strip()]
        self._typed, self._folded = _compiled(lines), _compiled([fold(line) for line in lines])

    def _of(self, text: str) -> re.Pattern[str]:
        return self._typed if _RINGS.search(text) else self._folded

    def search(self, text: str) -> re.Match[str] | None:
        return self._of(text).search(text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        return self._of(text).finditer(text)

    def sub(self, instead: str, text: str, count: int = 0) -> str:
        return self._of(text).sub(instead, text, count=count)


def _compiled(lines: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?<!\\w)(?:{line})(?!\\w)" for line in lines))


@cache
def laughing() -> frozenset[str]:
    """Signs that may mean that the words beside them are a joke."""
    file = files("dialogs") / "locales" / "sv" / "understanding" / "feelings.toml"
    return frozenset(tomllib.loads(file.read_text("utf-8"))["laughter"]["signs"].split())


@cache
def _moods() -> Mapping[str, Mapping[str, str]]:
    file = files("dialogs") / "locales" / "sv" / "understanding" / "moods.toml"
    return tomllib.loads(file.read_text("utf-8"))


@cache
def polite(kind: str) -> Pattern:
    return Pattern(_moods()["polite"][kind])


@cache
def late() -> Pattern:
    return Pattern(_moods()["postponed"]["late"])


@cache
def by() -> re.Pattern[str]:
    lines = [line for line in _moods()["reported"]["by"].splitlines() if line]
    return re.compile("|".join(f"(?<!\\w)(?:{line})(?!\\w)" for line in lines))


@cache
def jest() -> Pattern:
    return Pattern(_moods()["reported"]["jest"])


@cache
def twice() -> Pattern:
    return Pattern(_moods()["reported"]["twice"])


@cache
def signs(mood: str) -> Pattern:
    return Pattern(_moods()[mood]["like"])


@cache
def by_command(kind: str) -> Mapping[str, Pattern]:
    """What `kind` of words stands for something else with each command."""
    return {name: Pattern(words) for name, words in _moods()[kind].items()}


@cache
def small(kind: str) -> frozenset[str]:
    """The single words of a kind."""
    return frozenset(canonical(_moods()["small"][kind]))
