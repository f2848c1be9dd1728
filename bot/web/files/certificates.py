"""The certificate behind a link on a card, and the page that tells whether one is real."""

from datetime import timedelta
from html import escape

from aiohttp import web

from bot.settings import Settings
from bot.web.pages import message_page
from bot.web.signed_links import PATTERN, SignedLinks
from dialogs.conversation import swedish
from dialogs.conversation.texts import text
from knowledge.directory.places import Places
from knowledge.trainings.certificates.models import Certificate
from knowledge.trainings.certificates.service import CertificateService, shown
from knowledge.trainings.models import Training

FILE_MINUTES = 60
_PURPOSE = "certificate"


class CertificateFiles:
    """A link holds the certificate's code, and opens the file for a while. The page that checks a
    code shows only what stands on the paper."""

    def __init__(
        self,
        signed: SignedLinks,
        settings: Settings,
        certificates: CertificateService,
        places: Places,
    ) -> None:
        self.signed = signed
        self.settings = settings
        self.certificates = certificates
        self.places = places

    async def link(self, certificate: Certificate) -> tuple[str, int]:
        """Where it can be fetched, and for how many minutes."""
        about = {"code": certificate.code}
        token = await self.signed.make(_PURPOSE, about, timedelta(minutes=FILE_MINUTES))
        return f"{self.settings.base_url}/intyg/{token}/fil", FILE_MINUTES

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get(f"/intyg/{{token:{PATTERN}}}/fil", self._file),
            web.get(r"/intyg/{code:[^/]{1,40}}", self._check),
        ]

    async def _file(self, request: web.Request) -> web.Response:
        about = await self.signed.read(_PURPOSE, request.match_info["token"]) or {}
        found = await self.certificates.find(str(about.get("code", "")))
        if found is None or not found.is_valid:
            raise web.HTTPNotFound
        from bot.web.files import certificate_paper  # its library takes time and memory

        organiser = self._organiser(found.training)
        url = f"{self.settings.base_url}/intyg/{shown(found.code)}"
        name = text("trainings_certificates.paper.file_name")
        return web.Response(
            body=certificate_paper.paper(found, organiser, url),
            content_type="application/pdf",
            headers={
                "Referrer-Policy": "no-referrer",
                "X-Content-Type-Options": "nosniff",
                "Content-Disposition": f'inline; filename="{name}.pdf"',
                "Cache-Control": "no-store",
            },
        )

    async def _check(self, request: web.Request) -> web.Response:
        code = request.match_info["code"]
        found = await self.certificates.find(code)
        if found is None or not found.is_valid:
            said = text("trainings_certificates.check.no", code=escape(code))
            heading = text("trainings_certificates.check.no_heading")
            return message_page(self.settings, heading, said, 404)
        heading = text("trainings_certificates.check.yes_heading")
        return message_page(self.settings, heading, _told(found), 200)

    def _organiser(self, training: Training) -> str:
        """Who holds it as they have written it, and the county boards that own it."""
        nation = text("trainings_certificates.paper.nation")
        counties = self.places.counties
        boards = [counties[one].board if one in counties else nation for one in training.owned_by]
        joined = swedish.joined([*dict.fromkeys(boards)])
        return ", ".join(dict.fromkeys(one for one in (training.organizer, joined) if one))


def _told(found: Certificate) -> str:
    from bot.web.files.certificate_paper import days, seen

    return text(
        "trainings_certificates.check.yes",
        code=escape(shown(found.code)),
        name=escape(seen(found.name) or text("trainings_participants.unnamed")),
        title=escape(seen(found.training.title)),
        days=escape("; ".join(days(found))),
        issued=escape(swedish.day(found.issued_at.astimezone(swedish.SWEDEN).date())),
    )
