"""What follows from an answer: done, again later, or never again.

Sending is not idempotent: Teams can accept a message and still answer with an error. What may
have arrived is therefore repeated only where a second copy does no harm.
"""

import random

from knowledge.delivery.messenger import Outcome, Sent
from knowledge.delivery.models import Action, Delivery, Result, Status

MOST_ATTEMPTS = 10
MOST_UNSURE_RETRIES = 2
LONGEST_WAIT = 900.0
FURTHEST_RETRY = LONGEST_WAIT * 1.2
"""No retry and no pause that Teams asks for is further ahead than this, in seconds."""

SHORTEST_HOLD = 2.0
"""How long a tenant waits after a 429 that does not say how long."""


def next_state(delivery: Delivery, sent: Sent) -> Result:
    """The delivery's next state. `tests/knowledge/delivery/test_retries.py` has the whole table."""
    if sent.outcome is Outcome.UNSURE:
        return _unsure(delivery, sent)
    if sent.outcome is Outcome.RETRY:
        return _again(delivery, sent)
    return _result(delivery, Status(sent.outcome.value), sent)


def put_back(delivery: Delivery, *, retry_in: float = 0.0) -> Result:
    """Not attempted after all: pending again, as if it had never been claimed."""
    return Result(
        delivery, Status.PENDING, retry_in=retry_in, unsure=delivery.unsure, counted=False
    )


def backoff(attempts: int) -> float:
    """2, 4, 8 … seconds, at most fifteen minutes, ± 20 % so that senders do not march in step."""
    longest = min(LONGEST_WAIT, 2.0**attempts)
    return longest * random.uniform(0.8, 1.2)  # noqa: S311 - spreads load, protects nothing


def _unsure(delivery: Delivery, sent: Sent) -> Result:
    if delivery.action is not Action.POST:
        return _again(delivery, sent)
    # A second copy of a person's message is harmless, in a channel everybody sees it.
    if delivery.is_person and delivery.unsure < MOST_UNSURE_RETRIES:
        return _again(delivery, sent, unsure=delivery.unsure + 1)
    return _result(delivery, Status.UNCERTAIN, sent)


def _again(delivery: Delivery, sent: Sent, *, unsure: int | None = None) -> Result:
    if is_unauthorised(sent):
        return put_back(delivery)
    if delivery.attempts >= MOST_ATTEMPTS:
        # Earlier attempts may have arrived: then nobody knows, and "failed" would be a lie.
        seen = delivery.unsure if unsure is None else unsure
        status = Status.UNCERTAIN if seen else Status.FAILED
        return _result(delivery, status, sent, reason="gave_up")
    wait = sent.retry_after * random.uniform(1.0, 1.2)  # noqa: S311 - never earlier than told
    return _result(
        delivery,
        Status.PENDING,
        sent,
        retry_in=wait or backoff(delivery.attempts),
        unsure=delivery.unsure if unsure is None else unsure,
        hold=(sent.retry_after or SHORTEST_HOLD) if sent.status == 429 else 0.0,
    )


def is_unauthorised(sent: Sent) -> bool:
    """We have no valid credentials: no delivery is at fault, and none would succeed."""
    return sent.outcome is Outcome.RETRY and (sent.status == 401 or sent.reason == "no_token")


def _result(
    delivery: Delivery,
    status: Status,
    sent: Sent,
    *,
    reason: str = "",
    retry_in: float = 0.0,
    unsure: int | None = None,
    hold: float = 0.0,
) -> Result:
    return Result(
        delivery,
        status,
        reason=reason or sent.reason,
        http_status=sent.status,
        activity_id=sent.activity_id,
        conversation_id=sent.conversation_id,
        retry_in=retry_in,
        unsure=delivery.unsure if unsure is None else unsure,
        hold=hold,
    )
