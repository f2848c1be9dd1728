"""After sending: how it goes, correcting, withdrawing, sending again to the uncertain."""

from typing import ClassVar

from dialogs import announcement_form as forms
from dialogs import inputs, swedish
from dialogs.cards import announcements as cards
from dialogs.cards import sent_announcements as sent_cards
from dialogs.dialog import Answer, Dialog, Heard, hears, tapped
from dialogs.offered import Offered
from dialogs.publish_announcement import PublishAnnouncement
from dialogs.sizes import excess
from dialogs.talk import Kind, Reply
from dialogs.texts import text
from knowledge.announcements.models import Draft
from knowledge.announcements.refusals import (
    DraftIncomplete,
    NotACoordinator,
    NotFound,
    NotSent,
    Withdrawn,
)


class FollowAnnouncement(Dialog):
    """What a coordinator does with announcements that have been sent."""

    name: ClassVar[str] = "follow_announcement"

    def __init__(self, publish: PublishAnnouncement) -> None:
        self.views = publish.views
        self.announcements = publish.announcements
        self.now = publish.now

    @hears("my_announcements", personal=True)
    async def mine(self, heard: Heard) -> Answer:
        if not heard.person.is_coordinator:
            return Answer(Reply(text("publish_announcement.not_a_coordinator")))
        found = await self.announcements.list_mine(heard.person)
        if not found:
            return Answer(Reply(text("publish_announcement.none_mine")))
        newest = next((one.id for one in found if one.sent_at), 0)
        values = {"ids": [one.id for one in found]}
        about = {"announcement": newest}
        return Answer(sent_cards.mine(found), then="pick", values=values, about=about)

    async def pick(self, heard: Heard) -> Answer | None:
        """Hears which of them: "1", "visa 1" or "fortsätt med 1"."""
        number = inputs.number(heard.text.rpartition(" ")[2])
        ids = [int(id_) for id_ in heard.values.get("ids", [])]
        if number is None or not 1 <= number <= len(ids):
            return None
        return await self.views.open(heard.person, ids[number - 1])

    @hears("announcement_status", personal=True)
    @tapped("announce_status", personal=True)
    async def status(self, heard: Heard) -> Answer | None:
        return await self._status(heard, _meant(heard))

    @hears("correct_announcement", personal=True)
    @tapped("announce_edit", personal=True)
    async def edit(self, heard: Heard) -> Answer | None:
        return await self._edit(heard, _meant(heard))

    @tapped("announce_correct", personal=True)
    async def tapped_correct(self, heard: Heard) -> Answer | None:
        """The corrected words from the card."""
        draft, _ = forms.from_card(heard, await self._offered(heard), self.now())
        id_ = heard.number("id")
        return await self._correct(heard, id_, draft) if id_ else None

    async def correct(self, heard: Heard) -> Answer | None:
        """The corrected words as typed lines."""
        id_ = int(heard.values["id"])
        try:
            known = await self.announcements.get(heard.person, id_)
        except NotFound:  # the role was taken away in between
            return Answer(Reply(text("publish_announcement.not_found")))
        read = forms.from_words(heard.text, known.draft, await self._offered(heard), self.now())
        return None if read is None else await self._correct(heard, id_, read[0])

    @hears("withdraw_announcement", personal=True)
    @tapped("announce_ask_withdraw", personal=True)
    async def ask_withdraw(self, heard: Heard) -> Answer | None:
        return await self._ask_withdraw(heard, _meant(heard))

    @tapped("announce_withdraw", personal=True)
    async def tapped_withdraw(self, heard: Heard) -> Answer | None:
        id_ = heard.number("id")
        return await self._withdraw(heard, id_) if id_ else None

    async def confirm_withdraw(self, heard: Heard) -> Answer | None:
        """Hears ja or nej."""
        said = inputs.yes_or_no(heard.text)
        if said is None:
            return None
        id_ = int(heard.values["id"])
        return await (self._withdraw(heard, id_) if said else self._status(heard, id_))

    @hears("resend_announcement", personal=True)
    @tapped("announce_resend", personal=True)
    async def resend(self, heard: Heard) -> Answer | None:
        """To those who may not have got it, and may thus get it twice."""
        id_ = _meant(heard)
        if not id_:
            return None
        try:
            await self.announcements.resend_uncertain(heard.person, id_)
        except (NotFound, NotACoordinator, NotSent):
            return Answer(Reply(text("publish_announcement.not_found")))
        return await self._status(heard, id_)

    async def again(self, heard: Heard) -> Answer | None:
        if heard.values.get("asked") == "withdraw":
            reply = Reply(text("publish_announcement.ask_yes_or_no"))
            return Answer(reply, then="confirm_withdraw", values=heard.values)
        return None

    async def _status(self, heard: Heard, id_: int | None) -> Answer | None:
        if not id_:
            return None
        try:
            announcement = await self.announcements.get(heard.person, id_)
        except NotFound:
            return Answer(Reply(text("publish_announcement.not_found")))
        report = await self.announcements.report(heard.person, id_)
        return Answer(sent_cards.status(announcement, report), about={"announcement": id_})

    async def _edit(self, heard: Heard, id_: int | None) -> Answer | None:
        if not id_:
            return None
        try:
            known = await self.announcements.get(heard.person, id_)
        except NotFound:
            return Answer(Reply(text("publish_announcement.not_found")))
        return await self._form(heard, id_, known.draft)

    async def _correct(self, heard: Heard, id_: int, draft: Draft) -> Answer | None:
        try:
            known = await self.announcements.get(heard.person, id_)
            corrected = swedish.moment(self.now())
            post = await self.views.post(known.draft.reworded(draft), id_=id_, corrected=corrected)
            if too_long := excess(post):
                return await self._form(heard, id_, draft, ("size",), too_long)
            await self.announcements.correct(
                heard.person, id_, draft, card=post.card or {}, summary=post.summary
            )
        except DraftIncomplete as refusal:
            return await self._form(heard, id_, draft, refusal.fields)
        except (NotFound, NotACoordinator):
            return Answer(Reply(text("publish_announcement.not_found")))
        except (NotSent, Withdrawn):
            pass  # the status tells
        return await self._status(heard, id_)

    async def _form(
        self,
        heard: Heard,
        id_: int,
        draft: Draft,
        faults: tuple[str, ...] = (),
        too_long: int = 0,
    ) -> Answer:
        reply = cards.form(
            draft,
            await self._offered(heard),
            faults=faults,
            too_long=too_long,
            announcement_id=id_,
            correcting=True,
        )
        return Answer(reply, then="correct", values={"id": id_})

    async def _offered(self, heard: Heard) -> Offered:
        return await self.views.offers.to(heard.person)

    async def _ask_withdraw(self, heard: Heard, id_: int | None) -> Answer | None:
        if not id_:
            return None
        try:
            known = await self.announcements.get(heard.person, id_)
        except NotFound:
            return Answer(Reply(text("publish_announcement.not_found")))
        values = {"id": id_, "asked": "withdraw"}
        return Answer(sent_cards.ask_withdraw(known), then="confirm_withdraw", values=values)

    async def _withdraw(self, heard: Heard, id_: int) -> Answer | None:
        try:
            await self.announcements.withdraw(heard.person, id_)
        except (NotFound, NotACoordinator, NotSent):
            return Answer(Reply(text("publish_announcement.not_found")))
        return await self._status(heard, id_)


def _meant(heard: Heard) -> int | None:
    """The announcement of the tapped card; in words, the one that was last shown."""
    if heard.turn.kind is Kind.ACTION:
        return heard.number("id")
    id_ = heard.about.get("announcement")
    return id_ if isinstance(id_, int) and id_ > 0 else None
