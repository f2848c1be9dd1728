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
    unfold_line,
)
from dialogs.conversation.talk import Reply, Scope
from dialogs.conversation.texts import text, texts
from knowledge.directory.places import fold

AT_FIRST = 2
"""Lines of a long job that are seen before the rest is unfolded."""

SHORT = 4
"""So many lines are no longer than the line that would unfold them."""


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

    @property
    def lines(self) -> tuple[str, ...]:
        return texts(f"help.lines.{self.name}")


TOPICS = {
    "ask": (
        Part("answers", Reader.GUEST),
        Part("faults", Reader.COORDINATOR),
    ),
    "find": (
        Part("mine", Reader.EMPLOYEE),
        Part("elsewhere", Reader.GUEST),
    ),
    "trainings": (
        Part("open", Reader.GUEST),
        Part("seats", Reader.EMPLOYEE),
        Part("hold", Reader.COORDINATOR, titled=True),
    ),
    "announcements": (
        Part("write", Reader.COORDINATOR, titled=True),
        Part("waiting", Reader.COORDINATOR, titled=True),
        Part("sent", Reader.COORDINATOR, titled=True),
        Part("teams", Reader.COORDINATOR, titled=True),
        Part("received", Reader.EMPLOYEE, titled=True),
    ),
}

EMPLOYEES_BUTTONS = {
    "ask": (),
    "find": ("coordinator",),
    "trainings": ("trainings", "my_trainings"),
    "announcements": ("my_themes",),
}
BUTTONS: dict[Reader, dict[str, tuple[str, ...]]] = {
    Reader.GUEST: {"trainings": ("trainings",)},
    Reader.EMPLOYEE: EMPLOYEES_BUTTONS,
    Reader.COORDINATOR: EMPLOYEES_BUTTONS
    | {
        "find": (),
        "announcements": ("announce", "my_announcements", "my_channels", "my_themes"),
    },
}


def overview(reader: Reader) -> Reply:
    """All four jobs, as far as they are the reader's."""
    body = [heading(text("help.heading")), paragraph(text("help.intro"))]
    for topic in TOPICS:
        parts = _parts(topic, reader)
        if parts:
            body += _shortened(topic, parts)
    buttons = [verb for verbs in BUTTONS[reader].values() for verb in verbs]
    feet = ["footer"] if reader is Reader.GUEST else ["footer", "footer_own"]
    body += [small(text(f"help.{foot}")) for foot in feet]
    return _reply(body, buttons)


def about(topic: str, reader: Reader) -> Reply:
    """One job with all its lines, for those who write "hjälp utskick"."""
    body = [heading(text(f"help.title.{topic}")), *_whole(_parts(topic, reader))]
    return _reply(body, [*BUTTONS[reader].get(topic, ()), "help"])


def here(scope: Scope) -> Reply:
    """What can be written in a channel or a group."""
    lines = texts("help.here.questions")
    if scope is Scope.CHANNEL:
        lines += texts("help.here.channels")
    body = [heading(text("help.heading_here")), paragraph(text("help.intro_here")), _list(lines)]
    return _reply(body, ["trainings"])


def topic_named(typed: str, reader: Reader) -> str:
    """The job that is called so, if there is something in it for the reader; else ""."""
    said = fold(typed, strip=False)
    return next((topic for topic in TOPICS if said in _called(topic) and _parts(topic, reader)), "")


def _called(topic: str) -> set[str]:
    names = (text(f"help.title.{topic}"), *texts(f"help.called.{topic}"))
    return {fold(name, strip=False) for name in names}


def _parts(topic: str, reader: Reader) -> list[Part]:
    return [part for part in TOPICS[topic] if part.reader <= reader]


def _shortened(topic: str, parts: Sequence[Part]) -> Iterator[Element]:
    """All lines of a short job; of a long one the first, and the others below a line to tap."""
    yield bold(text(f"help.title.{topic}"))
    first, *others = parts
    if sum(len(part.lines) for part in parts) <= SHORT:
        yield _list([line for part in parts for line in part.lines])
        return
    yield _list(first.lines[:AT_FIRST])
    yield unfold_line(text("help.more", topic=text(f"help.title.{topic}").lower()), topic)
    rest = [_list(first.lines[AT_FIRST:]), *_whole(others)]
    yield group(rest, id=topic, isVisible=False)


def _whole(parts: Sequence[Part]) -> Iterator[Element]:
    for part in parts:
        if part.titled:
            yield bold(text(f"help.part.{part.name}"))
        yield _list(part.lines)


def _list(lines: Sequence[str]) -> Element:
    return paragraph("\n".join(f"- {line}" for line in lines), spacing="small")


def _reply(body: list[Element], verbs: Sequence[str]) -> Reply:
    buttons = [navigate(text(f"help.button.{verb}"), verb) for verb in verbs]
    return Reply(card=card(body, buttons), summary=summary(text("help.summary")))
