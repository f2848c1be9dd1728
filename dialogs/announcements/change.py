"""Changing what has been sent: correct its words everywhere, or take it back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any, ClassVar

from dialogs.announcements import form as forms
from dialogs.announcements.cards import asked, form
from dialogs.announcements.cards import status as sent_cards
from dialogs.announcements.offered import Offers
from dialogs.announcements.spoken.changes import Editor
from dialogs.announcements.status import StatusCards, another_waits, not_found
from dialogs.announcements.views import AnnouncementViews
from dialogs.announcements.which import OTHERS_HEAR, none_shown, unsent_shown, which_to_change
from dialogs.conversation import inputs
from dialogs.conversation.card_parts import with_first_line
from dialogs.conversation.dialog import Answer, Dialog, Heard, Instead, hears, tapped
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text
from dialogs.understanding.effect import Effect
from knowledge.announcements.models import Announcement, AnnouncementStatus, Draft
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
        if unsent := unsent_shown(heard):
            return await self.views.change(heard.person, unsent)
        id_ = which_to_change(heard)
        if not id_:
            return none_shown(heard)
        try:
            known = await self.announcements.get(heard.person, id_)
        except NotFound:
            return not_found()
        return await self._said(heard, known) or await self._form(heard, id_, known.draft)

    @tapped("announce_correct", effect=Effect.OTHERS, personal=True)
    async def tapped_correct(self, heard: Heard) -> Answer | None:
        """The corrected words from the card."""
        id_ = heard.number("id")
        return await self._correct(heard, id_, forms.words_from_card(heard)) if id_ else None

    async def correct(self, heard: Heard) -> Answer | None:
        """The corrected words, as typed lines or said freely: shown, and asked about first."""
        id_ = int(heard.values["id"])
        try:
            known = await self.announcements.get(heard.person, id_)
        except NotFound:  # the role was taken away in between
            return not_found()
        return await self._said(heard, known)

    async def _said(self, heard: Heard, known: Announcement) -> Answer | None:
        """What is said of its words builds on those that were just asked about."""
        values = heard.values
        before = forms.restored(values["draft"]) if "draft" in values else known.draft
        offered, now = await self.offers.to(heard.person), self.now()
        read = forms.from_words(heard.text, before, offered, now)
        change = Editor(offered, now, words_only=True).read(heard.text, before)
        if read is None and change is None:
            return None
        after, left = read[0] if read else before, tuple[str, ...]()
        if read is None and change:
            after, left = change.draft, tuple(said for _, said in change.left)
        if after.words == before.words:
            reply = Reply(text("announcements.spoken.only_words"))
            step = "confirm_correct" if values.get("asked") == "correct" else "correct"
            return Answer(reply, then=step, values={**values, "id": known.id})
        answer = await self._ask(heard, known, replace(known.draft, words=after.words))
        reply = with_first_line(answer.reply, asked.not_done(left)) if left else answer.reply
        return replace(answer, reply=reply)

    async def _ask(self, heard: Heard, known: Announcement, after: Draft) -> Answer:
        """How it will look everywhere, before anybody gets it."""
        if known.status is AnnouncementStatus.WITHDRAWN:  # it is nowhere any more
            return await self.status_cards.answer(heard.person, known.id)
        if faults := after.faults:
            return await self._form(heard, known.id, after, faults)
        if too_long := await self.views.excess(after, id_=known.id, corrected_at=self.now()):
            return await self._form(heard, known.id, after, ("size",), too_long)
        reply = asked.whether_to_correct(known, after, await self.views.facts(after))
        values = {
            "id": known.id,
            "asked": "correct",
            "version": known.version,
            "draft": forms.kept(after),
        }
        about = {"announcement": known.id}
        return Answer(reply, then="confirm_correct", values=values, about=about)

    async def confirm_correct(self, heard: Heard) -> Answer | None:
        """Hears ja or nej, or more that is to be corrected."""
        said = inputs.agreed(heard.text, "announcements.spoken.yes_correct")
        return await (self.correct(heard) if said is None else self._settle(heard, yes=said))

    @tapped("announce_yes_correct", effect=Effect.OTHERS, personal=True)
    async def tapped_yes_correct(self, heard: Heard) -> Answer | None:
        return await self._settle(heard, yes=True)

    @tapped("announce_no_correct", effect=Effect.NONE, personal=True)
    async def tapped_no_correct(self, heard: Heard) -> Answer | None:
        return await self._settle(heard, yes=False)

    async def _settle(self, heard: Heard, *, yes: bool) -> Answer | None:
        """Only what was just asked about is corrected, and only if it reads as it did then."""
        values, id_ = heard.values, int(heard.values.get("id") or 0)
        if values.get("asked") != "correct" or heard.number("id") not in (None, id_):
            return None
        try:
            known = await self.announcements.get(heard.person, id_)
        except NotFound:
            return not_found()
        if yes and known.version == values["version"]:
            return await self._correct(heard, known.id, forms.restored(values["draft"]).words)
        if not yes:
            return await self.status_cards.answer(heard.person, known.id)
        answer = await self._form(heard, known.id, known.draft)
        note = text("announcements.spoken.changed_meanwhile")
        return replace(answer, reply=with_first_line(answer.reply, note))

    @hears("withdraw_announcement", effect=Effect.OTHERS, personal=True, others_hear=OTHERS_HEAR)
    @tapped("announce_ask_withdraw", effect=Effect.OTHERS, personal=True)
    async def ask_withdraw(self, heard: Heard) -> Answer | Instead | None:
        if unsent_shown(heard):  # nobody has got it: it is called off
            return Instead(heard.text, "stop_announcement")
        id_ = which_to_change(heard)
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
        if heard.values.get("asked") == "correct":
            reply = Reply(text("announcements.spoken.yes_or_no"))
            return Answer(reply, then="confirm_correct", values=heard.values)
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
        values: dict[str, Any] = {"id": id_}
        if faults:  # what was written is not lost by the next line
            values["draft"] = forms.kept(draft)
        return Answer(reply, then="correct", values=values)

    async def _withdraw(self, heard: Heard, id_: int) -> Answer:
        try:
            await self.follow_up.withdraw(heard.person, id_)
        except (NotFound, NotACoordinator, NotSent):
            return not_found()
        return await self.status_cards.after_a_moment(heard.person, id_)
