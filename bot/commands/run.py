"""`tryggve run`: the bot with demo data, and Microsoft's local Teams client in front of it."""

import argparse
import asyncio
import os
import sys
from pathlib import Path

from bot.commands import node
from bot.commands.checkout import PLAYGROUND, ROOT
from bot.commands.processes import Child, Died, TooSlow, is_free, run_together
from bot.terminal import refuse, say
from dialogs.conversation.texts import text

HOST = "127.0.0.1"
PLAYGROUND_PORT = 56150


def run_command(chosen: argparse.Namespace) -> int:
    return run(chosen.port)


def run(port: int = 3978, chat_port: int | None = None) -> int:
    """Start both, print where to go, stay until Ctrl-C. Returns the exit code."""
    chat_port = chat_port or _wanted_chat_port()
    if not (ROOT / "package.json").exists():
        return refuse(text("run.no_checkout"))
    for wanted in (port, chat_port):
        if not 0 < wanted < 65535:
            return refuse(text("run.no_port"))
    if not is_free(port, HOST):
        return refuse(text("run.port_taken", port=port, other=port + 1))
    if not is_free(chat_port):
        return refuse(text("run.chat_port_taken", port=chat_port, other=chat_port + 1))
    try:
        here = node.install()
    except node.NotFetched:
        say(text("run.not_fetched"))
        address = f"http://{HOST}:{port}"
        return together([the_bot(port)], text("run.ready_without_chat", address=address))
    children = [the_bot(port), the_chat(here, port, chat_port)]
    return together(children, text("run.ready", address=f"http://localhost:{chat_port}"))


def the_bot(port: int) -> Child:
    """Tryggve itself, with this very Python."""
    command = [sys.executable, "-m", "bot", "serve", "--demo", "--port", str(port)]
    log = _var() / "bot.log"
    return Child(text("run.bot"), command, f"http://{HOST}:{port}/healthz", ROOT, log)


def the_chat(here: node.Node, port: int, chat_port: int) -> Child:
    """The Playground, in `var/` because it leaves a devTools folder where it runs.

    Called by Node directly: npx would stand between it and the signal that ends it.
    """
    command = [here.node, str(node.playground()), "-e", f"http://{HOST}:{port}/api/messages"]
    return Child(
        text("run.chat"),
        [*command, "-c", "msteams", "-p", str(chat_port), "--disable-telemetry"],
        f"http://{HOST}:{chat_port}/",
        _var(),
        _var() / "playground.log",
        {
            "BROWSER": "none",
            "TEAMSAPPTESTER_BROWSER": "none",
            "M365_AGENTS_PLAYGROUND_CONFIG_PATH": str(PLAYGROUND),
        },
        # A fault in its configuration stands only there.
        own_log=_var() / "devTools" / "m365agentsplayground.log",
    )


def together(children: list[Child], ready: str, *, time_limit: float = 60) -> int:
    """Run them until Ctrl-C. When one fails: which, and the last that it wrote."""
    try:
        asyncio.run(run_together(children, lambda: say(ready), time_limit=time_limit))
    except (Died, TooSlow) as fault:
        key = "run.died" if isinstance(fault, Died) else "run.too_slow"
        child = fault.child
        return refuse(text(key, who=child.name, log=child.log, lines=child.last_lines()))
    say(text("run.stopped"))
    return 0


def _wanted_chat_port() -> int:
    """From the environment, as make gives it; 0 for what is no number."""
    wanted = os.environ.get("PLAYGROUND_PORT") or str(PLAYGROUND_PORT)
    return int(wanted) if wanted.isdecimal() else 0


def _var() -> Path:
    folder = ROOT / "var"
    folder.mkdir(exist_ok=True)
    return folder
