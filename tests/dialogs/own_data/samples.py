"""What is kept about somebody, and the question whether to erase it."""

from collections.abc import Iterator

from dialogs.own_data import cards
from knowledge.directory.places import load_places
from knowledge.retention.erase import Remains
from knowledge.retention.export import Kept
from knowledge.retention.periods import Kind, Periods
from tests.dialogs.sampling import Sample, sample

URL = "https://tryggve.example/mina-uppgifter/token"
PAGE = "https://tryggve.example/integritet"


def samples() -> Iterator[Sample]:
    places, periods = load_places(), Periods({}, "KS 2026/1")
    little = Kept({Kind.PEOPLE: {"people": [{"id": 1}]}})
    yield sample(cards.my_data, "a newcomer", little, periods, PAGE, URL, 15)
    much = Kept({kind: {"rows": [{}] * 100_000} for kind in Kind})
    yield sample(cards.my_data, "everything", much, Periods({}), PAGE, URL + "x" * 900, 15)
    yield sample(cards.ask_to_erase, "everyday", Remains(), places)
    most = Remains(["Lägesbild " * 9] * 6, 1_000, tuple(places.counties))
    yield sample(cards.ask_to_erase, "most stays", most, places)
    yield sample(cards.settled, "everyday", "Klart! Skriv ”hjälp”.")
