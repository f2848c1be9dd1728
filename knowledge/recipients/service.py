"""What a recipient decides: position, themes, nothing at all, or once a week."""

from collections.abc import Callable, Collection
from datetime import UTC, datetime
from typing import Any

from knowledge.directory.models import Person, Position
from knowledge.recipients import repository
from knowledge.recipients.models import Choices
from knowledge.storage.database import Database


class RecipientService:
    """Everybody decides for themselves alone. Posts in channels are not touched by any of it.

    Each method returns what is decided when it is done.
    """

    def __init__(
        self, database: Database, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self.database = database
        self.now = now

    async def choices_of(self, person: Person) -> Choices:
        async with self.database.read() as tx:
            return await repository.read_choices(tx, person.id)

    async def take_position(self, person: Person, position: Position) -> Choices:
        """Remember what the person does. It narrows announcements and gives no rights."""
        return await self._set(person, position=position, position_asked=True)

    async def follow(self, person: Person, themes: Collection[str]) -> Choices:
        async with self.database.write() as tx:
            await repository.add_themes(tx, self.database, person, themes)
            return await repository.read_choices(tx, person.id)

    async def unfollow(self, person: Person, themes: Collection[str]) -> Choices:
        async with self.database.write() as tx:
            await repository.remove_themes(tx, person.id, themes)
            return await repository.read_choices(tx, person.id)

    async def follow_only(self, person: Person, themes: Collection[str]) -> Choices:
        """Follow these themes and no others."""
        async with self.database.write() as tx:
            before = await repository.read_choices(tx, person.id)
            await repository.remove_themes(tx, person.id, {*before.themes} - {*themes})
            await repository.add_themes(tx, self.database, person, themes)
            return await repository.read_choices(tx, person.id)

    async def mute(self, person: Person) -> Choices:
        """Send the person no announcements, neither at once nor gathered."""
        return await self._set(person, muted=True)

    async def unmute(self, person: Person) -> Choices:
        return await self._set(person, muted=False)

    async def gather(self, person: Person) -> Choices:
        """Send announcements once a week. The first tells what happens from now on."""
        begun = {} if person.weekly else {"weekly_told_at": self.now()}
        return await self._set(person, weekly=True, muted=False, **begun)

    async def scatter(self, person: Person) -> Choices:
        """Send announcements as they come. What is gathered so far is still told on Monday."""
        return await self._set(person, weekly=False, muted=False)

    async def _set(self, person: Person, **columns: Any) -> Choices:
        async with self.database.write() as tx:
            await repository.set_choices(tx, person.id, **columns)
            return await repository.read_choices(tx, person.id)
