"""Reads the text of an act, as Riksdagen publishes it or as it was copied into a file.

What is known of the shape, from those who have read it; it was never tried against the service
from here. A head of "name: value" lines, "SFS nr: 2023:196" among them. Then blocks with empty
lines between: "2 kap. Rubrik", headings without a full stop, and sections that begin "3 a § ".
A section that changes stands twice, marked "/Upphör att gälla U:2028-07-01/" and "/Träder i kraft
I:2028-07-01/". "Övergångsbestämmelser" and annexes come last. A copy has the same in Markdown, and
may hold a part of the act only.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from knowledge.laws.variants import DATA, Variant, in_force, variant

_NUMBER = r"\d{1,3}(?: ?[a-z])?"
_HEAD = re.compile(r"(SFS nr|Upphävd): *(\S+)")
_CELL = re.compile(r"\| *SFS *\| *(\d{4}:\d+) *\|")
_NAMED = re.compile(r"\((\d{4}:\d+)\)")
_CHAPTER = re.compile(
    rf"({_NUMBER}) [Kk][Aa][Pp]\.(?!.*§)(?=\s*$|\s+[A-ZÅÄÖ]|\s+(?:{DATA['gone']}))"
)
_SECTION = re.compile(rf"({_NUMBER}) §(?!§)\.?[ \t]*(?=[A-ZÅÄÖ/(”\"]|\d+ mom\.|$)(.*)")
_LATER = re.compile(DATA["later"])
_GONE = re.compile(DATA["gone"])
_HEADING = re.compile(r"(?!.*\. [A-ZÅÄÖ])[A-ZÅÄÖ\d/][^\n]{0,200}(?<![.:;,\d])")
_POINT = re.compile(r"\d+ ?[a-z]?[.)]? |[–-] ")
_ENDED = re.compile(r".*(?<!\bkap)[.:)]")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")


@dataclass(frozen=True, slots=True)
class Statute:
    """One act as it reads on a day: `sections` maps "10:15a" to its words, "" for what is repealed.

    Only in a `whole` text is a section that is not there repealed.
    """

    act: str
    sections: Mapping[str, str]
    whole: bool


def parse(text: str, today: date, act: str = "") -> Statute:
    """The act in `text`, as it reads today. `act` is the number that its file is named after."""
    lines = [line.rstrip() for line in text.lstrip("\ufeff").splitlines()]
    head = {hit[1]: hit[2] for line in lines if (hit := _HEAD.match(line))}
    reader = _Reader()
    for block in _blocks(lines):
        reader.take(block)
    sections = {place: in_force(found, today) for place, found in reader.finish().items()}
    if head.get("Upphävd", "9999") <= today.isoformat():
        sections = dict.fromkeys(sections, "")
    known = {place: words for place, words in sections.items() if words is not None}
    return Statute(head.get("SFS nr") or _number(lines) or act, known, "SFS nr" in head)


def _number(lines: list[str]) -> str:
    """The act's number, where a copy says it: in its table, or in its title."""
    cells = (hit[1] for line in lines if (hit := _CELL.match(line)))
    title = _NAMED.search(next((line for line in lines if line), ""))
    return next(cells, title[1] if title else "")


def _blocks(lines: list[str]) -> Iterator[list[str]]:
    """Lines that stand together. A heading in Markdown stands by itself, and a section begins a
    block also where no empty line is above it."""
    block: list[str] = []
    for line in [*lines, ""]:
        if block and (not line.strip() or line.startswith("#") or _begins(line, block[-1])):
            yield block
            block = []
        if line.startswith("#"):
            yield [line]
        elif line.strip() and not line.startswith(("|", "---")):
            block.append(line.strip())


def _begins(line: str, above: str) -> bool:
    """In the middle of a sentence another section is only named."""
    return bool(_ENDED.fullmatch(above) and (_SECTION.match(line) or _CHAPTER.match(line)))


@dataclass
class _Reader:
    """Goes through the blocks and remembers where it is."""

    chapter: str = ""
    place: str = ""
    told: list[str] = field(default_factory=list)
    sections: dict[str, list[Variant]] = field(default_factory=dict)
    mark: str = ""
    ended: bool = False

    def take(self, block: list[str]) -> None:
        heading = block[0].startswith("#")
        first, *rest = [block[0].lstrip("# "), *block[1:]]
        if chapter := _CHAPTER.match(first):
            self._close()
            self.chapter, self.ended = _together(chapter[1]), False
        elif _LATER.match(first):
            self._close()
            self.ended = True
        elif self.ended:
            return
        elif section := _SECTION.match(first):
            self._close()
            self.place = _together(section[1])
            # What a copy says behind the sign of a heading is about the section, not in it.
            self.mark, begins = (section[2], "") if heading else ("", section[2])
            self.told = [_plain(" ".join([begins, *rest]))]
        elif heading:
            self._close()
        elif self.place:
            self.told.append(_plain(" ".join([first, *rest])))

    def finish(self) -> dict[str, list[Variant]]:
        self._close()
        return self.sections

    def _close(self) -> None:
        """The section at hand is read to its end. A heading at its end belongs to the next."""
        told = [block for block in self.told if block]
        while len(told) > 1 and _HEADING.fullmatch(told[-1]) and not _POINT.match(told[-1]):
            told.pop()
        if self.place:
            place = f"{self.chapter}:{self.place}" if self.chapter else self.place
            first = variant(self.mark, told[0] if told else "")
            words = "\n".join(filter(None, [first.words, *told[1:]]))
            words = "" if _GONE.fullmatch(words) else words
            self.sections.setdefault(place, []).append(replace(first, words=words))
        self.place, self.told, self.mark = "", [], ""


def _plain(text: str) -> str:
    return " ".join(_LINK.sub(r"\1", text).replace("**", "").split())


def _together(number: str) -> str:
    return number.replace(" ", "")
