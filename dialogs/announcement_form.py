"""Reads an announcement out of the form's fields, or out of lines typed in the chat."""

import re
from dataclasses import replace

from dialogs.dialog import Heard
from dialogs.texts import texts
from knowledge.announcements.models import Draft
from knowledge.directory.places import Places, fold

FIELDS = ("heading", "text", "link", "to", "via")


def from_card(heard: Heard, places: Places) -> tuple[Draft, tuple[str, ...]]:
    """The draft in the tapped form, and what is wrong with the choice of recipients."""
    codes = [code.strip() for code in heard.word("audience").split(",") if code.strip()]
    ways = heard.word("reach").split(",")
    draft = Draft(
        heading=heard.word("heading").strip(),
        text=heard.word("text").strip(),
        link=heard.word("link").strip(),
        link_title=heard.word("link_title").strip(),
        county="",
        to_channels="channels" in ways,
        to_people="people" in ways,
    )
    return _with_audience(draft, codes, places)


def from_words(typed: str, draft: Draft, places: Places) -> tuple[Draft, tuple[str, ...]] | None:
    """The draft with what lines such as "Rubrik: …" say; None when there is no such line."""
    said = _labelled(typed)
    if not said:
        return None
    draft = replace(
        draft,
        heading=said.get("heading", draft.heading),
        text=said.get("text", draft.text),
        link=said.get("link", draft.link),
    )
    if "via" in said:
        ways = fold(said["via"], strip=False)
        draft = replace(
            draft,
            to_channels=_mentions(ways, texts("publish_announcement.via_channels")),
            to_people=_mentions(ways, texts("publish_announcement.via_people")),
        )
    if "to" not in said:
        return draft, ()
    return _with_audience(draft, _codes(said["to"], places), places)


def is_said(typed: str, key: str) -> bool:
    """Whether the whole message is one of the words listed under `key`."""
    said = fold(typed, strip=False)
    return said in {fold(word, strip=False) for word in texts(f"publish_announcement.{key}")}


def _with_audience(draft: Draft, codes: list[str], places: Places) -> tuple[Draft, tuple[str, ...]]:
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


def _labelled(typed: str) -> dict[str, str]:
    """Lines by their label; lines without one continue the one before."""
    labels = {
        fold(word, strip=False): field
        for field in FIELDS
        for word in texts(f"publish_announcement.field_{field}")
    }
    said: dict[str, list[str]] = {}
    current: list[str] | None = None
    for line in typed.splitlines():
        found = re.match(r"\s*(\w+)\s*:(.*)", line)
        field = labels.get(fold(found[1], strip=False)) if found else None
        if field and found:
            current = said.setdefault(field, [])
            current.append(found[2].strip())
        elif current is not None:
            current.append(line)
    return {field: "\n".join(lines).strip() for field, lines in said.items()}


def _codes(typed: str, places: Places) -> list[str]:
    """The codes of the places in a list such as "Växjö, Alvesta och Tingsryd"."""
    codes = []
    for name in re.split(r",|;|\soch\s", typed):
        if name.strip():
            found = places.find(name).alone
            codes.append(found.code if found else "")
    return codes


def _mentions(said: str, words: tuple[str, ...]) -> bool:
    return any(fold(word, strip=False) in said for word in words)
