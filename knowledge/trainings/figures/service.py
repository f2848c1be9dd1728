"""A year of trainings in figures, for who coordinates the county or runs the installation."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time

from knowledge.directory.models import Person
from knowledge.directory.places import Places
from knowledge.errors import KnowledgeError
from knowledge.storage.database import Database
from knowledge.times import SWEDEN, instant
from knowledge.trainings.attendance.repository import is_marked_present
from knowledge.trainings.figures import repository
from knowledge.trainings.figures.models import FEWEST, Cell, Figures, Held, Hidden, Line
from knowledge.trainings.figures.people import ATTENDED, SEATED, TOTAL, told_of_people
from knowledge.trainings.figures.repository import HAS_SEAT
from knowledge.trainings.models import Training, TrainingStatus
from knowledge.trainings.planning import access

FIRST_YEAR = 2023
"""The act came on 1 July 2023."""


class NotOwnCounty(KnowledgeError):
    """The person may not act for the county."""


class NoSuchYear(KnowledgeError):
    """The year is before there was anything, or has not begun."""


class FiguresService:
    """Figures only; nobody in them."""

    def __init__(self, database: Database, places: Places, now: Callable[[], datetime]) -> None:
        self.database = database
        self.places = places
        self.now = now

    @property
    def this_year(self) -> int:
        return self.now().astimezone(SWEDEN).year

    @property
    def years(self) -> range:
        return range(FIRST_YEAR, self.this_year + 1)

    @property
    def due_year(self) -> int:
        """The year that is to be reported next: last year's until the end of February."""
        today = self.now().astimezone(SWEDEN).date()
        return today.year - (today < date(today.year, 3, 1))

    async def of(self, person: Person | None, year: int, county: str) -> Figures:
        """The county's year until now; of all with "", for whoever runs the installation.

        Raises NotACoordinator, NotOwnCounty and NoSuchYear.
        """
        if year not in self.years:
            raise NoSuchYear
        now = self.now()
        since, until = (instant(date(one, 1, 1), time()) for one in (year, year + 1))
        async with self.database.read() as tx:
            if person and county not in await access.counties_of(tx, person):
                raise NotOwnCounty
            found = await repository.list_between(tx, county, since, until)
            over = [one for one in found if _is_on(one) and one.starts_at <= now]
            ids = [one.id for one in over]
            seated = await repository.count_by_training(tx, ids)
            attended = await repository.count_by_training(tx, ids, HAS_SEAT & is_marked_present())
            walked = await repository.count_walk_ins(tx, ids)
            persons, towns = await repository.who_took_part(tx, ids)
        # Who came without a seat took part as others did: who was absent is one less the other.
        counted = {
            id_: {SEATED: seated[id_] + walked[id_], ATTENDED: attended[id_] + walked[id_]}
            for id_ in ids
        }
        held = [_held(one, counted[one.id]) for one in over]
        inside = {one.code for one in self.places.municipalities_of(county or self._nation)}
        return _figures(
            held,
            year=year,
            county=county,
            persons=persons,
            reached=len(inside & {*towns}),
            of_all=len(inside),
            cancelled=sum(not _is_on(one) for one in found),
            coming=sum(_is_on(one) and one.starts_at > now for one in found),
        )

    @property
    def _nation(self) -> str:
        return self.places.nation.code


def _is_on(training: Training) -> bool:
    return training.status is not TrainingStatus.CANCELLED


def _held(training: Training, people: Mapping[str, int]) -> Held:
    """A training under the quarter in which it begins, and under the first of its themes: each is
    counted once, so that the parts make the whole."""
    month = training.starts_at.astimezone(SWEDEN).month
    theme = training.themes[0] if training.themes else ""
    return Held(training.id, (month + 2) // 3, theme, len(training.each_meeting), people)


def _figures(held: Sequence[Held], *, persons: int, reached: int, **about: object) -> Figures:
    quarters = [f"quarter:{number}" for number in range(1, 5)]
    themes = sorted({f"theme:{one.theme}" for one in held})
    groups = {TOTAL: [*held]} | {
        key: [one for one in held if key in (f"quarter:{one.quarter}", f"theme:{one.theme}")]
        for key in (*quarters, *themes)
    }
    people = told_of_people(groups, (quarters, themes))
    lines = {
        key: Line(key.partition(":")[2], len(some), sum(one.meetings for one in some), people[key])
        for key, some in groups.items()
    }
    total = lines[TOTAL]
    is_shown = isinstance(total.people[SEATED], int) and not isinstance(
        total.people[SEATED], Hidden
    )
    return Figures(
        total=total,
        quarters=[lines[key] for key in quarters],
        themes=[lines[key] for key in themes],
        persons=_shown(persons, held) if is_shown else Hidden.APART,
        reached=reached if is_shown else Hidden.APART,
        **about,  # type: ignore[arg-type]
    )


def _shown(count: int, held: Sequence[Held]) -> Cell:
    return Hidden.FEW if held and count < FEWEST else count
