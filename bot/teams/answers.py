"""What each answer of the Bot Connector means for the message that was sent."""

import json
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from knowledge.delivery.messenger import Outcome, Sent

LONGEST_PAUSE = 15 * 60.0

_MEANING = {
    400: (Outcome.FAILED, "bad_argument"),
    401: (Outcome.RETRY, "unauthorized"),
    404: (Outcome.FAILED, "not_found"),
    408: (Outcome.UNCERTAIN, "http_408"),
    412: (Outcome.RETRY, "precondition_failed"),
    413: (Outcome.FAILED, "too_big"),
    429: (Outcome.RETRY, "throttled"),
    502: (Outcome.UNSURE, "http_502"),
    503: (Outcome.UNSURE, "http_503"),
    504: (Outcome.UNSURE, "http_504"),
}
_FORBIDDEN = {
    b"BotNotInConversationRoster": (Outcome.NOT_INSTALLED, "not_in_roster"),
    b"ConversationBlockedByUser": (Outcome.BLOCKED, "user"),
    b"MessageWritesBlocked": (Outcome.BLOCKED, "user"),
    b"BotDisabledByAdmin": (Outcome.BLOCKED, "admin"),
    b"InvalidBotApiHost": (Outcome.FAILED, "wrong_cloud"),
    b"NotEnoughPermissions": (Outcome.FAILED, "not_permitted"),
}


def sent_of(
    status: int, headers: Mapping[str, str], body: bytes, now: datetime | None = None
) -> Sent:
    """What became of a message that Teams answered like this. `now` is for dates in Retry-After."""
    if 200 <= status < 300:
        return _accepted(status, body)
    outcome, reason = _refusal(status, body)
    if outcome not in (Outcome.RETRY, Outcome.UNSURE):
        return Sent(outcome, status=status, reason=reason)
    pause = seconds_to_wait(headers.get("Retry-After", ""), now or datetime.now(UTC))
    return Sent(outcome, status=status, reason=reason, retry_after=pause)


ReadAnswer = Callable[[int, Mapping[str, str], bytes], Sent]
"""Makes what became of a request out of status, headers and body."""


def seconds_to_wait(retry_after: str, now: datetime) -> float:
    """What Retry-After asks for, at most 15 minutes; 0 when it says nothing usable."""
    text = retry_after.strip()
    if re.fullmatch(r"\d{1,20}(\.\d{1,6})?", text, re.ASCII):
        seconds = float(text)
    else:
        try:
            seconds = (parsedate_to_datetime(text) - now).total_seconds()
        except (TypeError, ValueError, OverflowError):
            return 0.0
    return min(max(seconds, 0.0), LONGEST_PAUSE)


def _accepted(status: int, body: bytes) -> Sent:
    try:
        answer = json.loads(body) if body.strip() else {}
        made = answer.get("id", "")
    except (ValueError, AttributeError, RecursionError):
        # A cut answer, or a page from something on the way that is not Teams.
        return Sent(Outcome.UNCERTAIN, status=status, reason="unreadable_answer")
    return Sent(Outcome.SENT, activity_id=str(made or ""), status=status)


def _refusal(status: int, body: bytes) -> tuple[Outcome, str]:
    if status == 403:
        # The code has been seen in three places of the body, and missing. Any 403 is permanent.
        known = (meaning for code, meaning in _FORBIDDEN.items() if code in body)
        return next(known, (Outcome.BLOCKED, "forbidden"))
    if 300 <= status < 400:
        return Outcome.FAILED, "redirect"
    if status in _MEANING:
        return _MEANING[status]
    return (Outcome.UNCERTAIN if status >= 500 else Outcome.FAILED), f"http_{status}"
