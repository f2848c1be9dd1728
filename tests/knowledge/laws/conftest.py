"""A watch over a few articles, and the place that acts are published at."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.settings import Settings
from bot.web.law_texts import reader_of
from knowledge.answers.models import Article, Base, Review, Term
from knowledge.answers.sections import Section
from knowledge.laws import fingerprint
from knowledge.laws.service import LawWatch
from knowledge.laws.statute import parse
from knowledge.storage.database import Database
from tests.support.riksdagen import ACT, Riksdagen, act

COUNTING, KEEPING = Section(ACT, "", "4"), Section(ACT, "", "5")
REVIEWED = date(2026, 11, 1)


def article(id_: str, checked: date, *rests_on: Section) -> Article:
    """An article that rests on these sections; the rest of it is not what the tests are about."""
    return Article(
        id=id_, title=f"Vad gäller om {id_}?", title_en=f"What about {id_}?", topic="faglar",
        wordings=(), colloquial=(),
        english=(), answer="Det som lagen säger.", more="", sources=(), known=True,
        checked=checked, review_by=date(2030, 1, 1), owner="Redaktionen", related=(),
        rests_on=rests_on,
    )  # fmt: skip


def term(*rests_on: Section) -> Term:
    return Term("räkning", (), "Att räkna fåglar.", (), rests_on=rests_on)


def wording(how_often: str = "vartannat år") -> str:
    """The fingerprint of what 4 § says."""
    return fingerprint.of(parse(act(how_often), REVIEWED).sections["4"])


def reviewed(*wordings: tuple[date, str]) -> dict[Section, tuple[Review, ...]]:
    """What 4 § said on the days that it was reviewed."""
    return {COUNTING: tuple(Review(day, one) for day, one in wordings)}


class Office:
    """An installation's watch, with a clock and articles that can be changed."""

    def __init__(self, database: Database, riksdagen: Riksdagen) -> None:
        self.now = datetime(2026, 11, 27, 9, tzinfo=UTC)
        self.base = Base((article("rakning", REVIEWED, COUNTING),), (term(COUNTING),))
        self.database, self.riksdagen = database, riksdagen
        self.watch = self.another()

    def another(self) -> LawWatch:
        """The watch of another process on the same database, or of this one after a restart."""
        settings = Settings(
            demo=True, laws_url=self.riksdagen.url, contact_email="fragor@a.example"
        )
        reader = reader_of(settings, seconds=2.0)
        return LawWatch(self.database, lambda: self.base, lambda: self.now, reader)

    async def changed(self) -> list[str]:
        """The ids of the articles that stand on changed law."""
        found = [one for one in self.base.articles if await self.watch.changed(one)]
        return [one.id for one in found]

    def passes(self, **time: float) -> None:
        self.now += timedelta(**time)


@pytest.fixture
async def riksdagen() -> AsyncIterator[Riksdagen]:
    async with Riksdagen() as running:
        running.publishes(act())
        yield running


@pytest.fixture
def office(database: Database, riksdagen: Riksdagen) -> Office:
    return Office(database, riksdagen)
