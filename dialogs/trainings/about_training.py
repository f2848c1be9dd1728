"""What is asked about a training that was shown: "vad handlar den om?", "när börjar 2?"."""

from collections.abc import Sequence
from datetime import timedelta
from typing import ClassVar

from dialogs.conversation import inputs, paging, swedish
from dialogs.conversation.dialog import SHOWN_TRAINING, Answer, Dialog, Heard, Instead, hears
from dialogs.conversation.intents import understand
from dialogs.conversation.paging import Page, shown_in
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text
from dialogs.conversation.wishes import SIGNED_UP
from dialogs.trainings import questions
from dialogs.trainings.attendance.check_in import is_code, marks_sheet
from dialogs.trainings.attendance.who_came import asks_who_came
from dialogs.trainings.detail_cards import details
from dialogs.trainings.lists import FIND, SHOWN, WITHDRAWN, TrainingLists
from dialogs.trainings.meetings import first_in_words
from dialogs.trainings.participants.said import changes_of
from dialogs.trainings.parts import last_day, price_in_words, seats_in_words
from dialogs.trainings.planning.said import speaks_of_meeting
from dialogs.trainings.planning.views import SHOWN as HELD
from dialogs.trainings.training_questions import (
    LAST_DAYS,
    Asked,
    asked_of_training,
    asks_if_done,
    asks_of_own,
    narrows,
)
from dialogs.trainings.wording import TrainingWording
from dialogs.understanding.effect import Effect
from dialogs.understanding.slots import read
from dialogs.understanding.vocabulary import Screen
from knowledge.trainings.models import Training, TrainingStatus
from knowledge.trainings.service import MOST_OPEN, TrainingService

OWN_CERTIFICATE = "trainings_certificates.says_own"

NOT_KNOWN = ("cost", "who", "other")
"""What we can only tell who may know."""


class AboutTraining(Dialog):
    """Tells what is known of one training, and what is not."""

    name: ClassVar[str] = "about_training"

    def __init__(
        self, trainings: TrainingService, lists: TrainingLists, wording: TrainingWording
    ) -> None:
        self.trainings = trainings
        self.wording = wording
        self.lists = lists

    @hears(SHOWN_TRAINING, effect=Effect.NONE)
    async def asked(self, heard: Heard) -> Answer | Instead | None:
        """Only a question in which no word is about something else; and the code on the screen,
        with nothing beside it."""
        if is_code(heard.text):
            return Instead(heard.text, "check_in", rest=heard.text, sure=True)
        if asks_who_came(heard.text) or marks_sheet(heard):
            return Instead(heard.text, "check_in", rest=heard.text, sure=True)
        if heard.is_coordinator and (other := await self._of_held(heard)):
            return Instead(heard.text, other, rest=heard.text, sure=True)
        is_done = {SIGNED_UP, WITHDRAWN} & {*heard.values} and asks_if_done(heard.text)
        if is_done or asks_of_own(heard.text):
            return Instead(heard.text, "my_trainings", sure=True)
        if inputs.is_plain(heard.text) and paging.is_said(heard.text, OWN_CERTIFICATE):
            return Instead(heard.text, "certificate", sure=True)
        page = self.lists.current(heard.about)
        on_screen = page and heard.about.get("screen") == Screen.LIST
        if page and on_screen and narrows(heard.text) and not _is_of_who(heard.text):
            some = await self.lists.narrowed(heard, page, heard.text)
            if some:
                return some
        told = read(heard.text, self.lists.today(), shown_in(heard.about))
        asked = asked_of_training(told)
        if asked is None:
            return None
        if asked.names:
            found = await self.lists.pick(heard.text, page, loosely=True)
            if len(found.ids) == 1:
                return await self._tell(heard, asked, found.ids)
        waiting = _waiting(heard)
        if not (waiting or asked.names) and (arrived := await self._arrived(heard, asked)):
            return arrived
        is_last = heard.about.get("screen") == Screen.LIST
        ids = waiting or (() if asked.names else heard.about.get(SHOWN, ()))
        if not ids and page and len(page.ids) == 1 and not asked.names:
            ids = page.ids
        if ids:
            fits = is_last or asked.points or waiting
            return await self._tell(heard, asked, ids) if fits else None
        if page is None or not (asked.points or (is_last and asked.points_loosely)):
            return None
        reply = Reply(text("trainings.details.which", number=page.first + 1))
        return Answer(reply, then="which", values={"kinds": [*asked.kinds], "listed": page.of})

    async def _of_held(self, heard: Heard) -> str:
        """The command for what is to become of somebody in a training that is held, or of one of
        its meetings."""
        if speaks_of_meeting(heard.text):
            return "change_training"
        changes = changes_of(heard.text)
        held = await self.trainings.list_held_by(heard.person, MOST_OPEN) if changes else []
        titles = [one.title for one in held]
        named = [one for one in changes if inputs.title_in(one.training, titles) is not None]
        return "participants" if named else ""

    async def _arrived(self, heard: Heard, asked: Asked) -> Answer | None:
        """Of what has come by itself since anything was shown; of several, which?"""
        ids = await self.lists.arrived(heard)
        known = await self.trainings.find_all(ids) if ids else {}
        ids = [id_ for id_ in ids if id_ in known]
        if len(ids) < 2:
            return await self._tell(heard, asked, ids)
        page = Page.beginning(FIND, ids).shown([known[id_].title for id_ in ids])
        values = {"kinds": [*asked.kinds], "listed": page.of}
        reply = questions.ask_which(page, [known[id_] for id_ in ids], "several_told_of")
        return Answer(reply, then="which", values=values, about=page.about)

    async def which(self, heard: Heard) -> Answer | None:
        """Hears which of the list it is."""
        found = await self.lists.pick(heard.text, self.lists.current(heard.about))
        kinds = tuple(map(str, heard.values.get("kinds", ())))
        if len(found.ids) != 1:
            return None
        return await self._tell(heard, Asked(kinds, True, True, True), found.ids)

    async def _tell(self, heard: Heard, asked: Asked, ids: Sequence[int]) -> Answer | None:
        """What is known, and the question again that waits for an answer."""
        known = await self.trainings.find_all(ids)
        trainings = [known[id_] for id_ in ids if id_ in known]
        if not trainings:
            return None
        full = await self.lists.full(heard, known)
        told = [
            self._line(kind, one, full.get(one.id, "")) for one in trainings for kind in asked.kinds
        ]
        own = heard.somebody.counties if heard.somebody else ()
        counties = {one.county for one in trainings} - {*own}
        unknown = any(
            kind in NOT_KNOWN and not _knows(kind, one) for one in trainings for kind in asked.kinds
        )
        whom = counties.pop() if unknown and len(counties) == 1 else ""
        waits = bool(_waiting(heard))
        ask = self._question(heard, trainings) if waits else ""
        standing = await self.lists.own(heard, known)
        in_line = await self.trainings.count_in_line([one.id for one in trainings])
        files = {id_: self.wording.file_of(one) for id_, one in standing.items()}
        reply = details(
            trainings,
            told,
            whom=whom,
            ask=ask,
            own=standing,
            full=full,
            in_line=in_line,
            files=files,
        )
        if waits:
            return Answer(reply, aside=True)
        shown = [one.id for one in trainings]
        held = {HELD: shown[0]} if full and len(shown) == 1 else {}
        return Answer(reply, values={SHOWN: shown}, about={SHOWN: shown, **held})

    def _line(self, kind: str, one: Training, full: str) -> str:
        title = swedish.plain(one.title)
        return text(
            _key(kind, one),
            title=title,
            moment=first_in_words(one),
            place=swedish.plain(one.place),
            length=_length(one),
            end=_end(one),
            seats=full or seats_in_words(one),
            price=price_in_words(one),
            organizer=swedish.plain(one.organizer),
            for_whom=swedish.plain(one.for_whom),
            **{name: last_day(one, name) for name in LAST_DAYS},
            county=self.lists.places.name_of(one.county),
        )

    def _question(self, heard: Heard, trainings: Sequence[Training]) -> str:
        """The question that still waits, which may be about only some of them."""
        if heard.values.get("trainings"):
            question = questions.sign_up_question(trainings)
        else:
            titles = swedish.joined([swedish.plain(one.title) for one in trainings])
            question = text("trainings.ask_withdraw", title=titles)
        return text("trainings.details.waits", question=question)


def _key(kind: str, one: Training) -> str:
    """The sentence that answers the question, or that we do not know."""
    if kind == "about":
        return f"trainings.details.{'about' if one.summary else 'about_none'}"
    if kind == "sign_up_until" and one.status is not TrainingStatus.OPEN:
        return "trainings.details.sign_up_over"
    if _knows(kind, one):
        return f"trainings.details.known_{kind}"
    return f"trainings.details.{kind}"


def _knows(kind: str, one: Training) -> bool:
    """Whether it is told of this training, where not all have it."""
    known = {
        "cost": one.price is not None,
        "who": bool(one.organizer),
        "whom": bool(one.for_whom),
        **{name: bool(last_day(one, name)) for name in LAST_DAYS},
        "other": bool(one.bring or one.for_whom or one.organizer or one.price is not None),
    }
    return known.get(kind, False)


def _waiting(heard: Heard) -> list[int]:
    """Those that somebody is just being asked about, to sign up or to withdraw."""
    if not heard.awaited:
        return []
    values = heard.values
    return [int(id_) for id_ in values.get("trainings") or values.get("withdrawing") or ()]


def _length(training: Training) -> str:
    """Of several meetings how many they are, and what they come to."""
    each = training.each_meeting
    total = sum((one.ends_at - one.starts_at for one in each), timedelta())
    length = _time(int(total.total_seconds() // 60))
    if not training.is_series:
        return length
    return text("trainings.meetings.length", count=len(each), length=length)


def _time(minutes: int) -> str:
    hours, minutes = divmod(minutes, 60)
    parts = [text("trainings.details.hours", count=hours)] if hours else []
    parts += [text("trainings.details.minutes", count=minutes)] if minutes or not hours else []
    return swedish.joined(parts)


def _end(training: Training) -> str:
    starts, ends = (
        one.astimezone(swedish.SWEDEN) for one in (training.starts_at, training.ends_at)
    )
    clock = text("trainings.details.clock", time=swedish.clock_time(ends))
    return clock if starts.date() == ends.date() else swedish.moment(ends)


def _is_of_who(typed: str) -> bool:
    """ "Vilka har anmält sig till 2" asks for people, and not for some of the list."""
    intent = understand(typed)
    return intent is not None and intent.exact and intent.name == "participants"
