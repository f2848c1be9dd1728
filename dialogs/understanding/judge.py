"""Is it a wish, and the one that it sounds most like? How is it spoken of? Whom does it reach?

The coefficients are fitted by `python -m bot.commands.fit.wants` and lie in `decision.toml`.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from math import exp, log
from typing import Self

import numpy as np

from dialogs.understanding import mood_words, moods
from dialogs.understanding.effect import Effect
from dialogs.understanding.lexicon import TIME
from dialogs.understanding.moods import Mood, Told
from dialogs.understanding.rank import Ranked, Ranker, shipped
from dialogs.understanding.tokens import PLACE, THEME, canonical
from dialogs.understanding.vocabulary import Screen, wordings
from knowledge.answers.models import Article, Found, Outcome
from knowledge.answers.search.postings import Doubles

SMALL_TALK = frozenset({"greet", "thanks", "okay", "bye", "cancel", "help"})
"""What is not looked for in a part of a message."""

CLEAR = 0.3
"""The likeness to a wording from which on a part of a message may be the wish."""

REMEMBERED = 64
"""Messages whose ranking is kept, as many as searches are: buttons say the same again."""

HOPELESS = 0.01
"""The likelihood that a message is a wish below which none of its parts is looked at: of 395 that
have parts, no part was a wish where it was below 0.05."""

ALONE = (
    "score", "ahead", "near", "strange", "unknown", "question", "length", "asks", "screen", "whole",
    "slots",
)  # fmt: skip
"""What tells without a search: see `Ranked`; the logarithm of the number of words; whether it is
put as a question; whether it is about what is on the screen; and `question` of the whole message,
where a part of it was ranked."""
BESIDE = (*ALONE, "answer", "answered", "offered")
"""And with one: how sure the answer is, whether there is one, whether there are choices."""


@dataclass(frozen=True, slots=True)
class Chance:
    """How likely it is that the first command is wanted, and that any is."""

    right: float
    wish: float


@dataclass(frozen=True, slots=True)
class Model:
    """The weights of both chances, without and with a search, and the limits."""

    alone: tuple[Doubles, Doubles]
    beside: tuple[Doubles, Doubles]
    limits: Mapping[str, float]

    @classmethod
    def of(cls, data: Mapping[str, Mapping[str, float]]) -> Self:
        def weights(name: str, signs: tuple[str, ...]) -> Doubles:
            return np.array([data[name].get(sign, 0.0) for sign in ("constant", *signs)])

        return cls(
            (weights("alone_right", ALONE), weights("alone_wish", ALONE)),
            (weights("beside_right", BESIDE), weights("beside_wish", BESIDE)),
            data["limits"],
        )

    def chance(self, signs: Doubles) -> Chance:
        """By the signs alone or, where there are more of them, beside a search."""
        right, wish = self.alone if len(signs) == len(ALONE) else self.beside
        return Chance(_probability(right, signs), _probability(wish, signs))


def _signs(
    ranked: Ranked, *, asks: bool, screen: bool, whole: float, found: Found | None = None
) -> Doubles:
    """In the order of ALONE or, with a search, of BESIDE."""
    alone = [
        ranked.score, min(ranked.ahead, 20.0), ranked.near, ranked.strange, ranked.unknown,
        ranked.question, log(1 + ranked.words), float(asks), float(screen), whole,
        float(ranked.slots),
    ]  # fmt: skip
    if found is None:
        return np.array(alone)
    answer = found.matches[0].score if found.matches else 0.0
    offered = found.outcome is Outcome.CHOICES and not found.is_sure
    return np.array([*alone, answer, float(found.is_sure), float(offered)])


@dataclass(frozen=True)
class Weighed:
    """The ranking of a part of a message, or of all of it with -1 for the part.

    `question` is how much the whole message sounds like a question.
    """

    ranked: Ranked
    part: int
    question: float


def asked_by_topic(articles: Iterable[Article]) -> tuple[tuple[str, ...], ...]:
    """How the articles of each topic are asked for."""
    topics: dict[str, list[str]] = {}
    for article in articles:
        topics.setdefault(article.topic, []).extend((*article.swedish, *article.english))
    return tuple(tuple(asked) for asked in topics.values())


class Judge:
    """Knows the commands and their effects, and how the articles are asked for."""

    def __init__(
        self,
        effects: Mapping[str, Effect],
        articles: Iterable[Article],
        *,
        model: Model | None = None,
        ranker: Ranker | None = None,
    ) -> None:
        self.every = {one.command: one for one in wordings()}
        self.later = frozenset(name for name, one in self.every.items() if one.later)
        """What is recognised and cannot be done yet."""
        self._effects = {**effects, **{name: Effect.NONE for name in self.later}}
        self._ranker = ranker or shipped(asked_by_topic(articles))
        self._model = model or shipped_model()
        self.limits = self._model.limits
        self.best = lru_cache(maxsize=REMEMBERED)(self._best)

    def rank(self, text: str, screen: Screen, within: Ranked | None = None) -> Ranked:
        """The commands for a message, or for a part `within` one."""
        return self._ranker.rank(canonical(text), screen, within)

    def sounds(self, text: str, command: str, screen: Screen) -> bool:
        """Whether a part of a message sounds like a command."""
        ranked = self.rank(text, screen)
        return command in ranked.commands[:2] and ranked.near > CLEAR

    def begins(self, text: str, command: str) -> bool:
        """Whether a part of a message begins as the command's own wordings do."""
        words = canonical(text)
        pairs = pairwise(("^", *words[:2]))
        return len(words) > 2 and all(
            self._ranker.has_pair(command, one, other) for one, other in pairs
        )

    def effect(self, command: str) -> Effect:
        return self._effects.get(command, Effect.OTHERS)

    def mood(self, command: str, told: Told, part: int = -1) -> Mood:
        """How a command is spoken of, by one part of the message where the others permit."""
        if told.late and self.effect(command) is not Effect.NONE:
            return Mood.POSTPONED
        return moods.mood_of(
            told,
            command,
            lambda one, other: self._ranker.has_pair(command, one, other),
            part=part,
            minds_others=self.effect(command) is Effect.MINE,
        )

    def is_foreign(self, command: str, told: Told, said: str, part: int = -1) -> bool:
        """Whether the verb is the command's and the object is not: "samla alla i rådet"."""
        idiom = mood_words.by_command("idioms").get(command)
        if idiom and idiom.search(said.lower()):
            return True
        if command in mood_words.small("to_whom"):
            return False
        parts = told.parts if part < 0 else told.parts[part : part + 1]
        return any(self._has_foreign_object(command, text) for text in parts)

    def _has_foreign_object(self, command: str, text: str) -> bool:
        """Whether the first telling word after its verb is one that the command is never said
        with."""
        verb, *rest = canonical(text) or ("",)
        has_pair = self._ranker.has_pair
        if len(verb) <= moods.SHORT or not has_pair(command, "^", verb):
            return False
        if has_pair(command, verb, THEME):
            return False  # any word may be a theme
        beside = mood_words.small("beside_object") | mood_words.small("particles") | {TIME, PLACE}
        first = next((word for word in rest if word not in beside), "")
        ours = not first or first in mood_words.small("any_object")
        return not (ours or self._ranker.has_word(command, first))

    def chance(
        self, best: Weighed, told: Told, screen: Screen, found: Found | None = None
    ) -> Chance:
        """How likely the first command is, without a search or beside one."""
        return self._model.chance(self.signs(best, told, screen, found))

    def is_plain(self, chance: Chance) -> bool:
        """So likely a wish, and this one, that nothing else has to be looked at."""
        return min(chance.right, chance.wish) >= self.limits["plain"]

    def signs(
        self, best: Weighed, told: Told, screen: Screen, found: Found | None = None
    ) -> Doubles:
        """What that is judged by."""
        on = self.every[best.ranked.commands[0]].on
        asks, fits = moods.is_question(told), bool(screen) and on is screen
        return _signs(best.ranked, asks=asks, screen=fits, whole=best.question, found=found)

    def _best(self, told: Told, screen: Screen) -> Weighed:
        """The ranking of the whole message, or of the part that is a clearer wish."""
        ranked = self.rank(told.text, screen)
        best = Weighed(ranked, -1, ranked.question)
        if len(told.parts) == 1:
            return best
        chance = self.chance(best, told, screen)
        if self.is_plain(chance) or chance.wish < HOPELESS:
            return best
        for number, text in enumerate(told.parts):
            other = Weighed(self.rank(text, screen, ranked), number, ranked.question)
            likely = self.chance(other, told, screen)
            clear = other.ranked.commands[0] not in SMALL_TALK and other.ranked.near > CLEAR
            if clear and min(likely.right, likely.wish) > min(chance.right, chance.wish):
                best, chance = other, likely
        return best


@cache
def shipped_model() -> Model:
    """The model that comes with Tryggve."""
    file = files("dialogs") / "understanding" / "decision.toml"
    return Model.of(tomllib.loads(file.read_text("utf-8")))


def _probability(weights: Doubles, signs: Doubles) -> float:
    score = float(weights[0] + weights[1:] @ signs)
    return 1 / (1 + exp(-min(max(score, -30.0), 30.0)))
