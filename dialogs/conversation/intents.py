"""What does the person want? Short commands, recognised in any case and with small slips.

The sentences live in `locales/sv/intents.toml`. A command is recognised only when the whole
message is one: questions about the duties must never be mistaken for commands.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from rapidfuzz import fuzz, process

from dialogs.conversation.feelings import feeling_in, without_kind_signs
from dialogs.conversation.inputs import is_answer
from knowledge.directory.places import fold

NEAR_ENOUGH = 86.0
"""rapidfuzz ratio that a whole message must reach against a known sentence of a command."""

LONGEST_SLIP = 40
"""Longer messages than this many characters are only matched exactly."""


_AROUND = frozenset(["tryggve", "hej", "hejsan", "tack", "snalla", "please"])
"""Words that may stand before or behind a command and change nothing."""

_NAME_FIRST = re.compile(r"^\W*tryggve\b[^\w§]*", re.IGNORECASE)
_NAME_LAST = re.compile(r"\W*\btryggve\W*$", re.IGNORECASE)


@dataclass(frozen=True)
class Intent:
    """A recognised command. `rest` is what followed it: "i mars" in "utbildningar i mars".

    `exact` is false when it is only nearly a known sentence.
    """

    name: str
    rest: str = ""
    exact: bool = True


@dataclass(frozen=True)
class _Command:
    name: str
    says: tuple[str, ...]
    begins: tuple[str, ...]


@cache
def _commands() -> tuple[_Command, ...]:
    source = (files("dialogs") / "locales" / "sv" / "intents.toml").read_text("utf-8")
    return tuple(
        _Command(
            name,
            tuple(fold(says, strip=False) for says in (*entry["says"], *entry.get("alone", []))),
            tuple(fold(begins, strip=False) for begins in entry.get("begins", [])),
        )
        for name, entry in tomllib.loads(source).items()
    )


@cache
def _without_rings() -> frozenset[str]:
    """The single words that are written without å, ä and ö: "Brå" is not "bra"."""
    source = (files("dialogs") / "locales" / "sv" / "intents.toml").read_text("utf-8")
    every = (says for entry in tomllib.loads(source).values() for says in entry["says"])
    return frozenset(says for says in every if says.isascii() and says.isalpha())


@cache
def _sentences() -> dict[str, str]:
    return {says: command.name for command in _commands() for says in command.says}


@cache
def _spelt() -> list[str]:
    return [*_sentences()]


@cache
def _beginnings() -> tuple[dict[str, str], int]:
    """The command for each, and how many words the longest has."""
    known = {begins: command.name for command in _commands() for begins in command.begins}
    return known, max(len(begins.split()) for begins in known)


def understand(typed: str) -> Intent | None:
    """The command in `typed`, or None when it is something else."""
    feeling, said = feeling_in(typed), fold(typed, strip=False)
    if feeling:
        return Intent(feeling)
    if not said or has_other_rings(typed):
        return None
    for way in (said, _bare(said)):
        if way in _sentences():
            return Intent(_sentences()[way])
    return _begins(said, typed) or _nearly(said)


def without_name(typed: str) -> str:
    """A command or a short answer without our name and smiles around it; all else as it was.

    "Vem är Tryggve" needs its name, and so may what somebody dictates after a colon.
    """
    bare = _NAME_FIRST.sub("", typed)
    if ":" not in typed:
        bare = _NAME_LAST.sub("", bare)
        bare = without_kind_signs(bare)
    bare = bare.strip()
    if not bare or bare == typed:
        return typed
    command = understand(bare)
    return bare if is_answer(bare) or (command and command.exact) else typed


def has_other_rings(typed: str) -> bool:
    """Whether it is a command's word but for å, ä or ö, which make another word of it."""
    word = typed.strip(" .,!?").lower()
    return not word.isascii() and fold(word, strip=False) in _without_rings()


def _bare(said: str) -> str:
    """Without our name and politeness around it: "hej Tryggve, min samordnare tack"."""
    words = said.split()
    while words and words[0] in _AROUND:
        words = words[1:]
    while words and words[-1] in _AROUND:
        words = words[:-1]
    return " ".join(words)


def _begins(said: str, typed: str) -> Intent | None:
    """A command with something after it; the longest beginning wins."""
    known, most_words = _beginnings()
    begins = said.split()[:-1][:most_words]
    while begins and " ".join(begins) not in known:
        begins.pop()
    if not begins:
        return None
    words = re.split(r"\s+", typed.strip())
    return Intent(known[" ".join(begins)], " ".join(words[len(begins) :]))


def _nearly(said: str) -> Intent | None:
    if not 4 <= len(said) <= LONGEST_SLIP:
        return None
    hit = process.extractOne(said, _spelt(), scorer=fuzz.ratio, score_cutoff=NEAR_ENOUGH)
    return Intent(_sentences()[hit[0]], exact=False) if hit else None


def commands() -> dict[str, tuple[str, ...]]:
    """Every command with the sentences it is known by, folded. For help texts and checks."""
    return {command.name: command.says for command in _commands()}
