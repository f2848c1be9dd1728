"""The port through which announcements get their words: cards are made by the conversation.

`dialogs/announcements/wording.py` implements it; tests use the office's own.
"""

from datetime import datetime
from enum import StrEnum
from typing import Protocol

from knowledge.announcements.about import About
from knowledge.announcements.models import Announcement, Draft
from knowledge.announcements.proposals import Proposal
from knowledge.announcements.reach import Reach
from knowledge.delivery.messenger import Message


class Decision(StrEnum):
    """What somebody or something else decided on an announcement, as its author is told."""

    APPROVED = "approved"
    DECLINED = "declined"
    SENT = "sent"  # its time came, and it has left
    WAITING = "waiting"  # it has grown, and needs a second coordinator after all
    NOBODY = "nobody"  # its time came, and nobody was there to get it
    NO_ROLE = "no_role"  # its time came, and the author coordinates the county no more


class Wording(Protocol):
    """Makes messages; reads nothing. What they are about is read by whoever wants them."""

    def post(
        self,
        draft: Draft,
        about: About,
        *,
        announcement_id: int,
        corrected_at: datetime | None = None,
    ) -> Message:
        """The announcement as channels and people get it."""
        ...

    def test(self, draft: Draft, about: About) -> Message:
        """The same, marked as a test, with buttons that do nothing."""
        ...

    def ask_approval(self, announcement: Announcement, reach: Reach, about: About) -> Message:
        """What another coordinator needs to know to say yes or no."""
        ...

    def ask_about(self, announcement: Announcement, proposal: Proposal, about: About) -> Message:
        """What another coordinator needs to know to say yes or no to a change of what is out."""
        ...

    def tell_asker(
        self,
        announcement: Announcement,
        proposal: Proposal,
        decision: Decision,
        by: str,
        reason: str = "",
    ) -> Message:
        """What `by` has decided on what somebody wanted done."""
        ...

    def tell_author(
        self, announcement: Announcement, decision: Decision, by: str = "", reason: str = ""
    ) -> Message:
        """What has become of the announcement. `by` is who decided."""
        ...
