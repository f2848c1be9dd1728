"""Which trainings are wanted: read out of a sentence, told in our words, carried by a button."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import cache

from dialogs.conversation import inputs, swedish
from dialogs.trainings import facets
from dialogs.understanding.lexicon import lexicon_of_slots
from dialogs.understanding.slots import Read
from dialogs.understanding.tokens import TOKENS, canonical, template
from dialogs.understanding.vocabulary import wordings
from knowledge.directory.models import County, Person
from knowledge.directory.places import fold
from knowledge.directory.said import places_in
from knowledge.trainings.models import Training, Wanted

SHORTEST_UNREAD = 4
"""Shorter words that were not understood hold the others together."""

MOST_WORDS = 3

NEAR = 3
"""So few words apart, two that were not understood are one: "våld i nära relationer"."""


@dataclass(frozen=True)
class Wish:
    """What narrows the list; empty is all. `words` are to be found in the title.

    `towns` are names of places within a county. `subjects` and `groups` are what it is about and
    whom it is for, see `facets.py`. `free`: with seats left; `no_cost`: that costs nothing.
    `either`: in the counties or on a screen. `without` are places and themes that it must not have.
    `since` and `until` are days, the latter not included; `weekday` is ISO 1-7.
    """

    counties: tuple[str, ...] = ()
    towns: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    weekday: int | None = None
    online: bool | None = None
    free: bool = False
    no_cost: bool = False
    words: tuple[str, ...] = ()
    either: bool = False
    without: tuple[str, ...] = ()

    @property
    def wanted(self) -> Wanted:
        """What of it the database can tell."""
        counties = () if self.either or self.towns else self.counties
        themes = () if self.subjects else self.themes
        return Wanted(counties, themes, self.free, _midnight(self.since), _midnight(self.until))

    def fits(self, training: Training) -> bool:
        """Whether it fits, but for its words."""
        return (
            self.meeting_of(training) is not None
            and (not self.free or not training.is_full)
            and (not self.no_cost or training.price == 0)
            and (not self.groups or facets.is_for(self.groups, training))
            and self._is_about(training)
            and self._is_held(training)
            and not any(self._is_told(one, training) for one in self.without)
        )

    def meeting_of(self, training: Training) -> int | None:
        """The first of its meetings that is then, counted from 0."""
        for place, meeting in enumerate(training.each_meeting):
            day = meeting.starts_at.astimezone(swedish.SWEDEN)
            if (
                self.weekday in (None, day.isoweekday())
                and (self.since is None or self.since <= day.date())
                and (self.until is None or day.date() < self.until)
            ):
                return place
        return None

    def _is_about(self, training: Training) -> bool:
        if not (self.themes or self.subjects):
            return True
        has_theme = bool({*self.themes} & {*training.themes})
        return has_theme or facets.is_about(self.subjects, training)

    def _is_held(self, training: Training) -> bool:
        """Whether it is held there, and in that way; one of the two is enough with `either`."""
        ways = self.online in (None, is_online(training))
        there = not (self.counties or self.towns)
        there |= bool({*self.counties} & {*training.owned_by})
        there |= is_in_town(self.towns, training)
        return (ways or there) if self.either else (ways and there)

    def _is_told(self, word: str, training: Training) -> bool:
        """Whether it is a place of the training, or one of its themes that was not asked for."""
        told = fold(f" {training.title} {training.place} ", strip=False)
        themes = {*inputs.themes_in(word)} - {*self.themes}
        counties = {one.code for one in places_in(word).counties}
        return (
            f" {fold(word, strip=False)}" in f" {told}"
            or bool(themes & {*training.themes})
            or training.county in counties
        )

    def asked(self) -> dict[str, str]:
        """As a button carries it; read again in `asked.py`."""
        online = {None: "", True: "yes", False: "no"}[self.online]
        told = {
            "counties": ",".join(self.counties),
            "towns": ",".join(self.towns),
            "themes": ",".join((*self.themes, *self.subjects)),
            "groups": ",".join(self.groups),
            "since": self.since.isoformat() if self.since else "",
            "until": self.until.isoformat() if self.until else "",
            "weekday": str(self.weekday or ""),
            "online": online,
            "free": "yes" if self.free else "",
            "no_cost": "yes" if self.no_cost else "",
            "words": ",".join(self.words),
            "either": "yes" if self.either else "",
            "without": ",".join(self.without),
        }
        return {name: value for name, value in told.items() if value}


def wish_in(told: Read, typed: str, topics: Mapping[str, str]) -> Wish:
    """What a sentence asks for, whatever command it was said with; places are left out."""
    slots, themes, words = told.slots, dict[str, None](), list[str]()
    without = (*(one.said for one in slots.places.excluded), *slots.themes_away)
    finer = facets.said_in(typed)
    for said in slots.themes:
        if finer.has(said):
            continue
        slugs = [slug for slug in inputs.themes_in(said) if slug in topics]
        themes |= dict.fromkeys(slugs)
        words += [] if slugs else [said]
    when = slots.time
    words += [one for one in unread(told) if not finer.has(one)]
    return Wish(
        themes=tuple(themes),
        subjects=finer.subjects,
        groups=finer.groups,
        since=when.since if when else None,
        until=when.until if when else None,
        weekday=when.weekday if when else None,
        online=slots.online,
        free=slots.free,
        no_cost=finer.no_cost,
        words=tuple(dict.fromkeys(words))[:MOST_WORDS],
        either=slots.either,
        without=without,
    )


def within(before: Wish, told: Read, typed: str, topics: Mapping[str, str]) -> Wish:
    """The same, narrowed by what was said of it since."""
    more = wish_in(told, typed, topics)
    counties, towns = where_of(told)
    about = more if more.themes or more.subjects else before
    return Wish(
        counties=counties or before.counties,
        towns=towns or before.towns,
        themes=about.themes,
        subjects=about.subjects,
        groups=more.groups or before.groups,
        since=more.since or before.since,
        until=more.until or before.until,
        weekday=more.weekday or before.weekday,
        online=before.online if more.online is None else more.online,
        free=more.free or before.free,
        no_cost=more.no_cost or before.no_cost,
        words=before.words,
        either=before.either and more.online is None,
        without=tuple(dict.fromkeys((*before.without, *more.without))),
    )


def where_of(told: Read) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The counties, and the towns within one, that were said."""
    counties, towns = list[str](), list[str]()
    for named in told.slots.places.with_possible.named:
        if any(isinstance(one, County) for one in named.areas):
            counties += [one.code[:2] for one in named.areas]
        else:
            towns += named.localities.values() or [one.name for one in named.areas]
    return tuple(dict.fromkeys(counties)), tuple(dict.fromkeys(towns))


def own_counties(somebody: Person | None) -> tuple[str, ...]:
    """The county where somebody works, else those that the person is coordinator of."""
    if somebody is None:
        return ()
    working = somebody.municipality[:2]
    return (working,) if working else tuple(somebody.counties)


def of_whole_counties(wish: Wish, told: Read) -> Wish:
    """The same of the counties in which the towns lie."""
    areas = told.slots.places.with_possible.areas
    return replace(wish, towns=(), counties=tuple(dict.fromkeys(one.code[:2] for one in areas)))


def unread(told: Read) -> list[str]:
    """What was said beside the slots in words that no wish for trainings has."""
    found: list[str] = []
    for part in told.parts:
        words = part.split()
        strange = [
            at for at, word in enumerate(words) if _is_strange(word, words[at - 1] if at else "")
        ]
        while strange:
            first = last = strange.pop(0)
            while strange and strange[0] - last <= NEAR:
                last = strange.pop(0)
            found.append(" ".join(words[first : last + 1]))
    return found


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


def clocks_in(typed: str) -> list[str]:
    """The times of day that were said, by which no list is narrowed: "efter kl 16"."""
    return [hit[0] for hit in lexicon_of_slots().clock.finditer(typed.lower())]


def is_in_town(towns: Iterable[str], training: Training) -> bool:
    """Whether its place or its title names one of them."""
    told = f" {fold(f'{training.place} {training.title}', strip=False)} "
    return any(f" {fold(town, strip=False)} " in told for town in towns)


def is_online(training: Training) -> bool:
    """Whether it is held on a screen, also where only the place says so."""
    told = fold(training.place, strip=False)
    return training.online or bool(lexicon_of_slots().online.search(told))


def _is_strange(word: str, before: str) -> bool:
    """Also a short one after "med", which tells what is to be had there: "med mat"."""
    ways = {word, fold(word), canonical(word)[0]}
    told = before in lexicon_of_slots().lists["with"]
    return len(word) >= SHORTEST_UNREAD - told and not ways & _known()


@cache
def _known() -> frozenset[str]:
    lines = next((*one.exact, *one.like) for one in wordings() if one.command == "trainings")
    words = {word for line in lines for word in template(line)} | inputs.excepting()
    return frozenset(words | inputs.beside() | {*TOKENS.values()})


def _midnight(day: date | None) -> datetime | None:
    return datetime.combine(day, time(), swedish.SWEDEN) if day else None
