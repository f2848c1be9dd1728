"""What a dialog is: a class whose async methods are its steps.

A dialog object is shared by everybody and remembers nobody: what belongs to a person is in
`Heard.values` and comes back in the next turn.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, TypeVar

from dialogs.conversation.talk import Reply, Scope, Turn
from dialogs.understanding.effect import Effect
from knowledge import privacy
from knowledge.directory.models import Person

ARRIVAL, NO_WORDS, QUESTION, SURE_ANSWER = "#arrival", "#no_words", "#question", "#sure_answer"
PLACE = "#place"
"""What dialogs answer beside the commands of `intents.toml`: the app was added; a message without
words; any question; a question that has a sure answer (while another answer is awaited); nothing
but the name of a place."""


class PersonNeeded(Exception):
    """The step needs to know who is speaking, and the speaker is a guest."""


class PrivacyNeeded(Exception):
    """The matter turned out to be personal, and the conversation is shared with others."""


@dataclass(frozen=True)
class Heard:
    """What a step hears: the turn, who speaks, and what was kept from before.

    `values` belong to the dialog under way, `about` to what was last talked about. `rest` is
    what followed a recognised command; `awaited` is true while some step waits for an answer.
    """

    turn: Turn
    somebody: Person | None
    values: Mapping[str, Any] = field(default_factory=dict)
    about: Mapping[str, Any] = field(default_factory=dict)
    rest: str = ""
    awaited: bool = False

    @property
    def person(self) -> Person:
        """Who speaks. Raises PersonNeeded for guests."""
        if self.somebody is None:
            raise PersonNeeded
        return self.somebody

    def must_be_private(self) -> None:
        """Go on only in the person's own chat. Raises PrivacyNeeded in channels and groups."""
        if self.turn.place.scope is not Scope.PERSONAL:
            raise PrivacyNeeded

    @property
    def text(self) -> str:
        return self.turn.text

    def word(self, name: str) -> str:
        """A text out of the tapped card's data; empty when missing or of another type."""
        value = self.turn.data.get(name)
        return value if isinstance(value, str) else ""

    def without_numbers(self) -> "Heard":
        """The same without personal numbers in what was written."""
        mask = privacy.mask_personal_numbers
        data = {
            name: mask(part) if isinstance(part, str) else part
            for name, part in self.turn.data.items()
        }
        turn = replace(self.turn, text=mask(self.turn.text), data=data)
        return replace(self, turn=turn, rest=mask(self.rest))

    def number(self, name: str) -> int | None:
        """A positive number out of the card's data, or None."""
        value = self.turn.data.get(name)
        if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 10:
            value = int(value)
        fits = isinstance(value, int) and not isinstance(value, bool) and 0 < value < 2**31
        return value if fits else None


@dataclass(frozen=True)
class Answer:
    """What a step says, and which step hears the reaction; no `then` ends the dialog.

    `by` is the dialog whose matter it is, where that is another than the step's own. `beside`
    leaves a tapped card as it is and answers below it.
    """

    reply: Reply
    then: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    about: Mapping[str, Any] | None = None
    by: str = ""
    beside: bool = False


Step = Callable[[Heard], Awaitable[Answer | None]]
"""A step that returns None says: this was not for me."""

S = TypeVar("S", bound=Callable[..., Awaitable[Answer | None]])


@dataclass(frozen=True)
class Hook:
    """What makes a step run: a command, a tapped verb, or being asked for by name."""

    effect: Effect
    command: str = ""
    verb: str = ""
    personal: bool = False


def hears(command: str, *, effect: Effect, personal: bool = False) -> Callable[[S], S]:
    """The step answers this command of `intents.toml`. `personal`: in the person's own chat.

    `effect` decides how sure we must be of having understood before the step runs.
    """
    return _hook(Hook(effect, command=command, personal=personal))


def tapped(verb: str, *, effect: Effect, personal: bool = False) -> Callable[[S], S]:
    """The step answers a tap on a button with this verb."""
    return _hook(Hook(effect, verb=verb, personal=personal))


def _hook(hook: Hook) -> Callable[[S], S]:
    def mark(step: S) -> S:
        hooks: tuple[Hook, ...] = getattr(step, "hooks", ())
        step.hooks = (*hooks, hook)  # type: ignore[attr-defined]
        return step

    return mark


class Dialog:
    """Base of all dialogs. `name` is what the state row calls it.

    What people write comes to it without personal numbers, and the answer tells so; unless it
    `minds_numbers` itself.
    """

    name: ClassVar[str] = ""
    minds_numbers: ClassVar[bool] = False

    def left(self, values: Mapping[str, Any]) -> str:
        """What to say of the matter when the person turns to something else; "" for nothing."""
        return ""

    async def again(self, heard: Heard) -> Answer | None:
        """What to say when the awaited answer was not understood; None when nothing is awaited."""
        return None

    def step(self, name: str) -> Step | None:
        """The step called `name`; None when there is no such step (any more)."""
        step = None if name.startswith("_") else getattr(self, name, None)
        return step if callable(step) else None

    def hooked(self) -> list[tuple[Hook, Step]]:
        """The steps that answer commands and taps."""
        return [
            (hook, step)
            for name in dir(type(self))
            if (step := getattr(self, name, None)) is not None
            for hook in getattr(step, "hooks", ())
        ]


def effects(dialogs: Iterable[type[Dialog]]) -> dict[str, Effect]:
    """The declared effect of every command."""
    return {
        hook.command: hook.effect
        for dialog in dialogs
        for name in dir(dialog)
        for hook in getattr(getattr(dialog, name), "hooks", ())
        if hook.command
    }
