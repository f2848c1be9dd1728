"""What follows from each answer: a table, row by row."""

import pytest

from knowledge.delivery.messenger import Address, Message, Outcome, Sent
from knowledge.delivery.models import Action, Delivery, Status
from knowledge.delivery.retries import LONGEST_WAIT, backoff, next_state


def delivery(
    *, is_person: bool = True, action: Action = Action.POST, attempts: int = 1, unsure: int = 0
) -> Delivery:
    return Delivery(
        id=1,
        lease="a/1",
        action=action,
        target="person:1",
        is_person=is_person,
        address=Address("tenant-1", "https://x", "chat-1"),
        message_id=1,
        message=Message(text="Hello"),
        activity_id="",
        attempts=attempts,
        unsure=unsure,
    )


THROTTLED = Sent(Outcome.RETRY, status=429, reason="throttled", retry_after=30.0)
UNSURE = Sent(Outcome.UNSURE, status=502, reason="http_502")


@pytest.mark.parametrize(
    ("outcome", "status"),
    [
        (Outcome.SENT, Status.SENT),
        (Outcome.UNCERTAIN, Status.UNCERTAIN),
        (Outcome.NOT_INSTALLED, Status.NOT_INSTALLED),
        (Outcome.BLOCKED, Status.BLOCKED),
        (Outcome.FAILED, Status.FAILED),
    ],
)
def test_a_final_answer_is_final(outcome: Outcome, status: Status) -> None:
    assert next_state(delivery(), Sent(outcome)).status is status


def test_what_was_sent_keeps_its_activity_id() -> None:
    result = next_state(delivery(), Sent(Outcome.SENT, activity_id="activity-1", status=201))
    assert (result.activity_id, result.http_status) == ("activity-1", 201)


def test_retry_after_is_respected_and_the_tenant_waits() -> None:
    result = next_state(delivery(), THROTTLED)
    assert result.status is Status.PENDING
    assert 30.0 <= result.retry_in <= 36.0
    assert result.hold == 30.0


def test_a_429_without_retry_after_still_makes_the_tenant_wait() -> None:
    assert next_state(delivery(), Sent(Outcome.RETRY, status=429)).hold > 0


def test_other_retries_do_not_make_the_tenant_wait() -> None:
    assert next_state(delivery(), Sent(Outcome.RETRY, status=412)).hold == 0


def test_waiting_grows_with_each_attempt_and_has_an_end() -> None:
    assert 1.6 <= backoff(1) <= 2.4
    assert 102 <= backoff(7) <= 154
    assert backoff(60) <= LONGEST_WAIT * 1.2
    assert len({backoff(5) for _ in range(20)}) > 1


def test_the_tenth_attempt_is_the_last() -> None:
    assert next_state(delivery(attempts=9), THROTTLED).status is Status.PENDING
    last = next_state(delivery(attempts=10), THROTTLED)
    assert (last.status, last.reason) == (Status.FAILED, "gave_up")


def test_giving_up_on_what_may_have_arrived_is_not_called_failed() -> None:
    assert next_state(delivery(attempts=10, unsure=1), THROTTLED).status is Status.UNCERTAIN


@pytest.mark.parametrize(("unsure", "status"), [(0, "pending"), (1, "pending"), (2, "uncertain")])
def test_a_persons_message_is_repeated_twice_after_a_502(unsure: int, status: str) -> None:
    result = next_state(delivery(attempts=unsure + 1, unsure=unsure), UNSURE)
    assert result.status == status
    assert result.unsure == min(unsure + 1, 2)


def test_a_channel_post_is_not_repeated_after_a_502() -> None:
    assert next_state(delivery(is_person=False), UNSURE).status is Status.UNCERTAIN


@pytest.mark.parametrize("action", [Action.UPDATE, Action.DELETE])
def test_changes_are_repeated_since_a_second_one_does_no_harm(action: Action) -> None:
    result = next_state(delivery(is_person=False, action=action), UNSURE)
    assert (result.status, result.unsure) == (Status.PENDING, 0)


@pytest.mark.parametrize(
    "sent", [Sent(Outcome.RETRY, status=401), Sent(Outcome.RETRY, reason="no_token")]
)
def test_without_credentials_no_attempt_is_counted(sent: Sent) -> None:
    result = next_state(delivery(attempts=10), sent)
    assert (result.status, result.counted) == (Status.PENDING, False)
