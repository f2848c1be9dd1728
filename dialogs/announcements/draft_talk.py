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
from dialogs.announcements.spoken_changes import Editor
from dialogs.announcements.views import WRITE, AnnouncementViews, gone
from dialogs.conversation import swedish
from dialogs.conversation.dialog import Answer, Heard
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

    async def of_unsent(self, heard: Heard, id_: int) -> Answer | None:
        """The same where nothing is waited for."""
        if not any(spoken.readings(heard.text)):
            return None
        heard.must_be_private()
        try:
            known = await self.announcements.get(heard.person, id_)
        except NotFound:
            return None
        if known.has_left:
            return None
        waits = known.status is not AnnouncementStatus.DRAFT
        values = {"id": id_, "waits": True} if waits else {"id": id_}
        return await self.hear(replace(heard, values=values), "wait" if waits else "decide")

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
        if one.about == "which_time":
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
