"""Reads a training out of the form's fields, or out of lines typed in the chat.

What was written is kept as it was written, by the name of the field, until all of it can be read.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from dialogs.conversation import fields, inputs, moments, swedish
from dialogs.conversation.forms import labelled
from dialogs.conversation.texts import text, texts
from dialogs.trainings.planning import lines
from dialogs.trainings.planning.offered import Offered
from dialogs.trainings.planning.timetable import Timetable
from knowledge import addresses, letters
from knowledge.directory.places import fold
from knowledge.times import instant
from knowledge.trainings.asking.models import FOOD, Question
from knowledge.trainings.models import Training
from knowledge.trainings.planning.models import LONGEST, Plan

NEEDED = ("title", "date", "starts", "ends", "place", "seats", "themes")
MORE = (
    "meetings", "series", "summary", "for_whom", "organizer", "price", "online", "join_link",
    "bring", "food", "questions", "sign_up_until", "withdraw_until", "end_date", "owners",
)  # fmt: skip
FIELDS = (*NEEDED, *MORE)

NOON = "12:00"

WHOLE, SINGLY = "whole", "singly"
"""Whether a seat is one at all meetings, or at a single one."""

_NUMBER = re.compile(r"(\d{1,6})(?: ?(?:st|platser|personer|kr|kronor|sek|:-))?")
_FROM_TO = re.compile(r"(?:kl\.? ?)?(\S+?) ?(?:[-–]|till) ?(?:kl\.? ?)?(\S+)")

Written = Mapping[str, str]
"""What stands in each field."""


@dataclass(frozen=True)
class Read:
    """What a form says: a plan, or what is wrong with it in words, by field.

    `singly`: people are to sign up for one meeting at a time.
    """

    plan: Plan | None
    faults: Mapping[str, str]
    singly: bool = False


def from_card(data: Mapping[str, Any]) -> dict[str, str]:
    """The fields of the tapped form. A client leaves out what was not touched, or is empty."""
    return {name: letters.seen(fields.as_text(data[name])) for name in FIELDS if name in data}


def from_words(typed: str, before: Written) -> dict[str, str] | None:
    """What was written before, with what lines such as "Titel: …" say; None without such a line."""
    labels = _labels()
    each = labelled.in_lines(typed, labels, first="title", free="summary")
    said = labelled.lines(each, labels)
    if not said:
        return None
    both = _FROM_TO.fullmatch(said.pop("time", ""))
    said |= {"starts": both[1], "ends": both[2]} if both else {}
    return {**before, **said}


def is_whole(typed: str) -> bool:
    """Whether it has both a title and a day, and so is a training."""
    written = from_words(typed, {}) or {}
    return "title" in written and bool({"date", "meetings"} & {*written})


def written_of(training: Training, series: Sequence[Training] = ()) -> dict[str, str]:
    """The fields as they would be filled in to say what is so. `series`: all that are written
    together with it."""
    each = [meeting for one in series or [training] for meeting in one.each_meeting]
    starts, ends = moments.to_inputs(each[0].starts_at), moments.to_inputs(each[0].ends_at)
    own = [one for one in training.questions if one.words]
    plain = {name: getattr(training, name) for name in ("title", "summary", "for_whom", "bring")}
    return {
        **plain,
        "date": starts[0],
        "starts": starts[1],
        "ends": ends[1],
        "end_date": ends[0] if ends[0] != starts[0] else "",
        "meetings": lines.of_meetings(each[1:]),
        "series": SINGLY if series else "",
        "food": str(len(own) < len(training.questions)).lower(),
        "questions": lines.of_questions(own),
        "place": training.place,
        "seats": str(training.seats),
        "themes": ",".join(training.themes),
        "organizer": training.organizer,
        "price": "" if training.price is None else str(training.price),
        "online": str(training.online).lower(),
        "join_link": training.join_link,
        "sign_up_until": _last_day(training.sign_up_until),
        "withdraw_until": _last_day(training.withdraw_until),
        "owners": ",".join(training.owned_by),
    }


def copied(training: Training) -> dict[str, str]:
    """The same for another day: what is a day is left to be filled in."""
    days = ("date", "end_date", "meetings", "sign_up_until", "withdraw_until", "join_link")
    return written_of(training) | dict.fromkeys(days, "")


def read(written: Written, offered: Offered, now: datetime, known: Training | None = None) -> Read:
    """What is written, or what of it is wrong. `known` is a published training: its last days, and
    some of its meetings, may be over."""
    return _Reader(written, offered, now, known).read()


class _Reader:
    """Reads the fields one by one, and notes what is wrong."""

    def __init__(
        self, written: Written, offered: Offered, now: datetime, known: Training | None
    ) -> None:
        written = {"owners": offered.at_first, **written}
        self.written = {name: written.get(name, "").strip() for name in FIELDS}
        self.offered = offered
        self.now = now
        self.before = written_of(known) if known else {}
        self.timetable = Timetable(self.written, now, known)
        self.faults: dict[str, str] = {}

    def read(self) -> Read:
        meetings = self.timetable.read()
        self.faults |= self.timetable.faults
        starts_at = meetings[0].starts_at if meetings else None
        values: dict[str, Any] = self._texts() | self._choices() | self._numbers()
        values["questions"] = self._questions()
        singly = self._singly()
        values |= {
            name: self._last(name, starts_at) for name in ("sign_up_until", "withdraw_until")
        }
        if starts_at is None or self.faults:
            return Read(None, self.faults)
        values["meetings"] = tuple(meetings) if len(meetings) > 1 else ()
        plan = Plan(starts_at=starts_at, ends_at=meetings[-1].ends_at, **values)
        for name in plan.faults:
            self._wrong(name.partition("_lines")[0].partition("_markup")[0], name)
        return Read(None if self.faults else plan, self.faults, singly)

    def _wrong(self, field: str, fault: str, **about: object) -> None:
        longest = LONGEST.get(field, 0)
        said = text(f"trainings_planning.wrong_{fault}", longest=longest, **about)
        self.faults.setdefault(field, said)

    def _singly(self) -> bool:
        """Whether people sign up for one meeting at a time; of what is published it stays."""
        picked = fields.one(self.written["series"], sign_ups(), named=_called)
        if picked.unread:
            self._wrong("series", "series")
        is_single = picked.only == SINGLY
        if is_single and self.before and len(self.timetable.meetings) > 1:
            self._wrong("series", "series_published")
        return is_single

    def _questions(self) -> tuple[Question, ...]:
        food, own = fields.yes(self.written["food"]), lines.questions_in(self.written["questions"])
        if food is None:
            self._wrong("food", "food")
        if any(map(lines.asks_too_much, own)):
            self._wrong("questions", "questions_personal")
        return (*([FOOD] if food else []), *own)

    def _texts(self) -> dict[str, Any]:
        names = ("title", "summary", "for_whom", "organizer", "bring", "place")
        found: dict[str, Any] = {name: self.written[name] for name in names}
        found["summary"] = letters.with_plain_lines(found["summary"])
        found["join_link"] = addresses.completed(self.written["join_link"])
        online = fields.yes(self.written["online"])
        if online is None:
            self._wrong("online", "online")
        found["online"] = bool(online)
        if online and not found["place"]:
            found["place"] = text("trainings_planning.on_distance")
        return found

    def _choices(self) -> dict[str, tuple[str, ...]]:
        themes = fields.several(
            self.written["themes"],
            self.offered.themes,
            named=lambda said: inputs.themes_called(said, self.offered.themes),
        )
        owners = fields.several(
            self.written["owners"], self.offered.owners, named=self.offered.county_called
        )
        for name, picked in (("themes", themes), ("owners", owners)):
            if picked.unread:
                quoted = swedish.joined([f"”{swedish.plain(one, 60)}”" for one in picked.unread])
                said = text(f"trainings_planning.wrong_unread_{name}", words=quoted)
                self.faults.setdefault(name, said)
        if not {*owners.values} & {*self.offered.counties}:
            self._wrong("owners", "owners")
        return {"themes": themes.values, "owners": owners.values}

    def _numbers(self) -> dict[str, int | None]:
        free = fold(self.written["price"]) in {fold(one) for one in _free()}
        price = "0" if free else self.written["price"]
        found = {"seats": _number(self.written["seats"]), "price": _number(price)}
        if found["seats"] is None:
            self._wrong("seats", "seats")
        if price and found["price"] is None:
            self._wrong("price", "price")
        return found

    def _last(self, name: str, starts_at: datetime | None) -> datetime | None:
        """The end of the day that is written: until then it may be done, if it has not begun."""
        written = self.written[name]
        if not written:
            return None
        chosen = moments.from_inputs(written, NOON, self.now)
        if chosen.moment is None:
            self._wrong(name, "day", written=swedish.plain(written, 60))
            return None
        day = _local(chosen.moment)
        if day < _local(self.now) and written != self.before.get(name):
            self._wrong(name, "last_past")
        if starts_at and day > _local(starts_at):
            self._wrong(name, name)
        midnight = instant(day + timedelta(days=1), time())
        return min(midnight, starts_at) if starts_at else midnight


def sign_ups() -> dict[str, str]:
    """What people may sign up for."""
    return {one: text(f"trainings_planning.series_{one}") for one in (WHOLE, SINGLY)}


def _called(said: str) -> Sequence[str]:
    """ "Träff för träff" for one of them."""
    return [
        one
        for one in (WHOLE, SINGLY)
        if fold(said) in {fold(word) for word in texts(f"trainings_planning.says_{one}")}
    ]


def _last_day(last: datetime | None) -> str:
    return (
        (last - timedelta(seconds=1)).astimezone(swedish.SWEDEN).date().isoformat() if last else ""
    )


def _local(moment: datetime) -> date:
    return moment.astimezone(swedish.SWEDEN).date()


def _number(written: str) -> int | None:
    found = _NUMBER.fullmatch(re.sub(r"(?<=\d)\s(?=\d{3})", "", written.lower()))
    return int(found[1]) if found else None


def _free() -> tuple[str, ...]:
    return texts("trainings_planning.says_free")


def _labels() -> dict[str, str]:
    return {
        fold(word, strip=False): field
        for field in (*FIELDS, "time")
        for word in texts(f"trainings_planning.field_{field}")
    }
