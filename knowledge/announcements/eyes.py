"""Who must have seen what reaches readers: one table, read wherever anything is done.

A small announcement is its coordinator's own affair. Of a large one, whatever makes readers get
something, in whatever form, is seen by two; what only makes less reach them by one, so that a
mistake can be stopped at once. No correction is so small that it passes: one figure moves a
meeting, one letter leads a link elsewhere.
"""

from collections.abc import Mapping
from enum import StrEnum


class Act(StrEnum):
    """Everything that a coordinator can do with an announcement and that changes something."""

    DRAFT = "draft"  # written, changed or made from a template: what had been approved is not now
    TEST = "test"  # to oneself
    SAVE_TEMPLATE = "save_template"
    DELETE_DRAFT = "delete_draft"
    SEND = "send"  # at once, or for its time
    LEAVE = "leave"  # its time has come
    SEND_NOW = "send_now"  # sooner than was agreed
    TAKE_BACK = "take_back"
    CORRECT = "correct"
    RESEND_FAILED = "resend_failed"
    RESEND_UNCERTAIN = "resend_uncertain"
    RETRY_CORRECTION = "retry_correction"
    RETRY_WITHDRAWAL = "retry_withdrawal"
    REMIND = "remind"
    PAUSE = "pause"
    RESUME = "resume"  # the rest of what was seen, to those who were seen
    STOP = "stop"
    WITHDRAW = "withdraw"
    TAKE_BACK_CHANGE = "take_back_change"


class Eyes(StrEnum):
    """Whose eyes are on it before it is done."""

    OWN = "own"  # the coordinator's who does it
    COLLEAGUE = "colleague"  # another coordinator's of the county, too


WHO_SEES: Mapping[Act, tuple[Eyes, Eyes]] = {
    Act.DRAFT: (Eyes.OWN, Eyes.OWN),
    Act.TEST: (Eyes.OWN, Eyes.OWN),
    Act.SAVE_TEMPLATE: (Eyes.OWN, Eyes.OWN),
    Act.DELETE_DRAFT: (Eyes.OWN, Eyes.OWN),
    Act.SEND: (Eyes.OWN, Eyes.COLLEAGUE),
    Act.LEAVE: (Eyes.OWN, Eyes.COLLEAGUE),
    Act.SEND_NOW: (Eyes.OWN, Eyes.COLLEAGUE),
    Act.TAKE_BACK: (Eyes.OWN, Eyes.OWN),
    Act.CORRECT: (Eyes.OWN, Eyes.COLLEAGUE),
    Act.RESEND_FAILED: (Eyes.OWN, Eyes.COLLEAGUE),
    Act.RESEND_UNCERTAIN: (Eyes.OWN, Eyes.COLLEAGUE),
    Act.RETRY_CORRECTION: (Eyes.OWN, Eyes.COLLEAGUE),
    Act.RETRY_WITHDRAWAL: (Eyes.OWN, Eyes.OWN),
    Act.REMIND: (Eyes.OWN, Eyes.COLLEAGUE),
    Act.PAUSE: (Eyes.OWN, Eyes.OWN),
    Act.RESUME: (Eyes.OWN, Eyes.OWN),
    Act.STOP: (Eyes.OWN, Eyes.OWN),
    Act.WITHDRAW: (Eyes.OWN, Eyes.OWN),
    Act.TAKE_BACK_CHANGE: (Eyes.OWN, Eyes.OWN),
}
"""Who sees it when it reaches fewer than the limit, and who from the limit on."""


def needs_colleague(act: Act, *, is_large: bool) -> bool:
    """Whether somebody else must say yes before it is done."""
    return WHO_SEES[act][is_large] is Eyes.COLLEAGUE
