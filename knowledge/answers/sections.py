"""Sections of statutes: how an article names those it rests on, and how a text cites them.

In a field they are written `2023:196 7`, `2009:400 10:15a`: the act, the chapter if the act has
chapters, and the section, letters without a space. In a text they are cited as in law:
"10 kap. 15 a, 18 a–23 §§".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

_NUMBER = r"\d{1,3} ?[a-z]?(?![\wåäö])"
_WRITTEN = re.compile(r"(\d{4}:\d{1,4}) (?:(\d{1,3}[a-z]?):)?(\d{1,3}[a-z]?)")
_CITED = re.compile(
    rf"(?:(?<![\w:.])({_NUMBER}) kap\. )?"
    rf"(?<![\w:.])({_NUMBER}(?:(?:, | och | eller | samt |[–-]){_NUMBER}|[–-][a-z](?![\wåäö]))*) §"
)
_ONE = re.compile(rf"{_NUMBER}|(?<=[–-])[a-z]")
_PARTS = re.compile(r"(\d*) ?([a-z]?)")
_RANGE = re.compile("[–-]")


@dataclass(frozen=True, slots=True)
class Section:
    """One section of one act. `chapter` is empty where the act has none."""

    act: str
    chapter: str
    number: str

    @property
    def place(self) -> str:
        """Where it stands in its act, as in a field: `7`, `10:15a`."""
        return f"{self.chapter}:{self.number}" if self.chapter else self.number

    @property
    def order(self) -> tuple[str, int, str, int, str]:
        """Sorts as the statute book does."""
        return (self.act, *_parts(self.chapter), *_parts(self.number))

    def __str__(self) -> str:
        return f"{self.act} {self.place}"


def written(text: str) -> Section | None:
    """The section that a field names, None when it is written in another way."""
    parts = _WRITTEN.fullmatch(text)
    return Section(parts[1], parts[2] or "", parts[3]) if parts else None


def cited(text: str, act: str = "") -> list[Section]:
    """The sections that a text cites, in its order; of a span its ends and the whole numbers.

    What has a letter inside a span is left out: whether there is a 3 a § only the act can tell.
    A chapter holds for the sections named right after it.
    """
    found = (
        Section(act, _together(one[1] or ""), number)
        for one in _CITED.finditer(text)
        for number in _listed(one[2])
    )
    return list(dict.fromkeys(found))


def spoken(number: str) -> str:
    """As it is printed: `15a` is "15 a"."""
    return "{} {}".format(*_parts(number)).strip()


def _listed(numbers: str) -> Iterator[str]:
    hits = list(_ONE.finditer(numbers))
    yield _together(hits[0][0])
    for left, right in pairwise(hits):
        (first, letter), (last, end) = _parts(left[0]), _parts(right[0])
        if not _RANGE.fullmatch(numbers[left.end() : right.start()]):
            yield _together(right[0])
        elif last in (0, first):
            since = ord(letter) + 1 if letter else ord("a")
            yield from (f"{first}{chr(one)}" for one in range(since, ord(end or "a") + 1))
        else:
            yield from (str(number) for number in range(first + 1, last + 1))
            yield from [f"{last}{end}"] if end else []


def _together(number: str) -> str:
    return number.replace(" ", "")


def _parts(number: str) -> tuple[int, str]:
    found = _PARTS.fullmatch(number)
    return (int(found[1] or 0), found[2]) if found else (0, "")
