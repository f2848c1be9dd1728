"""Which announcements' progress is shown to their authors, and when it was shown last.

The row is the turn-taking: whichever process changes `looked_at` first shows the news, so that
the card is edited at most so often, however many processes there are.
"""

from dataclasses import dataclass

from sqlalchemy import Boolean, Column, Float, ForeignKey, Integer, Table, Text, select, update

from knowledge.announcements.models import announcements
from knowledge.storage.database import Database, Writing, clock, metadata

progress_cards = Table(
    "progress_cards",
    metadata,
    Column("announcement_id", Integer, ForeignKey("announcements.id"), primary_key=True),
    Column("generation", Integer, nullable=False),  # grows when there is something new to watch
    Column("looked_at", Float, nullable=False),
    Column("shown", Text, nullable=False),  # what the card says, in short; "" before there is one
    Column("done", Boolean, nullable=False),
)


@dataclass(frozen=True)
class Watched:
    """An announcement, with its author, whose progress it is time to show.

    `shown` is what the card says so far.
    """

    announcement_id: int
    author_tenant_id: str
    author_object_id: str
    generation: int
    shown: str


async def watch(tx: Writing, database: Database, announcement_id: int) -> None:
    """Something begins to happen to the announcement's deliveries."""
    row = database.insert(progress_cards).values(
        announcement_id=announcement_id, generation=1, looked_at=clock(), shown="", done=False
    )
    again = {
        "generation": progress_cards.c.generation + 1,
        "looked_at": clock(),
        "done": False,
    }
    await tx.execute(row.on_conflict_do_update(index_elements=["announcement_id"], set_=again))


async def take_due(tx: Writing, every: float) -> list[Watched]:
    """The announcements that were not looked at for so many seconds; now they were."""
    row = progress_cards.c
    long_ago = (row.looked_at <= clock() - every) | (row.looked_at > clock())  # it was put back
    due = update(progress_cards).where(~row.done, long_ago)
    taken = due.values(looked_at=clock()).returning(row.announcement_id, row.generation, row.shown)
    found = {id_: (generation, shown) for id_, generation, shown in await tx.execute(taken)}
    author = (announcements.c.author_tenant_id, announcements.c.author_object_id)
    query = select(announcements.c.id, *author).where(announcements.c.id.in_(found))
    return [Watched(*who, *found[who[0]]) for who in await tx.execute(query)]


async def note(tx: Writing, watched: Watched, shown: str, *, done: bool) -> None:
    """Remember what the card says. What began in the meantime keeps it from being done."""
    same = progress_cards.c.announcement_id == watched.announcement_id
    await tx.execute(update(progress_cards).where(same).values(shown=shown))
    if done:
        unchanged = progress_cards.c.generation == watched.generation
        await tx.execute(update(progress_cards).where(same, unchanged).values(done=True))
