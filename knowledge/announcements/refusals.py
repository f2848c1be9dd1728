"""Why an announcement cannot be kept, seen, sent or changed."""

from knowledge.announcements.models import Announcement
from knowledge.announcements.proposals import Proposal
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
    """Some places, or the training, lie outside the coordinator's counties."""

    def __init__(self, codes: tuple[str, ...]) -> None:
        super().__init__(codes)
        self.codes = codes


class DraftIncomplete(KnowledgeError):
    """Something is missing or too long: see `Draft.faults`; "training" when it is gone."""

    def __init__(self, fields: tuple[str, ...]) -> None:
        super().__init__(fields)
        self.fields = fields


class NobodyToReach(KnowledgeError):
    """No channel and no person would get the announcement."""


class NotConfirmed(KnowledgeError):
    """The number of recipients was not given, or is no longer right. `recipients` is how many."""

    def __init__(self, recipients: int) -> None:
        super().__init__(recipients)
        self.recipients = recipients


class NothingToAcknowledge(KnowledgeError):
    """No announcement that asks for it has come to this person's organisation."""


class _About(KnowledgeError):
    def __init__(self, announcement: Announcement) -> None:
        super().__init__(announcement.id)
        self.announcement = announcement


class AlreadySent(_About):
    """It has left, or waits to: sending it twice would reach everybody twice."""


class ChangedSince(_About):
    """It no longer reads as it did in the preview that was tapped."""


class MomentPassed(_About):
    """The time at which it was to be sent has passed."""


class NotWaiting(_About):
    """It was decided about, changed or taken back in the meantime."""


class OwnAnnouncement(_About):
    """The second pair of eyes must be somebody else's."""


class OwnProposal(_About):
    """Whoever wants something done with it is not the second to look at that."""


class AnotherChangeWaits(_About):
    """Something else to be done with it waits for a colleague already."""

    def __init__(self, announcement: Announcement, proposal: Proposal) -> None:
        super().__init__(announcement)
        self.proposal = proposal


class NotSent(_About):
    """It has not been sent yet: there is nothing to correct or to take back."""


class Withdrawn(_About):
    """It was taken back, and stays so."""


class AlreadyReminded(_About):
    """Who has not acknowledged has been reminded, and is not reminded twice."""
