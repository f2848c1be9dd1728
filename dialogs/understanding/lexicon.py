"""The words by which slots are known: read once from `locales/sv/understanding/slots.toml`."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from dialogs.understanding.vocabulary import expanded
from knowledge.answers.search.text import fold as fold_rings
from knowledge.directory.places import fold
from knowledge.privacy.words import common_names

TIME, GONE = "qtidq", "qgoneq"
"""The token of a time, and that of one that is over: for how something is said."""


@dataclass(frozen=True)
class Lexicon:
    online: re.Pattern[str]
    on_site: re.Pattern[str]
    free: re.Pattern[str]
    either: re.Pattern[str]
    away: re.Pattern[str]
    clock: re.Pattern[str]
    last: re.Pattern[str]
    next: re.Pattern[str]
    numbers: re.Pattern[str]
    roles: re.Pattern[str]
    themes: re.Pattern[str]
    may_tell_time: re.Pattern[str]
    number_words: Mapping[str, int]
    role_of: Mapping[str, str]
    lists: Mapping[str, tuple[str, ...]]

    def number_of(self, said: str) -> int:
        digits = re.match(r"\d+", said)
        return int(digits[0][:9]) if digits else self.number_words[said]


_ROLE_BEFORE = (
    r"(?:jag? (?:ar|e|heter|blev|blir)|^(?:ar|e)|ar nu|ar numera|och ar|blivit|som"
    r"|(?:vald|utsedd|valts|utsetts) till|roll(?:en)?(?: ar| till| ska vara)?"
    r"|titeln? (?:ar|till)|befattning(?:en)? (?:ar|till)|byt till|andra till|am an?|as an?)"
    r"(?: (?:inte|numera|nu|ny|nya|sjalv|kommunens|nu mera|utan|var|i stallet|faktiskt|vald))*"
)
_LISTS = (
    "not", "acknowledged", "not_got", "theme_after", "theme_named", "theme_words", "theme_on",
    "training_words", "sign_up_words", "with",
)  # fmt: skip
_NUMBER_WORDS = r"(?:(?:nr|nummer|alternativ) )?(?:den )?"


@cache
def lexicon_of_slots() -> Lexicon:
    data = _read("understanding/slots.toml")
    themes = [word for words in _read("inputs.toml")["themes"].values() for word in words]
    themes = [word for word in themes if _folded(word) not in data["no_themes"]]
    numbers = {
        _folded(word): int(number) for number, words in data["numbers"].items()
        for word in words.split()
    }  # fmt: skip
    # Alone these are articles, or "the others".
    counted = [word for word in numbers if word not in ("ett", "one", "sex", "forsta", "andra")]
    # Another role is called what the person calls it.
    roles = {
        _folded(word): word if role == "annan" else role
        for role, words in data["roles"].items()
        for word in words
    }
    away = _either(map(_folded, data["away"]))
    online = _pattern(data["online"]).pattern
    return Lexicon(
        **{name: _pattern(data[name]) for name in ("online", "on_site", "free", "last", "next")},
        either=re.compile(rf"\beller {online}|{online} eller\b"),
        away=re.compile(rf"\b(?:{away})(?: (?:om|i|pa|kring|temat))? $"),
        clock=re.compile(data["clock"]),
        numbers=re.compile(
            rf"\b{_NUMBER_WORDS}(?P<n>\d+(?: ?[ae]n)?|den forsta|den andra|{_either(counted)})\b"
        ),
        roles=re.compile(rf"\b{_ROLE_BEFORE} (?P<role>{_either(roles)})\b"),
        themes=re.compile(rf"\b(?:{_either(map(_folded, themes))})\b"),
        may_tell_time=_stems(data["may_tell_time"]),
        number_words={**numbers, "den forsta": 1, "den andra": 2},
        role_of=roles,
        lists={name: tuple(map(_folded, data[name])) for name in _LISTS},
    )


NAME = "qnamnq"
"""Stands for every first name: whom somebody wants to sign up is no matter of the command."""


@cache
def synonyms() -> Mapping[str, str]:
    """What counts as another word, every first name as the same one."""
    names = {spelt: NAME for name in common_names() for spelt in (name, fold_rings(name))}
    return {GONE: TIME, **names} | {
        spelt: fold_rings(canonical)
        for canonical, words in _read("understanding/synonyms.toml").items()
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


def _stems(listed: str) -> re.Pattern[str]:
    """Beginnings of words; with a star anywhere in one."""
    ways = (stem.replace("*", r"\w*") for stem in listed.split())
    return re.compile(rf"\b(?:{'|'.join(ways)})")


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((files("dialogs") / "locales" / "sv" / name).read_text("utf-8"))
