"""What is right at a training with a line: counted anew from what lies in the database."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

Quotas = Mapping[str, int]
"""How many seats are kept, by place; empty when the time is out."""


@dataclass(frozen=True)
class Stand:
    """One person's sign-up as it lies in the database. `home` is where the person belongs now,
    `counts_for` where they did when they got the seat."""

    id: int
    name: str
    status: str
    held_until: datetime | None
    is_passed: bool
    uid: str
    sequence: int
    home: str
    counts_for: str

    @property
    def is_held(self) -> bool:
        return self.held_until is not None

    @property
    def waits(self) -> bool:
        return self.status == "waiting" and not self.is_held

    @property
    def has_seat(self) -> bool:
        return self.status == "confirmed" or self.is_held


def reserved(stands: Sequence[Stand], quotas: Quotas) -> int:
    """How many seats must be kept for those who have not come yet."""
    seated = Counter(one.counts_for for one in stands if one.has_seat)
    return sum(
        max(0, seats - (seated[place] if len(place) == 4 else _beyond(seated, quotas, place)))
        for place, seats in quotas.items()
    )


def was_unfair(
    before: Sequence[Stand],
    after: Sequence[Stand],
    quotas: Quotas,
    *,
    gone: Collection[str],
    here: str,
) -> str:
    """Who was served before somebody who stood before and could be told; "" for nobody.

    `here` is who has just said something, and so is passed over no longer. A seat that is kept for
    one's own place takes nothing from who stood before.
    """
    known, now = {one.id: one for one in before}, {one.id: one for one in after}
    seated = Counter(one.counts_for for one in after if one.has_seat)
    overlooked = [
        one
        for one in before
        if one.waits
        and one.name not in gone
        and (not one.is_passed or one.name == here)
        and now[one.id].waits
        and not (now[one.id].is_passed and not one.is_passed)  # asked meanwhile, in vain
    ]
    for one in after:
        first_seen = one.id not in known
        is_served = one.has_seat and (first_seen or known[one.id].waits)
        stood_before = [other for other in overlooked if other.id < one.id]
        if not is_served or not stood_before:
            continue
        own = any(other.home == one.counts_for for other in stood_before)
        if own or not _is_kept(one.counts_for, seated, quotas):
            return f"{one.name} before {stood_before[0].name}"
    return ""


def was_bothered(
    before: Sequence[Stand], after: Sequence[Stand], *, gone: Collection[str], here: str
) -> str:
    """Who got a seat, or was asked, though they cannot be told or did not answer the last time."""
    now = {one.id: one for one in after}
    for one in before:
        is_left_alone = one.waits and one.name != here and (one.name in gone or one.is_passed)
        was_asked, is_asked = one.held_until, now[one.id].held_until
        again = one.name != here and was_asked and is_asked and was_asked != is_asked
        if again or (is_left_alone and now[one.id].has_seat):
            return f"{one.name} is asked in vain"
    return ""


def _is_kept(municipality: str, seated: Counter[str], quotas: Quotas) -> bool:
    """Whether people from there have no more seats than are kept for them."""
    county = municipality[:2]
    is_own = 0 < seated[municipality] <= quotas.get(municipality, 0)
    return is_own or 0 < _beyond(seated, quotas, county) <= quotas.get(county, 0)


def _beyond(seated: Counter[str], quotas: Quotas, county: str) -> int:
    """Who of the county has no seat of their own municipality's."""
    return sum(
        max(0, count - quotas.get(municipality, 0))
        for municipality, count in seated.items()
        if municipality and municipality[:2] == county
    )
