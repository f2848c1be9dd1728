"""Commands run in the tests' own process: what they printed, and how they ended."""

import io
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
import structlog

from bot.commands import main


@dataclass
class Done:
    """What a command printed, and its exit code."""

    returncode: int
    stdout: str
    stderr: str


Command = Callable[..., Done]


@pytest.fixture
def tryggve(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Command]:
    """Runs a command in this process, with only the given settings."""

    def run(*words: str, stdin: str = "", **settings: str) -> Done:
        for name in [name for name in os.environ if name.startswith("TRYGGVE_")]:
            monkeypatch.delenv(name)
        for name, value in settings.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
        try:
            code = main(list(words))
        except SystemExit as stop:
            code = int(stop.code or 0)
        printed = capsys.readouterr()
        return Done(code, printed.out, printed.err)

    yield run
    structlog.reset_defaults()  # commands log to the output that is captured here
