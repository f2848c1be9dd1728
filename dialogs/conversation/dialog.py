"""What a dialog is: a class whose async methods are its steps.

A dialog object is shared by everybody and remembers nobody: what belongs to a person is in
`Heard.values` and comes back in the next turn.
"""

from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, TypeVar

from dialogs.conversation.talk import Reply, Scope, Turn, without_numbers
from dialogs.understanding.effect import Effect
from dialogs.understanding.vocabulary import Screen
from knowledge.directory.models import Person

ARRIVAL, NO_WORDS, QUESTION, SURE_ANSWER = "#arrival", "#no_words", "#question", "#sure_answer"
PLACE, PICK, WHICH_FIRST, DANGER = "#place", "#pick", "#which_first", "#danger"
SHOWN_TRAINING, UNSENT, UNASKED = "#shown_training", "#unsent", "#unasked"
OF_DATA = "#of_data"
"""What dialogs answer beside the commands of `intents.toml`: the app was added; a message without
words; any question; a question that has a sure answer (while another answer is awaited); a place,
or something else about the contact just shown; nothing but which one of the list on the screen;
more questions than are answered at once; that somebody is in danger; what is asked about a training
that was shown; what is said freely of the announcement last shown, which has not left; a yes or a
no to nothing that was asked in the conversation; and what is briefly asked of one's data."""

COMMAND, ASKED = "command:", "question:"
"""Stand before a command and a whole question among what is offered, to tell them from the ids of
articles."""


class PersonNeeded(Exception):
    """The step needs to know who is speaking, and the speaker is a guest."""


class PrivacyNeeded(Exception):
    """The matter turned out to be personal, and the conversation is shared with others."""


@dataclass(frozen=True)
class Heard:
    """What a step hears: the turn, who speaks, and what was kept from before.

    `values` belong to the dialog under way, `about` to what was last talked about. `rest` is
    what followed a recognised command; `awaited` is true while some step waits for an answer.
    `offers` are commands and ids of articles that may have been meant, best first; `brief` is true
    where the answer shares its message with another.
    `understood` is true when the command was not said in its own words: it is asked about before
    it changes anything.
    """

    turn: Turn
    somebody: Person | None
    values: Mapping[str, Any] = field(default_factory=dict)
    about: Mapping[str, Any] = field(default_factory=dict)
    rest: str = ""
    awaited: bool = False
    offers: tuple[str, ...] = ()
    brief: bool = False
    understood: bool = False

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
    def is_coordinator(self) -> bool:
        return self.somebody is not None and self.somebody.is_coordinator

    @property
    def sees_announcement(self) -> bool:
        """Whether an announcement is on the screen, and may be meant."""
        return bool(self.about.get("screen") == Screen.ANNOUNCEMENT)

    @property
    def text(self) -> str:
        return self.turn.text

    def word(self, name: str) -> str:
        """A text out of the tapped card's data; empty when missing or of another type."""
        value = self.turn.data.get(name)
        return value if isinstance(value, str) else ""

    def without_numbers(self) -> "Heard":
        """The same without personal numbers in what was written."""
        turn, was = self.turn, (self.turn.text, self.turn.data, self.rest)
        text, data, rest = map(without_numbers, was)
        if (text, data, rest) == was:
            return self
        return replace(self, turn=replace(turn, text=text, data=data), rest=rest)

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
    leaves a tapped card as it is and answers below it. `aside`: a question that waits for its
    answer goes on waiting. `unsure`: this is no answer to what was
    asked, only choices or a way on. `forgets`: nothing is left of the conversation after the turn.
    """

    reply: Reply
    then: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    about: Mapping[str, Any] | None = None
    by: str = ""
    beside: bool = False
    aside: bool = False
    unsure: bool = False
    forgets: bool = False


@dataclass(frozen=True)
class Instead:
    """What is heard in place of what was said: a command, or else the words `said`.

    `sure`: it was tapped, or answered with yes; without it a command that acts asks first.
    """

    said: str
    command: str = ""
    rest: str = ""
    sure: bool = False


Step = Callable[[Heard], Awaitable[Answer | Instead | None]]
"""A step that returns None says: this was not for me."""

S = TypeVar("S", bound=Callable[..., Awaitable[Answer | Instead | None]])


@dataclass(frozen=True)
class Hook:
    """What makes a step run: a command, a tapped verb, or being asked for by name.

    `others_hear` is set where only coordinators may: the key of the text that all others get.
    """

    effect: Effect
    command: str = ""
    verb: str = ""
    personal: bool = False
    others_hear: str = ""


def hears(
    command: str, *, effect: Effect, personal: bool = False, others_hear: str = ""
) -> Callable[[S], S]:
    """The step answers this command of `intents.toml`. `personal`: in the person's own chat.

    `effect` decides how sure we must be of having understood before the step runs.
    """
    return _hook(Hook(effect, command=command, personal=personal, others_hear=others_hear))


def tapped(
    verb: str, *, effect: Effect, personal: bool = False, others_hear: str = ""
) -> Callable[[S], S]:
    """The step answers a tap on a button with this verb."""
    return _hook(Hook(effect, verb=verb, personal=personal, others_hear=others_hear))


def _hook(hook: Hook) -> Callable[[S], S]:
    def mark(step: S) -> S:
        hooks: tuple[Hook, ...] = getattr(step, "hooks", ())
        step.hooks = (*hooks, hook)  # type: ignore[attr-defined]
        return step

    return mark


class Dialog:
    """Base of all dialogs. `name` is what the state row calls it.

    What people write comes to it without personal numbers, and the answer tells so; unless it
    `minds_numbers` itself. `takes_text`: what it waits for may be any words, which go to somebody.
    """

    name: ClassVar[str] = ""
    minds_numbers: ClassVar[bool] = False
    takes_text: ClassVar[bool] = False

    def left(self, values: Mapping[str, Any]) -> str:
        """What to say of the matter when the person turns to something else; "" for nothing."""
        return ""

    def claims(self, heard: Heard) -> bool:
        """Whether these words are for it while it waits, even where they are a command."""
        return False

    async def again(self, heard: Heard) -> Answer | Instead | None:
        """What to say when the awaited answer was not understood; None when nothing is awaited."""
        return None

    async def page(self, heard: Heard, page: Any) -> Answer | None:
        """Another page (`paging.Page`) of a list of this dialog's; without ids it is made anew."""
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


def hooks_of(dialogs: Iterable[type[Dialog]]) -> Iterator[Hook]:
    """Everything that is declared beside their steps."""
    for dialog in dialogs:
        for name in dir(dialog):
            yield from getattr(getattr(dialog, name), "hooks", ())


def effects(dialogs: Iterable[type[Dialog]]) -> dict[str, Effect]:
    """The declared effect of every command."""
    return {hook.command: hook.effect for hook in hooks_of(dialogs) if hook.command}
