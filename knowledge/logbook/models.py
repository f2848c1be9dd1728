"""What the log tells."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from knowledge.audit.models import Account


@dataclass(frozen=True)
class Entry:
    """One act. Without a `by` it was done by itself, or by somebody who has been erased.

    `subject` is what it was done with, as "training:5"; `whom` the person whom it was about.
    `facts` are numbers and codes: never what anybody wrote, never a name.
    """

    id: int
    at: datetime
    kind: str
    by: Account | None = None
    by_name: str = ""
    whom: Account | None = None
    whom_name: str = ""
    has_whom: bool = False
    by_itself: bool = False
    subject: str = ""
    title: str = ""
    counties: tuple[str, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def number(self) -> int:
        """Of what it was done with; 0 where that has none."""
        number = self.subject.partition(":")[2]
        return int(number) if number.isdecimal() else 0
