"""What waits in the outbox when the world changes around it: stopped, moved, or left alone.

What a sender has started ends as the sender finds.
"""

from collections.abc import Collection

from sqlalchemy import ColumnElement, ScalarSelect, func, or_, select, update

from knowledge.delivery.models import Action, Status, deliveries, status_is
from knowledge.delivery.pauses import is_held
from knowledge.storage.database import Reading, Writing, clock

TOO_OLD = "too_old"
"""Why a delivery was cancelled: it had waited in a database that nobody had sent from."""

OLD_SECONDS = 24 * 3600.0


async def stop(
    tx: Writing, tenant_id: str, conversations: Collection[str], status: Status, reason: str
) -> int:
    """Nobody can be reached there any more: end what waits for these conversations.

    What is on its way is not tried again.
    """
    there = (deliveries.c.tenant_id == tenant_id) & deliveries.c.conversation_id.in_(conversations)
    ended = await tx.execute(
        update(deliveries)
        .where(deliveries.c.id.in_(_held(there, Status.PENDING)))
        .values(status=status.value, reason=reason)
    )
    on_its_way = update(deliveries).where(deliveries.c.id.in_(_held(there, Status.SENDING)))
    await tx.execute(on_its_way.values(unwanted=True))
    return ended.rowcount


async def move(tx: Writing, target: str, conversation_id: str) -> int:
    """Send what waits for a target to another conversation. Returns how many deliveries."""
    posts = (deliveries.c.target == target) & (deliveries.c.action == Action.POST)
    moved = await tx.execute(
        update(deliveries)
        .where(deliveries.c.id.in_(_held(posts, Status.PENDING)))
        .values(conversation_id=conversation_id)
    )
    return moved.rowcount


async def send_by(tx: Writing, tenant_id: str, conversation_id: str, service_url: str) -> int:
    """Teams has moved a conversation to another address of its own: use the newest."""
    there = (deliveries.c.tenant_id == tenant_id) & (
        deliveries.c.conversation_id == conversation_id
    )
    changed = await tx.execute(
        update(deliveries)
        .where(deliveries.c.id.in_(_held(there, Status.PENDING)))
        .values(service_url=service_url)
    )
    return changed.rowcount


async def wait_anew(tx: Writing, group_key: str) -> None:
    """What a pause has held back has not been late: it is due from now on."""
    late = deliveries.c.due < select(clock()).scalar_subquery()
    group = (deliveries.c.group_key == group_key) & late
    await tx.execute(
        update(deliveries)
        .where(deliveries.c.id.in_(_held(group, Status.PENDING)))
        .values(due=clock())
    )


async def leave_too_old(tx: Writing) -> int:
    """Cancel what should have been sent long ago, if nothing at all has happened since.

    That is a database out of a backup, or one that was left for a day: much of what waits may
    have been sent meanwhile, and the rest is old news. Coordinators see it and may send it again.
    What is paused is spared: it leaves only when somebody says so. To be called before anything is
    claimed. Returns how many were cancelled.
    """
    if not await _lies_idle(tx):
        return 0
    never_started = status_is(Status.PENDING) | (
        status_is(Status.SENDING) & deliveries.c.sending_started_at.is_(None)
    )
    old = _before(deliveries.c.due) & _before(deliveries.c.created_at)
    cancelled = await tx.execute(
        update(deliveries)
        .where(never_started, old, ~is_held(deliveries.c.group_key))
        .values(status=Status.CANCELLED.value, reason=TOO_OLD, lease_owner=None)
    )
    return cancelled.rowcount


async def _lies_idle(tx: Reading | Writing) -> bool:
    """Whether a day has passed since a delivery was written, and since a sender touched one."""
    now = select(clock()).scalar_subquery()
    touched = deliveries.c.due <= now  # senders set it at each claim, each outcome
    latest = select(func.max(deliveries.c.due)).where(touched).scalar_subquery()
    written = select(func.max(deliveries.c.created_at)).scalar_subquery()
    recent = or_(~_before(latest), ~_before(written))
    return not (await tx.execute(select(recent))).scalar_one()


def _before(moment: ColumnElement[float]) -> ColumnElement[bool]:
    return func.coalesce(moment, 0.0) <= select(clock() - OLD_SECONDS).scalar_subquery()


def _held(which: ColumnElement[bool], status: Status) -> ScalarSelect[int]:
    """These deliveries, held in the order in which everybody locks them."""
    rows = select(deliveries.c.id).where(which, status_is(status))
    return rows.order_by(deliveries.c.id).with_for_update().scalar_subquery()
