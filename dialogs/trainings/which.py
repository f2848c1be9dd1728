"""Which of the listed trainings is meant: "7", "den i Växjö", "den digitala", "1 och 3"."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dialogs.conversation import inputs, swedish
from dialogs.conversation.paging import Page
from dialogs.trainings import facets
from dialogs.trainings.wish import is_online
from dialogs.understanding.lexicon import lexicon_of_slots
from dialogs.understanding.slots import Read, Shown, Slots, read
from dialogs.understanding.times.spans import Span
from dialogs.understanding.tokens import TOKENS
from knowledge.directory.models import County
from knowledge.directory.places import fold
from knowledge.directory.said import Named
from knowledge.trainings.models import Training

FEW_WORDS = 4
"""Longer than this is no slip in a title, but something else."""

MOST_AT_ONCE = 5
"""So many are signed up for with one question, and have their calendar files in one card."""

_FROM_TO = re.compile(r"(?<!\d)(\d{1,2}) ?[-–] ?(\d{1,2})(?!\d)")
"""From one number to another: "1–3"."""


@dataclass(frozen=True)
class Picked:
    """The trainings that fit. `each`: all of them are meant, and not one of them.

    `missing` are numbers that no row has. `miscounted`: "alla tre" of a list that is not of three.
    The other two tell that a title was said, or some of its words.
    """

    ids: tuple[int, ...] = ()
    each: bool = False
    missing: tuple[int, ...] = ()
    miscounted: bool = False
    whole_title: bool = False
    part_of_title: bool = False

    @property
    def only(self) -> int | None:
        return self.ids[0] if len(self.ids) == 1 else None


def picked(
    typed: str,
    page: Page,
    trainings: Mapping[int, Training],
    today: date,
    *,
    loosely: bool = False,
    among: Sequence[int] = (),
) -> Picked:
    """What `typed` picks of a list whose `trainings` have been shown.

    Nothing but what picks may be said, unless `loosely`: then it is asked about anyway. `among`
    are those that were just named in a question: they are meant by "båda" and "alla tre".
    """
    if inputs.is_count(typed):
        return Picked(miscounted=True)
    excepts = inputs.excepts(typed)
    count = None if excepts else inputs.all_of(typed, loosely=loosely)
    if count is not None:
        return _every(count, page, among)
    number = inputs.number(typed)
    if number is not None:
        id_ = page.id_of(number)
        return Picked((id_,)) if id_ else Picked()
    rows = page.ids[: max(page.seen, page.last)]
    titles = [trainings[id_].title if id_ in trainings else "" for id_ in rows]
    place = inputs.title_in(typed, titles)
    if place is not None:
        whole = fold(typed, strip=False) == fold(titles[place], strip=False)
        return Picked((page.ids[place],), whole_title=whole, part_of_title=not whole)
    told = read(typed, today, [Shown(title) for title in titles])
    if not (loosely or is_only_a_pick(told)):
        return Picked()
    if excepts:
        return Picked(miscounted=True)
    return _numbered(told, typed, page) or _described(told.slots, typed, page, trainings)


def is_short_or_picks(typed: str, today: date) -> bool:
    """Whether it may be a try to name one of a list: of few words, or with a place, a time or a
    number in it."""
    slots = read(typed, today).slots
    tells = slots.which or slots.time or slots.online is not None or slots.free
    return bool(tells or slots.places.named or len(typed.split()) < FEW_WORDS)


def _every(count: int, page: Page, among: Sequence[int]) -> Picked:
    """All that are on the screen, or were asked about; if there are so many, where it was said."""
    meant = among or page.here
    fits = count == len(meant) if count else among or len(meant) == page.total
    if not fits or len(meant) > MOST_AT_ONCE:
        return Picked(miscounted=True)
    return Picked(tuple(meant), each=True)


def _numbered(told: Read, typed: str, page: Page) -> Picked | None:
    """Those that are named by number, from one to another, by place in the list or title."""
    at = {"last": page.last, "next": 1}
    numbers = [at.get(one, 0) if isinstance(one, str) else one for one in told.slots.which]
    spanned = _FROM_TO.search(typed)
    if spanned and len(numbers) == len(spanned.groups()):
        numbers = [*range(int(spanned[1]), int(spanned[2]) + 1)]
    ids = tuple(dict.fromkeys(id_ for one in numbers if (id_ := page.id_of(one))))
    if not ids:
        return None
    words = {word for part in told.parts for word in part.split()}
    missing = tuple(dict.fromkeys(one for one in numbers if not page.id_of(one)))
    return Picked(ids, each="eller" not in words, missing=missing)


def _described(slots: Slots, typed: str, page: Page, trainings: Mapping[int, Training]) -> Picked:
    """Those that are where, when and about what was said."""
    places = slots.places.with_possible.named
    themes = {slug for said in slots.themes for slug in inputs.themes_in(said)}
    if not (places or themes or slots.time or slots.online is not None or slots.free):
        return Picked()
    fit = [
        id_
        for id_ in page.known
        if (one := trainings.get(id_))
        and (not places or any(is_in(place, one) for place in places))
        and (not themes or themes & {*one.themes})
        and (slots.time is None or is_at(slots.time, one))
        and slots.online in (None, is_online(one))
        and (not slots.free or not one.is_full)
    ]
    return Picked(tuple(fit))


def is_in(named: Named, training: Training) -> bool:
    """Whether it is held there: the place or the title says so, or the county is the one."""
    told = f" {fold(f'{training.place} {training.title}', strip=False)} "
    names = {*(area.name for area in named.areas), *named.localities.values(), named.said}
    if any(f" {fold(name)} " in told for name in names):
        return True
    return any(isinstance(one, County) and one.code == training.county for one in named.areas)


def is_at(span: Span, training: Training) -> bool:
    """Whether one of its meetings is then."""
    for meeting in training.each_meeting:
        local = meeting.starts_at.astimezone(swedish.SWEDEN)
        on_day = span.weekday in (None, local.isoweekday())
        after = span.since is None or span.since <= local.date()
        if on_day and after and (span.until is None or local.date() < span.until):
            return True
    return False


def is_only_a_pick(told: Read) -> bool:
    """Whether nothing else is said than what picks or narrows."""
    left, lexicon = fold(" ".join(told.parts), strip=False), lexicon_of_slots()
    for told_apart in (lexicon.online, lexicon.on_site, lexicon.free, lexicon.last, lexicon.next):
        left = told_apart.sub(" ", left)
    left = facets.without_facets(left)
    return {*left.split()} <= {*TOKENS.values(), *inputs.beside()}
