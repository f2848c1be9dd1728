"""What a wish is about, taken out of it: places, time, theme, which one, online, free seats.

What is taken out leaves a token behind, so that a town's name does not choose the command.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from dialogs.understanding.times import Span, time_in, without_time
from dialogs.understanding.titles import Shown, named
from dialogs.understanding.vocabulary import expanded
from knowledge.directory.models import Municipality
from knowledge.directory.places import fold
from knowledge.directory.said import PlacesSaid, places_in, taken_out

PLACE, TIME, THEME, NUMBER, TITLE, ROLE = (
    "qortq", "qtidq", "qamneq", "qnrq", "qtitelq", "qrollq",
)  # fmt: skip
"""The tokens: words that nobody writes."""

TOKENS = {
    "place": PLACE, "time": TIME, "theme": THEME, "number": NUMBER, "title": TITLE, "role": ROLE,
}  # fmt: skip
"""By the name of the slot in the wordings: "kurser i {place}"."""

Which = int | str


@dataclass(frozen=True)
class Slots:
    """Everything that was said of what is wanted; None and empty: not said.

    `which` is a number in the list, "last", "next", the words of a title, or a role.
    `recipients` are those of the list of recipients that are asked for.
    """

    places: PlacesSaid = field(default_factory=PlacesSaid)
    time: Span | None = None
    themes: tuple[str, ...] = ()
    online: bool | None = None
    free: bool = False
    which: tuple[Which, ...] = ()
    role: str = ""
    recipients: str = ""

    @property
    def place_names(self) -> tuple[str, ...]:
        """The places by their official names."""
        said = self.places.with_possible
        every = said.areas or said.near_areas[:1]
        return tuple(one.name for one in every)

    @property
    def is_place_sure(self) -> bool:
        """Whether no place has to be asked about."""
        every = self.places.named
        return not self.places.doubtful and all(
            sum(isinstance(area, Municipality) for area in one.areas) <= 1 for one in every
        )


@dataclass(frozen=True)
class Read:
    """A message as words, folded, with tokens where its slots were; and the slots."""

    words: tuple[str, ...]
    slots: Slots

    @property
    def text(self) -> str:
        return " ".join(self.words)


def read(said: str, today: date, shown: Sequence[Shown] = ()) -> Read:
    """Take the slots out of a message. `shown`: what the list on the screen holds."""
    time = time_in(said, today)
    left = without_time(said, time, f" {TIME} ")
    places = places_in(left)
    left = taken_out(left, places.with_possible, f" {PLACE} ")
    left, titles = named(fold(left, strip=False), shown, TITLE)
    which = (*titles, *_which(left))
    left, roles = _roles_out(left)
    themes = tuple(hit[0] for hit in _lexicon().themes.finditer(_without_free(left)))
    slots = Slots(
        places,
        time,
        (*themes, *(_free_theme(left) if not themes else ())),
        online=_online(left),
        free=bool(_lexicon().free.search(left)),
        which=tuple(dict.fromkeys(which)),
        role=roles,
        recipients=_recipients(left),
    )
    return Read(tuple(tokens(left).split()), slots)


def template(line: str) -> str:
    """A wording with its slots as tokens, read as a message is."""
    filled = re.sub(r"\{(\w+)\}", lambda hit: f" {TOKENS[hit[1]]} ", line)
    return tokens(fold(filled, strip=False))


def tokens(folded: str) -> str:
    """The last slots, themes and numbers, as tokens."""
    lexicon = _lexicon()
    kept = _without_free(folded)
    return lexicon.numbers.sub(NUMBER, lexicon.themes.sub(THEME, kept))


def _without_free(folded: str) -> str:
    """ "Lediga platser" are no theme, though "platser" is one."""
    return _FREE_SEATS.sub(lambda hit: hit[0].replace(" ", ""), folded)


_FREE_SEATS = re.compile(r"\b(lediga|tomma|oppna) plats(er)?\b|\bplats(er)? (kvar|finns)\b")
_THEME = re.compile(
    rf"\b(?:om|kring|rorande|gallande|about|folj|folja)\s+((?!{TIME}|{PLACE}|det|du|jag|vi|ni|man)"
    rf"\w+(?: (?!{TIME}|{PLACE}|tack|i |pa )\w+){{0,3}})"
)


def _free_theme(left: str) -> tuple[str, ...]:
    """What follows "om", where it is none of the known themes."""
    hit = _THEME.search(left)
    return (hit[1],) if hit else ()


def _which(left: str) -> list[Which]:
    """Numbers and places in the list, in the order they were said."""
    lexicon = _lexicon()
    found: list[tuple[int, Which]] = [
        (hit.start(), lexicon.number_of(hit["n"])) for hit in lexicon.numbers.finditer(left)
    ]
    for name, pattern in (("last", lexicon.last), ("next", lexicon.next)):
        found += [(hit.start(), name) for hit in pattern.finditer(left)]
    return [one for _, one in sorted(found, key=lambda pair: pair[0])]


def _roles_out(left: str) -> tuple[str, str]:
    hit = _lexicon().roles.search(left)
    if not hit:
        return left, ""
    role = _lexicon().role_of[hit["role"]]
    return f"{left[: hit.start('role')]}{ROLE}{left[hit.end('role') :]}", role


def _online(left: str) -> bool | None:
    if _lexicon().on_site.search(left):
        return False
    return True if _lexicon().online.search(left) else None


def _recipients(left: str) -> str:
    """Which of the recipients are asked for: got, not_got, acknowledged, not_acknowledged."""
    lexicon = _lexicon()
    denied = any(re.search(rf"\b{word}\b", left) for word in lexicon.lists["not"])
    if any(word in left for word in lexicon.lists["not_got"]):
        return "not_got"
    kind = "acknowledged" if any(one in left for one in lexicon.lists["acknowledged"]) else "got"
    return f"not_{kind}" if denied else kind


@dataclass(frozen=True)
class _Lexicon:
    online: re.Pattern[str]
    on_site: re.Pattern[str]
    free: re.Pattern[str]
    last: re.Pattern[str]
    next: re.Pattern[str]
    numbers: re.Pattern[str]
    roles: re.Pattern[str]
    themes: re.Pattern[str]
    number_words: Mapping[str, int]
    role_of: Mapping[str, str]
    lists: Mapping[str, tuple[str, ...]]

    def number_of(self, said: str) -> int:
        digits = re.match(r"\d+", said)
        return int(digits[0]) if digits else self.number_words[said]


_ROLE_BEFORE = (
    r"(?:jag (?:ar|e|heter|blev|blir)|ar nu|blivit|som|roll(?:en)?(?: ar| till| ska vara)?"
    r"|titeln? (?:ar|till)|befattning(?:en)? (?:ar|till)|byt till|andra till|am an?|as an?)"
    r"(?: (?:inte|numera|nu|ny|nya|sjalv|kommunens|nu mera|utan|var|i stallet|faktiskt|vald))*"
)
_NUMBER_WORDS = r"(?:(?:nr|nummer|alternativ) )?(?:den )?"


@cache
def _lexicon() -> _Lexicon:
    data = _data("understanding/slots.toml")
    themes = [word for words in _data("inputs.toml")["themes"].values() for word in words]
    numbers = {
        _folded(word): int(number) for number, words in data["numbers"].items()
        for word in words.split()
    }  # fmt: skip
    # Alone these are articles, or "the others".
    counted = [word for word in numbers if word not in ("ett", "one", "sex", "forsta")]
    roles = {_folded(word): role for role, words in data["roles"].items() for word in words}
    return _Lexicon(
        **{name: _pattern(data[name]) for name in ("online", "on_site", "free", "last", "next")},
        numbers=re.compile(
            rf"\b{_NUMBER_WORDS}(?P<n>\d+(?: ?[ae]n)?|den forsta|{_either(counted)})\b"
        ),
        roles=re.compile(rf"\b{_ROLE_BEFORE} (?P<role>{_either(roles)})\b"),
        themes=re.compile(rf"\b(?:{_either(map(_folded, themes))})\b"),
        number_words={**numbers, "den forsta": 1},
        role_of=roles,
        lists={
            name: tuple(map(_folded, data[name])) for name in ("not", "acknowledged", "not_got")
        },
    )


def _folded(word: str) -> str:
    return fold(word, strip=False)


def _either(words: Any) -> str:
    """Longest first, so that "kommunal samordnare" is not read as "samordnare"."""
    return "|".join(map(re.escape, sorted({*words}, key=len, reverse=True)))


def _pattern(listed: str) -> re.Pattern[str]:
    lines = [line.strip() for line in listed.splitlines() if line.strip()]
    return re.compile(rf"\b(?:{_either(_folded(way) for one in lines for way in expanded(one))})\b")


def _data(name: str) -> dict[str, Any]:
    return tomllib.loads((files("dialogs") / "locales" / "sv" / name).read_text("utf-8"))
