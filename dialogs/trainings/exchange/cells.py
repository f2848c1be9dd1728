"""What a cell says of a day, a time, a number or yes and no, as people and Excel write it.

What could mean two things is not read: a day without its year, or 01/12/2026.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

from babel.dates import get_day_names, get_month_names

from dialogs.conversation.texts import texts
from knowledge.directory.places import fold

_FIRST_DAY = datetime(1899, 12, 30)  # noqa: DTZ001 - from which Excel counts days
_SERIAL = re.compile(r"(\d{5})(?:[.,](\d+))?")
_FRACTION = re.compile(r"0[.,]\d+")
_YEARS = range(2000, 2100)

_CLOCK = r"(\d{1,2})(?:[.:](\d{2})(?:[.:]\d{2}(?:\.\d+)?)?)?"
_CLOCKS = re.compile(rf"{_CLOCK}(?:\s*(?:-|till)\s*{_CLOCK})?")
_FOUR = re.compile(r"\b([01]\d|2[0-3])([0-5]\d)\b")
_ISO = re.compile(r"\b(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:t(?=\d)|\b)")
_EIGHT = re.compile(r"\b(20\d\d)(\d\d)(\d\d)\b")
_DOTTED = re.compile(r"\b(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})\b")
_SPACED = re.compile(r"\b(\d{1,2})\s?/\s?(\d{1,2})\s+(\d{4})\b")
_SLASHED = re.compile(r"\b(\d{1,2})/(\d{1,2})/(\d{4})\b")


@dataclass(frozen=True)
class When:
    """A day and one or two times of day; "" for what is not said."""

    day: str = ""
    starts: str = ""
    ends: str = ""


def when(cell: str) -> When | None:
    """What a cell tells of when; None where that cannot be told for sure."""
    said = " ".join(cell.casefold().replace("–", "-").replace("—", "-").replace("−", "-").split())
    if counted := _counted(said):
        return counted
    day, rest = _day(said)
    if day is None:
        return None
    clocks = _clocks(rest)
    return When(day, *clocks) if clocks is not None else None


def whole(cell: str) -> str:
    """A number without what stands for no fraction: "1 500,00" and "30.0"."""
    plain = cell.strip().replace("\u00a0", " ").replace("−", "-")
    return re.sub(r"(\d)[.,](?:0+|-)(?=\s|$|kr)", r"\1", plain)


def ticked(cell: str) -> str:
    """Yes and no in other words too, as a form would have it."""
    said = fold(cell, strip=False) or cell.strip()
    for value, key in (("true", "says_yes"), ("false", "says_no")):
        words = {fold(word, strip=False) for word in texts(f"trainings_exchange.{key}")}
        if said in words:
            return value
    return cell


def _counted(said: str) -> When | None:
    """What Excel counts in days, where a cell was never formatted as a date."""
    if _FRACTION.fullmatch(said):
        return When(starts=_clock_of(float(said.replace(",", "."))))
    found = _SERIAL.fullmatch(said)
    if not found:
        return None
    day = _FIRST_DAY + timedelta(days=int(found[1]))
    if day.year not in _YEARS:
        return None
    fraction = float(f"0.{found[2]}") if found[2] else 0.0
    return When(day.date().isoformat(), _clock_of(fraction) if fraction else "")


def _clock_of(fraction: float) -> str:
    minutes = round(fraction * 24 * 60) % (24 * 60)
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _day(said: str) -> tuple[str | None, str]:
    """The only day that is told, "" for none and None for no day that is; and what is left."""
    found = [
        *((hit, (hit[1], hit[3], hit[4])) for hit in _ISO.finditer(said)),
        *((hit, (hit[1], hit[2], hit[3])) for hit in _EIGHT.finditer(said)),
        *((hit, (hit[3], hit[2], hit[1])) for hit in _DOTTED.finditer(said)),
        *((hit, (hit[3], hit[2], hit[1])) for hit in _SPACED.finditer(said)),
        *((hit, (hit[3], hit[2], hit[1])) for hit in _SLASHED.finditer(said) if _is_sure(hit)),
        *((hit, (hit[3], _months()[hit[2]], hit[1])) for hit in _named().finditer(said)),
    ]
    if not found:
        return "", said
    if len(found) > 1:
        return None, said
    hit, (year, month, day) = found[0]
    try:
        told = date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None, said
    return told, f"{said[: hit.start()]} {said[hit.end() :]}"


def _is_sure(hit: re.Match[str]) -> bool:
    """Whether the first number can only be the day."""
    return int(hit[1]) > 12 or hit[1] == hit[2]


def _clocks(rest: str) -> tuple[str, str] | None:
    """One or two times of day out of what is left beside the day; None for anything else."""
    words = [word for word in rest.replace(",", " ").split() if word not in _beside_times()]
    said = _FOUR.sub(r"\1:\2", " ".join(words).removeprefix("kl."))
    if not said:
        return "", ""
    found = _CLOCKS.fullmatch(said.strip())
    if not found:
        return None
    clocks = [(hour, minute) for hour, minute in (found.group(1, 2), found.group(3, 4)) if hour]
    if any(int(hour) > 23 or int(minute or 0) > 59 for hour, minute in clocks):
        return None
    told = [f"{int(hour):02}:{int(minute or 0):02}" for hour, minute in clocks]
    return told[0], (told[1] if len(told) > 1 else "")


@cache
def _months() -> dict[str, int]:
    """By their names and what these are shortened to."""
    names = get_month_names(locale="sv")
    return {short: number for number, name in names.items() for short in (name, name[:3])}


@cache
def _named() -> re.Pattern[str]:
    months = "|".join(sorted(_months(), key=len, reverse=True))
    return re.compile(rf"\b(\d{{1,2}})(?::e|\.)?\s+({months})\.?,?\s+(\d{{4}})\b")


@cache
def _beside_times() -> frozenset[str]:
    """What may stand beside a day or a time and says no more: "tis", "kl"."""
    names = get_day_names(locale="sv").values()
    short = {name[:3] for name in names}
    return frozenset(
        {*names, *short, *(f"{one}." for one in short), *texts("trainings_exchange.beside_times")}
    )
