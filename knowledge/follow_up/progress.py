"""The card in the author's chat that shows how it goes, and is edited until nothing moves."""

from collections.abc import Callable

from knowledge.announcements import progress
from knowledge.announcements.progress import Watched
from knowledge.delivery import changes, outbox
from knowledge.delivery.messenger import Message
from knowledge.directory.models import Person
from knowledge.storage.database import Database


class ShownProgress:
    """One card for each announcement. `wake` tells the sender that there is work."""

    def __init__(self, database: Database, wake: Callable[[], None]) -> None:
        self.database = database
        self._wake = wake

    async def take_due(self, every: float) -> list[Watched]:
        """The announcements not looked at for so many seconds. No other process gets them now."""
        async with self.database.write() as tx:
            return await progress.take_due(tx, every)

    async def show(
        self, watched: Watched, author: Person, message: Message, shown: str, *, done: bool
    ) -> None:
        """Bring the card to the author the first time, and edit it from then on."""
        key = f"progress:{watched.announcement_id}"
        async with self.database.write() as tx:
            if watched.shown:
                await changes.correct(tx, self.database, f"notice:{key}", message)
            else:
                await outbox.enqueue_notice(tx, self.database, author, message, key)
            await progress.note(tx, watched, shown, done=done)
        self._wake()

    async def skip(self, watched: Watched, *, done: bool) -> None:
        """There is nothing new to show."""
        async with self.database.write() as tx:
            await progress.note(tx, watched, watched.shown, done=done)
