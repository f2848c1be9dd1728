"""What is said in no set form of what has not left: done in a draft, asked about where it waits.

A draft is its author's own, and nothing leaves when it is changed. What waits would leave in
another form or at another time, so that is asked about first.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from dialogs.announcements import form as forms
from dialogs.announcements import spoken
from dialogs.announcements.cards import asked
from dialogs.announcements.drafts import AnnouncementDrafts
from dialogs.announcements.offered import Offers
from dialogs.announcements.send_off import SendOff
from dialogs.announcements.spoken import Spoken
from dialogs.announcements.spoken.changes import Editor
from dialogs.announcements.spoken.start import addressed
from dialogs.announcements.views import WRITE, AnnouncementViews, gone
from dialogs.conversation import swedish
from dialogs.conversation.card_parts import with_first_line
from dialogs.conversation.dialog import Answer, Heard, Instead
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text
from dialogs.understanding.times.spans import no_such_day
from knowledge.announcements.models import Announcement, AnnouncementStatus, Draft
from knowledge.announcements.refusals import NotFound
from knowledge.announcements.service import AnnouncementService
from knowledge.directory.models import Person


class DraftTalk:
    """Hears free words for the dialog that writes announcements."""

    def __init__(
        self,
        announcements: AnnouncementService,
        drafts: AnnouncementDrafts,
        send_off: SendOff,
        offers: Offers,
        views: AnnouncementViews,
        now: Callable[[], datetime],
    ) -> None:
        self.announcements = announcements
        self.drafts = drafts
        self.send_off = send_off
        self.offers = offers
        self.views = views
        self.now = now

    async def begin(self, heard: Heard) -> Answer:
        """The form, to those whom the wish to write names."""
        empty = await self.drafts.so_far(heard.person, {})
        offered = await self.offers.to(heard.person)
        start = addressed(heard.text, empty, offered, self.now())
        named = start.draft if start.draft.audience != empty.audience else None
        token = heard.turn.activity_id
        answer = await self.views.form(heard.person, named, token=token)
        if not start.note:
            return answer
        return replace(answer, reply=with_first_line(answer.reply, start.note))

    async def hear(self, heard: Heard, step: str) -> Answer | None:
        """What it changes; else the answer to the first reading that fits. `step` hears what is
        said next."""
        every = list(spoken.readings(heard.text))
        if not every:
            return None
        draft = await self.drafts.so_far(heard.person, heard.values)
        if changed := await self._changed(draft, heard, step):
            return changed
        for one in every:
            if answer := await self._told(one, draft, heard, step):
                return answer
        return None

    async def called_off(self, heard: Heard, step: str) -> Answer | Instead | None:
        """What is not to be sent: a draft is not sent anyway, and what waits is called off."""
        id_ = heard.values.get("id")
        if not spoken.is_about(heard.text, "call_off"):
            return None
        if not id_:
            return Answer(Reply(text("announcements.write.left_form")), by=WRITE)
        try:
            known = await self.announcements.get(heard.person, id_)
        except NotFound:
            return gone(heard.person)
        if known.status is not AnnouncementStatus.DRAFT:
            return Instead(heard.text, "stop_announcement")
        reply = Reply(text("announcements.write.nothing_leaves"))
        return Answer(reply, then=step, values=heard.values)

    async def without_time(self, heard: Heard) -> Answer | None:
        """A draft that is to be scheduled, and has no time: the time is asked for."""
        if not spoken.is_about(heard.text, "schedule"):
            return None
        draft = await self.drafts.so_far(heard.person, heard.values)
        lacks = draft.send_at is None and not draft.written
        return _as_before(heard, "decide", text("announcements.spoken.how_time")) if lacks else None

    async def _changed(self, draft: Draft, heard: Heard, step: str) -> Answer | None:
        person, id_ = heard.person, heard.values.get("id")
        editor = Editor(await self.offers.to(person), self.now())
        change = editor.read(heard.text, draft)
        if change is None:
            return None
        after, waits = change.draft, bool(heard.values.get("waits"))
        unsure = [one for one, _ in change.left]
        if unsure and not change.done:
            return _as_before(heard, step, _how(unsure[0], draft, waits=waits))
        if waits and (unsure or change.faults or after.faults):
            return _as_before(heard, step, _how((*unsure, *change.done)[0], draft, waits=waits))
        if waits:
            return await self._ask(person, int(heard.values["id"]), after)
        note = asked.changed(draft, after, self.offers.places, [said for _, said in change.left])
        token = str(heard.values.get("token", ""))
        return await self.drafts.save(person, after, change.faults, id_=id_, token=token, note=note)

    async def _ask(self, person: Person, id_: int, after: Draft) -> Answer:
        """Whether what waits is to leave so instead. Until it is answered nothing is changed."""
        try:
            known = await self.announcements.get(person, id_)
        except NotFound:
            return gone(person)
        if known.has_left:
            return await self.views.as_it_is(person, known, already=True)
        reply = asked.whether_to_change(known, after, await self.views.facts(after))
        values = {
            "id": id_,
            "waits": True,
            "asked": "change",
            "version": known.version,
            "draft": forms.kept(after),
        }
        return Answer(reply, then="confirm_change", values=values, about={"draft": id_}, by=WRITE)

    async def settle(self, person: Person, values: Mapping[str, Any], *, changes: bool) -> Answer:
        """Changed and sent off anew, with all that a send demands; or shown as it is."""
        id_ = int(values["id"])
        try:
            known = await self.announcements.get(person, id_)
        except NotFound:
            return gone(person)
        if known.has_left or not changes:
            return await self.views.as_it_is(person, known, already=known.has_left and changes)
        if known.version != values["version"]:
            note = text("announcements.spoken.changed_meanwhile")
            return await self.views.as_it_is(person, known, note=note)
        after = forms.restored(values["draft"])
        answer = await self.drafts.save(person, after, (), id_=id_, token="")
        version = answer.values.get("version")  # it has one when it could be kept
        return await self.send_off.send(person, id_, int(version), 0) if version else answer

    async def _told(self, one: Spoken, draft: Draft, heard: Heard, step: str) -> Answer | None:
        """What asks, or asks for more, and changes nothing."""
        person, id_ = heard.person, heard.values.get("id")
        waits = bool(heard.values.get("waits"))
        saved = id_ and "draft" not in heard.values
        if one.about in ("schedule", "send") and saved and step == "compose":
            return await self.send_off.show(
                person, int(heard.values["id"])
            )  # it is sent from its preview
        if one.about == "schedule" and not id_:
            return None
        if one.about in ("which_time", "schedule"):
            return _as_before(heard, step, _how(one, draft, waits=waits))
        if not id_ or one.about not in ("who", "when", "change"):
            return None
        if one.about == "change":
            return await self.views.change(person, int(id_))
        try:
            known = await self.announcements.get(person, int(id_))
        except NotFound:
            return gone(person)
        if one.about == "when" and not known.has_left:
            return _as_before(heard, step, _when(known))
        answer = await self.views.whom(person, known)
        return replace(answer, then=step, values=heard.values)


def _as_before(heard: Heard, step: str, said: str) -> Answer:
    """Told, while the same is waited for."""
    return Answer(Reply(said), then=step, values=heard.values, by=WRITE)


_HOW = {
    "only_to": "to",
    "add_to": "to",
    "drop_to": "to",
    "link": "link",
    "no_link": "link",
    "picture": "picture",
    "attached": "attached",
}
"""How each is written, where it was not surely understood; all others are about the time."""


def _how(one: Spoken, draft: Draft, *, waits: bool) -> str:
    if name := _HOW.get(one.about):
        return text(f"announcements.spoken.how_{name}")
    day, stands = swedish.plain(no_such_day(one.said)), waits and draft.send_at
    if stands:
        key = "day_stands" if day else "time_stands"
        return text(f"announcements.spoken.{key}", day=day, moment=swedish.moment(stands))
    if day:
        return text("announcements.spoken.no_such_day", day=day)
    return text("announcements.spoken.how_time")


def _when(known: Announcement) -> str:
    """When it goes, or what it waits for."""
    if known.draft.send_at is None:
        return text(_AT_ONCE[known.status])
    return text(_LATER[known.status], moment=swedish.moment(known.draft.send_at))


_AT_ONCE = {
    AnnouncementStatus.DRAFT: "announcements.spoken.when_sent",
    AnnouncementStatus.WAITING_APPROVAL: "announcements.spoken.when_approved",
}
_LATER = {
    AnnouncementStatus.DRAFT: "announcements.spoken.when_scheduled",
    AnnouncementStatus.WAITING_APPROVAL: "announcements.spoken.when_approved_then",
    AnnouncementStatus.SCHEDULED: "announcements.spoken.when_due",
}
