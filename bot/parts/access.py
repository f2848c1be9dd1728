"""Who is let in, where they belong, and who has done what."""

from collections.abc import Iterator

from bot.background import Chore
from bot.settings import Settings
from bot.teams.auth import Gate, HostAllowList, gate_of
from bot.teams.signing_keys import KeyCache
from dialogs.conversation.dialog import Dialog
from dialogs.logbook.read_log import ReadLog
from knowledge.directory.service import DirectoryService
from knowledge.logbook.service import LogbookService
from knowledge.storage.database import Database
from knowledge.tenants import following
from knowledge.tenants.following import TenantList
from knowledge.tenants.refused import Refusals


class AccessParts:
    """`let_in` maps a tenant to its place: one dictionary for all who ask, changed in its place.

    In the demo everybody is let in, may work anywhere, and nothing is followed.
    """

    def __init__(self, settings: Settings, database: Database) -> None:
        self.settings = settings
        self.database = database
        self.let_in = dict(settings.tenants)
        self.directory = DirectoryService(database, self.let_in, anywhere=settings.demo)
        self.refused = Refusals(database)
        places = self.directory.places
        self._list = TenantList(database, places, settings.tenants, self.let_in)

    async def follow(self) -> None:
        """At the start, before anybody is let in."""
        if not self.settings.demo:
            await self._list.follow()

    def gate(self, keys: KeyCache, hosts: HostAllowList) -> Gate:
        return gate_of(self.settings, keys, hosts, self.let_in)

    def dialogs(self) -> Iterator[Dialog]:
        yield ReadLog(LogbookService(self.database), self.directory.places)

    def chores(self) -> Iterator[Chore]:
        if not self.settings.demo:
            yield Chore("tenants", following.EVERY, self._list.look)
            refused = self.refused.write_down
            yield Chore("refused tenants", following.EVERY, refused, listening=True)
