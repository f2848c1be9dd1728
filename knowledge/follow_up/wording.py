"""The port through which is told how an announcement goes, and who has not acknowledged it.

`dialogs/announcements/wording.py` implements it; tests use the office's own.
"""

from typing import Protocol

from knowledge.announcements import wording as announcements
from knowledge.announcements.models import Announcement
from knowledge.delivery.messenger import Message
from knowledge.follow_up.models import Followed


class Wording(announcements.Wording, Protocol):
    """Makes messages; reads nothing. A correction is the post once more."""

    def reminder(self, announcement: Announcement, post: Message) -> Message:
        """What recipients have, with a line that asks them to acknowledge it."""
        ...

    def progress(self, followed: Followed) -> Message:
        """How it goes, for its author."""
        ...

    def present(self, announcement: Announcement) -> Message:
        """What has become of one that has not left, in place of an older card about it."""
        ...
