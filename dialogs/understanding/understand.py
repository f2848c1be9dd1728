"""From what was said to what is wanted: a command, a question, choices of both, or nothing clear.

The rule: an exact sentence about what is on the screen is done. What was understood is done where
it only shows something, and asked about ("Ska jag …?") where it changes something. What is no
plain wish is never done and never asked about as if it were wanted.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cache

from dialogs.understanding import moods
from dialogs.understanding.effect import Effect
from dialogs.understanding.judge import Judge
from dialogs.understanding.moods import Told
from dialogs.understanding.slots import Read, read
from dialogs.understanding.tokens import NUMBER, TITLE, canonical, templates
from dialogs.understanding.vocabulary import Screen, wordings
from dialogs.understanding.weigh import EXACT, UNCLEAR, Context, Understood, Weighing
from knowledge.answers.models import Article, Found

_FIRST = "hur ofta ska vi uppdatera lägesbilden"


class Understanding:
    """Understands messages. `find` searches among the articles."""

    def __init__(
        self,
        effects: Mapping[str, Effect],
        articles: Iterable[Article],
        judge: Judge | None = None,
    ) -> None:
        self._judge = judge or Judge(effects, articles)
        self._exact = _sentences()

    @property
    def later(self) -> frozenset[str]:
        """What is recognised and cannot be done yet."""
        return self._judge.later

    def get_ready(self, find: Callable[[str], Found]) -> None:
        """Make what is otherwise made for the first message: patterns, and lists of names."""
        self.understand(_FIRST, Context(date(2023, 7, 1)), find)

    def understand(self, said: str, context: Context, find: Callable[[str], Found]) -> Understood:
        """What `said` means where it is said. Never raises, and never acts."""
        heard = read(said, context.today, context.shown)
        if not heard.words:
            return Understood(UNCLEAR, slots=heard.slots)
        told = moods.told(said, heard.parts)
        exact = self._exactly(heard, told)
        if exact:
            return self._done(exact, heard, told, context)
        return Weighing(self._judge, heard, told, context, find, said).outcome()

    def _exactly(self, heard: Read, told: Told) -> str:
        """The command whose sentence this is; "" for none."""
        whole = self._exact.get(heard.words)
        name = whole or (self._exact.get(canonical(told.parts[0])) if len(told.parts) == 1 else "")
        changes = name and self._judge.effect(name) is not Effect.NONE
        return name if name and not (changes and (told.asked or told.quoted)) else ""

    def _done(self, command: str, heard: Read, told: Told, context: Context) -> Understood:
        """An exact sentence; about something that is not on the screen it is asked about."""
        effect = self._judge.effect(command)
        fits = effect is Effect.NONE or self._is_shown(command, heard, context)
        does, asks = (command, "") if fits else ("", command)
        return Understood(EXACT, does, asks, slots=heard.slots, effect=effect)

    def _is_shown(self, command: str, heard: Read, context: Context) -> bool:
        on = self._judge.every[command].on
        numbered = bool({NUMBER, TITLE} & {*heard.words})
        if on is Screen.ANNOUNCEMENT or (numbered and on):
            return context.screen is on and heard.slots.is_place_sure
        return heard.slots.is_place_sure and not (numbered and context.screen is Screen.NOTHING)


@cache
def _sentences() -> Mapping[tuple[str, ...], str]:
    """The command of each exact sentence."""
    return {words: one.command for one in wordings() for words in templates(one.exact)}
