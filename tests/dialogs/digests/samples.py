"""The weekly message, with little and with everything."""

from collections.abc import Iterator

from dialogs.digests import cards as digests
from knowledge.announcements.words import HEADING
from knowledge.digests.models import Digest, Gathered
from knowledge.directory.places import load_places
from tests.dialogs.sampling import AWKWARD, Sample, base, sample
from tests.dialogs.trainings.samples.trainings import a_training


def samples() -> Iterator[Sample]:
    places, articles = load_places(), base().articles
    one = Digest((Gathered(1, "Ny handbok", "07"),), (a_training(),), articles[:1])
    yield sample(digests.digest, "one of each", one, places)
    yield sample(digests.digest, "only answers", Digest(articles=articles[:3]), places)
    yield sample(digests.digest, "only trainings", Digest(trainings=(a_training(),)), places)
    longest = tuple(sorted(articles, key=lambda one: len(one.title)))[-9:]
    for case, title in AWKWARD.items():
        announced = tuple(Gathered(n, title[: HEADING.stop - 1], "14") for n in range(1, 30))
        courses = tuple(a_training(n, title=title) for n in range(1, 9))
        yield sample(digests.digest, f"many, {case}", Digest(announced, courses, longest), places)
