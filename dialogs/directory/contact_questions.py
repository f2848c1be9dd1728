""" "Vad heter hon?", "har hon nåt telefonnummer?": about the contact that was just shown.

The words are in `locales/sv/understanding/contact.toml`.
"""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from dialogs.conversation.asked import bare_question
from dialogs.conversation.dialog import Heard
from dialogs.conversation.inputs import ends_in_no, is_plain
from dialogs.understanding.moods import tells_of_others
from knowledge.directory.places import fold

MOST_WORDS = 8

_NEEDS_POINTING = ("name", "card")


def asked_of_contact(typed: str, *, is_last: bool) -> str:
    """What is asked for: "name", "phone", "email", "web" or the whole "card"; "" for none.

    A question with a word of its own is about something else. Where something else was shown
    since (not `is_last`), or only a name or a way to reach somebody is asked for, a word must
    point at the contact.
    """
    said = fold(typed.replace("-", ""), strip=False).split()
    asks, points, loosely = _asks(), _words("points"), _words("points_loosely")
    known = {*asks} | points | loosely | _words("small")
    if not said or len(said) > MOST_WORDS or {*said} - known:
        return ""
    found = [asks[word] for word in said if word in asks]
    kind = next((one for one in found if one not in _NEEDS_POINTING), found[0] if found else "")
    if points & {*said} or (is_last and loosely & {*said}):
        return kind
    return kind if is_last and kind not in _NEEDS_POINTING else ""


def is_about_elsewhere(typed: str) -> bool:
    """Whether a place is asked about, or is somebody else's: "och i Malmö?", "hon sitter i Lund".

    Only then is it no answer to the question where the person works.
    """
    words = fold(typed, strip=False).split()
    others = " ".join(word for word in typed.lower().split() if word not in _words("us"))
    if not words or tells_of_others(others):
        return bool(words)
    goes_on = words[-1] in _words("elsewhere_last") and not _words("self") & {*words}
    return goes_on or words[0] in _words("elsewhere_first")


def is_wondering(typed: str) -> bool:
    """Whether a name is asked, quoted, or taken back again: "Lund inte". One that is told apart is
    meant: "Lund, Skåne?"."""
    return ends_in_no(typed) or (not is_plain(typed) and "," not in typed)


def may_be_of_announcement(heard: Heard) -> bool:
    """Whether a place may be one that the announcement on the screen goes to: it is not said that
    somebody works there."""
    return heard.sees_announcement and not _begins(heard.text, "mine")


def is_of_draft(heard: Heard) -> bool:
    """Whether it is, and that can be changed: "byt till Lund"."""
    unsent = heard.about.get("latest") == "draft"
    return unsent and may_be_of_announcement(heard) and _begins(heard.text, "either")


def _begins(typed: str, kind: str) -> bool:
    said = fold(bare_question(typed), strip=False)
    return any(
        said.startswith(fold(line, strip=False)) for line in _data()[kind]["begins"].splitlines()
    )


@cache
def _data() -> dict[str, Any]:
    folder = files("dialogs") / "locales" / "sv" / "understanding"
    return tomllib.loads((folder / "contact.toml").read_text("utf-8"))


@cache
def _asks() -> dict[str, str]:
    return {
        fold(word, strip=False): kind
        for kind, listed in _data()["asks"].items()
        for word in listed.split()
    }


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(fold(word, strip=False) for word in _data()[kind]["words"].split())
