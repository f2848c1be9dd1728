"""Reads whom an announcement goes to, out of the form's fields or out of typed lines."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from dialogs.announcements.cards import audience as cards
from dialogs.announcements.offered import Offered
from dialogs.conversation import fields, inputs
from dialogs.conversation.fields import Picked
from dialogs.conversation.texts import text, texts
from knowledge.announcements.audience import Audience, TrainingPart
from knowledge.announcements.models import Draft
from knowledge.directory.models import NATIONAL, Position
from knowledge.directory.places import fold
from knowledge.directory.said import places_in

FIELDS = ("to", "via", "theme", "position", "training")
"""The labels of typed lines that are about the audience."""

_IN_CARD = {
    "to": "audience",
    "via": "reach",
    "theme": "themes",
    "position": "positions",
    "training": "training",
}
"""What the fields of the form are called, by the labels."""

FAULTS = {"to": "audience", "via": "recipients"}
"""What is wrong when a line is not understood, where it is not called as the line is."""


def from_card(data: Mapping[str, Any], draft: Draft, offered: Offered) -> Draft:
    """The draft to those who are chosen in the tapped form; an empty field is a choice, too."""
    return _addressed(draft, {name: data.get(field) for name, field in _IN_CARD.items()}, offered)


def from_words(said: Mapping[str, str], draft: Draft, offered: Offered) -> Draft:
    """The draft to those whom the lines "Till:", "Via:", "Tema:" and so on name."""
    return _addressed(draft, {name: said[name] for name in FIELDS if name in said}, offered)


def position_in(typed: str) -> Position | None:
    """The position that `typed` is a word for."""
    said = fold(typed, strip=False)
    for position in Position:
        words = texts(f"recipients.words_{position.value}")
        if said in {fold(word, strip=False) for word in words}:
            return position
    return None


def training_part(chosen: str) -> tuple[int, TrainingPart] | None:
    """What a choice such as "12:waiting" means; None for what is no such choice."""
    number, _, part = chosen.partition(":")
    if not (number.isascii() and number.isdigit() and len(number) < 10) or part not in {
        *TrainingPart
    }:
        return None
    return int(number), TrainingPart(part)


def noted(draft: Draft, fault: str, picked: Picked) -> Draft:
    """The draft with what was not understood there, and without what it was before."""
    unread = {name: words for name, words in draft.unread.items() if name != fault}
    return replace(draft, unread=unread | ({fault: picked.unread} if picked.unread else {}))


def _addressed(draft: Draft, written: Mapping[str, Any], offered: Offered) -> Draft:
    for field, told in written.items():
        picked = picked_in(field, told, draft.audience, offered)
        draft = noted(draft, FAULTS.get(field, field), picked)
        draft = replace(draft, audience=_with(draft.audience, field, picked))
        if field == "to":
            draft = replace(draft, county=_sender(picked.values, offered))
    return replace(draft, audience=draft.audience.tidy())


def picked_in(field: str, told: Any, audience: Audience, offered: Offered) -> Picked:
    """What is chosen in one field, and what of it was not understood."""
    none = texts("announcements.audience.words_all")
    match field:
        case "to":
            places = cards.places(audience, offered)
            return fields.several(told, places, named=partial(_codes, offered=offered))
        case "via":
            return fields.several(told, cards.ways(), named=_ways)
        case "theme":
            themes = offered.themes
            called = partial(inputs.themes_called, topics=themes)
            return fields.several(told, themes, named=called, none=none)
        case "position":
            return fields.several(told, cards.positions(), named=_positions, none=none)
    trainings = cards.trainings(offered)
    return fields.one(told, trainings, named=partial(_training, offered=offered), none=none)


def _with(audience: Audience, field: str, picked: Picked) -> Audience:
    """The audience with what is chosen there. What was not understood narrows nothing here: the
    draft holds it, and is not kept with it."""
    match field:
        case "to":
            return replace(
                audience,
                counties=tuple(code for code in picked.values if len(code) == 2),
                municipalities=tuple(code for code in picked.values if len(code) == 4),
            )
        case "via":
            ways = picked.values
            return replace(audience, to_channels="channels" in ways, to_people="people" in ways)
        case "theme":
            return replace(audience, themes=picked.values)
        case "position":
            return replace(audience, positions=tuple(Position(one) for one in picked.values))
    training, part = training_part(picked.only) or (0, audience.training_part)
    return replace(audience, training=training, training_part=part)


def _sender(codes: Sequence[str], offered: Offered) -> str:
    """Whom it comes from: the nation, or the first of the author's counties that is meant."""
    if offered.is_national:
        return NATIONAL
    own = [code[:2] for code in codes if code[:2] in offered.counties]
    return (own or [*offered.counties, ""])[0]


def _codes(typed: str, offered: Offered) -> Sequence[str]:
    """The codes of the place that `typed` is exactly the name of; none when it is none.

    "Hela länet" is the author's, "alla kommuner" everything that the author may reach.
    """
    said = fold(typed, strip=False)
    if said in _folded("nation"):
        return (NATIONAL,)
    if said in _folded("everything"):
        return offered.counties
    if said in _folded("own_county"):
        return offered.counties if len(offered.counties) == 1 and not offered.is_national else ()
    if offered.places.name_of(typed.strip()):
        return (typed.strip(),)
    for words in _folded("all_of"):  # "alla kommuner i Kalmar" can only be the county
        if said.startswith(f"{words} "):
            rest = typed.strip()[len(words) :]
            return _code(rest) or _code(f"{rest} {text('announcements.audience.county')}")
    return _code(typed)


def _code(typed: str) -> Sequence[str]:
    read = places_in(typed, asked=True)
    only = read.named[0].only if read.alone and len(read.named) == 1 else None
    return (only.code,) if only and not read.excluded else ()


def _ways(typed: str) -> Sequence[str]:
    said = fold(typed, strip=False)
    return [way for way in cards.ways() if said in _folded(way)]


def _positions(typed: str) -> Sequence[str]:
    position = position_in(typed)
    return (position.value,) if position else ()


def _training(typed: str, offered: Offered) -> Sequence[str]:
    """A title, with a word for the waiting list before it when that is meant."""
    said, part = fold(typed, strip=False), TrainingPart.PARTICIPANTS
    for words, meant in (("waiting", TrainingPart.WAITING), ("present", TrainingPart.PRESENT)):
        for word in _folded(words):
            if said.startswith(f"{word} "):
                said, part = said.removeprefix(f"{word} "), meant
    place = inputs.title_in(said, [training.title for training in offered.trainings])
    return () if place is None else (f"{offered.trainings[place].id}:{part.value}",)


def _folded(words: str) -> frozenset[str]:
    listed = texts(f"announcements.audience.words_{words}")
    return frozenset(fold(word, strip=False) for word in listed)
