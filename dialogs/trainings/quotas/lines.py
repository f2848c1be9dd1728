"""Reads what is kept for whom out of the form: "Kronoberg 10, Växjö 5", "1 mars 2027"."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime

from dialogs.conversation import moments, swedish
from dialogs.conversation.texts import text
from dialogs.trainings.quotas.wording import place_in_words
from knowledge.directory.names import Area
from knowledge.directory.said import places_in
from knowledge.trainings.models import Training
from knowledge.trainings.quotas.models import MOST_QUOTAS, Quota, faults_of

MORNING = "08:00"
"""When seats are let go on a day without a time."""

_BETWEEN = re.compile(r"[,;\n]+|\s+och\s+(?=\D*\d)")
_COUNT = r"(?P<count>[-−–]?\d{1,6})(?: ?(?:st|platser|plats))?"
_BEHIND = re.compile(rf"(?P<place>\D+?)\s*:?\s*{_COUNT}\.?", re.IGNORECASE)
_BEFORE = re.compile(rf"{_COUNT}\s+(?:till |för |från )?(?P<place>\D+?)\.?", re.IGNORECASE)


class QuotaLines:
    """Reads both fields, and notes what is wrong in which. `before`: as it was written."""

    def __init__(self, written: Mapping[str, str], before: Mapping[str, str], now: datetime):
        self.written = written
        self.before = before
        self.now = now
        self.faults: dict[str, str] = {}

    def quotas(self, seats: int | None) -> tuple[Quota, ...]:
        """What is kept of so many seats."""
        parts = [part.strip() for part in _BETWEEN.split(self.written["quotas"])]
        read = [self._quota(part) for part in parts if part]
        quotas = tuple(one for one in read if one)
        if self.faults or not quotas:
            return quotas
        places = [one.place for one in quotas]
        twice = next((one for one in places if places.count(one) > 1), None)
        if twice:
            self._wrong("twice", place=place_in_words(twice))
        elif len(quotas) > MOST_QUOTAS:
            self._wrong("most", most=MOST_QUOTAS)
        elif seats is not None and "quotas_sum" in faults_of(quotas, seats):
            total = sum(one.seats for one in quotas)
            self._wrong("sum" if len(quotas) > 1 else "one", count=total, seats=seats)
        return quotas

    def until(self, starts_at: datetime | None) -> datetime | None:
        """When they are let go; in the morning where no time is written."""
        written = self.written["quotas_until"]
        if not written:
            return None
        chosen = moments.from_words(written, self.now)
        if chosen.moment is None or chosen.fault not in ("", "moment_time", "moment_past"):
            self._wrong_time("unread", written=swedish.plain(written, 60))
        elif chosen.moment <= self.now and written != self.before.get("quotas_until"):
            self._wrong_time("past")
        elif starts_at and chosen.moment > starts_at:
            self._wrong_time("late")
        return chosen.moment

    def _quota(self, part: str) -> Quota | None:
        found = _BEHIND.fullmatch(part) or _BEFORE.fullmatch(part)
        if not found:
            self._wrong("unread", written=swedish.plain(part, 60))
            return None
        area = self._area(found["place"].strip())
        if area is None:
            return None
        count = int(re.sub("[−–]", "-", found["count"]))
        if count <= 0:
            self._wrong("none", place=place_in_words(area.code))
            return None
        return Quota(area.code, count)

    def _area(self, said: str) -> Area | None:
        """The one place that is meant."""
        places = places_in(said, asked=True)
        areas = places.areas
        if len(areas) == 1 and places.alone:
            return areas[0]
        about = {"said": swedish.plain(said, 60)}
        if len(areas) > 1:
            choices = _either([place_in_words(one.code) for one in areas])
            self._wrong("which", choices=choices, example=place_in_words(areas[0].code), **about)
        else:
            self._wrong("place", **about)
        return None

    def _wrong(self, fault: str, **about: object) -> None:
        self.faults.setdefault("quotas", text(f"trainings_quotas.wrong_{fault}", **about))

    def _wrong_time(self, fault: str, **about: object) -> None:
        said = text(f"trainings_quotas.wrong_until_{fault}", **about)
        self.faults.setdefault("quotas_until", said)


def written_of(training: Training) -> dict[str, str]:
    """The fields as they would be filled in to say what is so."""
    quotas = ", ".join(f"{place_in_words(one.place)} {one.seats}" for one in training.quotas)
    day, time = moments.to_inputs(training.quotas_until)
    return {"quotas": quotas, "quotas_until": day if time == MORNING else f"{day} {time}".strip()}


def _either(words: Sequence[str]) -> str:
    return text("trainings_quotas.or", first=", ".join(words[:-1]), last=words[-1])
