"""The order in which a message is understood, and what in it is a wish."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from dialogs.conversation import inputs
from dialogs.conversation.dialog import PICK, PLACE, QUESTION, SURE_ANSWER, Dialog, Heard, Step
from dialogs.conversation.intents import understand
from dialogs.conversation.paging import is_on_screen, listed
from dialogs.conversation.texts import texts
from dialogs.conversation.wishes import (
    ASK_THEMSELVES,
    SHOWN_INSTEAD,
    SMALL_TALK,
    ConfirmWish,
    fits_what_is_shown,
)
from dialogs.understanding.effect import Effect
from dialogs.understanding.slots import Shown
from dialogs.understanding.understand import Understanding
from dialogs.understanding.vocabulary import Screen
from dialogs.understanding.weigh import EXACT, Context
from knowledge.answers.library import CurrentLibrary
from knowledge.directory.places import fold
from knowledge.directory.said import places_in

FEW_WORDS = 4
"""A message of fewer words, while an answer is awaited, is a try to give it."""


@dataclass(frozen=True)
class Hearer:
    """A step to run, and whether it belongs in the person's own chat."""

    dialog: Dialog
    step: Step
    personal: bool = False
    effect: Effect = Effect.NONE


class Attention:
    """Who may answer a message: every step is asked in turn until one has something to say.

    The `library` is asked beside, so that wishes and answers are weighed together.
    """

    def __init__(
        self,
        commands: Mapping[str, Hearer],
        wishes: ConfirmWish,
        library: CurrentLibrary,
        today: Callable[[], date],
    ) -> None:
        self.commands = commands
        self.wishes = wishes
        self.find = library.ask
        self.today = today
        effects = {name: hearer.effect for name, hearer in commands.items()}
        self.understanding = Understanding(effects, library.base.articles)

    def in_words(self, heard: Heard, awaited: Hearer | None) -> Iterator[tuple[Hearer, Heard]]:
        """The order in which a message is understood.

        What was asked for, when it is one of the words for that; a command in its own words; the
        awaited answer, or else a question with a sure answer; a wish in other words, weighed
        against the answers; what was asked for once more; and at last any question.
        """
        intent = understand(heard.text)
        exact = self.commands.get(intent.name) if intent and intent.exact else None
        if exact and intent and intent.name == "more" and is_on_screen(heard):
            exact = self.commands["next_page"]  # "mer" of a list is its next page
        if awaited and (inputs.is_answer(heard.text) or not exact):
            yield awaited, heard
        if intent and exact:
            yield exact, replace(heard, rest=intent.rest)
        if awaited:
            yield awaited, heard
            yield self.commands[SURE_ANSWER], heard
        else:
            yield self.commands[PICK], heard
            yield self.commands[PLACE], heard
        yield from self._wished(heard)
        if awaited:
            yield Hearer(awaited.dialog, awaited.dialog.again), heard
        yield self.commands[QUESTION], heard

    def _wished(self, heard: Heard) -> Iterator[tuple[Hearer, Heard]]:
        """What is wanted, said in other words than the known ones."""
        if heard.awaited and len(heard.text.split()) < FEW_WORDS:
            return  # "kanske" and "4" are no answer, and nothing else either
        if heard.about.get("article") and _is_verdict(heard.text):
            return  # "tack, det hjälpte" is more than thanks
        screen = Screen(heard.about.get("screen", ""))
        here = Context(self.today(), screen, shown_in(heard.about))
        told = self.understanding.understand(heard.text, here, self.find)
        name = told.does or told.asks or told.about
        if heard.awaited and (name in SMALL_TALK or not (told.does or told.asks)):
            return
        name = SHOWN_INSTEAD.get(name, name)
        hearer = self.commands.get(name)
        if told.does in self.understanding.later:
            yield Hearer(self.wishes, self.wishes.not_yet), replace(heard, rest=name)
        elif hearer is None or not fits_what_is_shown(name, heard.about):
            return
        elif told.does or (told.asks and name in ASK_THEMSELVES):
            heard = replace(heard, understood=told.why != EXACT)
            yield hearer, replace(heard, rest=_rest(name, heard.text))
            yield hearer, heard
        elif told.asks:
            yield Hearer(self.wishes, self.wishes.ask), replace(heard, values={}, rest=name)
        elif hearer.effect is not Effect.NONE:
            yield self.commands[SURE_ANSWER], heard
            yield Hearer(self.wishes, self.wishes.leave), replace(heard, rest=name)

    def wanted(self, heard: Heard, values: Mapping[str, Any]) -> list[tuple[Hearer, Heard]]:
        """The command that was asked about, now that the answer is yes."""
        hearer = self.commands.get(str(values.get("command", "")))
        turn = replace(heard.turn, text=str(values.get("said", "")))
        rest = str(values.get("rest", ""))
        return [(hearer, replace(heard, turn=turn, values={}, rest=rest))] if hearer else []


def _is_verdict(typed: str) -> bool:
    """What is said of the answer just read; the dialog that answers questions hears it."""
    said = fold(typed, strip=False)
    return said in (*texts("answers.rate.says_helped"), *texts("answers.rate.says_not_helped"))


def _rest(command: str, typed: str) -> str:
    """What a command that only shows something is told of the sentence it was found in."""
    if command == "coordinator":
        return " ".join(named.said for named in places_in(typed).named)
    return typed if command in ("trainings", "sign_up", "withdraw") else ""


def shown_in(about: Mapping[str, Any]) -> tuple[Shown, ...]:
    """The titles of the list on the screen, by their numbers: those before it have none."""
    page = listed(about)
    return tuple(map(Shown, ("",) * page.first + page.titles)) if page else ()
