"""What commands print, and where it goes."""

import sys


def say(line: str) -> None:
    """Tell the person at the terminal, at once also through a pipe."""
    sys.stdout.write(line.rstrip("\n") + "\n")
    sys.stdout.flush()


def refuse(line: str) -> int:
    """Tell what went wrong and how to cure it. Returns the exit code."""
    sys.stderr.write(line.rstrip("\n") + "\n")
    return 1


class Refusal(Exception):
    """Ends a command with one line in Swedish: a text key and its values."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values
