"""Templates: save one, begin from one, delete one."""

from dataclasses import replace
from typing import ClassVar

from dialogs.announcements.cards import templates as cards
from dialogs.announcements.offered import Offers
from dialogs.announcements.views import AnnouncementViews, gone
from dialogs.announcements.which import OTHERS_HEAR, none_shown, which_unsent
from dialogs.conversation import inputs, paging
from dialogs.conversation.dialog import Answer, Dialog, Heard, hears, tapped
from dialogs.conversation.paging import Page
from dialogs.conversation.swedish import plain
from dialogs.conversation.talk import Kind, Reply
from dialogs.conversation.texts import text
from dialogs.understanding.effect import Effect
from knowledge.announcements.audience import Audience
from knowledge.announcements.models import Draft
from knowledge.announcements.refusals import NotFound
from knowledge.directory.models import Person
from knowledge.directory.places import fold
from knowledge.templates.models import MOST, Template
from knowledge.templates.service import NoSuchTemplate, TemplateService, TooManyTemplates


class UseTemplate(Dialog):
    """The county's templates, which its coordinators share."""

    name: ClassVar[str] = "use_template"

    def __init__(
        self, templates: TemplateService, offers: Offers, views: AnnouncementViews
    ) -> None:
        self.templates = templates
        self.offers = offers
        self.views = views

    @hears("save_template", effect=Effect.MINE, personal=True, others_hear=OTHERS_HEAR)
    @tapped("announce_save_template", effect=Effect.MINE, personal=True)
    async def save(self, heard: Heard) -> Answer | None:
        """Of the announcement on the card; in words, of the one that was shown last."""
        id_ = which_unsent(heard)
        if heard.turn.kind is not Kind.ACTION and not id_:
            id_ = heard.about.get("announcement")
        if not id_:
            return none_shown(heard)
        try:
            saved = await self.templates.save(heard.person, id_)
        except NotFound:
            return gone(heard.person)
        except TooManyTemplates:
            return Answer(Reply(text("announcements.templates.too_many", count=MOST)))
        return Answer(Reply(text("announcements.templates.saved", heading=plain(saved.heading))))

    @hears("templates", effect=Effect.NONE, personal=True, others_hear=OTHERS_HEAR)
    async def show(self, heard: Heard) -> Answer:
        return await self._list(heard, Page(self.name, 0))

    async def page(self, heard: Heard, page: Page) -> Answer | None:
        heard.must_be_private()
        return await self._list(heard, page)

    async def _list(self, heard: Heard, page: Page) -> Answer:
        found = await self.templates.list_mine(heard.person)
        if not found:
            return Answer(Reply(text("announcements.templates.none")))
        page = replace(page, total=len(found), ids=tuple(one.id for one in found))
        page, reply = paging.fitted(
            page if page.first < page.total else page.turned(0),
            lambda some: cards.listing(some, found[some.first : some.last], self.offers.places),
        )
        page = page.shown([one.heading for one in found[page.first : page.last]])
        return paging.answer(page, reply, then="choose")

    async def choose(self, heard: Heard) -> Answer | None:
        """Hears "använd 1", "ta bort 1" or the number alone."""
        said = fold(heard.text, strip=False)
        page = paging.listed(heard.about)
        if page is None or page.of != self.name:  # as it was kept before there were pages
            page = Page.beginning(self.name, heard.values.get("ids", []))
        for number, id_ in enumerate(page.ids, start=1):
            uses = (text("announcements.templates.use_number", number=number), str(number))
            if said in {fold(words, strip=False) for words in uses}:
                return await self._use(heard, id_)
            delete = text("announcements.templates.delete_number", number=number)
            if said == fold(delete, strip=False):
                return await self._ask_delete(heard.person, id_)
        return None

    async def again(self, heard: Heard) -> Answer | None:
        if heard.values.get("asked") == "delete":
            reply = Reply(text("announcements.templates.delete_again"))
            return Answer(reply, then="confirm_delete", values=heard.values)
        return Answer(
            Reply(text("announcements.templates.again")), then="choose", values=heard.values
        )

    @tapped("template_use", effect=Effect.NONE, personal=True)
    async def tapped_use(self, heard: Heard) -> Answer | None:
        id_ = heard.number("id")
        return await self._use(heard, id_) if id_ else None

    @tapped("template_ask_delete", effect=Effect.NONE, personal=True)
    async def tapped_ask_delete(self, heard: Heard) -> Answer | None:
        id_ = heard.number("id")
        return await self._ask_delete(heard.person, id_) if id_ else None

    @tapped("template_delete", effect=Effect.MINE, personal=True)
    async def tapped_delete(self, heard: Heard) -> Answer | None:
        id_ = heard.number("id")
        return await self._delete(heard, id_) if id_ else None

    @tapped("template_keep", effect=Effect.NONE, personal=True)
    async def tapped_keep(self, heard: Heard) -> Answer:
        return await self.show(heard)

    async def confirm_delete(self, heard: Heard) -> Answer | None:
        """Hears ja or nej."""
        said = inputs.yes_or_no(heard.text)
        if said is None:
            return None
        return await (self._delete(heard, int(heard.values["id"])) if said else self.show(heard))

    async def _use(self, heard: Heard, id_: int) -> Answer:
        """The form with the template's words, to the county that it is from."""
        try:
            template = await self.templates.get(heard.person, id_)
        except NoSuchTemplate:
            return _no_template(heard.person)
        offered = await self.offers.to(heard.person)
        own = template.county in offered.counties and not offered.is_national
        chosen = (template.county,) if own else offered.at_first
        draft = Draft(
            template.words,
            template.county,
            Audience(counties=chosen),
            acknowledge=template.acknowledge,
        )
        return await self.views.form(heard.person, draft, token=heard.turn.activity_id)

    async def _ask_delete(self, person: Person, id_: int) -> Answer:
        try:
            template: Template = await self.templates.get(person, id_)
        except NoSuchTemplate:
            return _no_template(person)
        values = {"id": id_, "asked": "delete"}
        return Answer(cards.ask_delete(template), then="confirm_delete", values=values)

    async def _delete(self, heard: Heard, id_: int) -> Answer:
        try:
            template = await self.templates.delete(heard.person, id_)
        except NoSuchTemplate:
            return _no_template(heard.person)
        return Answer(
            Reply(text("announcements.templates.deleted", heading=plain(template.heading)))
        )


def _no_template(person: Person) -> Answer:
    if not person.is_coordinator:
        return gone(person)
    return Answer(Reply(text("announcements.templates.not_found")))
