"""What is kept about people and how long: shown to them, erased for them, and purged by itself."""

from collections.abc import Callable, Iterator
from datetime import datetime

import structlog
from aiohttp import web

from bot.background import Chore
from bot.settings import Settings
from bot.web.files.own_data import OwnDataFiles
from bot.web.signed_links import SignedLinks
from dialogs.conversation.dialog import Dialog
from dialogs.own_data.mine import MyData
from knowledge.directory.service import DirectoryService
from knowledge.retention import purge
from knowledge.retention.clock_ahead import ClockAhead
from knowledge.retention.erase import ErasureService
from knowledge.retention.purge import RetentionService

log = structlog.get_logger()


class OwnDataParts:
    """Its services, its dialog, its file and its chore."""

    def __init__(
        self, settings: Settings, directory: DirectoryService, now: Callable[[], datetime]
    ) -> None:
        database = directory.database
        self.directory = directory
        self.periods = settings.periods
        self.retention = RetentionService(database, self.periods, now)
        self.erasure = ErasureService(database, now)
        self.clock = ClockAhead()
        self.files = OwnDataFiles(SignedLinks(database, now), settings.base_url, directory)

    def chores(self) -> Iterator[Chore]:
        yield Chore("retention", purge.EVERY, self.purge, first_after=purge.FIRST_AFTER)

    async def purge(self) -> None:
        """What an hour brings, unless the clock tells of days that nobody has lived through."""
        if self.clock.was_put_ahead():
            log.error("purging_waits_for_the_clock")
            return
        await self.retention.purge()

    def dialogs(self) -> Iterator[Dialog]:
        files, places = self.files, self.directory.places
        page = f"{files.base_url}/integritet"
        yield MyData(files.read, files.link, self.erasure, self.periods, places, page)

    def routes(self) -> list[web.RouteDef]:
        return self.files.routes()
