"""Which of the things in the list on the screen was named by a part of its title."""

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.answers.search.text import fold as fold_rings
from knowledge.directory.places import fold

SHORTEST_ALONE = 6
"""A single word of so many letters names a title, if no other title has it."""


@dataclass(frozen=True)
class Shown:
    """One of the list: its title, and where and when it is."""

    title: str

    @property
    def words(self) -> tuple[str, ...]:
        """The words of the title; a label before a colon is none."""
        return tuple(fold(self.title.rpartition(":")[2], strip=False).split())


def named(said: str, shown: Sequence[Shown], token: str) -> tuple[str, list[int]]:
    """The message with a token where a title stood, and the numbers of the titles."""
    found: list[int] = []
    for number, one in enumerate(shown, start=1):
        others = {word for other in shown if other is not one for word in other.words}
        run = _longest_run(fold_rings(said).split(), one.words)
        alone = len(run) == 1 and len(run[0]) >= SHORTEST_ALONE and run[0] not in others
        if alone or (len(run) > 1 and any(len(word) >= SHORTEST_ALONE - 2 for word in run)):
            phrase = " ".join(run)
            if phrase in " ".join(one.words):
                at = f" {fold_rings(said)} ".find(f" {phrase} ")
                said = said[:at] + token + said[at + len(phrase) :]
                found.append(number)
    return said, found


def _longest_run(said: Sequence[str], title: Sequence[str]) -> Sequence[str]:
    """The longest stretch of the message that is also a stretch of the title."""
    best: Sequence[str] = ()
    for start in range(len(said)):
        for at in range(len(title)):
            length = 0
            while (
                start + length < len(said)
                and at + length < len(title)
                and said[start + length] == title[at + length]
            ):
                length += 1
            if length > len(best):
                best = said[start : start + length]
    return best
