"""Announcements: one form, a preview exactly as it will look, one tap to send."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, ClassVar

from dialogs.announcements import audience_form, spoken
from dialogs.announcements import form as forms
from dialogs.announcements.cards import preview
from dialogs.announcements.draft_talk import DraftTalk
from dialogs.announcements.drafts import AnnouncementDrafts
from dialogs.announcements.offered import Offers
from dialogs.announcements.send_off import SendOff
from dialogs.announcements.status import StatusCards
from dialogs.announcements.views import WRITE, AnnouncementViews, gone
from dialogs.announcements.which import OTHERS_HEAR, none_shown, unsent_shown
from dialogs.conversation import inputs
from dialogs.conversation.dialog import UNSENT, Answer, Dialog, Heard, Instead, hears, tapped
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text
from dialogs.understanding.effect import Effect
from knowledge.announcements.models import AnnouncementStatus
from knowledge.announcements.refusals import AlreadySent, NotACoordinator, NotFound
from knowledge.announcements.sending import SendingService
from knowledge.announcements.service import AnnouncementService
from knowledge.directory.models import Person


class WriteAnnouncement(Dialog):
    """Writing and sending. What is done afterwards is `FollowAnnouncement`'s."""

    name: ClassVar[str] = WRITE
    minds_numbers: ClassVar[bool] = True

    def __init__(
        self,
        announcements: AnnouncementService,
        sending: SendingService,
        offers: Offers,
        status_cards: StatusCards,
        views: AnnouncementViews,
        now: Callable[[], datetime],
    ) -> None:
        self.announcements = announcements
        self.offers = offers
        self.views = views
        self.drafts = AnnouncementDrafts(announcements, offers, views)
        self.send_off = SendOff(announcements, sending, status_cards, views, self.drafts, now)
        self.talk = DraftTalk(announcements, self.drafts, self.send_off, offers, views, now)
        self.now = now

    def left(self, values: Mapping[str, Any]) -> str:
        """What has been previewed is saved; a form that was never sent in is still on screen."""
        if values.get("waits") or values.get("stands"):  # for its time, or a colleague: no draft
            return ""
        return text(f"announcements.write.left_{'saved' if values.get('id') else 'form'}")

    @hears("announce", effect=Effect.NONE, personal=True, others_hear=OTHERS_HEAR)
    @tapped("announce", effect=Effect.NONE, personal=True, others_hear=OTHERS_HEAR)
    async def start(self, heard: Heard) -> Answer:
        """The form, as it was before an interruption, or what was written with the wish itself;
        for those who take part in a training where a list of them has asked for it."""
        written = None if heard.turn.verb else await self._written(heard)
        if written:
            return written
        wanted = audience_form.training_part(heard.word("training") or heard.rest)
        if wanted is None and not heard.turn.verb:
            return await self.talk.begin(heard)
        draft = await self.drafts.to_training(heard.person, *wanted) if wanted else None
        return await self.views.form(heard.person, draft, token=heard.turn.activity_id)

    @tapped("announce_preview", effect=Effect.MINE, personal=True)
    async def preview(self, heard: Heard) -> Answer:
        """The filled-in form: show how it will look, or the form again with what is wrong."""
        chosen = audience_form.training_part(heard.word("training"))
        offered = await self.offers.to(heard.person, chosen[0] if chosen else 0)
        draft, faults = forms.from_card(heard, offered, self.now())
        id_, token = heard.number("id"), heard.word("token")
        if not id_ and token and heard.values.get("token") == token:
            id_ = heard.values.get("id")  # the same form once more: no second draft
        return await self.drafts.save(heard.person, draft, faults, id_=id_, token=token)

    async def compose(self, heard: Heard) -> Answer | Instead | None:
        """The same in words: lines that begin "Rubrik:", "Text:", "Till:" and so on."""
        return await self.talk.called_off(heard, "compose") or await self._reworded(
            heard, "compose"
        )

    async def _written(self, heard: Heard) -> Answer | None:
        """The announcement, when its lines came with the wish to write one."""
        offered = await self.offers.to(heard.person)
        empty = await self.drafts.so_far(heard.person, {})
        read = forms.from_words(forms.with_places(heard.text), empty, offered, self.now())
        if read is None:
            return None
        return await self.drafts.save(heard.person, *read, id_=None, token=heard.turn.activity_id)

    async def _reworded(self, heard: Heard, step: str) -> Answer | None:
        """Lines with a label, or what is said freely of what is on the screen."""
        id_ = heard.values.get("id")
        draft = await self.drafts.so_far(heard.person, heard.values)
        if forms.is_forwarded(heard.text) and (draft.words.heading or draft.words.text):
            reply = Reply(text("announcements.write.forwarded"))
            return Answer(reply, then=step, values=heard.values)
        offered = await self.offers.to(heard.person)
        read = forms.from_words(heard.text, draft, offered, self.now())
        if read is None:
            return await self.talk.hear(heard, step)
        token = str(heard.values.get("token", ""))
        return await self.drafts.save(heard.person, *read, id_=id_, token=token)

    async def decide(self, heard: Heard) -> Answer | Instead | None:
        """Hears "skicka", a number or "ändra" after the preview; "avbryt" is heard everywhere."""
        id_ = int(heard.values["id"])
        if answer := await self.talk.without_time(heard):
            return answer
        recipients = forms.recipients(heard.text) if heard.values.get("confirm") else 0
        if recipients or forms.is_said(heard.text, "announcements.write.words_send"):
            return await self.send_off.send(
                heard.person, id_, heard.values.get("version"), recipients
            )
        if spoken.is_about(heard.text, "send_now"):
            return Instead(heard.text, "send_now")
        if _deletes(heard.text):
            return await self._ask_delete(heard.person, id_)
        if forms.is_said(heard.text, "announcements.write.words_change"):
            return await self.views.change(heard.person, id_)
        answer = await self._reworded(heard, "decide")
        return answer or await self.talk.called_off(heard, "decide")

    async def wait(self, heard: Heard) -> Answer | Instead | None:
        """Hears "ändra" and lines such as "Skicka: fredag kl 9" about what waits.

        What else can be done is a command of its own.
        """
        if forms.is_said(heard.text, "announcements.write.words_change"):
            return await self.views.change(heard.person, int(heard.values["id"]))
        if spoken.is_about(heard.text, "send_now"):
            return Instead(heard.text, "send_now")
        if _deletes(heard.text) or spoken.is_about(heard.text, "call_off"):
            return Instead(heard.text, "stop_announcement")
        return await self._reworded(heard, "wait")

    @hears(UNSENT, effect=Effect.MINE)
    async def of_unsent(self, heard: Heard) -> Answer | Instead | None:
        """What is said freely of it when nothing is waited for, as after another matter, or but for
        a yes to something that would be done with it."""
        if heard.awaited and not {"asked", "command"} & {*heard.values}:
            return None
        if heard.is_coordinator and forms.is_whole(heard.text):
            heard.must_be_private()
            return await self._written(heard)
        id_, is_labelled = unsent_shown(heard), forms.is_labelled(heard.text)
        is_meant = heard.sees_announcement or spoken.names_it(heard.text) or is_labelled
        if not (id_ and heard.is_coordinator and is_meant):
            return None
        if spoken.is_about(heard.text, "send_now"):
            return Instead(heard.text, "send_now")
        heard.must_be_private()
        return await self._of(heard, id_)

    async def _of(self, heard: Heard, id_: int) -> Answer | Instead | None:
        """What is said of this one, as if it were waited for."""
        try:
            known = await self.announcements.get(heard.person, id_)
        except NotFound:
            return None
        if known.has_left:
            return None
        waits = known.status is not AnnouncementStatus.DRAFT
        values = {"id": id_, "waits": True} if waits else {"id": id_}
        step = "wait" if waits else "decide"
        heard = replace(heard, values=values)
        return await self._reworded(heard, step) or await self.talk.called_off(heard, step)

    async def confirm_change(self, heard: Heard) -> Answer | Instead | None:
        """Hears ja or nej to whether what waits is to leave in another form; or yet another."""
        said = inputs.agreed(heard.text, "announcements.spoken.yes_change")
        if said is None:
            return await self.talk.hear(heard, "confirm_change")
        return await self._decide_change(heard, changes=said)

    @tapped("announce_yes_change", effect=Effect.OTHERS, personal=True)
    async def tapped_yes_change(self, heard: Heard) -> Answer | None:
        return await self._decide_change(heard, changes=True)

    @tapped("announce_no_change", effect=Effect.NONE, personal=True)
    async def tapped_no_change(self, heard: Heard) -> Answer | None:
        return await self._decide_change(heard, changes=False)

    async def _decide_change(self, heard: Heard, *, changes: bool) -> Answer | None:
        """Only what was just asked about is changed, and only if it is as it was then."""
        values, id_ = heard.values, heard.number("id") or heard.values.get("id")
        if values.get("asked") != "change" or values.get("id") != id_:
            return None
        return await self.talk.settle(heard.person, values, changes=changes)

    async def again(self, heard: Heard) -> Answer | None:
        if heard.values.get("asked") == "delete":
            reply = Reply(text("announcements.write.delete_again"))
            return Answer(reply, then="confirm_delete", values=heard.values)
        if heard.values.get("asked") == "change":
            reply = Reply(text("announcements.spoken.yes_or_no"))
            return Answer(reply, then="confirm_change", values=heard.values)
        if heard.values.get("confirm"):
            asked = text("announcements.write.number_again", count=heard.values["confirm"])
            return Answer(Reply(asked), then="decide", values=heard.values)
        if "preview" in heard.values:
            reply = Reply(preview.again(int(heard.values.get("reaches", 1))))
            return Answer(reply, then="decide", values=heard.values)
        if "token" not in heard.values:  # one that waits: nothing is missing
            return None
        reply = Reply(text("announcements.write.form_again"))
        return Answer(reply, then="compose", values=heard.values)

    @tapped("announce_send", effect=Effect.OTHERS, personal=True)
    async def tapped_send(self, heard: Heard) -> Answer | None:
        id_, recipients = (
            heard.number("id"),
            forms.recipients(str(heard.turn.data.get("recipients", ""))),
        )
        version = heard.number("version")
        if not id_ or ("version" in heard.turn.data and not version):
            return None  # it does not say what has been seen
        return await self.send_off.send(heard.person, id_, version, recipients)

    @tapped("announce_change", effect=Effect.NONE, personal=True)
    async def tapped_change(self, heard: Heard) -> Answer | None:
        id_ = heard.number("id")
        return await self.views.change(heard.person, id_) if id_ else None

    @tapped("announce_open", effect=Effect.NONE, personal=True)
    async def tapped_open(self, heard: Heard) -> Answer | None:
        id_ = heard.number("id")
        return await self.views.open(heard.person, id_) if id_ else None

    @hears("left_out", effect=Effect.NONE, personal=True, others_hear=OTHERS_HEAR)
    @tapped("announce_left_out", effect=Effect.NONE, personal=True)
    async def left_out(self, heard: Heard) -> Answer | None:
        """Everybody that the previewed announcement would not reach, and why."""
        in_form = "token" in heard.values and "preview" not in heard.values
        id_ = heard.number("id") or (not in_form and heard.values.get("id"))
        return await self.views.left_out(heard.person, int(id_)) if id_ else none_shown(heard)

    @tapped("announce_cancel", effect=Effect.NONE, personal=True)
    async def tapped_cancel(self, heard: Heard) -> Answer:
        return Answer(Reply(text("announcements.write.left_saved")))

    @tapped("announce_delete", effect=Effect.NONE, personal=True)
    async def tapped_delete(self, heard: Heard) -> Answer | None:
        id_ = heard.number("id")
        return await self._ask_delete(heard.person, id_) if id_ else None

    @tapped("announce_do_delete", effect=Effect.MINE, personal=True)
    async def tapped_do_delete(self, heard: Heard) -> Answer | None:
        id_ = heard.number("id")
        return await self._delete(heard.person, id_) if id_ else None

    @tapped("announce_keep", effect=Effect.NONE, personal=True)
    async def tapped_keep(self, heard: Heard) -> Answer | None:
        id_ = heard.number("id")
        return await self.send_off.show(heard.person, id_) if id_ else None

    async def confirm_delete(self, heard: Heard) -> Answer | None:
        """Hears ja or nej."""
        said = inputs.agreed(heard.text, "announcements.write.yes_delete")
        if said is None:
            return None
        id_ = int(heard.values["id"])
        return await (
            self._delete(heard.person, id_) if said else self.send_off.show(heard.person, id_)
        )

    async def _ask_delete(self, person: Person, id_: int) -> Answer:
        try:
            known = await self.announcements.get(person, id_)
        except NotFound:
            return gone(person)
        if known.status is not AnnouncementStatus.DRAFT:
            return await self.views.as_it_is(person, known)
        values = {"id": id_, "asked": "delete"}
        return Answer(preview.ask_delete(known), then="confirm_delete", values=values)

    async def _delete(self, person: Person, id_: int) -> Answer:
        try:
            await self.announcements.delete_draft(person, id_)
        except (NotFound, NotACoordinator):
            return gone(person)
        except AlreadySent as refusal:
            return await self.views.as_it_is(person, refusal.announcement)
        return Answer(Reply(text("announcements.write.deleted")))


def _deletes(typed: str) -> bool:
    """Whether it is to be thrown away."""
    listed = forms.is_said(typed, "announcements.write.words_delete")
    return listed or spoken.is_about(typed, "delete")
