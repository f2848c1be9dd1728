"""Reads an announcement out of the form's fields, or out of lines typed in the chat."""

import re
from dataclasses import replace

from dialogs import audience_form
from dialogs.dialog import Heard
from dialogs.offered import Offered
from dialogs.texts import texts
from knowledge.announcements.models import Draft
from knowledge.directory.places import fold

FIELDS = ("heading", "text", "link", *audience_form.FIELDS)


def from_card(heard: Heard, offered: Offered) -> tuple[Draft, tuple[str, ...]]:
    """The draft in the tapped form, and what is wrong with the choice of recipients."""
    draft = Draft(
        heading=heard.word("heading").strip(),
        text=heard.word("text").strip(),
        link=heard.word("link").strip(),
        link_title=heard.word("link_title").strip(),
        county="",
    )
    return audience_form.from_card(heard, draft, offered)


def from_words(typed: str, draft: Draft, offered: Offered) -> tuple[Draft, tuple[str, ...]] | None:
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
    return audience_form.from_words(said, draft, offered)


def is_said(typed: str, key: str) -> bool:
    """Whether the whole message is one of the words listed under `key`."""
    said = fold(typed, strip=False)
    return said in {fold(word, strip=False) for word in texts(f"publish_announcement.{key}")}


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
