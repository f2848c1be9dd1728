"""When a training is, in words: one meeting or several, and what of it has moved."""

from datetime import date, datetime

from babel.dates import format_date

from dialogs.conversation import swedish
from dialogs.conversation.texts import text
from knowledge.trainings.models import Meeting, Training


def one_in_words(meeting: Meeting) -> str:
    """torsdag 10 december 2026 kl. 09.00–12.00"""
    starts, ends = (_day(one) for one in (meeting.starts_at, meeting.ends_at))
    moment = swedish.moment(meeting.starts_at)
    if starts == ends:
        return text("trainings.until", moment=moment, end=swedish.clock_time(meeting.ends_at))
    return text("trainings.until_day", moment=moment, end=swedish.moment(meeting.ends_at))


def each_in_words(training: Training) -> list[str]:
    """A line for each meeting; above several, how many they are."""
    lines = [one_in_words(one) for one in training.each_meeting]
    if not training.is_series:
        return lines
    return [text("trainings.meetings.count", count=len(lines)), *lines]


def briefly(training: Training) -> list[str]:
    """The first meeting, and the days of the others."""
    first, *others = training.each_meeting
    if not others:
        return [one_in_words(first)]
    year = _day(first.starts_at).year
    days = swedish.joined([_short_day(_day(one.starts_at), year) for one in others])
    then = text("trainings.meetings.then", days=days, count=len(others) + 1)
    return [one_in_words(first), then]


def first_in_words(training: Training) -> str:
    """When it begins, and how many meetings it has if they are several."""
    moment = swedish.moment(training.starts_at)
    if not training.is_series:
        return moment
    return text("trainings.meetings.from", moment=moment, count=len(training.meetings))


def meeting_in_words(training: Training, place: int) -> str:
    """One of several, counted from 0."""
    every = training.each_meeting
    when = one_in_words(every[place])
    return text("trainings.meetings.one", number=place + 1, count=len(every), when=when)


def moved_in_words(before: Training, after: Training) -> list[str]:
    """What was otherwise, for who has read it as it was before."""
    if not (before.is_series or after.is_series):
        place = swedish.plain(before.place)
        moment = swedish.moment(before.starts_at)
        return [text("trainings.moved_before", moment=moment, place=place)]
    was = {one.number: one for one in before.each_meeting}
    becomes = {one.number: one for one in after.each_meeting}
    lines = []
    for number, one in was.items():
        new = becomes.get(number)
        if new is None:
            lines.append(text("trainings.meetings.gone", old=one_in_words(one)))
        elif new.times != one.times:
            told = {"old": one_in_words(one), "new": one_in_words(new)}
            lines.append(text("trainings.meetings.moved", **told))
    for number, one in becomes.items():
        if number not in was:
            lines.append(text("trainings.meetings.added", new=one_in_words(one)))
    if before.place != after.place:
        place = swedish.plain(before.place)
        lines.append(text("trainings.meetings.place_before", place=place))
    return lines


def _day(moment: datetime) -> date:
    return moment.astimezone(swedish.SWEDEN).date()


def _short_day(day: date, year: int) -> str:
    """19 mars; with the year where it is another."""
    return format_date(day, "d MMMM" if day.year == year else "d MMMM y", locale="sv")
