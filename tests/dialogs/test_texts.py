"""Texts used = texts written, and every text in plain Swedish."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.commands.understand import every_dialog
from dialogs.conversation.dialog import hooks_of
from dialogs.conversation.texts import catalogue, speaking_to, text
from dialogs.understanding import vocabulary
from knowledge.answers.articles.plain import lint
from tests.support.lint import COMMAND

ROOT = Path(__file__).resolve().parents[2]


def calls() -> Iterator[tuple[str, ast.expr]]:
    """Every call of text() and texts() in the product, with its first argument."""
    for package in ("bot", "dialogs"):
        for path in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                called = node.func if isinstance(node, ast.Call) else None
                if isinstance(called, ast.Name) and called.id in ("text", "texts"):
                    assert isinstance(node, ast.Call)
                    if node.args:
                        yield f"{path.relative_to(ROOT)}:{node.lineno}", node.args[0]


def strings() -> set[str]:
    """Every string constant in the product: keys may be kept in tables, and be words of enums or
    the names of flags."""
    return {
        part
        for package in ("bot", "dialogs", "knowledge")
        for path in (ROOT / package).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        for part in (node.value, node.value.removeprefix("--"), *node.value.split(":"))
    }


def prefixes() -> set[str]:
    """The fixed beginnings of keys that are put together: text(f"conversation.{key}")."""
    files = {key.split(".")[0] + "." for key in catalogue()}
    return {
        node.values[0].value
        for package in ("bot", "dialogs")
        for path in (ROOT / package).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.JoinedStr)
        and isinstance(node.values[0], ast.Constant)
        and str(node.values[0].value).startswith(tuple(files))
    }


def test_every_key_that_is_used_is_written() -> None:
    written = catalogue()
    for where, argument in calls():
        if isinstance(argument, ast.Constant):
            assert argument.value in written, where


def test_every_text_that_is_written_is_used() -> None:
    used, begun = strings(), prefixes()
    last_words = {string.rsplit(".", 1)[-1] for string in used} | {*vocabulary.commands()}
    unused = [
        key
        for key in catalogue()
        if key not in used
        and not (any(map(key.startswith, begun)) and _tail(key, begun) in last_words)
    ]
    assert unused == []


def _tail(key: str, begun: set[str]) -> str:
    """What code puts behind the fixed beginning; enum values count as words of the code."""
    prefix = max((one for one in begun if key.startswith(one)), key=len)
    return key.removeprefix(prefix)


def test_placeholders_are_words() -> None:
    for key, entry in catalogue().items():
        for one in entry.values() if isinstance(entry, dict) else [entry]:
            if isinstance(one, str) and not key.startswith(("pages.", "settings.")):
                assert all(re.fullmatch(r"\w+", name) for name in re.findall(r"\{([^{}]*)\}", one))


@pytest.mark.parametrize(
    "file", ["conversation", "answers", "directory", "trainings", "trainings_planning",
             "trainings_participants", "trainings_colleagues",
             "announcements", "alarms", "channels", "recipients", "enquiries", "digests", "help",
             "own_data"],
)  # fmt: skip
def test_texts_are_plain_swedish(file: str) -> None:
    for key, entry in catalogue().items():
        if key.startswith(f"{file}."):
            for one in _sentences(entry):
                assert not list(lint(one, "")), f"{key}: {list(lint(one, ''))}"


def _sentences(entry: object) -> list[str]:
    if isinstance(entry, dict):
        return [one for variant in entry.values() for one in _sentences(variant)]
    return [entry] if isinstance(entry, str) else []


def test_no_coordinator_is_sent_to_a_coordinator_of_her_own() -> None:
    """Where others are, the text is a pair; what only others hear is said beside `@hears`."""
    theirs = re.compile(r"\b(din|er|vår) samordnare|”min samordnare”", re.IGNORECASE)
    others = {hook.others_hear for hook in hooks_of(every_dialog())}
    excepted = others | {"pages.terms", "answers.ask.names_coordinator"}

    assert [
        key
        for key, entry in catalogue().items()
        if key not in excepted
        and any(theirs.search(said) for who, said in _variants(entry) if who != "others")
    ] == []


def _variants(entry: object, who: str = "") -> Iterator[tuple[str, str]]:
    """Every sentence of a text, with what it is said to or how many there are."""
    if isinstance(entry, dict):
        for key, variant in entry.items():
            yield from _variants(variant, key)
    elif isinstance(entry, list):
        yield from ((who, said) for said in entry)
    else:
        yield who, str(entry)


def test_a_text_is_chosen_by_its_reader_and_only_while_spoken_to() -> None:
    to_others = text("answers.ask.my_coordinator")
    with speaking_to(coordinator=True):
        assert text("answers.ask.my_coordinator") != to_others
    assert text("answers.ask.my_coordinator") == to_others


def test_the_welcome_is_short() -> None:
    for key in ("welcome", "welcome_channel"):
        for said in _sentences(catalogue()[f"conversation.{key}"]):
            assert len(said.split()) <= 60


def test_a_reply_of_text_alone_names_a_way_on() -> None:
    """B06. Cards have buttons; a text must name a word that leads somewhere, whoever hears it."""
    replies = {key for package in ("bot", "dialogs") for key in _said_alone(ROOT / package)}

    assert {"conversation.too_fast", "conversation.guest"} <= replies
    assert [
        key
        for key in sorted(replies)
        for _, said in _variants(catalogue()[key])
        if not COMMAND.search(said)
    ] == []


def _said_alone(package: Path) -> Iterator[str]:
    """The keys of all texts that are a whole reply, without anything to tap beside them."""
    for path in package.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Reply" and node.args:
                said, taps = node.args[0], {each.arg for each in node.keywords}
                if isinstance(said, ast.Call) and isinstance(said.args[0], ast.Constant):
                    yield from () if "suggestions" in taps else [said.args[0].value]
