"""What a conversation is about, and how long that counts.

"Och hur ofta?" leans on the answer before it, "vad heter hon?" on the contact. Two turns about
something else, and neither is meant any more.
"""

from collections.abc import Mapping
from typing import Any

from dialogs.conversation.dialog import Answer
from dialogs.understanding.vocabulary import Screen

OTHER_TURNS = 2
"""So many turns about other things a subject lives through."""

FADING = ("subject", "article", "contact", "training", "offered", "rejected", "held")
"""What was last shown, the article, the contact and the training last shown, and what was offered
for the last question, or turned down, and the training last shown to who holds it."""

_SCREENS = {
    "listed": Screen.LIST,
    "training": Screen.LIST,
    "announcement": Screen.ANNOUNCEMENT,
    "draft": Screen.ANNOUNCEMENT,
    "article": Screen.ANSWER,
}
"""What an answer was about, and what the person then has on the screen."""


ANNOUNCEMENTS = ("announcement", "draft")
"""One that has been sent and one that has not: what was last shown of both is kept, and `latest` is
which of them it was, or that several were listed."""

LISTED = "listed"
"""The `latest`, when it was a list with several that have been sent."""


def still_about(state: Mapping[str, Any]) -> dict[str, Any]:
    """What the conversation is about, without what has faded."""
    ages, about = state.get("ages", {}), state.get("about", {})
    kept = {key: value for key, value in about.items() if ages.get(key, 0) <= OTHER_TURNS}
    if kept.get("screen") == Screen.ANSWER and not kept.get("article"):
        kept["screen"] = Screen.NOTHING.value
    return kept


def remember(state: dict[str, Any], answer: Answer, at: float) -> None:
    """Keep what an answer was about, and when; what it was not about grows older."""
    about = answer.about or {}
    ages = state.get("ages", {})
    state["ages"] = {key: 0 if key in about else ages.get(key, 0) + 1 for key in FADING}
    shown = next((screen for key, screen in _SCREENS.items() if about.get(key)), None)
    screen = {} if shown is None else {"screen": shown.value}
    latest = [key for key in ANNOUNCEMENTS if about.get(key)]
    state["about"] = {**state.get("about", {}), **about, **screen}
    if about:
        state["about"]["at"] = at
    if latest and "latest" not in about:
        state["about"]["latest"] = latest[0]
