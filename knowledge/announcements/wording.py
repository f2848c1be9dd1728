"""The port through which announcements get their words: cards are made by the conversation.

`dialogs/announcements/wording.py` implements it; tests use the office's own.
"""

from enum import StrEnum
from typing import Protocol

from knowledge.announcements.models import Announcement
from knowledge.announcements.reach import Reach
from knowledge.delivery.messenger import Message
from knowledge.storage.database import Reading, Writing


class News(StrEnum):
    """What its author is told about an announcement that somebody or something else decided on."""

    APPROVED = "approved"
    DECLINED = "declined"
    WAITING = "waiting"  # it has grown, and needs a second coordinator after all
    NOBODY = "nobody"  # its time came, and nobody was there to get it
    NO_ROLE = "no_role"  # its time came, and the author coordinates the county no more


class Wording(Protocol):
    """Makes messages. What they are about is read in the transaction at hand."""

    async def post(self, tx: Reading | Writing, announcement: Announcement) -> Message:
        """The announcement as channels and people get it."""
        ...

    async def test(self, tx: Reading | Writing, announcement: Announcement) -> Message:
        """The same, marked as a test, with buttons that do nothing."""
        ...

    async def ask_approval(
        self, tx: Reading | Writing, announcement: Announcement, reach: Reach
    ) -> Message:
        """What another coordinator needs to know to say yes or no."""
        ...

    def tell_author(
        self, announcement: Announcement, news: News, by: str = "", reason: str = ""
    ) -> Message:
        """What has become of the announcement. `by` is who decided."""
        ...
