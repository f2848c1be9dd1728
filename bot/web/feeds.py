"""Published trainings for other programs: a calendar, news and open data, and how to get them.

Everybody may read them, so they hold nothing about persons and no way into a meeting. Whoever asks
again is told that nothing has changed, and what is asked for often is made once a minute.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from html import escape

from aiohttp import hdrs, web

from bot.settings import Settings
from bot.web.pages import message_page
from dialogs.conversation.texts import text
from dialogs.trainings.exchange import told
from dialogs.trainings.exchange.told import Told
from knowledge.directory.models import NATIONAL
from knowledge.directory.places import Places
from knowledge.trainings.exchange.service import ExchangeService

PAGE = "/utbildningar"
ALL = "alla"
KEPT = timedelta(seconds=60)

FORMS = {
    "ics": ("text/calendar", told.calendar),
    "json": ("application/feed+json", told.json_feed),
    "rss": ("application/rss+xml", told.rss),
}
KINDS = {"calendar": "ics", "news": "rss", "json": "json"}

_CACHED = "public, max-age=900"


@dataclass(frozen=True)
class _Made:
    """A feed as it was made: its bytes, their mark, and when something in it was last changed."""

    body: bytes
    tag: str
    changed_at: datetime
    made_at: datetime


class TrainingFeeds:
    """Makes the feeds, and answers for them."""

    def __init__(
        self,
        exchange: ExchangeService,
        places: Places,
        settings: Settings,
        now: Callable[[], datetime],
    ) -> None:
        self.exchange = exchange
        self.places = places
        self.settings = settings
        self.now = now
        self._made: dict[tuple[str, str], _Made] = {}

    def routes(self) -> list[web.RouteDef]:
        forms = "|".join(FORMS)
        return [
            web.get(PAGE, self._page),
            web.get(f"{PAGE}/{{of:[a-z0-9]{{2,10}}}}.{{form:{forms}}}", self._feed),
        ]

    @property
    def page(self) -> str:
        return f"{self.settings.base_url}{PAGE}"

    def addresses(self, county: str) -> dict[str, str]:
        """Where each form of a county's feed is; of all with ""."""
        return {kind: f"{self.page}/{county or ALL}.{form}" for kind, form in KINDS.items()}

    async def _feed(self, request: web.Request) -> web.Response:
        of, form = request.match_info["of"], request.match_info["form"]
        if of != ALL and not self.places.is_coordinated(of):
            raise web.HTTPNotFound
        made = await self._of("" if of == ALL else of, form)
        content_type, _ = FORMS[form]
        headers = {
            hdrs.CACHE_CONTROL: _CACHED,
            hdrs.ETAG: f'"{made.tag}"',
            hdrs.LAST_MODIFIED: format_datetime(made.changed_at, usegmt=True),
            hdrs.ACCESS_CONTROL_ALLOW_ORIGIN: "*",
        }
        if _has_it(request, made):
            return web.Response(status=304, headers=headers)
        return web.Response(
            body=made.body, content_type=content_type, charset="utf-8", headers=headers
        )

    async def _of(self, county: str, form: str) -> _Made:
        now, kept = self.now(), self._made.get((county, form))
        if kept and timedelta() <= now - kept.made_at < KEPT:
            return kept
        found = await self.exchange.public(county)
        _, make = FORMS[form]
        body = make(self._told(county, form), found)
        latest = max((at for _, at in found), default=datetime(2026, 1, 1, tzinfo=UTC))
        tag = hashlib.sha256(body).hexdigest()[:32]
        made = _Made(body, tag, latest.astimezone(UTC).replace(microsecond=0), now)
        self._made[county, form] = made
        return made

    def _told(self, county: str, form: str) -> Told:
        name = self.places.name_of(county) if county not in ("", NATIONAL) else ""
        title = text("trainings_feeds.of_county", name=name) if name else ""
        if not title:
            key = "of_nation" if county else "of_all"
            title = text(f"trainings_feeds.{key}")
        return Told(
            title=title,
            page=self.page,
            url=f"{self.page}/{county or ALL}.{form}",
            boards=self._board,
        )

    def _board(self, code: str) -> str:
        return self.places.board_of(code) if self.places.is_coordinated(code) else ""

    async def _page(self, _request: web.Request) -> web.Response:
        counties = {code: one.name for code, one in self.places.counties.items()}
        named = {ALL: text("trainings_feeds.all"), **counties}
        rows = "\n".join(
            text(
                "trainings_feeds.row",
                name=escape(name),
                **{form: f"{PAGE}/{code}.{form}" for form in FORMS},
            )
            for code, name in named.items()
        )
        body = text("trainings_feeds.page", rows=rows, example=escape(f"{self.page}/07.ics"))
        response = message_page(self.settings, text("trainings_feeds.heading"), body, 200)
        response.headers[hdrs.CACHE_CONTROL] = "max-age=300"
        return response


def _has_it(request: web.Request, made: _Made) -> bool:
    """Whether who asks has this already. A mark is surer than a date, and is believed alone."""
    marks = request.headers.get(hdrs.IF_NONE_MATCH)
    if marks is not None:
        said = {one.strip().removeprefix("W/") for one in marks.split(",")}
        return bool(said & {f'"{made.tag}"', "*"})
    since = request.headers.get(hdrs.IF_MODIFIED_SINCE, "")
    try:
        at = parsedate_to_datetime(since)
        return at.tzinfo is not None and made.changed_at <= at
    except ValueError:
        return False
