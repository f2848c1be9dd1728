"""What a list of trainings is narrowed to, filter by filter: in words, and the list without it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from babel.dates import get_day_names

from dialogs.conversation import swedish
from dialogs.conversation.texts import text
from dialogs.trainings import facets
from dialogs.trainings.wish import Wish
from knowledge.directory.places import Places
from knowledge.trainings.models import Training


@dataclass(frozen=True)
class Filter:
    """One of the things that a list is narrowed to: as it is said, and the wish without it."""

    words: str
    without: Wish


@dataclass(frozen=True)
class Loosened:
    """What there is when a filter is left out."""

    filter: Filter
    count: int


def filters_of(wish: Wish, topics: Mapping[str, str], places: Places) -> list[Filter]:
    """In the order in which they are said: "om lägesbild i Skåne län med lediga platser"."""
    return [*_about(wish, topics), *_held(wish, places), *_rest(wish)]


def in_words(wish: Wish, topics: Mapping[str, str], places: Places) -> str:
    """ "om lägesbilden i Skåne län med lediga platser, 1 mars–31 maj 2027"."""
    return " ".join(one.words for one in filters_of(wish, topics, places))


def loosened(filters: Sequence[Filter], trainings: Sequence[Training]) -> list[Loosened]:
    """What each of the filters keeps away by itself, most first; those that keep away nothing are
    left out."""
    if len(filters) < 2:
        return []
    counted = [Loosened(one, sum(map(one.without.fits, trainings))) for one in filters]
    return sorted((one for one in counted if one.count), key=lambda one: -one.count)


def _about(wish: Wish, topics: Mapping[str, str]) -> Iterator[Filter]:
    if wish.themes or wish.subjects:
        names = [topics[slug][0].lower() + topics[slug][1:] for slug in wish.themes]
        names += [facets.subjects()[key].name for key in wish.subjects]
        said = text("trainings.about_theme", theme=swedish.joined(names))
        yield Filter(said, replace(wish, themes=(), subjects=()))
    if wish.groups:
        names = [facets.groups()[key].name for key in wish.groups]
        said = text("trainings.for_group", group=swedish.joined(names))
        yield Filter(said, replace(wish, groups=()))
    if wish.words:
        quoted = swedish.joined([f"”{swedish.plain(one, 60)}”" for one in wish.words])
        yield Filter(text("trainings.named", words=quoted), replace(wish, words=()))


def _held(wish: Wish, places: Places) -> Iterator[Filter]:
    names = [swedish.plain(one, 60) for one in wish.towns]
    names += [places.name_of(code) for code in wish.counties]
    there = text("trainings.in_county", county=swedish.joined(names)) if names else ""
    way = text("trainings.online" if wish.online else "trainings.on_site")
    if wish.online is not None and there and wish.either:
        both = text("trainings.either").join((way, there))
        nowhere = replace(wish, counties=(), towns=(), online=None, either=False)
        yield Filter(both, nowhere)
        return
    if wish.online is not None:
        yield Filter(way, replace(wish, online=None))
    if there:
        yield Filter(there, replace(wish, counties=(), towns=()))


def _rest(wish: Wish) -> Iterator[Filter]:
    if wish.without:
        names = [swedish.plain(one) for one in wish.without]
        said = text("trainings.without", words=swedish.joined(names))
        yield Filter(said, replace(wish, without=()))
    if wish.free:
        yield Filter(text("trainings.with_seats"), replace(wish, free=False))
    if wish.no_cost:
        yield Filter(text("trainings.at_no_cost"), replace(wish, no_cost=False))
    if wish.weekday:
        weekday = get_day_names(locale="sv")[wish.weekday - 1]
        said = text("trainings.on_weekday", weekday=weekday)
        yield Filter(said, replace(wish, weekday=None))
    if when := swedish.period(wish.since, wish.until):
        yield Filter(when, replace(wish, since=None, until=None))
