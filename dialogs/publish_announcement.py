"""Announcements: one form, a preview exactly as it will look, one tap to send."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, ClassVar

from dialogs import announcement_form as forms
from dialogs.cards import announcements as cards
from dialogs.cards import audience
from dialogs.cards import sent_announcements as sent_cards
from dialogs.dialog import Answer, Dialog, Heard, hears, tapped
from dialogs.offered import Offers
from dialogs.talk import Reply
from dialogs.texts import text
from knowledge.announcements.audience import Audience
from knowledge.announcements.models import Announcement, AnnouncementStatus, Draft
from knowledge.announcements.refusals import (
    AlreadySent,
    DraftIncomplete,
    NobodyToReach,
    NotACoordinator,
    NotFound,
    OutsideCounty,
)
from knowledge.announcements.service import AnnouncementService
from knowledge.directory.models import Person

MOMENTS = 5
"""Tenths of a second that the sender gets before the status is shown."""


class PublishAnnouncement(Dialog):
    """Writing and sending. What is done afterwards is `FollowAnnouncement`'s."""

    name: ClassVar[str] = "publish_announcement"

    def __init__(
        self, announcements: AnnouncementService, offers: Offers, now: Callable[[], datetime]
    ) -> None:
        self.announcements = announcements
        self.offers = offers
        self.places = offers.places
        self.now = now

    def left(self, values: Mapping[str, Any]) -> str:
        """What has been previewed is saved; a form that was never sent in is still on screen."""
        return text(f"publish_announcement.left_{'saved' if values.get('id') else 'form'}")

    @hears("announce", personal=True)
    @tapped("announce", personal=True)
    async def start(self, heard: Heard) -> Answer:
        """The form; or, after an interruption, the form as it was."""
        if not heard.person.is_coordinator:
            return Answer(Reply(text("publish_announcement.not_a_coordinator")))
        token = heard.turn.activity_id
        reply = cards.form(None, await self.offers.to(heard.person), token=token)
        return Answer(reply, then="compose", values={"token": token})

    @tapped("announce_preview", personal=True)
    async def preview(self, heard: Heard) -> Answer:
        """The filled-in form: show how it will look, or the form again with what is wrong."""
        draft, faults = forms.from_card(heard, await self.offers.to(heard.person))
        id_, token = heard.number("id"), heard.word("token")
        if not id_ and token and heard.values.get("token") == token:
            id_ = heard.values.get("id")  # the same form once more: no second draft
        return await self._save(heard.person, draft, faults, id_, token)

    async def compose(self, heard: Heard) -> Answer | None:
        """The same in words: lines that begin "Rubrik:", "Text:", "Till:" and so on."""
        id_ = heard.values.get("id")
        draft = await self._draft(heard.person, id_)
        read = forms.from_words(heard.text, draft, await self.offers.to(heard.person))
        if read is None:
            return None
        return await self._save(heard.person, *read, id_, str(heard.values.get("token", "")))

    async def decide(self, heard: Heard) -> Answer | None:
        """Hears "skicka" or "ändra" after the preview; "avbryt" is understood everywhere."""
        if forms.is_said(heard.text, "words_send"):
            return await self._send(heard.person, int(heard.values["id"]))
        if forms.is_said(heard.text, "words_change"):
            return await self.open(heard.person, int(heard.values["id"]))
        return await self.compose(heard)

    async def again(self, heard: Heard) -> Answer | None:
        if "preview" in heard.values:
            reply = Reply(text("publish_announcement.preview_again"))
            return Answer(reply, then="decide", values=heard.values)
        reply = Reply(text("publish_announcement.form_again"))
        return Answer(reply, then="compose", values=heard.values)

    @tapped("announce_send", personal=True)
    async def tapped_send(self, heard: Heard) -> Answer | None:
        id_ = heard.number("id")
        return await self._send(heard.person, id_) if id_ else None

    @tapped("announce_change", personal=True)
    async def tapped_change(self, heard: Heard) -> Answer | None:
        id_ = heard.number("id")
        return await self.open(heard.person, id_) if id_ else None

    @hears("left_out", personal=True)
    @tapped("announce_left_out", personal=True)
    async def left_out(self, heard: Heard) -> Answer | None:
        """Everybody that the previewed announcement would not reach, and why."""
        tapped_id = heard.number("id")
        id_ = tapped_id or ("preview" in heard.values and heard.values.get("id"))
        if not id_:
            return None
        try:
            reach = await self.announcements.reach(heard.person, int(id_))
        except NotFound:
            return _gone(heard.person)
        token = "" if tapped_id else heard.values.get("token", "")
        values = {"id": int(id_), "token": token, "preview": True}
        return Answer(audience.left_out(reach, self.places), then="decide", values=values)

    @tapped("announce_cancel", personal=True)
    async def tapped_cancel(self, heard: Heard) -> Answer:
        return Answer(Reply(text("publish_announcement.left_saved")))

    async def _save(
        self,
        person: Person,
        draft: Draft,
        faults: tuple[str, ...],
        id_: int | None,
        token: str,
    ) -> Answer:
        if not person.is_coordinator:
            return Answer(Reply(text("publish_announcement.not_a_coordinator")))
        faults = (*draft.faults, *faults)
        if faults:
            return await self._form_again(person, draft, faults, id_, token)
        try:
            saved = await self.announcements.save_draft(person, draft, id=id_)
            return await self._preview(person, saved, token)
        except DraftIncomplete as refusal:
            return await self._form_again(person, draft, refusal.fields, id_, token)
        except (OutsideCounty, NotACoordinator):
            return Answer(Reply(self._outside(person)))
        except NotFound:
            return _gone(person)
        except AlreadySent as refusal:
            return await self._status(person, refusal.announcement, already=True)

    async def _form_again(
        self, person: Person, draft: Draft, faults: tuple[str, ...], id_: int | None, token: str
    ) -> Answer:
        reply = cards.form(
            draft,
            await self.offers.to(person),
            faults=faults,
            announcement_id=id_ or 0,
            token=token,
        )
        return Answer(reply, then="compose", values={"id": id_, "token": token})

    async def _preview(self, person: Person, saved: Announcement, token: str) -> Answer:
        reach = await self.announcements.reach(person, saved.id)
        reply = cards.preview(saved, reach, await self.offers.to(person))
        values = {"id": saved.id, "token": token, "preview": True}
        return Answer(reply, then="decide", values=values)

    async def _send(self, person: Person, id_: int) -> Answer:
        try:
            announcement = await self.announcements.get(person, id_)
            board = self.places.board_of(announcement.county)
            post = cards.post(announcement.draft, board, id=id_)
            sent = await self.announcements.send(
                person, id_, now=self.now(), card=post.card or {}, summary=post.summary
            )
        except (NotFound, NotACoordinator):
            return _gone(person)
        except OutsideCounty:
            return Answer(Reply(self._outside(person)))
        except NobodyToReach:
            return await self._preview(person, announcement, "")
        except AlreadySent as refusal:
            return await self._status(person, refusal.announcement, already=True)
        await self._give_it_a_moment(person, sent)
        return await self._status(person, sent)

    async def _give_it_a_moment(self, person: Person, sent: Announcement) -> None:
        """A few channels take no time: better to show them delivered than to ask for a refresh."""
        for _ in range(MOMENTS):
            if (await self.announcements.report(person, sent.id)).finished:
                return
            await asyncio.sleep(0.1)

    async def _status(
        self, person: Person, announcement: Announcement, *, already: bool = False
    ) -> Answer:
        report = await self.announcements.report(person, announcement.id)
        reply = sent_cards.status(announcement, report, already=already)
        return Answer(reply, about={"announcement": announcement.id})

    async def open(self, person: Person, id_: int) -> Answer:
        """A draft in the form, ready to go on with; what has been sent with how it goes."""
        try:
            announcement = await self.announcements.get(person, id_)
        except NotFound:
            return _gone(person)
        if announcement.status is not AnnouncementStatus.DRAFT:
            return await self._status(person, announcement)
        offered = await self.offers.to(person)
        reply = cards.form(announcement.draft, offered, announcement_id=id_)
        return Answer(reply, then="compose", values={"id": id_})

    async def _draft(self, person: Person, id_: int | None) -> Draft:
        """What has been written so far; at first an empty one to the author's county."""
        if id_:
            try:
                return (await self.announcements.get(person, id_)).draft
            except NotFound:
                pass
        offered = await self.offers.to(person)
        county = (*person.counties, "")[0]
        return Draft("", "", "", "", county, Audience(counties=offered.at_first))

    def _outside(self, person: Person) -> str:
        names = [self.places.name_of(code) for code in person.counties]
        return text("publish_announcement.outside_county", county=", ".join(names))


def _gone(person: Person) -> Answer:
    """It is not there for this person; who has lost the role is told so."""
    key = "not_found" if person.is_coordinator else "not_a_coordinator"
    return Answer(Reply(text(f"publish_announcement.{key}")))
