"""When holidays, school breaks and the like are in Sweden, computed for any year."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from dialogs.understanding.times.days import Days, iso_week, on_weekday, week_of

SUNDAY, FRIDAY, SATURDAY = 7, 5, 6


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher)."""
    golden, century, rest = year % 19, year // 100, year % 100
    moon = (19 * golden + century - century // 4 - (8 * century + 13) // 25 + 15) % 30
    sunday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * sunday) // 451
    month, day = divmod(moon + sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def _stretch(first: date, days: int = 1) -> Days:
    return Days(first, first + timedelta(days=days))


def _fixed(month: int, day: int, days: int = 1) -> Callable[[int], Days]:
    return lambda year: _stretch(date(year, month, day), days)


def _by_easter(after: int, days: int = 1) -> Callable[[int], Days]:
    return lambda year: _stretch(easter(year) + timedelta(days=after), days)


def _weekday_from(month: int, day: int, weekday: int, days: int = 1) -> Callable[[int], Days]:
    return lambda year: _stretch(on_weekday(date(year, month, day), weekday), days)


def _weeks(first: int, last: int) -> Callable[[int], Days]:
    def found(year: int) -> Days:
        begins, ends = iso_week(year, first), iso_week(year, last)
        return Days(begins.since if begins else None, ends.until if ends else None)

    return found


def _weeks_over(first: Callable[[int], Days], last: Callable[[int], Days]) -> Callable[[int], Days]:
    """Whole weeks, from the one in which the first begins to the one in which the last does."""

    def found(year: int) -> Days:
        begins, ends = first(year).since, last(year).since
        return week_of(begins).hull(week_of(ends)) if begins and ends else first(year)

    return found


HOLIDAYS: dict[str, Callable[[int], Days]] = {
    "new_year": lambda year: Days(date(year - 1, 12, 31), date(year, 1, 1)),
    "new_years_day": _fixed(1, 1),
    "twelfth_day": _fixed(1, 6),
    "twelfth_weekend": _fixed(1, 5, 2),
    "knut": _fixed(1, 13),
    "valentine": _fixed(2, 14),
    "winter_break": _weeks(7, 10),  # one of these weeks, another in each county
    "womens_day": _fixed(3, 8),
    "holy_week": _weeks_over(_by_easter(0), _by_easter(0)),
    "maundy_thursday": _by_easter(-3),
    "good_friday": _by_easter(-2),
    "easter_eve": _by_easter(-1),
    "easter_day": _by_easter(0),
    "easter_monday": _by_easter(1),
    "easter": _by_easter(-2, 4),
    "easter_break": _weeks_over(_by_easter(1), _by_easter(1)),
    "walpurgis": _fixed(4, 30),
    "first_of_may": _fixed(5, 1),
    "ascension": _by_easter(39),
    "pentecost": _by_easter(49),
    "mothers_day": _weekday_from(5, 25, SUNDAY),
    "national_day": _fixed(6, 6),
    "midsummer": _weekday_from(6, 19, FRIDAY, 2),
    "midsummer_day": _weekday_from(6, 20, SATURDAY),
    "midsummer_week": _weeks_over(_weekday_from(6, 19, FRIDAY), _weekday_from(6, 19, FRIDAY)),
    "school_end": _fixed(6, 10, 6),
    "summer_break": _fixed(6, 15, 62),
    "vacation": _fixed(7, 1, 31),
    "school_start": _fixed(8, 16, 7),
    "autumn_break": _weeks(44, 44),
    "all_saints": _weekday_from(10, 31, SATURDAY),
    "fathers_day": _weekday_from(11, 8, SUNDAY),
    "advent_1": _weekday_from(11, 27, SUNDAY),
    "advent_time": lambda year: Days(on_weekday(date(year, 11, 27), SUNDAY), date(year, 12, 25)),
    "advent_2": _weekday_from(12, 4, SUNDAY),
    "advent_3": _weekday_from(12, 11, SUNDAY),
    "advent_4": _weekday_from(12, 18, SUNDAY),
    "lucia": _fixed(12, 13),
    "christmas_eve": _fixed(12, 24),
    "christmas_day": _fixed(12, 25),
    "boxing_day": _fixed(12, 26),
    "christmas": _fixed(12, 24, 3),
    "christmas_holidays": _fixed(12, 24, 14),
    "christmas_break": lambda year: Days(
        week_of(date(year, 12, 24)).since, week_of(date(year + 1, 1, 6)).until
    ),
    "between_days": _fixed(12, 27, 4),
}


def years_from(today: date) -> Iterator[int]:
    """The years in which something that comes once a year may still lie ahead."""
    return iter(range(today.year - 1, today.year + 9))


def coming(today: date, each_year: Callable[[int], Days | None]) -> Days | None:
    """The first that is not over, of something that comes once a year."""
    found = (each_year(year) for year in years_from(today))
    return next((days for days in found if days and days.until and days.until > today), None)
