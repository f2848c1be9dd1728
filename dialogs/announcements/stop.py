"""Stopping: what is being sent is stopped for good, what waits is called off.

Whoever writes "stoppa" means what can be stopped. What was shown last is meant where it can be;
else what there is; and of several it is asked which.
"""

from collections.abc import Sequence
from typing import ClassVar

from dialogs.announcements.cards import stop as cards
from dialogs.announcements.status import StatusCards, not_found
from dialogs.announcements.views import AnnouncementViews, gone
from dialogs.announcements.which import (
    OTHERS_HEAR,
    last_shown,
    none_shown,
    unsent_shown,
    which_sent,
)
from dialogs.conversation import inputs
from dialogs.conversation.dialog import Answer, Dialog, Heard, hears, tapped
from dialogs.conversation.talk import Kind, Reply
from dialogs.conversation.texts import text
from dialogs.understanding.effect import Effect
from knowledge.announcements.models import Announcement, AnnouncementStatus
from knowledge.announcements.refusals import AlreadySent, NotACoordinator, NotFound, NotSent
from knowledge.announcements.sending import SendingService
from knowledge.announcements.service import AnnouncementService
from knowledge.directory.models import Person
from knowledge.follow_up.models import Group
from knowledge.follow_up.service import FollowUpService

MOST_LOOKED_AT = 20
"""Older announcements of the person's than these are not looked for."""

MOST_OFFERED = 5

WAITS = (AnnouncementStatus.SCHEDULED, AnnouncementStatus.WAITING_APPROVAL)
UNDER_WAY = (AnnouncementStatus.SENT, AnnouncementStatus.PAUSED)


class StopAnnouncement(Dialog):
    """ "Stoppa"."""

    name: ClassVar[str] = "stop_announcement"

    def __init__(
        self,
        announcements: AnnouncementService,
        sending: SendingService,
        follow_up: FollowUpService,
        status_cards: StatusCards,
        views: AnnouncementViews,
    ) -> None:
        self.announcements = announcements
        self.sending = sending
        self.follow_up = follow_up
        self.status_cards = status_cards
        self.views = views

    @hears("stop_announcement", effect=Effect.OTHERS, personal=True, others_hear=OTHERS_HEAR)
    @tapped("announce_stop", effect=Effect.OTHERS, personal=True)
    async def stop(self, heard: Heard) -> Answer | None:
        """In its own words, of what is being sent on the screen: done. Else it is asked about."""
        person = heard.person
        if heard.turn.kind is Kind.ACTION:
            id_ = heard.number("id")
            return await self._stop(person, id_) if id_ else None
        shown = last_shown(heard)
        meant = await self._meant(person, shown)
        if not meant:
            if unsent := unsent_shown(heard):
                return await self._stays(person, unsent)
            sent = which_sent(heard)
            return await self.status_cards.answer(person, sent) if sent else none_shown(heard)
        if len(meant) > 1:
            reply = cards.which(meant)
            return Answer(reply, then="pick", values={"ids": [one.id for one in meant]})
        only = meant[0]
        if only.id == shown and only.has_left and not heard.understood:
            return await self._stop(person, only.id)
        values = {"asked": "stop", "id": only.id}
        about = {"announcement" if only.has_left else "draft": only.id}
        return Answer(cards.whether(only), then="confirm", values=values, about=about)

    async def _stays(self, person: Person, id_: int) -> Answer:
        """What has not left and does not wait either is not sent anyway."""
        known = await self._find(person, id_)
        if known is None:
            return gone(person)
        note = text("announcements.write.nothing_leaves")
        return await self.views.as_it_is(person, known, note=note)

    async def pick(self, heard: Heard) -> Answer | None:
        """Hears which, "2" or "ställ in 2": what the button with that number does."""
        number, ids = cards.number_in(heard.text), heard.values["ids"]
        if not number or number > len(ids):
            return None
        return await self._end(heard.person, int(ids[number - 1]))

    async def confirm(self, heard: Heard) -> Answer | None:
        """Hears ja or nej."""
        said = inputs.agreed(heard.text, *cards.YES)
        if said is None:
            return None
        id_ = int(heard.values["id"])
        return await (self._end(heard.person, id_) if said else self._as_it_is(heard.person, id_))

    @tapped("announce_go_on", effect=Effect.NONE, personal=True)
    async def tapped_go_on(self, heard: Heard) -> Answer | None:
        id_ = heard.number("id")
        return await self._as_it_is(heard.person, id_) if id_ else None

    async def again(self, heard: Heard) -> Answer | None:
        if "asked" in heard.values:
            reply = Reply(text("announcements.spoken.yes_or_no"))
            return Answer(reply, then="confirm", values=heard.values)
        return Answer(
            Reply(text("announcements.stop.pick_again")), then="pick", values=heard.values
        )

    async def _meant(self, person: Person, shown: int) -> Sequence[Announcement]:
        """What can be stopped and may be meant. What is being sent is never passed over in
        silence where what waits was shown, since it is the one in a hurry."""
        mine = await self.announcements.list_mine(person, limit=MOST_LOOKED_AT)
        known = await self._find(person, shown) if shown else None
        every = {one.id: one for one in (*mine, *([known] if known else []))}
        can = [one for one in every.values() if await self._can_be_stopped(person, one)]
        on_screen = [one for one in can if one.id == shown]
        if on_screen and on_screen[0].has_left:
            return on_screen
        hurried = [one for one in can if one.has_left]
        rest = on_screen or [one for one in can if not one.has_left]
        return [*hurried, *rest][:MOST_OFFERED]

    async def _can_be_stopped(self, person: Person, known: Announcement) -> bool:
        if known.status in WAITS:
            return True
        if known.status not in UNDER_WAY:
            return False
        return bool((await self.follow_up.report(person, known.id)).count(Group.WAITING))

    async def _find(self, person: Person, id_: int) -> Announcement | None:
        try:
            return await self.announcements.get(person, id_)
        except NotFound:
            return None

    async def _end(self, person: Person, id_: int) -> Answer:
        """Called off where it waits, else stopped for good."""
        known = await self._find(person, id_)
        if known is None:
            return gone(person)
        if known.has_left:
            return await self._stop(person, id_)
        try:
            draft = await self.sending.take_back(person, id_)
        except (NotFound, NotACoordinator):
            return gone(person)
        except AlreadySent:  # it left in this very moment, and is stopped
            return await self._stop(person, id_)
        note = text("announcements.write.taken_back")
        return await self.views.as_it_is(person, draft, note=note)

    async def _stop(self, person: Person, id_: int) -> Answer:
        try:
            await self.follow_up.stop(person, id_)
        except (NotFound, NotACoordinator, NotSent):
            return not_found()
        return await self.status_cards.answer(person, id_)

    async def _as_it_is(self, person: Person, id_: int) -> Answer:
        known = await self._find(person, id_)
        return await self.views.as_it_is(person, known) if known else gone(person)
