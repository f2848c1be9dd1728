"""Rows about open questions and verdicts."""

from datetime import date, datetime
from functools import cache

from sqlalchemy import Executable, delete, func, insert, select, update

from knowledge.questions.models import (
    OpenQuestion,
    Verdict,
    VerdictCount,
    WhyOpen,
    open_questions,
    verdicts,
)
from knowledge.storage.database import Database, Reading, Writing, insert_for


async def count_question(
    database: Database, question: str, why: WhyOpen, county: str, now: datetime
) -> None:
    """One more who asked this, in one statement."""
    row = {"question": question, "kind": why, "county": county, "asked_at": now, "times": 1}
    await database.single(_one_more(database.is_sqlite), **row)


@cache
def _one_more(is_sqlite: bool) -> Executable:
    """Made once: making it costs more than carrying it out."""
    row = insert_for(is_sqlite, open_questions)
    more = {"times": open_questions.c.times + 1, "asked_at": row.excluded.asked_at}
    columns = ["question", "kind", "county"]
    return row.on_conflict_do_update(index_elements=columns, set_=more)


async def uncount_question(tx: Writing, question: str, why: WhyOpen, county: str) -> None:
    """One less; what nobody has open any more is not kept."""
    table = open_questions.c
    same = (table.question == question, table.kind == why, table.county == county)
    await tx.execute(update(open_questions).where(*same).values(times=table.times - 1))
    await tx.execute(delete(open_questions).where(*same, table.times <= 0))


async def list_open(tx: Reading) -> list[OpenQuestion]:
    """Every open question, the most asked first."""
    rows = await tx.execute(select(open_questions).order_by(open_questions.c.times.desc()))
    return [
        OpenQuestion(
            row["question"], WhyOpen(row["kind"]), row["county"], row["times"], row["asked_at"]
        )
        for row in rows.mappings()
    ]


async def save_verdict(
    database: Database, article: str, checked: date, verdict: Verdict, now: datetime
) -> None:
    """Keep a verdict, in one statement."""
    row = insert(verdicts).values(article=article, checked=checked, verdict=verdict, given_at=now)
    await database.single(row)


async def count_verdicts(tx: Reading) -> list[VerdictCount]:
    """The verdicts counted by article, version and kind."""
    table = verdicts.c
    version = (table.article, table.checked, table.verdict)
    rows = await tx.execute(
        select(*version, func.count().label("times")).group_by(*version).order_by(*version)
    )
    return [
        VerdictCount(row["article"], row["checked"], Verdict(row["verdict"]), row["times"])
        for row in rows.mappings()
    ]
