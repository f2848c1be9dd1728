"""What is said, in no set form, of the announcement that somebody has before them.

"Bara till Växjö", "ändra rubriken till …" and "flytta det till fredag" say what the lines "Till:",
"Rubrik:" and "Skicka:" say. The patterns are in `locales/sv/understanding/drafts.toml`.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from knowledge.answers.search.text import fold

CHANGES = ("content", "fields")
"""What would be changed by it; the other patterns only ask, or ask for more."""

CONTENT = "content"
LONGEST = 5_000

_SLOT = "(?P<said>.+?)"
_ENDS = ' \t\n.!,;:"”“»«'
_QUOTES = '"”“»«'


@dataclass(frozen=True)
class Spoken:
    """What is meant, by the name of its patterns, and what of it was said."""

    about: str
    said: str = ""


def readings(typed: str) -> Iterator[Spoken]:
    """Everything that a message may mean, the likeliest first; nothing for most messages."""
    typed = typed.strip()
    if not typed or len(typed) > LONGEST:
        return
    bare, polite = wish_in(typed)
    for kind, patterns in _patterns().items():
        said = bare if kind == CONTENT else _ended(bare, is_question=kind == "about")
        if polite or kind == "about":
            said = said.rstrip("? ")
        if kind != CONTENT and "?" in said:
            continue  # asked, and no wish
        for name, ways in patterns.items():
            found = next(filter(None, (way.fullmatch(_level(said)) for way in ways)), None)
            if found:
                yield Spoken(name, _taken(said, found))


def wish_in(typed: str) -> tuple[str, bool]:
    """The message without what may stand before a wish, and whether it was put as a question."""
    return _without(_around("before"), _around("asking"), typed)


def is_about(typed: str, name: str) -> bool:
    """Whether a message can mean that."""
    return any(one.about == name for one in readings(typed))


def contents() -> frozenset[str]:
    """The names of what takes any words."""
    return frozenset(_source()[CONTENT])


def sends(typed: str) -> bool:
    """Whether it is to be sent, and nothing more."""
    return is_about(typed, "send_now") or is_about(typed, "send")


def joints(typed: str) -> Iterator[re.Match[str]]:
    """Where something else that is said of it may begin."""
    return _joint().finditer(_level(typed))


def receivers_in(typed: str) -> tuple[str, str]:
    """Whom the wish to write an announcement says that it is for, and the rest behind that."""
    level = _level(typed)
    begins = _part("addressed", "begins").search(level)
    if not begins:
        return "", typed
    ends = _part("addressed", "ends").search(level, begins.end())
    end = ends.start() if ends else len(typed)
    return typed[begins.end() : end].strip(_ENDS + "?"), typed[end:]


def excepted(said: str) -> tuple[str, str]:
    """Those who are named, and those who are excepted from them."""
    found = _part("addressed", "except").search(_level(said))
    if not found:
        return said, ""
    return said[: found.start()].strip(_ENDS), said[found.end() :].strip(_ENDS)


def minutes_in(said: str) -> int:
    """How long "en timme" or "två dagar" is; 0 for what is no such length."""
    found = re.fullmatch(r"(?:(\w+) )?(\w+)", fold(said.strip().lower()))
    if not found:
        return 0
    number = _number(found[1] or "en")
    unit = _listed("units").get(found[2], 0)
    return number * unit


def is_beside_time(word: str) -> bool:
    """Whether a word says nothing more than the day or the time of day beside it."""
    return fold(word.lower()) in fold(_source()["beside"]["time"]).split()


def names_it(typed: str) -> bool:
    """Whether it says that the announcement is meant."""
    names = fold(_source()["beside"]["names"]).split()
    return not set(names).isdisjoint(re.findall(r"\w+", fold(typed.lower())))


def _level(typed: str) -> str:
    """Small letters without å, ä and ö, each in its place."""
    small = typed.lower()
    return fold(small if len(small) == len(typed) else typed)


def _number(word: str) -> int:
    return int(word) if word.isascii() and word.isdigit() else _listed("numbers").get(word, 0)


def _taken(said: str, found: re.Match[str]) -> str:
    """The slot as it was typed: folding changes no length."""
    if "said" not in found.groupdict() or found["said"] is None:
        return ""
    start, end = found.span("said")
    return said[start:end].strip().strip(_QUOTES).strip()


def _without(before: re.Pattern[str], asking: re.Pattern[str], typed: str) -> tuple[str, bool]:
    """The message without what may stand before a wish, and whether it was put as a question."""
    polite = False
    while True:
        folded = _level(typed)
        found = asking.match(folded) or before.match(folded)
        if not found or found.end() == len(typed):
            return typed, polite
        polite = polite or asking.match(folded) is not None
        typed = typed[found.end() :].lstrip()


def _ended(typed: str, *, is_question: bool) -> str:
    """Without what may stand after it."""
    typed = typed.rstrip(_ENDS + ("?" if is_question else ""))
    asked = typed.endswith("?")
    typed = typed.rstrip("? ")
    while found := _around("after").search(_level(typed)):
        typed = typed[: found.start()].rstrip(_ENDS)
    return f"{typed}?" if asked else typed


@cache
def _source() -> Mapping[str, Any]:
    folder = files("dialogs") / "locales" / "sv" / "understanding"
    return tomllib.loads((folder / "drafts.toml").read_text("utf-8"))


@cache
def _patterns() -> Mapping[str, Mapping[str, tuple[re.Pattern[str], ...]]]:
    """In the order in which they are tried."""
    return {
        kind: {name: _compiled(lines) for name, lines in _source()[kind].items()}
        for kind in (*CHANGES, "about")
    }


@cache
def _joint() -> re.Pattern[str]:
    joined = _source()["joined"]
    signs, begins = (
        "|".join(fold(line) for line in joined[name].splitlines() if line.strip())
        for name in ("signs", "begins")
    )
    return re.compile(rf"(?:{signs})(?=(?:{begins})(?!\w))", re.IGNORECASE)


@cache
def _part(section: str, name: str) -> re.Pattern[str]:
    """Any of the lines that stand under this name."""
    lines = [line for line in _source()[section][name].splitlines() if line.strip()]
    return re.compile("|".join(map(fold, lines)), re.IGNORECASE)


@cache
def _around(where: str) -> re.Pattern[str]:
    lines = [line for line in _source()["around"][where].splitlines() if line.strip()]
    ends = "$" if where == "after" else ""
    every = "|".join(map(fold, lines)).replace("{it}", _source()["parts"]["it"])
    return re.compile(f"(?:{every}){ends}", re.IGNORECASE)


def _compiled(lines: str) -> tuple[re.Pattern[str], ...]:
    parts: Mapping[str, str] = _source()["parts"]
    ways = [line.strip() for line in lines.splitlines() if line.strip()]
    for name, part in (*parts.items(), *parts.items()):  # a part may hold another
        ways = [way.replace(f"{{{name}}}", part) for way in ways]
    return tuple(re.compile(_way(way), re.IGNORECASE | re.DOTALL) for way in ways)


def _way(line: str) -> str:
    return fold(line).replace(" ", r"\s+").replace("…", _SLOT)


@cache
def _listed(kind: str) -> Mapping[str, int]:
    listed: Mapping[str, str] = _source()[kind]
    return {fold(word): int(number) for number, words in listed.items() for word in words.split()}
