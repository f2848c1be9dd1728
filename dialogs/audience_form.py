"""Reads whom an announcement goes to, out of the form's fields or out of typed lines."""

import re
from collections.abc import Mapping
from dataclasses import replace

from dialogs.dialog import Heard
from dialogs.texts import texts
from knowledge.announcements.models import Draft
from knowledge.directory.places import Places, fold

FIELDS = ("to", "via")
"""The labels of typed lines that are about the audience."""

_BETWEEN = re.compile(r",|;|\soch\s")

Read = tuple[Draft, tuple[str, ...]]
"""The draft, and what is wrong with the choice of recipients."""


def from_card(heard: Heard, draft: Draft, places: Places) -> Read:
    """The draft to those who are chosen in the tapped form."""
    codes = [code.strip() for code in heard.word("audience").split(",") if code.strip()]
    ways = heard.word("reach").split(",")
    draft = replace(draft, to_channels="channels" in ways, to_people="people" in ways)
    return _to_places(draft, codes, places)


def from_words(said: Mapping[str, str], draft: Draft, places: Places) -> Read:
    """The draft to those whom the lines "Till: …" and "Via: …" name."""
    if "via" in said:
        ways = fold(said["via"], strip=False)
        draft = replace(
            draft,
            to_channels=_mentions(ways, texts("publish_announcement.via_channels")),
            to_people=_mentions(ways, texts("publish_announcement.via_people")),
        )
    if "to" not in said:
        return draft, ()
    return _to_places(draft, _codes(said["to"], places), places)


def _to_places(draft: Draft, codes: list[str], places: Places) -> Read:
    known = [code for code in codes if places.name_of(code)]
    if not known or len(known) != len(codes):
        return draft, ("audience",)
    counties = [code for code in known if code in places.counties]
    county = (counties or known)[0][:2]
    # A whole county includes its municipalities; others are left for the service to refuse.
    municipalities = [code for code in known if len(code) == 4]
    if counties:
        municipalities = [code for code in municipalities if code[:2] != county]
    return replace(draft, county=county, municipalities=tuple(municipalities)), ()


def _codes(typed: str, places: Places) -> list[str]:
    """The codes of the places in a list such as "Växjö, Alvesta och Tingsryd"."""
    codes = []
    for name in _BETWEEN.split(typed):
        if name.strip():
            found = places.find(name).alone
            codes.append(found.code if found else "")
    return codes


def _mentions(said: str, words: tuple[str, ...]) -> bool:
    return any(fold(word, strip=False) in said for word in words)
