"""The bot's own web pages: what it is, what it keeps, its terms and where to get help.

Teams links to them from the app's description. Everybody may read them, nobody signs in.
"""

from collections.abc import Awaitable, Callable
from html import escape
from importlib.resources import files
from string import Template

from aiohttp import web

from bot.settings import Settings
from dialogs.conversation.texts import text
from dialogs.own_data.periods import told

PAGES = {
    "/": ("pages.home_name", "pages.home_heading", "pages.home"),
    "/integritet": ("pages.privacy_name", "pages.privacy_heading", "pages.privacy"),
    "/villkor": ("pages.terms_name", "pages.terms_heading", "pages.terms"),
    "/support": ("pages.support_name", "pages.support_heading", "pages.support"),
}
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "max-age=300",
}

_COLUMNS = ("what", "how_long", "why")

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def page_routes(settings: Settings) -> list[web.RouteDef]:
    """One route for each page, and one for their style. The pages are written once, here."""
    routes = [web.get(path, _answer(_page(path, settings), "text/html")) for path in PAGES]
    return [*routes, web.get("/page.css", _answer(_file("page.css"), "text/css"))]


def _answer(content: str, content_type: str) -> Handler:
    async def handler(_request: web.Request) -> web.StreamResponse:
        return web.Response(
            text=content, content_type=content_type, charset="utf-8", headers=HEADERS
        )

    return handler


def message_page(settings: Settings, heading: str, body: str, status: int) -> web.Response:
    """A page that is not one of the menu's, such as one that tells that something is gone.

    `body` is HTML.
    """
    content = _frame(settings, heading, heading, body)
    headers = {**HEADERS, "Cache-Control": "no-store"}
    return web.Response(
        text=content, status=status, content_type="text/html", charset="utf-8", headers=headers
    )


def _page(path: str, settings: Settings) -> str:
    name, heading, body = PAGES[path]
    about = {"responsible": _responsible(settings), "contact": _contact(settings)}
    about["periods"] = _periods(settings)
    return _frame(settings, text(name), text(heading), text(body, **about), path)


def _periods(settings: Settings) -> str:
    """How long each kind is kept here, and why: made from what is carried out."""
    head = "".join(f'<th scope="col">{text(f"pages.periods_{name}")}</th>' for name in _COLUMNS)
    rows = "\n".join(
        f'<tr><th scope="row">{escape(one.what)}</th>'
        f"<td>{escape(one.how_long)}</td><td>{escape(one.why)}</td></tr>"
        for one in told(settings.periods)
    )
    said = escape(settings.periods.decision)
    decision = text("pages.periods_decided", decision=said) if said else text("pages.periods_open")
    table = f"<table><thead><tr>{head}</tr></thead><tbody>\n{rows}\n</tbody></table>"
    return f"{table}\n<p>{decision}</p>"


def _frame(settings: Settings, title: str, heading: str, body: str, path: str = "") -> str:
    return Template(_file("page.html")).substitute(
        title=title,
        skip=text("pages.skip"),
        menu=text("pages.menu"),
        links="\n".join(_link(other, is_here=other == path) for other in PAGES),
        heading=heading,
        body=body.strip(),
        responsible=_responsible(settings),
    )


def _link(path: str, *, is_here: bool) -> str:
    here = ' aria-current="page"' if is_here else ""
    return f'<li><a href="{path}"{here}>{text(PAGES[path][0])}</a></li>'


def _responsible(settings: Settings) -> str:
    if not settings.organisation:
        return text("pages.nobody_responsible")
    return text("pages.responsible", organisation=escape(settings.organisation))


def _contact(settings: Settings) -> str:
    if not settings.contact_email:
        return text("pages.no_contact")
    return text("pages.contact", address=escape(settings.contact_email))


def _file(name: str) -> str:
    return (files("bot.web") / "templates" / name).read_text("utf-8")
