"""Help: everything that this person may do here, by the four jobs, as what can be written.

Of each job the first lines are seen, and a tap unfolds the rest. `help.toml` has the lines; a test
compares what they say with the commands there are, and with who may give them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from dialogs.conversation.card_parts import (
    Element,
    bold,
    card,
    group,
    heading,
    navigate,
    paragraph,
    small,
    summary,
    unfold,
)
from dialogs.conversation.talk import Reply, Scope
from dialogs.conversation.texts import text, texts
from knowledge.directory.places import fold

AT_FIRST = 2
"""Lines of a job that are seen before the rest is unfolded."""


class Reader(IntEnum):
    """Who reads. Everybody may do what those before may."""

    GUEST = 0
    EMPLOYEE = 1
    COORDINATOR = 2


@dataclass(frozen=True)
class Part:
    """Some lines of a job, under a title where there is one, and who may do what they say."""

    name: str
    reader: Reader
    titled: bool = False


TOPICS = {
    "ask": (
        Part("answers", Reader.GUEST),
        Part("faults", Reader.COORDINATOR, titled=True),
    ),
    "find": (
        Part("mine", Reader.EMPLOYEE),
        Part("elsewhere", Reader.GUEST),
    ),
    "trainings": (
        Part("open", Reader.GUEST),
        Part("seats", Reader.EMPLOYEE),
    ),
    "announcements": (
        Part("write", Reader.COORDINATOR, titled=True),
        Part("waiting", Reader.COORDINATOR, titled=True),
        Part("sent", Reader.COORDINATOR, titled=True),
        Part("teams", Reader.COORDINATOR, titled=True),
        Part("received", Reader.EMPLOYEE, titled=True),
    ),
}

BUTTONS = {
    Reader.GUEST: ("trainings",),
    Reader.EMPLOYEE: ("coordinator", "trainings", "my_trainings", "my_themes"),
    Reader.COORDINATOR: (
        "announce", "my_announcements", "my_channels", "trainings", "my_trainings", "my_themes",
    ),
}  # fmt: skip


def overview(reader: Reader) -> Reply:
    """All four jobs, as far as they are the reader's."""
    body = [heading(text("help.heading")), paragraph(text("help.intro"))]
    for topic in TOPICS:
        parts = _parts(topic, reader)
        if parts:
            body += _folded(topic, parts)
    return _reply([*body, small(text("help.footer"))], reader)


def about(topic: str, reader: Reader) -> Reply:
    """One job with all its lines, for those who write "hjälp utskick"."""
    body = [heading(text(f"help.title.{topic}"))]
    for part in _parts(topic, reader):
        body += _whole(part)
    return _reply([*body, small(text("help.whole"))], reader)


def here(scope: Scope) -> Reply:
    """What can be written in a channel or a group."""
    lines = texts("help.here.questions")
    if scope is Scope.CHANNEL:
        lines += texts("help.here.channels")
    body = [heading(text("help.heading_here")), paragraph(text("help.intro_here")), _list(lines)]
    return _reply(body, Reader.GUEST)


def topic_named(typed: str, reader: Reader) -> str:
    """The job that is called so, if there is something in it for the reader; else ""."""
    said = fold(typed, strip=False)
    return next((topic for topic in TOPICS if said in _called(topic) and _parts(topic, reader)), "")


def _called(topic: str) -> set[str]:
    names = (text(f"help.title.{topic}"), *texts(f"help.called.{topic}"))
    return {fold(name, strip=False) for name in names}


def _parts(topic: str, reader: Reader) -> list[Part]:
    return [part for part in TOPICS[topic] if part.reader <= reader]


def _folded(topic: str, parts: Sequence[Part]) -> Iterator[Element]:
    """The first lines, and the others below a line to tap."""
    first, *others = parts
    lines = texts(f"help.lines.{first.name}")
    yield bold(text(f"help.title.{topic}"))
    yield _list(lines[:AT_FIRST])
    rest = [_list(lines[AT_FIRST:])] if lines[AT_FIRST:] else []
    for part in others:
        rest += _whole(part)
    if rest:
        id_ = f"more_{topic}"
        yield unfold(text(f"help.more.{topic}"), id_)
        yield group(rest, id=id_, isVisible=False)


def _whole(part: Part) -> Iterator[Element]:
    if part.titled:
        yield bold(text(f"help.part.{part.name}"))
    yield _list(texts(f"help.lines.{part.name}"))


def _list(lines: Sequence[str]) -> Element:
    return paragraph("\n".join(f"- {line}" for line in lines), spacing="small")


def _reply(body: list[Element], reader: Reader) -> Reply:
    buttons = [navigate(text(f"help.button.{verb}"), verb) for verb in BUTTONS[reader]]
    return Reply(card=card(body, buttons), summary=summary(text("help.summary")))
