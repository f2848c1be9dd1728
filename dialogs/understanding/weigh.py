"""Weighs a message that is no exact sentence, between commands and articles."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache

from dialogs.understanding import moods
from dialogs.understanding.effect import Effect
from dialogs.understanding.judge import Chance, Judge, Weighed
from dialogs.understanding.lexicon import lexicon_of_slots
from dialogs.understanding.moods import Mood, Told
from dialogs.understanding.rank import Ranked
from dialogs.understanding.slots import Read, Shown, Slots, read
from dialogs.understanding.vocabulary import Screen
from knowledge.answers.models import Found, Outcome

MOST_OFFERED = 3
NEAR_FIRST = 4.0
"""How far behind the first command another may be and still be taken in its place, where the
first would be said against its words."""

TOO_STRANGE = 0.4
"""The share of words that are new to a command from which on it is neither done nor asked about,
only offered: the object decides, not the verb. "Återkalla ett körkort" is no wish for us."""

LIKELY_NEAR, LIKELY_UNKNOWN, LIKELY_WISH, LIKELY_BEHIND = 0.5, 0.2, 0.5, 7.0
"""How near to a wording, how strange, how much of a wish and how little behind the first what is
offered must be to be worth a line on the screen: nobody who asks for a poem is signed up."""

NEAR_OF_NOTHING, WISH_OF_NOTHING = 0.25, 0.25
"""The same where no article was found, and all else to say is that we did not understand."""

TOLD_WISH, TOLD_NEAR = 0.8, 0.6
"""How much of a wish, or how near to a wording, a question must be to be one about how a command
is carried out. "Vad ska jag ta med mig" is neither."""

TRAININGS = "trainings"
"""What is wanted by a word for training with a time, a place or a theme."""

OF_TRAININGS = ("participants", "follow_trainings")
"""Whoever takes part in a walk or sits in a council is a matter for the articles, and a theme may
be followed too."""

EXACT, UNDERSTOOD, QUESTION, UNCLEAR = "exact", "understood", "question", "unclear"
"""Why it was understood as it was, beside the moods."""


@dataclass(frozen=True)
class Context:
    """When it is said, what is on the screen, and the titles of the list there."""

    today: date
    screen: Screen = Screen.NOTHING
    shown: tuple[Shown, ...] = ()


@dataclass(frozen=True)
class Understood:
    """What follows from a message.

    `does` is carried out at once; `asks` is asked about first; `offers` are commands and ids of
    articles to choose from, best first, or what else may have been meant. `about` is the command
    that was spoken of without being wanted: say how it is done, or that all stays as it is. `why`
    is one of the four words above, or the mood. `found` is what a search gave, where one was made.
    `likely` are the commands among the offers that the message sounds enough like to be shown;
    `strange` is the share of its words that the first command is never called by.
    """

    why: str
    does: str = ""
    asks: str = ""
    about: str = ""
    offers: tuple[str, ...] = ()
    slots: Slots = field(default_factory=Slots)
    effect: Effect | None = None
    found: Found | None = None
    likely: tuple[str, ...] = ()
    strange: float = 0.0

    @property
    def is_exact(self) -> bool:
        """Whether it is a command's own sentence, said of what is on the screen."""
        return self.why == EXACT and bool(self.does)


@dataclass(frozen=True)
class Weighing:
    """One message that is no exact sentence, between commands and articles."""

    judge: Judge
    heard: Read
    told: Told
    context: Context
    find: Callable[[str], Found]
    said: str

    def outcome(self) -> Understood:
        judge, screen = self.judge, self.context.screen
        best = judge.best(self.told, screen)
        found, chance = None, judge.chance(best, self.told, screen)
        if not judge.is_plain(chance):
            found = self.find(self.said)
            chance = judge.chance(best, self.told, screen, found)
        seeks = self._seeks_trainings(best.ranked, found)
        likely = _likely(best.ranked, chance, found)
        if chance.wish < judge.limits[_floor(found)] and not seeks:
            return self._question(found, best, likely)
        plain, first, mood = self._plain(best.ranked, best.part)
        acts = judge.effect(first) is not Effect.NONE
        foreign = acts and judge.is_foreign(first, self.told, self.said, best.part)
        if foreign or (first in OF_TRAININGS and self._is_of_the_matter()):
            return self._choices(chance, [*(name for name in plain if name != first), first], found)
        if mood is not Mood.WISH and acts:
            corrected = self._corrected(first) if mood is Mood.CORRECTION else None
            unwanted = self._unwanted(first, mood, found, plain, best.ranked.strange)
            spoken_of = chance.wish >= TOLD_WISH or best.ranked.near >= TOLD_NEAR
            if mood is Mood.ASKED and not spoken_of:
                unwanted = replace(unwanted, about="")
            return corrected or unwanted
        sure = chance.wish >= judge.limits["wish"] and chance.right >= judge.limits["sure"]
        if seeks or (sure and best.ranked.strange <= TOO_STRANGE):
            wanted = self._wanted(first, mood, found, plain)
            return replace(wanted, strange=best.ranked.strange)
        about = first if mood is Mood.CONDITIONAL else ""
        return replace(self._choices(chance, plain, found), likely=likely, about=about)

    def _is_of_the_matter(self) -> bool:
        """Whether a theme is spoken of, and no training: "hur många deltar i en vandring"."""
        lists = lexicon_of_slots().lists
        of_training = {*lists["training_words"], *lists["sign_up_words"]}
        return bool(self.heard.slots.themes) and of_training.isdisjoint(self.heard.words)

    def _seeks_trainings(self, ranked: Ranked, found: Found | None) -> bool:
        """Whether trainings of a time, a place or a theme are spoken of, and nothing is asked.

        A theme alone gives way to a sure answer: "utbildning av ordningsvakter".
        """
        slots, words = self.heard.slots, lexicon_of_slots().lists["training_words"]
        when = slots.time or slots.no_day
        return (
            ranked.commands[0] == TRAININGS
            and bool({*words} & {*self.heard.words})
            and bool(when or slots.place_names or (slots.themes and _floor(found) == "maybe"))
            and not moods.is_question(self.told)
        )

    def _plain(self, ranked: Ranked, part: int) -> tuple[list[str], str, Mood]:
        """The best commands that may be shown, the first one, and how that is spoken of.

        Where the first is said against its own words and another, not far behind, is not, that
        one is meant: "jag vill inte ha veckorapport" is no wish for the weekly report.
        """
        judge = self.judge
        named = ranked.commands[:MOST_OFFERED]
        mood = cache(lambda name: self._mood(name, part))
        plain = [
            name for name in named if judge.effect(name) is Effect.NONE or mood(name) is Mood.WISH
        ]
        first = named[0]
        if mood(first) in (Mood.NEGATED, Mood.OPPOSITE, Mood.POSTPONED):
            near = (
                name
                for name, score in zip(named, ranked.scores, strict=False)
                if ranked.score - score < NEAR_FIRST and mood(name) is Mood.WISH
            )
            first = next(near, first)
        return plain, first, mood(first)

    def _mood(self, command: str, part: int) -> Mood:
        """How a command is spoken of: plainly, if that is so by any part that sounds like it."""
        parts = [part] if part >= 0 or len(self.told.parts) == 1 else self._parts_of(command)
        told = [self.judge.mood(command, self.told, one) for one in parts or [-1]]
        return Mood.WISH if Mood.WISH in told else told[0]

    def _parts_of(self, command: str) -> list[int]:
        """The parts of the message that sound like a command; else those that begin like it."""
        judge, screen, parts = self.judge, self.context.screen, [*enumerate(self.told.parts)]
        sound = [number for number, text in parts if judge.sounds(text, command, screen)]
        return sound or [number for number, text in parts if judge.begins(text, command)]

    def _wanted(
        self, command: str, mood: Mood, found: Found | None, plain: Sequence[str]
    ) -> Understood:
        """Done or asked about, with what else it may have been beside it."""
        effect = self.judge.effect(command)
        slots = self.heard.slots
        others = tuple(name for name in plain if name != command)
        if effect is not Effect.NONE:
            return Understood(UNDERSTOOD, "", command, "", others, slots, effect, found)
        fine = {Mood.WISH} if command in self.judge.later else {Mood.WISH, Mood.ASKED, Mood.OTHER}
        if mood not in fine:
            offers = (command, *_articles(found))[:MOST_OFFERED]
            return Understood(mood.value, offers=offers, about=command, slots=slots, found=found)
        return Understood(UNDERSTOOD, command, "", "", others, slots, effect, found)

    def _unwanted(
        self, command: str, mood: Mood, found: Found | None, plain: Sequence[str], strange: float
    ) -> Understood:
        """Spoken of and not wanted: nothing is done. What only shows may be offered.

        Who asks how is told how, which comes first, if no answer is sure.
        """
        found = found or self.find(self.said)
        harmless = [name for name in plain if self.judge.effect(name) is Effect.NONE]
        is_told = mood is Mood.ASKED and strange <= TOO_STRANGE and not found.is_sure
        told_how = [command] if is_told else []
        offers = (*told_how, *_articles(found), *harmless)[:MOST_OFFERED]
        return Understood(
            mood.value,
            about=command,
            offers=offers,
            slots=self.heard.slots,
            found=found,
            strange=strange,
        )

    def _corrected(self, command: str) -> Understood | None:
        """What is said after "nej, jag menade" counts, and is asked about."""
        before, later = moods.after_correction(self.said)
        if not later:
            return None
        heard = read(later, self.context.today, self.context.shown)
        told = moods.told(later, heard.parts)
        if not heard.words or self.judge.mood(command, told) is not Mood.WISH:
            return None
        slots = heard.slots
        if before and not (slots.which or slots.place_names or slots.time):
            return None
        effect = self.judge.effect(command)
        return Understood(UNDERSTOOD, asks=command, slots=slots, effect=effect)

    def _question(self, found: Found | None, best: Weighed, likely: tuple[str, ...]) -> Understood:
        """Articles; where there are none, what may have been wished for after all."""
        found, slots = found or self.find(self.said), self.heard.slots
        if found.outcome is not Outcome.UNKNOWN:
            offers = _articles(found)[:MOST_OFFERED]
            return Understood(QUESTION, offers=offers, slots=slots, found=found)
        plain = self._plain(best.ranked, best.part)[0] if likely else ()
        offers = tuple(name for name in plain if name in likely)
        return Understood(UNCLEAR, offers=offers, slots=slots, found=found, likely=offers)

    def _choices(self, chance: Chance, plain: Sequence[str], found: Found | None) -> Understood:
        """Both kinds, the likelier first."""
        found = found or self.find(self.said)
        articles = _articles(found)
        wished = chance.wish >= self.judge.limits["wish"]
        ahead, behind = (plain, articles) if wished else (articles, plain)
        offers = (*ahead[:2], *behind, *ahead[2:])[:MOST_OFFERED]
        return Understood(UNCLEAR, offers=tuple(offers), slots=self.heard.slots, found=found)


def _likely(ranked: Ranked, chance: Chance, found: Found | None) -> tuple[str, ...]:
    is_nothing = found is not None and found.outcome is Outcome.UNKNOWN
    near, wish = (NEAR_OF_NOTHING, WISH_OF_NOTHING) if is_nothing else (LIKELY_NEAR, LIKELY_WISH)
    if ranked.near < near or chance.wish < wish or ranked.unknown > LIKELY_UNKNOWN:
        return ()
    pairs = zip(ranked.commands[:MOST_OFFERED], ranked.scores, strict=False)
    return tuple(name for name, score in pairs if ranked.score - score < LIKELY_BEHIND)


def _floor(found: Found | None) -> str:
    """The limit that a wish must reach: a sure answer gives way to a sure wish only."""
    return "answer" if found and found.is_sure else "maybe"


def _articles(found: Found | None) -> tuple[str, ...]:
    """The ids of what was found, if that is worth showing."""
    if found is None or found.outcome is Outcome.UNKNOWN:
        return ()
    return (found.led_by,) if found.asks else tuple(match.id for match in found.matches)
