"""My certificates: of trainings that are over since a year at most."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import ClassVar

from dialogs.conversation import inputs, paging, swedish
from dialogs.conversation.dialog import Answer, Dialog, Heard, hears, tapped
from dialogs.conversation.paging import Page
from dialogs.conversation.texts import text
from dialogs.trainings.certificates import cards
from dialogs.trainings.which import picked
from dialogs.understanding.effect import Effect
from knowledge.directory.models import Person
from knowledge.trainings.certificates.models import Certificate
from knowledge.trainings.certificates.refusals import NotOver, NotThere
from knowledge.trainings.certificates.service import CertificateService

FETCH = "fetch_certificate"

FileLink = Callable[[Certificate], Awaitable[tuple[str, int]]]
"""Where the certificate can be fetched, and for how many minutes."""


class FetchCertificate(Dialog):
    """A list, and a link to the one that is meant."""

    name: ClassVar[str] = FETCH

    def __init__(self, certificates: CertificateService, file_link: FileLink) -> None:
        self.certificates = certificates
        self.file_link = file_link

    @hears("certificate", effect=Effect.NONE, personal=True)
    async def show(self, heard: Heard) -> Answer | None:
        """The one that is named; the only one there is; else the list."""
        over = await self.certificates.list_over(heard.person)
        ids = tuple(one.id for one, _ in over)
        if heard.rest:
            return await self._picked(
                heard, heard.rest, Page(FETCH, len(ids), 0, 99, ids, len(ids))
            )
        return await (self._issue(heard, ids[0]) if len(ids) == 1 else self._list(heard))

    @tapped("certificate", effect=Effect.NONE, personal=True)
    async def tapped_show(self, heard: Heard) -> Answer | None:
        id_ = heard.number("training")
        return await (self._issue(heard, id_) if id_ else self._list(heard))

    async def page(self, heard: Heard, page: Page) -> Answer | None:
        heard.must_be_private()
        return await self._list(heard, page)

    async def which(self, heard: Heard) -> Answer | None:
        """Hears "2", "hämta intyg 2" and titles."""
        page = paging.listed(heard.about)
        if page is None or page.of != FETCH or inputs.is_reply(heard.text):
            return None
        return await self._picked(heard, heard.text, page)

    async def _picked(self, heard: Heard, said: str, page: Page) -> Answer | None:
        known = {one.id: one for one, _ in await self.certificates.list_over(heard.person)}
        today = self.certificates.now().astimezone(swedish.SWEDEN).date()
        only = picked(said, page, known, today, loosely=True).only
        return await self._issue(heard, only) if only else None

    async def _list(self, heard: Heard, page: Page | None = None) -> Answer:
        over = await self.certificates.list_over(heard.person)
        if not over:
            said = text("trainings_certificates.none")
            return Answer(cards.settled(said), about=paging.NOTHING, by=FETCH)
        ids = tuple(one.id for one, _ in over)
        page = page or Page(FETCH, 0)
        first = page.first if page.first < len(ids) else 0
        page = replace(page, ids=ids, total=len(ids), first=first)
        page, reply = paging.fitted(
            page, lambda some: cards.listing(some, over[some.first : some.last])
        )
        page = page.shown([one.title for one, _ in over[page.first : page.last]])
        return replace(paging.answer(page, reply, then="which"), by=FETCH)

    async def _issue(self, heard: Heard, training_id: int) -> Answer:
        person: Person = heard.person
        try:
            certificate = await self.certificates.issue(person, training_id)
        except NotOver as refusal:
            title = swedish.plain(refusal.training.title)
            return Answer(cards.settled(text("trainings_certificates.not_over", title=title)))
        except NotThere as refusal:
            if refusal.training is None:
                return Answer(cards.settled(text("trainings_certificates.not_found")))
            title = swedish.plain(refusal.training.title)
            return Answer(cards.settled(text("trainings_certificates.not_there", title=title)))
        url, minutes = await self.file_link(certificate)
        return Answer(cards.file(certificate, url, minutes), by=FETCH)
