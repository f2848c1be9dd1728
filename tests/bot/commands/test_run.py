"""`tryggve run`: both start, both end, and every fault is one line with its cure."""

import asyncio
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.commands import demo, node, run
from bot.commands.processes import Child, Died, TooSlow, is_free, run_together
from dialogs.conversation.texts import text
from tests.support.postgres import free_port

SERVER = [sys.executable, "-u", "-m", "http.server", "--bind", "127.0.0.1"]

RUN_TWO = """
import sys
from pathlib import Path
from bot.commands.processes import Child
from bot.commands.run import together

folder = Path(sys.argv[1])
children = [
    Child(name, command.split("|"), f"http://127.0.0.1:{port}/", folder, folder / f"{name}.log")
    for name, port, command in (word.split("=", 2) for word in sys.argv[2:])
]
sys.exit(together(children, "READY", time_limit=20))
"""


def child(folder: Path, port: int, command: list[str]) -> Child:
    return Child("stand-in", command, f"http://127.0.0.1:{port}/", folder, folder / "child.log")


@contextmanager
def running(folder: Path, *children: tuple[str, int, list[str]]) -> Iterator[subprocess.Popen[str]]:
    """`tryggve run` with stand-ins in place of the bot and the Playground."""
    words = [f"{name}={port}={'|'.join(command)}" for name, port, command in children]
    command = [sys.executable, "-c", RUN_TWO, str(folder), *words]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=node.ROOT
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def says_ready(process: subprocess.Popen[str]) -> bool:
    assert process.stdout is not None
    return process.stdout.readline().strip() == "READY"


@pytest.mark.parametrize("goodbye", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_goodbye_ends_both_children(tmp_path: Path, goodbye: signal.Signals) -> None:
    bot, chat = free_port(), free_port()
    pair = ("bot", bot, [*SERVER, str(bot)]), ("chat", chat, [*SERVER, str(chat)])
    with running(tmp_path, *pair) as process:
        assert says_ready(process)
        assert not is_free(bot, "127.0.0.1")
        assert not is_free(chat, "127.0.0.1")

        process.send_signal(goodbye)
        out, _ = process.communicate(timeout=20)

    assert process.returncode == 0
    assert text("run.stopped") in out
    assert is_free(bot, "127.0.0.1")
    assert is_free(chat, "127.0.0.1")


def test_what_a_child_has_started_ends_too(tmp_path: Path) -> None:
    port = free_port()
    shell = ["sh", "-c", f"{' '.join(SERVER)} {port} & wait"]
    with running(tmp_path, ("bot", port, shell)) as process:
        assert says_ready(process)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=20)

    assert is_free(port, "127.0.0.1")


def test_when_one_dies_the_other_ends_and_the_fault_is_shown(tmp_path: Path) -> None:
    port, nowhere = free_port(), free_port()
    broken = [sys.executable, "-c", "import time; print('databasen är låst'); time.sleep(1)"]
    with running(
        tmp_path, ("Boten", nowhere, broken), ("Chatten", port, [*SERVER, str(port)])
    ) as process:
        out, errors = process.communicate(timeout=20)

    assert process.returncode == 1
    assert "READY" not in out
    assert errors.startswith("Boten avslutades oväntat")
    assert errors.rstrip().endswith("databasen är låst")
    assert is_free(port, "127.0.0.1")


async def test_a_child_that_never_answers_is_named(tmp_path: Path) -> None:
    mute = child(tmp_path, free_port(), [sys.executable, "-c", "import time; time.sleep(60)"])

    with pytest.raises(TooSlow) as fault:
        await run_together([mute], lambda: None, time_limit=0.3)

    assert fault.value.child is mute
    assert mute.process is not None
    assert mute.process.returncode == -signal.SIGTERM


async def test_a_child_that_will_not_end_is_killed(tmp_path: Path) -> None:
    port = free_port()
    stubborn = (
        "import signal, sys, http.server as h;"
        "signal.signal(signal.SIGTERM, signal.SIG_IGN);"
        f"h.HTTPServer(('127.0.0.1', {port}), h.SimpleHTTPRequestHandler).serve_forever()"
    )
    deaf = child(tmp_path, port, [sys.executable, "-c", stubborn])

    async with asyncio.timeout(10):
        await run_together([deaf], lambda: os.kill(os.getpid(), signal.SIGTERM), patience=0.3)

    assert deaf.process is not None
    assert deaf.process.returncode == -signal.SIGKILL


async def test_a_child_that_dies_later_is_noticed(tmp_path: Path) -> None:
    port = free_port()
    one_answer = (
        "import http.server as h;"
        f"h.HTTPServer(('127.0.0.1', {port}), h.SimpleHTTPRequestHandler).handle_request()"
    )
    short_lived = child(tmp_path, port, [sys.executable, "-c", one_answer])

    with pytest.raises(Died):
        await run_together([short_lived], lambda: None)


def test_a_taken_port_is_one_line_with_the_cure(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        code = run.run(port, free_port())
        chat_code = run.run(free_port(), port)

    bot_line, chat_line = capsys.readouterr().err.splitlines()
    assert (code, chat_code) == (1, 1)
    assert bot_line.endswith(f"make run PORT={port + 1}")
    assert chat_line.endswith(f"make run PLAYGROUND_PORT={port + 1}")


@pytest.mark.parametrize(("port", "chat_port"), [(0, "56150"), (70_000, "56150"), (3978, "åtta")])
def test_what_is_no_port_is_one_line_with_the_cure(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    port: int,
    chat_port: str,
) -> None:
    monkeypatch.setenv("PLAYGROUND_PORT", chat_port)

    assert run.run(port) == 1
    assert capsys.readouterr().err.strip() == text("run.no_port")


def test_npm_without_a_network_is_a_named_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("package.json", "package-lock.json", ".npmrc", "requirements-node.lock"):
        (tmp_path / name).write_bytes((node.ROOT / name).read_bytes())
    monkeypatch.setenv("npm_config_registry", "http://127.0.0.1:9")
    monkeypatch.setenv("npm_config_cache", str(tmp_path / "cache"))
    monkeypatch.setenv("PIP_NO_INDEX", "1")

    with pytest.raises(node.NotFetched):
        node.install(tmp_path)

    assert not (tmp_path / "node_modules" / ".run-ok").exists()


def test_without_a_network_the_bot_starts_alone_and_says_why(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    started: list[Child] = []

    def no_network() -> node.Node:
        raise node.NotFetched

    def together(children: list[Child], ready: str) -> int:
        started.extend(children)
        return 0

    monkeypatch.setattr(node, "install", no_network)
    monkeypatch.setattr(run, "together", together)

    assert run.run(free_port(), free_port()) == 0
    assert [each.name for each in started] == [text("run.bot")]
    assert capsys.readouterr().out.strip() == text("run.not_fetched")


def test_the_current_user_of_the_playground_is_the_demos_coordinator() -> None:
    configuration = run.PLAYGROUND.read_text("utf-8")
    current_user = configuration.partition("currentUser:")[2].partition("users:")[0]

    assert f"tenantId: {demo.TENANT}" in configuration
    assert f"aadObjectId: {demo.CURRENT_USER}" in current_user
    assert re.search(r"name: (.+)", current_user)[1] in text("run.ready", address="")  # type: ignore[index]


@pytest.mark.parametrize("host", ["", "127.0.0.1"])
def test_a_port_is_free_until_somebody_listens(host: str) -> None:
    port = free_port()
    assert is_free(port, host)

    with socket.create_server(("127.0.0.1", port)):
        assert not is_free(port, host)


async def test_the_playground_accepts_our_configuration() -> None:
    here = node.find()
    if here is None or not node.playground().exists():
        reason = "Playground saknas: kör make run en gång med nät. Testet hoppas över"
        if os.environ.get("REQUIRE_BROWSER"):
            pytest.fail(reason)
        pytest.skip(reason)
    chat = run.the_chat(here, free_port(), free_port())
    ready: list[bool] = []

    def stop() -> None:
        ready.append(True)
        os.kill(os.getpid(), signal.SIGTERM)

    await run_together([chat], stop, time_limit=30)

    assert ready
