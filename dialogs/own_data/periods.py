"""How long each kind of data is kept, in words: the same in the chat, on the page and in print."""

from collections.abc import Iterator
from dataclasses import dataclass

from dialogs.conversation.texts import text
from knowledge.retention.periods import DAYS, Kind, Periods

YEAR = 365


@dataclass(frozen=True)
class Told:
    """One kind in words."""

    kind: Kind
    what: str
    how_long: str
    why: str


def told(periods: Periods) -> Iterator[Told]:
    """Every kind, those that are kept shortest first."""
    for kind in DAYS:
        what, why = text(f"own_data.what.{kind.value}"), text(f"own_data.why.{kind.value}")
        yield Told(kind, what, how_long(periods, kind), why)


def how_long(periods: Periods, kind: Kind) -> str:
    """ "Sparas 2 år efter att utbildningen är över." """
    days = periods.days(kind)
    if days is None:
        return text("own_data.how_long.always")
    unit, count = ("years", days // YEAR) if days % YEAR == 0 else ("days", days)
    since = text(f"own_data.since.{kind.value}")
    if periods.waits(kind):
        period = text(f"own_data.period.{unit}", count=count)
        return text("own_data.how_long.waits", period=period, since=since)
    return text(f"own_data.how_long.{unit}", count=count, since=since)
