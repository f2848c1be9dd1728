"""The coordinator of each county, and places that share a name."""

from collections.abc import Iterator
from dataclasses import replace

from dialogs.directory import cards as directory
from knowledge.directory.models import County
from knowledge.directory.places import load_places
from tests.dialogs.sampling import HOSTILE, TODAY, Sample, sample


def samples() -> Iterator[Sample]:
    places = load_places()
    longest = max(places.municipalities.values(), key=lambda one: len(one.name))
    for county in places.counties.values():
        yield sample(directory.coordinator, f"county {county.code}", county, None, is_mine=False)
    near = places.county_of(longest.code)
    yield sample(directory.coordinator, "just saved", near, longest, is_mine=True, just_saved=True)
    asking = {"is_mine": True, "just_saved": True, "ask_position": True}
    yield sample(directory.coordinator, "asking for the role", near, longest, **asking)
    yield sample(directory.coordinator, "mine", near, longest, is_mine=True)
    yourself = {"is_mine": True, "is_reader": True}
    yield sample(directory.coordinator, "oneself", near, longest, **yourself)
    yield sample(directory.coordinator, "elsewhere", near, longest, is_mine=False)
    yield sample(directory.coordinator, "filled in", _filled_in(near), longest, is_mine=True)
    for fact in ("name", "phone", "email", "web"):
        yield sample(directory.one_fact, f"only the {fact}", near, fact)
    yield sample(directory.one_fact, "a filled in name", _filled_in(near), "name")
    hostile = replace(_filled_in(near), coordinator_name=HOSTILE)
    yield sample(directory.coordinator, "hostile name", hostile, longest, is_mine=True)
    kalmar = [places.municipalities["0880"], places.counties["08"]]
    none: dict[str, str] = {}
    yield sample(directory.which, "Kalmar", kalmar, places, localities=none, save=True)
    habo = [places.municipalities["0305"], places.municipalities["0643"]]
    yield sample(directory.which, "Habo and Håbo", habo, places, localities=none, save=False)
    names = sorted(places.municipalities.values(), key=lambda one: len(one.name))
    longest_county = max(places.counties.values(), key=lambda one: len(one.name))
    many = [*names[-3:], longest_county]
    yield sample(directory.which, "longest names", many, places, localities=none, save=True)
    one = {"localities": {longest.code: "Skavkulla och Skillingenäs"}, "unsure": True}
    yield sample(directory.which, "is it", [longest], places, save=False, **one)
    yield sample(directory.which, "is it mine", [longest], places, save=True, **one)
    yield sample(directory.which, "any of them", habo, places, save=True, **one)


def _filled_in(county: County) -> County:
    return replace(
        county,
        coordinator_name="Maria-Magdalena Gyllenstierna af Ugglas-Bergström",
        coordinator_phone="010-223 70 00 eller 070-123 45 67",
        coordinator_email="maria-magdalena.gyllenstierna-af-ugglas@lansstyrelsen.se",
        phone_confirmed=TODAY,
    )
