"""Why an announcement cannot be kept, seen, sent or changed."""

from knowledge.announcements.models import Announcement
from knowledge.errors import KnowledgeError


class NotACoordinator(KnowledgeError):
    """The person may not act for the county, or may no longer."""

    def __init__(self, county: str) -> None:
        super().__init__(county)
        self.county = county


class NotFound(KnowledgeError):
    """There is no such announcement, or it is none of this person's business."""

    def __init__(self, announcement_id: int) -> None:
        super().__init__(announcement_id)
        self.announcement_id = announcement_id


class OutsideCounty(KnowledgeError):
    """Some of the municipalities do not lie in the coordinator's county."""

    def __init__(self, codes: tuple[str, ...]) -> None:
        super().__init__(codes)
        self.codes = codes


class DraftIncomplete(KnowledgeError):
    """Something is missing or too long: "heading", "text", "link", "recipients"."""

    def __init__(self, fields: tuple[str, ...]) -> None:
        super().__init__(fields)
        self.fields = fields


class NobodyToReach(KnowledgeError):
    """No channel and no person would get the announcement."""


class _About(KnowledgeError):
    def __init__(self, announcement: Announcement) -> None:
        super().__init__(announcement.id)
        self.announcement = announcement


class AlreadySent(_About):
    """It has left: sending it twice would reach everybody twice."""


class NotSent(_About):
    """It is still a draft: there is nothing to correct or to take back."""


class Withdrawn(_About):
    """It was taken back, and stays so."""


class AlreadyReminded(_About):
    """Who has not acknowledged has been reminded, and is not reminded twice."""
