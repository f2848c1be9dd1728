"""The page where a coordinator uploads a list, sees what it would do, and takes it in.

The address is the key: it names the coordinator, is signed, and opens for a quarter of an hour.
Nobody else can make it, so no other page can send a form here. Nothing is kept between the two
steps: the file comes again with the second, and what it would do must be what was shown.
"""

import asyncio
import base64
import binascii
import hashlib
from dataclasses import dataclass
from datetime import timedelta
from html import escape

from aiohttp import BodyPartReader, hdrs, web

from bot.settings import Settings
from bot.web.pages import message_page
from bot.web.read_sheet import MOST_BYTES, read_sheet
from bot.web.signed_links import PATTERN, SignedLinks
from dialogs.conversation.texts import text
from dialogs.trainings.exchange import outcome
from dialogs.trainings.exchange.judge import Judge
from dialogs.trainings.exchange.judged import Judged
from dialogs.trainings.exchange.lines import Unreadable
from dialogs.trainings.planning.offered import Offers
from knowledge.directory.models import Person
from knowledge.directory.service import DirectoryService
from knowledge.trainings.exchange.models import ListOutdated
from knowledge.trainings.exchange.service import ExchangeService
from knowledge.trainings.planning.refusals import NotACoordinator

MINUTES = 15
_PURPOSE = "import"
_MOST_FIELD = 200
_AT_ONCE = 2
"""So many files are read at the same time in a process."""

_POLICY = (
    "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)


@dataclass(frozen=True)
class _Sent:
    """What the form says: a file, what new trainings become, and what was shown of it before."""

    file: bytes = b""
    publish: bool = False
    shown: str = ""


class ImportPage:
    """Makes the link, and answers both steps."""

    def __init__(
        self,
        signed: SignedLinks,
        settings: Settings,
        exchange: ExchangeService,
        directory: DirectoryService,
        offers: Offers,
    ) -> None:
        self.signed = signed
        self.settings = settings
        self.exchange = exchange
        self.directory = directory
        self.offers = offers
        self._reading = asyncio.Semaphore(_AT_ONCE)

    async def link(self, person: Person) -> tuple[str, int]:
        """Where the person can upload a list, and for how many minutes."""
        about = {"person": person.id}
        token = await self.signed.make(_PURPOSE, about, timedelta(minutes=MINUTES))
        return f"{self.settings.base_url}/utbildning/{token}/import", MINUTES

    def routes(self) -> list[web.RouteDef]:
        path = f"/utbildning/{{token:{PATTERN}}}/import"
        return [web.get(path, self._empty), web.post(path, self._sent)]

    async def _empty(self, request: web.Request) -> web.Response:
        person = await self._person(request)
        return self._form() if person else self._gone()

    async def _sent(self, request: web.Request) -> web.Response:
        """The file: what it would do; or, when that has been shown, do it."""
        person = await self._person(request)
        if person is None:
            return self._gone()
        if not self._is_ours(request):
            return self._form(text("trainings_exchange.page.foreign"), status=403)
        try:
            sent = await _read(request)
            if not sent.file:
                return self._form(text("trainings_exchange.page.no_file"), status=400)
            async with self._reading:
                judged = await self._judge(person, sent.file)
            if sent.shown and judged.is_good and sent.shown == _mark(judged, sent):
                return await self._take_in(person, judged, sent)
        except Unreadable as fault:
            return self._form(text(f"trainings_exchange.unread_{fault.why}"), status=400)
        except NotACoordinator:
            return self._gone()
        return self._shown(judged, sent)

    async def _person(self, request: web.Request) -> Person | None:
        """Who the link is for, while that person still coordinates."""
        about = await self.signed.read(_PURPOSE, request.match_info["token"]) or {}
        person_id = about.get("person")
        if not isinstance(person_id, int):
            return None
        person = await self.directory.person(person_id)
        return person if person and person.is_coordinator else None

    def _is_ours(self, request: web.Request) -> bool:
        """Whether the form was on our page. Browsers say so; what is no browser has the link."""
        site = request.headers.get("Sec-Fetch-Site", "same-origin")
        return site in ("same-origin", "none")

    async def _judge(self, person: Person, file: bytes) -> Judged:
        kept = await self.exchange.kept(person)
        offered, now = self.offers.to(person), self.exchange.now()
        # Beside the event loop: a large file takes a second.
        lines = await asyncio.to_thread(read_sheet, file)
        return await asyncio.to_thread(Judge(offered, kept, now).judge, lines)

    async def _take_in(self, person: Person, judged: Judged, sent: _Sent) -> web.Response:
        try:
            came = await self.exchange.take_in(person, judged.entries, publish=sent.publish)
        except ListOutdated:
            judged = await self._judge(person, sent.file)
            return self._shown(judged, sent, text("trainings_exchange.outdated"))
        said = outcome.done(came, published=sent.publish)
        body = f"<p>{escape(said)}</p><p>{text('trainings_exchange.page.done')}</p>"
        return self._page(text("trainings_exchange.page.done_heading"), body)

    def _shown(self, judged: Judged, sent: _Sent, note: str = "") -> web.Response:
        """What would come of the list, with a button where it can be taken in."""
        if not note and sent.shown and judged.is_good:
            note = text("trainings_exchange.outdated")
        said = [note or outcome.headline(judged), outcome.unused(judged)]
        if judged.is_good:
            said.append(outcome.counts(judged))
        body = "".join(f"<p>{escape(one)}</p>" for one in said if one)
        if judged.is_good and judged.changes_something:
            body += _confirm(judged, sent)
        heading = "rows" if judged.is_good else "faults"
        lines = outcome.rows(judged) if judged.is_good else outcome.faults(judged)
        body += f"<h2>{text(f'trainings_exchange.page.{heading}')}</h2>"
        body += "<ul>" + "".join(f"<li>{escape(line)}</li>" for line in lines) + "</ul>"
        body += f"<h2>{text('trainings_exchange.page.again')}</h2>{_upload()}"
        return self._page(text("trainings_exchange.page.heading"), body)

    def _form(self, fault: str = "", status: int = 200) -> web.Response:
        said = f'<p role="alert">{escape(fault)}</p>' if fault else ""
        about = f"<p>{text('trainings_exchange.page.about')}</p>"
        body = f"{said}{about}{_upload()}"
        return self._page(text("trainings_exchange.page.heading"), body, status)

    def _gone(self) -> web.Response:
        heading = text("trainings_exchange.page.gone_heading")
        return message_page(self.settings, heading, text("trainings_exchange.page.gone"), 404)

    def _page(self, heading: str, body: str, status: int = 200) -> web.Response:
        response = message_page(self.settings, heading, body, status)
        response.headers["Content-Security-Policy"] = _POLICY
        return response


async def _read(request: web.Request) -> _Sent:
    """The fields, each only as long as it may be. Raises Unreadable."""
    if (
        not request.content_type == "multipart/form-data"
        or hdrs.CONTENT_ENCODING in request.headers
    ):
        raise Unreadable("other")
    fields: dict[str, bytes] = {}
    most = {"file": MOST_BYTES, "again": MOST_BYTES * 4 // 3 + 4}
    try:
        async for part in await request.multipart():
            if not isinstance(part, BodyPartReader) or len(fields) > len(most) + 4:
                raise Unreadable("other")
            name = str(part.name)
            fields[name] = await _limited(part, most.get(name, _MOST_FIELD))
        again = base64.b64decode(fields.get("again", b""), validate=True)
    except (ValueError, AssertionError, binascii.Error, web.HTTPException) as fault:
        raise Unreadable("other") from fault
    publish = fields.get("new") == b"publish"
    return _Sent(
        fields.get("file") or again, publish, fields.get("shown", b"").decode("ascii", "replace")
    )


async def _limited(part: BodyPartReader, most: int) -> bytes:
    content = bytearray()
    while piece := await part.read_chunk():
        content += piece
        if len(content) > most:
            raise Unreadable("large")
    return bytes(content)


def _mark(judged: Judged, sent: _Sent) -> str:
    """Stands for what would be done, so that nothing else is done than what was shown."""
    said = "\n".join([*outcome.rows(judged), str(sent.publish)]).encode()
    return hashlib.sha256(said + sent.file).hexdigest()


def _upload() -> str:
    choices = "".join(
        f'<p><label><input type="radio" name="new" value="{value}"{checked}> '
        f"{text(f'trainings_exchange.page.{key}')}</label></p>"
        for value, key, checked in (
            ("draft", "as_draft", " checked"),
            ("publish", "as_published", ""),
        )
    )
    return (
        '<form method="post" enctype="multipart/form-data">'
        f'<p><label for="file">{text("trainings_exchange.page.file")}</label><br>'
        '<input type="file" id="file" name="file" required accept=".xlsx,.csv,.txt"></p>'
        f"<fieldset><legend>{text('trainings_exchange.page.what')}</legend>{choices}</fieldset>"
        f'<p><button type="submit">{text("trainings_exchange.page.check")}</button></p></form>'
    )


def _confirm(judged: Judged, sent: _Sent) -> str:
    kept = {
        "again": base64.b64encode(sent.file).decode(),
        "new": "publish" if sent.publish else "draft",
        "shown": _mark(judged, sent),
    }
    hidden = "".join(
        f'<input type="hidden" name="{name}" value="{value}">' for name, value in kept.items()
    )
    key = "as_published" if sent.publish else "as_draft"
    return (
        f'<form method="post" enctype="multipart/form-data">{hidden}'
        f"<p>{text(f'trainings_exchange.page.{key}')}.</p>"
        f'<p><button type="submit">{text("trainings_exchange.page.apply")}</button></p></form>'
    )
