"""What is said without words: "👍", ":)" and "haha".

The signs are in `locales/sv/understanding/feelings.toml`.
"""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from dialogs.understanding.mood_words import laughing
from knowledge.directory.places import fold

OTHER = "okay"
"""What a sign is taken for that nobody has listed."""

KIND = ("greet", "okay", "thanks")
"""The commands of signs that say nothing against the words beside them."""

_TONES = re.compile("[\U0001f3fb-\U0001f3ff\ufe0f]")
"""The colours of skin, and what makes a sign of a letter an emoji."""

_SIGN = "So"
"""Unicode's category of emoji."""


def feeling_in(typed: str) -> str:
    """The command that a message of nothing but such signs stands for; "" where it has words."""
    if _laughter().fullmatch(fold(typed, strip=False)):
        return OTHER
    signs, left = _signs(), typed
    for sign in signs:
        left = left.replace(sign, "")
    is_sign = any(unicodedata.category(letter) == _SIGN for letter in typed)
    if any(letter.isalnum() for letter in left) or not (is_sign or left != typed):
        return ""
    found = [(typed.find(sign), command) for sign, command in signs.items() if sign in typed]
    return min(found)[1] if found else OTHER


def laughs(typed: str) -> bool:
    """Whether a word of it is laughter: "anmäl mig till ettan hahaha" is not meant."""
    return any(_laughter().fullmatch(word) for word in fold(typed, strip=False).split())


def without_kind_signs(typed: str) -> str:
    """ "Tack 😊" as "tack". What may mean the opposite stays: "ja 🙄" and "ja 😂" are no yes."""
    for sign, command in _signs().items():
        if command in KIND and sign not in laughing():
            typed = typed.replace(sign, "")
    return _TONES.sub("", typed).strip()


@cache
def _signs() -> Mapping[str, str]:
    said = _data()["signs"]
    return {sign: command for command, listed in said.items() for sign in listed.split()}


@cache
def _laughter() -> re.Pattern[str]:
    return re.compile(rf"(?:{_data()['laughter']['like']})")


@cache
def _data() -> Mapping[str, Mapping[str, str]]:
    folder = files("dialogs") / "locales" / "sv" / "understanding"
    return tomllib.loads((folder / "feelings.toml").read_text("utf-8"))
