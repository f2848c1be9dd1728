"""Everything that one message changes in an announcement: "ändra rubriken till …, och be om
kvittens". Each change builds on the one before it, and what was not done is kept to be told.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from dialogs.announcements import form as forms
from dialogs.announcements import spoken
from dialogs.announcements.offered import Offered
from dialogs.announcements.spoken import Spoken
from dialogs.announcements.spoken.fields import UNSURE, fields
from knowledge.announcements.models import Draft

MOST_PARTS = 4

_QUOTED = re.compile('["”“»«][^"”“»«]*["”“»«]')


@dataclass(frozen=True)
class Change:
    """The draft as it would be, and its faults.

    `done` is what was understood, `left` what was said of the draft and was not, as it was typed.
    """

    draft: Draft
    faults: tuple[str, ...] = ()
    done: tuple[Spoken, ...] = ()
    left: tuple[tuple[Spoken, str], ...] = ()


@dataclass(frozen=True)
class Editor:
    """Reads what is said of one draft. `words_only`: nothing else of it may be changed."""

    offered: Offered
    now: datetime
    words_only: bool = False

    def read(self, typed: str, draft: Draft, most: int = MOST_PARTS) -> Change | None:
        """The whole message as one change, or as several; None where it is about something else.

        A heading and a text may be any words, and so they are looked at for other changes first.
        """
        whole = self._one(typed, draft)
        if whole and not whole.left and whole.done[0].about not in spoken.contents():
            return whole
        return self._several(typed, draft, most) or whole

    def _one(self, typed: str, draft: Draft) -> Change | None:
        """The first reading that fits."""
        for one in spoken.readings(typed):
            said = fields(one, draft, self.offered, self.now)
            if said is None:
                continue
            after, faults = forms.with_fields(said, draft, self.offered, self.now)
            other = self.words_only and after.words == draft.words
            if said is UNSURE or after.unread or other:
                return Change(draft, left=((one, typed),))
            return Change(after, faults, (one,))
        return None

    def _several(self, typed: str, draft: Draft, most: int) -> Change | None:
        for before, after in _parted(typed) if most > 1 else ():
            first = self._one(before, draft)
            if first is None:
                continue
            rest = self.read(after, first.draft, most - 1)
            if rest is None and spoken.sends(after):  # only what has been looked at is sent
                rest = Change(first.draft, left=((Spoken("send"), after),))
            if rest is None or _contradict(first, rest):
                continue
            done, left = (*first.done, *rest.done), (*first.left, *rest.left)
            if done:
                return Change(rest.draft, (*first.faults, *rest.faults), done, left)
        return None


def _parted(typed: str) -> Iterator[tuple[str, str]]:
    """Before and behind each place where another change begins, outside of what is quoted.

    What follows a colon is one text, and what is asked is no wish.
    """
    typed, polite = spoken.wish_in(typed)
    if "?" in typed and not polite:
        return
    typed = typed.rstrip("? ")
    quoted = [hit.span() for hit in _QUOTED.finditer(typed)]
    for hit in spoken.joints(typed):
        inside = any(start < hit.start() < end for start, end in quoted)
        if not inside and ":" not in typed[: hit.start()]:
            yield typed[: hit.start()], typed[hit.end() :]


def _contradict(first: Change, rest: Change) -> bool:
    """Whether it would go to these only, and to those only."""
    only = [one for one in (*first.done, *rest.done) if one.about == "only_to"]
    return len(only) > 1
