"""The personal calendar file behind a confirmation's link, and what the link says without one."""

from datetime import UTC, datetime
from html import escape

from aiohttp import web

from bot.settings import Settings
from bot.web.pages import message_page
from dialogs.conversation.texts import text
from knowledge.directory.places import Places
from knowledge.trainings.calendar import Organizer, calendar_file
from knowledge.trainings.models import Signup, SignupStatus
from knowledge.trainings.service import TrainingService

_PATH = "/kalender/{token:[A-Za-z0-9_-]{10,80}}"


def calendar_url(base_url: str, token: str) -> str:
    """The address of a sign-up's calendar file. The token is the key: it cannot be guessed."""
    return f"{base_url}/kalender/{token}.ics"


def removal_url(base_url: str, token: str) -> str:
    """The address of the file that takes the sign-up's entry out of a calendar."""
    return f"{base_url}/kalender/{token}/avbokad.ics"


class CalendarFiles:
    """Answers the links, for as long as a card with one may lie in a chat."""

    def __init__(self, trainings: TrainingService, places: Places, settings: Settings) -> None:
        self.trainings = trainings
        self.places = places
        self.settings = settings

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get(f"{_PATH}.ics", self.download),
            web.get(f"{_PATH}/avbokad.ics", self.download_removal),
            web.get(r"/kalender/{rest:[\s\S]*}", self.unknown),
        ]

    async def download(self, request: web.Request) -> web.Response:
        signup = await self.trainings.signup_by_token(request.match_info["token"])
        if signup is None:
            return self._unknown()
        if signup.status is SignupStatus.CONFIRMED:
            return self._file(signup)
        return self._without_place(signup, request.match_info["token"])

    async def download_removal(self, request: web.Request) -> web.Response:
        """What takes the entry out of a calendar, for who has no place any more."""
        signup = await self.trainings.signup_by_token(request.match_info["token"])
        return self._unknown() if signup is None else self._file(signup)

    async def unknown(self, _request: web.Request) -> web.Response:
        return self._unknown()

    def _file(self, signup: Signup) -> web.Response:
        organizer = self._organizer(signup.training.county)
        return web.Response(
            body=calendar_file(signup, organizer, datetime.now(UTC)),
            content_type="text/calendar",
            charset="utf-8",
            headers={
                "Content-Disposition": 'attachment; filename="utbildning.ics"',
                "Cache-Control": "no-store",
            },
        )

    def _without_place(self, signup: Signup, token: str) -> web.Response:
        """410: there was a file here, and it is gone."""
        kind = "waiting" if signup.status is SignupStatus.WAITING else "withdrawn"
        heading = text(f"pages.calendar_heading_{kind}")
        title, removal = escape(signup.training.title), f"/kalender/{token}/avbokad.ics"
        body = text(f"pages.calendar_{kind}", title=title, removal=removal)
        return message_page(self.settings, heading, body, 410)

    def _unknown(self) -> web.Response:
        heading, body = text("pages.calendar_unknown_heading"), text("pages.calendar_unknown")
        return message_page(self.settings, heading, body, 404)

    def _organizer(self, county: str) -> Organizer | None:
        """The county board; what is the whole nation's has no address of its own."""
        board = self.places.counties.get(county)
        return Organizer(board.board, board.email) if board else None
