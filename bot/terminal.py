"""What commands print, and where it goes."""

import codecs
import io
import os
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import suppress

_PLAIN = {"–": "-", "—": "-", "−": "-", "”": '"', "“": '"', "’": "'", "‘": "'", "…": "..."}


def set_up() -> None:
    """Write whatever the terminal can show: "a" where it has no "å", and never an error."""
    codecs.register_error("tryggve", _nearest)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="tryggve")


def _nearest(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    wanted = error.object[error.start : error.end]
    return "".join(map(_plain, wanted)), error.end


def _plain(letter: str) -> str:
    bare = unicodedata.normalize("NFKD", letter).encode("ascii", "ignore").decode()
    return _PLAIN.get(letter) or bare or "?"


def say(line: str) -> None:
    """Tell the person at the terminal, at once also through a pipe."""
    if sys.stdout is not None:  # closed by whoever started us
        sys.stdout.write(line.rstrip("\n") + "\n")
        sys.stdout.flush()


def lines() -> Iterator[str]:
    """What is typed or piped in, line by line, as UTF-8 whatever the terminal has."""
    if isinstance(sys.stdin, io.TextIOWrapper):  # None when whoever started us closed it
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")
        yield from sys.stdin


def refuse(line: str, code: int = 1) -> int:
    """Tell what went wrong and how to cure it. Returns the exit code."""
    if sys.stderr is not None:
        with suppress(OSError):
            sys.stderr.write(line.rstrip("\n") + "\n")
            sys.stderr.flush()
    return code


def give_up_output() -> None:
    """Nobody can read what is printed: let the rest of it go where Python cannot stumble on it."""
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class Refusal(Exception):
    """Ends a command with one line in Swedish: a text key and its values."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values
