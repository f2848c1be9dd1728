"""argparse in Swedish: headings, help and complaints."""

import argparse
import re
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

from bot.terminal import refuse, say
from dialogs.conversation.texts import text

WRONG_USAGE = 2


class _Formatter(argparse.HelpFormatter):
    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=28, width=100)

    def add_usage(
        self, usage: str | None, actions: Any, groups: Any, prefix: str | None = None
    ) -> None:
        # An empty prefix is argparse asking for a sub-command's name, not for a heading.
        heading = text("commands.usage") if prefix is None else prefix
        super().add_usage(usage, actions, groups, heading)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        """Lines that were broken by hand, such as examples, stay as they are."""
        if "\n" in text:
            return "\n".join(f"{indent}{line}" for line in text.splitlines())
        return super()._fill_text(text, width, indent)


class SwedishParser(argparse.ArgumentParser):
    """Sub-commands made with `add_subparsers().add_parser()` are Swedish too."""

    def __init__(self, **options: Any) -> None:
        super().__init__(formatter_class=_Formatter, add_help=False, allow_abbrev=False, **options)
        self._positionals.title = text("commands.arguments")
        self._optionals.title = text("commands.options")
        self.add_argument("-h", "--help", action="help", help=text("commands.help"))

    def add_argument(self, *names: str, **options: Any) -> argparse.Action:
        """A flag's value has the same name wherever it is asked for."""
        if names[0].startswith("--") and "action" not in options:
            options["metavar"] = text(f"usage.value.{names[0].removeprefix('--')}")
        return super().add_argument(*names, **options)

    def error(self, message: str) -> NoReturn:
        self.exit(WRONG_USAGE, text("commands.wrong_usage", message=_in_swedish(message)) + "\n")

    def exit(self, status: int = 0, message: str | None = None) -> NoReturn:
        if message and status:
            refuse(message)
        sys.exit(status)

    def print_help(self, file: object = None) -> None:
        say(self.format_help())  # argparse's own way keeps silent about a fault in writing


# argparse knows no language but English, and offers no hook before the finished sentence.
_COMPLAINTS: Sequence[tuple[re.Pattern[str], str, str]] = (
    (re.compile(r"invalid choice: '?(?P<found>[^' ]*)'?"), "commands.not_a_choice", "value"),
    (re.compile(r"arguments are required: (?P<found>.*)"), "commands.missing", "names"),
    (re.compile(r"unrecognized arguments: (?P<found>.*)"), "commands.unknown", "names"),
    (re.compile(r"invalid int value: '(?P<found>[^']*)'"), "commands.not_a_number", "value"),
    (re.compile(r"invalid fromisoformat value: '(?P<found>[^']*)'"), "commands.no_date", "value"),
)


def _in_swedish(message: str) -> str:
    for pattern, key, name in _COMPLAINTS:
        if found := pattern.search(message):
            return text(key, **{name: found["found"]})
    return text("commands.value_needed")
