"""Narrowing a list of trainings, what has moved since, and proposing one to a colleague."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from dialogs.conversation.paging import Page
from dialogs.trainings import cards, filter_cards
from dialogs.trainings.colleagues import cards as colleagues
from dialogs.trainings.filters import filters_of, in_words, loosened
from dialogs.trainings.wish import Wish
from knowledge.directory.models import Person
from knowledge.directory.places import load_places
from tests.dialogs.sampling import AWKWARD, Sample, base, sample
from tests.dialogs.trainings.samples.trainings import a_training

WISH = Wish(
    counties=("07",),
    themes=("lagesbild",),
    subjects=("est", "skola"),
    groups=("chefer",),
    since=date(2026, 12, 1),
    until=date(2027, 2, 1),
    online=True,
    free=True,
    no_cost=True,
    words=("lunch",),
)


def samples() -> Iterator[Sample]:
    topics, places = base().topics, load_places()
    many = [a_training(n, county=code) for n, code in enumerate(places.counties, start=1)]
    free = [replace(one, price=0, online=True, for_whom="Chefer") for one in many]
    page = Page("find_training", len(many), ids=tuple(one.id for one in many))
    by_id = {one.id: one for one in many}
    for case, wish in {"everything": Wish(), "narrowed": WISH}.items():
        form = filter_cards.form(wish, free, topics, places)
        words = in_words(wish, topics, places)
        asked = replace(page, asked=wish.asked())
        yield sample(
            cards.listing, f"filters, {case}", asked, by_id, words, filters=form, own_first=True
        )
    ways = loosened(filters_of(replace(WISH, words=()), topics, places), free)
    yield sample(filter_cards.nothing, "some", "Det finns inga.", ways, 21, topics, places)
    yield sample(filter_cards.nothing, "none", "Det finns inga.", [], 1, topics, places)
    for case, title in {"everyday": "Kursen", **AWKWARD}.items():
        training, other = a_training(title=title, place=title), _person(title)
        yield sample(cards.has_moved, case, training)
        yield sample(colleagues.ask_name, case, training)
        yield sample(colleagues.ask_name, f"{case}, picked", training, picks=True)
        yield sample(
            colleagues.ask_name, f"{case}, nobody", training, typed=title[:60], fault="Ingen."
        )
        yield sample(colleagues.which, case, training, [other] * 5)
        yield sample(colleagues.confirm, case, training, other)


def _person(name: str) -> Person:
    return Person(7, "tenant", "object", "29:7", name, "0780", "a:7", "https://example.se", True)
