"""Teams' rate table, and who keeps to it: what is above is answered with 429.

The connector of the tests asks it about every request. `worst` tells afterwards how close the
bot came, whatever was answered.
"""

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Sequence

LEFT_AT = "X-Left-At"
"""The header in which a sender of the tests says when a request left."""

PER_TENANT = ((50, 1.0),)
PER_CONVERSATION = ((7, 1.0), (8, 2.0), (60, 30.0), (1_800, 3_600.0))


class TeamsLimits:
    """Counts requests per tenant, and what is sent per conversation in it."""

    def __init__(self) -> None:
        self._asked: defaultdict[tuple[str, ...], list[float]] = defaultdict(list)

    def exceeded(self, tenant: str, conversation: str, now: float) -> bool:
        """Note a request, and tell whether Teams would refuse it. `conversation` may be empty."""
        over = self._over((tenant,), PER_TENANT, now)
        if conversation:
            over |= self._over((tenant, conversation), PER_CONVERSATION, now)
        return over

    def worst(self, seconds: float = 1.0, *, per_conversation: bool = False) -> int:
        """The most requests in any sliding window of this length, of any tenant."""
        length = 2 if per_conversation else 1
        asked = [times for who, times in self._asked.items() if len(who) == length]
        return max((_most_within(times, seconds) for times in asked), default=0)

    def _over(self, who: tuple[str, ...], limits: Sequence[tuple[int, float]], now: float) -> bool:
        times = self._asked[who]
        insort(times, now)  # they may overtake each other
        known = bisect_right(times, now)
        return any(known - bisect_left(times, now - span) > most for most, span in limits)


def _most_within(times: Sequence[float], seconds: float) -> int:
    """How many of these moments, in their order, lie within one window."""
    return max(
        number + 1 - bisect_left(times, moment - seconds + 1e-9)
        for number, moment in enumerate(times)
    )
