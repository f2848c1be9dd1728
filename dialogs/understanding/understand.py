"""From what was said to what is wanted: a command, a question, choices of both, or nothing clear.

The rule: an exact sentence about what is on the screen is done. What was understood is done where
it only shows something, and asked about ("Ska jag …?") where it changes something. What is no
plain wish is never done and never asked about as if it were wanted.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from dialogs.understanding import decide, moods
from dialogs.understanding.decide import Chance, Model, signs
from dialogs.understanding.effect import Effect
from dialogs.understanding.moods import Mood, Told
from dialogs.understanding.rank import Ranked, Ranker
from dialogs.understanding.slots import NUMBER, TITLE, Read, Slots, canonical, read, template
from dialogs.understanding.titles import Shown
from dialogs.understanding.vocabulary import Screen, wordings
from knowledge.answers.models import Found, Outcome

MOST_OFFERED = 3
NEAR_FIRST = 12.0
"""How far behind the first command another may be and still be taken in its place, where the
first would be said against its words."""

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
    articles to choose from, best first. `about` is the command that was spoken of without being
    wanted: say how it is done, or that all stays as it is. `why` is one of the four words above,
    or the mood. `found` is what a search gave, where one was made.
    """

    why: str
    does: str = ""
    asks: str = ""
    about: str = ""
    offers: tuple[str, ...] = ()
    slots: Slots = field(default_factory=Slots)
    effect: Effect | None = None
    found: Found | None = None


class Understanding:
    """Knows the commands and their effects. `find` searches among the articles."""

    def __init__(self, effects: Mapping[str, Effect], model: Model | None = None) -> None:
        self._every = {one.command: one for one in wordings()}
        self._effects = {**effects, **{name: Effect.NONE for name in self.later}}
        self._ranker = Ranker(wordings())
        self._model = model or decide.shipped()
        self._exact = {template(line): one.command for one in wordings() for line in one.exact}

    @property
    def later(self) -> list[str]:
        """What is recognised and cannot be done yet."""
        return [name for name, one in self._every.items() if one.later]

    def understand(self, said: str, context: Context, find: Callable[[str], Found]) -> Understood:
        """What `said` means where it is said. Never raises, and never acts."""
        heard = read(said, context.today, context.shown)
        if not heard.words:
            return Understood(UNCLEAR, slots=heard.slots)
        told = moods.told(said, heard.parts)
        exact = self._exactly(heard, told)
        if exact:
            return self._done(exact, heard, told, context)
        return _Weighing(self, heard, told, context, find, said).outcome()

    def rank(self, text: str, screen: Screen) -> Ranked:
        """The commands for a message or a part of one."""
        return self._ranker.rank(canonical(text), screen)

    def reach(self, command: str) -> Effect:
        """Whom a command reaches, or will reach once it can be done."""
        return self._every[command].later or self._effects.get(command, Effect.OTHERS)

    def effect(self, command: str) -> Effect:
        return self._effects.get(command, Effect.OTHERS)

    def mood(self, command: str, told: Told, part: int = -1) -> Mood:
        """How a command is spoken of, by one part of the message where the others permit."""
        return moods.mood_of(
            told,
            command,
            lambda one, other: self._ranker.has_pair(command, one, other),
            part=part,
            minds_others=self.reach(command) is not Effect.NONE and command != "sign_up_colleague",
        )

    def chance(
        self, ranked: Ranked, told: Told, screen: Screen, found: Found | None = None
    ) -> Chance:
        """How likely the first command is, without a search or beside one."""
        on = self._every[ranked.commands[0]].on
        asks, fits = moods.is_question(told), bool(screen) and on is screen
        given = signs(ranked, ranked.words, asks=asks, screen=fits, found=found)
        return self._model.chance(given)

    @property
    def limits(self) -> Mapping[str, float]:
        return self._model.limits

    def _exactly(self, heard: Read, told: Told) -> str:
        """The command whose sentence this is; "" for none."""
        whole = self._exact.get(heard.words)
        name = whole or (self._exact.get(canonical(told.parts[0])) if len(told.parts) == 1 else "")
        changes = name and self.reach(name) is not Effect.NONE
        return name if name and not (changes and (told.asked or told.quoted)) else ""

    def _done(self, command: str, heard: Read, told: Told, context: Context) -> Understood:
        """An exact sentence; about something that is not on the screen it is asked about."""
        effect = self.effect(command)
        fits = effect is Effect.NONE or self._is_shown(command, heard, context)
        does, asks = (command, "") if fits else ("", command)
        return Understood(EXACT, does, asks, slots=heard.slots, effect=effect)

    def _is_shown(self, command: str, heard: Read, context: Context) -> bool:
        on = self._every[command].on
        numbered = bool({NUMBER, TITLE} & {*heard.words})
        if on is Screen.ANNOUNCEMENT or (numbered and on):
            return context.screen is on and heard.slots.is_place_sure
        return heard.slots.is_place_sure and not (numbered and context.screen is Screen.NOTHING)


@dataclass(frozen=True)
class _Weighing:
    """One message that is no exact sentence, between commands and articles."""

    engine: Understanding
    heard: Read
    told: Told
    context: Context
    find: Callable[[str], Found]
    said: str

    def outcome(self) -> Understood:
        engine, screen = self.engine, self.context.screen
        ranked, part, chance = self._best()
        found = None
        if min(chance.right, chance.wish) < engine.limits["skip_search"]:
            found = self.find(self.said)
            chance = engine.chance(ranked, self.told, screen, found)
        if chance.wish < engine.limits["maybe"]:
            return self._question(found)
        plain, first, mood = self._plain(ranked, part)
        if mood is not Mood.WISH and engine.reach(first) is not Effect.NONE:
            corrected = self._corrected(first) if mood is Mood.CORRECTION else None
            return corrected or self._unwanted(first, mood, found, plain)
        if chance.wish >= engine.limits["wish"] and chance.right >= engine.limits["sure"]:
            return self._wanted(first, mood, found)
        return self._choices(chance, plain, found)

    def _best(self) -> tuple[Ranked, int, Chance]:
        """The ranking of the whole message, or of the part that is a clearer wish."""
        engine, told, screen = self.engine, self.told, self.context.screen
        ranked = engine.rank(told.text, screen)
        best = (ranked, -1, engine.chance(ranked, told, screen))
        if len(told.parts) == 1:
            return best
        for number, text in enumerate(told.parts):
            ranked = engine.rank(text, screen)
            chance = engine.chance(ranked, told, screen)
            if min(chance.right, chance.wish) > min(best[2].right, best[2].wish):
                best = (ranked, number, chance)
        return best

    def _plain(self, ranked: Ranked, part: int) -> tuple[list[str], str, Mood]:
        """The best commands that may be shown, the first one, and how that is spoken of.

        Where the first is said against its own words and another, not far behind, is not, that
        one is meant: "jag vill inte ha veckorapport" is no wish for the weekly report.
        """
        engine = self.engine
        named = ranked.commands[:MOST_OFFERED]
        told = {name: engine.mood(name, self.told, part) for name in named}
        plain = [
            name for name in named if told[name] is Mood.WISH or engine.reach(name) is Effect.NONE
        ]
        first = named[0]
        near = [
            name
            for name, score in zip(named, ranked.scores, strict=False)
            if told[name] is Mood.WISH and ranked.score - score < NEAR_FIRST
        ]
        if told[first] in (Mood.NEGATED, Mood.OPPOSITE) and near:
            first = near[0]
        return plain, first, told[first]

    def _wanted(self, command: str, mood: Mood, found: Found | None) -> Understood:
        effect = self.engine.effect(command)
        slots = self.heard.slots
        if effect is not Effect.NONE:
            return Understood(UNDERSTOOD, asks=command, slots=slots, effect=effect, found=found)
        if mood not in (Mood.WISH, Mood.ASKED, Mood.OTHER):
            offers = (command, *_articles(found))[:MOST_OFFERED]
            return Understood(mood.value, offers=offers, about=command, slots=slots, found=found)
        return Understood(UNDERSTOOD, does=command, slots=slots, effect=effect, found=found)

    def _unwanted(
        self, command: str, mood: Mood, found: Found | None, plain: Sequence[str]
    ) -> Understood:
        """Spoken of and not wanted: nothing is done. What only shows may be offered."""
        found = found or self.find(self.said)
        harmless = [name for name in plain if self.engine.reach(name) is Effect.NONE]
        offers = (*_articles(found), *harmless)[:MOST_OFFERED]
        slots = self.heard.slots
        return Understood(mood.value, about=command, offers=offers, slots=slots, found=found)

    def _corrected(self, command: str) -> Understood | None:
        """What is said after "nej, jag menade" counts, and is asked about."""
        later = moods.after_correction(self.said)
        if not later:
            return None
        heard = read(later, self.context.today, self.context.shown)
        told = moods.told(later, heard.parts)
        if not heard.words or self.engine.mood(command, told) is not Mood.WISH:
            return None
        slots = heard.slots
        if not (slots.which or slots.place_names or slots.time):
            return None
        effect = self.engine.effect(command)
        return Understood(UNDERSTOOD, asks=command, slots=slots, effect=effect)

    def _question(self, found: Found | None) -> Understood:
        found = found or self.find(self.said)
        return Understood(
            QUESTION if found.outcome is not Outcome.UNKNOWN else UNCLEAR,
            offers=_articles(found)[:MOST_OFFERED],
            slots=self.heard.slots,
            found=found,
        )

    def _choices(self, chance: Chance, plain: Sequence[str], found: Found | None) -> Understood:
        """Both kinds, the likelier first. A sure answer is not put among choices."""
        found = found or self.find(self.said)
        articles = _articles(found)
        if found.outcome is Outcome.ANSWER and chance.wish < self.engine.limits["wish"]:
            return replace(self._question(found), offers=(articles[0], *plain)[:MOST_OFFERED])
        wished = chance.wish >= self.engine.limits["wish"]
        ahead, behind = (plain, articles) if wished else (articles, plain)
        offers = (*ahead[:2], *behind, *ahead[2:])[:MOST_OFFERED]
        return Understood(UNCLEAR, offers=tuple(offers), slots=self.heard.slots, found=found)


def _articles(found: Found | None) -> tuple[str, ...]:
    """The ids of what was found, if that is worth showing."""
    if found is None or found.outcome is Outcome.UNKNOWN:
        return ()
    return tuple(match.id for match in found.matches)
