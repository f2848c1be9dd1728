"""What the samples of cards are made with: the most awkward words there are, and one clock."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import cache, partial
from typing import Any

from dialogs.conversation.talk import Reply
from knowledge.answers.articles.loader import load, shipped_content
from knowledge.answers.models import Base

Sample = tuple[str, partial[Reply]]

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)

HOSTILE = (
    "[logga in](http://evil.example) **nu** <at>Chef</at> {{DATE(2026-01-01T00:00:00Z,SHORT)}}"
    " `kod` <script>alert(1)</script> \u202ebakvänt\u202c # 1. |tabell| ![bild](http://evil.example)"
)
LONG_WORD = "Brottsförebyggandesamordningsfunktionsöverenskommelse" * 4
WORDY = " ".join(["Exempel: Fördjupningsutbildning i brottsförebyggande samordning"] * 3)
NUMBERED = "1. Ny handbok"
AWKWARD = {"long": WORDY, "hostile": HOSTILE, "one word": LONG_WORD}


def sample(function: Callable[..., Reply], case: str, *about: Any, **more: Any) -> Sample:
    """A call of a real card function, called `<rooms>.<function>: <case>`.

    It is kept as a `partial` so that a test can tell which functions have no sample.
    """
    rooms = [room for room in function.__module__.split(".")[1:] if room != "cards"]
    name = ".".join([*rooms, function.__name__])
    return f"{name}: {case}", partial(function, *about, **more)


@cache
def base() -> Base:
    """The shipped articles and terms."""
    return load(shipped_content())
