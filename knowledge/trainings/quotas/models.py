"""What is kept for whom, and who may take which seat."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

MOST_QUOTAS = 25


@dataclass(frozen=True)
class Quota:
    """So many seats are kept for people of a place: a municipality's code, or a county's."""

    place: str
    seats: int


def faults_of(quotas: Sequence[Quota], seats: int) -> list[str]:
    """What must be changed: "quotas" and "quotas_sum"."""
    places = {one.place for one in quotas}
    is_good = len(places) == len(quotas) <= MOST_QUOTAS and all(one.seats > 0 for one in quotas)
    fits = sum(one.seats for one in quotas) <= seats
    return [*([] if is_good else ["quotas"]), *([] if fits else ["quotas_sum"])]


class Room:
    """The seats that are left at a training, and for whom.

    Everybody counts where they belong: in their municipality's quota, if there is room, else in
    their county's, else among all others. `seated` is how many have a seat, by municipality. It
    does not matter who came first: so a seat that is given back is kept for the place again only
    when fewer of its people than the quota have one.
    """

    def __init__(
        self, seats_left: int, quotas: Sequence[Quota] = (), seated: Mapping[str, int] | None = None
    ) -> None:
        self.given = 0
        self._kept = Counter({one.place: one.seats for one in quotas})
        for municipality, count in (seated or {}).items():
            for place in _pools(municipality):
                used = min(count, self._kept[place])
                self._kept[place] -= used
                count -= used
        self._free = seats_left - self.reserved

    @property
    def reserved(self) -> int:
        """Seats that are kept and not taken yet."""
        return self._kept.total()

    @property
    def is_by_place(self) -> bool:
        """Whether it matters where somebody belongs."""
        return self.reserved > 0

    @property
    def left(self) -> int:
        """Seats that somebody may take."""
        return max(0, self._free) + self.reserved

    @property
    def is_kept_within(self) -> bool:
        """Whether there are as many seats as are kept."""
        return self._free >= 0

    def fits(self, municipality: str) -> bool:
        """Whether somebody from there may have a seat."""
        return self._free > 0 or any(self._kept[place] for place in _pools(municipality))

    def take(self, municipality: str) -> bool:
        """Give somebody from there a seat, if there is one."""
        if not self.fits(municipality):
            return False
        pool = next((place for place in _pools(municipality) if self._kept[place]), None)
        if pool is None:
            self._free -= 1
        else:
            self._kept[pool] -= 1
        self.given += 1
        return True


def _pools(municipality: str) -> tuple[str, ...]:
    """The quotas that somebody from there may use, the nearest first."""
    return (municipality, municipality[:2]) if municipality else ()
