"""Reads an announcement out of the form's fields, or out of lines typed in the chat."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from functools import cache
from typing import Any

from dialogs.announcements import audience_form
from dialogs.announcements.cards.form import NO_TRAINING, link_fields
from dialogs.announcements.offered import Offered
from dialogs.conversation import fields, inputs, moments
from dialogs.conversation.dialog import Heard
from dialogs.conversation.fields import Picked
from dialogs.conversation.forms import labelled
from dialogs.conversation.texts import text, texts
from knowledge import addresses
from knowledge.announcements.audience import Audience
from knowledge.announcements.models import Draft, WrittenMoment
from knowledge.announcements.words import MOST_LINKS, Link, Words
from knowledge.directory.places import fold
from knowledge.directory.said import places_in

PLAIN = ("heading", "text", "picture", "picture_alt")
LINKS = ("link_1", "link_2", "link_3")
EXTRAS = ("attached", "acknowledge")
FIELDS = (*PLAIN, "link", *LINKS, *EXTRAS, "send_at", *audience_form.FIELDS)

LONGEST_MOMENT = 100

Read = tuple[Draft, tuple[str, ...]]
"""The draft, and what is wrong with what was chosen in it."""


def from_card(heard: Heard, offered: Offered, now: datetime) -> Read:
    """The draft in the tapped form."""
    day, time = heard.word("send_date"), heard.word("send_time")
    chosen = moments.from_inputs(day, time, now)
    draft = Draft(
        words=words_from_card(heard),
        county="",
        send_at=chosen.moment,
        written=_unusable(chosen, day, time),
    )
    data = heard.turn.data
    draft = _with_extras({name: data.get(name) for name in EXTRAS}, draft, offered)
    return audience_form.from_card(data, draft, offered), _named(chosen.fault)


def words_from_card(heard: Heard) -> Words:
    """The words alone, which is what a correction changes."""
    names = [link_fields(number) for number in range(1, MOST_LINKS + 1)]
    return Words(
        **{name: heard.word(name) for name in PLAIN},
        links=tuple(Link(heard.word(url), heard.word(title)) for url, title in names),
    ).tidy()


def from_words(typed: str, draft: Draft, offered: Offered, now: datetime) -> Read | None:
    """The draft with what lines such as "Rubrik: …" say; None when there is no such line."""
    said = _labelled(typed)
    return with_fields(said, draft, offered, now) if said else None


def is_labelled(typed: str) -> bool:
    """Whether there is such a line."""
    return bool(_labelled(typed))


def is_whole(typed: str) -> bool:
    """Whether it has both a heading and a text, and so is an announcement."""
    return {"heading", "text"} <= {*_labelled(typed)}


def is_forwarded(typed: str) -> bool:
    """Whether it is somebody else's mail: a line that tells from whom, before any label."""
    labels = _labels()
    for line in typed.splitlines():
        name = fold(line.partition(":")[0], strip=False) if ":" in line else ""
        if name in labels:
            return False
        if name in {fold(word, strip=False) for word in texts("announcements.write.forwarded_by")}:
            return True
    return False


def with_places(typed: str) -> str:
    """With a line of its own for the places that were named before the first label: "skriv till
    Växjö. Rubrik: …"."""
    lead, _, lines = in_lines(typed).partition("\n")
    names = [] if _labelled(lead) else [named.said for named in places_in(lead).named]
    said = _labelled(lines)
    if not (names and said) or "to" in said:
        return typed
    label = texts("announcements.write.field_to")[0]
    return f"{lines}\n{label}: {', '.join(names)}"


def with_fields(said: Mapping[str, str], draft: Draft, offered: Offered, now: datetime) -> Read:
    """The draft with what is said of each field, by the names of the labels."""
    draft = replace(draft, words=_reworded(said, draft.words).tidy())
    draft = _with_extras(said, draft, offered)
    draft = audience_form.from_words(said, draft, offered)
    if "send_at" not in said:
        return draft, ()
    if is_said(said["send_at"], "announcements.write.words_at_once"):
        return replace(draft, send_at=None, written=None), ()
    chosen = moments.from_words(said["send_at"], now)
    written = _unusable(chosen, said["send_at"])
    draft = replace(draft, send_at=chosen.moment or draft.send_at, written=written)
    return draft, _named(chosen.fault)


def kept(draft: Draft) -> dict[str, Any]:
    """The draft as it is kept between two turns."""
    moment = draft.send_at.isoformat() if draft.send_at else None
    return {
        **draft.words.to_row(),
        "county": draft.county,
        "audience": draft.audience.to_json(),
        "training_id": draft.training_id,
        "acknowledge": draft.acknowledge,
        "send_at": moment,
        "unread": draft.unread,
        "written": asdict(draft.written) if draft.written else None,
    }


def restored(values: Mapping[str, Any]) -> Draft:
    """The draft that `kept` wrote."""
    moment, written = values["send_at"], values.get("written")
    return Draft(
        words=Words.from_row(values),
        county=values["county"],
        audience=Audience.from_json(values["audience"]),
        training_id=values["training_id"],
        acknowledge=values["acknowledge"],
        send_at=datetime.fromisoformat(moment) if moment else None,
        unread={fault: tuple(words) for fault, words in values.get("unread", {}).items()},
        written=WrittenMoment(**written) if written else None,
    )


def is_said(typed: str, key: str) -> bool:
    """Whether the whole message is one of the words listed under `key`."""
    said = fold(typed, strip=False)
    return inputs.is_plain(typed) and said in {fold(word, strip=False) for word in texts(key)}


def recipients(typed: str) -> int:
    """The number of recipients as somebody writes it, such as "1 234"; 0 when it is no number."""
    digits = re.sub(r"\s", "", typed)
    return int(digits) if re.fullmatch(r"[0-9]{1,9}", digits) else 0


def _reworded(said: Mapping[str, str], words: Words) -> Words:
    """The words with what the lines about them say."""
    plain: dict[str, Any] = {name: said[name] for name in PLAIN if name in said}
    return replace(words, links=_links(said, words.links), **plain)


def _links(said: Mapping[str, str], before: Sequence[Link]) -> tuple[Link, ...]:
    """A line "Länk:" for each of all the links there are to be, or "Länk 2:" for one of them."""
    links = [*before]
    if "link" in said:
        links = [_link(line) for line in said["link"].splitlines() if line.strip()]
        if len(links) == len(before):  # an address alone is put right, and keeps its name
            both = zip(links, before, strict=True)
            links = [replace(new, title=new.title or old.title) for new, old in both]
    for place, field in enumerate(LINKS):
        if field in said:
            links[place : place + 1] = [_link(said[field])] if said[field] else []
    return tuple(links)


def _link(typed: str) -> Link:
    """An address, with its name behind it or before it. What has no address is kept as one."""
    found = next((hit for hit in re.finditer(r"\S+", typed) if is_address(hit[0])), None)
    if found is None:
        return Link(typed)
    name = f"{typed[: found.start()]} {typed[found.end() :]}"
    return Link(found[0].rstrip(",;"), name.strip(' \t,;:–-”"'))


def is_address(word: str) -> bool:
    return "://" in word or bool(addresses.encoded(addresses.completed(word.rstrip(",;"))))


def _with_extras(written: Mapping[str, Any], draft: Draft, offered: Offered) -> Draft:
    """The draft with the training to sign up for, and whether readers are to acknowledge."""
    if "attached" in written:
        titles = {str(one.id): one.title for one in offered.attachable}
        none = (NO_TRAINING, text("announcements.write.no_training"))
        told = written["attached"]
        if inputs.is_none_of_these(str(told)):
            told = NO_TRAINING
        picked = fields.one(told, titles, named=lambda said: _attached(said, titles), none=none)
        chosen = int(picked.only) if picked.only else None
        draft = audience_form.noted(replace(draft, training_id=chosen), "attached", picked)
    if "acknowledge" in written:
        told = written["acknowledge"]
        asks = fields.yes(told)
        picked = Picked(unread=(str(told),) if asks is None else ())
        draft = audience_form.noted(replace(draft, acknowledge=bool(asks)), "acknowledge", picked)
    return draft


def _attached(typed: str, titles: Mapping[str, str]) -> Sequence[str]:
    place = inputs.title_in(typed, [*titles.values()])
    return () if place is None else [[*titles][place]]


def _unusable(chosen: moments.Chosen, day: str, time: str = "") -> WrittenMoment | None:
    """What was written, where no time came of it."""
    fails = chosen.fault and chosen.moment is None
    shown = day[:LONGEST_MOMENT], time[:LONGEST_MOMENT]
    return WrittenMoment(*shown, chosen.fault) if fails else None


def _named(fault: str) -> tuple[str, ...]:
    return (fault,) if fault else ()


@cache
def _labels() -> dict[str, str]:
    return {
        fold(word, strip=False): field
        for field in FIELDS
        for word in texts(f"announcements.write.field_{field}")
    }


def in_lines(typed: str) -> str:
    """Each label on a line of its own, also where all was written in one."""
    return labelled.in_lines(typed, _labels(), first="heading", free="text")


def _labelled(typed: str) -> dict[str, str]:
    """Lines by their label; lines without one continue the one before."""
    return labelled.lines(in_lines(typed), _labels())
