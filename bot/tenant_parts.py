"""The organisations that are let in, as they are at this moment in this process."""

from collections.abc import Iterator

from bot.background import Chore
from bot.settings import Settings
from knowledge.directory.places import load_places
from knowledge.storage.database import Database
from knowledge.tenants import following
from knowledge.tenants.following import TenantList
from knowledge.tenants.refused import Refusals


class TenantParts:
    """`let_in` maps a tenant to its place: one dictionary for all who ask, changed in its place.

    In the demo everybody is let in, and nothing is followed.
    """

    def __init__(self, settings: Settings, database: Database) -> None:
        self._demo = settings.demo
        self.let_in = dict(settings.tenants)
        self.refused = Refusals(database)
        self._list = TenantList(database, load_places(), settings.tenants, self.let_in)

    async def follow(self) -> None:
        """At the start, before anybody is let in."""
        if not self._demo:
            await self._list.follow()

    def chores(self) -> Iterator[Chore]:
        if not self._demo:
            yield Chore("tenants", following.EVERY, self._list.look)
            refused = self.refused.write_down
            yield Chore("refused tenants", following.EVERY, refused, listening=True)
