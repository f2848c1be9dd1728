"""What is asked in a message: without the greeting, and one question at a time.

The words are in `locales/sv/understanding/questions.toml`.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from knowledge.answers.search.text import fold

FEWEST = 2
"""A question has so many words: "hur och när" is a part of one."""

_SENTENCE = re.compile(r"(?<=[?!])\s+|(?<=[^\W\d]{2}\.)\s+(?=[^\W\d_])|\s*\n+\s*")
_SIGNS = " \t,.!:;–-"
_RINGS = re.compile("[åäö]")
_NO_WORD = re.compile(r"[^\w\s]")


def bare_question(said: str) -> str:
    """The message without hello, thanks and our name around it; as it is when nothing else is
    said. "Jag undrar hur ofta …" becomes the question in it."""
    text, left = said, said
    while left:
        text = left
        left = _out("before", _out("after", left))
        if left == text:
            break
    framed = _search("frame", text)
    return text[framed.end() :].strip(_SIGNS) if framed else text


@dataclass(frozen=True)
class Piece:
    """A part of a message. `goes_on`: it is bound to the part before it by a comma or a small
    word, and asks for no more than yes or no: ", och krävs det tillstånd"."""

    said: str
    goes_on: bool = False


def pieces(said: str) -> list[Piece]:
    """The parts of a message that may each be a question, or a wish to see something."""
    found = []
    for sentence in _SENTENCE.split(said):
        for number, part in enumerate(_parts(sentence)):
            bare = bare_question(part)
            if len(bare.split()) >= FEWEST:
                found.append(Piece(bare, number > 0 and not _search("open", bare)))
    return found


def is_asked(piece: str) -> bool:
    """Whether it is put as a question, by its sign or its first word."""
    return piece.rstrip().endswith("?") or bool(_search("start", piece))


def is_danger(said: str) -> bool:
    """Whether somebody tells of danger that they are in, or of not wanting to live."""
    return bool(_search("danger", " ".join(_NO_WORD.sub(" ", said).split())))


def _parts(sentence: str) -> Iterator[str]:
    """A sentence, parted before each "och vem …", and where a question goes on with another."""
    begun, text = 0, _comparable(sentence)
    for hit in _patterns(_has_rings(text))["joint"].finditer(text):
        before, after = sentence[begun : hit.start()], sentence[hit.end() :]
        opens = hit["join"] and _search("open", after)
        if min(len(before.split()), len(after.split())) >= FEWEST and (opens or _begins(before)):
            yield before
            begun = hit.end()
    yield sentence[begun:]


def _begins(piece: str) -> bool:
    return bool(_search("start", bare_question(piece)))


def _out(where: str, text: str) -> str:
    """`text` without what stands around a question, and the signs beside it."""
    hit = _search(where, text)
    if not hit:
        return text
    ends = "?" if text.rstrip().endswith("?") or "?" in hit[0] else ""
    return (text[: hit.start()] + text[hit.end() :]).strip(_SIGNS).removesuffix("?") + ends


def _search(kind: str, text: str) -> re.Match[str] | None:
    """Å, ä and ö count where the text has any: "vår" is not "var"."""
    text = _comparable(text)
    return _patterns(_has_rings(text))[kind].search(text)


def _comparable(text: str) -> str:
    """Small letters, each in its place."""
    small = text.lower()
    return small if len(small) == len(text) else text


def _has_rings(text: str) -> bool:
    return bool(_RINGS.search(text))


@cache
def _patterns(rings: bool) -> Mapping[str, re.Pattern[str]]:
    """What is looked for, as it is written with or without å, ä and ö."""
    folder = files("dialogs") / "locales" / "sv" / "understanding"
    data = tomllib.loads((folder / "questions.toml").read_text("utf-8"))

    def any_of(listed: str) -> str:
        lines = (line.strip() for line in listed.strip().splitlines())
        return "|".join(f"(?:{line if rings else fold(line)})" for line in lines)

    before, after = any_of(data["around"]["before"]), any_of(data["around"]["after"])
    opens, joins = rf"(?:{any_of(data['starts']['open'])})\b", data["starts"]["joins"]
    words = rf"(?:{opens}|(?:{any_of(data['starts']['words'])})\b)"
    lines = {
        "before": rf"^\s*(?:{before})(?:\s*[,.!:;–\n-]+\s*|\s+(?={words}))(?=.*\w)",
        "after": rf"(?<=\w)(?:\s*[,.!?;–-]+\s*|\s+)(?:{after})\s*[.!?]*$",
        "frame": rf"^\s*(?:{any_of(data['around']['frame'])})\s*,?\s+(?=(?:om\b|{words}))",
        "start": rf"^\s*(?:(?:{joins}|sen|även|då)\s+)?{words}",
        "open": rf"^\s*{opens}",
        "joint": rf"(?:\s*[,;]?\s+(?P<join>{joins})\s+|\s*[,;]\s+)(?={words})",
        "danger": rf"(?<!\w)(?:{any_of(data['danger']['like'])})(?!\w)",
    }
    return {kind: re.compile(line) for kind, line in lines.items()}
