"""Dates, times and lists as Swedish writes them, and user text made safe to show."""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache

from babel.dates import format_date, format_datetime

from dialogs.conversation.texts import text
from knowledge import letters, times

SWEDEN = times.SWEDEN

_MARKDOWN = re.compile(r"([\\`*_\[\]()#|~]|&(?=#?\w+;))")

# At the beginning of a line these would begin a list.
_LIST = re.compile(r"^(\d*)([.)+-](?=\s))")

# A tag that cannot be mistaken for one, and a macro that is none: {{DATE(…)}} is run by Teams.
_HARMLESS = (("<", "‹"), (">", "›"), ("{{", "{ {"))


def day(when: date) -> str:
    """24 december 2026"""
    return format_date(when, "d MMMM y", locale="sv")


@lru_cache(maxsize=256)
def partial_day(stated: str) -> str:
    """2024 → 2024; 2025-09 → september 2025; 2015-10-29 → 29 oktober 2015"""
    if stated.count("-") == 2:
        return day(date.fromisoformat(stated))
    if stated.count("-") == 1:
        return format_date(date.fromisoformat(f"{stated}-01"), "MMMM y", locale="sv")
    return stated


def period(since: date | None, until: date | None) -> str:
    """i mars 2027; 3–7 mars 2027; från 1 mars 2027 …

    From `since` up to, not including, `until`; None is open, and what is open at both ends is
    empty.
    """
    last = until - timedelta(days=1) if until else None
    if not since or not last or not until:
        return _open_period(since, last)
    if since == last:
        return text("conversation.on_day", day=format_date(since, "EEEE d MMMM y", locale="sv"))
    if (since.day, since.month, until) == (1, 1, date(since.year + 1, 1, 1)):
        return text("conversation.in_year", year=since.year)
    if (last.year, last.month) != (since.year, since.month):
        form = "d MMMM" if last.year == since.year else "d MMMM y"
    elif (since.day, until.day) == (1, 1):
        return text("conversation.in_month", month=format_date(since, "MMMM y", locale="sv"))
    else:
        form = "d"
    return text("conversation.days", first=format_date(since, form, locale="sv"), last=day(last))


def _open_period(since: date | None, last: date | None) -> str:
    if since:
        return text("conversation.from_day", day=day(since))
    return text("conversation.until_day", day=day(last)) if last else ""


def moment(when: datetime) -> str:
    """torsdag 24 december 2026 kl. 13.00, in Swedish time"""
    local = when.astimezone(SWEDEN)
    return format_datetime(local, "EEEE d MMMM y 'kl.' HH.mm", locale="sv")


def clock_time(when: datetime) -> str:
    """13.00, in Swedish time"""
    return format_datetime(when.astimezone(SWEDEN), "HH.mm", locale="sv")


def joined(words: Sequence[str]) -> str:
    """a, b och c"""
    if len(words) < 2:
        return "".join(words)
    return text("conversation.and", first=", ".join(words[:-1]), last=words[-1])


def bare(typed: str, limit: int = 200) -> str:
    """Somebody's own text for where no Markdown is read, such as a button: harmless, one line.

    What nobody sees is dropped, such as controls and what changes the direction.
    """
    one_line = " ".join(letters.seen(typed).split())
    if len(one_line) > limit:
        one_line = one_line[: limit - 1].rstrip() + "…"
    return defused(one_line)


def plain(typed: str, limit: int = 200) -> str:
    """Somebody's own text where Markdown is read: shown as it was typed, and nothing happens."""
    escaped = _MARKDOWN.sub(r"\\\1", bare(typed, limit))
    return _LIST.sub(r"\1\\\2", escaped)


def unescaped(markdown: str) -> str:
    """What `plain` wrote, for where no Markdown is read."""
    return re.sub(r"\\([^\w\s])", r"\1", markdown)


def defused(words: str) -> str:
    """Without what Teams would take for a tag or a macro."""
    for what, instead in _HARMLESS:
        words = words.replace(what, instead)
    return words
