"""Changing what has been sent: correct its words everywhere, or take it back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import ClassVar

from dialogs.announcements import form as forms
from dialogs.announcements.cards import form
from dialogs.announcements.cards import status as sent_cards
from dialogs.announcements.offered import Offers
from dialogs.announcements.status import StatusCards, another_waits, not_found
from dialogs.announcements.views import AnnouncementViews
from dialogs.announcements.which import OTHERS_HEAR, none_shown, which_sent
from dialogs.conversation import inputs
from dialogs.conversation.dialog import Answer, Dialog, Heard, hears, tapped
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text
from dialogs.understanding.effect import Effect
from knowledge.announcements.models import Draft
from knowledge.announcements.refusals import (
    AnotherChangeWaits,
    DraftIncomplete,
    NotACoordinator,
    NotFound,
    NotSent,
    Withdrawn,
)
from knowledge.announcements.service import AnnouncementService
from knowledge.announcements.words import Words
from knowledge.follow_up.service import FollowUpService


class ChangeAnnouncement(Dialog):
    """Correcting and withdrawing, by the author or a colleague in the same county."""

    name: ClassVar[str] = "change_announcement"
    minds_numbers: ClassVar[bool] = True

    def __init__(
        self,
        announcements: AnnouncementService,
        follow_up: FollowUpService,
        status_cards: StatusCards,
        views: AnnouncementViews,
        offers: Offers,
        now: Callable[[], datetime],
    ) -> None:
        self.announcements = announcements
        self.follow_up = follow_up
        self.status_cards = status_cards
        self.views = views
        self.offers = offers
        self.now = now

    @hears("correct_announcement", effect=Effect.OTHERS, personal=True, others_hear=OTHERS_HEAR)
    @tapped("announce_edit", effect=Effect.OTHERS, personal=True)
    async def edit(self, heard: Heard) -> Answer | None:
        id_ = which_sent(heard)
        if not id_:
            return none_shown(heard)
        try:
            known = await self.announcements.get(heard.person, id_)
        except NotFound:
            return not_found()
        return await self._form(heard, id_, known.draft)

    @tapped("announce_correct", effect=Effect.OTHERS, personal=True)
    async def tapped_correct(self, heard: Heard) -> Answer | None:
        """The corrected words from the card."""
        id_ = heard.number("id")
        return await self._correct(heard, id_, forms.words_from_card(heard)) if id_ else None

    async def correct(self, heard: Heard) -> Answer | None:
        """The corrected words as typed lines."""
        id_ = int(heard.values["id"])
        try:
            known = await self.announcements.get(heard.person, id_)
        except NotFound:  # the role was taken away in between
            return not_found()
        offered = await self.offers.to(heard.person)
        read = forms.from_words(heard.text, known.draft, offered, self.now())
        return None if read is None else await self._correct(heard, id_, read[0].words)

    @hears("withdraw_announcement", effect=Effect.OTHERS, personal=True, others_hear=OTHERS_HEAR)
    @tapped("announce_ask_withdraw", effect=Effect.OTHERS, personal=True)
    async def ask_withdraw(self, heard: Heard) -> Answer | None:
        id_ = which_sent(heard)
        if not id_:
            return none_shown(heard)
        try:
            known = await self.announcements.get(heard.person, id_)
        except NotFound:
            return not_found()
        values = {"id": id_, "asked": "withdraw"}
        return Answer(sent_cards.ask_withdraw(known), then="confirm_withdraw", values=values)

    @tapped("announce_withdraw", effect=Effect.OTHERS, personal=True)
    async def tapped_withdraw(self, heard: Heard) -> Answer | None:
        id_ = heard.number("id")
        return await self._withdraw(heard, id_) if id_ else None

    async def confirm_withdraw(self, heard: Heard) -> Answer | None:
        """Hears ja or nej."""
        said = inputs.agreed(heard.text)
        if said is None:
            return None
        id_ = int(heard.values["id"])
        if said:
            return await self._withdraw(heard, id_)
        return await self.status_cards.answer(heard.person, id_)

    async def again(self, heard: Heard) -> Answer | None:
        if heard.values.get("asked") == "withdraw":
            reply = Reply(text("announcements.follow.ask_yes_or_no"))
            return Answer(reply, then="confirm_withdraw", values=heard.values)
        return None

    async def _correct(self, heard: Heard, id_: int, words: Words) -> Answer:
        try:
            known = await self.announcements.get(heard.person, id_)
            draft = replace(known.draft, words=words)
            if too_long := await self.views.excess(draft, id_=id_, corrected_at=self.now()):
                return await self._form(heard, id_, draft, ("size",), too_long)
            await self.follow_up.correct(heard.person, id_, words)
        except DraftIncomplete as refusal:
            return await self._form(heard, id_, draft, refusal.fields)
        except (NotFound, NotACoordinator):
            return not_found()
        except AnotherChangeWaits as refusal:
            return another_waits(refusal)
        except (NotSent, Withdrawn):
            pass  # the status tells, as it does when it waits for a colleague
        return await self.status_cards.after_a_moment(heard.person, id_)

    async def _form(
        self,
        heard: Heard,
        id_: int,
        draft: Draft,
        faults: tuple[str, ...] = (),
        too_long: int = 0,
    ) -> Answer:
        reply = form.form(
            draft,
            await self.offers.to(heard.person),
            faults=faults,
            too_long=too_long,
            announcement_id=id_,
            correcting=True,
        )
        return Answer(reply, then="correct", values={"id": id_})

    async def _withdraw(self, heard: Heard, id_: int) -> Answer:
        try:
            await self.follow_up.withdraw(heard.person, id_)
        except (NotFound, NotACoordinator, NotSent):
            return not_found()
        return await self.status_cards.after_a_moment(heard.person, id_)
