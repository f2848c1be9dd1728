"""The code of a meeting: as a picture in a card, as a page for a screen, and where it leads."""

from datetime import datetime, timedelta
from html import escape
from io import BytesIO
from urllib.parse import quote

from aiohttp import web

from bot.settings import Settings
from bot.web.pages import message_page
from bot.web.signed_links import PATTERN, SignedLinks
from dialogs.conversation.texts import text
from dialogs.trainings.attendance.cards import meeting_line
from knowledge.directory.models import Person
from knowledge.directory.service import DirectoryService
from knowledge.errors import KnowledgeError
from knowledge.trainings.attendance.models import CODE_LENGTH
from knowledge.trainings.attendance.service import AttendanceService
from knowledge.trainings.models import Training

_PURPOSE = "check-in"
_CODE = f"{{code:[0-9]{{{CODE_LENGTH}}}}}"
_CHAT = "https://teams.microsoft.com/l/chat/0/0?users=28:{bot}&message={message}"


class CheckInPages:
    """The page for a screen is behind a link of the coordinator's, which opens only while that
    person holds the training. The page that the code leads to tells nobody anything: it is the
    code itself, and counts when it is written in the reader's own chat.
    """

    def __init__(
        self,
        signed: SignedLinks,
        settings: Settings,
        attendance: AttendanceService,
        directory: DirectoryService,
    ) -> None:
        self.signed = signed
        self.settings = settings
        self.attendance = attendance
        self.directory = directory

    async def links(self, person: Person, training: Training, meeting: int) -> tuple[str, str]:
        """Where the person finds the picture, and the page."""
        about = {"training": training.id, "meeting": meeting, "person": person.id}
        ends: datetime = training.each_meeting[meeting].ends_at + timedelta(days=1)
        token = await self.signed.make(_PURPOSE, about, ends - self.attendance.now())
        base = f"{self.settings.base_url}/incheckning/{token}"
        return f"{base}/kod.png", f"{base}/skarm"

    def routes(self) -> list[web.RouteDef]:
        token = f"{{token:{PATTERN}}}"
        return [
            web.get(f"/incheckning/{token}/kod.png", self._picture),
            web.get(f"/incheckning/{token}/skarm", self._screen),
            web.get(f"/incheckning/{_CODE}", self._lead),
        ]

    async def _picture(self, request: web.Request) -> web.Response:
        _, _, code = await self._shown(request)
        headers = {"Referrer-Policy": "no-referrer", "Cache-Control": "no-store"}
        return web.Response(body=self._drawn(code), content_type="image/png", headers=headers)

    async def _screen(self, request: web.Request) -> web.Response:
        import base64

        training, meeting, code = await self._shown(request)
        picture = base64.b64encode(self._drawn(code)).decode()
        body = text(
            "pages.check_in_screen",
            picture=f"data:image/png;base64,{picture}",
            code=code,
            when=escape(meeting_line(training, meeting)),
        )
        heading = text("pages.check_in_screen_heading", title=escape(training.title))
        return message_page(self.settings, heading, body, 200)

    async def _lead(self, request: web.Request) -> web.Response:
        code = request.match_info["code"]
        body = text("pages.check_in", code=code)
        if self.settings.app_id:
            said = quote(text("pages.check_in_message", code=code))
            chat = _CHAT.format(bot=quote(self.settings.app_id), message=said)
            body += text("pages.check_in_chat", url=escape(chat))
        return message_page(self.settings, text("pages.check_in_heading"), body, 200)

    async def _shown(self, request: web.Request) -> tuple[Training, int, str]:
        about = await self.signed.read(_PURPOSE, request.match_info["token"]) or {}
        ids = [about.get(name) for name in ("training", "meeting", "person")]
        training_id, meeting, person_id = (one if isinstance(one, int) else -1 for one in ids)
        person = await self.directory.person(person_id) if person_id > 0 else None
        if person is None:
            raise web.HTTPNotFound
        try:
            return await self.attendance.code(person, training_id, meeting)
        except KnowledgeError:
            raise web.HTTPNotFound from None

    def _drawn(self, code: str) -> bytes:
        """A QR code with a quiet zone and pixels that a projector shows."""
        import segno  # for a picture that is asked for on the day of a training

        file = BytesIO()
        made = segno.make(f"{self.settings.base_url}/incheckning/{code}", error="m", micro=False)
        made.save(file, kind="png", scale=12, border=4)
        return file.getvalue()
