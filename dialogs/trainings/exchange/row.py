"""One row of a list as a plan: what its cells say, and what is wrong with them."""

from datetime import datetime, timedelta

from dialogs.conversation import fields, inputs, swedish
from dialogs.conversation.texts import text
from dialogs.trainings.exchange import cells as read
from dialogs.trainings.exchange.cells import When
from dialogs.trainings.exchange.columns import Columns
from dialogs.trainings.exchange.judged import Fault
from dialogs.trainings.exchange.lines import Line
from dialogs.trainings.planning import form as forms
from dialogs.trainings.planning.offered import Offered
from knowledge import letters
from knowledge.trainings.exchange.service import may_change
from knowledge.trainings.models import Training
from knowledge.trainings.planning.models import Plan

_TIMES = ("date", "starts", "ends", "end_date", "time")
_LAST = ("sign_up_until", "withdraw_until")
_LONGEST_SHOWN = 60


class RowReader:
    """Reads the cells one by one, and notes what is wrong in the words of the sheet."""

    def __init__(self, line: Line, columns: Columns, offered: Offered, now: datetime) -> None:
        self.line, self.columns, self.offered, self.now = line, columns, offered, now
        self.faults: list[Fault] = []
        self.cells = {
            name: letters.seen(letters.with_plain_lines(line.cells[place])).strip()
            for name, place in columns.places.items()
            if place < len(line.cells)
        }
        self.formulas = {name for name, place in columns.places.items() if place in line.formulas}
        for name in sorted(self.formulas):
            self._wrong(name, "formula")

    def read(self, known: Training | None) -> Plan | None:
        """What the row says; what has no column stays as `known` has it. None for a fault."""
        if known and not may_change(known, self.now):
            self._wrong("id" if "id" in self.cells else "title", "not_now")
            return None
        written = self._written(known)
        plan = self._formed(written, known)
        if plan is None or self.faults:
            return None
        if known and plan.seats < known.taken:
            self._say("seats", text("trainings_planning.wrong_seats_taken", count=known.taken))
        return None if self.faults else plan

    def _formed(self, written: dict[str, str], known: Training | None) -> Plan | None:
        """The plan as the form reads it. A day that cannot be read hides no other fault."""
        found = forms.read(written, self.offered, self.now, known)
        faults = dict(found.faults)
        if found.plan is None:
            some_day = (self.now + timedelta(days=30)).date().isoformat()
            good = {
                "date": some_day,
                "starts": "09:00",
                "ends": "12:00",
                "end_date": "",
                "meetings": "",
            }
            good |= dict.fromkeys(_LAST, "")
            faults |= forms.read(written | good, self.offered, self.now, known).faults
        for name, said in faults.items():
            self._say(self._source(name), said)
        return found.plan

    def fault(self, name: str, wanted: str) -> Fault:
        said = swedish.plain(self.cells.get(name, ""), _LONGEST_SHOWN)
        return Fault(self.line.number, self.columns.called(name), said, wanted)

    def _wrong(self, name: str, key: str) -> None:
        self._say(name, text(f"trainings_exchange.wanted_{key}"))

    def _say(self, name: str, wanted: str) -> None:
        """One thing at a time is said of a cell."""
        fault = self.fault(name, wanted)
        if not any(one.column == fault.column for one in self.faults):
            self.faults.append(fault)

    def _written(self, known: Training | None) -> dict[str, str]:
        """The fields of the form, as they would be filled in."""
        before = forms.written_of(known) if known else {}
        said = {name: value for name, value in self.cells.items() if name in forms.FIELDS}
        apart = (*_TIMES, *_LAST, "series")  # a sheet's series has a name: it is no choice
        said = {name: value for name, value in said.items() if name not in apart}
        written = {**before, **said, **self._when(before), **self._last_days()}
        if released := read.when(written.get("quotas_until", "")):
            time = released.starts if released.starts != "00:00" else ""
            written["quotas_until"] = f"{released.day} {time}".strip()
        for name in ("seats", "price"):
            written[name] = read.whole(written.get(name, ""))
        written["online"] = read.ticked(written.get("online", ""))
        town, place = self.cells.get("town", ""), written.get("place", "")
        if town and town.casefold() not in place.casefold():
            written["place"] = ", ".join(filter(None, [place, town]))
        self._check(written)
        return written

    def _check(self, written: dict[str, str]) -> None:
        """What the form would say of a choice or a tick, in words that fit a sheet."""
        online = fields.yes(written["online"])
        if online is None:
            self._wrong("online", "online")
        elif not online and not written.get("place"):
            self._wrong(self._source("place", filled=False), "place")
        themes, owners = self.offered.themes, self.offered.owners
        unread = fields.several(
            written.get("themes", ""), themes, named=lambda said: inputs.themes_called(said, themes)
        ).unread
        if unread:
            self._wrong("themes", "themes")
        held = fields.several(
            written.get("owners") or self.offered.at_first, owners, named=self.offered.county_called
        )
        if held.unread:
            self._wrong("owners", "county")
        elif not {*held.values} & {*self.offered.counties}:
            self._wrong("owners", "own_county" if self.offered.at_first else "county")

    def _when(self, before: dict[str, str]) -> dict[str, str]:
        """The day and both times, wherever in the row they stand."""
        said = {name: self._moment(name) for name in _TIMES}
        if not any(self.cells.get(name) for name in _TIMES) and before:
            return {}
        date, starts, ends, end, time = (said[name] for name in _TIMES)
        day = date.day or starts.day or time.day
        found = {
            "date": day,
            "starts": starts.starts or time.starts or date.starts,
            "ends": ends.starts or time.ends or starts.ends or date.ends,
            "end_date": end.day or (ends.day if ends.day != day else ""),
        }
        found["end_date"] = "" if found["end_date"] == day else found["end_date"]
        if day and day < self.now.astimezone(swedish.SWEDEN).date().isoformat():
            self._say(self._source("date"), text("trainings_planning.wrong_past"))
        for name, value in found.items():
            if not value and name in before and name not in self._told():
                found[name] = before[name]
            if not found[name] and name != "end_date":
                self._wrong(self._source(name, filled=False), name)
        return found

    def _told(self) -> set[str]:
        """The parts of a time that the row has a cell for, empty or not."""
        there = {*self.cells}
        return there | ({"starts", "ends"} if "time" in there else set())

    def _moment(self, name: str) -> When:
        cell = self.cells.get(name, "")
        found = read.when(cell)
        if found is None or (name in ("date", "end_date") and cell and not found.day):
            self._wrong(name, "date" if name in ("date", "end_date") else "time")
        return found or When()

    def _last_days(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for name in (name for name in _LAST if name in self.cells):
            said = read.when(self.cells[name])
            is_day = said is not None and said.starts in ("", "00:00", "23:59")
            if self.cells[name] and not (is_day and said and said.day):
                self._wrong(name, "last_day")
            found[name] = said.day if said else ""
        return found

    def _source(self, name: str, *, filled: bool = True) -> str:
        """The column that a field was read from; or where it would be looked for first."""
        others = {
            "date": ("date", "starts", "time"),
            "starts": ("starts", "time", "date"),
            "ends": ("ends", "time"),
            "place": ("place", "town"),
        }.get(name, (name,))
        there = [one for one in others if one in self.columns.places]
        said = [one for one in there if self.cells.get(one)] if filled else []
        return (said or there or [name])[0]
