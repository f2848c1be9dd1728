"""Reads whom an announcement goes to, out of the form's fields or out of typed lines."""

import re
from collections.abc import Mapping
from dataclasses import replace

from dialogs.announcements.offered import Offered
from dialogs.conversation import inputs
from dialogs.conversation.dialog import Heard
from dialogs.conversation.texts import texts
from knowledge.announcements.audience import Audience, TrainingPart
from knowledge.announcements.models import Draft
from knowledge.directory.models import NATIONAL, Position
from knowledge.directory.places import fold
from knowledge.directory.said import places_in

FIELDS = ("to", "via", "theme", "position", "training")
"""The labels of typed lines that are about the audience."""

_BETWEEN = re.compile(r",|;|\soch\s")

Read = tuple[Draft, tuple[str, ...]]
"""The draft, and what is wrong with the choice of recipients."""


def from_card(heard: Heard, draft: Draft, offered: Offered) -> Read:
    """The draft to those who are chosen in the tapped form."""
    ways = _listed(heard, "reach")
    audience = Audience(
        themes=tuple(slug for slug in _listed(heard, "themes") if slug in offered.themes),
        positions=tuple(one for one in Position if one in _listed(heard, "positions")),
        to_channels="channels" in ways,
        to_people="people" in ways,
    )
    training, _, part = heard.word("training").partition(":")
    if training.isdecimal() and part in list(TrainingPart):
        audience = replace(audience, training=int(training), training_part=TrainingPart(part))
    faults = () if _is_offered(audience.training, offered) else ("training",)
    addressed, wrong = _to_places(draft, audience, _listed(heard, "audience"), offered)
    return addressed, (*wrong, *faults)


def from_words(said: Mapping[str, str], draft: Draft, offered: Offered) -> Read:
    """The draft to those whom the lines "Till:", "Via:", "Tema:" and so on name."""
    audience, faults = draft.audience, []
    if "via" in said:
        ways = fold(said["via"], strip=False)
        audience = replace(
            audience,
            to_channels=_mentions(ways, texts("announcements.write.via_channels")),
            to_people=_mentions(ways, texts("announcements.write.via_people")),
        )
    for field, read in (("theme", _themes), ("position", _positions), ("training", _training)):
        if field in said:
            narrowed = read(said[field], audience, offered)
            audience = narrowed or audience
            faults += [] if narrowed else [field]
    if "to" not in said:
        return replace(draft, audience=audience), tuple(faults)
    addressed, wrong = _to_places(draft, audience, _codes(said["to"], offered), offered)
    return addressed, (*wrong, *faults)


def position_in(typed: str) -> Position | None:
    """The position that `typed` is a word for."""
    said = fold(typed, strip=False)
    for position in Position:
        words = texts(f"recipients.words_{position.value}")
        if said in {fold(word, strip=False) for word in words}:
            return position
    return None


def _to_places(draft: Draft, audience: Audience, codes: list[str], offered: Offered) -> Read:
    audience = replace(
        audience,
        counties=tuple(code for code in codes if len(code) == 2),
        municipalities=tuple(code for code in codes if len(code) == 4),
    )
    addressed = replace(draft, county=_sender(codes, offered), audience=audience.tidy())
    # That nothing at all is chosen is found by the draft itself.
    unknown = audience.places and not all(offered.places.name_of(code) for code in codes)
    return addressed, ("audience",) if unknown else ()


def _sender(codes: list[str], offered: Offered) -> str:
    """Whom it comes from: the nation, or the first of the author's counties that is meant."""
    if offered.is_national:
        return NATIONAL
    own = [code[:2] for code in codes if code[:2] in offered.counties]
    return (own or [*offered.counties, ""])[0]


def _codes(typed: str, offered: Offered) -> list[str]:
    """The codes of the places in a list such as "Växjö, Alvesta och Tingsryd"."""
    codes = []
    nation = {fold(word, strip=False) for word in texts("announcements.audience.words_nation")}
    for name in _BETWEEN.split(typed):
        if fold(name, strip=False) in nation:
            codes.append(NATIONAL)
        elif name.strip():
            codes.append(_code(name))
    return codes


def _code(typed: str) -> str:
    """The code of the one place that `typed` is exactly the name of; empty when it is none."""
    read = places_in(typed, asked=True)
    only = read.named[0].only if read.alone and len(read.named) == 1 else None
    return only.code if only and not read.excluded else ""


def _themes(typed: str, audience: Audience, offered: Offered) -> Audience | None:
    themes = tuple(slug for slug in inputs.themes_in(typed) if slug in offered.themes)
    return replace(audience, themes=themes) if themes or _is_all(typed) else None


def _positions(typed: str, audience: Audience, offered: Offered) -> Audience | None:
    if _is_all(typed):
        return replace(audience, positions=())
    found = [position_in(word) for word in _BETWEEN.split(typed) if word.strip()]
    known = tuple(position for position in found if position)
    return replace(audience, positions=known) if known and len(known) == len(found) else None


def _training(typed: str, audience: Audience, offered: Offered) -> Audience | None:
    """A title, with a word for the waiting list before it when that is meant."""
    if _is_all(typed):
        return replace(audience, training=0)
    said, part = fold(typed, strip=False), TrainingPart.PARTICIPANTS
    for word in texts("announcements.audience.words_waiting"):
        start = fold(word, strip=False) + " "
        if said.startswith(start):
            said, part = said.removeprefix(start), TrainingPart.WAITING
    place = inputs.title_in(said, [training.title for training in offered.trainings])
    if place is None:
        return None
    return replace(audience, training=offered.trainings[place].id, training_part=part)


def _is_offered(training: int, offered: Offered) -> bool:
    return not training or training in [one.id for one in offered.trainings]


def _is_all(typed: str) -> bool:
    """Whether the narrowing is taken away again."""
    all_words = {fold(word, strip=False) for word in texts("announcements.audience.words_all")}
    return fold(typed, strip=False) in all_words


def _listed(heard: Heard, field: str) -> list[str]:
    """The values of a field where several can be chosen."""
    return [value.strip() for value in heard.word(field).split(",") if value.strip()]


def _mentions(said: str, words: tuple[str, ...]) -> bool:
    return any(fold(word, strip=False) in said for word in words)
