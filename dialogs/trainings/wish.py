"""Which trainings are wanted: read out of a sentence, told in our words, carried by a button."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import cache

from babel.dates import get_day_names

from dialogs.conversation import inputs, swedish
from dialogs.conversation.texts import text
from dialogs.understanding.lexicon import lexicon_of_slots
from dialogs.understanding.slots import Read
from dialogs.understanding.tokens import TOKENS, canonical, template
from dialogs.understanding.vocabulary import wordings
from knowledge.directory.models import County
from knowledge.directory.places import Places, fold
from knowledge.trainings.models import Training, Wanted

SHORTEST_UNREAD = 4
"""Shorter words that were not understood hold the others together."""

MOST_WORDS = 3

NEAR = 3
"""So few words apart, two that were not understood are one: "våld i nära relationer"."""


@dataclass(frozen=True)
class Wish:
    """What narrows the list; empty is all. `words` are to be found in the title.

    `since` and `until` are days, the latter not included; `weekday` is ISO 1-7.
    """

    counties: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    weekday: int | None = None
    online: bool | None = None
    free: bool = False
    words: tuple[str, ...] = ()

    @property
    def wanted(self) -> Wanted:
        """What of it the database can tell."""
        return Wanted(
            self.counties, self.themes, self.free, _midnight(self.since), _midnight(self.until)
        )

    def fits(self, training: Training) -> bool:
        """Whether it fits what only we can tell: where it is held, and on what day."""
        day = training.starts_at.astimezone(swedish.SWEDEN).isoweekday()
        on_day = self.weekday is None or day == self.weekday
        return on_day and self.online in (None, is_online(training))

    def asked(self) -> dict[str, str]:
        """As a button carries it; read again in `asked.py`."""
        online = {None: "", True: "yes", False: "no"}[self.online]
        told = {
            "counties": ",".join(self.counties),
            "themes": ",".join(self.themes),
            "since": self.since.isoformat() if self.since else "",
            "until": self.until.isoformat() if self.until else "",
            "weekday": str(self.weekday or ""),
            "online": online,
            "free": "yes" if self.free else "",
            "words": ",".join(self.words),
        }
        return {name: value for name, value in told.items() if value}


def wish_in(told: Read, topics: Mapping[str, str]) -> Wish:
    """What a sentence asks for, whatever command it was said with; places are left out."""
    slots, themes, words = told.slots, dict[str, None](), list[str]()
    for said in slots.themes:
        slugs = [slug for slug in inputs.themes_in(said) if slug in topics]
        themes |= dict.fromkeys(slugs)
        words += [] if slugs else [said]
    when = slots.time
    return Wish(
        themes=tuple(themes),
        since=when.since if when else None,
        until=when.until if when else None,
        weekday=when.weekday if when else None,
        online=slots.online,
        free=slots.free,
        words=tuple(dict.fromkeys((*words, *unread(told))))[:MOST_WORDS],
    )


def within(before: Wish, told: Read, topics: Mapping[str, str], *, by_county: bool = False) -> Wish:
    """The same, narrowed by what was said of it since. A town is looked for in what is told of the
    training, unless it is to stand for its county."""
    more, towns, counties = wish_in(told, topics), list[str](), list[str]()
    for named in told.slots.places.with_possible.named:
        if by_county or any(isinstance(one, County) for one in named.areas):
            counties += [one.code[:2] for one in named.areas]
        else:
            towns.append(named.said)
    return Wish(
        counties=tuple(dict.fromkeys(counties)) or before.counties,
        themes=more.themes or before.themes,
        since=more.since or before.since,
        until=more.until or before.until,
        weekday=more.weekday or before.weekday,
        online=before.online if more.online is None else more.online,
        free=more.free or before.free,
        words=(*before.words, *towns)[:MOST_WORDS],
    )


def unread(told: Read) -> list[str]:
    """What was said beside the slots in words that no wish for trainings has."""
    found: list[str] = []
    for part in told.parts:
        words = part.split()
        strange = [at for at, word in enumerate(words) if _is_strange(word)]
        while strange:
            first = last = strange.pop(0)
            while strange and strange[0] - last <= NEAR:
                last = strange.pop(0)
            found.append(" ".join(words[first : last + 1]))
    return found


def in_words(wish: Wish, topics: Mapping[str, str], places: Places) -> str:
    """ "om lägesbilden i Skåne län med lediga platser, 1 mars–31 maj 2027"."""
    parts = []
    if wish.themes:
        names = [topics[slug][0].lower() + topics[slug][1:] for slug in wish.themes]
        parts.append(text("trainings.about_theme", theme=swedish.joined(names)))
    if wish.words:
        quoted = swedish.joined([f"”{swedish.plain(one, 60)}”" for one in wish.words])
        parts.append(text("trainings.named", words=quoted))
    if wish.online is not None:
        parts.append(text("trainings.online" if wish.online else "trainings.on_site"))
    if wish.counties:
        names = [places.name_of(code) for code in wish.counties]
        parts.append(text("trainings.in_county", county=swedish.joined(names)))
    if wish.free:
        parts.append(text("trainings.with_seats"))
    if wish.weekday:
        weekday = get_day_names(locale="sv")[wish.weekday - 1]
        parts.append(text("trainings.on_weekday", weekday=weekday))
    return " ".join(filter(None, [*parts, swedish.period(wish.since, wish.until)]))


def found_by_words(wish: Wish, trainings: list[Training]) -> tuple[Wish, list[Training], list[str]]:
    """Those whose title or place has the words; and the words that none has, which do not
    narrow."""
    kept, missing = list[str](), list[str]()
    for words in wish.words:
        some = [one for one in trainings if fold(words) in fold(f"{one.title} {one.place}")]
        if some:
            trainings = some
        (kept if some else missing).append(words)
    return replace(wish, words=tuple(kept)), trainings, missing


def is_online(training: Training) -> bool:
    """Whether it is held on a screen: the place says so."""
    return bool(lexicon_of_slots().online.search(fold(training.place, strip=False)))


def _is_strange(word: str) -> bool:
    ways = {word, fold(word), canonical(word)[0]}
    return len(word) >= SHORTEST_UNREAD and not ways & _known()


@cache
def _known() -> frozenset[str]:
    lines = next((*one.exact, *one.like) for one in wordings() if one.command == "trainings")
    words = {word for line in lines for word in template(line)}
    return frozenset(words | inputs.beside() | {*TOKENS.values()})


def _midnight(day: date | None) -> datetime | None:
    return datetime.combine(day, time(), swedish.SWEDEN) if day else None
