"""Cards in coordinators' chats that tell how an announcement stands: they go on telling the truth.

A card lies in its chat for as long as the chat does, and says "is scheduled" also when it has left.
So the latest of them are remembered with what they say, and edited when that is not so any more.
Each is kept in the outbox as what has been sent there, and is corrected as posts are.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy import (
    Column,
    ColumnElement,
    Float,
    Index,
    Integer,
    Table,
    Text,
    case,
    cast,
    delete,
    func,
    literal,
    select,
    update,
)

from knowledge.announcements import access
from knowledge.announcements.about import read_about
from knowledge.announcements.models import LEFT, Announcement, announcements
from knowledge.announcements.progress import progress_cards
from knowledge.announcements.refusals import NotFound
from knowledge.delivery import changes, outbox
from knowledge.delivery.messenger import Address, Message
from knowledge.delivery.models import Target
from knowledge.directory.service import DirectoryService
from knowledge.errors import DatabaseBusy
from knowledge.follow_up.service import FollowUpService
from knowledge.follow_up.wording import Wording
from knowledge.storage.database import Database, Reading, Writing, clock, metadata
from knowledge.trainings.models import Training, trainings

EVERY = 5.0
"""How often, in seconds, cards are compared with what they are about."""

MOST = 5
"""So many cards of an announcement are kept for each who was shown it: the latest."""

_AT_REST, _ABOUT = ".", "+"
"""What stands after the version where nothing moves, and before that of the training."""

shown_cards = Table(
    "shown_cards",
    metadata,
    Column("group_key", Text, primary_key=True),  # of the outbox, where the card is kept
    Column("announcement_id", Integer, nullable=False),
    Column("tenant_id", Text, nullable=False),
    Column("object_id", Text, nullable=False),
    Column("says", Text, nullable=False),
    Column("shown_at", Float, nullable=False),
    Index("shown_cards_by_announcement", "announcement_id"),
)


@dataclass(frozen=True)
class Card:
    """A card that has been shown to this person, and what it says."""

    group_key: str
    announcement_id: int
    tenant_id: str
    object_id: str
    says: str


def told_by(
    announcement: Announcement, *, at_rest: bool = True, training: Training | None = None
) -> str:
    """What a card says of it, in short. `at_rest`: nothing of it moves.

    Before it leaves the card shows its training too, as it then was.
    """
    changed = training.version if training and not announcement.has_left else 0
    about = f"{_ABOUT}{changed}" if changed else ""
    return f"{announcement.status}:{announcement.version}{about}{_AT_REST if at_rest else ''}"


async def note(
    database: Database,
    announcement_id: int,
    says: str,
    *,
    object_id: str,
    where: Address,
    activity_id: str,
) -> None:
    """A card that says this has been shown there; what was there before is gone."""
    key = _key(where, activity_id)
    async with database.write() as tx:
        target = Target(key, "", where, True)
        await outbox.cancel(tx, key)
        await outbox.remember_sent(tx, database, group_key=key, target=target, id=activity_id)
        values = {"announcement_id": announcement_id, "object_id": object_id, "says": says}
        row = database.insert(shown_cards).values(
            group_key=key, tenant_id=where.tenant_id, shown_at=clock(), **values
        )
        values["shown_at"] = row.excluded.shown_at
        await tx.execute(row.on_conflict_do_update(index_elements=["group_key"], set_=values))
        await _forget_oldest(tx, announcement_id, where.tenant_id, object_id)


async def forget(database: Database, where: Address, activity_id: str) -> None:
    """Something else is there now, such as a form that somebody is writing in."""
    async with database.write() as tx:
        await _forget(tx, _key(where, activity_id))


class ShownCards:
    """Edits the cards. Of several processes, one sees to each. `wake` tells the sender."""

    def __init__(
        self,
        database: Database,
        follow_up: FollowUpService,
        directory: DirectoryService,
        wording: Wording,
        wake: Callable[[], None],
    ) -> None:
        self.database = database
        self.follow_up = follow_up
        self.directory = directory
        self.wording = wording
        self._wake = wake

    async def refresh_due(self) -> None:
        """Let every card tell the present that tells the past."""
        async with self.database.read() as tx:
            due = await _list_outdated(tx)
        for card in due:
            with suppress(DatabaseBusy):  # the next time makes up for it; others go on
                await self._refresh(card)
        if due:
            self._wake()

    async def _refresh(self, card: Card) -> None:
        try:
            message, says = await self._present(card)
        except NotFound:  # deleted, or it is none of this person's business any more
            async with self.database.write() as tx:
                await _forget(tx, card.group_key)
            return
        async with self.database.write() as tx:
            same = shown_cards.c.group_key == card.group_key, shown_cards.c.says == card.says
            if (await tx.execute(update(shown_cards).where(*same).values(says=says))).rowcount:
                await changes.correct(tx, self.database, card.group_key, message)

    async def _present(self, card: Card) -> tuple[Message, str]:
        """What the card should say, and the same in short. Raises NotFound."""
        person = await self.directory.find_person(card.tenant_id, card.object_id)
        if person is None:
            raise NotFound(card.announcement_id)
        async with self.database.read() as tx:
            known = await access.get(tx, person, card.announcement_id)
            attached = (await read_about(tx, known.draft)).attached
        if not known.has_left:
            return self.wording.present(known), told_by(known, training=attached)
        followed = await self.follow_up.follow(person, known.id)
        at_rest = followed.report.at_rest
        return self.wording.progress(followed), told_by(followed.announcement, at_rest=at_rest)


def _key(where: Address, activity_id: str) -> str:
    return f"card:{where.tenant_id}:{where.conversation_id}:{activity_id}"


async def _list_outdated(tx: Reading) -> list[Card]:
    """The cards that say something else than what is so.

    One that says that nothing moves is right before the progress has been looked at.
    """
    row, about, moves = shown_cards.c, announcements.c, progress_cards.c
    state = about.status.concat(":").concat(cast(about.version, Text)).concat(_training_shown())
    now = state.concat(case((func.coalesce(moves.done, True), _AT_REST), else_=""))
    query = (
        select(*(row[name] for name in Card.__dataclass_fields__))
        .join(announcements, about.id == row.announcement_id)
        .outerjoin(trainings, trainings.c.id == about.training_id)
        .outerjoin(progress_cards, moves.announcement_id == row.announcement_id)
        .where(row.says != now, row.says != state.concat(_AT_REST))
        .order_by(row.shown_at)
    )
    return [Card(*found) for found in await tx.execute(query)]


def _training_shown() -> ColumnElement[str]:
    """What `told_by` says of the training that is attached to what has not left."""
    waits = announcements.c.status.not_in([status.value for status in LEFT])
    version = literal(_ABOUT).concat(cast(trainings.c.version, Text))
    return case((waits & (trainings.c.version > 0), version), else_="")


async def _forget(tx: Writing, key: str) -> None:
    forgotten = await tx.execute(delete(shown_cards).where(shown_cards.c.group_key == key))
    if forgotten.rowcount:
        await outbox.cancel(tx, key)


async def _forget_oldest(tx: Writing, announcement_id: int, tenant_id: str, object_id: str) -> None:
    row = shown_cards.c
    theirs = (
        (row.announcement_id == announcement_id)
        & (row.tenant_id == tenant_id)
        & (row.object_id == object_id)
    )
    latest = select(row.group_key).where(theirs).order_by(row.shown_at.desc()).limit(MOST)
    await tx.execute(delete(shown_cards).where(theirs, row.group_key.not_in(latest)))
