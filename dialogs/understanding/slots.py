"""What a wish is about, taken out of it: places, time, theme, which one, online, free seats.

What is taken out leaves a token behind, so that a town's name does not choose the command.
"""

import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from dialogs.understanding.times import Span, time_in, without_time
from dialogs.understanding.titles import Shown, named
from dialogs.understanding.vocabulary import expanded, wordings
from knowledge.answers.search.text import fold as fold_rings
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
    """A message as words, with tokens where its slots were; and the slots.

    `parts` are the stretches between signs, as they were typed, for how it is said: "så att" is
    not "sa att".
    """

    parts: tuple[str, ...]
    slots: Slots

    @property
    def words(self) -> tuple[str, ...]:
        """All words, folded, and one for all synonyms: for choosing the command."""
        return canonical(" ".join(self.parts))


def read(said: str, today: date, shown: Sequence[Shown] = ()) -> Read:
    """Take the slots out of a message. `shown`: what the list on the screen holds."""
    time = time_in(said, today)
    left = without_time(said, time, f" {TIME} ")
    places = places_in(left)
    left = normal(taken_out(left, places.with_possible, f" {PLACE} "))
    plain = fold_rings(left)
    slots = Slots(
        places,
        time,
        tuple(hit[0] for hit in _lexicon().themes.finditer(_without_free(plain))),
        online=_online(plain),
        free=bool(_lexicon().free.search(plain)),
        recipients=_recipients(plain),
    )
    left, titles = named(left, shown, TITLE)
    plain = fold_rings(left)
    left, role = _roles_out(left, plain)
    slots = replace(slots, which=tuple(dict.fromkeys((*titles, *_which(plain)))), role=role)
    left = tokens(left)
    left, themes = _free_theme(left)
    slots = replace(slots, themes=(*slots.themes, *themes))
    parts = (part.strip() for part in left.split(BREAK))
    return Read(tuple(part for part in parts if part), slots)


def template(line: str) -> tuple[str, ...]:
    """A wording with its slots as tokens, read as a message is."""
    filled = re.sub(r"\{(\w+)\}", lambda hit: f" {TOKENS[hit[1]]} ", line)
    return canonical(tokens(normal(filled)).replace(BREAK, " "))


def normal(said: str) -> str:
    """Small letters and digits, single spaces, a mark for the signs between; å, ä and ö stay."""
    small = unicodedata.normalize("NFKC", said.casefold())
    return " ".join(_NO_WORD.sub(" ", _SIGNS.sub(f" {BREAK} ", small)).split())


BREAK = "|"
_SIGNS = re.compile(r"[.!?;:,\u2013\u2014]+(?=\s|$)|\s-+\s|\n")
_NO_WORD = re.compile(r"[^\w|]+|_")


def tokens(left: str) -> str:
    """The last slots, themes and numbers, as tokens."""
    lexicon = _lexicon()
    kept = _without_free(left)
    kept = _put(lexicon.themes, kept, THEME)
    return _put(lexicon.numbers, kept, NUMBER)


def canonical(text: str) -> tuple[str, ...]:
    """The words of a text, folded, and of synonyms the one that stands for all."""
    known = _synonyms()
    return tuple(
        known.get(word) or known.get(fold_rings(word)) or fold_rings(word) for word in text.split()
    )


def _put(pattern: re.Pattern[str], left: str, token: str) -> str:
    """Found in the folded text, put into the typed one: both are of the same length."""
    for hit in reversed([*pattern.finditer(fold_rings(left))]):
        left = left[: hit.start()] + token + left[hit.end() :]
    return left


def _without_free(left: str) -> str:
    """ "Lediga platser" are no theme, though "platser" is one."""
    return _FREE_SEATS.sub(lambda hit: hit[0].replace(" ", ""), left)


_FREE_SEATS = re.compile(r"\b(lediga|tomma|öppna|oppna) plats(er)?\b|\bplats(er)? (kvar|finns)\b")
_LONGEST_THEME = 5


def _free_theme(left: str) -> tuple[str, tuple[str, ...]]:
    """What follows "om" and the like, where it is none of the known themes, as a token.

    It begins with a word that no wording has, and ends before one that they have.
    """
    words = left.split()
    triggers = _lexicon().lists["theme_after"]
    for at in range(1, len(words)):
        if fold_rings(words[at - 1]) not in triggers or _is_known(words[at]):
            continue
        last = at + 1
        while last < min(len(words), at + _LONGEST_THEME) and not _is_known(words[last]):
            last += 1
        return " ".join((*words[:at], THEME, *words[last:])), (" ".join(words[at:last]),)
    return left, ()


def _is_known(word: str) -> bool:
    return word == BREAK or canonical(word)[0] in known_words()


@cache
def known_words() -> frozenset[str]:
    """Every word of the wordings, and the tokens."""
    lines = (line for one in wordings() for line in (*one.exact, *one.like))
    return frozenset(word for line in lines for word in template(line))


def _which(left: str) -> list[Which]:
    """Numbers and places in the list, in the order they were said."""
    lexicon = _lexicon()
    found: list[tuple[int, Which]] = [
        (hit.start(), lexicon.number_of(hit["n"])) for hit in lexicon.numbers.finditer(left)
    ]
    for name, pattern in (("last", lexicon.last), ("next", lexicon.next)):
        found += [(hit.start(), name) for hit in pattern.finditer(left)]
    return [one for _, one in sorted(found, key=lambda pair: pair[0])]


def _roles_out(left: str, plain: str) -> tuple[str, str]:
    hit = _lexicon().roles.search(plain)
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
            name: tuple(map(_folded, data[name]))
            for name in ("not", "acknowledged", "not_got", "theme_after")
        },
    )


@cache
def _synonyms() -> Mapping[str, str]:
    return {
        spelt: fold_rings(canonical)
        for canonical, words in _data("understanding/synonyms.toml").items()
        for word in words.split()
        for spelt in (word, fold_rings(word))
    }


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
