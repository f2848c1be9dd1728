"""The personal calendar file behind the link on a confirmation."""

from datetime import UTC, datetime

from aiohttp import web

from knowledge.trainings.calendar import calendar_file
from knowledge.trainings.service import TrainingService


def calendar_url(base_url: str, token: str) -> str:
    """The address of a sign-up's calendar file. The token is the key: it cannot be guessed."""
    return f"{base_url}/kalender/{token}.ics"


def calendar_routes(trainings: TrainingService) -> list[web.RouteDef]:
    async def download(request: web.Request) -> web.Response:
        signup = await trainings.signup_by_token(request.match_info["token"])
        if signup is None:
            raise web.HTTPNotFound
        return web.Response(
            body=calendar_file(signup, datetime.now(UTC)),
            content_type="text/calendar",
            charset="utf-8",
            headers={
                "Content-Disposition": 'attachment; filename="utbildning.ics"',
                "Cache-Control": "no-store",
            },
        )

    return [web.get("/kalender/{token:[A-Za-z0-9_-]{10,80}}.ics", download)]
